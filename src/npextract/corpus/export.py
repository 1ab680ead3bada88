"""A corpus for other tools: CSV, JSON Lines, SQLite, GraphML, RDF. The same bytes for the same corpus.

Rows come sorted, whatever the parts in which the batch wrote them, and no clock is in them. They are streamed: memory
does not grow with the corpus, what must be sorted and does not fit waits on the disk beside the target. A target
appears when it is whole.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Literal

import duckdb

from npextract.corpus import stored
from npextract.corpus.connection import connect, one_line
from npextract.corpus.corpus import Corpus
from npextract.corpus.export_csv import write_csv
from npextract.corpus.export_graphml import write_graphml
from npextract.corpus.export_rdf import write_rdf
from npextract.corpus.export_sqlite import write_sqlite
from npextract.corpus.target import whole
from npextract.errors import CorpusError

Format = Literal["csv", "jsonl", "sqlite", "graphml", "rdf"]
_MEMORY: Final = "512MB"
"""What DuckDB may take to sort; the rest waits on the disk."""


def write_jsonl(con: duckdb.DuckDBPyConnection, out: BinaryIO) -> None:
    """The records of all documents, by key, and then those of what could not be read.

    This is the canonical export: two corpora hold the same if it is the same for both.
    """
    for document in stored.documents(con):
        out.write(document.to_json().encode("utf-8") + b"\n")
    for document in stored.failures(con, stored.ontology_version(con)):
        out.write(document.to_json().encode("utf-8") + b"\n")


_STREAMS: Final[Mapping[str, Callable[[duckdb.DuckDBPyConnection, BinaryIO], None]]] = {
    "jsonl": write_jsonl,
    "graphml": write_graphml,
    "rdf": write_rdf,
}
"""The formats that are one stream of bytes."""
FORMATS: Final = ("csv", "jsonl", "sqlite", "graphml", "rdf")


def export(corpus: Corpus, format: Format, target: str | os.PathLike[str] | BinaryIO) -> None:
    """Write a corpus in one of FORMATS to a file, for CSV to a folder; jsonl, graphml and rdf also to an open stream.

    A file that is there is replaced, in a folder only those that are written. Raises CorpusError if the target cannot
    be written or a file of the corpus not be read, ValueError for another format.
    """
    if format not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}, not {format!r}")
    if not isinstance(target, (str, os.PathLike)):
        if format not in _STREAMS:
            raise ValueError(f"{format} cannot be written to a stream; give a path")
        with _sorting(corpus, Path(tempfile.gettempdir())) as con:
            _STREAMS[format](con, target)
        return
    path = Path(target)
    try:
        parent = path if format == "csv" else path.parent
        parent.mkdir(parents=True, exist_ok=True)
        with _sorting(corpus, parent) as con:
            if format == "csv":
                write_csv(con, path)
            else:
                _write_file(con, format, path)
    except (OSError, sqlite3.Error) as error:
        reason = f"cannot be written: {getattr(error, 'strerror', None) or error}"
        raise CorpusError(reason, path=str(path), code="unwritable") from None


def _write_file(con: duckdb.DuckDBPyConnection, format: str, path: Path) -> None:
    with whole(path) as partial:
        if format == "sqlite":
            write_sqlite(con, partial)
        else:
            with partial.open("wb") as out:
                _STREAMS[format](con, out)


@contextmanager
def _sorting(corpus: Corpus, beside: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own that sorts with bounded memory."""
    scratch = Path(tempfile.mkdtemp(prefix=".npextract-", dir=beside))
    con = connect(corpus.store, memory=_MEMORY, scratch=scratch)
    try:
        yield con
    except duckdb.Error as error:
        raise CorpusError(f"cannot be read: {one_line(error)}", path=corpus.path, code="damaged-corpus") from None
    finally:
        con.close()
        shutil.rmtree(scratch, ignore_errors=True)
