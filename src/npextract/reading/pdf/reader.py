"""Reading a PDF: its pages one by one, those without text by OCR where that can be had, then the layout of all."""

from __future__ import annotations

import re
import threading
from contextlib import closing, suppress
from typing import Final

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from npextract.errors import InputError
from npextract.reading.pdf.assemble import assemble
from npextract.reading.pdf.characters import PageText, read_page
from npextract.reading.pdf.layout import lay_out
from npextract.reading.pdf.marks import NO_MARKS
from npextract.reading.pdf.metadata import read_metadata
from npextract.reading.pdf.mojibake import mend_mojibake
from npextract.reading.pdf.ocr import read_picture
from npextract.reading.source import SourceText

MOST_PAGES: Final = 20_000
"""Of what is longer, the pages behind are not read, and the text says so."""
_GARBLED: Final = 0.3
"""The share of characters without meaning in a text layer that is of no use."""
_STAMP: Final = 60
"""So many characters on a page that is otherwise a picture are a stamp, not its text."""
_ALL_OF_PAGE: Final = 0.5
"""The share of the page that such a picture covers."""

_PDFIUM: Final = threading.Lock()
"""pdfium is not thread-safe: one thread at a time may be in it."""
_NO_PDF: Final = b"no PDF"
_NO_STRING: Final = 2
"""The bytes that an empty string takes."""
_MEANINGLESS: Final = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ENCRYPTED: Final = frozenset({raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY})


def read_pdf(data: bytes, source: str) -> SourceText:
    """The text of a PDF: paragraphs divided by blank lines, the footnotes behind the text, and, last, running heads
    that say what stands nowhere else. Each character has its box, each page its run.

    Raises InputError with the code "encrypted", "damaged" or "no-text-layer".
    """
    with _PDFIUM:
        _forget_last_error()
        try:
            with pdfium.PdfDocument(data) as document:
                pages, warnings = _read_pages(document, source)
                metadata = read_metadata(document)
        except pdfium.PdfiumError as error:
            if error.err_code in _ENCRYPTED:
                message = "is encrypted and asks for a password; save it without one"
                raise InputError(message, source=source, code="encrypted") from None
            message = "is no PDF that can be read; it may be damaged or cut short"
            raise InputError(message, source=source, code="damaged") from None
    text, boxes, runs = assemble(lay_out(pages), pages)
    return SourceText(text, "pdf", metadata, runs, boxes, tuple(warnings))


def _forget_last_error() -> None:
    """Set pdfium's last error to that of what is no PDF. It is one for the whole process, and some files fail without
    setting it: they would be given the reason of another file that failed before.
    """
    with suppress(pdfium.PdfiumError):
        pdfium.PdfDocument(_NO_PDF).close()


def _read_pages(document: pdfium.PdfDocument, source: str) -> tuple[list[list[PageText]], list[str]]:
    """The pages' text and what is to be said of it. Raises InputError where no page has any."""
    count = len(document)
    if count == 0:
        raise InputError("has no pages; it may be damaged", source=source, code="damaged")
    pages: list[list[PageText]] = []
    told: dict[str, list[int]] = {}
    for number in range(1, min(count, MOST_PAGES) + 1):
        page, what = _read_one(document, number)
        pages.append(page)
        for code in what:
            told.setdefault(code, []).append(number)
    if not any(part.text for page in pages for part in page):
        raise InputError(_no_text(told), source=source, code="no-text-layer")
    warnings = [f"{code}: {_name_pages(numbers)}" for code, numbers in told.items()]
    if document.get_formtype() != raw.FORMTYPE_NONE and (filled := _filled_in(document, len(pages))):
        warnings.append(f"left-out: form fields on {_name_pages(filled)}")
    if count > MOST_PAGES:
        warnings.append(f"too-many-pages: the first {MOST_PAGES} of {count} were read")
    return pages, warnings


def _filled_in(document: pdfium.PdfDocument, count: int) -> list[int]:
    """The pages on which something is written in fields of a form; a page's text does not hold it."""
    filled = []
    for number in range(1, count + 1):
        with suppress(pdfium.PdfiumError), closing(document[number - 1]) as page:
            if any(_holds_text(page, at) for at in range(raw.FPDFPage_GetAnnotCount(page))):
                filled.append(number)
    return filled


def _holds_text(page: pdfium.PdfPage, at: int) -> bool:
    """Whether an annotation of the page is a field with text. Ticks and signatures have values of other kinds."""
    annotation = raw.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return False
    try:
        if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_WIDGET:
            return False
        is_text = raw.FPDFAnnot_GetValueType(annotation, b"V") == raw.FPDF_OBJECT_STRING
        return is_text and bool(raw.FPDFAnnot_GetStringValue(annotation, b"V", None, 0) > _NO_STRING)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _no_text(told: dict[str, list[int]]) -> str:
    if "read-by-ocr" in told:
        return "has no text, nor did OCR find any on its pages"
    what = "has a text layer that cannot be read" if "garbled-text" in told else "has pages, but no text"
    return (
        f"{what}: it may be scanned. Install the extra npextract[ocr] and Tesseract with the languages rus and eng, "
        "or give a PDF with a text layer"
    )


def _read_one(document: pdfium.PdfDocument, number: int) -> tuple[list[PageText], list[str]]:
    """A page's text, and the codes of what is to be said of it."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return [_empty(number)], ["damaged-page"]
    with closing(page):
        try:
            parts = read_page(page, number)
        except pdfium.PdfiumError:
            return [_empty(number)], ["damaged-page"]
        told = []
        text = "".join(part.text for part in parts)
        if len(_MEANINGLESS.findall(text)) > _GARBLED * len(text):
            told.append("garbled-text")
            text = ""
        else:
            mended = [mend_mojibake(part) for part in parts]
            if mended != parts:
                told.append("mended-encoding")
                parts = mended
        is_picture = parts[0].marks.picture >= (_ALL_OF_PAGE if text else 0.01) or "garbled-text" in told
        if len(text) <= _STAMP and is_picture:
            read = read_picture(page, number)
            if read is not None:
                return [read], [*told, "read-by-ocr"]
            if not told:
                told.append("no-text-layer")
        return (parts if text else [_empty(number)]), told


def _empty(number: int) -> PageText:
    nothing = np.zeros((0, 4), np.float32)
    levels = np.zeros(0, np.float32)
    return PageText(number, 0.0, 0.0, "", nothing, nothing, levels, np.zeros(0, bool), NO_MARKS)


def _name_pages(numbers: list[int]) -> str:
    """Numbers of pages, for people: "page 3", "pages 2, 5-7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    named = ", ".join("-".join(map(str, run)) for run in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {named}"
