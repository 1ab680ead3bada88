"""Scoring, on small examples that can be counted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import rules
from npextract.errors import InputError
from npextract.evaluate import GoldDocument, Mark, Tally, marks_of, read_gold, score


def mark(start: int, end: int, id: str | None, form: str = "name", kind: str | None = None) -> Mark:
    kinds = {"state": "state", "org": "organization", "treaty": "treaty", "res": "resolution", "doc": "document"}
    return Mark(start, end, kind or kinds[(id or "org").partition(":")[0]], id, form)


def tally(gold: list[Mark], predicted: list[Mark], measure: str = "link") -> tuple[int, int, int]:
    """Right, wrong and missed of one document."""
    found = score([GoldDocument("d", "x" * 100, "en", tuple(gold))], [predicted])[measure]
    return found.right, found.wrong, found.missed


UN, NPT, IRAN = mark(0, 2, "org:UN"), mark(10, 13, "treaty:NPT"), mark(20, 24, "state:IRN")


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ([], [], (0, 0, 0)),
        ([UN, NPT], [UN, NPT], (2, 0, 0)),
        ([UN, NPT], [UN], (1, 0, 1)),
        ([UN], [UN, NPT], (1, 1, 0)),
        ([UN], [mark(0, 2, "org:EU")], (0, 1, 1)),
        ([UN], [mark(1, 9, "org:UN")], (1, 0, 0)),  # overlapping is enough
        ([UN], [mark(2, 9, "org:UN")], (0, 1, 1)),
        ([UN, mark(3, 5, "org:UN")], [mark(0, 5, "org:UN")], (1, 0, 1)),  # one for one
        (
            [mark(0, 9, "org:UNSC"), mark(5, 7, "org:UN")],
            [mark(0, 9, "org:UNSC")],
            (1, 0, 0),
        ),  # nested ones do not count
        ([mark(0, 9, "org:UNSC")], [mark(0, 9, "org:UNSC"), mark(5, 7, "org:UN")], (1, 0, 0)),
    ],
)
def test_links(gold: list[Mark], predicted: list[Mark], expected: tuple[int, int, int]):
    assert tally(gold, predicted) == expected


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        # what overlaps a gold name without identifier
        ([mark(0, 9, None)], [mark(5, 7, "org:UN")], (0, 0, 0)),
        ([mark(0, 9, None)], [mark(10, 12, "org:UN")], (0, 1, 0)),
        # the right identifier in another form than the gold's
        ([mark(0, 7, "state:IRN", "adjective")], [mark(0, 7, "state:IRN")], (0, 0, 0)),
        ([mark(0, 7, "state:IRN")], [mark(0, 7, "state:IRN", "adjective")], (0, 0, 0)),
        ([mark(0, 7, "state:IRN", "adjective")], [mark(0, 7, "state:IRQ")], (0, 1, 0)),
        # documents are a measure of their own
        ([mark(0, 7, "doc:S/2015/543")], [], (0, 0, 0)),
    ],
)
def test_what_does_not_count(gold: list[Mark], predicted: list[Mark], expected: tuple[int, int, int]):
    assert tally(gold, predicted) == expected


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ([UN], [UN], (1, 0, 0)),
        ([UN], [mark(0, 3, "org:UN")], (0, 1, 1)),  # exact borders
        ([UN], [mark(0, 2, "org:EU")], (1, 0, 0)),  # whoever it is
        ([UN], [mark(0, 2, "state:IRN")], (0, 1, 1)),  # of the same kind
        ([mark(0, 2, None)], [mark(0, 2, None)], (1, 0, 0)),
    ],
)
def test_spans(gold: list[Mark], predicted: list[Mark], expected: tuple[int, int, int]):
    assert tally(gold, predicted, "span") == expected


def test_adjectives_and_documents_apart():
    adjective, document = mark(0, 7, "state:IRN", "adjective"), mark(10, 20, "doc:S/2015/543")
    assert tally([adjective, document], [adjective, document], "adjective") == (1, 0, 0)
    assert tally([adjective, document], [adjective, document], "document") == (1, 0, 0)
    assert tally([adjective, document], [], "adjective") == (0, 0, 1)
    assert tally([], [document], "document") == (0, 1, 0)


def test_anaphors_need_their_antecedent():
    anaphor = mark(20, 24, "treaty:NPT", "anaphor")
    assert tally([NPT, anaphor], [NPT], "anaphor") == (0, 0, 1)
    assert tally([anaphor], [], "anaphor") == (0, 0, 0)
    assert tally([mark(20, 24, "org:UNSC", "anaphor")], [], "anaphor") == (0, 0, 1)  # the Council needs none
    assert tally([NPT, anaphor], [NPT, anaphor], "anaphor") == (1, 0, 0)


def test_entities_are_counted_once_a_document_nested_ones_too():
    gold = [mark(0, 9, "org:UNSC"), mark(5, 7, "org:UN"), mark(20, 29, "org:UNSC")]
    assert tally(gold, gold, "entities") == (2, 0, 0)
    assert tally(gold, gold[:1], "entities") == (1, 0, 1)
    assert tally(gold, [*gold, IRAN], "entities") == (2, 1, 0)


def test_documents_are_summed_and_errors_named():
    golds = [GoldDocument("a", "x" * 50, "en", (UN, NPT)), GoldDocument("b", "x" * 50, "ru", (IRAN,))]
    scores = score(golds, [[UN], [IRAN, NPT]])
    assert (scores["link"].right, scores["link"].wrong, scores["link"].missed) == (2, 1, 1)
    assert scores["link"].precision == scores["link"].recall == scores["link"].f1 == pytest.approx(2 / 3)
    assert scores.errors == [("a", "missed", NPT), ("b", "wrong", NPT)]
    assert (scores["link treaty"].right, scores["link treaty"].wrong, scores["link treaty"].missed) == (0, 1, 1)


def test_nothing_has_no_figures():
    empty = Tally()
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)
    empty.add(1, 2, 3)
    assert (empty.right, empty.wrong, empty.missed) == (1, 2, 3)


def test_as_many_predictions_as_documents():
    with pytest.raises(ValueError):
        score([GoldDocument("a", "", None, ())], [])


RECORD = {
    "id": 7,
    "lang": "ru",
    "text": "ООН\u2028",
    "mentions": [{"start": 0, "end": 3, "kind": "organization", "id": "org:UN"}],
}


def test_gold_is_read_from_lines(tmp_path: Path):
    path = tmp_path / "gold.jsonl"
    lines = (json.dumps(RECORD, ensure_ascii=False), "", json.dumps({"text": "", "mentions": []}), "")
    path.write_text("\n".join(lines), encoding="utf-8")
    first, second = read_gold(path)
    assert first == GoldDocument("7", "ООН\u2028", "ru", (mark(0, 3, "org:UN"),))
    assert (second.text, second.lang, second.marks) == ("", None, ())


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "7",
        '{"text": "ООН"}',
        '{"mentions": []}',
        '{"text": "ООН", "mentions": [{}]}',
        '{"text": "ООН", "mentions": 7}',
    ],
)
def test_a_line_that_is_no_gold_is_named(tmp_path: Path, line: str):
    path = tmp_path / "gold.jsonl"
    path.write_text(f"{json.dumps(RECORD)}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_gold(path)
    assert caught.value.code == "bad-record"
    assert f"{path}:3" in str(caught.value)


def test_what_was_extracted_scores_full_marks_against_itself():
    text = "Совет Безопасности ООН принял резолюцию 1540 (2004); иранская сторона сослалась на S/2015/543."
    document = rules().extract(text)
    marks = marks_of(document.mentions)
    assert marks == marks_of(document.to_dict()["mentions"])
    scores = score([GoldDocument("d", text, "ru", marks)], [marks])
    assert [name for name, t in scores.tallies.items() if t.wrong or t.missed] == []
    assert scores["link"].right == 2
