"""Which files of a corpus hold its rows: those of the live parts, on any file system that fsspec knows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from posixpath import basename
from typing import Any, Final

import fsspec

from npextract.corpus.tables import TABLES, VERSION
from npextract.errors import CorpusError

MANIFEST: Final = "corpus.json"
"""The file that says that a folder is a corpus, and of which schema."""
COMMITS: Final = "commits"
"""The folder of the commits: `commits/000001.json` says that part 1 is whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a corpus that was written whole."""

    number: int
    rows: Mapping[str, int]
    """Table → how many rows it has in this part; a table without any has no file."""


@dataclass(frozen=True, slots=True)
class FoundCorpus:
    """A corpus as files."""

    path: str
    """As it was asked for, for messages."""
    files: Mapping[str, Sequence[str]]
    """Table → its Parquet files, by number of part: local paths, or URLs where the file system is not local."""
    fs: Any
    """The fsspec file system."""
    local: bool
    manifest: Mapping[str, Any]


def find_store(path: str) -> FoundCorpus:
    """The corpus at a path or an fsspec URL; raises CorpusError if there is none that this version reads."""
    try:
        fs, root = fsspec.core.url_to_fs(path)
    except (ValueError, ImportError) as error:
        raise CorpusError(f"cannot be opened: {error}", path=path, code="no-corpus") from None
    fs.invalidate_cache()
    manifest = _read_manifest(fs, root, path)
    parts = live_parts(fs, root, path)
    local = fs.protocol == "file" or "file" in fs.protocol
    files = {table: _files_of(table, parts, fs, root, path, local=local) for table in TABLES}
    return FoundCorpus(path, files, fs, local, manifest)


def live_parts(fs: Any, root: str, path: str | None = None) -> list[Part]:
    """The parts whose rows are the corpus, by number: those with a commit that no other commit replaces.

    `path` is the corpus' name in messages. Raises CorpusError for a commit that cannot be read.
    """
    try:
        names = sorted(fs.ls(f"{root}/{COMMITS}", detail=False))
    except FileNotFoundError:
        return []
    names = [name for name in names if name.endswith(".json") and not basename(name).startswith(".")]
    # Not `cat`, which takes names for patterns.
    contents = fs.cat_ranges(names, None, None, on_error="raise") if names else []
    commits = [_read_commit(read, basename(name), path or root) for name, read in zip(names, contents, strict=True)]
    replaced = {old for number, _, olds in commits for old in olds if old != number}
    return sorted(
        (Part(number, rows) for number, rows, _ in commits if number not in replaced), key=lambda part: part.number
    )


def _read_manifest(fs: Any, root: str, path: str) -> Mapping[str, Any]:
    try:
        content = fs.cat_file(f"{root}/{MANIFEST}")
    except (FileNotFoundError, NotADirectoryError):
        message = f"is no corpus: it has no {MANIFEST}; write one with `npextract batch FOLDER -o OUT`"
        raise CorpusError(message, path=path, code="no-corpus") from None
    except OSError as error:
        raise CorpusError(f"cannot be read: {error.strerror or error}", path=path, code="no-corpus") from None
    manifest = _read_json(content, MANIFEST, path)
    schema = manifest.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise CorpusError(f"is no corpus: {MANIFEST} says no schema version", path=path, code="no-corpus")
    if schema > VERSION:
        message = f"was written by a newer npextract (schema {schema}, this one reads {VERSION}); update npextract"
        raise CorpusError(message, path=path, code="newer-corpus")
    return manifest


def _read_commit(content: bytes, name: str, path: str) -> tuple[int, Mapping[str, int], Iterable[int]]:
    commit = _read_json(content, f"{COMMITS}/{name}", path)
    number, rows, olds = commit.get("part"), commit.get("rows"), commit.get("replaces", [])
    if not isinstance(number, int) or not isinstance(rows, dict) or not isinstance(olds, list):
        raise _damaged(f"{COMMITS}/{name} is no commit", path)
    return number, rows, olds


def _read_json(content: bytes, name: str, path: str) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        raise _damaged(f"{name} is not JSON", path) from None
    if not isinstance(value, dict):
        raise _damaged(f"{name} is no object", path)
    return value


def _files_of(table: str, parts: Sequence[Part], fs: Any, root: str, path: str, *, local: bool) -> list[str]:
    wanted = [part for part in parts if part.rows.get(table)]
    if not wanted:
        return []
    try:
        there = {basename(name) for name in fs.ls(f"{root}/{table}", detail=False)}
    except FileNotFoundError:
        there = set()
    names = [f"{part.number:06}.parquet" for part in wanted]
    if missing := [name for name in names if name not in there]:
        raise _damaged(f"{table}/{missing[0]} is missing", path)
    return [f"{root}/{table}/{name}" if local else fs.unstrip_protocol(f"{root}/{table}/{name}") for name in names]


def _damaged(what: str, path: str) -> CorpusError:
    return CorpusError(f"{what}; run the batch again into a new folder", path=path, code="damaged-corpus")
