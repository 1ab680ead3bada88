from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from reading_back import digest, files, rows

from helpers import rules
from npextract.corpus.batch import Summary, run_batch
from npextract.corpus.recipe import Recipe
from npextract.errors import CorpusError, WorkerError

RULES = Recipe("rules")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with good files and bad ones."""
    contents = {
        "a.txt": "Россия и МАГАТЭ".encode(),
        "b/one.md": b"# The [IAEA](https://iaea.org)\r\n\r\nand the NPT",
        "b/two.txt": "Совет Безопасности принял резолюцию 1540 (2004) единогласно".encode("cp1251"),
        "c.jsonl": b'{"id": "first", "text": "UN"}\nnot json\n{"id": 3, "text": "NATO"}\n',
        "d.txt": b"\x89PNG\r\n\x1a\n",
        "e.txt": b"",
        ".hidden.txt": b"UN",
        "b/~$one.md": b"UN",
    }
    for name, data in contents.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "docs"


def many(folder: Path, count: int) -> Path:
    """A folder of small files; the twentieth is broken."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = f"Россия, NPT and resolution {1500 + number % 1000}. " * (1 + number % 7)
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    if count > 20:
        (folder / "020.txt").write_bytes(b"\x7fELF")
    return folder


def test_a_folder_becomes_a_corpus(folder: Path, tmp_path: Path):
    out = tmp_path / "out"
    summary = run_batch(folder, out, RULES, workers=2)
    documents = rows(out, "documents")
    keys = ["a.txt", "b/one.md", "b/two.txt", "c.jsonl#1", "c.jsonl#3", "e.txt"]
    assert [d["doc"] for d in documents] == keys
    assert [d["id"] for d in documents] == ["a.txt", "b/one.md", "b/two.txt", "first", "3", "e.txt"]
    assert [d["file"] for d in documents] == ["a.txt", "b/one.md", "b/two.txt", "c.jsonl", "c.jsonl", "e.txt"]
    assert [d["format"] for d in documents] == ["text", "markdown", "text", "records", "records", "text"]
    found: dict[str, list[Any]] = {key: [] for key in keys}
    for mention in rows(out, "mentions"):
        found[mention["doc"]].append(mention["id"])
    assert found["a.txt"] == ["state:RUS", "org:IAEA"]
    assert found["b/one.md"] == ["org:IAEA", "treaty:NPT"]
    assert found["b/two.txt"] == ["org:UNSC", "res:S/RES/1540(2004)"]
    assert found["c.jsonl#3"] == ["org:NATO"]
    assert [(f["file"], f["documents"], f["failures"]) for f in rows(out, "files")] == [
        ("a.txt", 1, 0), ("b/one.md", 1, 0), ("b/two.txt", 1, 0), ("c.jsonl", 2, 1), ("d.txt", 0, 1), ("e.txt", 1, 0),
    ]  # fmt: skip
    assert [(f["id"], f["code"]) for f in rows(out, "failures")] == [
        ("c.jsonl:2", "bad-record"),
        ("d.txt", "unsupported-format"),
    ]
    assert summary == Summary(6, 6, 0, 6, sum(map(len, found.values())), 2)


def test_what_is_stored_is_what_extract_finds(folder: Path, tmp_path: Path):
    out = tmp_path / "out"
    run_batch(folder, out, Recipe("rules", lang="ru"))
    document = rules().extract("Россия и МАГАТЭ", lang="ru", id="a.txt", source="a.txt")
    (row,) = [d for d in rows(out, "documents") if d["doc"] == "a.txt"]
    assert (row["text"], row["lang"], row["ontology"]) == (document.text, document.lang, document.ontology)
    stored = [m for m in rows(out, "mentions") if m["doc"] == "a.txt"]
    for mention, expected in zip(stored, document.to_dict()["mentions"], strict=True):
        same = ("start", "end", "text", "kind", "id", "form", "role", "lang", "score", "rule", "parent", "flags")
        assert {key: mention[key] for key in same} == {key: expected[key] for key in same}
        assert json.loads(mention["attrs"]) == expected["attrs"]


def test_the_number_of_workers_changes_nothing(tmp_path: Path):
    docs = many(tmp_path / "docs", 40)
    one = run_batch(docs, tmp_path / "one", RULES, workers=1)
    three = run_batch(docs, tmp_path / "three", RULES, workers=3)
    assert one == three
    assert digest(tmp_path / "one") == digest(tmp_path / "three")


