"""The year beside a treaty's name: "Московский договор 2002 года" is another one than that of 1963."""

from __future__ import annotations

from typing import Final

import regex

_BEHIND: Final = regex.compile(
    r" (?:of|от|(?=\())(?: ?\(?)(?:\d{1,2} \p{L}+ )?(?P<year>(?:18|19|20)\d\d)\b(?![/-]\d)"
    r"| (?P<year>(?:18|19|20)\d\d)(?:-го)? г(?:\.|ода?\b|оду\b)"
)
_BEFORE: Final = regex.compile(r"(?r)\b(?P<year>(?:18|19|20)\d\d) ")
_LONGEST: Final = 30


def year_beside(text: str, start: int, end: int) -> int | None:
    """The year that stands right behind a name, in English right before it too."""
    found = _BEHIND.match(text, end, end + _LONGEST)
    if found is None and text[start].isascii():
        found = _BEFORE.match(text, max(0, start - _LONGEST), start)
    return int(found["year"]) if found else None
