"""RDF as Turtle, in the vocabularies of the field: NIF for texts and mentions, SKOS for entities, Dublin Core.

Entities have the same URNs as in the export of the ontology, so that the two can be loaded together.
"""

from __future__ import annotations

from itertools import groupby
from typing import BinaryIO, Final
from urllib.parse import quote

import duckdb
import regex

from npextract.corpus.cells import xml_text
from npextract.corpus.stored import Row, stream
from npextract.ontology.export import NAMESPACE

_PREFIXES: Final = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
_DATE_TYPES: Final = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
"""By the length of the date: "1995", "1995-06", "1995-06-01"."""
_DATE: Final = regex.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_ESCAPES: Final = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"} | {chr(c): f"\\u{c:04X}" for c in range(127, 160)}
)
_ENTITIES: Final = """SELECT id, any_value(kind) AS kind, max(name_en) AS name_en, max(name_ru) AS name_ru
    FROM entities WHERE id IS NOT NULL GROUP BY id ORDER BY id"""
_MENTIONS: Final = """SELECT doc, n, start, "end", text, kind, id, lang, score, parent
    FROM mentions ORDER BY doc, n"""


def write_rdf(con: duckdb.DuckDBPyConnection, out: BinaryIO) -> None:
    """Turtle: the entities, then each document with its mentions."""
    out.write(_PREFIXES.encode())
    for row in stream(con, _ENTITIES):
        out.write(_entity(row).encode())
    found = groupby(stream(con, _MENTIONS), key=lambda row: row["doc"])
    doc, mentions = next(found, (None, iter(())))
    for row in stream(con, "SELECT * FROM documents ORDER BY doc"):
        out.write(_document(row).encode())
        if row["doc"] == doc:
            for mention in mentions:
                out.write(_mention(mention).encode())
            doc, mentions = next(found, (None, iter(())))


def _entity(row: Row) -> str:
    names = [f"skos:prefLabel {_literal(row[f'name_{lang}'])}@{lang}" for lang in ("en", "ru") if row[f"name_{lang}"]]
    return _subject(
        _iri(row["id"]), "skos:Concept", [f"skos:notation {_literal(row['id'])}", *names, _kind("dcterms:type", row)]
    )


def _document(row: Row) -> str:
    said = [
        f"dcterms:{property} {_literal(row[column])}"
        for property, column in (
            ("source", "source"),
            ("title", "title"),
            ("identifier", "symbol"),
            ("language", "lang"),
        )
        if row[column] is not None
    ]
    if row["date"] is not None:
        said.append(f"dcterms:date {_literal(row['date'])}{_date_type(row['date'])}")
    text = f"nif:isString {_literal(row['text'])}"
    return _subject(_document_iri(row["doc"]), "nif:Context , nif:OffsetBasedString", [*said, text])


def _mention(row: Row) -> str:
    said = [
        f"nif:referenceContext {_document_iri(row['doc'])}",
        f"nif:beginIndex {_number(row['start'])}",
        f"nif:endIndex {_number(row['end'])}",
        f"nif:anchorOf {_literal(row['text'])}",
        f"dcterms:language {_literal(row['lang'])}",
        f'itsrdf:taConfidence "{row["score"]!r}"^^xsd:double',
        _kind("itsrdf:taClassRef", row),
    ]
    if row["id"] is not None:
        said.append(f"itsrdf:taIdentRef {_iri(row['id'])}")
    if row["parent"] is not None:
        said.append(f"nif:superString {_mention_iri(row['doc'], row['parent'])}")
    return _subject(_mention_iri(row["doc"], row["n"]), "nif:Phrase , nif:OffsetBasedString", said)


def _subject(subject: str, type: str, said: list[str]) -> str:
    return " ;\n    ".join([f"{subject} a {type}", *said]) + " .\n"


def _kind(property: str, row: Row) -> str:
    return f"{property} {_iri('kind:' + row['kind'])}"


def _document_iri(doc: str) -> str:
    return _iri("document:" + doc)


def _mention_iri(doc: str, number: int) -> str:
    return f"<{NAMESPACE}{quote('document:' + doc, safe=':')}#mention={number}>"


def _iri(name: str) -> str:
    """A URN of npextract; what may not stand in one is percent-encoded."""
    return f"<{NAMESPACE}{quote(name, safe=':')}>"


def _number(value: int) -> str:
    return f'"{value}"^^xsd:nonNegativeInteger'


def _literal(text: str) -> str:
    return f'"{xml_text(text).translate(_ESCAPES)}"'


def _date_type(date: str) -> str:
    return f"^^{_DATE_TYPES[len(date)]}" if _DATE.fullmatch(date) else ""
