"""What stands at a document's head: its title, date and symbol.

A text says more of itself than its file does: the symbol and the date that stand at the head win over declared ones
(but for lines of a web page that hold but a date), a declared title wins over one that is guessed. Better nothing than
something wrong.
"""

from __future__ import annotations

from typing import Final

from npextract.corpus.heading.dates import as_date, find_date
from npextract.corpus.heading.lines import Head, head_of
from npextract.corpus.heading.symbols import adoption_of, find_symbol
from npextract.corpus.heading.titles import find_title
from npextract.reading.source import Metadata, SourceText

_SELF_DATED: Final = frozenset({"mail"})
"""Formats that declare the day of the text itself, and not that of its file."""
_PUBLISHED: Final = frozenset({"html"})
"""Formats that declare the day on which the text was published."""

__all__ = ("find_metadata",)


def find_metadata(document: SourceText, source: str) -> Metadata:
    """What a document's head says of it, and where it says nothing, what its file declares. Dates that are none are
    dropped. Records declare what their maker knew: that wins.
    """
    declared = document.metadata
    date = as_date(declared.date)
    if document.format == "records" and date and declared.symbol and declared.title:
        return Metadata(declared.title, date, declared.lang, declared.symbol)
    head = head_of(document)
    symbol = find_symbol(head)
    if document.format == "records":
        symbol = declared.symbol or symbol
        date = date or _own_date(head, symbol)
    elif document.format in _SELF_DATED:
        date = date or _own_date(head, symbol)
    else:
        published = date if document.format in _PUBLISHED and date and len(date) == len("2024-03-19") else None
        date = _own_date(head, symbol, published) or date
    return Metadata(declared.title or find_title(head), date, declared.lang, symbol or declared.symbol)


def _own_date(head: Head, symbol: str | None, published: str | None = None) -> str | None:
    """The date at the head, or a page's day of publication. A Security Council resolution is of the day on which it was
    adopted.
    """
    date = find_date(head, published)
    adopted = adoption_of(symbol)
    if adopted is not None and (date is None or date[:4] != adopted[:4]):
        return adopted
    return date