def test_a_second_run_reads_what_is_new_or_changed(folder: Path, tmp_path: Path):
    out = tmp_path / "out"
    run_batch(folder, out, RULES)
    assert run_batch(folder, out, RULES, resume=True).read == 0
    (folder / "a.txt").write_text("ООН", encoding="utf-8")
    (folder / "new.txt").write_text("НАТО", encoding="utf-8")
    (folder / "e.txt").unlink()
    os.utime(folder / "b/one.md", (0, 0))
    summary = run_batch(folder, out, RULES, resume=True)
    assert (summary.files, summary.read, summary.removed) == (6, 2, 1)
    run_batch(folder, tmp_path / "anew", RULES)
    assert digest(out) == digest(tmp_path / "anew")


def test_a_change_of_the_same_length_is_seen(folder: Path, tmp_path: Path):
    run_batch(folder, tmp_path / "out", RULES)
    before = (folder / "a.txt").stat()
    (folder / "a.txt").write_text("Россия и НАТО;;", encoding="utf-8")
    os.utime(folder / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run_batch(folder, tmp_path / "out", RULES, resume=True).read == 1


def test_another_way_of_reading_reads_all_again(folder: Path, tmp_path: Path):
    out = tmp_path / "out"
    run_batch(folder, out, RULES)
    own = tmp_path / "own.yaml"
    own.write_text("id: org:Hidden-Hand\nname: {en: Hidden Hand, ru: Скрытая рука}\n", encoding="utf-8")
    with_own = Recipe("rules", ontology=(str(own),))
    assert run_batch(folder, out, with_own, resume=True).read == 6
    assert run_batch(folder, out, with_own, resume=True).read == 0
    assert run_batch(folder, out, RULES, resume=True).read == 6
    run_batch(folder, tmp_path / "anew", RULES)
    assert digest(out) == digest(tmp_path / "anew")


def test_failures_are_tried_again_when_asked_for(folder: Path, tmp_path: Path):
    run_batch(folder, tmp_path / "out", RULES)
    assert run_batch(folder, tmp_path / "out", RULES, resume=True, retry_failed=True).read == 2


def test_a_corpus_is_not_touched_without_being_asked_for(folder: Path, tmp_path: Path):
    out = tmp_path / "out"
    run_batch(folder, out, RULES)
    (out / "notes.txt").write_text("mine")
    before = digest(out)
    with pytest.raises(CorpusError, match="--resume"):
        run_batch(folder, out, RULES)
    assert digest(out) == before
    (folder / "a.txt").unlink()
    assert run_batch(folder, out, RULES, replace=True).files == 5
    assert (out / "notes.txt").read_text() == "mine"


def test_the_wrong_folder_is_refused(folder: Path, tmp_path: Path):
    run_batch(folder, tmp_path / "out", RULES)
    (tmp_path / "other").mkdir()
    (tmp_path / "other/x.txt").write_text("UN")
    with pytest.raises(CorpusError, match="none of which"):
        run_batch(tmp_path / "other", tmp_path / "out", RULES, resume=True)


def test_two_batches_do_not_write_to_one_corpus(folder: Path, tmp_path: Path):
    from npextract.corpus.store import locked

    with locked(str(tmp_path / "out")), pytest.raises(CorpusError, match="another batch"):
        run_batch(folder, tmp_path / "out", RULES)


def test_an_empty_folder_gives_an_empty_corpus(tmp_path: Path):
    (tmp_path / "docs").mkdir()
    assert run_batch(tmp_path / "docs", tmp_path / "out", RULES) == Summary(0, 0, 0, 0, 0, 0)
    assert rows(tmp_path / "out", "documents") == []


def test_no_folder_at_all(tmp_path: Path):
    with pytest.raises(NotADirectoryError):
        run_batch(tmp_path / "docs", tmp_path / "out", RULES)
    assert not (tmp_path / "out").exists()


def test_results_inside_the_folder_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch):
    run_batch(folder, folder / "out", RULES)
    run_batch(folder, folder / "other", RULES)
    monkeypatch.chdir(folder)
    assert run_batch(".", "out", RULES, resume=True).files == 6
    assert digest(folder / "out") == digest(folder / "other")


def test_a_folder_that_cannot_be_listed_loses_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    out = tmp_path / "out"
    run_batch(folder, out, RULES)
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path) == folder / "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert run_batch(folder, out, RULES, resume=True).removed == 0
    assert {d["doc"] for d in rows(out, "documents")} > {"b/one.md", "b/two.txt"}
    assert ("b/", "unreadable") in {(f["id"], f["code"]) for f in rows(out, "failures")}
    monkeypatch.undo()
    assert run_batch(folder, out, RULES, resume=True).removed == 1
    run_batch(folder, tmp_path / "anew", RULES)
    assert digest(out) == digest(tmp_path / "anew")


def test_the_corpus_is_not_the_folder_itself(folder: Path, tmp_path: Path):
    (tmp_path / "link").symlink_to(folder)
    with pytest.raises(CorpusError, match="the folder of the documents"):
        run_batch(folder, tmp_path / "link", RULES)


