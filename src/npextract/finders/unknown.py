"""Organizations that the ontology does not know: found last, where no known name stands.

Four signs are read: the neural pipelines' tag, a state's or body's institution named with it ("Сенат США",
"Секретариат ОДКБ"), two such names in a row, and an abbreviation that the text gives to such a name in parentheses.
What is data, which nouns name nothing by themselves, which institutions there are, stands in `data/`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, Literal

import regex

from npextract.finders.candidate import Candidate
from npextract.languages.spans import NerSpan
from npextract.reading.view import OPAQUE, View

NEURAL_SCORE: Final = 0.7
INSTITUTION_SCORE: Final = 0.95

_LEADING: Final = regex.compile(
    r"""(?:[\s"'(\[\-,.;:*]|(?:the|an?|its|their|his|this|that|our|such)\b(?=\s))+""", regex.IGNORECASE
)
_TRAILING: Final = regex.compile(r"""(?r)(?:'s|[\s"'(\[\-,.;:*/])+""")
_PART: Final = regex.compile(r"[IVXLC]+(?: |$)")
_PART_BEFORE: Final = regex.compile(
    r"(?r)(?:\b(?i:articles?|annex(?:es)?|chapters?|parts?|sections?)|[Сс]т\."
    r"|(?:[Сс]тать|[Пп]ункт|[Гг]лав|[Рр]аздел|[Чч]аст|[Пп]риложени)[а-я]{0,3}) "
)
"""What has Roman numbers: "статьи VI ДНЯО"."""
_DANGLING: Final = regex.compile(r"(?r) (?:for|to|of|and|on|in|the|with|by|at|from|through|и|по|в|на|с)")
_ACRONYM: Final = regex.compile(r"[A-Z]{2,4}")
_LATIN_ACRONYM: Final = regex.compile(r"[A-Z]{3,5}")
_HEADING: Final = regex.compile(r"[A-ZА-ЯЁ]{7,}")
"""One long word in capitals: a heading or a dateline, too long for an abbreviation."""
_NO_NAME: Final = regex.compile(
    r"[A-Z]{1,4}-?\d.*|[A-Z][A-Za-z]{1,2}|(?:Article|Annex|Add\.|OP|Non-|No\.|Part|Section|Chapter)\b.*"
    r"|(?:Commending|Welcoming|Recalling|Noting|Stressing|Encouraging|Reaffirming|Expressing|Underlining) .*"
    r"|.*\bАЭС\b.*"
)
"""Labels, weapons, pieces of sentences."""
_TREATY_NOUN: Final = regex.compile(
    r"(?:Treaty|Convention|Protocol|Charter|Agreement|Memorandum|Pact|Accords?)\b"
    r"|(?:Договор|Конвенци|Протокол|Харти|Соглашени|Меморандум|Пакт|Устав)[а-я]{0,3}\b"
)
_TREATY_NOUN_LAST: Final = regex.compile(r"(?r)\b(?:Treaty|Convention|Protocol|Agreement|Memorandum|Pact|Accords?)")
_PARENTHESIS: Final = regex.compile(r""" ?\((?:далее ?[-:]? ?|hereinafter ?|"|')*(?P<short>[\w-]{2,12})["']?[),]""")
_CAPITALS: Final = regex.compile(r"[A-ZА-ЯЁ][\w-]*[A-ZА-ЯЁ][\w-]*")
_OF: Final = regex.compile(r" of (?:the )?| ")
_WORD: Final = regex.compile(r"[\w'-]+")
_PREPOSITION: Final = regex.compile(r" (?:of|for|on|to|against|in|at|by|under|with)\b")
_TITLE_BEFORE: Final = regex.compile(r"(?r)(?:Г-н|Г-жа|г-н|г-жа|(?:Mr|Ms|Mrs|Dr)\.?) ")
_ADJECTIVE: Final = r"[а-я-]+(?:ый|ий|ой|ая|ое|ого|его|ому|ему|ым|им|ом|ем|ую|ые|ие|ых|их|ыми|ими) "
_LONGEST_PART: Final = 20
_LONGEST_INSTITUTION: Final = 90
"""How far from its owner's name an institution's may begin, in characters."""


class UnknownNames:
    """Finds organizations without an identifier. Made once, then shared: it does not change."""

    def __init__(self, nouns: Mapping[str, Sequence[str]], institutions: Mapping[str, Sequence[str]]) -> None:
        self._words = frozenset(word.lower() for word in nouns["en"])
        self._stems = tuple(sorted(nouns["ru"], key=len, reverse=True))
        self._not_heads = frozenset(nouns["not_heads_en"])
        self._never = frozenset(nouns["never"])
        kinds, short_kinds = "|".join(nouns["type_nouns_ru"]), "|".join(nouns["type_abbreviations_ru"])
        self._type_noun = regex.compile(rf"(?:(?i:{kinds})[а-я]{{0,3}}|{short_kinds}) (?=\")")
        self._body_head = regex.compile(
            rf"(?:(?i:{_ADJECTIVE}){{1,2}})?(?i:{'|'.join(nouns['body_heads_ru'])})[а-я]{{0,3}}\b"
        )
        self._before_state = {"ru": _ending(institutions["ru_before"], " "), "en": _ending(institutions["en_before"])}
        self._before_body = {
            "ru": _ending(institutions["ru_body_before"], " "),
            "en": _ending(institutions["en_body_before"]),
        }
        self._treaty_before = _ending(institutions["ru_treaty_before"], " ")
        self._behind_state = regex.compile("(?:" + "|".join(institutions["en_behind"]) + ")")

    def __call__(
        self, view: View, spans: Sequence[NerSpan], known: Sequence[Candidate], refused: Iterable[Candidate] = ()
    ) -> list[Candidate]:
        """The unknown organizations, in text order; of two that overlap one encloses the other.

        `known` are the names that count, in text order; where one of `refused` was found to be something else,
        the neural tag is not believed either.
        """
        tops = _tops(known)
        refused_spans = {(c.start, c.end) for c in refused}
        neural = (c for c in self._neural(view, spans, tops) if (c.start, c.end) not in refused_spans)
        names = _disjoint([*self._institutions(view, known), *neural], tops)
        names = _disjoint([*names, *_abbreviations(view, names)], tops)
        return [*_chains(view.text, names), *names]

    def _neural(self, view: View, spans: Sequence[NerSpan], tops: Sequence[Candidate]) -> Iterator[Candidate]:
        """Organizations by the neural tag, their borders mended."""
        text = view.text
        starts = [c.start for c in tops]
        for span in spans:
            if span.label != "ORG" or _TITLE_BEFORE.match(text, max(0, span.start - 6), span.start):
                continue
            start, end = self.trim(text, span.start, span.end)
            end = _extend(text, start, end, tops, starts)
            inside = [c for c in tops[bisect_left(starts, start) : bisect_left(starts, end)] if c.end <= end]
            if end - start >= 2 and self._is_name(text, start, end, inside):
                kind: Literal["treaty", "organization"] = "organization"
                if _TREATY_NOUN.match(text, start, end) or _TREATY_NOUN_LAST.match(text, start, end):
                    kind = "treaty"
                yield Candidate(start, end, kind, None, "unknown.neural", NEURAL_SCORE)

    def trim(self, text: str, start: int, end: int) -> tuple[int, int]:
        """A span without the article, type noun, quotation marks, possessive or abbreviation around the name."""
        if lead := _LEADING.match(text, start, end):
            start = lead.end()
        if (part := _PART.match(text, start, end)) and _PART_BEFORE.match(text, max(0, start - _LONGEST_PART), start):
            start = part.end()
        if noun := self._type_noun.match(text, start, end):
            start = noun.end() + 1
        if (bracket := text.find("(", start, end)) > start:
            end = bracket
        if start < end and (trail := _TRAILING.match(text, start, end)):
            end = trail.start()
        if start < end and (dangling := _DANGLING.match(text, start, end)):
            end = dangling.start()
        if text.count('"', start, end) % 2:
            at = text.rindex('"', start, end)
            if text[end : end + 1] == '"':
                end += 1
            elif at > start:
                end = at
        while end > start and (text[end - 1] == " " or text.count(")", start, end) > text.count("(", start, end)):
            end -= 1
        return start, max(start, end)

    def _is_name(self, text: str, start: int, end: int, inside: Sequence[Candidate]) -> bool:
        """Whether a span holds a name of its own, besides known names and words that every body bears."""
        name = text[start:end]
        if OPAQUE in name or not any(c.isupper() for c in name) or name in self._never:
            return False
        if _HEADING.fullmatch(name) or any(c.start == start and c.form == "name" for c in inside):
            return False
        if _ACRONYM.fullmatch(name) or _LATIN_ACRONYM.fullmatch(name):
            return _LATIN_ACRONYM.fullmatch(name) is not None and _is_foreign(text, start, end)
        if _NO_NAME.fullmatch(name):
            return False
        words = [m[0] for m in _WORD.finditer(text, start, end) if not _covered(m.start(), inside)]
        capitalised = [word for word in words if word[:1].isupper()]
        if name.isascii() and self._is_no_body(name):
            return False
        if capitalised and not all(self._is_generic(word) for word in capitalised):
            return True
        return self._is_told_apart(text, start, end, inside)

    def _is_no_body(self, name: str) -> bool:
        """Whether the head of an English name is a document, a plan, an event, an office …"""
        cut = _PREPOSITION.search(name)
        head = name[: cut.start()] if cut and cut.start() else name
        return head.split()[-1] in self._not_heads

    def _is_told_apart(self, text: str, start: int, end: int, inside: Sequence[Candidate]) -> bool:
        """Whether a Russian noun for a body is told apart by its complement: "Комиссия по ядерному регулированию"."""
        if text[start].isascii() or not text[start].isupper():
            return False
        words = [m for m in _WORD.finditer(text, start, end) if not _covered(m.start(), inside, forms=("name",))]
        if any(c.start == start and c.form == "adjective" for c in inside):
            return len(words) > 1
        head = self._body_head.match(text, start, end)
        if head is None or not any(len(m[0]) > 3 and not self._is_generic(m[0]) for m in words):
            return False
        owned = any(c.end == end and c.form == "name" for c in inside)
        complements = sum(m.start() >= head.end() for m in words)
        return complements > 1 or owned or " " in head[0]

    def _is_generic(self, word: str) -> bool:
        low = word.lower()
        if low.isascii():
            return low in self._words
        return any(low.startswith(stem) and len(low) - len(stem) <= 4 for stem in self._stems)

    def _institutions(self, view: View, known: Sequence[Candidate]) -> Iterator[Candidate]:
        """Parliaments, ministries, councils … and charters, named with the state or body that they belong to."""
        text = view.text
        by_span = {(c.start, c.end): c.id for c in known if c.kind == "organization" and c.form == "name"}
        for owner in known:
            if owner.kind not in ("state", "organization") or owner.form not in ("name", "adjective"):
                continue
            if owner.form == "adjective":
                behind = self._behind_state.match(text, owner.end, owner.end + _LONGEST_INSTITUTION)
                if behind is not None and behind[0][0] == " ":
                    yield _institution(owner.end + 1, behind.end())
                continue
            lang = "en" if text[owner.start] < "\u0370" else "ru"
            window = max(0, owner.start - _LONGEST_INSTITUTION)
            patterns = self._before_state if owner.kind == "state" else self._before_body
            if (before := patterns[lang].match(text, window, owner.start)) is not None:
                named = by_span.get((before.start(), owner.start - 1))
                yield _institution(before.start(), owner.end)._replace(id=named)
            elif owner.kind == "organization":
                if lang == "ru" and (treaty := self._treaty_before.match(text, window, owner.start)) is not None:
                    yield _institution(treaty.start(), owner.end, kind="treaty")
            elif (behind := self._behind_state.match(text, owner.end, owner.end + _LONGEST_INSTITUTION)) is not None:
                yield _institution(owner.start, behind.end())


def _institution(start: int, end: int, kind: Literal["organization", "treaty"] = "organization") -> Candidate:
    return Candidate(start, end, kind, None, "unknown.institution", INSTITUTION_SCORE)


def _ending(patterns: Sequence[str], space: str = "") -> regex.Pattern[str]:
    """One of the patterns, matched backwards from where a name begins."""
    return regex.compile(rf"(?r)(?<![\w-])(?:{'|'.join(patterns)}){space}")


def _covered(at: int, inside: Sequence[Candidate], forms: Sequence[str] = ("name", "adjective")) -> bool:
    return any(c.start <= at < c.end and c.form in forms for c in inside)


def _is_foreign(text: str, start: int, end: int) -> bool:
    """Whether a Latin abbreviation stands in Cyrillic text, where no heading or label is written so."""
    around = text[max(0, start - 30) : start] + text[end : end + 30]
    return sum("а" <= c <= "я" for c in around) > 3 * sum("a" <= c <= "z" for c in around)


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


def _chains(text: str, names: Sequence[Candidate]) -> Iterator[Candidate]:
    """Russian names in a row, of which each belongs to the next: "Институт востоковедения" "РАН" is one name."""
    links = [
        a.kind == b.kind == "organization"
        and b.start == a.end + 1
        and text[a.end] == " "
        and not text[b.start].isascii()
        for a, b in pairwise(names)
    ]
    for place, linked in enumerate(links):
        if linked and not (place and links[place - 1]):
            last = place + 1
            while last < len(links) and links[last]:
                last += 1
            yield names[place]._replace(end=names[last].end, rule="unknown.chain")


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
