"""What starting costs, in fresh processes: time and memory. `python -m benchmarks.startup`."""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

_EN = "The Security Council recalls resolution 1540 (2004) and the NPT."
_RU = "Совет Безопасности ссылается на резолюцию 1540 (2004) и ДНЯО."
_MEMORY = "; import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"

MEASURES: tuple[tuple[str, str], ...] = (
    ("python", "pass"),
    ("import npextract", "import npextract"),
    ("rules, first result", f"import npextract; npextract.extract({_EN!r}, profile='rules')"),
    ("full, first result in English", f"import npextract; npextract.extract({_EN!r})"),
    ("full, first result in Russian", f"import npextract; npextract.extract({_RU!r})"),
    ("full, both languages", f"import npextract; npextract.extract({_EN!r} + chr(10) * 2 + {_RU!r})"),
)


def run(code: str) -> tuple[float, float]:
    """Wall time in seconds and peak memory in MB of a fresh interpreter that runs `code`."""
    start = time.perf_counter()
    result = subprocess.run([sys.executable, "-c", code + _MEMORY], check=True, capture_output=True, text=True)
    return time.perf_counter() - start, float(result.stdout)


def run_command(text: str) -> float:
    """Wall time of the command line's first result."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "npextract", "extract", "-", "--profile", "rules", "--format", "jsonl"]
    subprocess.run(command, input=text.encode(), check=True, capture_output=True)
    return time.perf_counter() - start


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__.split("\n")[0])
    parser.add_argument("--turns", type=int, default=5)
    arguments = parser.parse_args(argv)
    table = Table("", "seconds", "peak MB", title="fresh processes (medians)", title_justify="left")
    for name, code in MEASURES:
        runs = [run(code) for _ in range(arguments.turns)]
        table.add_row(
            name, f"{statistics.median(t for t, _ in runs):.2f}", f"{statistics.median(m for _, m in runs):.0f}"
        )
    seconds = statistics.median(run_command(_EN) for _ in range(arguments.turns))
    table.add_row("npextract extract --profile rules", f"{seconds:.2f}", "")
    Console().print(table)
    return 0


if __name__ == "__main__":
    assert resource  # the measured processes use it; where it is missing (Windows) say so at once
    sys.exit(main())
