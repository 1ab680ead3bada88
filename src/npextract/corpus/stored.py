"""Documents as they were before they were stored: from the rows of a corpus back to `Document`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import duckdb

from npextract.document import Document, Mention, Names, failed
from npextract.reading.source import Metadata

Row = dict[str, Any]
_ROWS_AT_A_TIME: Final = 2000


def stream(con: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None) -> Iterator[Row]:
    """The rows of a query, some at a time; the connection may answer others meanwhile."""
    cursor = con.cursor()
    cursor.execute(query, dict(values or {}))
    columns = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
        yield from (dict(zip(columns, row, strict=True)) for row in rows)


def documents(con: duckdb.DuckDBPyConnection) -> Iterator[Document]:
    """All documents, by key."""
    mentions = stream(con, "SELECT * FROM mentions ORDER BY doc, n")
    found = groupby(mentions, key=lambda row: row["doc"])
    doc, rows = next(found, (None, iter(())))
    for document in stream(con, "SELECT * FROM documents ORDER BY doc"):
        own: Sequence[Row] = ()
        if doc == document["doc"]:
            own = list(rows)
            doc, rows = next(found, (None, iter(())))
        yield document_of(document, own)


def document(con: duckdb.DuckDBPyConnection, doc: str) -> Document | None:
    """The document with this key; None if there is none."""
    found = next(stream(con, "SELECT * FROM documents WHERE doc = $doc", {"doc": doc}), None)
    if found is None:
        return None
    return document_of(found, list(stream(con, "SELECT * FROM mentions WHERE doc = $doc ORDER BY n", {"doc": doc})))


def failures(con: duckdb.DuckDBPyConnection, ontology: str) -> Iterator[Document]:
    """What could not be read, as documents with the reason; `ontology` is the version that their records say."""
    for row in stream(con, "SELECT * FROM failures ORDER BY file, id, code, source, message"):
        yield failed(row["id"], row["source"], ontology, row["code"], row["message"])


def ontology_version(con: duckdb.DuckDBPyConnection) -> str:
    """The version of the ontology with which the documents were read, the last if there are several.

    Of a corpus without documents, that of the ontology that the package ships.
    """
    (version,) = con.cursor().execute("SELECT max(ontology) FROM documents").fetchone() or (None,)
    if version is None:
        from npextract.ontology import load

        return load().version
    return str(version)


def document_of(row: Row, mentions: Sequence[Row]) -> Document:
    """A document from its row and those of its mentions, in order."""
    return Document(
        row["id"],
        row["source"],
        row["lang"],
        row["text"],
        tuple(map(_mention_of, mentions)),
        row["ontology"],
        tuple(row["warnings"]),
        metadata=Metadata(row["title"], row["date"], None, row["symbol"]),
    )


def _mention_of(row: Row) -> Mention:
    return Mention(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        kind=row["kind"],
        id=row["id"],
        form=row["form"],
        role=row["role"],
        lang=row["lang"],
        score=row["score"],
        rule=row["rule"],
        parent=row["parent"],
        cluster=row["cluster"],
        flags=tuple(row["flags"]),
        name=_names(row) if row["id"] is not None else None,
        candidates=tuple(row["candidates"]),
        attrs=json.loads(row["attrs"]),
    )


def _names(row: Row) -> Names | None:
    return {lang: name for lang in ("en", "ru") if (name := row[f"name_{lang}"]) is not None} or None
