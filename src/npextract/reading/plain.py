"""Plain text and Markdown, which are read as they are: the reading view sees through the markup."""

from __future__ import annotations

from npextract.reading.encodings import decode_file
from npextract.reading.source import SourceText


def read_text(data: bytes, source: str) -> SourceText:
    """A text file; a form feed begins a new page. Raises InputError for what is no text."""
    decoded = decode_file(data, source)
    text = decoded.text
    breaks = [at + 1 for at, character in enumerate(text) if character == "\f"] if "\f" in text else []
    pages = tuple((start, page) for page, start in enumerate([0, *breaks], 1)) if breaks else ()
    return SourceText(text, "text", pages=pages, warnings=decoded.warnings)


def read_markdown(data: bytes, source: str) -> SourceText:
    """A Markdown file, in its raw source. Raises InputError for what is no text."""
    decoded = decode_file(data, source)
    return SourceText(decoded.text, "markdown", warnings=decoded.warnings)
