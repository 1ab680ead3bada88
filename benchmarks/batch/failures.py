"""Every broken file is among the failures, with its true reason, and every other one among the documents."""

from __future__ import annotations

from rich.table import Table

from benchmarks.batch.run import rows, run_batch
from benchmarks.batch.settings import Settings
from benchmarks.corpora.broken import PARTLY, PLACED, WHOLE
from benchmarks.corpora.make import make_corpus


def measure_failures(settings: Settings) -> bool:
    """A corpus with every way of being broken."""
    folder, out = settings.scratch / "files", settings.scratch / "out"
    ways = len(WHOLE) + len(PARTLY) + len(PLACED)
    files = max(settings.files, ways)
    share = max(0.05, ways / files)
    all_made = make_corpus(folder, settings.texts, files, broken=share, seed=settings.seed)
    seconds = run_batch(folder, out, profile=settings.profile)
    parts = [(made, part) for made in all_made for part in made.parts]
    wanted = {(made.path, part.id, part.code) for made, part in parts if part.code}
    good = {(made.path, part.id) for made, part in parts if not part.code}
    failed = set(rows(out, "failures", "file", "id", "code"))
    read = set(rows(out, "documents", "file", "id"))
    kinds = {made.path: made.kind for made in all_made}
    table = Table("", "kind", "file, input, code")
    wrong = [("not failed so", row) for row in sorted(wanted - failed)] + [
        ("failed so", row) for row in sorted(failed - wanted, key=str)
    ]
    wrong += [("not read", row) for row in sorted(good - read)]
    wrong += [("read", row) for row in sorted(read - good, key=str)]
    for what, row in wrong:
        table.add_row(what, kinds.get(str(row[0]), "?"), ", ".join(map(str, row)))
    settings.show(
        f"{files} files, {len(wanted)} failures, {seconds:.1f} s",
        table,
        "all as it must be" if not wrong else f"{len(wrong)} are not as they must be",
    )
    return not wrong
