"""Rows on standard output: as a table to look at, as CSV, as one JSON object a line."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import count, islice
from typing import Any, Final


class Answer(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


_MOST_ROWS: Final = 1000
"""A table to look at ends here; the other formats have every row."""
_LONGEST_CELL: Final = 300
"""Code points of a cell in a table to look at; a document's text has many more."""


def print_answer(columns: Sequence[str], rows: Iterable[tuple[Any, ...]], format: Answer | None) -> None:
    """Print as the rows come; without a format as a table on a terminal, as JSON Lines otherwise."""
    how = format or (Answer.table if sys.stdout.isatty() else Answer.jsonl)
    if how is Answer.table:
        _print_table(columns, iter(rows))
        return
    out = sys.stdout.buffer
    lines = _csv_lines(columns, rows) if how is Answer.csv else _json_lines(columns, rows)
    for line in lines:
        out.write(line.encode("utf-8"))
    sys.stdout.flush()


def _print_table(columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    from npextract.cli.common import consoles
    from npextract.show.table import rows_table

    shown = [[_shown(cell) for cell in row] for row in islice(rows, _MOST_ROWS)]
    console, errors = consoles()
    console.print(rows_table(None, columns, shown))
    if next(rows, None) is not None:
        errors.print(f"npextract: the first {_MOST_ROWS} rows; --format csv or jsonl has all", highlight=False)


def _shown(cell: Any) -> str:
    text = "" if cell is None else f"{cell:.6g}" if isinstance(cell, float) else str(cell)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _json_lines(columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    names = _told_apart(columns)
    for row in rows:
        values = {name: _json_value(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=str) + "\n"


def _told_apart(columns: Sequence[str]) -> list[str]:
    """The columns' names; what stands there again gets a number: an object has each name once."""
    names: list[str] = []
    for column in columns:
        free = (name for n in count(1) if (name := f"{column}_{n}") not in (*columns, *names))
        names.append(next(free) if column in names else column)
    return names


def _json_value(value: Any) -> Any:
    """JSON has no number for NaN and the infinities."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _json_value(item) for key, item in value.items()}
    return [_json_value(item) for item in value] if isinstance(value, (list, tuple)) else value


def _csv_lines(columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    import csv
    import io

    from npextract.corpus.cells import csv_cell

    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow([csv_cell(name) for name in columns])
    yield line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([csv_cell(cell) for cell in row])
        yield line.getvalue()
