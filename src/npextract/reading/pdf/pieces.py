"""Pieces of lines: characters that stand side by side, as the file draws them one after another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from npextract.reading.pdf.characters import PageText

_WIDEST_SPACE: Final = 0.8
"""In heights of the letters: a wider gap may divide columns or cells."""
_STEP_BACK: Final = 0.5
"""In heights: what steps back further is not the same piece."""
_SHIFT: Final = 0.15
"""In heights: what stands higher or lower by more is a mark, an exponent or another line."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The characters `start` … `end` of a page's text, with the box around them in the page's frame."""

    page: PageText
    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    """The height of the letters' boxes."""

    @property
    def text(self) -> str:
        """The characters, without the spaces between the words."""
        return self.page.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Area:
    """A box around pieces."""

    left: float
    top: float
    right: float
    bottom: float


def area_of(pieces: Iterable[Piece]) -> Area:
    """The box around some pieces, at least one."""
    sides = [(piece.left, piece.top, -piece.right, -piece.bottom) for piece in pieces]
    left, top, right, bottom = (min(side) for side in zip(*sides, strict=True))
    return Area(left, top, -right, -bottom)


def word_gaps(pieces: list[Piece]) -> list[float]:
    """The gaps between the words of a line, given its pieces from left to right: first those between pieces."""
    gaps = [b.left - a.right for a, b in pairwise(pieces)]
    for piece in pieces:
        frame = piece.page.frame[piece.start : piece.end]
        behind = np.flatnonzero(piece.page.spaced[piece.start + 1 : piece.end])
        gaps += (frame[behind + 1, 0] - frame[behind, 2]).tolist()
    return gaps


def find_pieces(page: PageText) -> list[Piece]:
    """The pieces of a page, in the file's order."""
    if not page.text:
        return []
    left, top, right, bottom = page.frame.T
    heights = np.maximum(bottom - top, 0.1)
    size = np.maximum(heights[1:], heights[:-1])
    gap = left[1:] - right[:-1]
    breaks = (
        (np.abs(np.diff(page.baselines)) > _SHIFT * size) | (gap > _WIDEST_SPACE * size) | (gap < -_STEP_BACK * size)
    )
    starts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    ends = np.append(starts[1:], len(page.text))
    sides = (
        starts,
        ends,
        np.minimum.reduceat(left, starts),
        np.minimum.reduceat(top, starts),
        np.maximum.reduceat(right, starts),
        np.maximum.reduceat(bottom, starts),
        page.baselines[starts],
        np.add.reduceat(heights, starts) / (ends - starts),
    )
    return [Piece(page, *row) for row in zip(*(side.tolist() for side in sides), strict=True)]
