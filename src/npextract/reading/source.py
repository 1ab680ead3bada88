"""What a reader gives: a document's text, with a map back to where it stands in the source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Boxes = npt.NDArray[np.float32]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the page's upper left corner."""

_SAME_LINE: Final = 0.5
"""The share of the lower of two boxes that must overlap for both to stand on one line."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source says of itself, or what stands at its head. None for what is not known."""

    title: str | None = None
    date: str | None = None
    """The document's own date: "1995-06-01", or a month or a year."""
    lang: str | None = None
    """A code such as "en" or "ru"."""
    symbol: str | None = None
    """The official symbol: "S/RES/1540(2004)", "NPT/CONF.2010/50"."""


UNKNOWN: Final = Metadata()
"""Nothing is known."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceText:
    """A document's text as a reader gives it. Offsets are code points into `text`."""

    text: str
    format: str = "text"
    """A key of `npextract.reading.formats.FORMATS`."""
    metadata: Metadata = UNKNOWN
    """What the file itself declares (document properties, headers); the head of the text may know better."""
    pages: tuple[tuple[int, int], ...] = ()
    """(offset, page) where the text moves to another page, by offset; pages from 1. Footnotes that are kept behind the
    text lead back to their pages. Empty for sources without pages."""
    boxes: Boxes | None = field(default=None, repr=False)
    """For PDF: a row of left, top, right, bottom for each character of `text`, NaN for those that are not drawn."""
    warnings: tuple[str, ...] = ()
    """What could not be read or was left out, each "code: details"."""

    def page_of(self, offset: int) -> int | None:
        """The page on which the character at an offset stands, from 1; None for sources without pages."""
        at = bisect_right(self.pages, offset, key=lambda run: run[0]) - 1
        return self.pages[at][1] if at >= 0 else None

    def boxes_of(self, start: int, end: int) -> list[Box]:
        """Where the characters `start` … `end` stand on their page: one box a line, to a tenth of a point."""
        if self.boxes is None:
            return []
        lines: list[list[float]] = []
        page: int | None = None
        for offset, row in enumerate(self.boxes[start:end].tolist(), start):
            left, top, right, bottom = row
            if left != left:  # NaN: not drawn
                continue
            if lines and page == self.page_of(offset) and _same_line(lines[-1], row):
                line = lines[-1]
                line[:] = min(line[0], left), min(line[1], top), max(line[2], right), max(line[3], bottom)
            elif page is None or page == self.page_of(offset):  # what runs on to the next page ends here
                lines.append(row)
                page = self.page_of(offset)
        return [(round(a, 1), round(b, 1), round(c, 1), round(d, 1)) for a, b, c, d in lines]


def _same_line(line: list[float], box: list[float]) -> bool:
    """Whether a character's box continues a line: it overlaps in height, and does not jump back to the left."""
    overlap = min(line[3], box[3]) - max(line[1], box[1])
    return overlap > _SAME_LINE * min(line[3] - line[1], box[3] - box[1]) and box[0] >= line[0]
