"""From a number, a session and a body to the one official symbol."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from npextract.finders.references.bodies import Body
from npextract.finders.references.numerals import format_roman, parse_roman
from npextract.ontology.registry import Registry

LAST_ROMAN_SESSION: Final = 30
"""The Assembly numbered its resolutions through, with the session in Roman numerals, up to the thirtieth (1975)."""
LAST_ROMAN_NUMBER: Final = 3541
"""The last resolution numbered in that way, 3541 (XXX)."""
FIRST_ECOSOC_YEAR: Final = 1978
"""Since then the Council's symbols carry the year: E/RES/1978/1."""
LARGEST_HUMAN_RIGHTS_NUMBER: Final = 60
"""The Human Rights Council has adopted about forty resolutions a session at most."""
LAST_COMMISSION_YEAR: Final = 2006
"""The Commission on Human Rights met for the last time in 2006, when the Human Rights Council took its place."""
ROMAN_ECOSOC_SESSIONS: Final = 63


@dataclass(frozen=True, slots=True)
class Identity:
    """What a citation stands for. `symbol` is None where it could not be decided."""

    symbol: str | None
    score: float
    flags: tuple[str, ...] = ()
    expected_year: int | None = None
    alternatives: tuple[str, ...] = ()
    """What else it may stand for, where nothing but custom speaks for the symbol."""

    def swapped(self) -> Identity:
        """The same with its first alternative for the symbol, for which the section speaks."""
        first, *others = self.alternatives
        return replace(self, symbol=first, alternatives=(*filter(None, (self.symbol,)), *others))

    def damaged(self) -> Identity:
        """The same, read from damaged text."""
        return replace(self, score=self.score - 0.15, flags=(*self.flags, "damaged"))


def security_council(registry: Registry, number: int, year: int | None) -> Identity | None:
    """S/RES/number(year). The number decides; a year that contradicts it is flagged, with the right one.

    None where no such resolution can exist.
    """
    known = registry.security_council_year(number)
    if known is not None:
        if year is None:
            return Identity(f"S/RES/{number}({known})", 0.95)
        if year == known:
            return Identity(f"S/RES/{number}({known})", 0.99)
        return Identity(f"S/RES/{number}({known})", 0.8, ("year-mismatch",), known)
    if number <= registry.last_number or year is None or year < registry.last_year:
        return None
    return Identity(f"S/RES/{number}({year})", 0.85, ("unregistered",))


def roman_session(number: int, letter: str, session: str, body: Body | None) -> Identity | None:
    """A resolution with a Roman session: the Assembly's ("1540 (XV)", "3202 (S-VI)") or ECOSOC's ("2042 (LXI)")."""
    series, _, numeral = session.rpartition("-")
    value = parse_roman(numeral)
    if value is None:
        return None
    if body == "UNCHR":
        return Identity(f"E/CN.4/RES/{number}{letter}({numeral})", 0.9)
    if series:
        return Identity(f"A/RES/{number}{letter}({series}-{numeral})", 0.97)
    if body == "ECOSOC" or (value > LAST_ROMAN_SESSION and body is None):
        return Identity(f"E/RES/{number}{letter}({numeral})", 0.93) if value <= ROMAN_ECOSOC_SESSIONS else None
    if value > LAST_ROMAN_SESSION or number > LAST_ROMAN_NUMBER:
        return None
    return Identity(f"A/RES/{number}{letter}({numeral})", 0.97)


def slashed(registry: Registry, session: str, number: int, letter: str, body: Body | None) -> Identity | None:
    """A number behind a session or a year: "71/258", "ES-11/1", "2006/23"."""
    if session.isdigit() and len(session) == 4:
        year = int(session)
        known = FIRST_ECOSOC_YEAR <= year <= registry.last_year + 1
        if body == "UNCHR" and year <= LAST_COMMISSION_YEAR:
            return Identity(f"E/CN.4/RES/{session}/{number}", 0.95) if known else None
        if not known or body not in (None, "ECOSOC"):
            return None
        return Identity(f"E/RES/{session}/{number}{letter}", 0.95 if body == "ECOSOC" else 0.8)
    human_rights = f"A/HRC/RES/{session}/{number}"
    if not session.isdigit():
        if body == "UNHRC" and session.startswith("S-"):
            return Identity(human_rights, 0.95)
        return Identity(f"A/RES/{session}/{number}{letter}", 0.97)
    value = int(session)
    may_be_human_rights = value <= registry.last_session("HRC") + 3 and number <= LARGEST_HUMAN_RIGHTS_NUMBER
    if body == "UNHRC":
        return Identity(human_rights, 0.95) if may_be_human_rights else None
    if body not in (None, "UNGA", "UNSC") or not 1 <= value <= registry.last_session("UNGA") + 2:
        return None
    if value <= LAST_ROMAN_SESSION:
        # "A/RES/14/1378" is how some catalogues write 1378 (XIV).
        return Identity(f"A/RES/{number}{letter}({format_roman(value)})", 0.85)
    symbol = f"A/RES/{value}/{number}{letter}"
    if body is None and may_be_human_rights and not letter:
        return Identity(symbol, 0.85, alternatives=(human_rights,))
    return Identity(symbol, 0.97 if body == "UNGA" else 0.95)
