"""Why a mention is what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers import ROOT, rules
from npextract import Extractor
from npextract.cli import app
from npextract.explain import FLAGS, RULES

TEXT = "Georgia, Armenia and Azerbaijan met at Lake Chad. Resolution 1540 (2005) was cited."


def explained(words: str, text: str = TEXT) -> str:
    return rules().extract(text, trace=True).explain(text.index(words))


def test_what_speaks_for_a_weak_name():
    lines = explained("Georgia").splitlines()
    assert lines[0] == "0-7 'Georgia' is state:GEO (Georgia | Грузия)"
    assert "  rule names.name: a name of the ontology" in lines
    assert "  alias 'Georgia'" in lines
    assert "  for it speaks: it stands in a list with other names of its kind" in lines


def test_what_was_rejected_and_why():
    assert explained("Chad").splitlines() == [
        "44-48 'Chad' was rejected as state:TCD",
        "  rule names.name: a name of the ontology",
        "  because a name that looks like an entity's and is not (decoy)",
    ]


def test_flags_and_facts():
    lines = explained("1540").splitlines()
    assert "  flag year-mismatch: the resolution was not adopted in that year; the number decided" in lines
    assert "  expected_year: 2004" in lines


def test_where_nothing_is():
    assert explained("met") == f"nothing was found at {TEXT.index('met')}, and nothing rejected"


def test_the_innermost_comes_first():
    text = "the United Nations Security Council"
    first, second = explained("Nations", text).split("\n\n")
    assert first.splitlines()[0].endswith("(United Nations | Организация Объединенных Наций)")
    assert "org:UNSC" in second.splitlines()[0]


def test_what_it_was_chosen_from():
    lines = explained("SALT", "SALT preceded SALT I and SALT II.").splitlines()
    assert lines[0] == "0-4 'SALT' is a name without identifier"
    assert "  chosen from: treaty:SALT-I, treaty:SALT-II" in lines


def test_a_mention_explains_itself():
    (mention, *_) = rules().extract("The NPT is in force.").mentions
    assert mention.explain().splitlines()[0].startswith("4-7 'NPT' is treaty:NPT")


def test_every_rule_and_flag_of_the_code_is_explained():
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
    rule = r'"((?:names|references|unknown|definitions|anaphora)\.(?!yaml)[a-z-]+)"'
    assert set(re.findall(rule, sources)) == set(RULES)
    documented = (ROOT / "docs" / "how-it-reads.md").read_text(encoding="utf-8")
    assert [r for r in RULES if f"| `{r}` |" not in documented] == []
    assert [f for f in FLAGS if f"| `{f}` |" not in documented] == []


def test_the_command(tmp_path: Path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(app, ["explain", str(path), "0", "--profile", "rules"])
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "0-7 'Georgia' is state:GEO (Georgia | Грузия)")


@pytest.mark.parametrize("offset", ["5000", "-1", "x"])
def test_an_offset_outside_the_text_is_a_mistake_of_usage(tmp_path: Path, offset: str):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert CliRunner().invoke(app, ["explain", str(path), "--profile", "rules", "--", offset]).exit_code == 2


def test_a_file_of_several_documents(tmp_path: Path):
    path = tmp_path / "texts.jsonl"
    path.write_text('{"id": "a", "text": "NPT"}\n{"id": "b", "text": "CWC"}\n', encoding="utf-8")
    assert CliRunner().invoke(app, ["explain", str(path), "0", "--profile", "rules"]).exit_code == 2


def test_a_finder_of_one_s_own_is_explained_too():
    document = Extractor("rules", finders=[]).extract("NPT", trace=True)
    assert document.explain(0).startswith("nothing was found")
