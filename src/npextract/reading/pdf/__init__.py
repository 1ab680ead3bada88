"""PDF: the text layer in reading order, or, where Tesseract is installed, what is read off pictures of pages."""

from __future__ import annotations

from npextract.reading.pdf.ocr import ocr_engine
from npextract.reading.pdf.reader import read_pdf

__all__ = ["ocr_engine", "read_pdf"]
