"""What a PDF says of itself. When the file was made is not the document's date, and is left out."""

from __future__ import annotations

import ctypes
import re
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from npextract.reading.source import Metadata

_LONGEST_TITLE: Final = 500
_JUNK: Final = re.compile(
    r"microsoft (?:word|excel|powerpoint)\b.*|untitled.*|без (?:имени|названия).*|документ\d*|document\d*"
    r"|title|название|\(anonymous\)|.*\.(?:docx?|rtf|odt|pdf|txt|wpd|indd|qxd|fm|tex|dvi|html?|pptx?|xlsx?|tiff?|jpe?g)|[\W\d_]*"
    r"|[\w.~-]*\d[\w.~-]*|(?:pdf|scan|image|img|print|layout|page)[\W\d_]*",
    re.IGNORECASE | re.DOTALL,
)
"""Names of files, and what programs write where nobody gave a title. Symbols without spaces are numbers of jobs."""
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]*)?")


def read_metadata(document: pdfium.PdfDocument) -> Metadata:
    """The title and the language that a PDF declares, where they say something."""
    try:
        title = " ".join(document.get_metadata_value("Title").replace("\ufeff", "").split())
    except (pdfium.PdfiumError, UnicodeError):
        title = ""
    title = "".join(c for c in title if c.isprintable() and not "\ud800" <= c <= "\udfff")[:_LONGEST_TITLE]
    language = _LANGUAGE.fullmatch(_language(document))
    return Metadata(
        title=None if _JUNK.fullmatch(title) else title,
        lang=language[1].lower() if language else None,
    )


def _language(document: pdfium.PdfDocument) -> str:
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size < 100:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer).decode("utf-16-le", "ignore").strip("\0 ")
