"""What is drawn on a page besides its text: rules, which bound tables and footnotes, and pictures."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Final

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from npextract.reading.pdf.frames import Bounds, Floats, to_page

_MOST_OBJECTS: Final = 4000
"""A drawing of more objects is a map or a chart: its lines bound no text."""
_THICKEST: Final = 2.5
"""In points, for a rule."""
_SHORTEST: Final = 20.0
"""In points, for a rule."""
_LOWEST_FRAME: Final = 8.0
"""In points: a frame as high as this has a rule above and below."""

_MANY_PATHS: Final = 500
"""So many paths on a page may be its letters."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Level rules (left, top, right, bottom), and the share of the page that its largest picture covers."""

    rules: Floats
    picture: float = 0.0


NO_MARKS: Final = Marks(np.zeros((0, 4), np.float32))


def find_marks(page: pdfium.PdfPage, bounds: Bounds, turn: int) -> Marks:
    """The level rules and the largest picture among a page's own objects. Letters drawn as paths are a picture too."""
    count = raw.FPDFPage_CountObjects(page)
    paths: list[tuple[float, ...]] = []
    pictures: list[tuple[float, ...]] = []
    sides = [ctypes.c_float() for _ in range(4)]
    for index in range(min(count, _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, index)
        kinds = {raw.FPDF_PAGEOBJ_PATH: paths, raw.FPDF_PAGEOBJ_IMAGE: pictures, raw.FPDF_PAGEOBJ_FORM: pictures}
        found = kinds.get(raw.FPDFPageObj_GetType(item))
        if found is not None and raw.FPDFPageObj_GetBounds(item, *sides):
            found.append(tuple(side.value for side in sides))
    picture = 1.0 if len(paths) >= _MANY_PATHS else _largest(pictures, bounds)
    if count > _MOST_OBJECTS or not paths:
        return Marks(NO_MARKS.rules, picture)
    boxes = to_page(np.array(paths, np.float32), bounds, turn)
    boxes = boxes[boxes[:, 2] - boxes[:, 0] >= _SHORTEST]
    height = boxes[:, 3] - boxes[:, 1]
    frames = boxes[height >= _LOWEST_FRAME]
    tops, bottoms = frames.copy(), frames.copy()
    tops[:, 3] = tops[:, 1]
    bottoms[:, 1] = bottoms[:, 3]
    return Marks(np.concatenate([boxes[height <= _THICKEST], tops, bottoms]), picture)


def _largest(boxes: list[tuple[float, ...]], bounds: Bounds) -> float:
    """The share of the page that the largest of some boxes covers."""
    left, bottom, right, top = bounds
    whole = max((right - left) * (top - bottom), 1.0)
    within = (max(min(c, right) - max(a, left), 0.0) * max(min(d, top) - max(b, bottom), 0.0) for a, b, c, d in boxes)
    return max(within, default=0.0) / whole
