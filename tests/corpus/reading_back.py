"""What a corpus holds, for tests: read with nothing but a Parquet reader."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from npextract.corpus.tables import KEYS, TABLES


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table in all its files, sorted by the table's key."""
    parts = [pq.ParquetFile(path).read() for path in sorted((out / table).glob("*.parquet"))]
    whole = pa.concat_tables([TABLES[table].empty_table(), *(part.replace_schema_metadata(None) for part in parts)])
    found: list[dict[str, Any]] = whole.to_pylist()
    return sorted(found, key=lambda row: [str(row[key]) if key != "n" else row[key] for key in KEYS[table]])


def digest(out: Path) -> str:
    """One hash of all that a corpus holds, whatever its parts."""
    whole = {table: rows(out, table) for table in TABLES}
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def files(out: Path) -> set[str]:
    """The names of all files of a corpus."""
    return {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
