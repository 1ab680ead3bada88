"""A folder of documents to a corpus: what is new or changed is read, on all cores; nothing is lost or read twice."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from pathlib import Path
from typing import Final

from npextract.corpus.engines import ENGINES
from npextract.corpus.folder import Folder
from npextract.corpus.found import read_manifest
from npextract.corpus.parts import MANIFEST, clear, open_file_system
from npextract.corpus.recipe import Recipe, fingerprint
from npextract.corpus.rows import file_key
from npextract.corpus.store import Store, locked
from npextract.corpus.supervisor import Outcome
from npextract.errors import CorpusError
from npextract.extractor import ontology_of
from npextract.version import __version__

_LAST: Final = 1 << 62
"""Behind all parts."""
Progress = Callable[[int, int, int], None]
"""Told how many files are done, of how many, and how many texts failed."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a batch did, and what the corpus holds now."""

    files: int
    """The files of the folder."""
    read: int
    """Those that were read in this run; the others were read before and have not changed."""
    removed: int
    """Files of the corpus that the folder has no more."""
    documents: int
    mentions: int
    failures: int
    """The rows of these tables."""


def run_batch(
    folder: str | Path,
    out: str | Path,
    recipe: Recipe = Recipe(),  # noqa: B008 -- frozen
    *,
    workers: int | None = None,
    engine: str = "local",
    resume: bool = False,
    replace: bool = False,
    retry_failed: bool = False,
    progress: Progress = lambda done, total, failed: None,
) -> Summary:
    """Read every file under `folder` into the corpus `out`; both are paths or URLs that fsspec knows.

    With `resume` a corpus that is there is brought up to date: files whose bytes, and whose way of being read, are as
    they were are not read again (`retry_failed`: unless something in them failed). With `replace` it is begun anew.
    `workers` is the number of processes, by default one a core.

    Interrupted at any moment, even killed, it leaves a whole corpus of the files that were read until then. Raises
    CorpusError for a corpus that is in the way, WorkerError where no worker can be started, OSError where the folder
    cannot be listed, OntologyError for files of entities.
    """
    source, target = Folder.at(folder), Folder.at(out)
    if source.is_same(target):
        raise CorpusError("is the folder of the documents; choose another one for the corpus", path=str(out))
    version = ontology_of([Folder(path).path for path in recipe.ontology]).version
    mark = fingerprint(recipe, version)
    names = list(source.files(without=target))
    with locked(str(out)):
        _make_way(str(out), resume=resume, replace=replace)
        store = Store(target.url, _facts(recipe, version))
        removed = _remove_gone(store, names, folder, out)
        todo: list[str] = []
        done = failed = 0
        for name in names:
            if _is_done(store, source, name, mark, retry_failed):
                done += 1
                progress(done, len(names), failed)
            else:
                todo.append(name)
        # Those that share a part come together, so that each part is written anew but once.
        todo.sort(key=lambda name: known.part if (known := store.known.get(file_key(name))) else _LAST)
        progress(done, len(names), failed)
        try:
            marked = replace_fields(recipe, mark=mark)
            with closing(_outcomes(engine, todo, marked, source, workers or cores())) as outcomes:
                for outcome in outcomes:
                    store.add(outcome)
                    done += 1
                    failed += outcome.failures
                    progress(done, len(names), failed)
        finally:
            store.flush()
        store.compact()
        rows = store.rows()
    return Summary(len(names), len(todo), removed, rows["documents"], rows["mentions"], rows["failures"])


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _facts(recipe: Recipe, ontology: str) -> dict[str, str | None]:
    return {"npextract": __version__, "profile": recipe.profile, "lang": recipe.lang, "ontology": ontology}


def _outcomes(engine: str, todo: list[str], recipe: Recipe, folder: Folder, workers: int) -> Generator[Outcome]:
    yield from ENGINES[engine](todo, recipe, folder, max(1, min(workers, len(todo))))


def _make_way(url: str, *, resume: bool, replace: bool) -> None:
    """See that a corpus that is there already is not touched without being asked for, and what is none not at all."""
    files = open_file_system(url)
    if not files.exists(MANIFEST):
        return
    read_manifest(files)
    if not (resume or replace):
        message = "holds a corpus already; --resume brings it up to date, --replace begins it anew"
        raise CorpusError(message, path=url)
    if replace and not resume:
        clear(files)


def _remove_gone(store: Store, names: list[str], folder: str | Path, out: str | Path) -> int:
    """Take files that the folder has no more out of the corpus; how many there were.

    What lies in a folder that cannot be listed now may be there still.
    """
    unlisted = tuple(file_key(name) for name in names if name.endswith("/"))
    gone = {file for file in store.known.keys() - map(file_key, names) if not file.startswith(unlisted)}
    if gone and len(gone) == len(store.known):
        message = f"holds {len(gone)} files, none of which is in {folder}; --replace begins a corpus of that folder"
        raise CorpusError(message, path=str(out))
    store.remove(gone)
    return len(gone)


def _is_done(store: Store, folder: Folder, name: str, mark: str, retry_failed: bool) -> bool:
    """Whether a file was read before, and would be read alike now."""
    known = store.known.get(file_key(name))
    if known is None or known.recipe != mark or (retry_failed and known.failures):
        return False
    if known.sha256 is None:  # it could not be read; perhaps it can now
        return False
    return known.size == folder.size(name) and known.sha256 == folder.digest(name)
