"""Lines: pieces that stand on one baseline, joined from left to right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Final

from npextract.reading.pdf.characters import PageText
from npextract.reading.pdf.lists import is_list_mark
from npextract.reading.pdf.pieces import Piece, area_of, word_gaps

MADE: Final = -1
"""The index of a character that the reader made: a space, a line break."""

_SAME_BASELINE: Final = 0.3
"""In heights of the letters."""
_SMALL: Final = 0.87
"""A piece that is lower than this share of the others may be a mark in their line."""
_LONGEST_SMALL: Final = 8
_OVERLAP: Final = 0.4
"""The share of a small piece's height that must lie within the line it belongs to."""
_NEXT_TO: Final = 0.6
"""In heights of the line: how far from its neighbour a small piece may stand."""
_SPACE: Final = 0.12
"""In heights: pieces that stand further apart are two words."""
_RAISED: Final = 0.12
"""In heights of the line: how far above the baseline a mark stands at least."""

_CELL: Final = 2.5
"""In heights: pieces that stand further apart do not belong to one sentence."""
BETWEEN_CELLS: Final = " | "
"""What divides the cells of a table's row, and what stands far apart in a line."""

_ALONE_IN_LINE: Final = 5.0
"""In heights: so far apart do not even two words stand that fill a line."""
_AT_MARGIN: Final = 0.5
"""In heights: lines that are filled end so near the margin."""
_FEWEST_FILLED: Final = 4
_STRETCHED: Final = 2.0
"""How many times as wide as another gap in its line a gap between cells is: where a line is filled, all are wide."""

_NOTE_MARK: Final = re.compile(r"(?:\d{1,3}|\*{1,3}|[†‡§]{1,3}|[a-z])(?:[,;–-](?:\d{1,3}|\*{1,3}|[a-z]))*[/.,;)]?")
_UNIT: Final = re.compile(r"(?<![^\W_])(?:[kcm]?m|[кс]?м|мм|s|с|10)$")
"""Behind these a raised digit is an exponent: "km²", "10⁶"."""
_SUPERSCRIPTS: Final = str.maketrans("0123456789+-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of text, or what of it stands in one column or cell."""

    page: PageText
    text: str
    indexes: list[int]
    """For each character of `text` its index in the page's text, or MADE."""
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    """The height of most of its letters' boxes."""
    mark: str = ""
    """The raised mark at its beginning, which leads a footnote; in `text` too, with a space behind it."""
    first_word: float = 0.0
    """The width of its first word, in points."""


def make_lines(pieces: list[Piece]) -> list[Line]:
    """The lines of an area, from top to bottom; pieces that share a baseline make a line."""
    if not pieces:
        return []
    groups = group_by_baseline(pieces)
    areas = [area_of(group) for group in groups]
    left, right = min(area.left for area in areas), max(area.right for area in areas)
    filled = [
        area.left < left + _AT_MARGIN * group[0].size and area.right > right - _AT_MARGIN * group[0].size
        for area, group in zip(areas, groups, strict=True)
    ]
    is_filled = len(groups) >= _FEWEST_FILLED and 2 * sum(filled) >= len(groups)
    lines = [join_pieces(group, is_filled=is_filled and full) for group, full in zip(groups, filled, strict=True)]
    return [line for line in lines if line is not None]


def group_by_baseline(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that share a baseline, from top to bottom; marks and exponents go with the line in which they stand."""
    if not pieces:
        return []
    usual = sorted(piece.size for piece in pieces)[len(pieces) // 2]
    small: list[Piece] = []
    large: list[Piece] = []
    for piece in pieces:
        is_small = piece.size < _SMALL * usual and piece.end - piece.start <= _LONGEST_SMALL
        (small if is_small else large).append(piece)
    groups = _cluster(large)
    alone = []
    for piece in small:
        group = _line_around(piece, groups)
        if group is None:
            alone.append(piece)
        else:
            group.append(piece)
    groups += _cluster(alone)
    return sorted(groups, key=lambda group: max(group, key=lambda piece: piece.size).baseline)


def _cluster(pieces: list[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if groups and abs(groups[-1][0].baseline - piece.baseline) <= _SAME_BASELINE * piece.size:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _line_around(piece: Piece, groups: list[list[Piece]]) -> list[Piece] | None:
    """The line in which a small piece stands: the one that it overlaps most, next to a word of it."""
    best, most = None, _OVERLAP * (piece.bottom - piece.top)
    for group in groups:
        for other in group:
            overlap = min(other.bottom, piece.bottom) - max(other.top, piece.top)
            reach = _NEXT_TO * other.size
            if overlap > most and other.left - reach <= piece.right and piece.left <= other.right + reach:
                best, most = group, overlap
    return best


def join_pieces(pieces: list[Piece], *, is_filled: bool = False) -> Line | None:
    """A line of pieces. Raised marks of footnotes are left out, but for one at its beginning. None where nothing is.

    `is_filled` says that its words are spread over the width of a column.
    """
    pieces = sorted(pieces, key=lambda piece: piece.left)
    main = max(pieces, key=lambda piece: (piece.end - piece.start) * piece.size)
    area = area_of(pieces)
    parts: list[str] = []
    indexes: list[int] = []
    mark = ""
    edge = pieces[0].left
    apart = _widest_gap(pieces, main.size, is_filled)
    follows_mark = False
    for piece in pieces:
        text = piece.text
        raised = piece.size < _SMALL * main.size and piece.baseline < main.baseline - _RAISED * main.size
        spaced = piece.page.spaced
        space = bool(indexes) and (
            follows_mark or piece.left - edge > _SPACE * main.size or (not raised and bool(spaced[piece.start]))
        )
        is_apart = piece.left - edge > apart and not is_list_mark("".join(parts))
        edge = max(edge, piece.right)
        follows_mark = False
        if raised and _NOTE_MARK.fullmatch(text):
            if not indexes:
                mark, follows_mark = text, True
            elif not _UNIT.search("".join(parts[-8:])) or not text.isdigit():
                continue
            else:
                text = text.translate(_SUPERSCRIPTS)
        if space:
            made = BETWEEN_CELLS if is_apart else " "
            parts += made
            indexes += [MADE] * len(made)
        for offset, index in enumerate(range(piece.start, piece.end)):
            if offset and spaced[index]:
                parts.append(" ")
                indexes.append(MADE)
            parts.append(text[offset])
            indexes.append(index)
    if not indexes:
        return None
    text = "".join(parts)
    frame = main.page.frame
    word_end = text.find(" ")
    last = indexes[word_end - 1] if word_end > 0 else indexes[-1]
    first_word = float(frame[last, 2]) - area.left
    sides = (area.left, main.top, area.right, main.bottom)
    return Line(main.page, text, indexes, *sides, main.baseline, main.size, mark, first_word)


def _widest_gap(pieces: list[Piece], size: float, is_filled: bool) -> float:
    """In points: the widest gap that may stand between the words of a line that is filled to the margin."""
    if all(b.left - a.right <= _CELL * size for a, b in pairwise(pieces)):
        return inf
    gaps = word_gaps(pieces)
    if len(gaps) == 1:
        return inf if is_filled else _ALONE_IN_LINE * size
    return max(_CELL * size, _STRETCHED * min(gaps))
