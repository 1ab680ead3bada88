"""From a document to the rows of the tables, and rows as bytes for another process."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import regex

from npextract.corpus.tables import TABLES
from npextract.document import Document
from npextract.reading.files import Input

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Table → its rows."""
_FOUND: Final = ("documents", "mentions", "entities", "failures")
"""The tables that a document has rows in."""
_LENGTH: Final = struct.Struct("<Q")
_SURROGATE: Final = regex.compile("[\ud800-\udfff]")


_SURROGATE_BYTE: Final = regex.compile("[\udc80-\udcff]")
"""How Python gives a byte of a file's name that is no UTF-8."""
_LIKE_ESCAPE: Final = regex.compile("%(?=2[35])")


def file_key(name: str) -> str:
    """A file's name as it is stored: "\ufffd" and two hexadecimal digits stand for a byte that is no UTF-8."""
    return storable(_SURROGATE_BYTE.sub(lambda found: f"\ufffd{ord(found[0]) & 0xFF:02x}", name))


def document_key(file: str, number: int, id: str) -> str:
    """The key of the `number`-th (from 1) text of a file: the file, if the text is all of it, else "file#number".

    In the file's name "#" is written "%23", and "%25" stands for "%" where that would be read otherwise.
    """
    path = _LIKE_ESCAPE.sub("%25", file_key(file)).replace("#", "%23")
    return path if number == 1 and id == file else f"{path}#{number}"


def rows_of(file: str, read: Sequence[tuple[Input, Document]], first: int = 1) -> Rows:
    """The rows of a file's documents, table by table, but for that of `files`, which the caller knows.

    `first` is the number of the first one among the file's texts, from 1.
    """
    rows: Rows = {"documents": [], "mentions": [], "entities": [], "failures": []}
    for number, (origin, document) in enumerate(read, first):
        if document.error is not None:
            found: Rows = {"failures": [_failure_row(file, document)]}
        else:
            found = _document_rows(document_key(file, number, document.id), file, origin, document)
        if not _is_storable(file, document):
            found = {table: [_storable(row) for row in some] for table, some in found.items()}
        for table, some in found.items():
            rows[table] += some
    return rows


def _failure_row(file: str, document: Document) -> Row:
    assert document.error is not None
    return {"file": file, "id": document.id, "source": document.source, **document.error}


def _document_rows(key: str, file: str, origin: Input, document: Document) -> Rows:
    return {
        "documents": [_document_row(key, file, origin, document)],
        "mentions": _mention_rows(key, document),
        "entities": [
            {
                "doc": key, "id": e.id, "cluster": e.cluster, "kind": e.kind, "name_en": (e.name or {}).get("en"),
                "name_ru": (e.name or {}).get("ru"), "count": e.count, "first": e.first,
            }
            for e in document.entities
        ],
    }  # fmt: skip


def _document_row(key: str, file: str, origin: Input, document: Document) -> Row:
    metadata = document.metadata
    warnings = list(document.warnings)
    if not _is_storable(file, document) and (lost := len(_SURROGATE.findall(document.text))):
        warnings.append(f"lone-surrogates: {lost} stored as U+FFFD")
    pages = origin.document.pages
    return {
        "doc": key,
        "file": file,
        "id": document.id,
        "source": document.source,
        "format": origin.document.format,
        "title": metadata.title,
        "symbol": metadata.symbol,
        "date": metadata.date,
        "year": int(metadata.date[:4]) if metadata.date else None,
        "lang": document.lang,
        "pages": max(page for _, page in pages) if pages else None,
        "characters": len(document.text),
        "mentions": len(document.mentions),
        "warnings": warnings,
        "ontology": document.ontology,
        "text": document.text,
    }


def _mention_rows(key: str, document: Document) -> list[Row]:
    return [
        {
            "doc": key,
            "n": n,
            "start": m.start,
            "end": m.end,
            "text": m.text,
            "kind": m.kind,
            "id": m.id,
            "form": m.form,
            "role": m.role,
            "lang": m.lang,
            "score": m.score,
            "rule": m.rule,
            "parent": m.parent,
            "cluster": m.cluster,
            "flags": list(m.flags),
            "candidates": list(m.candidates),
            "name_en": m.name["en"] if m.name else None,
            "name_ru": m.name["ru"] if m.name else None,
            "speaker": m.attrs.get("speech"),
            "page": m.attrs.get("page"),
            "attrs": json.dumps(m.attrs, ensure_ascii=False, separators=(",", ":")),
        }
        for n, m in enumerate(document.mentions)
    ]


def _is_storable(file: str, document: Document) -> bool:
    """Whether all of a document's strings can be written in UTF-8: lone surrogates cannot."""
    try:
        known = document.metadata
        strings = (document.id, document.source, file, known.title, known.symbol, *document.warnings)
        for text in (document.text, *filter(None, strings)):
            text.encode()
    except UnicodeEncodeError:
        return False
    return document.error is None


def storable(text: str) -> str:
    """The text with U+FFFD for lone surrogates; offsets stay right."""
    return _SURROGATE.sub("\ufffd", text)


def _storable(row: Row) -> Row:
    return {key: _storable_value(value, file_key if key == "file" else storable) for key, value in row.items()}


def _storable_value(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_storable_value(item, clean) for item in value]
    return clean(value) if isinstance(value, str) else value


def encode_rows(rows: Mapping[str, Sequence[Row]]) -> bytes:
    """Rows as bytes for another process: for each table, in the order of `rows`, its length and an Arrow record batch.

    The schemas are not sent with it: both sides have them.
    """
    import pyarrow as pa

    parts: list[bytes] = []
    for table, some in rows.items():
        schema = TABLES[table]
        # Column by column is ten times as fast as `Table.from_pylist`.
        columns = [pa.array([row[column.name] for row in some], column.type) for column in schema]
        data = pa.record_batch(columns, schema).serialize().to_pybytes()
        parts += (_LENGTH.pack(len(data)), data)
    return b"".join(parts)


def decode_rows(payload: bytes, tables: Iterable[str] = _FOUND) -> dict[str, pa.RecordBatch]:
    """The rows that `encode_rows` wrote, table by table, without copying."""
    import pyarrow as pa

    found: dict[str, pa.RecordBatch] = {}
    buffer = pa.py_buffer(payload)
    at = 0
    for table in tables:
        (length,) = _LENGTH.unpack_from(payload, at)
        at += _LENGTH.size
        found[table] = pa.ipc.read_record_batch(buffer.slice(at, length), TABLES[table])
        at += length
    return found
