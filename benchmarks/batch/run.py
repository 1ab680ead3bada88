"""The batch as a user runs it: commands in processes of their own, and what they leave behind."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ENVIRONMENT: Final = {**os.environ, "NPEXTRACT_OCR": "off"}
"""Scans are not read: it takes long, and depends on what is installed."""
SOME_FAILED: Final = 1
"""The exit code of a batch that has read all that can be read."""
_SHOWN: Final = 2000


class CommandError(Exception):
    """A command that should have worked did not."""


def batch_command(
    folder: Path, out: Path, *, workers: int = 2, profile: str = "rules", engine: str = "local", resume: bool = False
) -> list[str]:
    """The command line of a batch."""
    command = [sys.executable, "-m", "npextract", "batch", str(folder), "-o", str(out)]
    command += ["--workers", str(workers), "--profile", profile, "--engine", engine]
    return [*command, "--resume"] if resume else command


def run(command: list[str], *, codes: tuple[int, ...] = (0,)) -> float:
    """Run a command; gives its wall time in seconds. Raises CommandError for other exit codes."""
    start = time.perf_counter()
    result = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, errors="replace", check=False)
    seconds = time.perf_counter() - start
    if result.returncode not in codes:
        said = result.stderr[-_SHOWN:]
        raise CommandError(f"{' '.join(command[1:])}: exit code {result.returncode}\n{said}")
    return seconds


def run_batch(folder: Path, out: Path, **options: object) -> float:
    """Run a batch; gives its wall time in seconds."""
    return run(batch_command(folder, out, **options), codes=(0, SOME_FAILED))  # type: ignore[arg-type]


def digest(out: Path) -> str:
    """The SHA-256 of the lines of a corpus' export, sorted."""
    export = out.with_name(out.name + ".jsonl")
    run([sys.executable, "-m", "npextract", "export", str(out), "--format", "jsonl", "-o", str(export)])
    lines = sorted(export.read_bytes().split(b"\n"))
    export.unlink()
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def rows(out: Path, table: str, *columns: str) -> list[tuple[object, ...]]:
    """Columns of a table of a corpus that was written in one run."""
    import duckdb

    files = (out / table / "*.parquet").as_posix().replace("'", "''")
    query = f"SELECT {', '.join(columns)} FROM '{files}' ORDER BY ALL"
    return duckdb.connect().execute(query).fetchall()
