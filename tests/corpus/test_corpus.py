"""Opening a corpus: what counts as one, which of its parts are live, and what a query may do."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

import npextract as npx
from helpers import rules
from npextract.corpus import corpus as corpora
from npextract.corpus.batch import run_batch
from npextract.corpus.found import FoundCorpus
from npextract.corpus.names import resolve_entity
from npextract.corpus.parts import live_parts, open_file_system
from npextract.corpus.recipe import Recipe
from npextract.corpus.report import write_report
from npextract.corpus.tables import TABLES
from npextract.errors import CorpusError, EntityError, QueryError
from stores import broken, document, rows_of_files, small_corpus, write_part, write_store


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> npx.Corpus:
    return npx.open_corpus(write_store(tmp_path_factory.mktemp("out"), small_corpus()))


def live(folder: Path) -> list[int]:
    return [part.number for part in live_parts(open_file_system(str(folder)))]


def commit(folder: Path, number: int, replaces: list[int]) -> None:
    (folder / "commits").mkdir(exist_ok=True)
    content = {"part": number, "replaces": replaces, "rows": {}}
    (folder / "commits" / f"{number:06}.json").write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("commits", "parts"),
    [
        ({}, []),
        ({1: [], 2: []}, [1, 2]),
        ({1: [], 2: [1]}, [2]),
        ({1: [], 2: [1], 3: [2]}, [3]),
        ({1: [], 3: [2]}, [1, 3]),  # 2 was never committed
        ({1: [1]}, [1]),
        ({10: [], 9: [10]}, [9]),
    ],
)
def test_a_part_is_live_until_another_commit_replaces_it(tmp_path: Path, commits: dict, parts: list[int]):
    for number, replaces in commits.items():
        commit(tmp_path, number, replaces)
    assert live(tmp_path) == parts


def test_what_is_not_committed_is_not_read(tmp_path: Path):
    old, other, new = document("a.txt", "The NPT"), document("b.txt", "The CWC"), document("a.txt", "The IAEA")
    write_store(tmp_path, [old], [other], [new], replaces={3: [1]})
    (tmp_path / "commits" / "000002.json").unlink()
    (tmp_path / "commits" / ".000004.json.tmp").write_text("{")
    corpus = npx.open_corpus(tmp_path)
    assert corpus.sql("SELECT doc, id FROM mentions").fetchall() == [("a.txt", "org:IAEA")]
    assert len(corpus) == 1


def test_an_empty_corpus_answers(tmp_path: Path):
    corpus = npx.open_corpus(write_store(tmp_path))
    for table, schema in TABLES.items():
        relation = getattr(corpus, table)
        assert (relation.columns, len(relation)) == (schema.names, 0)
    assert corpus.documents.types[8] == corpus.sql("SELECT 1::SMALLINT").types[0]  # year
    assert len(corpus) == len(list(corpus)) == len(corpus.counts()) == len(corpus.counts("year")) == 0
    assert len(corpus.cooccurrence()) == len(corpus.documents_with("ДНЯО")) == len(corpus.in_context("NPT")) == 0
    assert len(corpus.timeline("NPT")) == len(corpus.versions()) == 0


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (None, "no-corpus"),
        ("{", "damaged-corpus"),
        ("[]", "damaged-corpus"),
        ("{}", "no-corpus"),
        ('{"schema": true}', "no-corpus"),
        ('{"schema": 2}', "newer-corpus"),
        ("[" * 100_000, "damaged-corpus"),
    ],
)
def test_what_is_no_corpus(tmp_path: Path, manifest: str | None, code: str):
    if manifest is not None:
        (tmp_path / "corpus.json").write_text(manifest)
    with pytest.raises(CorpusError) as error:
        npx.open_corpus(tmp_path)
    assert (error.value.code, error.value.path) == (code, str(tmp_path))
    assert str(error.value).startswith(f"{tmp_path}: ")


@pytest.mark.parametrize("path", ["no-such-folder", "no-such-protocol://x", __file__])
def test_no_folder(path: str):
    with pytest.raises(CorpusError):
        npx.open_corpus(path)


@pytest.mark.parametrize("what", ["{", "[]", '{"part": "x"}'])
def test_a_damaged_commit_is_named(tmp_path: Path, what: str):
    write_store(tmp_path, small_corpus())
    (tmp_path / "commits" / "000001.json").write_text(what)
    with pytest.raises(CorpusError, match=r"commits/000001\.json"):
        npx.open_corpus(tmp_path)


def test_missing_and_damaged_files_are_named(tmp_path: Path):
    write_store(tmp_path, [document("a.txt", "The NPT")], [document("b.txt", "The CWC")])
    (tmp_path / "mentions" / "000001.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(CorpusError) as error:
        npx.open_corpus(tmp_path)
    assert error.value.code == "damaged-corpus"
    (tmp_path / "mentions" / "000001.parquet").unlink()
    with pytest.raises(CorpusError, match=r"mentions/000001\.parquet is missing"):
        npx.open_corpus(tmp_path)


def test_a_part_that_is_replaced_while_the_corpus_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_store(tmp_path, [document("a.txt", "The NPT")], [document("b.txt", "The CWC")])
    find_store = corpora.find_store

    def find_and_lose(path: str) -> FoundCorpus:
        found = find_store(path)
        if (tmp_path / "commits" / "000001.json").exists():
            write_part(tmp_path, rows_of_files([document("a.txt", "The IAEA")]), 3, [1])
            for file in tmp_path.rglob("000001.*"):
                file.unlink()
        return found

    monkeypatch.setattr(corpora, "find_store", find_and_lose)
    assert sorted(npx.open_corpus(tmp_path).counts()["id"]) == ["org:IAEA", "treaty:CWC"]


def test_damage_in_the_middle_of_a_file(tmp_path: Path):
    write_store(tmp_path, [document(f"{n}.txt", f"The NPT and resolution {1500 + n}") for n in range(300)])
    path = tmp_path / "mentions" / "000001.parquet"
    data = bytearray(path.read_bytes())
    data[100:400] = bytes(300)
    path.write_bytes(data)
    corpus = npx.open_corpus(tmp_path)
    with pytest.raises(CorpusError, match="begin it anew"):
        corpus.in_context("treaty:NPT")
    with pytest.raises(CorpusError):
        write_report(tmp_path, tmp_path / "r.html")


@pytest.mark.parametrize("word", ["01.06.2010", "2010-6", "foo", "2010-02-30", "2010-13"])
@pytest.mark.parametrize("which", ["since", "until"])
def test_a_condition_that_is_no_date(corpus: npx.Corpus, which: str, word: str):
    with pytest.raises(QueryError, match="2010-06-15") as caught:
        corpus.counts(**{which: word})
    assert caught.value.code == "not-a-date"


def test_conditions_that_are_no_kind_and_no_language(corpus: npx.Corpus):
    with pytest.raises(QueryError, match="treaty"):
        corpus.counts(kind="treatie")
    with pytest.raises(QueryError, match="treaty"):
        corpus.cooccurrence(kind="treatie")
    with pytest.raises(QueryError, match="ru"):
        corpus.counts(lang="Russian")


def test_names_of_an_own_ontology(tmp_path: Path):
    own = tmp_path / "own.yaml"
    own.write_text("id: org:HIVR\nname: {en: Hidden Verification Registry, ru: Скрытый реестр}\nshort: {en: [HIVR]}\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("The HIVR briefed the IAEA.")
    run_batch(tmp_path / "docs", tmp_path / "out", Recipe("rules", ontology=(str(own),)))
    corpus = npx.open_corpus(tmp_path / "out")
    for name in ("HIVR", "Hidden Verification Registry", "Скрытый реестр"):
        assert corpus.counts(ids=name)["id"].tolist() == ["org:HIVR"]
    with pytest.raises(EntityError):
        corpus.counts(ids="HIVS")


def test_a_file_that_goes_away_while_the_corpus_is_open(tmp_path: Path):
    corpus = npx.open_corpus(write_store(tmp_path, [document("a.txt", "The NPT")], [document("b.txt", "The CWC")]))
    (tmp_path / "entities" / "000002.parquet").unlink()
    with pytest.raises(CorpusError) as error:
        corpus.counts()
    assert error.value.code == "changed-corpus"
    with pytest.raises(CorpusError):
        corpus.sql("SELECT * FROM entities").fetchall()


def test_other_file_systems():
    url = write_store("memory://corpora/out", small_corpus())
    corpus = npx.open_corpus(url)
    assert corpus.counts(limit=1)["id"].tolist() == ["treaty:NPT"]
    with pytest.raises(QueryError):
        corpus.sql("SELECT * FROM read_text('memory://corpora/out/corpus.json')").fetchall()


@pytest.mark.parametrize("name", ["with space, comma's", "star*[1]?", "Папка"])
def test_any_name_of_a_folder(tmp_path: Path, name: str):
    assert len(npx.open_corpus(write_store(tmp_path / name, small_corpus()))) == 5


def test_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_store(tmp_path / "out", small_corpus())
    monkeypatch.chdir(tmp_path)
    with npx.open_corpus("out/") as corpus:
        assert len(corpus) == 5
        assert repr(corpus) == "<Corpus out/>"


def test_tables_are_relations(corpus: npx.Corpus):
    assert corpus.mentions.filter("id = 'treaty:CWC'").count("*").fetchall() == [(2,)]
    assert corpus.failures.project("file, code").fetchall() == [("scan.pdf", "no-text-layer")]
    assert corpus.sql("SELECT count(*) FROM mentions WHERE id = ?", ["treaty:CWC"]).fetchall() == [(2,)]
    assert corpus.sql("SELECT count(*) FROM mentions WHERE id = $id", {"id": "treaty:CWC"}).fetchall() == [(2,)]


def forbidden(folder: Path) -> list[str]:
    inside = folder / "mentions" / "000001.parquet"
    return [
        f"COPY mentions TO '{folder}/x.csv'",
        f"COPY mentions TO '{inside}' (USE_TMP_FILE false)",
        f"EXPORT DATABASE '{folder}/x'",
        f"ATTACH '{folder}/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "PRAGMA profiling_output = 'x'",
        "CREATE TABLE x AS SELECT 1",
        "CREATE VIEW mentions AS SELECT 1",
        "DROP VIEW mentions",
        "EXPLAIN ANALYZE COPY mentions TO 'x'",
        "SELECT 1; SELECT 2",
        "",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        f"SELECT * FROM read_text('{folder}/corpus.json')",
        f"SELECT * FROM read_parquet('{folder}/mentions/../../x.parquet')",
        f"SELECT * FROM query('COPY mentions TO ''{folder}/x''')",
        "SELECT * FROM fsspec",  # a name of this module
        "SELECT getenv('HOME')",
        "SELECT nonsense FROM mentions",
        "SELEC",
    ]


def test_a_query_neither_writes_nor_reads_elsewhere(tmp_path: Path):
    out = tmp_path / "out"
    corpus = npx.open_corpus(write_store(out, small_corpus()))
    before = {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}
    for query in forbidden(out):
        with pytest.raises(QueryError) as error:
            corpus.stream(query)
        assert "\n" not in str(error.value)
        assert error.value.query == query
    assert {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()} == before


@pytest.mark.parametrize(
    "query", ["FROM mentions", "DESCRIBE mentions", "SUMMARIZE mentions", "SHOW TABLES", "VALUES (1)"]
)
def test_what_only_reads_is_allowed(corpus: npx.Corpus, query: str):
    columns, rows = corpus.stream(query)
    assert columns
    assert list(rows)


def test_a_query_that_goes_wrong_while_it_runs(corpus: npx.Corpus):
    with pytest.raises(QueryError):
        list(corpus.stream("SELECT text::INTEGER FROM mentions")[1])


def test_documents_come_back_as_they_were(corpus: npx.Corpus):
    read = {document.id: document for _, parts in small_corpus() for _, document in parts if not document.error}
    assert [document.id for document in corpus] == sorted(read)
    for stored in corpus:
        assert stored.to_json() == read[stored.id].to_json()
        assert stored.metadata.title == read[stored.id].metadata.title
    assert corpus.document("undated.txt").entities == read["undated.txt"].entities
    with pytest.raises(CorpusError, match="no document 'other'"):
        corpus.document("other")


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("treaty:NPT", "treaty:NPT"),
        ("res:S/RES/1540(2004)", "res:S/RES/1540(2004)"),
        ("res:1540", "res:S/RES/1540(2004)"),
        ("res:S/RES/1540", "res:S/RES/1540(2004)"),
        ("S/RES/1540", "res:S/RES/1540(2004)"),
        ("1540", "res:S/RES/1540(2004)"),
        ("res:A/RES/71/258", "res:A/RES/71/258"),
        ("doc:INFCIRC/153", "doc:INFCIRC/153"),
        ("ДНЯО", "treaty:NPT"),
        ("днЯО ", "treaty:NPT"),
        ("CWC", "treaty:CWC"),
        ("Договором о нераспространении\n ядерного оружия", "treaty:NPT"),
        ("резолюция 1540 СБ ООН", "res:S/RES/1540(2004)"),
        ("A/RES/71/258", "res:A/RES/71/258"),
        ("INFCIRC/153", "doc:INFCIRC/153"),
        ("CAR", "state:CAF"),
    ],
)
def test_entities_as_people_write_them(text: str, identifier: str):
    assert resolve_entity(rules().ontology, text) == identifier


@pytest.mark.parametrize(
    ("text", "code", "candidate"),
    [
        ("Congo", "ambiguous-entity", "state:COD"),
        ("treaty:NTP", "unknown-entity", "treaty:NPT"),
        ("Treaty:npt", "unknown-entity", "treaty:NPT"),
        ("res:99999", "unknown-entity", None),
        ("res:nonsense", "unknown-entity", None),
        ("state:", "unknown-entity", None),
        ("", "unknown-entity", None),
        ("nobody at all", "unknown-entity", None),
        ("The IAEA and the NPT", "unknown-entity", None),
        ("я" * 100_000, "unknown-entity", None),
    ],
)
def test_names_that_mean_nothing_or_several(text: str, code: str, candidate: str | None):
    with pytest.raises(EntityError) as error:
        resolve_entity(rules().ontology, text)
    assert error.value.code == code
    assert candidate is None or candidate in error.value.candidates
    assert len(str(error.value)) < 500


def test_identifiers_of_the_corpus_are_known(tmp_path: Path):
    own = npx.ontology()["org:IAEA"]
    _, [(origin, read)] = document("a.txt", "The IAEA")
    mention = replace(read.mentions[0], id="org:HIVR", name=dict(own.names))
    store = write_store(tmp_path, [("a.txt", [(origin, replace(read, mentions=(mention,)))])])
    corpus = npx.open_corpus(store)
    assert corpus.entity("org:HIVR") == "org:HIVR"
    with pytest.raises(EntityError) as error:
        corpus.entity("org:HIVRR")
    assert "org:HIVR" in error.value.candidates


def test_a_corpus_of_failures_only(tmp_path: Path):
    corpus = npx.open_corpus(os.fspath(write_store(tmp_path, [broken("a.pdf", "encrypted", "is locked")])))
    assert (len(corpus), len(corpus.failures)) == (0, 1)
