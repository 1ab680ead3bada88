"""SQLite: the tables of a corpus in one file, with indexes."""

from __future__ import annotations

import sqlite3
from itertools import islice
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from npextract.corpus.cells import plain
from npextract.corpus.export_csv import sorted_table
from npextract.corpus.stored import stream
from npextract.corpus.tables import TABLES

_ROWS_AT_A_TIME: Final = 2000
_INDEXES: Final = {
    "files": ("file",),
    "documents": ("doc", "symbol", "year", "lang"),
    "mentions": ("doc", "id", "speaker"),
    "entities": ("doc", "id"),
    "failures": ("file",),
}
"""Table → the columns by which it is looked up."""


def write_sqlite(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A new SQLite file with the five tables; lists are JSON, and texts are whole, NUL characters included."""
    database = sqlite3.connect(path)
    try:
        # Nobody sees the file before it is whole: no journal is needed.
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
        for table, schema in TABLES.items():
            columns = ", ".join(f'"{field.name}" {_type_of(field.type)}' for field in schema)
            database.execute(f"CREATE TABLE {table} ({columns})")
            places = ", ".join("?" * len(schema))
            rows = (tuple(map(plain, row.values())) for row in stream(con, sorted_table(table, schema.names)))
            while chunk := list(islice(rows, _ROWS_AT_A_TIME)):
                database.executemany(f"INSERT INTO {table} VALUES ({places})", chunk)
            for column in _INDEXES[table]:
                database.execute(f'CREATE INDEX "{table}_{column}" ON {table} ("{column}")')
        database.commit()
    finally:
        database.close()


def _type_of(type: pa.DataType) -> str:
    if pa.types.is_integer(type):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(type) else "TEXT"
