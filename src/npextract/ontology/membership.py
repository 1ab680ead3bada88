"""Who belonged to what, and when: members of organizations, parties of treaties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from npextract.ontology.dates import first_day, last_day

MEMBER: Final = "member"
PARTY: Final = "party"
_SEPARATOR: Final = "\t"

Day = date | str
"""A day: a date, or as "1995-06-01"; a month or a year stands for its first day."""


@dataclass(frozen=True, slots=True)
class Membership:
    """One stretch of time for which a state belonged to an organization or was bound by a treaty."""

    member: str
    """The state's identifier (or a member organization's)."""
    of: str
    """The organization's or treaty's identifier."""
    start: str | None
    """The day, month or year from which on; None where it is not known."""
    end: str | None
    """When it ceased; None while it lasts."""
    status: str
    """member, observer, associate, partner, suspended; for treaties party, signatory, suspended."""
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether it holds on a day.

        A date known to the month or year is taken at its widest; an unknown beginning as long ago.
        """
        begun = self.start is None or first_day(self.start) <= on
        if self.end is None:
            return begun
        # A day is the day on which it ceased; a month or year may have been its last.
        exact = len(self.end) == len("1991-12-21")
        return begun and (on < first_day(self.end) if exact else on <= last_day(self.end))


def pack(memberships: Iterable[Membership]) -> str:
    """Memberships as one string, which the compiled file holds and which costs nothing until it is read."""
    rows = ((m.member, m.of, m.start or "", m.end or "", m.status, m.note) for m in memberships)
    return "\n".join(_SEPARATOR.join(row) for row in rows)


def unpack(packed: str) -> Iterator[Membership]:
    """What `pack` made a string of."""
    for row in packed.split("\n") if packed else ():
        member, of, start, end, status, note = row.split(_SEPARATOR)
        yield Membership(member, of, start or None, end or None, status, note)


class Memberships:
    """All memberships, by the member and by what it belongs to."""

    def __init__(self, memberships: Iterable[Membership], as_of: date, beginnings: Mapping[str, date]) -> None:
        self.as_of = as_of
        """The day that is meant where none is given: the ontology's own."""
        self._beginnings = beginnings
        """When a body was founded or a treaty opened: no membership of unknown beginning is older."""
        by_member: dict[str, list[Membership]] = {}
        by_body: dict[str, list[Membership]] = {}
        for membership in memberships:
            by_member.setdefault(membership.member, []).append(membership)
            by_body.setdefault(membership.of, []).append(membership)
        self.by_member: Mapping[str, Sequence[Membership]] = by_member
        self.by_body: Mapping[str, Sequence[Membership]] = by_body

    def of_member(self, member: str, on: Day | None = None) -> list[Membership]:
        """What a state belongs to on a day; ValueError for what is no day."""
        day = self._day(on)
        return [m for m in self.by_member.get(member, ()) if self._holds(m, day)]

    def of_body(self, body: str, status: str, on: Day | None = None) -> list[str]:
        """Who belongs to a body in a status on a day, as identifiers in order; ValueError for what is no day."""
        day = self._day(on)
        return sorted({m.member for m in self.by_body.get(body, ()) if m.status == status and self._holds(m, day)})

    def _holds(self, membership: Membership, day: date) -> bool:
        known = membership.start is not None or self._beginnings.get(membership.of, day) <= day
        return known and membership.holds(day)

    def _day(self, on: Day | None) -> date:
        if on is None:
            return self.as_of
        return first_day(on) if isinstance(on, str) else on
