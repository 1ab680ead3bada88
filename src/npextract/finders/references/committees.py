"""Committees, panels and missions named by a resolution: "1540 Committee", "Комитет, учрежденный резолюцией 1540"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import regex

from npextract.finders.candidate import Candidate
from npextract.finders.references.hints import Hints
from npextract.ontology.model import Ontology

_YEAR: Final = r"(?:\ ?\((?:19|20)\d\d\))?"
_NUMBER: Final = rf"(?P<number>\d{{3,4}}){_YEAR}"
_SLASHED: Final = r"(?:/\d{3,4}){0,4}"
_MORE: Final = rf"(?:(?:,\ |\ and\ |\ и\ |/)\d{{3,4}}{_YEAR}){{0,4}}"
_COUNCIL: Final = r"(?:(?:(?:United\ Nations|UN|U\.N\.)\ )?Security\ Council\ |UNSC\ |UN\ )?"
_OF_COUNCIL: Final = r"(?:\ (?:Совета\ Безопасности|Совбеза|СБ))?(?:\ (?:ООН|Организации\ Объединенных\ Наций))?"
_EXPERTS_EN: Final = (
    r"(?:Panel|Group)(?:\ of\ Experts)?|(?:Analytical\ Support\ and\ Sanctions\ )?Monitoring\ (?:Team|Group)"
)
_EXPERTS_RU: Final = r"Групп[а-я]{1,2}(?:\ (?:экспертов|контроля|по\ наблюдению))?"
_TITLE_EN: Final = r"(?:the\ )?[A-Z][\w'-]+(?:\ (?:of\ the\ |of\ |and\ the\ |and\ )?[A-Z][\w'-]+){0,6}"
_TITLE_RU: Final = r"[А-Я][\w-]+(?:\ [А-Я][\w-]+){0,3}"
_WHO_EN: Final = rf"(?:(?P<committee>Committee)|(?P<experts>{_EXPERTS_EN}))\b"
_WHO_RU: Final = rf"(?:(?P<committee>Комитет[а-я]{{0,2}})|(?P<experts>{_EXPERTS_RU})){_OF_COUNCIL}"

_PATTERN: Final = regex.compile(
    rf"""(?<![\w/-])(?:
        # "1540 Committee", "Security Council 1718 Sanctions Committee"
        {_COUNCIL}(?P<number>\d{{3,4}}){_SLASHED}{_YEAR}\ (?:Sanctions\ )?{_WHO_EN}

        # "Committee established pursuant to paragraph 12 of resolution 1718 (2006) concerning …"
      | {_COUNCIL}{_WHO_EN}(?:\ appointed\ by\ the\ Secretary-General)?
        (?:\ (?:initially\ )?(?:established|created|set\ up|appointed|formed))?
        \ (?:pursuant\ to|by|under|in\ accordance\ with|according\ to)
        (?:\ paragraphs?\ \d+(?:\ \([a-z]\))?(?:\ and\ \d+)?\ of)?
        \ (?:UNSCR|SCR|{_COUNCIL}(?:[Rr]esolutions?|res\.))\ {_NUMBER}{_MORE}(?:\ (?:concerning|on)\ {_TITLE_EN})?

        # "Комитет СБ ООН 1540", "Комитет по санкциям 1718"
      | {_WHO_RU}(?:\ по\ (?:санкциям|резолюции{_OF_COUNCIL}))?\ {_NUMBER}{_SLASHED}(?![\w/]|\ год)

        # "Комитет Совета Безопасности, учрежденный пунктом 12 резолюции 1718 (2006) по …"
      | {_WHO_RU}(?:\ по\ {_TITLE_RU})?,\ (?:учрежденн|созданн|назначенн|сформированн)[а-я]{{2,3}}
        (?:\ Генеральным\ секретарем)?(?:\ (?:во\ исполнение|в\ соответствии\ с|согласно|на\ основании|по))?
        (?:\ пункт(?:ом|у|а)\ \d+)?
        \ резолюци[а-я]{{1,3}}{_OF_COUNCIL}\ {_NUMBER}{_MORE}{_OF_COUNCIL}(?:\ по\ {_TITLE_RU})?

        # "Mission established pursuant to resolution 1509 (2003)": one without a name of its own before it
      | (?<!\p{{Lu}}\w*[ ])(?P<mission>Mission|Force|Operation)\ (?:established|created|authorized)
        \ (?:pursuant\ to|by|under|in)\ (?:{_COUNCIL}[Rr]esolution)\ {_NUMBER}
      | (?P<mission>Мисси[а-я]{{1,2}}|Сил[а-я]{{0,3}}|Операци[а-я]{{1,2}}),\ (?:учрежденн|созданн)[а-я]{{2,3}}
        (?:\ (?:в\ соответствии\ с|согласно))?\ резолюци[а-я]{{1,3}}{_OF_COUNCIL}\ {_NUMBER}

        # "Группа экспертов по Судану", "Panel of Experts on the Sudan": which one, the name alone does not say
      | (?P<experts>Групп[а-я]{{1,2}}\ экспертов){_OF_COUNCIL}\ по\ {_TITLE_RU}
      | {_COUNCIL}(?P<experts>(?:Panel|Group)\ of\ Experts)\ (?:on|concerning)\ {_TITLE_EN}
    )""",
    regex.VERBOSE,
)


_NOUNS: Final = Hints(
    (
        "Committee", "Panel", "Group", "Monitoring", "Mission", "Force", "Operation",
        "Комитет", "Групп", "Мисси", "Сил", "Операци",
    )
)  # fmt: skip
_BEFORE_NOUN: Final = regex.compile(
    rf"""(?r)(?<![\w/-]){_COUNCIL}(?:\d{{3,4}}{_SLASHED}{_YEAR}\ (?:Sanctions\ )?)?
        (?:Analytical\ Support\ and\ Sanctions\ )?""",
    regex.VERBOSE,
)


def committees_by_resolution(ontology: Ontology) -> Mapping[tuple[str, int], str]:
    """The bodies that a resolution set up: ("Committee", 1540) → "org:1540-Committee"."""
    found: dict[tuple[str, int], str] = {}
    for entity in ontology:
        for number in entity.facts.get("resolutions", ()):
            is_mission = entity.facts.get("kind") == "mission"
            kind = "Committee" if entity.id.endswith("-Committee") else "Mission" if is_mission else "Panel"
            found.setdefault((kind, int(number)), entity.id)
    return found


def _matches(text: str) -> Iterator[regex.Match[str]]:
    """The matches of the pattern, sought about the nouns that it needs."""
    done = 0
    for noun in _NOUNS(text):
        before = _BEFORE_NOUN.match(text, endpos=noun) if noun >= done else None
        if before is None:
            continue
        match = _PATTERN.match(text, before.start()) or _PATTERN.match(text, noun)
        if match is not None:
            done = match.end()
            yield match


def find_committees(text: str, known: Mapping[tuple[str, int], str]) -> Iterator[Candidate]:
    """Committees, panels and missions with the number of a resolution; the whole phrase is the name."""
    for match in _matches(text):
        kind = "Committee" if match["committee"] else "Mission" if match["mission"] else "Panel"
        identifier = known.get((kind, int(match["number"]))) if match["number"] else None
        if identifier is None and kind == "Mission":
            continue
        yield Candidate(
            match.start(),
            match.end(),
            "organization",
            identifier,
            "references.committee",
            0.97 if identifier else 0.8,
            flags=() if identifier else ("unknown",),
        )
