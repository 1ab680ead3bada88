"""The head of a text, cut into what stands alone: lines, cells of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from npextract.reading.characters import normalise
from npextract.reading.source import SourceText

LONGEST: Final = 3_000
"""How many characters of a text are its head."""
_TAIL: Final = 600
_MOST_LINES: Final = 60
_LAST_LINES: Final = 6
PROSE: Final = 200
"""A line of more characters is running text."""
_LINE_ENDS: Final = re.compile(r"[\n\r\f\u2028\u2029]+")
_CELL_ENDS: Final = re.compile(r"\t+| \| | {4,}")
_PARAGRAPH_ENDS: Final = re.compile(r"(?:\r?\n[ \t\u00a0]*){2,}|\f|\u2029")
_EDGES: Final = " \u00a0\t\n\r*_|#>\ufeff"
_WITH_RUNNING_HEADS: Final = frozenset({"docx", "odt", "rtf", "pdf"})

Rows = tuple[tuple[str, ...], ...]
"""Lines, each as its cells; most have but one."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a text. All but the paragraphs are normalised, with plain spaces, dashes and quotation marks."""

    text: str
    rows: Rows
    """Its lines without markup, in order."""
    last_rows: Rows
    """Lines at the end of the whole text."""
    paragraphs: tuple[str, ...]
    """As they are in the text."""
    has_running_heads: bool
    """Whether the last lines may be running heads."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The first lines and cells, in order."""
        return tuple(cell for row in self.rows for cell in row)[:_MOST_LINES]

    @property
    def last(self) -> tuple[str, ...]:
        """The last lines and cells of the whole text."""
        return tuple(cell for row in self.last_rows for cell in row)[-_LAST_LINES:]


def head_of(document: SourceText) -> Head:
    """The head of a document, in time that does not depend on its length."""
    whole = document.text
    raw = whole[:LONGEST]
    text = normalise(raw)
    rows = _rows(text)
    tail = normalise(whole[max(LONGEST, len(whole) - _TAIL) :])
    return Head(
        text,
        rows,
        _rows(tail) if len(whole) > LONGEST else rows,
        tuple(_cut(_PARAGRAPH_ENDS, raw)[:_MOST_LINES]),
        document.format in _WITH_RUNNING_HEADS,
    )


def _rows(text: str) -> Rows:
    return tuple(tuple(row) for line in _cut(_LINE_ENDS, text) if (row := _cut(_CELL_ENDS, line)))


def _cut(ends: re.Pattern[str], text: str) -> list[str]:
    return [line for part in ends.split(text) if (line := part.strip(_EDGES))]
