"""Dates as they stand behind a resolution's number: "28 April 2004", "April 28, 2004", "28 апреля 2004 года"."""

from __future__ import annotations

from typing import Final

import regex

from npextract.ontology.registry import Registry

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
    "ноября", "декабря",
)  # fmt: skip
_NUMBERS: Final = {month.lower(): place % 12 + 1 for place, month in enumerate(_MONTHS)}
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})"

DATE: Final = (
    rf"(?:\d{{1,2}}\ {_MONTH}\ \d{{4}}|{_MONTH}\ \d{{1,2}},?\ \d{{4}}|\d{{1,2}}\.\d{{2}}\.(?:19|20)\d\d)"
    r"(?:\ (?:года|г\.?(?!\w)))?"
)
"""A day, for use in verbose patterns that ignore case."""
MONTH_OF_YEAR: Final = rf"(?:{_MONTH}\ \d{{4}}(?:\ (?:года|г\.?(?!\w)))?)"

_PARTS: Final = regex.compile(
    rf"(?:(?P<day>\d{{1,2}})\ )?(?P<month>{_MONTH})\ (?:(?P<day>\d{{1,2}}),?\ )?(?P<year>\d{{4}})"
    r"|(?P<day>\d{1,2})\.(?P<number>\d{2})\.(?P<year>\d{4})",
    regex.IGNORECASE,
)


def parse_date(text: str) -> str | None:
    """A date as "2004-04-28", or "1967-11" where no day is given; None for a day that no month has."""
    match = _PARTS.match(text)
    if match is None:
        return None
    month = int(match["number"]) if match["number"] else _NUMBERS[match["month"].lower()]
    if not 1 <= month <= 12:
        return None
    if not match["day"]:
        return f"{match['year']}-{month:02}"
    return f"{match['year']}-{month:02}-{int(match['day']):02}" if 1 <= int(match["day"]) <= 31 else None


def fits(registry: Registry, number: int, date: str) -> bool:
    """Whether the Security Council may have adopted a resolution on a date, as far as the registry knows the day."""
    adoption = registry.adoption(number)
    return adoption is None or adoption.day is None or adoption.day.startswith(date)
