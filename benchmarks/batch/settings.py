"""What is measured on, and how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.corpora.texts import Text


@dataclass(frozen=True, slots=True)
class Settings:
    """The sizes of a run of the measurements."""

    scratch: Path
    """An empty folder for corpora and results."""
    texts: Sequence[Text]
    files: int
    """Of the corpus of all formats."""
    turns: int
    """How often each contender runs."""
    kills: int
    many: int
    """Documents of the measurement of memory."""
    profile: str
    seed: int
    console: Console

    def show(self, title: str, table: Table, said: str) -> None:
        """Print a measurement: what was measured, the table, and a line below it."""
        self.console.print(title, table, said, markup=False)
