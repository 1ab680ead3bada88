"""Decisions that are cited by a body and a number: those of the OSCE ("Ministerial Council Decision No. 7/06")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from npextract.finders.candidate import Candidate

_OSCE: Final = r"(?:(?:OSCE|ОБСЕ)\ )?"
_OF_OSCE: Final = r"(?:\ (?:of\ the\ OSCE|ОБСЕ))?"
_COUNCIL: Final = r"""(?:
    (?P<PC>Permanent\ Council|Постоянн[а-я]{2,3}\ [Сс]овет[а-я]{0,2})
  | (?P<MC>Ministerial\ Council|Совет[а-я]{0,2}\ министров(?:\ иностранных\ дел)?|СМИД)
  | (?P<FSC>Forum\ for\ Security\ Co-?operation|Форум[а-я]{0,2}\ по\ сотрудничеству\ в\ области\ безопасности))"""
_NUMBER: Final = r"(?:No\.?|№|N)\ ?(?P<number>\d{1,4}(?:/\d\d)?)(?![\w/])"
_DECISION: Final = regex.compile(
    rf"""(?<!\w)(?:
        {_OSCE}{_COUNCIL}{_OF_OSCE}\ [Dd]ecision\ {_NUMBER}
      | [Dd]ecision\ {_NUMBER}\ of\ the\ {_OSCE}{_COUNCIL}{_OF_OSCE}
      | [Рр]ешени[а-я]{{1,2}}\ {_OSCE}{_COUNCIL}{_OF_OSCE}\ {_NUMBER}
      | [Рр]ешени[а-я]{{1,2}}\ {_NUMBER}\ {_COUNCIL}{_OF_OSCE}
    )""",
    regex.VERBOSE,
)
_NOUNS: Final = ("ecision", "ешени")
_NAMES: Final = ("OSCE", "ОБСЕ", "Permanent Council", "Ministerial Council", "Постоянн")


def find_decisions(text: str) -> Iterator[Candidate]:
    """The decisions of the OSCE's councils, in texts that name the organization or one of them."""
    if not any(noun in text for noun in _NOUNS) or not any(name in text for name in _NAMES):
        return
    for match in _DECISION.finditer(text):
        council = next(name for name in ("PC", "MC", "FSC") if match[name])
        numbered_by_year = "/" in match["number"]
        if numbered_by_year == (council != "PC"):
            identifier = f"doc:{council}.DEC/{match['number']}"
            yield Candidate(match.start(), match.end(), "document", identifier, "references.decision", 0.93)
