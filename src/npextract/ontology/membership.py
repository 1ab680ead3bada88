"""Who belonged to what, and when: members of organizations, parties of treaties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from npextract.ontology.dates import first_day, last_day

MEMBER: Final = "member"
PARTY: Final = "party"
_SEPARATOR: Final = "\t"


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

    def holds(self, on: date | None = None) -> bool:
        """Whether it holds on a day; without one, whether it has not ended.

        A date known to the month or year is taken at its widest; an unknown beginning as long ago.
        """
        if on is None:
            return self.end is None
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
