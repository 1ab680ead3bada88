"""A corpus that was written by a batch, open for questions: DuckDB over its Parquet files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Unpack

import duckdb
import pyarrow as pa

from npextract.corpus import context, pairs, questions, stored, versions
from npextract.corpus.connection import check_select, connect, one_line, query_error
from npextract.corpus.found import FoundCorpus, find_store
from npextract.corpus.names import resolve_entity
from npextract.corpus.parts import COMMITS, open_file_system
from npextract.corpus.questions import Group, Period
from npextract.corpus.which import Which
from npextract.document import Document
from npextract.errors import CorpusError, EntityError, NpextractError

if TYPE_CHECKING:
    import pandas as pd

    from npextract.ontology import Ontology

Names = str | Iterable[str]
"""Entities as people write them: one, or several."""

_ROWS_AT_A_TIME: Final = 1000
_MAY_BE_NULL: Final = ("year", "page")
"""Numbers that not every document has: they are pandas' Int64, all others int64."""


def open_corpus(path: str | os.PathLike[str], *, ontology: Ontology | None = None) -> Corpus:
    """Open the corpus in a folder, or at an fsspec URL ("s3://bucket/out"), as it is now.

    What a batch writes later is seen when the corpus is opened again. `ontology` is the one in which names are looked
    up, by default the package's. Raises CorpusError where there is no corpus, or one of a newer version.
    """
    commits: list[int] | None = None
    while True:
        try:
            return Corpus(find_store(os.fspath(path)), ontology)
        except CorpusError:
            # A batch that writes to it may have put another part in the place of one that was found just now.
            before, commits = commits, open_file_system(os.fspath(path)).numbers(COMMITS)
            if commits == before:
                raise


