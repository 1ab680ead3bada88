"""From lines to paragraphs, over columns and pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median
from typing import Final

from npextract.reading.pdf.hyphens import ends_in_hyphen
from npextract.reading.pdf.lines import Line
from npextract.reading.pdf.lists import starts_item, starts_with_dash

_GAP: Final = 1.3
"""In usual distances of lines: paragraphs are so far apart."""
_INDENT: Final = 0.7
"""In heights of the letters."""
_OTHER_SIZE: Final = 0.09
"""The share by which a heading's letters differ from the text's."""
_SPACE: Final = 0.25
"""In heights: the space before a word that might have stood on the line before."""
_SLACK: Final = 0.3
"""In heights: by how much such a word must have fitted."""
_WRAPPED: Final = 0.5
"""The share of its column that a centred line fills, when the next belongs to it."""
_NEAR: Final = 0.3
"""The rank of the usual distance among the distances of lines: paragraphs stand further apart."""
_USUAL_STEP: Final = 1.2
"""In heights: the distance of lines where nothing else is known."""

_STRETCH: Final = 2.0
"""In usual distances of lines: what is further apart may have another margin."""
_FEWEST_FILLED: Final = 4
_FILLED: Final = 0.6
"""The share of lines that end at the margin where lines are filled."""

_FINAL: Final = re.compile(r"[.:;!?…][\"»”’')\]*]{0,3}$")
_UNFINISHED: Final = re.compile(
    r"(?<![\w.])(?:a|an|the|of|on|in|at|to|by|for|from|with|its|"
    r"в|во|на|о|об|по|с|со|к|от|для|из|до|при|за|между|под)$",
    re.IGNORECASE,
)
"""Words with which no heading or sentence ends."""
_LEADERS: Final = re.compile(r"(?:\. ?){4,}|…{2,}")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; a row of a table has its cells apart."""

    cells: list[list[Line]]
    margin: float = inf
    """The right margin at its end."""
    first_left: float = 0.0
    rest_left: float | None = None

    @property
    def lines(self) -> list[Line]:
        """The lines of the only or last cell."""
        return self.cells[-1]


def usual_step(columns: list[list[Line]]) -> float:
    """The distance of lines within paragraphs, in heights of their letters."""
    steps = sorted(
        (b.baseline - a.baseline) / b.size
        for lines in columns
        for a, b in pairwise(lines)
        if b.size > 0 and abs(a.size - b.size) <= _OTHER_SIZE * b.size and 0.5 < (b.baseline - a.baseline) / b.size < 4
    )
    return steps[int(_NEAR * len(steps))] if steps else _USUAL_STEP


def make_paragraphs(lines: list[Line], step: float) -> list[Paragraph]:
    """The paragraphs of a column."""
    if not lines:
        return []
    left = min(line.left for line in lines)
    steps = [b.baseline - a.baseline for a, b in pairwise(lines)]
    own = median(steps) / median(line.size for line in lines) if len(steps) > 4 else step
    step = min(step, own) if own > 0.5 else step
    found: list[Paragraph] = []
    rights = _margins(lines, step)
    for line, right, following in zip(lines, rights, [*lines[1:], None], strict=True):
        if found and not (_is_first(found[-1], line, following, left) or _begins(found[-1], line, left, right, step)):
            paragraph = found[-1]
            paragraph.rest_left = line.left
            paragraph.lines.append(line)
        else:
            found.append(Paragraph([[line]], first_left=line.left))
    found[-1].margin = rights[-1] if len(lines) > 1 else inf
    return found


def _margins(lines: list[Line], step: float) -> list[float]:
    """The right margin at each line: the column's, or that of a stretch of lines which are filled to another."""
    whole = max(line.right for line in lines)
    margins: list[float] = []
    start = 0
    for end in range(1, len(lines) + 1):
        gap = end == len(lines) or lines[end].baseline - lines[end - 1].baseline > _STRETCH * step * lines[end].size
        if gap:
            own = max(line.right for line in lines[start:end])
            filled = sum(line.right > own - 0.5 * line.size for line in lines[start:end])
            is_filled = end - start >= _FEWEST_FILLED and filled >= _FILLED * (end - start)
            margins += [own if is_filled else whole] * (end - start)
            start = end
    return margins


def _is_first(paragraph: Paragraph, line: Line, following: Line | None, left: float) -> bool:
    """Whether a line is indented as the line of a paragraph before it, and the line behind it is not."""
    indent = _INDENT * line.size
    is_alike = paragraph.rest_left is None and abs(line.left - paragraph.first_left) < indent
    return is_alike and line.left > left + indent and following is not None and following.left < left + indent / 2


def _begins(paragraph: Paragraph, line: Line, left: float, right: float, step: float) -> bool:
    """Whether a line begins a paragraph of its own behind another."""
    before = paragraph.lines[-1]
    size = line.size
    if abs(size - before.size) > _OTHER_SIZE * max(size, before.size):
        return True
    if line.baseline - before.baseline > _GAP * step * size or _LEADERS.search(before.text):
        return True
    if ends_in_hyphen(before.text) or _UNFINISHED.search(before.text):
        return False
    is_final = _FINAL.search(before.text) is not None
    if starts_item(line.text) and (is_final or before.text[-1:] == ",") and not starts_with_dash(line.text):
        return True
    if starts_with_dash(line.text) and is_final:
        return True
    if _is_centred(before, left, right) and _is_centred(line, left, right):
        return before.right - before.left < _WRAPPED * (right - left) or is_final
    indent = _INDENT * size
    if paragraph.rest_left is not None:
        if abs(line.left - paragraph.rest_left) > indent:
            return True
    elif line.left > paragraph.first_left + indent and not starts_item(before.text):
        return True
    is_aligned = paragraph.rest_left is None and line.left > left + indent and abs(line.left - before.left) < indent
    return _is_short(before, line, right) and (is_final or is_aligned or not line.text[:1].islower())


def _is_short(before: Line, line: Line, right: float) -> bool:
    """Whether a line ends so early that the next one's first word would have fitted."""
    return before.right + _SPACE * line.size + line.first_word < right - _SLACK * line.size


def _is_centred(line: Line, left: float, right: float) -> bool:
    """Whether a line stands in the middle, away from both margins."""
    before, behind = line.left - left, right - line.right
    return before > 2 * line.size and abs(before - behind) <= 1.5 * line.size


def join_columns(paragraphs: list[Paragraph], more: list[Paragraph]) -> None:
    """Add a column's paragraphs to those before; one that evidently goes on is joined."""
    if paragraphs and more and _goes_on(paragraphs[-1], more[0]):
        last = paragraphs[-1]
        last.lines.extend(more[0].lines)
        last.margin = more[0].margin
        more = more[1:]
    paragraphs.extend(more)


def _goes_on(paragraph: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph that ends a column or page goes on in the next."""
    if len(paragraph.cells) > 1 or len(following.cells) > 1:
        return False
    before, line = paragraph.lines[-1], following.lines[0]
    if abs(before.size - line.size) > _OTHER_SIZE * line.size or starts_item(line.text):
        return False
    is_final = _FINAL.search(before.text) is not None
    is_indented = following.rest_left is not None and line.left > following.rest_left + _INDENT * line.size
    if line.text[:1].islower():
        return not is_final or not (is_indented or _is_short(before, line, paragraph.margin))
    return not is_final and not is_indented and not _is_short(before, line, paragraph.margin)
