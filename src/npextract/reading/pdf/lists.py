"""The marks with which items of lists and numbered paragraphs begin."""

from __future__ import annotations

import re
from typing import Final

_MARK: Final = (
    r"(?:[•·▪■●○‣◦]|[-–—]|\d{1,3}[.)]|\(\d{1,3}\)|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[IVXLC]{1,6}[.)]|\([ivxlc]{1,6}\)"
    r"|[A-Za-zА-Яа-я][.)]|\([A-Za-zА-Яа-я]\))"
)
_LIST_MARK: Final = re.compile(_MARK)
_LIST_ITEM: Final = re.compile(_MARK + r"\s")
_DASH: Final = "-–—"


def is_list_mark(text: str) -> bool:
    """Whether a text is but an item's mark: "1.", "(a)", "–"."""
    return _LIST_MARK.fullmatch(text) is not None


def starts_item(text: str) -> bool:
    """Whether a line begins with an item's mark."""
    return _LIST_ITEM.match(text) is not None


def starts_with_dash(text: str) -> bool:
    """Whether a line begins with a dash, which may be an item's mark or go on with a sentence."""
    return text[:1] in _DASH if text else False
