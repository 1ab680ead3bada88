"""The way back from a view's offsets to its source's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Offsets of a view mapped to offsets of its source; both count code points.

    The view is a row of segments; within one, view and source run in step. `view[i]` is where segment `i`
    begins in the view, `source[i]` where it begins in the source; both grow strictly.
    """

    view: Sequence[int]
    source: Sequence[int]

    def to_source(self, offset: int) -> int:
        """The source offset of the character at `offset` of the view."""
        i = bisect_right(self.view, offset) - 1
        found = self.source[i] + offset - self.view[i]
        # One source character may stand as several in the view ("ﬁ"): they all lead back to it.
        return found if i + 1 == len(self.source) else min(found, self.source[i + 1] - 1)

    def span_to_source(self, start: int, end: int) -> tuple[int, int]:
        """The smallest source span that holds the view's characters `start` … `end` (end exclusive)."""
        return self.to_source(start), self.to_source(end - 1) + 1

    def to_view(self, offset: int) -> int:
        """The view's offset of the first character that stands at or behind `offset` of the source."""
        i = bisect_right(self.source, offset) - 1
        found = self.view[i] + offset - self.source[i]
        return found if i + 1 == len(self.view) else min(found, self.view[i + 1])


IDENTITY = OffsetMap((0,), (0,))
"""The map of a view that is its source."""
