"""The best sequence of tags under a linear-chain CRF, for many sequences at once.

Viterbi's algorithm goes from token to token, and in numpy each step costs the same whether it is one
token wide or a hundred. Sequences are therefore cut into pieces that are decoded side by side, each with
a margin of its neighbours' tokens to warm up on. That the pieces make up the best sequence of the whole is
not hoped but checked where they meet; where the check fails, the sequence is decoded in one piece.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Tags = npt.NDArray[np.uint8]

_PIECE = 32  # tokens that a piece answers for
_MARGIN = 24  # tokens it reads beyond them on each side; in UN texts no influence reaches further than 12
_UNIT = 2.0**20  # scores are counted in whole steps of a millionth, so that their sums are exact


class _Piece(NamedTuple):
    """Rows `first` to `stop` of the emissions, of which it answers for `begin` to `end`."""

    first: int
    begin: int
    end: int
    stop: int


def best_tags(emissions: npt.NDArray[Any], transitions: npt.NDArray[Any], bounds: Sequence[tuple[int, int]]) -> Tags:
    """The number of the tag of each row; rows outside `bounds` get 0.

    `emissions` is tokens × tags; `transitions[a, b]` is the score of b right after a; `bounds` are the
    sequences, in order, each as (start, stop) rows. What is answered for a sequence depends on its own rows
    only, to the bit: its pieces are cut from its own start, and nothing is summed across them.
    """
    tags = np.zeros(len(emissions), np.uint8)
    pieces = [piece for start, stop in bounds for piece in _pieces(start, stop)]
    if not pieces:
        return tags
    emissions, transitions = _whole(emissions), _whole(transitions)
    doubts = _decode(emissions, transitions, pieces, tags)
    for number in sorted({bisect_right(bounds, (row, len(tags))) - 1 for row in doubts}):
        start, stop = bounds[number]
        _decode(emissions, transitions, [_Piece(start, start, stop, stop)], tags)
    return tags


def _pieces(start: int, stop: int) -> Iterator[_Piece]:
    """A sequence's pieces; a sequence no longer than a piece with its margins is one piece."""
    if start < stop <= start + _PIECE + 2 * _MARGIN:
        yield _Piece(start, start, stop, stop)
        return
    for begin in range(start, stop, _PIECE):
        end = min(begin + _PIECE, stop)
        yield _Piece(max(start, begin - _MARGIN), begin, end, min(stop, end + _MARGIN))


def _decode(emissions: Scores, transitions: Scores, pieces: Sequence[_Piece], tags: Tags) -> list[int]:
    """Write the pieces' tags into `tags`; answer the rows at which two pieces contradict each other."""
    first, begin, end, stop = np.array(pieces).T
    lasts = stop - first - 1
    steps = np.arange(lasts.max() + 1)[:, None]
    rows = np.minimum(first + steps, stop - 1)
    scores = _forward(np.ascontiguousarray(emissions[rows].transpose(0, 2, 1)), transitions)
    paths = _backward(scores, transitions, lasts)

    answered = (rows >= begin) & (rows < end) & (steps <= lasts)
    tags[rows[answered]] = paths[answered]

    left = np.flatnonzero(stop > end)  # the sequence goes on with the next piece
    right = left + 1
    # Where both pieces have come to the same scores, the right one has forgotten where it started from …
    before = scores[end[left] - 1 - first[left], :, left]
    after = scores[begin[right] - 1 - first[right], :, right]
    differ = (_relative(before) != _relative(after)).any(axis=1)
    # … and where both choose the same tag, the left one's way to it is the best way of the whole.
    differ |= paths[end[left] - first[left], left] != paths[begin[right] - first[right], right]
    found: list[int] = end[left][differ].tolist()
    return found


def _forward(scores: Scores, transitions: Scores) -> Scores:
    """Turn emissions (steps × tags × pieces) into the score of the best way to each tag, in place."""
    through = np.empty((len(transitions), *scores.shape[1:]))  # from × to × pieces
    best = np.empty(scores.shape[1:])
    for step in range(1, len(scores)):
        np.add(scores[step - 1][:, None, :], transitions[:, :, None], out=through)
        np.max(through, axis=0, out=best)
        scores[step] += best
    return scores


def _backward(scores: Scores, transitions: Scores, lasts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """The tags (steps × pieces) of the best way, followed from each piece's last step."""
    paths = np.empty((len(scores), len(lasts)), np.intp)
    onward = np.zeros(scores.shape[1:])
    for step in reversed(range(len(scores))):
        np.argmax(scores[step] + onward, axis=0, out=paths[step])
        onward = transitions.take(paths[step], axis=1) * (step <= lasts)
    return paths


def _whole(scores: npt.NDArray[Any]) -> Scores:
    whole: Scores = np.rint(scores.astype(np.float64) * _UNIT)
    return whole


def _relative(scores: Scores) -> Scores:
    relative: Scores = scores - scores.max(axis=1, keepdims=True)
    return relative
