"""Which resolutions there are: the Security Council's numbers by year and day, the sessions of other bodies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Adoption:
    """A resolution of the Security Council, as its records list it."""

    number: int
    day: str | None
    """When it was adopted, "2004-04-28"."""
    subject: str
    """What it is about, in English."""


class Registry:
    """Numbers, years and sessions. Years are those of adoption; a session's year is that in which it opened."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        rows: Sequence[Sequence[int]] = tables["security_council"]
        self._years = [year for year, _, _ in rows]
        self._first = [first for _, first, _ in rows]
        self.last_number: int = rows[-1][2]
        """The last Security Council resolution that the registry knows."""
        self.last_year: int = rows[-1][0]
        self._packed_adoptions: str = tables["adoptions"]
        self._sessions: dict[tuple[str, str, int], int] = {
            (body, series, number): year for body, series, number, year in tables["sessions"]
        }
        self._last_session: dict[tuple[str, str], int] = {
            (body, series): max(n for b, s, n in self._sessions if (b, s) == (body, series))
            for body, series, _ in self._sessions
        }

    def security_council_year(self, number: int) -> int | None:
        """The year in which the Security Council adopted resolution `number`; None if it is not known."""
        if not 1 <= number <= self.last_number:
            return None
        return self._years[bisect_right(self._first, number) - 1]

    def adoption(self, number: int) -> Adoption | None:
        """The day and the subject of the Security Council's resolution `number`; known from the year 2000 on."""
        return self._adoptions.get(number)

    def adopted_on(self, day: str) -> list[int]:
        """The numbers of the Security Council's resolutions of a day ("2004-04-28"), as far as they are known."""
        return self._numbers_by_day.get(day, [])

    @cached_property
    def _adoptions(self) -> dict[int, Adoption]:
        rows = (line.split("\t") for line in self._packed_adoptions.split("\n") if line)
        return {int(number): Adoption(int(number), day or None, subject) for number, day, subject in rows}

    @cached_property
    def _numbers_by_day(self) -> dict[str, list[int]]:
        numbers: dict[str, list[int]] = {}
        for adoption in self._adoptions.values():
            if adoption.day is not None:
                numbers.setdefault(adoption.day, []).append(adoption.number)
        return numbers

    def session_year(self, body: str, series: str, number: int) -> int | None:
        """The year in which a session opened: body UNGA or HRC; series regular, special, emergency special."""
        return self._sessions.get((body, series, number))

    def last_session(self, body: str, series: str = "regular") -> int:
        """The number of the last session known."""
        return self._last_session.get((body, series), 0)
