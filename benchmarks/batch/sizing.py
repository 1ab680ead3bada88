"""How large a cluster must be: what one core reads in an hour, and what memory it takes."""

from __future__ import annotations

from rich.table import Table

from benchmarks.batch.memory import sample
from benchmarks.batch.run import batch_command, rows
from benchmarks.batch.settings import Settings
from benchmarks.corpora.make import make_corpus

_FILES = 200
_HOUR = 3600


def measure_sizing(settings: Settings) -> bool:
    """One worker over files of all formats, in both profiles. There is no demand to be met."""
    folder = settings.scratch / "files"
    make_corpus(folder, settings.texts, min(settings.files, _FILES), broken=0, seed=settings.seed)
    table = Table(
        "profile", "documents a core-hour", "million characters a core-hour", "worker, MB", "driver, MB",
        title="one worker, files of all formats",
    )  # fmt: skip
    for profile in ("rules", "full"):
        out = settings.scratch / profile
        samples = sample(batch_command(folder, out, workers=1, profile=profile))
        documents = rows(out, "documents", "characters")
        hours = samples[-1][0] / _HOUR
        characters = sum(int(str(count)) for (count,) in documents)
        worker = max(max(workers, default=0) for _, _, workers in samples)
        driver = max(main for _, main, _ in samples)
        table.add_row(
            profile,
            f"{len(documents) / hours:,.0f}",
            f"{characters / 1e6 / hours:,.0f}",
            f"{worker:.0f}",
            f"{driver:.0f}",
        )
    settings.console.print(table, "one worker, which takes one core")
    return True
