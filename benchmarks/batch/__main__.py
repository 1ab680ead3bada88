"""Measure the batch: `python -m benchmarks.batch [--only workers,kills,…] [--texts FILE.jsonl …] [--check]`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console

from benchmarks.batch.engines import measure_engines
from benchmarks.batch.failures import measure_failures
from benchmarks.batch.kill import measure_kills
from benchmarks.batch.memory import measure_memory
from benchmarks.batch.run import CommandError
from benchmarks.batch.settings import Settings
from benchmarks.batch.sizing import measure_sizing
from benchmarks.batch.speed import measure_cold, measure_workers
from benchmarks.corpora.texts import load, own

MEASUREMENTS: Final[dict[str, Callable[[Settings], bool]]] = {
    "failures": measure_failures,
    "engines": measure_engines,
    "workers": measure_workers,
    "cold": measure_cold,
    "kills": measure_kills,
    "memory": measure_memory,
    "sizing": measure_sizing,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables; with --check exit 1 if a demand is not met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__.split("\n")[0])
    parser.add_argument("--only", default=",".join(MEASUREMENTS), help=f"some of {', '.join(MEASUREMENTS)}")
    parser.add_argument("--texts", type=Path, nargs="+", help="JSON Lines with id, text and lang; default: the gold")
    parser.add_argument("--files", type=int, default=600, help="of the corpus of all formats")
    parser.add_argument("--turns", type=int, default=3, help="how often each contender runs")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--many", type=int, default=10_000, help="documents of the measurement of memory")
    parser.add_argument("--profile", default="rules", choices=["rules", "full"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="exit 1 if a demand is not met")
    arguments = parser.parse_args(argv)
    chosen = arguments.only.split(",")
    if unknown := set(chosen) - set(MEASUREMENTS):
        parser.error(f"--only: {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
    texts = load(arguments.texts) if arguments.texts else own()
    console = Console()
    missed = []
    for name in chosen:
        with TemporaryDirectory(prefix="npextract-batch-", ignore_cleanup_errors=True) as scratch:
            settings = Settings(
                Path(scratch), texts, arguments.files, arguments.turns, arguments.kills, arguments.many,
                arguments.profile, arguments.seed, console,
            )  # fmt: skip
            try:
                kept = MEASUREMENTS[name](settings)
            except CommandError as error:
                console.print(str(error), markup=False, style="red")
                kept = False
        busy = f"; load of the machine: {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
        console.print(f"{name}: {'met' if kept else 'NOT MET'}{busy}\n")
        missed += [] if kept else [name]
    return 1 if arguments.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
