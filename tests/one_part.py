"""Small corpora on disk, written from texts, for the tests of what reads a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from helpers import rules
from npextract.corpus.reading import read_documents
from npextract.corpus.rows import rows_of
from npextract.corpus.tables import TABLES
from npextract.errors import InputError
from npextract.reading.files import Input
from npextract.reading.source import Metadata, SourceText
from stores import write_part

Rows = dict[str, list[dict[str, Any]]]


def given(
    name: str, text: str, *, format: str = "text", pages: Sequence[tuple[int, int]] = (), **metadata: str
) -> Input:
    """A document as a reader gives it."""
    return Input(name, name, SourceText(text, format, Metadata(**metadata), tuple(pages)))


def broken(name: str, message: str, code: str) -> Input:
    """An input that could not be read."""
    return Input(name, name, error=InputError(message, source=name, code=code))


def rows(inputs: Iterable[Input]) -> Rows:
    """The rows of documents that profile rules reads, a file each."""
    found: Rows = {table: [] for table in TABLES}
    for origin, document in read_documents(rules(), inputs):
        for table, some in rows_of(origin.source, [(origin, document)]).items():
            found[table] += some
    return found


def write(out: Path, rows: Rows, part: int = 1) -> Path:
    """A corpus with these rows in one part."""
    write_part(out, rows, part)
    return out
