"""The order in which a page is read: full-width text, columns of prose, tables.

A gutter is a strip without text between lines that stand on both of its sides. Where the lines beside it are prose,
the left column is read before the right one, between what stands above and below; else they are a table's cells, and
are read row by row. The file's own order does not matter: lines may be drawn across both columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

import numpy as np

from npextract.reading.pdf.frames import Floats
from npextract.reading.pdf.lists import is_list_mark
from npextract.reading.pdf.pieces import Piece, area_of, word_gaps

_MOST_PIECES: Final = 6000
"""A page of more pieces is a map or an attack: it is read from top to bottom."""
_DEEPEST: Final = 12
_CANDIDATES: Final = 8
"""How many gutters are looked at, beginning with those that have most lines on both sides."""
_ALIGNED: Final = 3.0
"""In points: how far the beginnings of a column's lines lie apart at most, indents left aside."""
_GUTTER: Final = 0.7
"""In heights of the letters: the narrowest gutter."""
_BETWEEN_CELLS: Final = 2.0
"""In heights of the letters: the usual gap between a table's cells without rules; the words of a filled line may have
narrower gaps one under another."""
_MOST_LINES: Final = 0.8
"""The share of a column's lines that must leave the gutter free; the narrowest gutter is left free by all."""
_EVEN: Final = 0.15
"""In heights of the letters: the gaps of a line that is filled differ by no more."""
_BETWEEN_COLUMNS: Final = 1.0
"""In heights of the letters: the narrowest gutter between columns of prose."""
_FEWEST_LINES: Final = 3
"""On each side of a gutter that no page before had."""
_NARROWEST: Final = 13.0
"""In heights of the letters: the narrowest column of prose."""
_FILLED: Final = 0.6
"""The share of its column that prose's usual line fills."""
_REGULAR: Final = 0.6
"""The share of a column's lines that follow each other without a gap."""
_MOST_BETWEEN: Final = 0.8
"""The share of the pieces beside a gutter that must stand between the same rules, else the rules are a table's."""
_LOOSE: Final = 1.5
"""In usual distances of lines: what is further apart has a gap between."""
_APART: Final = 1.9
"""In usual distances of lines: what is so far from a column no longer belongs to it."""
_ROW_GAP: Final = 1.25
"""In the closest distances of lines: the lines of one cell are not so far apart."""


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces that are read together: lines of text, or, with `cells`, a table's rows of cells."""

    pieces: list[Piece]
    cells: list[list[list[Piece]]] | None = None


@dataclass(frozen=True, slots=True)
class _Gutter:
    """Where a gutter ends on the right, and the pieces above, on both sides, and below."""

    x: float
    above: list[Piece]
    left: list[Piece]
    right: list[Piece]
    below: list[Piece]


def order_blocks(pieces: list[Piece], rules: Floats, known: list[float]) -> list[Block]:
    """The blocks of a page in reading order. `known` holds where the pages before had gutters, and gets this one's."""
    return [*_blocks(pieces, rules, known, 0)]


def _blocks(pieces: list[Piece], rules: Floats, known: list[float], depth: int) -> Iterator[Block]:
    if not pieces:
        return
    gutters = _find_gutters(pieces, known) if depth < _DEEPEST and len(pieces) <= _MOST_PIECES else []
    for gutter in gutters:
        gutter = _between_rules(gutter, rules)
        if _is_prose(gutter, rules, known):
            known.append(gutter.x)
            gutter = _trim(gutter)
            for part in (gutter.above, gutter.left, gutter.right, gutter.below):
                yield from _blocks(part, rules, known, depth + 1)
            return
    for gutter in gutters:
        if _is_table(gutter, rules):
            table = gutter.left + gutter.right
            yield from _blocks(gutter.above, rules, known, depth + 1)
            yield Block(table, _cells(table, rules))
            yield from _blocks(gutter.below, rules, known, depth + 1)
            return
    yield Block(pieces)


def _find_gutters(pieces: list[Piece], known: list[float]) -> list[_Gutter]:
    """Possible gutters: left of where several lines begin, with text on both sides; those with most text first."""
    if len(pieces) < 2:
        return []
    size = median(piece.size for piece in pieces)
    order = sorted(pieces, key=lambda piece: piece.baseline)
    left = np.array([piece.left for piece in order])
    right = np.array([piece.right for piece in order])
    found: list[tuple[int, float, int, int]] = []
    for x in _edges(left, known):
        crosses = (left < x - 0.5) & (right > x - _GUTTER * size)
        stops = [-1, *np.flatnonzero(crosses).tolist(), len(order)]
        on_right = np.concatenate([[0], np.cumsum(left >= x - 0.5)])
        for before, behind in pairwise(stops):
            count = int(on_right[behind] - on_right[before + 1])
            fewest = min(count, behind - before - 1 - count)
            if fewest:
                found.append((fewest, x, before + 1, behind))
    found.sort(key=lambda gutter: (-gutter[0], gutter[1]))
    gutters = []
    for _, x, start, end in found[:_CANDIDATES]:
        beside = order[start:end]
        on_left = [piece for piece in beside if piece.left < x - 0.5]
        gutters.append(_Gutter(x, order[:start], on_left, [p for p in beside if p.left >= x - 0.5], order[end:]))
    return gutters


