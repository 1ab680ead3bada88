"""How time and memory grow with one document's length: `python -m benchmarks.linearity [--profile full]`."""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks import one_thread  # noqa: F401  # before anything that loads BLAS
from benchmarks.texts import own_texts
from npextract import Extractor

SIZES = (0.1, 0.3, 1.0, 3.0, 10.0)
"""In millions of bytes of UTF-8."""


def shapes() -> dict[str, str]:
    """Pieces that are repeated up to a size: ordinary text, and text made to be slow."""
    texts = own_texts()
    return {
        "English and Russian": "\n\n".join(texts["en"] + texts["ru"]) + "\n\n",
        "one paragraph": " ".join(" ".join((*texts["en"], *texts["ru"])).split()) + " ",
        "no spaces": "нераспространение",
        "digits and brackets": "1540 (2004), (71/258) 5(",
        "names without end": "Совет Безопасности ООН ",
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table: seconds by size, and the cost of a megabyte in the largest against the smallest."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linearity", description=__doc__.split("\n")[0])
    parser.add_argument("--profile", choices=("rules", "full"), default="rules")
    parser.add_argument("--largest", type=float, default=SIZES[-1], help="the largest size, in MB")
    arguments = parser.parse_args(argv)
    sizes = [size for size in SIZES if size <= arguments.largest]
    extractor = Extractor(arguments.profile)
    extractor.extract("Warm up. Разогрев.")
    table = Table(title=f"seconds by size of one document, profile {arguments.profile}", title_justify="left")
    for column in ("text", *(f"{size:g} MB" for size in sizes), "per MB, last / first"):
        table.add_column(column, justify="right" if column != "text" else "left")
    for name, piece in shapes().items():
        times = []
        for size in sizes:
            text = piece * (1 + int(size * 1e6 / len(piece.encode())))
            start = time.perf_counter()
            extractor.extract(text)
            times.append(time.perf_counter() - start)
        growth = (times[-1] / sizes[-1]) / (times[0] / sizes[0])
        table.add_row(name, *(f"{seconds:.2f}" for seconds in times), f"{growth:.2f}")
    console = Console()
    console.print(table)
    console.print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
