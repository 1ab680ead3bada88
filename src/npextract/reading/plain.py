"""Plain text and Markdown, which are read as they are: the reading view sees through the markup."""

from __future__ import annotations

from npextract.reading.encodings import decode
from npextract.reading.source import SourceText


def read_text(data: bytes, source: str) -> SourceText:
    """A text file; a form feed begins a new page. Raises InputError for what is no text."""
    text = decode(data, source)
    breaks = [at + 1 for at, character in enumerate(text) if character == "\f"] if "\f" in text else []
    pages = tuple((start, page) for page, start in enumerate([0, *breaks], 1)) if breaks else ()
    return SourceText(text, "text", pages=pages)


def read_markdown(data: bytes, source: str) -> SourceText:
    """A Markdown file, in its raw source. Raises InputError for what is no text."""
    return SourceText(decode(data, source), "markdown")
