"""Verbatim records as speeches: who speaks, for which state or organization, and from where to where.

A speech begins with a paragraph such as "Ms. Moldoisaeva (Kyrgyzstan) (spoke in Russian): …", "Г-н Небензя (Российская
Федерация): …" or "The President: …", and ends where the next one begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from npextract.finders.candidate import Candidate
from npextract.reading.view import View

_TITLE: Final = r"(?:Mr|Mrs|Ms|Dr|Miss)\.?|Sir|Dame|Lord|Baroness|Prince|Sheikh|Г-н|Г-жа|г-н|г-жа|Господин|Госпожа|Сэр"
_CHAIR: Final = (
    r"The\ (?:Acting\ |Temporary\ )?(?:President|Chair(?:man|person|woman)?|Secretary-General|Director-General"
    r"|Executive\ Secretary|High\ Representative)"
    r"|(?:Временный\ )?Председател[а-я]{1,3}|Председательствующ[а-я]{2,3}|Генеральный\ (?:секретарь|директор)"
)
_LANGUAGE: Final = r"(?:spoke|speaking|interpretation|translated|original|говорит|перевод|выступает)"
_HEADER: Final = regex.compile(
    rf"""(?:^|\n)[ \t*_]*(?:\d{{1,4}}\.\ )?(?P<speaker>
          (?:{_TITLE})\ [\p{{L}}\d .,'’-]{{2,60}}?\ \((?P<of>[^()\n:]{{2,80}}(?:\([^()\n:]{{2,50}}\))?)\)
        | (?:{_CHAIR})(?:\ \((?P<of>(?!{_LANGUAGE})[^()\n:]{{2,80}})\))?
      )(?:,\ [^\n:()]{{3,120}})?
      (?:\ \({_LANGUAGE}[^()\n]{{3,80}}\))*\ ?:(?=\s)""",
    regex.VERBOSE,
)
_BEHALF: Final = regex.compile(r"(?:\bon\ behalf\ of|\bот\ имени)\ (?:the\ |Группы\ |группы\ )?$", regex.VERBOSE)
_OPENING: Final = 600
"""How far into a speech, in characters, its speaker says on whose behalf he speaks."""


@dataclass(frozen=True, slots=True)
class SpeechSpan:
    """A speech in a view."""

    start: int
    end: int
    speaker: str
    """The words that name the speaker: "Ms. Moldoisaeva (Kyrgyzstan)"."""
    entity: str | None
    """The identifier of the state or organization that the speaker represents."""
    on_behalf_of: tuple[str, ...]
    """The identifiers of those on whose behalf the speaker says to speak."""


def find_speeches(view: View, names: Sequence[Candidate]) -> list[SpeechSpan]:
    """The speeches of a view, in order; none in a text that is no verbatim record.

    `names` are the mentions that count, in text order. A record has a speaker with a state in parentheses.
    """
    headers = list(_HEADER.finditer(view.text))
    if not any(header["of"] for header in headers):
        return []
    starts = [name.start for name in names]
    ends = [header.start("speaker") for header in headers[1:]] + [len(view.text)]
    return [
        SpeechSpan(
            header.start("speaker"),
            end,
            " ".join(header["speaker"].split()),
            _represented(header, names, starts),
            tuple(dict.fromkeys(_on_behalf(view.text, header.end(), end, names, starts))),
        )
        for header, end in zip(headers, ends, strict=True)
    ]


def _represented(header: regex.Match[str], names: Sequence[Candidate], starts: Sequence[int]) -> str | None:
    """The state or organization in the parentheses behind a speaker's name."""
    if not header["of"]:
        return None
    inside = names[bisect_left(starts, header.start("of")) : bisect_left(starts, header.end("of"))]
    return next((c.id for c in inside if c.kind in ("state", "organization") and c.form == "name" and c.id), None)


def _on_behalf(text: str, start: int, end: int, names: Sequence[Candidate], starts: Sequence[int]) -> Iterator[str]:
    """Those on whose behalf the speaker says to speak, in the first sentences."""
    last = min(end, start + _OPENING)
    first, behind = bisect_left(starts, start), bisect_left(starts, last)
    opened = [c for c in names[first:behind] if c.kind in ("state", "organization") and c.form == "name" and c.id]
    for name in opened:
        if name.id and _BEHALF.search(text[max(start, name.start - 40) : name.start]):
            yield name.id
