from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import rules
from npextract.corpus.batch import extract_inputs, run_batch
from npextract.reading.files import Input, read_records


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with good files and bad ones."""
    files = {
        "a.txt": "Россия и МАГАТЭ".encode(),
        "b/one.md": b"# The [IAEA](https://iaea.org)\r\n\r\nand the NPT",
        "b/two.txt": "Совет Безопасности принял резолюцию 1540 (2004) единогласно".encode("cp1251"),
        "c.jsonl": b'{"id": "first", "text": "UN"}\nnot json\n{"id": 3, "text": "NATO"}\n',
        "d.txt": b"%PDF-1.4\n",
        "e.txt": b"",
        "ignored.pdf": b"%PDF-1.4\n",
    }
    for name, data in files.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "docs"


def read(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "documents.jsonl").read_bytes().split(b"\n") if line]


def test_a_folder_becomes_a_file_of_records(folder: Path, tmp_path: Path):
    summary = run_batch(folder, tmp_path / "out", profile="rules")
    records = read(tmp_path / "out")
    ids = ["a.txt", "b/one.md", "b/two.txt", "first", "c.jsonl:2", "3", "d.txt", "e.txt"]
    assert [r["id"] for r in records] == ids
    assert [r["source"] for r in records][3:6] == ["c.jsonl", "c.jsonl:2", "c.jsonl"]
    found = {r["id"]: [m["id"] for m in r["mentions"]] for r in records}
    assert found["a.txt"] == ["state:RUS", "org:IAEA"]
    assert found["b/one.md"] == ["org:IAEA", "treaty:NPT"]
    assert found["b/two.txt"] == ["org:UNSC", "res:S/RES/1540(2004)"]
    assert (summary.files, summary.documents) == (6, 8)
    assert summary.mentions == sum(map(len, found.values())) == sum(summary.by_kind.values())
    assert summary.entities == {id for ids in found.values() for id in ids}


def test_one_bad_file_does_not_stop_the_rest(folder: Path, tmp_path: Path):
    summary = run_batch(folder, tmp_path / "out", profile="rules")
    assert [(f.id, f.code) for f in summary.failures] == [("c.jsonl:2", "bad-record"), ("d.txt", "unsupported-format")]
    errors = {r["id"]: r["error"] for r in read(tmp_path / "out") if r["error"]}
    assert errors["d.txt"]["code"] == "unsupported-format"
    assert "PDF" in errors["d.txt"]["message"]


def test_the_number_of_workers_changes_nothing(tmp_path: Path):
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(40):
        (docs / f"{number:02}.txt").write_text(f"Россия, NPT and resolution {1500 + number}", encoding="utf-8")
    (docs / "20.txt").write_bytes(b"PK\x03\x04")
    one = run_batch(docs, tmp_path / "one", profile="rules", workers=1)
    two = run_batch(docs, tmp_path / "two", profile="rules", workers=2)
    assert (tmp_path / "one/documents.jsonl").read_bytes() == (tmp_path / "two/documents.jsonl").read_bytes()
    assert one == two


def test_records_are_those_of_extract(folder: Path, tmp_path: Path):
    run_batch(folder, tmp_path / "out", profile="rules", lang="ru")
    (record,) = [r for r in read(tmp_path / "out") if r["id"] == "a.txt"]
    assert record == rules().extract("Россия и МАГАТЭ", lang="ru", id="a.txt", source="a.txt").to_dict()


def test_progress_is_told(folder: Path, tmp_path: Path):
    told: list[tuple[int, int]] = []
    run_batch(folder, tmp_path / "out", profile="rules", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (6, 6)
    assert told == sorted(told)


def test_an_empty_folder_gives_an_empty_file(tmp_path: Path):
    (tmp_path / "docs").mkdir()
    summary = run_batch(tmp_path / "docs", tmp_path / "out", profile="rules")
    assert (summary.files, summary.documents, read(tmp_path / "out")) == (0, 0, [])


def test_a_run_replaces_the_last_one_when_it_is_whole(folder: Path, tmp_path: Path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "documents.jsonl").write_text("old")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_batch(folder, out, profile="rules", progress=stop)
    assert (out / "documents.jsonl").read_text() == "old"
    run_batch(folder, out, profile="rules")
    assert len(read(out)) == 8
    assert [p.name for p in out.iterdir()] == ["documents.jsonl"]


def test_results_inside_the_folder_are_not_read_again(folder: Path):
    first = run_batch(folder, folder / "out", profile="rules")
    second = run_batch(folder, folder / "out", profile="rules")
    assert first == second


def test_results_inside_the_folder_are_known_by_any_path(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder)
    first = run_batch(Path(), folder / "out", profile="rules")
    second = run_batch(Path(), folder / "out", profile="rules")
    assert (first.files, second.files) == (6, 6)


def test_results_in_the_folder_itself(folder: Path):
    assert run_batch(folder, folder, profile="rules").files == 6


@pytest.mark.skipif(not hasattr(Path, "symlink_to"), reason="no links here")
def test_a_link_to_nowhere_and_one_to_the_folder_itself(folder: Path, tmp_path: Path):
    (folder / "gone.txt").symlink_to(tmp_path / "gone.txt")
    (folder / "loop").symlink_to(folder)
    assert run_batch(folder, tmp_path / "out", profile="rules").files == 6


def test_inputs_keep_their_order_over_chunks():
    lines = "\n".join(json.dumps({"id": n, "text": "UN"}) if n % 7 else "broken" for n in range(200))
    documents = list(extract_inputs(rules(), read_records(lines, "in")))
    assert [d.id for d in documents] == [str(n) if n % 7 else f"in:{n + 1}" for n in range(200)]
    assert [bool(d.error) for d in documents] == [n % 7 == 0 for n in range(200)]


def test_a_language_that_is_said_wins_over_the_record_s():
    inputs = [Input("1", "a", "ООН", "en"), Input("2", "a", "ООН")]
    assert [d.lang for d in extract_inputs(rules(), iter(inputs))] == ["en", "ru"]
    assert [d.lang for d in extract_inputs(rules(), iter(inputs), "ru")] == ["ru", "ru"]


@pytest.mark.parametrize("lang", ["mul", "und"])
def test_npextract_reads_its_own_records(lang: str):
    text = "The delegation of Iran spoke first.\n\nДелегация Ирана выступила первой."
    line = json.dumps({"id": "1", "text": text, "lang": lang})
    (document,) = extract_inputs(rules(), read_records(line, "in"))
    assert document.to_dict() | {"source": None} == rules().extract(text, id="1").to_dict()
