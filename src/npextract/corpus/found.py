"""Which files of a corpus hold its rows: those of the live parts, on any file system that fsspec knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from npextract.corpus.parts import (
    MANIFEST,
    FileSystem,
    Part,
    damaged,
    live_parts,
    open_file_system,
    read_json,
    table_name,
)
from npextract.corpus.tables import TABLES, VERSION
from npextract.errors import CorpusError


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
    store = open_file_system(path)
    manifest = read_manifest(store)
    parts = live_parts(store)
    files = {table: _files_of(table, parts, store) for table in TABLES}
    return FoundCorpus(path, files, store.fs, store.is_local, manifest)


def read_manifest(store: FileSystem) -> Mapping[str, Any]:
    """What a corpus says of itself; raises CorpusError if there is none that this version reads."""
    path = store.url
    try:
        content = store.read(MANIFEST)
    except (FileNotFoundError, NotADirectoryError):
        message = f"is no corpus: it has no {MANIFEST}; write one with `npextract batch FOLDER -o OUT`"
        raise CorpusError(message, path=path, code="no-corpus") from None
    except OSError as error:
        raise CorpusError(f"cannot be read: {error.strerror or error}", path=path, code="no-corpus") from None
    manifest = read_json(content, MANIFEST, path)
    schema = manifest.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise CorpusError(f"is no corpus: {MANIFEST} says no schema version", path=path, code="no-corpus")
    if schema > VERSION:
        message = f"was written by a newer npextract (schema {schema}, this one reads {VERSION}); update npextract"
        raise CorpusError(message, path=path, code="newer-corpus")
    return manifest


def _files_of(table: str, parts: Sequence[Part], store: FileSystem) -> list[str]:
    there = set(store.numbers(table))
    names = {part.number: table_name(table, part.number) for part in parts if part.rows.get(table)}
    if missing := [name for number, name in names.items() if number not in there]:
        raise damaged(f"{missing[0]} is missing", store.url)
    paths = map(store.path, names.values())
    return [path if store.is_local else store.fs.unstrip_protocol(path) for path in paths]
