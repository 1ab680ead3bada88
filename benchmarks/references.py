"""The speed of the grammar of citations, and how its time grows: `python -m benchmarks.references [TEXTS.jsonl]`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.texts import megabytes, own_texts, read_texts
from npextract.finders.references import ReferenceFinder
from npextract.ontology import load
from npextract.reading.view import View, build_view

SIZES = (0.5, 1.0, 2.0, 5.0)
"""In millions of bytes of UTF-8."""
TURNS = 5
SHAPES = {
    "digits and brackets": "1540 (2004), (71/258) 5( 2200 A (XXI) {1967) 19/74 [",
    "brackets": "(((((((([[[[{{{{",
    "digits": "1540200419",
    "slashes": "A/C.1/75/L.1/S/E/",
    "nouns": "resolution резолюция res. ",
    "committees": "Committee Комитет Panel 1540 ",
    "an endless list": "resolutions 1540 (2004), 1673 (2006) and 1810 (2008) of the ",
    "an endless symbol": "A/1.2-3.",
}
"""Pieces that are repeated up to a size."""


def seconds(finder: ReferenceFinder, views: Sequence[View]) -> float:
    """The time of the fastest of some turns."""
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        for view in views:
            finder(view)
        times.append(time.perf_counter() - start)
    return min(times)


def main(argv: Sequence[str] | None = None) -> int:
    """Print both tables; with --least, exit 1 if the grammar is slower in a language than so many MB/s."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.references", description=__doc__.split("\n")[0])
    parser.add_argument("texts", type=Path, nargs="*", help="JSON Lines with text and lang; else the project's gold")
    parser.add_argument("--least", type=float, default=0.0, help="in MB/s")
    arguments = parser.parse_args(argv)
    finder = ReferenceFinder(load())
    texts = read_texts(arguments.texts) if arguments.texts else own_texts()
    console = Console()

    speed = Table(title="the grammar alone, one thread", title_justify="left")
    for column in ("language", "MB", "found", "MB/s"):
        speed.add_column(column, justify="left" if column == "language" else "right")
    slow = False
    for lang, documents in texts.items():
        views = [build_view(text) for text in documents]
        found = sum(len(finder(view)) for view in views)
        rate = megabytes(documents) / seconds(finder, views)
        slow = slow or rate < arguments.least
        speed.add_row(lang, f"{megabytes(documents):.2f}", f"{found:,}", f"{rate:.1f}")
    console.print(speed)

    growth = Table(title="seconds by size of one hostile text", title_justify="left")
    for column in ("text", *(f"{size:g} MB" for size in SIZES), "per MB, last / first"):
        growth.add_column(column, justify="left" if column == "text" else "right")
    for name, piece in SHAPES.items():
        times = []
        for size in SIZES:
            view = build_view(piece * (1 + int(size * 1e6 / len(piece.encode()))))
            start = time.perf_counter()
            finder(view)
            times.append(time.perf_counter() - start)
        per_megabyte = [spent / size for spent, size in zip(times, SIZES, strict=True)]
        growth.add_row(name, *(f"{spent:.2f}" for spent in times), f"{per_megabyte[-1] / per_megabyte[0]:.2f}")
    console.print(growth)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
