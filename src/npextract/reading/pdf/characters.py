"""The characters that pdfium finds on a page, with their boxes, as few calls as possible."""

from __future__ import annotations

import ctypes
from ctypes import PYFUNCTYPE, c_float, c_int, c_uint, c_void_p
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from npextract.reading.pdf.frames import Floats, to_frame, to_page
from npextract.reading.pdf.marks import NO_MARKS, Marks, find_marks

Codes = npt.NDArray[np.uint32]

UNKNOWN: Final = 0xFFFD
"""What stands for a glyph of which the file does not say which character it is."""
_HYPHENS: Final = (0x02, 0xFFFE, 0xAD)
"""What pdfium gives for a hyphen at a line's end, and the soft hyphen: where it is drawn, it is seen."""
_WHITE: Final = np.array([0x09, 0x0A, 0x0D, 0x20, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], np.uint32)
_LINE_BREAKS: Final = (0x0A, 0x0D)
_NOTHING: Final = np.array([*range(0x200B, 0x2010), 0x2060, 0xFEFF], np.uint32)
"""Characters that are never drawn."""
_BULLETS: Final = {0xF0B7: 0x2022, 0xF0A7: 0x2022, 0xF0D8: 0x2022, 0xF02D: 0x2013}
"""Characters of the fonts Symbol and Wingdings that stand for a list's mark."""
_BASELINE_SHIFT: Final = 0.35
"""In points: characters whose boxes differ by less in height have one baseline, so that one call will do for them."""
_SKEW: Final = 15.0
"""In degrees: text that leans more is a watermark, and has no lines."""
_SMALLEST: Final = 0.5
"""In points: what is lower is not drawn to be read, or its font lies; its size is then made up."""
_FALLBACK_SIZE: Final = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class PageText:
    """The characters of a page that are drawn in one direction, without white space, in the file's order.

    Boxes have left, top, right and bottom in points. `boxes` stand on the page as it is shown; `frame` stands on the
    page turned until its text runs from left to right, which is how the layout is read.
    """

    number: int
    """The page, from 1."""
    width: float
    """Of the turned page."""
    height: float
    text: str
    boxes: Floats
    frame: Floats
    baselines: Floats
    """In the turned page, from its top."""
    spaced: npt.NDArray[np.bool_]
    """Whether white space stands before the character."""
    marks: Marks
    """Rules and pictures, in the turned page."""


def _call(name: str, result: Any, *arguments: Any) -> Any:
    """A function of pdfium that takes addresses as numbers: half the cost of pypdfium2's own wrappers."""
    address = ctypes.cast(getattr(raw, name), c_void_p).value or 0
    return PYFUNCTYPE(result, *arguments)(address)


