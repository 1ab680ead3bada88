"""Turning boxes: from a file's coordinates to the page as it is shown, and on to its text's own direction."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in a file's coordinates, whose y axis goes up."""


def to_page(boxes: Floats, bounds: Bounds, turn: int) -> Floats:
    """From left, bottom, right, top in the file's coordinates to left, top, right, bottom on the page as it is shown.

    `bounds` is the part of the page that is shown; `turn` counts quarters, clockwise.
    """
    left, bottom, right, top = bounds
    a, b, c, d = boxes.T
    match turn % 4:
        case 1:
            sides = (b - bottom, a - left, d - bottom, c - left)
        case 2:
            sides = (right - c, b - bottom, right - a, d - bottom)
        case 3:
            sides = (top - d, right - c, top - b, right - a)
        case _:
            sides = (a - left, top - d, c - left, top - b)
    return np.stack(sides, axis=1).astype(np.float32)


def to_frame(boxes: Floats, width: float, height: float, quarters: int) -> Floats:
    """Boxes on a page that is turned back by so many quarters, so that text which ran that way runs to the right."""
    a, b, c, d = boxes.T
    match quarters:
        case 1:
            sides = (b, width - c, d, width - a)
        case 2:
            sides = (width - c, height - d, width - a, height - b)
        case 3:
            sides = (height - d, a, height - b, c)
        case _:
            sides = (a, b, c, d)
    return np.stack(sides, axis=1).astype(np.float32)
