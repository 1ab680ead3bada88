"""Organizations that the ontology does not know: found last, where no known name stands.

Three signs are read: the neural pipelines' tag, a state's institution named with it ("Сенат США"), and an
abbreviation that the text gives to such a name in parentheses.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

import regex

from npextract.finders.candidate import Candidate
from npextract.languages.spans import NerSpan
from npextract.reading.view import OPAQUE, View

NEURAL_SCORE: Final = 0.7
INSTITUTION_SCORE: Final = 0.85
_LEADING: Final = regex.compile(
    r"""(?:[\s"'(\[\-,.;:*]|(?:the|an?|its|their|his|this|that|our|such)\b(?=\s))+""", regex.IGNORECASE
)
_TRAILING: Final = regex.compile(r"""(?r)(?:'s|[\s"'(\[\-,.;:*/])+""")
_TYPE_NOUN: Final = regex.compile(
    r"(?:газет|журнал|концерн|агентств|телеканал|канал|компани|корпораци|холдинг|банк|фонд|издани|портал|радиостанци"
    r'|парти|движени)[а-я]{0,3} (?=")',
    regex.IGNORECASE,
)
_ACRONYM: Final = regex.compile(r"[A-Z]{2,4}")
_HEADING: Final = regex.compile(r"[A-ZА-ЯЁ]{7,}")
"""One long word in capitals: a heading or a dateline, too long for an abbreviation."""
_TREATY_NOUN: Final = regex.compile(
    r"(?:Treaty|Convention|Protocol|Charter|Agreement|Memorandum|Pact|Accords?"
    r"|(?:Договор|Конвенци|Протокол|Харти|Соглашени|Меморандум|Пакт|Устав)[а-я]{0,3})\b"
)
_PARENTHESIS: Final = regex.compile(r""" ?\((?:далее ?[-:]? ?|hereinafter ?|"|')*(?P<short>[\w-]{2,12})["']?\)""")
_CAPITALS: Final = regex.compile(r"[A-ZА-ЯЁ][\w-]*[A-ZА-ЯЁ][\w-]*")
_OF: Final = regex.compile(r" of (?:the )?| ")
_WORD: Final = regex.compile(r"[\w'-]+")


class UnknownNames:
    """Finds organizations without an identifier. Made once, then shared: it does not change."""

    def __init__(self, generic: Mapping[str, Sequence[str]], institutions: Mapping[str, Sequence[str]]) -> None:
        self._words = frozenset(word.lower() for word in generic["en"])
        self._stems = tuple(sorted(generic["ru"], key=len, reverse=True))
        self._before = {
            lang: regex.compile(
                rf"(?r)(?<![\w-])(?:{'|'.join(institutions[f'{lang}_before'])}){' ' if lang == 'ru' else ''}"
            )
            for lang in ("ru", "en")
        }
        self._behind = regex.compile("(?:" + "|".join(institutions["en_behind"]) + ")")

    def __call__(
        self, view: View, spans: Sequence[NerSpan], known: Sequence[Candidate], refused: Iterable[Candidate] = ()
    ) -> list[Candidate]:
        """The unknown organizations, in text order, none crossing a known name or one another.

        `known` are the names that count, in text order; where one of `refused` was found to be something else,
        the neural tag is not believed either.
        """
        tops = _tops(known)
        refused_spans = {(c.start, c.end) for c in refused}
        found = [
            *self._institutions(view, known),
            *(c for c in self._neural(view, spans, tops) if (c.start, c.end) not in refused_spans),
        ]
        names = _disjoint(found, tops)
        return _disjoint([*names, *_abbreviations(view, names)], tops)

    def _neural(self, view: View, spans: Sequence[NerSpan], tops: Sequence[Candidate]) -> Iterator[Candidate]:
        """Organizations by the neural tag, their borders mended."""
        starts = [c.start for c in tops]
        for span in spans:
            if span.label != "ORG":
                continue
            start, end = trim(view.text, span.start, span.end)
            end = _extend(view.text, start, end, tops, starts)
            inside = [c for c in tops[bisect_left(starts, start) : bisect_left(starts, end)] if c.end <= end]
            if end - start >= 2 and self._is_name(view.text, start, end, inside):
                kind: Literal["treaty", "organization"] = (
                    "treaty" if _TREATY_NOUN.match(view.text, start, end) else "organization"
                )
                yield Candidate(start, end, kind, None, "unknown.neural", NEURAL_SCORE)

    def _is_name(self, text: str, start: int, end: int, inside: Sequence[Candidate]) -> bool:
        """Whether a span holds a name of its own, besides known names and words that every body bears."""
        if OPAQUE in text[start:end] or not any(c.isupper() for c in text[start:end]):
            return False
        if any(c.start == start and c.form == "name" for c in inside):
            return False
        words = [
            m[0]
            for m in _WORD.finditer(text, start, end)
            if m[0][:1].isupper() and not any(c.start <= m.start() < c.end for c in inside)
        ]
        if not words or all(self._is_generic(word) for word in words):
            return False
        return not _ACRONYM.fullmatch(text, start, end) and not _HEADING.fullmatch(text, start, end)

    def _is_generic(self, word: str) -> bool:
        low = word.lower()
        if low.isascii():
            return low in self._words
        return any(low.startswith(stem) and len(low) - len(stem) <= 4 for stem in self._stems)

    def _institutions(self, view: View, known: Sequence[Candidate]) -> Iterator[Candidate]:
        """Parliaments, courts, ministries and the like, named with their state."""
        text = view.text
        for state in known:
            if state.kind != "state" or state.form != "name":
                continue
            pattern = self._before["en" if text[state.start] < "\u0370" else "ru"]
            window = max(0, state.start - 90)
            start, end = state.start, state.end
            if (before := pattern.match(text, window, start)) is not None:
                start = before.start()
            elif (behind := self._behind.match(text, end, end + 80)) is not None:
                end = behind.end()
            else:
                continue
            yield Candidate(start, end, "organization", None, "unknown.institution", INSTITUTION_SCORE)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the article, type noun, quotation marks, possessive or abbreviation around the name."""
    if lead := _LEADING.match(text, start, end):
        start = lead.end()
    if noun := _TYPE_NOUN.match(text, start, end):
        start = noun.end() + 1
    if (bracket := text.find("(", start, end)) > start:
        end = bracket
    if start < end and (trail := _TRAILING.match(text, start, end)):
        end = trail.start()
    if text.count('"', start, end) % 2:
        at = text.rindex('"', start, end)
        if text[end : end + 1] == '"':
            end += 1
        elif at > start:
            end = at
    while end > start and (text[end - 1] == " " or text.count(")", start, end) > text.count("(", start, end)):
        end -= 1
    return start, max(start, end)


def _extend(text: str, start: int, end: int, tops: Sequence[Candidate], starts: Sequence[int]) -> int:
    """The end of a name with the state or body behind it that it belongs to: "Сенат США", "Senate of Chile"."""
    while (joint := _OF.match(text, end)) is not None:
        at = bisect_left(starts, joint.end())
        if at == len(starts) or starts[at] != joint.end():
            break
        owner = tops[at]
        russian = text[owner.start] > "\u0370"
        if owner.form != "name" or owner.kind not in ("state", "organization") or (joint[0] == " ") != russian:
            break
        if owner.kind == "organization" and _CAPITALS.fullmatch(text, start, end):
            break
        end = owner.end
    return end


def _abbreviations(view: View, names: Sequence[Candidate]) -> Iterator[Candidate]:
    """Abbreviations that stand in parentheses behind an unknown name, wherever they occur from there on."""
    text = view.text
    seen: set[str] = set()
    for name in names:
        definition = _PARENTHESIS.match(text, name.end)
        if definition is None:
            continue
        short = definition["short"]
        if short in seen or not _CAPITALS.fullmatch(short):
            continue
        seen.add(short)
        at = definition.start("short")
        while at >= 0:
            end = at + len(short)
            if not (text[at - 1].isalnum() or text[end : end + 1].isalnum()):
                yield Candidate(at, end, name.kind, None, "unknown.abbreviation", INSTITUTION_SCORE)
            at = text.find(short, end)


def _tops(known: Sequence[Candidate]) -> list[Candidate]:
    """The outermost of candidates in text order."""
    tops: list[Candidate] = []
    for candidate in known:
        if not tops or candidate.start >= tops[-1].end:
            tops.append(candidate)
    return tops


def _disjoint(found: Iterable[Candidate], tops: Sequence[Candidate]) -> list[Candidate]:
    """The longest of overlapping candidates, without those that cross a known name or lie within one."""
    starts = [c.start for c in tops]
    kept: list[Candidate] = []
    reach = -1
    for candidate in sorted(found, key=lambda c: (c.start, c.start - c.end, -c.score)):
        at = bisect_right(starts, candidate.start) - 1
        covered = (
            at >= 0
            and tops[at].end > candidate.start
            and not (tops[at].start == candidate.start and tops[at].end < candidate.end)
        )
        last = bisect_left(starts, candidate.end) - 1
        crossed = last > at and tops[last].end > candidate.end
        if not covered and not crossed and candidate.start >= reach:
            kept.append(candidate)
            reach = candidate.end
    return kept
