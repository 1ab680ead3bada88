"""Values of a corpus in formats that cannot hold every character."""

from __future__ import annotations

import json
from typing import Any, Final

import regex

_NOT_XML: Final = regex.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write, not even escaped; RDF tools and spreadsheets stumble over it too."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def xml_text(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot hold; offsets stay right."""
    return _NOT_XML.sub("\ufffd", text)


def csv_cell(value: Any) -> Any:
    """A value for CSV that is safe to open in a spreadsheet.

    Text that would be taken for a formula gets an apostrophe before it, as spreadsheets themselves mark text: a
    document must not be able to run anything. Lists become JSON. Numbers stay as they are.
    """
    if isinstance(value, str):
        text = xml_text(value)
        return f"'{text}" if text.startswith(_FORMULA) else text
    if isinstance(value, (list, tuple, dict)):
        return csv_cell(plain(value))
    return value


def plain(value: Any) -> Any:
    """A value for databases without lists: lists and structures become JSON."""
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return value