@pytest.mark.parametrize(("manifest", "code"), [({"schema": 99}, "newer-corpus"), ({"my": "data"}, "no-corpus")])
@pytest.mark.parametrize("how", ["resume", "replace"])
def test_what_is_no_corpus_of_ours_is_left_alone(
    manifest: dict[str, Any], code: str, how: str, folder: Path, tmp_path: Path
):
    out = tmp_path / "out"
    out.mkdir()
    (out / "corpus.json").write_text(json.dumps(manifest))
    with pytest.raises(CorpusError) as caught:
        run_batch(folder, out, RULES, resume=how == "resume", replace=how == "replace")
    assert caught.value.code == code
    assert json.loads((out / "corpus.json").read_text()) == manifest


def test_a_link_to_nowhere_a_loop_and_a_pipe(folder: Path, tmp_path: Path):
    (folder / "gone.txt").symlink_to(tmp_path / "gone.txt")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    summary = run_batch(folder, tmp_path / "out", RULES)
    assert summary.files == 8
    codes = {f["id"]: f["code"] for f in rows(tmp_path / "out", "failures")}
    assert codes["gone.txt"] == codes["pipe.txt"] == "unreadable"


def test_a_name_that_is_no_utf_8(folder: Path, tmp_path: Path):
    try:
        (folder / os.fsdecode(b"\xf0\xe5\xe7.txt")).write_text("UN")
    except OSError:
        pytest.skip("this file system takes no such names")
    run_batch(folder, tmp_path / "out", RULES)
    assert run_batch(folder, tmp_path / "out", RULES, resume=True).read == 0
    assert "\ufffdf0\ufffde5\ufffde7.txt" in {f["file"] for f in rows(tmp_path / "out", "files")}


@pytest.mark.parametrize(
    ("one", "other"), [(b"a\xff.txt", b"a\xfe.txt"), (b"a#2.txt", b"a%232.txt"), (b"a%25.txt", b"a%.txt")]
)
def test_names_that_are_nearly_the_same(one: bytes, other: bytes, tmp_path: Path):
    docs = tmp_path / "docs"
    docs.mkdir()
    try:
        (docs / os.fsdecode(one)).write_text("The CTBT.")
        (docs / os.fsdecode(other)).write_text("Russia and the NPT.")
    except OSError:
        pytest.skip("this file system takes no such names")
    run_batch(docs, tmp_path / "out", RULES)
    assert run_batch(docs, tmp_path / "out", RULES, resume=True).read == 0
    (docs / os.fsdecode(one)).write_text("Nothing here.")
    assert run_batch(docs, tmp_path / "out", RULES, resume=True).read == 1
    texts = {d["doc"]: d["text"] for d in rows(tmp_path / "out", "documents")}
    found = [(texts[m["doc"]], m["id"]) for m in rows(tmp_path / "out", "mentions")]
    assert found == [("Russia and the NPT.", "state:RUS"), ("Russia and the NPT.", "treaty:NPT")]


def test_lone_surrogates_keep_their_place(tmp_path: Path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.jsonl").write_text('{"id": "\\udc80", "text": "\\ud800 The IAEA"}')
    run_batch(tmp_path / "docs", tmp_path / "out", RULES)
    (document,) = rows(tmp_path / "out", "documents")
    assert (document["text"], document["id"]) == ("\ufffd The IAEA", "\ufffd")
    assert document["warnings"] == ["lone-surrogates: 1 stored as U+FFFD"]
    (mention,) = rows(tmp_path / "out", "mentions")
    assert document["text"][mention["start"] : mention["end"]] == "IAEA"


def test_a_text_that_takes_too_long_fails_alone(tmp_path: Path):
    docs = many(tmp_path / "docs", 5)
    long = "The delegations of Iran and Iraq spoke of resolution 1540 (2004). " * 200_000
    records = [{"id": "short", "text": "UN"}, {"id": "long", "text": long}, {"id": "last", "text": "NATO"}]
    (docs / "c.jsonl").write_text("\n".join(map(json.dumps, records)))
    recipe = Recipe("rules", seconds=3.0, seconds_per_megabyte=0)
    run_batch(docs, tmp_path / "out", recipe, workers=1)
    assert {d["id"] for d in rows(tmp_path / "out", "documents")} >= {"short", "last", "004.txt"}
    assert [(f["id"], f["code"]) for f in rows(tmp_path / "out", "failures")] == [("long", "timeout")]


def test_a_text_that_takes_too_much_memory_fails_alone(tmp_path: Path):
    docs = many(tmp_path / "docs", 5)
    (docs / "large.txt").write_text("The delegations of Iran and Iraq spoke of resolution 1540 (2004). " * 200_000)
    run_batch(docs, tmp_path / "out", Recipe("rules", megabytes=250), workers=1)
    failures = rows(tmp_path / "out", "failures")
    assert [(f["id"], f["code"]) for f in failures] == [("large.txt", "memory")]
    assert len(rows(tmp_path / "out", "documents")) == 5


def test_a_limit_of_memory_that_no_worker_keeps(folder: Path, tmp_path: Path):
    with pytest.raises(WorkerError, match="--memory"):
        run_batch(folder, tmp_path / "out", Recipe("rules", megabytes=20))


def test_a_worker_that_grows_while_it_answers(tmp_path: Path):
    """Each text is read at once; together they would hold more memory than is allowed."""
    texts = ("The delegations of Iran and Iraq spoke of resolution 1540 (2004). " * 60 for _ in range(4000))
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    run_batch(docs, tmp_path / "out", Recipe("rules", megabytes=250), workers=1)
    (file,) = rows(tmp_path / "out", "files")
    assert file["documents"] + file["failures"] == 4000


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path):
    docs = many(tmp_path / "docs", 2)
    with (docs / "huge.txt").open("wb") as file:
        file.truncate(3_000_000_000)
    run_batch(docs, tmp_path / "out", RULES)
    assert [(f["id"], f["code"]) for f in rows(tmp_path / "out", "failures")] == [("huge.txt", "too-large")]


