"""Which paragraph of a resolution is cited: "paragraph 4 of resolution 1540", "резолюции 1540 (2004), пункт 3 (a)"."""

from __future__ import annotations

from typing import Final

import regex

_NUMBER: Final = r"\d{1,3}(?:\ ?\(?(?:[ivx]{1,4}|[a-zа-я])\)){0,2}"
"""A number with its parts: "3 (a)", "33 (iii)", "32 g)"."""
_NUMBERS: Final = rf"(?P<numbers>{_NUMBER}(?:(?:,\ (?:and\ |и\ )?|\ (?:and|и|to|по)\ |\ ?-\ ?){_NUMBER})*)"
_PARAGRAPH: Final = r"(?:paragraphs?|paras?\.?|пункт(?:а|у|ом|е|ы|ов|ам|ами|ах)?|пп?\.|¶{1,2}|[OP]P)\ ?"
_BEFORE: Final = regex.compile(
    rf"""(?<!\w){_PARAGRAPH}{_NUMBERS}
        (?:\ (?:постановляющей\ части|преамбулы))?
        (?:\ (?:of|in))?
        (?:\ (?:the|its|that|this|своей|его|ее|этой|той\ же|указанной|упомянутой|вышеупомянутой))?\ $""",
    regex.VERBOSE | regex.IGNORECASE,
)
_BEHIND: Final = regex.compile(
    rf",?\ (?:operative\ |preambular\ )?{_PARAGRAPH}{_NUMBERS}"
    r"(?!\ (?:of|in|постановляющей|преамбулы|резолюци|указанной|упомянутой|этой)\b)",
    regex.VERBOSE | regex.IGNORECASE,
)
_REACH: Final = 80
_JOINTS: Final = regex.compile(r",? (?:and|и) |, ")
_RANGE: Final = regex.compile(r" (?:to|по) | ?- ?")
_PART: Final = regex.compile(r"\ ?\(?([a-zа-я]{1,4})\)")


def paragraph_of(text: str, start: int, end: int) -> int | str | None:
    """The paragraph that is cited right before or behind a citation: 4, "3 (a)", "1, 2", "4-6"; None if none is."""
    match = _BEFORE.search(text[max(0, start - _REACH) : start]) or _BEHIND.match(text[end : end + _REACH])
    if match is None:
        return None
    numbers = _RANGE.sub("-", _JOINTS.sub(", ", match["numbers"]))
    return int(numbers) if numbers.isdigit() else _PART.sub(r" (\1)", numbers)