class Corpus:
    """The documents, mentions and entities that a batch found, with ready questions; see `npextract.open_corpus`.

    Questions take entities as identifiers ("treaty:NPT", "res:1540") or names in either language ("ДНЯО"), conditions
    on the documents (`npextract.corpus.which.Which`: year, since, until, lang, speaker), and give pandas tables whose
    rows are always in the same order. They raise EntityError for a name that means nothing or several entities.
    """

    def __init__(self, store: FoundCorpus, ontology: Ontology | None = None) -> None:
        self.store = store
        self._given_ontology = ontology
        self._con = connect(store)

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._con.close()

    def __repr__(self) -> str:
        return f"<Corpus {self.store.path}>"

    @property
    def path(self) -> str:
        """Where it lies."""
        return self.store.path

    @cached_property
    def ontology(self) -> Ontology:
        """The ontology in which names are looked up."""
        if self._given_ontology is not None:
            return self._given_ontology
        from npextract.ontology import load

        return load()

    # The tables, as DuckDB relations: `corpus.mentions.filter("score < 0.5").df()`.

    @property
    def files(self) -> duckdb.DuckDBPyRelation:
        """A row a file of the folder."""
        return self._con.view("files")

    @property
    def documents(self) -> duckdb.DuckDBPyRelation:
        """A row a document, with its text."""
        return self._con.view("documents")

    @property
    def mentions(self) -> duckdb.DuckDBPyRelation:
        """A row a mention."""
        return self._con.view("mentions")

    @property
    def entities(self) -> duckdb.DuckDBPyRelation:
        """A row an entity of a document."""
        return self._con.view("entities")

    @property
    def failures(self) -> duckdb.DuckDBPyRelation:
        """A row an input that could not be read."""
        return self._con.view("failures")

    def sql(self, query: str, params: Mapping[str, Any] | Sequence[Any] | None = None) -> duckdb.DuckDBPyRelation:
        """One SELECT in DuckDB's SQL, with values for its `?` or `$name`; its result as a DuckDB relation.

        `.df()` makes it a pandas table, `.fetchall()` tuples. It reads the five tables and nothing else. Raises
        QueryError for what is no SELECT or asks for what is not there.
        """
        check_select(self._con, query)
        try:
            return self._con.sql(query, params=params)
        except duckdb.Error as error:
            raise self.failed(error, query) from None

    def stream(
        self, query: str, params: Mapping[str, Any] | None = None
    ) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """The columns of a SELECT and its rows as they come, for results that do not fit into memory."""
        check_select(self._con, query)
        cursor = self._con.cursor()
        try:
            cursor.execute(query, dict(params or {}))
        except duckdb.Error as error:
            raise self.failed(error, query) from None
        return [column[0] for column in cursor.description or ()], self._fetched(cursor, query)

    def _fetched(self, cursor: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
        try:
            while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
                yield from rows
        except duckdb.Error as error:
            raise self.failed(error, query) from None

    def failed(self, error: duckdb.Error, query: str) -> NpextractError:
        """What to raise for DuckDB's error: the query is wrong, or the corpus is not what it was when it was opened."""
        if type(error) is duckdb.Error or isinstance(error, duckdb.IOException):  # what no query can bring about
            return self._broken(error)
        files = [file for files in self.store.files.values() for file in files]
        is_named = any(file in str(error) for file in files)
        return (
            self._broken(error) if is_named or not all(map(self.store.fs.exists, files)) else query_error(error, query)
        )

    def table(self, question: Callable[..., pa.Table], *arguments: Any, **named: Any) -> pa.Table:
        """The answer of a question of this package, as an Arrow table; for those who want no pandas."""
        try:
            return question(self._con, *arguments, **named)
        except duckdb.Error as error:
            raise self._broken(error) from None

    def _broken(self, error: duckdb.Error) -> CorpusError:
        message = (
            f"cannot be read any more ({one_line(error)}); if a batch writes to it, open it again; else begin it anew"
        )
        return CorpusError(message, path=self.path, code="changed-corpus")

    def resolve(self, names: Names | None) -> list[str] | None:
        """The identifiers of entities as people write them; None for None. Raises EntityError."""
        if names is None:
            return None
        return [self.entity(name) for name in ([names] if isinstance(names, str) else names)]

    def entity(self, name: str) -> str:
        """The identifier of one entity as people write it; raises EntityError."""
        there = "SELECT 1 FROM entities WHERE id = $id LIMIT 1"
        if self.table(questions.answer, there, {"id": name}).num_rows:
            return name
        try:
            return resolve_entity(self.ontology, name, self._identifiers)
        except EntityError:
            if len(known := self._known_as(name)) != 1:
                raise
            return known[0]

    def _known_as(self, name: str) -> list[str]:
        """The identifiers that the corpus gives to names written so: it may have been read with an own ontology."""
        query = """SELECT DISTINCT id FROM mentions WHERE text = $name AND id IS NOT NULL AND form = 'name'
            UNION SELECT DISTINCT id FROM entities WHERE $name IN (name_en, name_ru) AND id IS NOT NULL"""
        return list(map(str, self.table(questions.answer, query, {"name": " ".join(name.split())})["id"].to_pylist()))

    @cached_property
    def _identifiers(self) -> frozenset[str]:
        found = self.table(questions.answer, "SELECT DISTINCT id FROM entities WHERE id IS NOT NULL")
        return frozenset(found["id"].to_pylist())

    def counts(
        self,
        by: Group | None = None,
        *,
        ids: Names | None = None,
        kind: str | None = None,
        unknown: bool = False,
        limit: int | None = None,
        **which: Unpack[Which],
    ) -> pd.DataFrame:
        """How often entities are named: see `npextract.corpus.questions.counts`."""
        found = self.resolve(ids)
        return _frame(self.table(questions.counts, by, ids=found, kind=kind, unknown=unknown, limit=limit, **which))

    def cooccurrence(
        self,
        ids: Names | None = None,
        *,
        kind: str | None = None,
        near: int | None = None,
        least: int = 1,
        limit: int | None = 100,
        **which: Unpack[Which],
    ) -> pd.DataFrame:
        """Which entities stand together: see `npextract.corpus.pairs.cooccurrence`."""
        found = self.resolve(ids)
        options = {"kind": kind, "near": near, "least": least, "limit": limit}
        return _frame(self.table(pairs.cooccurrence, ids=found, **options, **which))

    def documents_with(
        self,
        all: Names = (),
        any: Names = (),
        none: Names = (),
        *,
        limit: int | None = None,
        **which: Unpack[Which],
    ) -> pd.DataFrame:
        """The documents that name some entities and others not: see `npextract.corpus.questions.documents_with`."""
        entities = (self.resolve(all), self.resolve(any), self.resolve(none))
        return _frame(self.table(questions.documents_with, *entities, limit=limit, **which))

    def in_context(
        self, ids: Names, *, width: int = 60, limit: int | None = 100, **which: Unpack[Which]
    ) -> pd.DataFrame:
        """Mentions with the words around them: see `npextract.corpus.context.in_context`."""
        return _frame(self.table(context.in_context, self.resolve(ids), width=width, limit=limit, **which))

    def timeline(self, ids: Names, by: Period = "year", **which: Unpack[Which]) -> pd.DataFrame:
        """How often entities are named over time: see `npextract.corpus.questions.timeline`."""
        return _frame(self.table(questions.timeline, self.resolve(ids), by, **which))

    def versions(self) -> pd.DataFrame:
        """The documents that are there in both languages: see `npextract.corpus.versions.versions`."""
        return _frame(self.table(versions.versions))

    def compare(self, a: str, b: str, *, width: int = 60) -> pd.DataFrame:
        """What two documents have in common: see `npextract.corpus.versions.compare`."""
        return _frame(self.table(versions.compare, self.key(a), self.key(b), width=width))

    def key(self, document: str) -> str:
        """The key (`doc`) of a document that is named by it or by its record's identifier; raises CorpusError."""
        by_key = "SELECT doc FROM documents WHERE doc = $name"
        by_id = "SELECT doc FROM documents WHERE id = $name ORDER BY doc LIMIT 2"
        for query in (by_key, by_id):
            found = self.table(questions.answer, query, {"name": document})["doc"].to_pylist()
            if len(found) == 1:
                return str(found[0])
        message = (
            f"has several documents {document!r}; name one by its key, such as {found[0]!r}"
            if found
            else (f"has no document {document!r}; the column doc of the table documents lists them")
        )
        raise CorpusError(message, path=self.path, code="no-document")

    def document(self, document: str) -> Document:
        """A document as it was when it was read, by its key or its record's identifier; raises CorpusError."""
        found = stored.document(self._con, self.key(document))
        assert found is not None, "its key was just found"
        return found

    def __iter__(self) -> Iterator[Document]:
        """All documents, by key."""
        return stored.documents(self._con)

    def __len__(self) -> int:
        return int(self.table(questions.answer, "SELECT count(*) AS n FROM documents")["n"][0].as_py())


def _frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as pandas'."""
    import pandas as pd

    frame: pd.DataFrame = table.to_pandas()
    return frame.astype({name: pd.Int64Dtype() for name in _MAY_BE_NULL if name in frame.columns})