def worker_processes(of: int) -> list[psutil.Process]:
    return [p for p in psutil.Process(of).children(recursive=True) if is_worker(p)]


def is_worker(process: psutil.Process) -> bool:
    """Not one that has just ended."""
    try:
        return "npextract.corpus.worker" in " ".join(process.cmdline())
    except psutil.Error:
        return False


@pytest.mark.parametrize(("workers", "moments"), [(1, (5, 17, 30)), (2, (5,))])
def test_workers_that_are_killed_harm_nothing(workers: int, moments: tuple[int, ...], tmp_path: Path):
    """No file is being read at two of the moments, so none is suspected twice."""
    docs = many(tmp_path / "docs", 60)
    run_batch(docs, tmp_path / "calm", RULES)
    killed: set[int] = set()

    def kill(done: int, total: int, failed: int) -> None:
        if done in moments:
            for process in worker_processes(os.getpid()):
                killed.add(process.pid)
                process.kill()

    run_batch(docs, tmp_path / "out", RULES, workers=workers, progress=kill)
    assert len(killed) >= len(moments)
    assert digest(tmp_path / "out") == digest(tmp_path / "calm")


def test_a_worker_that_cannot_start_is_an_error(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(WorkerError, match="exit code 1"):
        run_batch(folder, tmp_path / "out", RULES)


def start(docs: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "npextract", "batch", str(docs), "-o", str(out), "--profile", "rules", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for_workers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        if found := worker_processes(process.pid):
            return found
        time.sleep(0.02)
    return []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_batch_can_be_stopped_and_goes_on(how: signal.Signals, tmp_path: Path):
    docs = many(tmp_path / "docs", 800)
    out = tmp_path / "out"
    process = start(docs, out)
    workers = wait_for_workers(process)
    time.sleep(0.8)
    process.send_signal(how)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"--resume" in errors
    psutil.wait_procs(workers, 5)
    assert not any(worker.is_running() for worker in workers)
    kept = len(rows(out, "files"))
    summary = run_batch(docs, out, RULES, resume=True)
    assert summary.read == 800 - kept
    run_batch(docs, tmp_path / "calm", RULES)
    assert digest(out) == digest(tmp_path / "calm")


def test_a_batch_that_is_killed_goes_on_without_loss_or_repetition(tmp_path: Path):
    docs = many(tmp_path / "docs", 300)
    out = tmp_path / "out"
    moments = random.Random(7)
    for _ in range(4):
        process = start(docs, out, "--resume")
        workers = wait_for_workers(process)
        time.sleep(moments.uniform(0, 2.0))
        process.kill()
        process.communicate()
        psutil.wait_procs(workers, 10)  # they see that their keeper is gone
        assert not any(worker.is_running() for worker in workers)
    run_batch(docs, out, RULES, resume=True)
    run_batch(docs, tmp_path / "calm", RULES)
    assert digest(out) == digest(tmp_path / "calm")
    live = {name for name in files(out) if name.startswith("commits/")}
    assert {name.split("/")[1] for name in files(out) if name.startswith("mentions/")} == {
        name.split("/")[1].replace("json", "parquet") for name in live
    }


def test_progress_is_told(folder: Path, tmp_path: Path):
    told: list[tuple[int, int, int]] = []
    run_batch(folder, tmp_path / "out", RULES, progress=lambda *numbers: told.append(numbers))
    assert told[0] == (0, 6, 0)
    assert told[-1] == (6, 6, 2)
    assert told == sorted(told)
