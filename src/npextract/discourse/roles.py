"""Names by which their members are meant: "States members of the CIS", "государства – участники ДНЯО"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from npextract.finders.candidate import Candidate
from npextract.reading.view import View

MEMBERS: Final = "members"
_REACH: Final = 60
_KINDS: Final = frozenset({"organization", "treaty"})

_MANY_EN: Final = r"(?:[Ss]tates?|[Cc]ountries|[Nn]ations)"
_MANY_RU: Final = r"\b(?:[Гг]осударств|[Сс]тран)[а-я]{0,3}"
_BEFORE: Final = regex.compile(
    rf"""(?: \b{_MANY_EN}[ ](?:[Mm]embers|[Pp]arties|[Ss]ignatories)[ ](?:of|to)[ ](?:the[ ])?
      | \b(?:[Mm]ember|[Pp]articipating|[Cc]ontracting)[ ](?:{_MANY_EN}|[Pp]arties)[ ](?:of|in|to)[ ](?:the[ ])?
      | \b[Nn]on-nuclear-weapon[ ][Ss]tates[ ][Pp]art(?:y|ies)[ ]to[ ](?:the[ ])?
      | {_MANY_RU}[ ]?-[ ]?(?:член|участни)[а-я]{{1,4}}[ ]
      | {_MANY_RU},[ ](?:являющи|подписавши|ратифицировавши)[а-я]{{2,4}}[ ](?:членами[ ]|участниками[ ])?
    )$""",
    regex.VERBOSE,
)
_BEHIND: Final = regex.compile(
    r"[ ](?:[Mm]ember|[Pp]articipating)[ ](?:[Ss]tates?|[Cc]ountries|[Nn]ations)\b|[ ][Ss]tates[ ][Pp]arties\b",
    regex.VERBOSE,
)


def role_of(view: View, candidate: Candidate) -> str | None:
    """members, where what stands next to the name of a body or a treaty says that its members are meant."""
    if candidate.kind not in _KINDS or candidate.form != "name":
        return None
    before = view.text[max(0, candidate.start - _REACH) : candidate.start]
    if _BEFORE.search(before) or _BEHIND.match(view.text, candidate.end):
        return MEMBERS
    return None


def find_roles(view: View, candidates: Sequence[Candidate]) -> list[str | None]:
    """The role of each candidate; None for the most."""
    return [role_of(view, candidate) for candidate in candidates]
