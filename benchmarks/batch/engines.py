"""The results do not depend on how many workers there are, nor on the engine."""

from __future__ import annotations

from importlib.util import find_spec

from rich.table import Table

from benchmarks.batch.run import digest, run_batch
from benchmarks.batch.settings import Settings
from benchmarks.corpora.make import make_corpus


def measure_engines(settings: Settings) -> bool:
    """One worker, two, three, and Ray if it is installed: the same export."""
    folder = settings.scratch / "files"
    make_corpus(folder, settings.texts, settings.files, seed=settings.seed)
    contenders = [("local", 1), ("local", 2), ("local", 3)] + ([("ray", 2)] if find_spec("ray") else [])
    table = Table("engine", "workers", "seconds", "sha256 of the export")
    found = set()
    for engine, workers in contenders:
        out = settings.scratch / f"{engine}-{workers}"
        seconds = run_batch(folder, out, workers=workers, engine=engine, profile=settings.profile)
        found.add(value := digest(out))
        table.add_row(engine, str(workers), f"{seconds:.1f}", value[:16])
    settings.show(f"{settings.files} files", table, "" if find_spec("ray") else "Ray is not installed")
    return len(found) == 1
