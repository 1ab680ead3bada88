"""The ontology for other tools: SKOS as Turtle or JSON-LD (rdflib), CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from npextract.errors import NpextractError
from npextract.ontology.model import Ontology

if TYPE_CHECKING:
    from rdflib import Graph

NAMESPACE: Final = "urn:npextract:"
"""Identifiers become URNs: treaty:NPT is urn:npextract:treaty:NPT."""
WIKIDATA: Final = "http://www.wikidata.org/entity/"
FORMATS: Final = ("turtle", "json-ld", "csv")


class ExportError(NpextractError):
    """An export needs a library that is not installed."""

    code = "export"


def export(ontology: Ontology, format: str) -> str:
    """The ontology in one of FORMATS; ValueError for another, ExportError where rdflib is missing."""
    if format == "csv":
        return to_csv(ontology)
    if format not in FORMATS:
        raise ValueError(f"format must be one of {FORMATS}, not {format!r}")
    return to_skos(ontology).serialize(format=format)


def to_skos(ontology: Ontology) -> Graph:
    """A SKOS concept scheme: preferred and other names in both languages, parents, exactMatch to Wikidata."""
    try:
        from rdflib import Graph, Literal, URIRef
        from rdflib.namespace import RDF, SKOS
    except ImportError:
        raise ExportError("rdflib is not installed: pip install 'npextract[rdf]'") from None

    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("wd", WIKIDATA)
    scheme = URIRef(NAMESPACE + "ontology")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, SKOS.note, Literal(ontology.version)))
    aliases = ontology.aliases()
    for entity in ontology:
        node = URIRef(NAMESPACE + quote(entity.id, safe=":"))
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, scheme))
        graph.add((node, SKOS.notation, Literal(entity.id)))
        for lang, name in entity.names.items():
            graph.add((node, SKOS.prefLabel, Literal(name, lang=lang)))
        for alias in aliases[entity.id]:
            if alias.text not in entity.names.values():
                graph.add((node, SKOS.altLabel, Literal(alias.text, lang=alias.lang)))
        if parent := entity.facts.get("parent"):
            graph.add((node, SKOS.broader, URIRef(NAMESPACE + quote(parent, safe=":"))))
        if wikidata := entity.facts.get("wikidata"):
            graph.add((node, SKOS.exactMatch, URIRef(WIKIDATA + wikidata)))
    return graph


def to_csv(ontology: Ontology) -> str:
    """One row an entity: identifier, kind, names, other names, Wikidata, dates."""
    aliases = ontology.aliases()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["id", "kind", "name_en", "name_ru", "aliases", "wikidata", "opened", "in_force", "ended", "parent"]
    )
    for entity in ontology:
        facts = [entity.facts.get(key, "") for key in ("wikidata", "opened", "in_force", "ended", "parent")]
        others = "; ".join(alias.text for alias in aliases[entity.id])
        writer.writerow([entity.id, entity.kind, entity.name("en"), entity.name("ru"), others, *facts])
    return out.getvalue()
