"""DuckDB over the files of a corpus: one view a table, and nothing else within its reach."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import regex

from npextract.corpus.found import FoundCorpus
from npextract.corpus.tables import TABLES
from npextract.errors import CorpusError, QueryError

MOST_THREADS: Final = 4
"""A question is answered by this many threads at most; more gain little and take the machine from others."""
_GLOB: Final = regex.compile(r"[*?\[]")
_TYPES: Final = {
    pa.string(): "VARCHAR",
    pa.int16(): "SMALLINT",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.list_(pa.string()): "VARCHAR[]",
}


def connect(store: FoundCorpus, *, memory: str | None = None, scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory connection with a view for each table. It reads the corpus' Parquet files and no other ones.

    `memory` bounds what DuckDB takes ("1GB"; by default its own bound); `scratch` is a folder for what does not fit,
    without which nothing is written anywhere.
    """
    config: dict[str, Any] = {
        "threads": min(MOST_THREADS, os.cpu_count() or 1),
        "temp_directory": str(scratch) if scratch else "",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",  # a name in a query is never a variable of the caller's
    }
    if memory:
        config["memory_limit"] = memory
    con = duckdb.connect(":memory:", config=config)
    if not store.local:
        con.register_filesystem(store.fs)
    patterns = {table: [_pattern(file) for file in files] for table, files in store.files.items()}
    try:
        for table, files in patterns.items():
            _create_view(con, table, files)
    except duckdb.Error as error:
        con.close()
        raise CorpusError(f"cannot be read: {one_line(error)}", path=store.path, code="damaged-corpus") from None
    readable = {
        *(p for files in patterns.values() for p in files),
        *(f for files in store.files.values() for f in files),
    }
    con.execute("SET allowed_paths = ?", [sorted(readable)])
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return con


def _pattern(file: str) -> str:
    """The pattern that matches this file alone: DuckDB takes each name for a glob."""
    return _GLOB.sub(r"[\g<0>]", file)


def _create_view(con: duckdb.DuckDBPyConnection, table: str, files: Sequence[str]) -> None:
    columns = [f'"{field.name}"' for field in TABLES[table]]
    if files:
        relation = con.read_parquet(list(files)).project(", ".join(columns))
    else:
        nothing = ", ".join(
            f"NULL::{_TYPES[field.type]} AS {c}" for c, field in zip(columns, TABLES[table], strict=True)
        )
        relation = con.sql(f"SELECT {nothing} WHERE false")
    relation.create_view(table)


def check_select(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raise QueryError unless a query is one SELECT: nothing else only reads."""
    try:
        statements = con.extract_statements(query)
    except duckdb.Error as error:
        raise query_error(error, query) from None
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        message = "a corpus answers one SELECT at a time (or FROM, WITH, DESCRIBE, SUMMARIZE), and nothing that writes"
        raise QueryError(message, query=query, code="not-select")


def query_error(error: duckdb.Error, query: str) -> QueryError:
    """What DuckDB says of a query, in one line."""
    if isinstance(error, duckdb.PermissionException):
        message = "a query reads the tables of the corpus and no other files; DESCRIBE lists them"
        return QueryError(f"{message} ({one_line(error)})", query=query, code="refused")
    if isinstance(error, duckdb.OutOfMemoryException):
        return QueryError(f"{one_line(error)}; ask for less at a time", query=query, code="too-big")
    return QueryError(one_line(error), query=query, code="not-sql")


def one_line(error: duckdb.Error) -> str:
    """The first paragraph of DuckDB's message, and where in the query it is."""
    paragraphs = [" ".join(part.split()) for part in str(error).split("\n\n") if part.strip()]
    first, *more = paragraphs or ["DuckDB gave no reason"]
    where = next((part for part in more if part.startswith("LINE ")), "")
    return f"{first} | {where.rstrip('^ ')}" if where else first