_get_code: Final = _call("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
_get_box: Final = _call("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
_get_origin: Final = _call("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, c_void_p, c_void_p)
_get_angle: Final = _call("FPDFText_GetCharAngle", c_float, c_void_p, c_int)


def read_page(page: pdfium.PdfPage, number: int) -> list[PageText]:
    """The text of a page: what runs in the page's main direction first, then what runs otherwise. At least one."""
    bounds = page.get_bbox()
    turn = page.get_rotation() // 90
    width, height = page.get_size()
    marks = find_marks(page, bounds, turn)
    textpage = page.get_textpage()
    try:
        handle = ctypes.cast(textpage.raw, c_void_p).value
        count = max(raw.FPDFText_CountChars(textpage), 0)
        codes, indexes, spaced = _read_codes(handle, count)
        boxes = np.zeros((len(indexes), 4), np.float32)
        address = boxes.ctypes.data
        for at, index in enumerate(indexes.tolist()):
            _get_box(handle, index, address + 16 * at)
        origins, angles = _read_origins(handle, indexes, boxes)
    finally:
        textpage.close()
    np.nan_to_num(boxes, copy=False)
    shown = to_page(boxes[:, [0, 3, 2, 1]], bounds, turn)
    points = to_page(np.repeat(origins, 2, axis=0).reshape(-1, 4), bounds, turn)
    inside = (shown[:, 2] > 0) & (shown[:, 0] < width) & (shown[:, 3] > 0) & (shown[:, 1] < height)
    degrees = (np.degrees(angles) + 90 * turn) % 360
    quarters = np.rint(degrees / 90).astype(int)
    skewed = np.abs(degrees - 90 * quarters) > _SKEW
    directions = np.where(skewed, 4, quarters % 4)
    everything = PageText(number, width, height, _text_of(codes), shown, shown, points[:, 1], spaced, marks)
    if inside.all() and not directions.any():
        return [everything]
    parts = [_take(everything, inside & (directions == d), d, points) for d in range(5)]
    parts.sort(key=lambda part: -len(part.text))
    return [parts[0], *(part for part in parts[1:] if part.text)]


def _read_codes(handle: int | None, count: int) -> tuple[Codes, npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """The characters that are drawn, their indexes in pdfium's list, and before which of them white space stands."""
    codes = np.fromiter((_get_code(handle, index) for index in range(count)), np.uint32, count)
    codes[np.isin(codes, _HYPHENS)] = 0x2D
    high = (codes >= 0xD800) & (codes < 0xDC00)
    low = (codes >= 0xDC00) & (codes < 0xE000)
    pairs = np.flatnonzero(high[:-1] & low[1:])
    codes[pairs] = 0x10000 + ((codes[pairs] - 0xD800) << 10) + (codes[pairs + 1] - 0xDC00)
    codes[pairs + 1] = 0xFEFF
    for private, known in _BULLETS.items():
        codes[codes == private] = known
    white = np.isin(codes, _WHITE)
    wrong = (codes < 0x20) | ((codes >= 0x7F) & (codes < 0xA0)) | ((codes >= 0xD800) & (codes < 0xE000))
    codes[(wrong & ~white) | (codes > 0x10FFFF)] = UNKNOWN
    drawn = np.flatnonzero(~white & ~np.isin(codes, _NOTHING))
    spaces = np.cumsum(white & ~np.isin(codes, _LINE_BREAKS))
    spaced = np.diff(spaces[drawn], prepend=0) > 0 if len(drawn) else np.zeros(0, bool)
    return codes[drawn], drawn, spaced


def _read_origins(handle: int | None, indexes: npt.NDArray[np.intp], boxes: Floats) -> tuple[Floats, Floats]:
    """Where each character stands on its baseline, and its angle (in radians, clockwise).

    Asked only where the height of the boxes changes: between, baseline and angle stay as they are.
    """
    origins = np.stack([boxes[:, 0], boxes[:, 3]], axis=1)
    angles = np.zeros(len(indexes), np.float32)
    if not len(indexes):
        return origins, angles
    changed = (np.abs(np.diff(boxes[:, [1, 3]], axis=0)) > _BASELINE_SHIFT).any(axis=1)
    heads = np.concatenate([[0], np.flatnonzero(changed) + 1])
    found = np.zeros((len(heads), 2), np.float64)
    address = found.ctypes.data
    turned = np.zeros(len(heads), np.float32)
    for at, index in enumerate(indexes[heads].tolist()):
        _get_origin(handle, index, address + 16 * at, address + 16 * at + 8)
        turned[at] = _get_angle(handle, index)
    lengths = np.diff(heads, append=len(indexes))
    angles = np.repeat(turned, lengths)
    level = np.repeat(np.nan_to_num(found), lengths, axis=0).astype(np.float32)
    return level, np.nan_to_num(angles)


def _take(page: PageText, chosen: npt.NDArray[np.bool_], direction: int, points: Floats) -> PageText:
    """The characters that run in one direction: quarters clockwise, or 4 for what leans."""
    text = "".join(page.text[index] for index in np.flatnonzero(chosen).tolist())
    boxes, spaced = page.boxes[chosen], page.spaced[chosen]
    if direction == 4:
        steps = np.arange(len(text), dtype=np.float32) * _FALLBACK_SIZE
        level = np.full(len(text), _FALLBACK_SIZE, np.float32)
        frame = np.stack([steps, level - _FALLBACK_SIZE, steps + _FALLBACK_SIZE, level], axis=1)
        return replace(page, text=text, boxes=boxes, frame=frame, baselines=level, spaced=spaced)
    frame = to_frame(boxes, page.width, page.height, direction)
    baselines = to_frame(points[chosen], page.width, page.height, direction)[:, 1]
    width, height = (page.height, page.width) if direction % 2 else (page.width, page.height)
    marks = NO_MARKS if direction else page.marks
    return PageText(page.number, width, height, text, boxes, frame, baselines, spaced, marks)


def _text_of(codes: Codes) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le")
