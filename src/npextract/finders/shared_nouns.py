"""Names that share a noun: "the Treaties of Rarotonga and Pelindaba", "Протоколы I и II", "Северной и Южной Кореи"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from npextract.finders.candidate import Candidate
from npextract.ontology.model import Ontology
from npextract.reading.view import View

SCORE: Final = 0.93
_PLACE: Final = r"[A-ZА-Я][\w'-]+"
_MOST_WORDS: Final = 16
"""So long may a treaty's name be behind its protocols' numbers."""
_AND: Final = r"(?:,\ |,?\ (?:and|и)\ )"

_NOUN_FIRST: Final = regex.compile(
    rf"""\b(?P<noun> (?P<en>Treaty|Treaties|Convention|Conventions|Protocols?)\ of | [Дд]оговор(?:ы|ов|ам|ами|ах) )
        \ (?P<place>{_PLACE})(?:{_AND}(?P<place>{_PLACE})){{1,7}}""",
    regex.VERBOSE,
)
_NOUN_LAST: Final = regex.compile(
    rf"""\b(?P<place>{_PLACE})(?:{_AND}(?P<place>{_PLACE})){{1,7}}\ (?P<noun>Treaties|Conventions|Protocols)\b""",
    regex.VERBOSE,
)
_NUMBER: Final = r"(?:[IVX]{1,4}|\d)"
_NUMBERED: Final = regex.compile(
    rf"""\b(?P<noun> (?P<en>(?:Additional\ )?Protocol)s
          | (?P<more>Дополнительн[а-я]{{2,3}}\ )?[Пп]ротокол(?:ы|ов|ам|ами|ах) )
        \ (?P<number>{_NUMBER})(?:{_AND}(?P<number>{_NUMBER})){{1,5}}
        \ (?P<to>(?:to|of)\ the|к)\ (?P<treaty>[\w'()-]+(?:\ [\w'()-]+){{0,{_MOST_WORDS - 1}}})""",
    regex.VERBOSE,
)
_SIDE: Final = r"(?:North|South|East|West|Северн[а-я]{2,3}|Южн[а-я]{2,3}|Восточн[а-я]{2,3}|Западн[а-я]{2,3})"
_STATES: Final = regex.compile(
    rf"\b(?P<first>{_SIDE})\ (?:and|и)\ {_SIDE}\ (?P<noun>\p{{Lu}}\p{{L}}+(?:[ -]Nam)?)\b", regex.VERBOSE
)
_SINGULAR: Final = {"Treaties": "Treaty", "Conventions": "Convention", "Protocols": "Protocol"}


class SharedNounFinder:
    """Finds the treaties and states of such a row; each is looked up with the noun in the singular."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    def __call__(self, view: View) -> list[Candidate]:
        """The treaties, the one next to the noun with it; and the state whose noun stands behind the next one's."""
        text = view.text
        return [*self._noun_first(text), *self._noun_last(text), *self._numbered(text), *self._states(text)]

    def _noun_first(self, text: str) -> Iterator[Candidate]:
        for match in _NOUN_FIRST.finditer(text):
            noun = f"{_SINGULAR.get(match['en'], match['en'])} of" if match["en"] else "Договор"
            for number, (start, end) in enumerate(match.spans("place")):
                begin = match.start("noun") if number == 0 else start
                yield from self._treaty(f"{noun} {text[start:end]}", begin, end)

    def _noun_last(self, text: str) -> Iterator[Candidate]:
        for match in _NOUN_LAST.finditer(text):
            spans = match.spans("place")
            for number, (start, end) in enumerate(spans, 1):
                finish = match.end("noun") if number == len(spans) else end
                yield from self._treaty(f"{text[start:end]} {_SINGULAR[match['noun']]}", start, finish)

    def _numbered(self, text: str) -> Iterator[Candidate]:
        """Protocols of one treaty: "Protocols I and II to the Treaty of Tlatelolco"; the treaty is found by itself."""
        for match in _NUMBERED.finditer(text):
            noun = match["en"] or ("Дополнительный протокол" if match["more"] else "Протокол")
            words = match["treaty"].split(" ")
            names = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
            for place, (start, end) in enumerate(match.spans("number")):
                begin = match.start("noun") if place == 0 else start
                wanted = (f"{noun} {text[start:end]} {match['to']} {name}" for name in names)
                known = next((name for name in wanted if self._ontology.find(name)), None)
                if known is not None:
                    yield from self._treaty(known, begin, end)

    def _states(self, text: str) -> Iterator[Candidate]:
        for match in _STATES.finditer(text):
            name = f"{match['first']} {match['noun']}"
            found = [entity for entity in self._ontology.find(name) if entity.kind == "state"]
            if len(found) == 1:
                start, end = match.span("first")
                yield Candidate(start, end, "state", found[0].id, "names.shared-noun", SCORE, alias=name)

    def _treaty(self, name: str, start: int, end: int) -> Iterator[Candidate]:
        found = [entity for entity in self._ontology.find(name) if entity.kind == "treaty"]
        if len(found) == 1:
            yield Candidate(start, end, "treaty", found[0].id, "names.shared-noun", SCORE, alias=name)
