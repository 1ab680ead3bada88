"""Made files of every format are read wholly and in order, and broken ones fail for their true reasons."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from difflib import SequenceMatcher
from pathlib import Path
from threading import Thread

import pytest
from benchmarks.corpora.broken import PARTLY, PLACED, WHOLE
from benchmarks.corpora.kinds import SEVERAL, SINGLE
from benchmarks.corpora.made import Made
from benchmarks.corpora.make import make_corpus
from benchmarks.corpora.texts import own, words

from npextract.corpus.folder import Folder
from npextract.errors import InputError
from npextract.reading.files import Input, find_files, inputs_of

BROKEN = [*WHOLE, *PARTLY, *PLACED]
TEXTS = {text.id: text for text in own()}
LEAST = {"pdf": 0.97, "html": 0.97}
"""The share of a text's words that must be found in order; for other formats almost all."""
BOILERPLATE = ("cookies", "Log in", "Exchange rates", "Privacy policy", "dataLayer", "font-family")
SECONDS = 10
"""What no file of these may take."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Made]]:
    """A folder with two files of most formats, and one of each way of being broken."""
    folder = tmp_path_factory.mktemp("corpus")
    files = 60 + len(BROKEN)
    return folder, make_corpus(folder, list(TEXTS.values()), files, broken=len(BROKEN) / files, size=3000)


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scans fail, whatever is installed."""
    monkeypatch.setenv("NPEXTRACT_OCR", "off")


def read(folder: Path, made: Made) -> dict[str, Input]:
    """The inputs of a file by identifier; a reader that waits for ever fails."""
    future: Future[list[Input]] = Future()

    def work() -> None:
        try:
            future.set_result(list(_inputs(Folder(str(folder)), made.path)))
        except BaseException as error:
            future.set_exception(error)

    Thread(target=work, daemon=True).start()  # it can be left alone where it blocks in the system
    found = future.result(SECONDS)
    assert len({item.id for item in found}) == len(found)
    return {item.id: item for item in found}


def _inputs(folder: Folder, name: str) -> Iterator[Input]:
    """The inputs of a file, read as the batch does."""
    try:
        yield from inputs_of(folder.read(name, 1_000_000_000), name)
    except InputError as error:
        yield Input(name, name, error=error)


def of_kind(corpus: tuple[Path, list[Made]], kind: str) -> Iterator[tuple[Made, dict[str, Input]]]:
    """The files of a kind, with what was read of them."""
    folder, all_made = corpus
    chosen = [made for made in all_made if made.kind == kind]
    assert chosen, f"the corpus has no {kind}"
    return ((made, read(folder, made)) for made in chosen)


def share_in_order(wanted: list[str], found: list[str]) -> float:
    """The share of the words that stand in the other list in the same order."""
    blocks = SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


def assert_read(made: Made, inputs: dict[str, Input]) -> None:
    """The inputs are those that the file must give, no more, with their texts or reasons."""
    assert {id: item.error and item.error.code for id, item in inputs.items()} == {
        part.id: part.code for part in made.parts
    }
    for part in made.parts:
        wanted = words("\n".join(TEXTS[id].text for id in part.texts))
        item = inputs[part.id]
        if wanted:
            least = LEAST.get(item.document.format, 0.99)
            share = share_in_order(wanted, words(item.text))
            assert share >= least, f"{part.id}: {share:.3f} of the words are there in order"


@pytest.mark.parametrize("kind", [*SINGLE, *SEVERAL])
def test_good_files_are_read_wholly_and_in_order(corpus: tuple[Path, list[Made]], kind: str):
    for made, inputs in of_kind(corpus, kind):
        assert_read(made, inputs)


@pytest.mark.parametrize("kind", SINGLE)
def test_the_format_is_told(corpus: tuple[Path, list[Made]], kind: str):
    for made, inputs in of_kind(corpus, kind):
        assert inputs[made.path].document.format == kind.partition("-")[0]


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_files_fail_for_their_true_reasons(corpus: tuple[Path, list[Made]], kind: str):
    for made, inputs in of_kind(corpus, kind):
        assert_read(made, inputs)


@pytest.mark.parametrize("kind", ["html", "html-1251"])
def test_only_the_main_text_of_a_page_is_read(corpus: tuple[Path, list[Made]], kind: str):
    for made, inputs in of_kind(corpus, kind):
        assert not [said for said in BOILERPLATE if said in inputs[made.path].text]


def test_everything_in_the_folder_is_found(corpus: tuple[Path, list[Made]]):
    folder, all_made = corpus
    assert {path.relative_to(folder).as_posix() for path in find_files(folder)} == {made.path for made in all_made}


def test_the_same_seed_makes_the_same_files(tmp_path: Path):
    texts = list(TEXTS.values())
    for seed in (1, 1, 2):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        make_corpus(folder, texts, 40, seed=seed, size=1000)
    first, again, other = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in sorted(tmp_path.iterdir())
    )
    assert first == again
    assert first.keys() != other.keys()
