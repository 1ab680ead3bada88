"""Dates as far as they are known: a day, a month or a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def first_day(partial: str) -> date:
    """The first day that a date may mean: 1991 → 1 January 1991. Raises ValueError for what is no date."""
    year, month, day = _parts(partial)
    return date(year, month or 1, day or 1)


def last_day(partial: str) -> date:
    """The last day that a date may mean: 1991-02 → 28 February 1991. Raises ValueError for what is no date."""
    year, month, day = _parts(partial)
    if day:
        return date(year, month or 1, day)
    following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def is_later(partial: str, other: str) -> bool:
    """Whether all days that a date may mean are later than those of another. Raises ValueError for what is no date."""
    return first_day(partial) > last_day(other)


def _parts(partial: str) -> tuple[int, int, int]:
    """Year, month and day; 0 for what is not said."""
    match = _PARTIAL.fullmatch(partial)
    if match is None:
        raise ValueError(f"{partial!r} is no date: write 1991, 1991-12 or 1991-12-21")
    year, month, day = (int(part or 0) for part in match.groups())
    return year, month, day