def _edges(left: Floats, known: list[float]) -> list[float]:
    """Where several pieces begin one under another, or a known gutter ends; not where most text begins."""
    edges: list[float] = []
    cluster: list[float] = []
    for x in [*sorted(left.tolist()), float("inf")]:
        if cluster and x - cluster[0] > _ALIGNED:
            is_known = any(abs(cluster[0] - other) <= _ALIGNED for other in known)
            if len(cluster) >= (1 if is_known else 2):
                edges.append(cluster[0])
            cluster = []
        cluster.append(x)
    return edges[1:] if edges and edges[0] <= float(left.min()) + _ALIGNED else edges


def _baselines(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces by their lines, roughly."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if lines and piece.baseline - lines[-1][0].baseline <= 0.5 * piece.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _is_prose(gutter: _Gutter, rules: Floats, known: list[float]) -> bool:
    """Whether a gutter divides columns of running text: full, regular lines on both sides, and no table's rules."""
    is_known = any(abs(gutter.x - other) <= _ALIGNED for other in known)
    ends = sorted(piece.right for piece in gutter.left)
    gap = gutter.x - ends[int(_MOST_LINES * (len(ends) - 1))]  # the end of a wider paragraph may stand above or below
    if gap < _BETWEEN_COLUMNS * gutter.left[0].size or len(_crossing_rules(gutter, rules)) > 1:
        return False
    if _is_stretched(gutter):
        return False
    return all(_is_column(side, 1 if is_known else _FEWEST_LINES) for side in (gutter.left, gutter.right))


def _is_column(pieces: list[Piece], fewest: int) -> bool:
    lines = _baselines(pieces)
    if len(lines) < fewest:
        return False
    size = median(piece.size for piece in pieces)
    area = area_of(pieces)
    width = area.right - area.left
    if fewest == 1 and len(lines) < _FEWEST_LINES:
        return True
    extents = [max(p.right for p in line) - min(p.left for p in line) for line in lines]
    steps = [b[0].baseline - a[0].baseline for a, b in pairwise(lines)]
    usual = median(steps)
    regular = sum(step <= _LOOSE * usual for step in steps)
    return width >= _NARROWEST * size and median(extents) >= _FILLED * width and regular >= _REGULAR * len(steps)


def _between_rules(gutter: _Gutter, rules: Floats) -> _Gutter:
    """Without what stands above or below rules that cross the gutter, where that is little: a masthead, notes."""
    bounds = [float("-inf"), *_crossing_rules(gutter, rules), float("inf")]
    if len(bounds) == 2:
        return gutter
    sides = gutter.left + gutter.right
    inside = [[piece for piece in sides if top < piece.baseline <= bottom] for top, bottom in pairwise(bounds)]
    most = max(range(len(inside)), key=lambda at: len(inside[at]))
    if len(inside[most]) < _MOST_BETWEEN * len(sides):
        return gutter
    top, bottom = bounds[most], bounds[most + 1]
    left = [piece for piece in gutter.left if top < piece.baseline <= bottom]
    right = [piece for piece in gutter.right if top < piece.baseline <= bottom]
    if not left or not right:
        return gutter
    above = [*gutter.above, *(piece for piece in sides if piece.baseline <= top)]
    below = [*(piece for piece in sides if piece.baseline > bottom), *gutter.below]
    return _Gutter(gutter.x, above, left, right, below)


def _crossing_rules(gutter: _Gutter, rules: Floats) -> list[float]:
    """The heights of the rules that cross a gutter, or that meet in it."""
    if not len(rules):
        return []
    area = area_of(gutter.left + gutter.right)
    size = gutter.left[0].size
    gap_left = max(piece.right for piece in gutter.left)
    crosses = (rules[:, 0] < gutter.x - 1.5) & (rules[:, 2] > min(gap_left + 1.5, gutter.x - _GUTTER * size))
    level = (rules[:, 1] > area.top - 2 * size) & (rules[:, 3] < area.bottom + 2 * size)
    heights: list[float] = []
    for height in sorted(rules[crosses & level, 1].tolist()):
        if not heights or height - heights[-1] > 0.5 * size:
            heights.append(height)
    return heights


def _trim(gutter: _Gutter) -> _Gutter:
    """Without what stands alone beside the gutter, above the right column or below the left one."""
    above, below = gutter.above, gutter.below
    left, right = _baselines(gutter.left), _baselines(gutter.right)
    size = gutter.left[0].size
    first, last = left[0][0].baseline - 0.5 * size, right[-1][0].baseline + 0.5 * size
    cut = _apart([line[0].baseline for line in left], lambda y: y > last)
    if cut is not None:
        below = [piece for line in left[cut:] for piece in line] + below
        left = left[:cut]
    cut = _apart([-line[0].baseline for line in reversed(right)], lambda y: -y < first)
    if cut is not None:
        above = above + [piece for line in right[: len(right) - cut] for piece in line]
        right = right[len(right) - cut :]
    return _Gutter(gutter.x, above, [p for line in left for p in line], [p for line in right for p in line], below)


def _apart(levels: list[float], is_beyond: Callable[[float], bool]) -> int | None:
    """The index of the first line beyond a level that stands apart from the one before it."""
    steps = [b - a for a, b in pairwise(levels)]
    if not steps:
        return None
    usual = median(steps)
    for index, step in enumerate(steps, 1):
        if is_beyond(levels[index]) and step > _APART * usual:
            return index
    return None


def _is_table(gutter: _Gutter, rules: Floats) -> bool:
    """Whether what stands on both sides of a gutter stands in rows; marks of a list are no column."""
    lines = _baselines(gutter.left)
    marks = sum(is_list_mark("".join(piece.text for piece in line)) for line in lines)
    if 2 * marks >= len(lines):
        return False
    gaps = [min(p.left for p in right) - max(p.right for p in left) for left, right in _shared_rows(gutter)]
    if len(_crossing_rules(gutter, rules)) > 1:
        return len(gaps) > 1
    size = lines[0][0].size
    return len(gaps) >= _FEWEST_LINES and median(gaps) >= _BETWEEN_CELLS * size and not _is_stretched(gutter)


def _shared_rows(gutter: _Gutter) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """What stands left and right of a gutter on one baseline."""
    right = _baselines(gutter.right)
    levels = [line[0].baseline for line in right]
    for line in _baselines(gutter.left):
        at = bisect_left(levels, line[0].baseline - 0.3 * line[0].size)
        if at < len(levels) and levels[at] <= line[0].baseline + 0.3 * line[0].size:
            yield line, right[at]


def _is_stretched(gutter: _Gutter) -> bool:
    """Whether a gutter is but gaps one under another, in lines whose words are spread over their width evenly."""
    even = uneven = 0
    for left, right in _shared_rows(gutter):
        spaces = word_gaps(sorted(left + right, key=lambda piece: piece.left))
        is_even = max(spaces) - min(spaces) <= _EVEN * left[0].size
        even += is_even and len(spaces) > 1
        uneven += not is_even
    return even > uneven


def _cells(pieces: list[Piece], rules: Floats) -> list[list[list[Piece]]]:
    """The cells of a table, row by row."""
    size = median(piece.size for piece in pieces)
    ends: list[float] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        if not ends or piece.left - ends[-1] >= _GUTTER * size:
            ends.append(piece.right)
        else:
            ends[-1] = max(ends[-1], piece.right)
    rows: list[list[list[Piece]]] = []
    for row in _rows(pieces, rules, size):
        cells: list[list[Piece]] = [[] for _ in ends]
        for piece in row:
            cells[next(index for index, end in enumerate(ends) if piece.right <= end)].append(piece)
        rows.append([cell for cell in cells if cell])
    return rows


def _rows(pieces: list[Piece], rules: Floats, size: float) -> list[list[Piece]]:
    """A table's rows: between its rules, or where its lines stand further apart; else each line is one."""
    lines = _baselines(pieces)
    area = area_of(pieces)
    is_inside = (rules[:, 2] > area.left) & (rules[:, 0] < area.right)
    is_inside &= (rules[:, 1] > area.top) & (rules[:, 1] < area.bottom)
    levels = sorted(rules[is_inside, 1].tolist())
    bands: list[list[Piece]] = []
    steps = [b[0].baseline - a[0].baseline for a, b in pairwise(lines)]
    closest = sorted(steps)[len(steps) // 4] if steps else 0.0
    is_even = not steps or max(steps) <= _ROW_GAP * closest
    ruled = 1 + sum(b - a > 0.5 * size for a, b in pairwise([area.top, *levels]))
    previous: list[Piece] | None = None
    for line in lines:
        if previous is None:
            is_new = True
        elif ruled > 2:
            is_new = bisect_left(levels, previous[0].baseline) < bisect_left(levels, line[0].baseline)
        else:
            is_new = is_even or line[0].baseline - previous[0].baseline > _ROW_GAP * closest
        if is_new:
            bands.append([])
        bands[-1] += line
        previous = line
    return bands
