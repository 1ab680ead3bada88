"""The commands that ask a corpus."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from npextract.cli import app
from npextract.cli.several import repeat_options
from stores import document, small_corpus, write_store


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_store(tmp_path_factory.mktemp("out"), small_corpus())


def run(*arguments: object) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


def answers(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_query(out: str):
    query = "SELECT kind, count(*) AS n FROM mentions GROUP BY kind ORDER BY n DESC, kind LIMIT 1"
    assert answers(run("query", out, query)) == [{"kind": "organization", "n": 10}]
    assert run("query", out, query, "--format", "csv").stdout == "kind,n\norganization,10\n"
    assert "organization │ 10" in run("query", out, query, "--format", "table").stdout


def test_values_of_all_types(out: str):
    query = """SELECT NULL AS a, 'NaN'::DOUBLE AS b, DATE '2004-04-28' AS c, [1, 2] AS d, {'x': 'ДНЯО'} AS e,
        1::HUGEINT AS f, '=1' AS "=g", 0.5::DECIMAL(3, 1) AS h, 'a'::BLOB AS i"""
    (answer,) = answers(run("query", out, query))
    assert {name: answer[name] for name in "abcdef"} == {
        "a": None, "b": None, "c": "2004-04-28", "d": [1, 2], "e": {"x": "ДНЯО"}, "f": 1,
    }  # fmt: skip
    header, row = csv.reader(io.StringIO(run("query", out, query, "--format", "csv").stdout))
    assert (header[6], row[6], row[3], row[4]) == ("'=g", "'=1", "[1,2]", '{"x":"ДНЯО"}')


def test_columns_of_one_name_and_numbers_that_json_has_not(out: str):
    query = "SELECT 1 a, 2 a, 3 a_1, ['nan'::double, 4] b, {'c': 'inf'::double} d"
    assert answers(run("query", out, query)) == [{"a": 1, "a_2": 2, "a_1": 3, "b": [None, 4], "d": {"c": None}}]


def test_a_table_ends_but_csv_does_not(out: str):
    result = run("query", out, "SELECT range AS n FROM range(1500)", "--format", "table")
    assert ("│ 999 " in result.stdout, "│ 1000 " in result.stdout) == (True, False)
    assert "the first 1000 rows" in result.stderr
    assert len(run("query", out, "SELECT * FROM range(1500)", "--format", "csv").stdout.splitlines()) == 1501
    assert "…" in run("query", out, "SELECT repeat('x', 5000)", "--format", "table").stdout


def test_control_characters_do_not_reach_the_terminal(out: str):
    assert (
        "\x1b" not in run("query", out, "SELECT chr(27) || '[31mred' AS x, '[bold]' AS y", "--format", "table").stdout
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC", "syntax error"),
        ("SELECT x FROM mentions", '"x" not found'),
        ("SELECT * FROM nowhere", "nowhere does not exist"),
        ("COPY mentions TO 'x.csv'", "nothing that writes"),
        ("SELECT * FROM read_csv('/etc/passwd')", "no other files"),
        ("ATTACH 'x.db'", "nothing that writes"),
        ("INSTALL httpfs", "nothing that writes"),
        ("SELECT text::INTEGER FROM mentions", "Could not convert"),
        ("", "one SELECT"),
    ],
)
def test_a_query_that_is_wrong_is_one_line(out: str, query: str, message: str, tmp_path: Path, monkeypatch: Any):
    monkeypatch.chdir(tmp_path)
    for format in ("jsonl", "csv", "table"):
        result = run("query", out, query, "--format", format)
        assert result.exit_code == 2
        assert message in result.stderr
        assert result.stderr.count("\n") == 1
        assert "root:" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_no_corpus(tmp_path: Path):
    for command in (("query", tmp_path, "SELECT 1"), ("find", tmp_path, "--all", "NPT"), ("ask", "counts", tmp_path)):
        result = run(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "is no corpus" in result.stderr


def test_find_takes_several_words(out: str):
    found = answers(run("find", out, "--all", "res:1540", "treaty:CWC", "org:CSTO"))
    assert [row["doc"] for row in found] == ["a/statement_en.txt", "record.txt"]
    assert found[0]["res:S/RES/1540(2004)"] == 1
    found = answers(run("find", out, "--any", "CWC", "МАГАТЭ", "--none", "CIS", "UN", "--year", "2016"))
    assert [row["doc"] for row in found] == ["record.txt"]
    found = answers(run("find", out, "--all", "ДНЯО", "--since", "2004", "--until", "2010", "--lang", "ru"))
    assert [row["doc"] for row in found] == ["a/statement_ru.txt"]
    assert [r["doc"] for r in answers(run("find", out, "--all", "NPT", "--speaker", "Россия"))] == ["record.txt"]
    assert [r["doc"] for r in answers(run("find", out, "--all=res:1540", "--speaker", "The President"))] == [
        "record.txt"
    ]
    assert len(answers(run("find", "--format", "jsonl", out, "--all", "NPT", "--limit", "1"))) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--all, --any or --none"),
        (("--all",), "--all needs a word"),
        (("--all", "--any", "NPT"), "--all needs a word"),
        (("--all", "Congo"), "may be state:COD or state:COG"),
        (("--all", "treaty:NTP"), "did you mean treaty:NPT"),
        (("--colour", "red"), "--colour"),
    ],
)
def test_find_says_what_is_wrong(out: str, arguments: tuple[str, ...], message: str):
    result = run("find", out, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_the_folder_behind_the_names(out: str):
    result = run("find", "--all", "NPT", out)
    assert result.exit_code == 2
    assert "comes first" in result.stderr


@pytest.mark.parametrize(
    ("words", "repeated"),
    [
        ("OUT --all a b --any c", "OUT --all a --all b --any c"),
        ("OUT --all a --all b", "OUT --all a --all b"),
        ("OUT --all a --lang ru b", "OUT --all a --lang ru b"),
        ("OUT --all a -- b --any", "OUT --all a -- b --any"),
        ("OUT --all", "OUT --all"),
        ("OUT --all=a b", "OUT --all=a b"),
        ("", ""),
    ],
)
def test_options_are_repeated_for_each_word(words: str, repeated: str):
    assert list(repeat_options(words.split(), {"--all", "--any"})) == repeated.split()


def test_ask(out: str):
    assert answers(run("ask", "counts", out, "ДНЯО"))[0]["mentions"] == 6
    assert [r["year"] for r in answers(run("ask", "counts", out, "NPT", "--by", "year"))] == [2004, 2016, None]
    assert answers(run("ask", "together", out, "CWC", "--kind", "treaty"))[0]["b"] == "treaty:NPT"
    assert answers(run("ask", "context", out, "МАГАТЭ", "--width", "6"))[0]["left"] == "НЯО и "
    assert answers(run("ask", "timeline", out, "NPT", "--by", "month"))[-1]["period"] is None
    assert answers(run("ask", "versions", out))[0]["ru"] == "a/statement_ru.txt"
    found = answers(run("ask", "compare", out, "a/statement_en.txt", "a/statement_ru.txt"))
    assert {row["found_in"] for row in found} == {"both", "a", "b"}
    assert run("ask", "compare", out, "a/statement_en.txt", "other").exit_code == 2


def test_ask_says_when_there_is_more(out: str):
    assert "the first 2 rows; --limit 0" in run("ask", "counts", out, "--limit", "2").stderr
    assert run("ask", "counts", out, "--limit", "0").stderr == ""


def test_a_table_of_contexts_fits_a_line(tmp_path: Path):
    out = write_store(tmp_path, [document("a.txt", "one\ntwo\tthe NPT\r\n\x1bthree")])
    result = run("ask", "context", out, "NPT", "--format", "table")
    assert "one two the" in result.stdout
    assert "\x1b" not in result.stdout


def test_links_and_devices_are_written_to_and_not_replaced(out: str, tmp_path: Path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    os.mkfifo(tmp_path / "pipe")
    run("export", out, "--format", "jsonl", "-o", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text().startswith('{"schema"')
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    assert run("export", out, "--format", "jsonl", "-o", tmp_path / "pipe").exit_code == 0
    reader.join()
    assert received == [(tmp_path / "real").read_bytes()]
    assert (tmp_path / "pipe").is_fifo()
    assert run("export", out, "--format", "sqlite", "-o", "/dev/full").exit_code == 2


def test_export(out: str, tmp_path: Path):
    for format in ("jsonl", "sqlite", "graphml", "rdf"):
        result = run("export", out, "--format", format, "-o", tmp_path / format)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
        assert (tmp_path / format).stat().st_size > 1000
    result = run("export", out, "--format", "csv", "-o", tmp_path / "csv")
    assert result.exit_code == 0
    assert "documents.text" in result.stderr
    assert len(list((tmp_path / "csv").iterdir())) == 5
    result = run("export", out, "--format", "jsonl", "-o", "-")
    assert result.stdout_bytes == (tmp_path / "jsonl").read_bytes()
    assert run("export", out, "--format", "sqlite", "-o", "-").exit_code == 2
    assert run("export", out, "--format", "jsonl", "-o", tmp_path / "jsonl" / "x").exit_code == 2
    assert run("export", out, "--format", "xlsx", "-o", "x").exit_code == 2
