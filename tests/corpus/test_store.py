"""Writing a corpus: whatever happens while a part is written, each file counts once and whole."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from reading_back import digest, rows

from npextract.corpus.folder import Folder
from npextract.corpus.recipe import Recipe
from npextract.corpus.store import Store
from npextract.corpus.supervisor import Outcome, Supervisor
from npextract.errors import CorpusError

TEXTS = {"a.txt": "Россия", "b.txt": "The NPT", "c.txt": "МАГАТЭ", "d.jsonl": '{"text": "UN"}\n{"text": "NATO"}\n{'}
CHANGED = {"a.txt": "ООН", "c.txt": "The CWC", "e.txt": "CSTO"}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Outcome], list[Outcome]]:
    """What workers make of files, and of those that changed."""
    folder = tmp_path_factory.mktemp("docs")
    supervisor = Supervisor(Recipe("rules"), Folder(str(folder)))

    def read(texts: dict[str, str]) -> Iterator[Outcome]:
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
            yield supervisor.read(name)

    found = list(read(TEXTS)), list(read(CHANGED))
    supervisor.close()
    return found


def fill(out: Path, outcomes: list[Outcome]) -> Store:
    """Write files into a corpus, two a part."""
    store = Store(str(out), {"npextract": "test"})
    for number, outcome in enumerate(outcomes):
        store.add(outcome)
        if number % 2:
            store.flush()
    store.flush()
    return store


@pytest.fixture(scope="module")
def wanted(outcomes: tuple[list[Outcome], list[Outcome]], tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the corpus holds at last, read in one go."""
    before, after = outcomes
    out = tmp_path_factory.mktemp("wanted")
    fill(out, [outcome for outcome in before if outcome.file not in CHANGED] + after)
    return digest(out)


def interrupted(at: int, work: Callable[[], object]) -> bool:
    """Do something, with Ctrl-C at the `at`-th call that the store makes; whether it came to that."""
    calls = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        if event == "call" and frame.f_code.co_filename.endswith(("store.py", "parts.py", "found.py")):
            calls += 1
            if calls == at:
                raise KeyboardInterrupt

    sys.setprofile(watch)
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.setprofile(None)
    return False


def test_new_versions_of_files_take_the_place_of_old_ones(
    outcomes: tuple[list[Outcome], list[Outcome]], wanted: str, tmp_path: Path
):
    fill(tmp_path, outcomes[0])
    store = fill(tmp_path, outcomes[1])
    assert digest(tmp_path) == wanted
    store.compact()
    assert digest(tmp_path) == wanted
    assert len(store.parts) == 1
    assert [p.name for p in (tmp_path / "commits").iterdir()] == [f"{store.parts[0]:06}.json"]
    assert store.rows() == {"files": 5, "documents": 6, "mentions": 6, "entities": 6, "failures": 1}


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:10])])
@pytest.mark.parametrize("table", ["files", "documents", "mentions"])
def test_a_corpus_that_is_damaged_is_not_written_to(
    outcomes: tuple[list[Outcome], list[Outcome]], harm: Callable[[Path], object], table: str, tmp_path: Path
):
    fill(tmp_path, outcomes[0])
    harm(next((tmp_path / table).glob("*.parquet")))
    with pytest.raises(CorpusError, match=table) as caught:
        Store(str(tmp_path), {})
    assert caught.value.code == "damaged-corpus"


def test_what_was_left_half_written_is_removed(outcomes: tuple[list[Outcome], list[Outcome]], tmp_path: Path):
    fill(tmp_path, outcomes[0])
    (tmp_path / "mentions" / "000009.parquet.part").write_bytes(b"PAR1")
    (tmp_path / "mentions" / "mine.txt").touch()
    Store(str(tmp_path), {})
    assert not list(tmp_path.rglob("*.part"))
    assert (tmp_path / "mentions" / "mine.txt").exists()


def test_files_can_be_taken_out(outcomes: tuple[list[Outcome], list[Outcome]], tmp_path: Path):
    store = fill(tmp_path, outcomes[0])
    store.remove(["a.txt", "d.jsonl"])
    assert [row["file"] for row in rows(tmp_path, "files")] == ["b.txt", "c.txt"]
    assert {row["doc"] for row in rows(tmp_path, "mentions")} == {"b.txt", "c.txt"}
    assert rows(tmp_path, "failures") == []


def test_an_interruption_at_any_moment(outcomes: tuple[list[Outcome], list[Outcome]], wanted: str, tmp_path: Path):
    before, after = outcomes
    moment = 0
    came_to_it = True
    while came_to_it:
        moment += 2
        out = tmp_path / str(moment)
        fill(out, before)
        store = Store(str(out), {"npextract": "test"})

        def work(store: Store = store) -> None:
            try:
                for outcome in after:
                    store.add(outcome)
                store.flush()
                store.compact()
            finally:
                store.flush()

        came_to_it = interrupted(moment, work)
        again = Store(str(out), {"npextract": "test"})
        names = [row["file"] for row in rows(out, "files")]
        assert len(names) == len(set(names))
        assert set(names) >= set(TEXTS)
        known = {row["file"]: row["sha256"] for row in rows(out, "files")}
        for outcome in after:
            if known.get(outcome.file) != _sha256(outcome):
                again.add(outcome)
        again.flush()
        assert digest(out) == wanted
    assert moment > 50


def test_a_kill_at_any_moment(outcomes: tuple[list[Outcome], list[Outcome]], wanted: str, tmp_path: Path):
    """As above, but nothing is done after the interruption."""
    before, after = outcomes
    for moment in range(1, 200, 9):
        out = tmp_path / str(moment)
        fill(out, before)
        interrupted(moment, lambda out=out: fill(out, after).compact())
        fill(out, after)
        assert digest(out) == wanted


def _sha256(outcome: Outcome) -> str:
    from npextract.corpus.rows import decode_rows

    found: str = decode_rows(outcome.row, ["files"])["files"]["sha256"][0].as_py()
    return found
