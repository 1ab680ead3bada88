"""Pages that are pictures, read by Tesseract where it is installed with Russian and English."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import groupby
from statistics import median
from typing import Any, Final, NamedTuple

import numpy as np
import pypdfium2 as pdfium

from npextract.reading.pdf.characters import PageText
from npextract.reading.pdf.marks import NO_MARKS

SWITCH: Final = "NPEXTRACT_OCR"
"""The environment variable that turns OCR off: "off"."""
_LANGUAGES: Final = ("rus", "eng")
_RESOLUTION: Final = 300
"""In dots an inch."""
_MOST_PIXELS: Final = 25_000_000
"""A page that would have more is drawn coarser: A3 at 300 dots an inch has 17 million."""
_LONGEST_SIDE: Final = 30_000
"""In pixels; Tesseract refuses 32,768."""
_TIMEOUT: Final = 120
"""In seconds, for a page."""
_SAME_SIZE: Final = 0.5
"""The share by which a line may differ from the page's usual size, and still have it."""
_LEAST_SURE: Final = 20
"""In per cent: of what is read, what is less sure is no text."""


class _Word(NamedTuple):
    """A word as Tesseract found it: its block, paragraph and line, and its box in pixels."""

    line: tuple[int, int, int]
    left: int
    top: int
    width: int
    height: int
    text: str


@lru_cache(maxsize=1)
def _version() -> str | None:
    """Tesseract's version, None where it or one of the languages is missing."""
    try:
        import pytesseract

        if not set(_LANGUAGES) <= set(pytesseract.get_languages()):
            return None
        return str(pytesseract.get_tesseract_version())
    except Exception:  # not installed, not to be run, or broken: there is none
        return None


def ocr_engine() -> str | None:
    """The name and version of the program that reads pictures: "tesseract 5.3.0". None where there is none of use, or
    the environment variable NPEXTRACT_OCR is "off".
    """
    if os.environ.get(SWITCH, "").lower() in ("off", "0", "no", "false"):
        return None
    version = _version()
    return f"tesseract {version}" if version else None


def read_picture(page: pdfium.PdfPage, number: int) -> PageText | None:
    """A page as OCR reads it; None where there is no OCR, or it failed or took too long."""
    if ocr_engine() is None:
        return None
    import pytesseract

    width, height = page.get_size()
    if width <= 0 or height <= 0:
        return None
    scale = min(
        _RESOLUTION / 72, (_MOST_PIXELS / (width * height)) ** 0.5, _LONGEST_SIDE / width, _LONGEST_SIDE / height
    )
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        image = bitmap.to_pil()
        found = pytesseract.image_to_data(
            image, lang="+".join(_LANGUAGES), timeout=_TIMEOUT, output_type=pytesseract.Output.DICT
        )
    except (RuntimeError, OSError, ValueError):  # took too long, or Tesseract failed
        return None
    finally:
        bitmap.close()
    return _page_of(found, number, width, height, scale)


def _page_of(found: dict[str, list[Any]], number: int, width: float, height: float, scale: float) -> PageText:
    """Words with boxes in pixels, as a page's characters: each word's box is divided among its letters.

    For the layout most lines have one size: what a word measures depends on which letters it has.
    """
    rows = zip(
        *(found[key] for key in ("block_num", "par_num", "line_num", "left", "top", "width", "height", "conf", "text")),
        strict=True,
    )
    words = [
        _Word((block, paragraph, line), left, top, across, down, text)
        for block, paragraph, line, left, top, across, down, sure, raw_text in rows
        if float(sure) >= _LEAST_SURE and across > 0 and (text := "".join(str(raw_text).split()))
    ]
    usual = median(word.height for word in words) if words else 0.0
    boxes: list[tuple[float, float, float, float]] = []
    frame: list[tuple[float, float, float, float]] = []
    spaced: list[bool] = []
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        size = median(word.height for word in line)
        size = usual if abs(size - usual) <= _SAME_SIZE * usual else size
        bottoms = sorted(word.top + word.height for word in line)
        baseline = bottoms[len(bottoms) // 4]  # most words reach down to the baseline, some below it
        for word in line:
            step = word.width / len(word.text)
            for at in range(len(word.text)):
                left, right = word.left + at * step, word.left + (at + 1) * step
                boxes.append((left, word.top, right, word.top + word.height))
                frame.append((left, baseline - size, right, baseline))
                spaced.append(at == 0)
    text = "".join(word.text for word in words)
    shown, level = (np.array(sides, np.float32).reshape(-1, 4) / np.float32(scale) for sides in (boxes, frame))
    return PageText(number, width, height, text, shown, level, level[:, 3], np.array(spaced, bool), NO_MARKS)
