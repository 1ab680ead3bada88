"""Memory over many documents: it must stay flat."""

from __future__ import annotations

import statistics
import subprocess
import time
from typing import Final

from rich.table import Table

from benchmarks.batch.run import ENVIRONMENT, SOME_FAILED, CommandError, batch_command
from benchmarks.batch.settings import Settings
from benchmarks.corpora.uniform import make_uniform

MOST_GROWTH: Final = 4.0
"""How much all processes together may grow over a thousand documents, in MB."""
_EVERY: Final = 0.25
_DOCUMENT_SIZE: Final = 1500
_MB: Final = 1e6


def measure_memory(settings: Settings) -> bool:
    """The resident memory of the main process and of the workers, and its slope in the second half."""
    folder = settings.scratch / "many"
    make_uniform(folder, settings.texts, settings.many, _DOCUMENT_SIZE, seed=settings.seed)
    samples = sample(batch_command(folder, settings.scratch / "out", profile=settings.profile))
    most = max(len(workers) for _, _, workers in samples)
    working = [sample for sample in samples if len(sample[2]) == most]
    half = working[len(working) // 2 :]
    seconds = half[-1][0] - half[0][0]
    documents = settings.many * seconds / samples[-1][0]
    table = Table("", "at half, MB", "at the end, MB", "MB per 1,000")
    times = [at for at, _, _ in half]
    for name, values in (
        ("main process", [main for _, main, _ in half]),
        ("workers", [sum(workers) for _, _, workers in half]),
        ("all", [main + sum(workers) for _, main, workers in half]),
    ):
        growth = statistics.linear_regression(times, values).slope * seconds / documents * 1000
        table.add_row(name, f"{values[0]:.0f}", f"{values[-1]:.0f}", f"{growth:.2f}")
    settings.show(f"{settings.many} documents", table, f"all: at most {MOST_GROWTH} MB per 1,000 documents")
    return growth <= MOST_GROWTH


def sample(command: list[str]) -> list[tuple[float, float, list[float]]]:
    """Run a command; time, memory of its process and of each of its children that works, in MB, all the while."""
    import psutil

    process = psutil.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    start = time.perf_counter()
    samples = []
    while process.poll() is None:
        try:
            workers = [child.memory_info().rss / _MB for child in process.children(recursive=True)]
            samples.append((time.perf_counter() - start, process.memory_info().rss / _MB, workers))
        except psutil.NoSuchProcess:
            continue
        time.sleep(_EVERY)
    if process.returncode not in (0, SOME_FAILED):
        raise CommandError(f"{' '.join(command[1:])}: exit code {process.returncode}")
    return samples
