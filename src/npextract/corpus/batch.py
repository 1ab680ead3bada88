"""A folder of documents to one file of records, on all cores. One bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from npextract.document import Document, failed
from npextract.extractor import Extractor, Profile
from npextract.reading.files import Input, find_files, read_inputs

_FILES_A_TASK = 16
"""How many files a worker reads at a time."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read."""

    id: str
    code: str
    message: str


@dataclass(slots=True)
class Summary:
    """What a batch did."""

    files: int = 0
    documents: int = 0
    mentions: int = 0
    entities: set[str] = field(default_factory=set)
    by_kind: dict[str, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    def add(self, document: Document) -> None:
        """Count a document."""
        self.documents += 1
        self.mentions += len(document.mentions)
        self.entities.update(m.id for m in document.mentions if m.id)
        for mention in document.mentions:
            self.by_kind[mention.kind] = self.by_kind.get(mention.kind, 0) + 1
        if document.error:
            self.failures.append(Failure(document.id, document.error["code"], document.error["message"]))


def extract_inputs(
    extractor: Extractor, inputs: Iterator[Input], lang: str | None = None, *, trace: bool = False
) -> Iterator[Document]:
    """A document for each input, in order; those that could not be read carry the reason. `trace` as for `extract`."""
    while chunk := list(islice(inputs, 64)):
        good = [item for item in chunk if item.error is None]
        documents = extractor.extract_many(
            [item.text for item in good],
            ids=[item.id for item in good],
            sources=[item.source for item in good],
            langs=[lang or item.lang for item in good],
            trace=trace,
        )
        for item in chunk:
            if item.error is None:
                yield next(documents)
            else:
                version = extractor.ontology.version
                yield failed(item.id, item.source, version, item.error.code, str(item.error))


def run_batch(
    folder: Path,
    out: Path,
    *,
    profile: Profile = "full",
    lang: str | None = None,
    workers: int = 1,
    ontology: Sequence[Path] | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Summary:
    """Read every file under `folder`; write the records to `out`/documents.jsonl, in the order of the paths.

    The file appears when it is whole. `progress` is told how many files are done, of how many.
    """
    out.mkdir(parents=True, exist_ok=True)
    target = out / "documents.jsonl"
    files = [path for path in find_files(folder) if path.resolve() != target.resolve()]
    summary = Summary(files=len(files))
    partial = target.with_suffix(".part")
    tasks = [files[at : at + _FILES_A_TASK] for at in range(0, len(files), _FILES_A_TASK)]
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        done = 0
        for task, documents in zip(tasks, _run(tasks, folder, profile, lang, workers, ontology), strict=True):
            for document in documents:
                summary.add(document)
                file.write(document.to_json() + "\n")
            done += len(task)
            progress(done, len(files))
    partial.replace(target)
    return summary


def _run(
    tasks: Sequence[Sequence[Path]],
    folder: Path,
    profile: Profile,
    lang: str | None,
    workers: int,
    ontology: Sequence[Path] | None,
) -> Iterator[list[Document]]:
    """The documents of each task, in order."""
    if workers <= 1 or len(tasks) <= 1:
        extractor = Extractor(profile, ontology=ontology)
        yield from (_read_task(extractor, task, folder, lang) for task in tasks)
        return
    with ProcessPoolExecutor(
        min(workers, len(tasks)), get_context("spawn"), initializer=_start_worker, initargs=(profile, ontology)
    ) as pool:
        yield from pool.map(_work, tasks, [folder] * len(tasks), [lang] * len(tasks))


def _read_task(extractor: Extractor, files: Sequence[Path], folder: Path, lang: str | None) -> list[Document]:
    inputs = (item for path in files for item in read_inputs(path, path.relative_to(folder).as_posix()))
    return list(extract_inputs(extractor, inputs, lang))


_extractor: Extractor | None = None
"""The extractor of a worker process."""


def _start_worker(profile: Profile, ontology: Sequence[Path] | None) -> None:
    global _extractor
    _extractor = Extractor(profile, ontology=ontology)


def _work(files: Sequence[Path], folder: Path, lang: str | None) -> list[Document]:
    assert _extractor is not None, "the pool's initializer makes it"
    return _read_task(_extractor, files, folder, lang)
