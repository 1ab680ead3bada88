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
_ENDS: Final = re.compile(r"[\n\r\f\t\u2028\u2029]+| \| | {4,}")
_PARAGRAPH_ENDS: Final = re.compile(r"(?:\r?\n[ \t\u00a0]*){2,}|\f|\u2029")
_EDGES: Final = " \u00a0\t\n\r*_|#>\ufeff"
_WITH_RUNNING_HEADS: Final = frozenset({"docx", "odt", "rtf", "pdf"})


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a text. All but the paragraphs are normalised, with plain spaces, dashes and quotation marks."""

    text: str
    lines: tuple[str, ...]
    """Lines and cells, without markup, in order."""
    last: tuple[str, ...]
    """The last lines of the whole text."""
    paragraphs: tuple[str, ...]
    """As they are in the text."""
    has_running_heads: bool
    """Whether the last lines may be running heads."""


def head_of(document: SourceText) -> Head:
    """The head of a document, in time that does not depend on its length."""
    whole = document.text
    raw = whole[:LONGEST]
    text = normalise(raw)
    tail = normalise(whole[max(LONGEST, len(whole) - _TAIL) :])
    return Head(
        text,
        tuple(_cut(_ENDS, text)[:_MOST_LINES]),
        tuple(_cut(_ENDS, tail)[-_LAST_LINES:] if len(whole) > LONGEST else _cut(_ENDS, text)[-_LAST_LINES:]),
        tuple(_cut(_PARAGRAPH_ENDS, raw)[:_MOST_LINES]),
        document.format in _WITH_RUNNING_HEADS,
    )


def _cut(ends: re.Pattern[str], text: str) -> list[str]:
    return [line for part in ends.split(text) if (line := part.strip(_EDGES))]
