"""Whether scores mean what they say."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from helpers import ROOT, rules
from npextract.cli import app
from npextract.evaluate import GoldDocument, Mark, read_gold
from npextract.reliability import by_rule, by_score, expected_error

TEXT = "The NPT, the IAEA and resolution 1540 (2004)."
MENTIONS = rules().extract(TEXT).mentions


def gold(*marks: tuple[str, str, str | None]) -> GoldDocument:
    found = [Mark(TEXT.index(words), TEXT.index(words) + len(words), kind, id, "name") for words, kind, id in marks]
    return GoldDocument("a", TEXT, "en", tuple(found))


def test_what_is_right_and_what_is_wrong():
    golds = [gold(("NPT", "treaty", "treaty:NPT"), ("IAEA", "organization", "org:NEA"))]
    rows = {row.name: (row.count, row.right) for row in by_rule(golds, [MENTIONS])}
    assert rows == {"names.abbreviation": (2, 1), "references.citation": (1, 0)}


def test_an_identifier_that_the_marker_did_not_know_is_not_judged():
    golds = [gold(("NPT", "treaty", None), ("IAEA", "organization", "org:IAEA"))]
    assert [(row.count, row.right) for row in by_rule(golds, [MENTIONS]) if row.name.startswith("names")] == [(1, 1)]


def test_bins_of_scores():
    golds = [gold(("NPT", "treaty", "treaty:NPT"), ("IAEA", "organization", "org:IAEA"))]
    rows = by_score(golds, [MENTIONS])
    assert [row.name for row in rows] == ["from 0.96", "from 0.98"]
    assert [row.share for row in rows] == [1.0, 0.0]
    assert rows[0].expected == pytest.approx(0.97)
    assert expected_error(rows) == pytest.approx((0.03 * 2 + 0.99) / 3)


def test_nothing_found_is_no_error():
    assert (by_score([], []), expected_error([])) == ([], 0.0)


def test_the_scores_of_the_own_gold_mean_what_they_say():
    golds = read_gold(ROOT / "gold" / "gold.jsonl")
    found = [document.mentions for document in rules().extract_many([g.text for g in golds])]
    assert expected_error(by_score(golds, found)) < 0.03


def test_the_command_shows_the_table():
    result = CliRunner().invoke(
        app, ["evaluate", str(ROOT / "gold" / "gold.jsonl"), "--profile", "rules", "--reliability"]
    )
    assert result.exit_code == 0
    assert "expected error" in result.stdout
