"""How much faster two workers are than one, and how long many small documents take."""

from __future__ import annotations

import statistics
from typing import Final

from rich.table import Table

from benchmarks.batch.run import run_batch
from benchmarks.batch.settings import Settings
from benchmarks.corpora.make import make_corpus
from benchmarks.corpora.uniform import make_uniform

LEAST_RATIO: Final = 1.7
MOST_SECONDS: Final = 20.0
_DOCUMENTS: Final = 1000
_DOCUMENT_SIZE: Final = 10_000


def measure_workers(settings: Settings) -> bool:
    """One worker and two on files of all formats, in turns; readers, writing and starting are included."""
    folder = settings.scratch / "files"
    make_corpus(folder, settings.texts, settings.files, seed=settings.seed)
    table = Table("turn", "1 worker, s", "2 workers, s", "ratio")
    ratios = []
    for turn in range(settings.turns):
        seconds = {}
        for workers in (1, 2) if turn % 2 == 0 else (2, 1):
            out = settings.scratch / f"out-{turn}-{workers}"
            seconds[workers] = run_batch(folder, out, workers=workers, profile=settings.profile)
        ratios.append(seconds[1] / seconds[2])
        table.add_row(str(turn + 1), f"{seconds[1]:.2f}", f"{seconds[2]:.2f}", f"{ratios[-1]:.2f}")
    median = statistics.median(ratios)
    table.add_row("median", "", "", f"{median:.2f}")
    settings.show(f"{settings.files} files of all formats", table, f"at least {LEAST_RATIO}")
    return median >= LEAST_RATIO


def measure_cold(settings: Settings) -> bool:
    """A thousand documents of 10 kB from a cold start, with two workers in profile rules."""
    folder = settings.scratch / "thousand"
    size = make_uniform(folder, settings.texts, _DOCUMENTS, _DOCUMENT_SIZE, seed=settings.seed)
    seconds = [run_batch(folder, settings.scratch / f"out-{turn}", workers=2) for turn in range(settings.turns)]
    median = statistics.median(seconds)
    table = Table("", "seconds", "MB/s")
    for name, value in (("fastest", min(seconds)), ("median", median), ("slowest", max(seconds))):
        table.add_row(name, f"{value:.2f}", f"{size / value / 1e6:.2f}")
    settings.show(
        f"{_DOCUMENTS} documents of {_DOCUMENT_SIZE} bytes, profile rules", table, f"less than {MOST_SECONDS} s"
    )
    return median < MOST_SECONDS
