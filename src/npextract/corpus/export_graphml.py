"""GraphML: entities as nodes, the documents that name two of them as the weight of an edge."""

from __future__ import annotations

from typing import Any, BinaryIO, Final

import duckdb
from lxml import etree

from npextract.corpus.cells import xml_text
from npextract.corpus.stored import stream

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_KEYS: Final = (
    ("node", "kind", "string"),
    ("node", "name_en", "string"),
    ("node", "name_ru", "string"),
    ("node", "mentions", "long"),
    ("node", "documents", "long"),
    ("edge", "weight", "long"),
)
_NODES: Final = """SELECT id, any_value(kind) AS kind, max(name_en) AS name_en, max(name_ru) AS name_ru,
    sum(count)::BIGINT AS mentions, count(DISTINCT doc) AS documents
    FROM entities WHERE id IS NOT NULL GROUP BY id ORDER BY id"""
_EDGES: Final = """WITH
    entity AS MATERIALIZED (
        SELECT id, row_number() OVER (ORDER BY id)::INTEGER AS e
        FROM (SELECT DISTINCT id FROM entities WHERE id IS NOT NULL)),
    file AS MATERIALIZED (SELECT doc, row_number() OVER ()::INTEGER AS f FROM documents),
    named AS MATERIALIZED (SELECT DISTINCT f, e FROM entities JOIN entity USING (id) JOIN file USING (doc)),
    pair AS (
        SELECT a.e AS a, b.e AS b, count(*) AS weight
        FROM named a JOIN named b ON a.f = b.f AND a.e < b.e GROUP BY a.e, b.e)
    SELECT one.id AS source, other.id AS target, weight
    FROM pair JOIN entity one ON one.e = pair.a JOIN entity other ON other.e = pair.b ORDER BY pair.a, pair.b"""


def write_graphml(con: duckdb.DuckDBPyConnection, out: BinaryIO) -> None:
    """An undirected graph of the entities that have an identifier; others are nobody's beyond their document."""
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_tag("graphml"), nsmap={None: _NAMESPACE}):
            xml.write("\n")
            for whose, name, type in _KEYS:
                attributes = {"id": name, "for": whose, "attr.name": name, "attr.type": type}
                _line(xml, etree.Element(_tag("key"), attributes))
            with xml.element(_tag("graph"), {"id": "entities", "edgedefault": "undirected"}):
                xml.write("\n")
                for row in stream(con, _NODES):
                    _line(xml, _element("node", {"id": xml_text(row.pop("id"))}, row))
                for row in stream(con, _EDGES):
                    ends = {end: xml_text(row.pop(end)) for end in ("source", "target")}
                    _line(xml, _element("edge", ends, row))
            xml.write("\n")
    out.write(b"\n")


def _element(tag: str, attributes: dict[str, str], data: dict[str, Any]) -> Any:
    element = etree.Element(_tag(tag), attributes, nsmap={None: _NAMESPACE})
    for key, value in data.items():
        if value is not None:
            etree.SubElement(element, _tag("data"), {"key": key}).text = xml_text(str(value))
    return element


def _line(xml: Any, element: Any) -> None:
    xml.write(element)
    xml.write("\n")


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"
