"""Writing a corpus: part after part, each whole or not there at all.

A part's tables are written first and its commit last, so that whoever reads finds either all of it or nothing. A part
that holds new versions of files copies what is left of the parts that held the old ones, and its commit says that it
replaces them: at no moment does a file count twice, or not at all.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from npextract.corpus.parts import (
    COMMITS,
    MANIFEST,
    FileSystem,
    check_tables,
    commit_name,
    damaged,
    live_parts,
    open_file_system,
    table_name,
)
from npextract.corpus.rows import decode_rows, file_key
from npextract.corpus.supervisor import Outcome
from npextract.corpus.tables import KEYS, TABLES, VERSION
from npextract.errors import CorpusError

_PART_BYTES: Final = 64_000_000
"""How much of the tables, in memory, makes a part."""
_PART_FILES: Final = 5_000
_SOON: Final = 2.0
_LATE: Final = 60.0
_SHARE: Final = 0.02
"""After how many seconds a part is written at the earliest and at the latest, and after which share of the time."""
_SMALL: Final = 0.25
"""Parts of less than this share of the full size are merged when a batch ends."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the corpus knows of a file that was read."""

    part: int
    sha256: str | None
    size: int
    failures: int
    recipe: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that is read but not written yet."""

    name: str
    tables: Sequence[Mapping[str, pa.RecordBatch]]


class Store:
    """A corpus that is being written. One process at a time; see `locked`."""

    def __init__(self, url: str, facts: Mapping[str, Any]) -> None:
        """Open or begin the corpus at a path or URL. `facts` (profile, ontology …) go into `corpus.json` and into the
        metadata of each Parquet file; they must not change from run to run unless what is read does.
        """
        self.url = url
        self._fs: FileSystem = open_file_system(url)
        self._metadata = {"npextract:schema": str(VERSION), "npextract:ontology": str(facts.get("ontology", ""))}
        self._fs.make_folders((COMMITS, *TABLES))
        self._sweep()
        self._fs.write(MANIFEST, _json({"schema": VERSION} | dict(facts)))
        parts = live_parts(self._fs)
        check_tables(self._fs, parts)
        self._parts = [part.number for part in parts]
        self._next = max(self._parts, default=0) + 1
        self.known: dict[str, Known] = {}
        """File → what is known of it."""
        for part in self._parts:
            self._learn(part, self._read(part, "files"))
        self._pending: list[_Read] = []
        self._pending_bytes = 0
        self._torn = False
        """Whether a part's writing was interrupted: what is on the disk is whole, but not what is known of it here."""
        self._began = self._flushed = time.monotonic()

    @property
    def parts(self) -> Sequence[int]:
        """The numbers of the parts that count."""
        return self._parts

    def add(self, outcome: Outcome) -> None:
        """Take what became of a file; it is written with others when there is enough."""
        tables = [decode_rows(payload) for payload in outcome.payloads]
        read = _Read(file_key(outcome.file), [*tables, decode_rows(outcome.row, ["files"])])
        self._pending.append(read)  # at once: an interruption finds a file here wholly or not at all
        self._pending_bytes += sum(map(len, outcome.payloads))
        if self._pending_bytes >= _PART_BYTES or len(self._pending) >= _PART_FILES or self._is_time():
            self.flush()

    def flush(self) -> None:
        """Write what has been taken; nothing where a part's writing was interrupted before."""
        if self._pending and not self._torn:
            pending, self._pending, self._pending_bytes = self._pending, [], 0
            self._flushed = time.monotonic()
            new = {
                name: _table(name, [t[name] for read in pending for t in read.tables if name in t]) for name in TABLES
            }
            self._replace({read.name for read in pending}, new)

    def remove(self, files: Iterable[str]) -> None:
        """Take files out of the corpus."""
        by_part: dict[int, set[str]] = {}
        for file in files:
            by_part.setdefault(self.known[file].part, set()).add(file)
        for gone in by_part.values():
            self._replace(gone, {})

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        parts = live_parts(self._fs)
        return {name: sum(part.rows[name] for part in parts) for name in TABLES}

    def compact(self) -> None:
        """Merge the small parts."""
        sizes = {part: self._fs.size(table_name("documents", part)) for part in self._parts}
        small = [part for part in self._parts if sizes[part] < _SMALL * _PART_BYTES]
        for lot in _lots(small, sizes):
            if len(lot) > 1:
                self._write(lot, {name: [self._read(part, name) for part in lot] for name in TABLES})

    def _is_time(self) -> bool:
        """Whether a sudden end would cost enough for a part to be written: soon at first, later in a long run."""
        now = time.monotonic()
        return now - self._flushed > min(max(_SOON, _SHARE * (now - self._began)), _LATE)

    def _replace(self, files: set[str], new: Mapping[str, pa.Table]) -> None:
        """Write a part with `new` rows and with all rows of other files from the parts that these files were in."""
        old = sorted({self.known[file].part for file in files if file in self.known})
        tables = {name: [new[name]] if name in new else [] for name in TABLES}
        for part in old:
            for name, rest in self._rest(part, files).items():
                tables[name].append(rest)
        for file in files:
            self.known.pop(file, None)
        self._write(old, tables)

    def _rest(self, part: int, without: set[str]) -> dict[str, pa.Table]:
        """A part's tables without the rows of some files."""
        gone = pa.array(sorted(without), pa.string())
        tables = {name: self._read(part, name) for name in TABLES}
        rest = {
            name: table.filter(pc.invert(pc.is_in(table["file"], value_set=gone)))
            for name, table in tables.items()
            if "file" in table.column_names
        }
        documents = rest["documents"]["doc"].combine_chunks()
        for name in ("mentions", "entities"):
            rest[name] = tables[name].filter(pc.is_in(tables[name]["doc"], value_set=documents))
        return rest

    def _write(self, replaces: Sequence[int], tables: Mapping[str, Sequence[pa.Table]]) -> None:
        """Write a part: its tables, then its commit; then drop the parts that it replaces."""
        self._torn = True
        part, self._next = self._next, self._next + 1
        whole = {name: _joined(name, tables[name], self._metadata) for name in TABLES}
        for name, table in whole.items():
            self._fs.write(table_name(name, part), _parquet(table))
        rows = {name: table.num_rows for name, table in whole.items()}
        self._fs.write(commit_name(part), _json({"part": part, "replaces": list(replaces), "rows": rows}))
        self._parts = sorted({*self._parts, part} - set(replaces))
        self._learn(part, whole["files"])
        for old in replaces:
            self._drop(old)
        self._torn = False

    def _learn(self, part: int, files: pa.Table) -> None:
        for row in files.select(["file", "sha256", "bytes", "failures", "recipe"]).to_pylist():
            self.known[row["file"]] = Known(part, row["sha256"], row["bytes"], row["failures"], row["recipe"])

    def _read(self, part: int, name: str) -> pa.Table:
        return _read_parquet(self._fs, name, part)

    def _sweep(self) -> None:
        """Remove what a run left that did not come to an end: tables without commit, and parts that were replaced."""
        for folder in (COMMITS, *TABLES):
            for name in self._fs.partials(folder):
                self._fs.remove(name)
        live = {part.number for part in live_parts(self._fs)}
        for name in TABLES:
            for part in self._fs.numbers(name):
                if part not in live:
                    self._fs.remove(table_name(name, part))
        for part in self._fs.numbers(COMMITS):
            if part not in live:
                self._fs.remove(commit_name(part))

    def _drop(self, part: int) -> None:
        for name in TABLES:
            self._fs.remove(table_name(name, part))
        self._fs.remove(commit_name(part))


