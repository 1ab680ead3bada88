"""What became of the findings between two readings."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers import rules
from npextract import InputError
from npextract.cli import app
from npextract.corpus.compare import compare


def written(path: Path, **texts: str) -> Path:
    documents = rules().extract_many(texts.values(), ids=list(texts))
    path.write_text("".join(document.to_json() + "\n" for document in documents), encoding="utf-8")
    return path


def test_nothing_changed(tmp_path: Path):
    one, two = (written(tmp_path / name, a="The NPT", b="МАГАТЭ") for name in ("one", "two"))
    assert list(compare(one, two)) == []


def test_gained_lost_and_changed(tmp_path: Path):
    old = written(tmp_path / "old", a="The NPT of the IAEA.", gone="NATO")
    new = written(tmp_path / "new", a="The NPT of the OPCW.", come="CSTO")
    found = [(d.document, d.what, d.before, d.after, d.context) for d in compare(old, new)]
    assert found == [
        ("a", "changed", "org:IAEA", "org:OPCW", "The NPT of the [OPCW]."),
        ("gone", "lost", "org:NATO", None, "[NATO]"),
        ("come", "gained", None, "org:CSTO", "[CSTO]"),
    ]


def test_a_name_that_gets_an_identifier_is_changed(tmp_path: Path):
    old, new = written(tmp_path / "old", a="The NPT."), written(tmp_path / "new", a="The NPT.")
    old.write_text(old.read_text(encoding="utf-8").replace('"treaty:NPT"', "null", 1), encoding="utf-8")
    assert [(d.what, d.before, d.after) for d in compare(old, new)] == [("changed", None, "treaty:NPT")]


@pytest.mark.parametrize("line", ["{}", "[]", "no JSON", '{"id": 1, "text": "a"}'])
def test_what_is_no_record(tmp_path: Path, line: str):
    good, bad = written(tmp_path / "good", a="NPT"), tmp_path / "bad"
    bad.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="bad:1"):
        list(compare(good, bad))


def test_the_command(tmp_path: Path):
    old, new = written(tmp_path / "old", a="The IAEA."), written(tmp_path / "new", a="The OPCW.")
    result = CliRunner().invoke(app, ["compare", str(old), str(new)])
    assert result.exit_code == 0
    assert "changed a 4-8 org:IAEA -> org:OPCW: The [OPCW]." in result.output
    assert "0 gained, 0 lost, 1 changed" in result.output
