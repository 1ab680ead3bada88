"""Scanned PDFs: pictures of text, read where Tesseract is installed with Russian and English."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageDraw, ImageFont
from typeset import font_file

from npextract.errors import InputError
from npextract.reading.pdf import ocr_engine, read_pdf
from npextract.reading.pdf.ocr import _page_of

LINES = [
    "The Security Council, recalling resolution 1540 (2004),",
    "calls upon all States to report to the Committee.",
    "Совет Безопасности призывает все государства",
    "представить доклады Комитету.",
]
needs_ocr = pytest.mark.skipif(ocr_engine() is None, reason="Tesseract with rus and eng is not installed")


def scan() -> bytes:
    """A page at 150 dots an inch with four lines of text."""
    picture = Image.new("L", (1240, 1754), 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(font_file()), 32)
    for at, line in enumerate(LINES):
        draw.text((150, 200 + 50 * at + (40 if at > 1 else 0)), line, font=font, fill=0)
    buffer = BytesIO()
    picture.save(buffer, "PDF", resolution=150)
    return buffer.getvalue()


@needs_ocr
def test_a_scan_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NPEXTRACT_OCR", raising=False)
    source = read_pdf(scan(), "scan.pdf")
    assert source.text == f"{LINES[0]} {LINES[1]}\n\n{LINES[2]} {LINES[3]}"
    assert source.warnings == ("read-by-ocr: page 1",)
    start = source.text.index("Security")
    ((left, top, right, bottom),) = source.boxes_of(start, start + 8)
    assert 100 < left < 115
    assert 94 < top < 105
    assert 108 < bottom < 120
    assert 140 < right < 160


@pytest.mark.parametrize("value", ["off", "OFF", "0"])
def test_a_scan_is_refused_when_ocr_is_off(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("NPEXTRACT_OCR", value)
    assert ocr_engine() is None
    with pytest.raises(InputError) as caught:
        read_pdf(scan(), "scan.pdf")
    assert caught.value.code == "no-text-layer"


def test_words_that_ocr_finds_become_characters_with_boxes():
    found = {
        "block_num": [1, 1, 1, 2],
        "par_num": [1, 1, 1, 1],
        "line_num": [0, 1, 1, 1],
        "left": [0, 100, 200, 100],
        "top": [0, 50, 52, 300],
        "width": [900, 80, 40, 50],
        "height": [900, 20, 20, 20],
        "conf": [-1, 96.5, 91, 5],
        "text": ["", "Чили", "и", "~~"],
    }
    page = _page_of(found, 3, 600, 800, 2.0)
    assert page.text == "Чилии"
    assert page.spaced.tolist() == [True, False, False, False, True]
    assert page.boxes[0].tolist() == [50, 25, 60, 35]
    assert page.boxes[4].tolist() == [100, 26, 120, 36]
