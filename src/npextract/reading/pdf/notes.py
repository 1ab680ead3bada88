"""Footnotes: smaller lines at the foot of a page or column, or lines below a short rule, that begin with a mark."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from npextract.reading.pdf.frames import Floats
from npextract.reading.pdf.lines import Line

_SMALLER: Final = 0.94
"""The share of the text's size below which a line may belong to a footnote."""
_OWN_SIZE: Final = 0.15
"""The share of a page's characters that must have the document's usual size, else the page has its own."""
_SHORT_RULE: Final = 0.6
"""The share of its column that a footnote's rule covers at most."""
_GAP: Final = 1.5
"""In heights of the letters, between the text and a note that goes on from the page before."""
_MOST: Final = 0.75
"""The share of a page's lines that may be footnotes where no rule divides them from the text."""

_MARKED: Final = re.compile(r"(?:\d{1,3}/|[a-z]/|\d{1,3}(?=\s+\S)|\*{1,3}(?!\*)|[†‡§])\s*\S")
_MARKED_BELOW_RULE: Final = re.compile(r"(?:\d{1,3}[./)]?\s|[a-z][/)]|\*|[†‡§]|[¹²³⁴-⁹])\s*\S")
_RULE: Final = re.compile(r"[_—–─]{5,}|(?:_ ?){5,}")
_NUMBER: Final = re.compile(r"\d{1,3}")


def usual_size(lines: list[Line]) -> float:
    """The size that most characters have, to half a point; 0 for no lines."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(2 * line.size) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def text_size(lines: list[Line], document: float) -> float:
    """The size of the text on a page: the document's, or its own where it has next to none of that."""
    whole = sum(len(line.text) for line in lines)
    usual = sum(len(line.text) for line in lines if abs(line.size - document) <= 0.06 * document)
    return document if usual >= _OWN_SIZE * whole else usual_size(lines)


def split_notes(
    lines: list[Line], size: float, rules: Floats, *, follows_note: bool
) -> tuple[list[Line], list[list[Line]]]:
    """The text of a column, and the footnotes at its foot, each in its lines.

    `follows_note` says that the page before ended with a footnote; one that goes on comes first, and `continues` it.
    """
    drawn = next((at for at in range(len(lines) - 1, 0, -1) if _RULE.fullmatch(lines[at].text)), None)
    if drawn is not None and drawn + 1 < len(lines) and _MARKED_BELOW_RULE.match(lines[drawn + 1].text):
        return lines[:drawn], _divide(lines[drawn + 1 :])
    start = len(lines)
    while start and lines[start - 1].size <= _SMALLER * size:
        start -= 1
    below = _below_rule(lines, rules)
    if below is not None and (below < start or start == len(lines)):
        if _begins(lines[below], _MARKED_BELOW_RULE):
            return lines[:below], _divide(lines[below:])
    elif start == len(lines):
        return lines, []
    first = next((at for at in range(start, len(lines)) if _begins(lines[at], _MARKED)), len(lines))
    goes_on = follows_note and (below == start or (start > 0 and _gap(lines, start) > _GAP * lines[start].size))
    if goes_on and first > start:
        return lines[:start], [lines[start:first], *_divide(lines[first:])]
    is_ruled = below is not None and below >= start
    if first == len(lines) or (not is_ruled and len(lines) - first > _MOST * len(lines) and not lines[first].mark):
        return lines, []
    return lines[:first], _divide(lines[first:])


def continues(note: list[Line]) -> bool:
    """Whether a footnote goes on from the page before: it has no mark."""
    return not _begins(note[0], _MARKED) and not _begins(note[0], _MARKED_BELOW_RULE)


def _begins(line: Line, mark: re.Pattern[str]) -> bool:
    return bool(line.mark) or mark.match(line.text) is not None


def _gap(lines: list[Line], at: int) -> float:
    return lines[at].baseline - lines[at - 1].baseline


def _below_rule(lines: list[Line], rules: Floats) -> int | None:
    """The index of the line below the last short rule that stands between the lines."""
    if len(lines) < 2 or not len(rules):
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    size = lines[-1].size
    short = (rules[:, 0] >= left - size) & (rules[:, 0] <= left + 2 * size)
    short &= (rules[:, 2] - rules[:, 0] <= _SHORT_RULE * (right - left)) & (rules[:, 1] < lines[-1].baseline)
    if not short.any():
        return None
    level = float(rules[short, 1].max())
    at = next(index for index, line in enumerate(lines) if line.baseline > level)
    return at if at > 0 else None


def _divide(lines: list[Line]) -> list[list[Line]]:
    """The footnotes, each in its lines: one begins at each mark; a plain number is one where it is the next."""
    notes: list[list[Line]] = []
    number: int | None = None
    for line in lines:
        found = _NUMBER.match(line.text)
        own = int(found[0]) if found else None
        if line.mark or not notes:
            begins = True
        elif _MARKED_BELOW_RULE.match(line.text):
            begins = own is None or number is None or own == number + 1
        else:
            begins = False
        if begins:
            notes.append([])
            number = own if own is not None else number
        notes[-1].append(line)
    return notes
