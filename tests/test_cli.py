from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from helpers import rules
from npextract.cli import app

RULES = ("--profile", "rules")


def run(*arguments: object, input: bytes | str | None = None) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=input)


def program(*arguments: object, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command, as a program of its own."""
    command = [sys.executable, "-m", "npextract", *map(str, arguments)]
    return subprocess.run(command, input=input, capture_output=True, check=False)


def records(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout_bytes.split(b"\n") if line]


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("Резолюция СБ ООН 1540 (2004)\r\nи ДНЯО", encoding="utf-8", newline="")
    return path


def test_a_file_becomes_a_record(text_file: Path):
    result = run("extract", text_file, *RULES)
    (record,) = records(result)
    assert result.exit_code == 0
    assert record["text"] == "Резолюция СБ ООН 1540 (2004)\r\nи ДНЯО"
    assert [m["id"] for m in record["mentions"]] == ["res:S/RES/1540(2004)", "org:UNSC", "org:UN", "treaty:NPT"]
    assert record["source"] == record["id"] == text_file.as_posix()
    assert result.stderr == ""


@pytest.mark.parametrize("arguments", [("-",), ()])
def test_standard_input(arguments: tuple[str, ...]):
    result = run("extract", *arguments, *RULES, "--format", "jsonl", input="\ufeffМАГАТЭ".encode())
    (record,) = records(result)
    assert (record["text"], record["source"]) == ("МАГАТЭ", "-")
    assert [m["id"] for m in record["mentions"]] == ["org:IAEA"]


def test_records_come_back_in_order_with_their_identifiers(tmp_path: Path):
    path = tmp_path / "in.jsonl"
    rows = [{"id": f"doc-{n}", "text": f"resolution {1500 + n}", "lang": "en"} for n in range(150)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = run("extract", path, *RULES, "--format", "jsonl")
    assert [(r["id"], r["text"], r["lang"]) for r in records(result)] == [(r["id"], r["text"], r["lang"]) for r in rows]


def test_some_inputs_fail(tmp_path: Path, text_file: Path):
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(b"%PDF-1.7\n")
    result = run("extract", pdf, text_file, tmp_path / "missing.txt", *RULES, "--format", "jsonl")
    first, second, third = records(result)
    assert result.exit_code == 1
    assert (first["error"]["code"], second["error"], third["error"]["code"]) == (
        "damaged",
        None,
        "unreadable",
    )
    assert (first["mentions"], first["text"]) == ([], "")
    assert result.stderr.count("npextract: ") == 2
    assert "missing.txt" in result.stderr


def test_lone_surrogates_come_out_as_escapes(tmp_path: Path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "s", "text": "\\ud800 ООН"}', encoding="utf-8")
    result = run("extract", path, *RULES, "--format", "jsonl")
    assert rb"\ud800" in result.stdout_bytes
    assert records(result)[0]["text"] == "\ud800 ООН"


def test_a_table(text_file: Path):
    result = run("extract", text_file, *RULES, "--format", "table")
    assert result.exit_code == 0
    assert "treaty:NPT" in result.stdout
    assert "res:S/RES/1540" in result.stdout


def test_a_page(text_file: Path):
    result = run("extract", text_file, text_file, *RULES, "--format", "html")
    page = result.stdout_bytes.decode("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.count('class="npextract"') == 2
    assert "<script" not in page
    assert "treaty:NPT" in page


def test_the_language_can_be_said(text_file: Path):
    (record,) = records(run("extract", text_file, *RULES, "--lang", "en"))
    assert record["lang"] == "en"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nothing",),
        ("extract", "--format", "xml"),
        ("extract", "--lang", "fr"),
        ("extract", "--profile", "fast"),
        ("extract", "--colour", "red"),
        ("batch",),
        ("batch", "no-such-folder", "-o", "out"),
        ("batch", "."),
        ("batch", ".", "-o", "out", "--workers", "0"),
        ("lookup",),
        ("evaluate", "no-such-file"),
        ("evaluate", __file__, "--floor", "2"),
    ],
    ids=" ".join,
)
def test_what_is_not_understood(arguments: tuple[str, ...]):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == "" or arguments == ()


def test_help_for_every_command():
    for command in ("extract", "batch", "lookup", "evaluate", "doctor"):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "Usage" in result.stdout


def test_a_batch(tmp_path: Path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("ООН и НАТО", encoding="utf-8")
    good = run("batch", docs, "-o", tmp_path / "out", *RULES)
    assert good.exit_code == 0
    assert "documents" in good.stdout
    (docs / "b.txt").write_bytes(b"\x89PNG")
    refused = run("batch", docs, "--out", tmp_path / "out", *RULES)
    assert refused.exit_code == 2
    assert "--resume" in refused.stderr
    bad = run("batch", docs, "--out", tmp_path / "out", "--resume", *RULES)
    assert bad.exit_code == 1
    assert "unsupported-format: b.txt: is a picture" in bad.stderr
    assert "b.txt" not in bad.stdout


@pytest.mark.parametrize(
    ("name", "identifier"), [("ДНЯО", "treaty:NPT"), ("treaty:NPT", "treaty:NPT"), ("российского", "state:RUS")]
)
def test_a_name_is_looked_up(name: str, identifier: str):
    result = run("lookup", name)
    assert result.exit_code == 0
    assert identifier in result.stdout


@pytest.mark.parametrize("name", ["nothing of the kind", "[red]x[/red]", ""])
def test_a_name_that_is_not_known(name: str):
    result = run("lookup", name)
    assert result.exit_code == 1
    assert repr(name) in result.stderr.replace("\n", "")
    assert result.stdout == ""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    marks = [{"start": 0, "end": 3, "kind": "organization", "id": "org:UN", "form": "name"}]
    missed = [{"start": 0, "end": 5, "kind": "state", "id": "state:ZZZ", "form": "name"}]
    rows = [
        {"id": "g1", "lang": "ru", "text": "ООН", "mentions": marks},
        {"id": "g2", "lang": "ru", "text": "Атлантида", "mentions": missed},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_accuracy(gold: Path):
    result = run("evaluate", gold, *RULES, "--errors", "5")
    assert result.exit_code == 0
    assert "link" in result.stdout
    assert "0.667" in result.stdout  # one right, one missed
    assert "missed g2 state:ZZZ" in result.stdout


def test_accuracy_below_the_floor(gold: Path):
    assert run("evaluate", gold, *RULES, "--floor", "0.6").exit_code == 0
    assert run("evaluate", gold, *RULES, "--floor", "0.7").exit_code == 1


# The program itself.


def test_the_program_reads_standard_input_and_exits_with_0():
    done = program("extract", "-", *RULES, input="МАГАТЭ и КНДР".encode())
    assert done.returncode == 0
    assert [m["id"] for m in json.loads(done.stdout)["mentions"]] == ["org:IAEA", "state:PRK"]
    assert done.stderr == b""


def test_the_program_names_what_failed_and_exits_with_1(tmp_path: Path):
    done = program("extract", tmp_path / "missing.txt", *RULES)
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "unreadable"
    assert done.stderr.startswith(b"npextract: ")
    assert b"Traceback" not in done.stderr


def test_the_program_says_how_it_is_used_and_exits_with_2():
    done = program("extract", "--nothing")
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"--nothing" in done.stderr


def test_the_reader_of_the_output_may_go_away(tmp_path: Path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "ООН и НАТО"}\n' * 3000, encoding="utf-8")
    command = f"{sys.executable} -m npextract extract {path} --profile rules --format jsonl | head -n 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert json.loads(done.stdout)["mentions"]
    assert b"Traceback" not in done.stderr


def test_standard_input_that_cannot_be_read_has_a_record(text_file: Path):
    done = program("extract", "-", text_file, *RULES, "--format", "jsonl", input=b"%PDF-1.7")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["error"]["code"], second["error"]) == ("damaged", None)
    assert done.returncode == 1


@pytest.mark.parametrize("content", ["not json", '{"text": "a"}', "[]", '{"text": "a", "mentions": [{}]}'])
def test_a_gold_file_that_is_none(tmp_path: Path, content: str):
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    done = program("evaluate", path, *RULES)
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
    assert done.stderr.startswith(b"npextract: ")


def test_the_same_as_in_python(text_file: Path):
    (record,) = records(run("extract", text_file, *RULES))
    name = text_file.as_posix()
    assert record == rules().extract(record["text"], id=name, source=name).to_dict()
