"""Running heads, running feet and page numbers: what stands at pages' edges and is not the text's own.

A row at the edge of a page is furniture where all it has repeats on other pages at the same height, counts with the
pages, or has one of the forms that the United Nations give to such rows. The search stops at the first other row.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from npextract.reading.pdf.lines import Line, join_pieces
from npextract.reading.pdf.pieces import Piece

_EDGE: Final = 0.2
"""The share of a page's height, at its top and at its foot, in which furniture stands."""
_MOST_ROWS: Final = 6
_SAME_HEIGHT: Final = 3.0
"""In points: how much rows may differ from page to page."""
_CELL: Final = 1.5
"""In heights of the letters: what stands further apart in a row is judged on its own."""
_ALONE: Final = 1.6
"""In heights of the letters: a number so far from the next line is a page's number."""
_NEAR: Final = 20
"""How many pages before and behind one are compared with it."""
_MOST_COMPARED: Final = 200
_APART: Final = 1.25
"""In usual distances of lines: furniture is further from the text."""
_SAME_ROW: Final = 0.4
"""In heights of the letters."""

_NUMBER: Final = re.compile(r"\d+")
_SPACE: Final = re.compile(r"\s+")
_BARE_NUMBER: Final = re.compile(r"[-–—\s]*(?:\d{1,4}|[ivxlc]{1,7})[-–—\s]*")
_PAGE_NUMBER: Final = re.compile(
    r"\d{1,4}\s*/\s*\d{1,4}|(?:page|p\.|страница|стр\.|с\.)\s*\d{1,4}(?:\s*(?:of|из|/)\s*\d{1,4})?|/\.{3}|/…",
    re.IGNORECASE,
)
_SYMBOL: Final = re.compile(r"[A-Z]{1,6}(?:/[A-Z0-9][A-Za-z0-9.]*){1,6}(?:\s*\(\d{4}\))?\*?")
_HEADING: Final = re.compile(
    r"(?:article|chapter|annex|appendix|section|part|table|figure|rule|item|paragraph|resolution|decision|"
    r"статья|глава|приложение|раздел|часть|таблица|рисунок|правило|пункт|резолюция|решение)\s*№?\s*\d+\W*",
    re.IGNORECASE,
)
"""Headings of the text, whose numbers may count with the pages."""
_JOB_NUMBER: Final = re.compile(r"\*?\d{2}-?\d{5}\*?(?:\s*\(?[ACEFRSАСЕФР]\)?)?(?:\s*\d{6})*\s*\*?\d{0,7}\*?")
_DATES: Final = re.compile(r"\d{6}(?:\s+\d{6})*")
_RECYCLE: Final = re.compile(r"(?:please recycle|просьба отправить на вторичную переработку)\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """What stands together in a row at an edge."""

    line: Line
    page: int
    is_top: bool
    key: str
    """The text without spaces, with # for each number."""
    numbers: tuple[int, ...]


@dataclass(slots=True)
class Furniture:
    """What is kept apart from the text."""

    pieces: set[int] = field(default_factory=set)
    """The identities of its pieces."""
    heads: list[Line] = field(default_factory=list)
    """Each distinct head or foot once, as its first page has it; page numbers left out."""


def find_furniture(pages: list[tuple[float, list[Piece]]]) -> Furniture:
    """The furniture of a document, of whose pages the heights and pieces are given."""
    edges = [[(is_top, [*_rows(pieces, height, is_top)]) for is_top in (True, False)] for height, pieces in pages]
    cells = {
        id(row): [*_cells(row, number, is_top)]
        for number, page in enumerate(edges)
        for is_top, rows in page
        for row in rows
    }
    places: dict[tuple[bool, str], list[_Cell]] = defaultdict(list)
    for row_cells in cells.values():
        for cell in row_cells:
            places[cell.is_top, cell.key].append(cell)
    found = Furniture()
    seen: set[str] = set()
    for page, (_, pieces) in zip(edges, pages, strict=True):
        step = _usual_step(pieces)
        for _, rows in page:
            judged = []
            for at, row in enumerate(rows[:_MOST_ROWS]):
                judged.append(
                    [_judge(cell, rows, at, places[cell.is_top, cell.key], len(pages)) for cell in cells[id(row)]]
                )
                if not judged[-1] or None in judged[-1]:
                    judged.pop()
                    break
            for at in range(_standing_apart(rows, len(judged), step)):
                found.pieces.update(id(piece) for piece in rows[at])
                for cell, verdict in zip(cells[id(rows[at])], judged[at], strict=True):
                    if verdict and verdict not in seen:
                        seen.add(verdict)
                        found.heads.append(cell.line)
    return found


def _usual_step(pieces: list[Piece]) -> float:
    """The usual distance of a page's lines, in points; 0 where there are next to none."""
    steps = [
        b.baseline - a.baseline for a, b in pairwise(pieces) if 0.8 * b.size < b.baseline - a.baseline < 3 * b.size
    ]
    return median(steps) if len(steps) > 2 else 0.0


def _standing_apart(rows: list[list[Piece]], count: int, step: float) -> int:
    """How many of the outermost rows stand apart from the row behind them; lines that repeat in the text do not."""
    while count and count < len(rows):
        inner, outer = rows[count][0], rows[count - 1][0]
        if abs(inner.baseline - outer.baseline) > _APART * (step or 1.2 * inner.size):
            break
        count -= 1
    return count


def _rows(pieces: list[Piece], height: float, is_top: bool) -> Iterator[list[Piece]]:
    """The rows at an edge, beginning with the outermost."""
    at_edge = [p for p in pieces if (p.bottom < _EDGE * height if is_top else p.top > (1 - _EDGE) * height)]
    at_edge.sort(key=lambda piece: piece.baseline if is_top else -piece.baseline)
    row: list[Piece] = []
    count = 0
    for piece in at_edge:
        if row and abs(piece.baseline - row[0].baseline) > _SAME_ROW * max(piece.size, row[0].size):
            yield row
            row = []
            count += 1
            if count > _MOST_ROWS:
                return
        row.append(piece)
    if row:
        yield row


def _cells(row: list[Piece], page: int, is_top: bool) -> Iterator[_Cell]:
    group: list[Piece] = []
    for piece in [*sorted(row, key=lambda piece: piece.left), None]:
        if group and (piece is None or piece.left - max(p.right for p in group[-3:]) > _CELL * piece.size):
            line = join_pieces(group)
            if line is not None:
                key = _NUMBER.sub("#", _SPACE.sub("", line.text)).lower()
                yield _Cell(line, page, is_top, key, tuple(int(n[:9]) for n in _NUMBER.findall(line.text)))
            group = []
        if piece is not None:
            group.append(piece)


def _judge(cell: _Cell, rows: list[list[Piece]], at: int, others: list[_Cell], pages: int) -> str | None:
    """None for the text's own words; else what the furniture is to be known by, "" for mere page numbers."""
    text = cell.line.text.strip()
    level = [*_at_same_height(cell, others)]
    if _PAGE_NUMBER.fullmatch(text):
        return ""
    if _BARE_NUMBER.fullmatch(text):
        return "" if _counts(cell, level) or _stands_alone(rows, at) else None
    if cell.page > 0 and cell.is_top and _SYMBOL.fullmatch(text):
        return text
    if not cell.is_top and any(form.fullmatch(text) for form in (_JOB_NUMBER, _DATES, _RECYCLE)):
        return text
    same = sum(other.line.text == cell.line.text for other in level)
    if same >= (2 if cell.page == 0 and pages > 2 else 1) and any(c.isalpha() for c in text):
        return text
    counts = cell.numbers and len(level) >= min(2, pages - 1) and _counts(cell, level)
    if counts and not _HEADING.fullmatch(text):
        return cell.key
    return None


def _at_same_height(cell: _Cell, others: list[_Cell]) -> Iterator[_Cell]:
    """The cells of other pages near by that stand where this one stands."""
    start = bisect_left(others, cell.page - _NEAR, key=lambda other: other.page)
    end = bisect_right(others, cell.page + _NEAR, key=lambda other: other.page)
    for other in others[start : min(end, start + _MOST_COMPARED)]:
        if other.page != cell.page and abs(other.line.baseline - cell.line.baseline) <= _SAME_HEIGHT:
            yield other


def _counts(cell: _Cell, others: list[_Cell]) -> bool:
    """Whether a number of the cell grows as the pages do, from here to another page."""
    return any(
        other.numbers[at] - number == other.page - cell.page
        for other in others
        if len(other.numbers) == len(cell.numbers)
        for at, number in enumerate(cell.numbers)
    )


def _stands_alone(rows: list[list[Piece]], at: int) -> bool:
    """Whether a row is the outermost, and stands apart from the next."""
    if at > 0:
        return True  # those further out are furniture
    if len(rows) == 1:
        return True
    return abs(rows[1][0].baseline - rows[0][0].baseline) > _ALONE * max(rows[0][0].size, rows[1][0].size)
