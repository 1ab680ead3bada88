"""CSV for spreadsheets: one file a table in a folder."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import duckdb

from npextract.corpus.cells import csv_cell
from npextract.corpus.stored import stream
from npextract.corpus.tables import KEYS, TABLES

LEFT_OUT: Final = {"documents": ("text",)}
"""Whole texts: a spreadsheet's cell ends at 32,767 characters, and what is longer spoils the rows below."""


def write_csv(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Each table as `TABLE.csv`; they appear together when all are whole.

    UTF-8 with a byte order mark, without which Excel takes Russian for something else; see `csv_cell` for formulas.
    """
    written: dict[Path, Path] = {}
    try:
        for table, schema in TABLES.items():
            target = folder / f"{table}.csv"
            partial = folder / f".{table}.csv.part"
            written[partial] = target
            columns = [name for name in schema.names if name not in LEFT_OUT.get(table, ())]
            with partial.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                for row in stream(con, sorted_table(table, columns)):
                    writer.writerow([csv_cell(value) for value in row.values()])
        for partial, target in written.items():
            partial.replace(target)
    finally:
        for partial in written:
            partial.unlink(missing_ok=True)


def sorted_table(table: str, columns: list[str]) -> str:
    """The query for a table's rows in the order of its key; the other columns decide where a key is not unique."""
    keys = (
        [*KEYS[table], *(name for name in columns if name not in KEYS[table])] if table == "failures" else KEYS[table]
    )
    shown = ", ".join(f'"{name}"' for name in columns)
    return f"SELECT {shown} FROM {table} ORDER BY {', '.join(f'''{chr(34)}{key}{chr(34)}''' for key in keys)}"
