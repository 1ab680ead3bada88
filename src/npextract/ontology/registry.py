"""Which resolutions there are: the Security Council's numbers by year, the sessions of other bodies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any


class Registry:
    """Numbers, years and sessions. Years are those of adoption; a session's year is that in which it opened."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        rows: Sequence[Sequence[int]] = tables["security_council"]
        self._years = [year for year, _, _ in rows]
        self._first = [first for _, first, _ in rows]
        self.last_number: int = rows[-1][2]
        """The last Security Council resolution that the registry knows."""
        self.last_year: int = rows[-1][0]
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

    def session_year(self, body: str, series: str, number: int) -> int | None:
        """The year in which a session opened: body UNGA or HRC; series regular, special, emergency special."""
        return self._sessions.get((body, series, number))

    def last_session(self, body: str, series: str = "regular") -> int:
        """The number of the last session known."""
        return self._last_session.get((body, series), 0)
