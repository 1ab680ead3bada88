"""Exports: everything is in them, the same bytes for the same documents, nothing hostile gets through."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

import npextract as npx
from helpers import ROOT, rules
from npextract.corpus.cells import csv_cell, xml_text
from npextract.corpus.export import FORMATS, export
from npextract.corpus.tables import KEYS, TABLES
from npextract.document import Document
from npextract.errors import CorpusError
from npextract.reading.files import read_inputs
from stores import Read, broken, document, small_corpus, write_store

NASTY = '=1+1|"; <script>&amp; \\ \x00\x01\x1b\x85\u2028\ufffe\r\n\t\U0001f44d ДНЯО ]]> the "CWC"'
"""What breaks formats: formulas, markup, quotes, control characters, line ends."""
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITS = "http://www.w3.org/2005/11/its/rdf#"


def hostile() -> list[Read]:
    file, [(origin, read)] = document('=cmd|"<a>/ü #1?.txt', NASTY, title="=HYPERLINK(1)\x00", date="1995")
    attrs = {"speech": "@SUM(1)"}
    mentions = tuple(replace(m, attrs=attrs, flags=("glued", "damaged")) for m in read.mentions)
    return [(file, [(origin, replace(read, mentions=mentions))]), broken("x\x00.pdf", "=code", "-broken\n<b>")]


@pytest.fixture(params=[small_corpus, hostile], ids=["small", "hostile"])
def files(request: pytest.FixtureRequest) -> list[Read]:
    return request.param()


def open_store(folder: Path, *parts: list[Read]) -> npx.Corpus:
    return npx.open_corpus(write_store(folder, *parts))


def written(corpus: npx.Corpus, format: Any, folder: Path) -> dict[str, bytes]:
    """What an export writes, by the names of the files."""
    folder.mkdir()
    export(corpus, format, folder if format == "csv" else folder / "x")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def documents_of(files: list[Read]) -> list[Document]:
    return [read for _, documents in sorted(files) for _, read in documents]


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_bytes_whatever_the_parts(tmp_path: Path, files: list[Read], format: str):
    one = open_store(tmp_path / "one", files)
    many = open_store(tmp_path / "many", *[[file] for file in reversed(files)])
    first = written(one, format, tmp_path / "1")
    assert first == written(many, format, tmp_path / "2") == written(one, format, tmp_path / "3")
    assert set(first) == ({f"{table}.csv" for table in TABLES} if format == "csv" else {"x"})


def test_records_are_those_of_the_extraction(tmp_path: Path, files: list[Read]):
    (lines,) = written(open_store(tmp_path / "out", files), "jsonl", tmp_path / "x").values()
    read = documents_of(files)
    expected = [d for d in read if not d.error] + [d for d in read if d.error]
    assert lines.decode() == "".join(document.to_json() + "\n" for document in expected)


def test_the_samples_are_exported_as_they_were_read(tmp_path: Path):
    inputs = [item for path in sorted((ROOT / "samples").glob("*.*")) if path.suffix in (".txt", ".md", ".jsonl")
              for item in read_inputs(path, path.name)]  # fmt: skip
    read = [(f"{n:03}", [(item, rules().extract(item.text, id=item.id, source=item.source))])
            for n, item in enumerate(inputs)]  # fmt: skip
    (lines,) = written(open_store(tmp_path / "out", read), "jsonl", tmp_path / "x").values()
    assert lines.decode() == "".join(document.to_json() + "\n" for document in documents_of(read))


def test_lone_surrogates_are_stored_as_replacement_characters(tmp_path: Path):
    (lines,) = written(open_store(tmp_path / "out", [document("a", "\ud800 NPT")]), "jsonl", tmp_path / "x").values()
    record = json.loads(lines)
    assert (record["text"], record["warnings"]) == ("\ufffd NPT", ["lone-surrogates: 1 stored as U+FFFD"])


def test_csv_holds_every_row_and_no_formula(tmp_path: Path, files: list[Read]):
    corpus = open_store(tmp_path / "out", files)
    for name, content in written(corpus, "csv", tmp_path / "x").items():
        assert content.startswith(b"\xef\xbb\xbf")
        found = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        table = name.removesuffix(".csv")
        expected = getattr(corpus, table).order(", ".join(f'"{key}"' for key in KEYS[table])).fetchall()
        columns = TABLES[table].names
        assert len(found) == len(expected)
        for row, values in zip(found, expected, strict=True):
            assert "text" not in row or table == "mentions"
            for column, cell in row.items():
                value = values[columns.index(column)]
                assert cell == ("" if value is None else str(csv_cell(value)))
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
                assert "\x00" not in cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+7", "'+7"),
        ("-", "'-"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ("\x00=1", "\ufffd=1"),
        (-1, -1),
        (0.99, 0.99),
        (None, None),
        (["=1", "ДНЯО"], '["=1","ДНЯО"]'),
    ],
)
def test_cells_of_a_spreadsheet(value: Any, cell: Any):
    assert csv_cell(value) == cell


def test_sqlite_holds_the_tables(tmp_path: Path, files: list[Read]):
    corpus = open_store(tmp_path / "out", files)
    export(corpus, "sqlite", tmp_path / "x.sqlite")
    database = sqlite3.connect(tmp_path / "x.sqlite")
    for table, schema in TABLES.items():
        keys = ", ".join(f'"{key}"' for key in KEYS[table])
        expected = [
            tuple(json.dumps(v, ensure_ascii=False, separators=(",", ":")) if isinstance(v, list) else v for v in row)
            for row in getattr(corpus, table).order(keys).fetchall()
        ]
        found = database.execute(f"SELECT * FROM {table} ORDER BY {keys}").fetchall()
        assert found == expected
        assert [row[1] for row in database.execute(f"PRAGMA table_info({table})")] == schema.names
    plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM mentions WHERE id = 'treaty:NPT'").fetchall()
    assert "mentions_id" in str(plan)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_graphml_is_the_network_of_entities(tmp_path: Path, files: list[Read]):
    corpus = open_store(tmp_path / "out", files)
    export(corpus, "graphml", tmp_path / "x.graphml")
    graph = nx.read_graphml(tmp_path / "x.graphml")
    counts = corpus.counts()
    assert {(n, d["mentions"], d["documents"]) for n, d in graph.nodes(data=True)} == set(
        counts[["id", "mentions", "documents"]].itertuples(index=False, name=None)
    )
    assert graph.nodes["treaty:NPT"]["name_ru"] == "Договор о нераспространении ядерного оружия"
    pairs = corpus.cooccurrence(limit=None)[["a", "b", "documents"]].itertuples(index=False, name=None)
    assert {(*sorted((a, b)), d["weight"]) for a, b, d in graph.edges(data=True)} == set(pairs)
    assert not graph.is_directed()


def test_rdf_says_who_is_named_where(tmp_path: Path, files: list[Read]):
    corpus = open_store(tmp_path / "out", files)
    export(corpus, "rdf", tmp_path / "x.ttl")
    graph = Graph().parse(tmp_path / "x.ttl", format="turtle")
    texts = {node: str(text) for node, _, text in graph.triples((None, URIRef(NIF + "isString"), None))}
    phrases = list(graph.subjects(RDF.type, URIRef(NIF + "Phrase")))
    assert (len(texts), len(phrases)) == (len(corpus), len(corpus.mentions))
    for phrase in phrases:
        start, end = (int(graph.value(phrase, URIRef(NIF + name))) for name in ("beginIndex", "endIndex"))
        context = graph.value(phrase, URIRef(NIF + "referenceContext"))
        assert texts[context][start:end] == str(graph.value(phrase, URIRef(NIF + "anchorOf")))
    npt = URIRef("urn:npextract:treaty:NPT")
    assert (npt, SKOS.prefLabel, Literal("Договор о нераспространении ядерного оружия", lang="ru")) in graph
    named = corpus.sql("SELECT count(*) FROM mentions WHERE id = 'treaty:NPT'").fetchall()
    assert len(list(graph.subjects(URIRef(ITS + "taIdentRef"), npt))) == named[0][0]
    assert set(map(str, texts.values())) == {xml_text(d.text) for d in documents_of(files) if not d.error}
    assert len(list(graph.subject_objects(DCTERMS.title))) == len(
        corpus.documents.filter("title IS NOT NULL").fetchall()
    )


def test_rdf_meets_the_ontology(tmp_path: Path):
    from npextract.ontology.export import to_skos

    export(open_store(tmp_path / "out", small_corpus()), "rdf", tmp_path / "x.ttl")
    graph = Graph().parse(tmp_path / "x.ttl", format="turtle")
    known = set(to_skos(npx.ontology()).subjects(RDF.type, SKOS.Concept))
    named = {node for node in graph.subjects(RDF.type, SKOS.Concept) if ":res:" not in str(node)}
    assert named
    assert named <= known


def test_streams(tmp_path: Path):
    corpus = open_store(tmp_path / "out", small_corpus())
    for format in ("jsonl", "graphml", "rdf"):
        out = io.BytesIO()
        export(corpus, format, out)
        export(corpus, format, tmp_path / "x")
        assert out.getvalue() == (tmp_path / "x").read_bytes()
    for format in ("csv", "sqlite"):
        with pytest.raises(ValueError, match="give a path"):
            export(corpus, format, io.BytesIO())
    with pytest.raises(ValueError, match="format must be one of"):
        export(corpus, "xlsx", tmp_path / "x")  # type: ignore[arg-type]


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path, format: str):
    store = tmp_path / "out"
    corpus = open_store(store, [document("a.txt", "The NPT")], [document("b.txt", "The NPT and the CWC")])
    target = tmp_path / "x"
    if format == "csv":
        target.mkdir()
        (target / "mentions.csv").write_text("old")
        (target / "mine.txt").write_text("mine")
    else:
        target.write_text("old")
    for table in ("mentions", "entities"):
        (store / table / "000002.parquet").write_bytes(b"PAR1 broken")
    with pytest.raises(CorpusError):
        export(corpus, format, target)  # type: ignore[arg-type]
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.iterdir() if path != store)
    assert left == ["x"]
    if format == "csv":
        assert {path.name: path.read_text() for path in target.iterdir()} == {"mentions.csv": "old", "mine.txt": "mine"}
    else:
        assert target.read_text() == "old"


def test_a_target_that_cannot_be_written(tmp_path: Path):
    corpus = open_store(tmp_path / "out", small_corpus())
    (tmp_path / "file").write_text("")
    with pytest.raises(CorpusError, match="cannot be written"):
        export(corpus, "jsonl", tmp_path / "file" / "x")
    with pytest.raises(CorpusError, match="cannot be written"):
        export(corpus, "csv", tmp_path / "file")


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_corpus(tmp_path: Path, format: str):
    content = written(open_store(tmp_path / "out"), format, tmp_path / "x")
    if format == "graphml":
        assert len(nx.parse_graphml(content["x"])) == 0
    assert len(content) == (len(TABLES) if format == "csv" else 1)