def _table(name: str, batches: Sequence[pa.RecordBatch]) -> pa.Table:
    return pa.Table.from_batches(batches, TABLES[name])


def _joined(name: str, tables: Sequence[pa.Table], metadata: Mapping[str, str]) -> pa.Table:
    whole = pa.concat_tables(tables) if tables else _table(name, [])
    return whole.replace_schema_metadata(dict(metadata))


def _parquet(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def _read_parquet(files: FileSystem, name: str, part: int) -> pa.Table:
    try:
        data = files.read(table_name(name, part))
        return pq.ParquetFile(pa.BufferReader(data)).read().replace_schema_metadata(None)
    except (FileNotFoundError, pa.ArrowException) as error:
        raise damaged(f"{table_name(name, part)} cannot be read ({error})", files.url) from None


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _lots(parts: Sequence[int], sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Parts in lots that are a whole part together, in order."""
    lot: list[int] = []
    total = 0
    for part in parts:
        if lot and total + sizes[part] > _SMALL * _PART_BYTES:
            yield lot
            lot, total = [], 0
        lot.append(part)
        total += sizes[part]
    if lot:
        yield lot


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Keep other batches from writing to a corpus; CorpusError where one is at it. Only for folders of this machine."""
    from filelock import FileLock, Timeout

    files = open_file_system(url)
    if not files.is_local:
        yield
        return
    files.make_folders(("",))
    try:
        with FileLock(files.path(".lock"), timeout=0):
            yield
    except Timeout:
        raise CorpusError("another batch is writing to it; wait until it ends", path=url) from None


def read_table(url: str, name: str) -> list[dict[str, Any]]:
    """The rows of one of a corpus's smaller tables, in order of its key."""
    files = open_file_system(url)
    tables = [_read_parquet(files, name, part.number) for part in live_parts(files)]
    whole = _joined(name, tables, {})
    return whole.sort_by([(key, "ascending") for key in KEYS[name]]).to_pylist()  # type: ignore[no-any-return]
