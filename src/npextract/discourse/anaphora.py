"""Class nouns that point back to a name: "the Committee", "данной резолюции", "Договор".

A noun is resolved to what the document defined it to mean ("(«Комитет»)", "(hereinafter 'the Agency')"), else to the
name of its class that stands nearest before it, else, in texts of the United Nations, to the principal organ or the
Charter. Where that leads nowhere, or a name that is not known stands nearest, it is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, Final, NamedTuple

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from npextract.finders.candidate import Candidate
from npextract.finders.references.bodies import body_of_resolution
from npextract.ontology.model import Kind, Ontology, kind_of
from npextract.reading.view import View
from npextract.resolve.years import year_beside

RULE_NEAREST: Final = "anaphora.nearest"
RULE_DEFINED: Final = "anaphora.defined"
RULE_DEFAULT: Final = "anaphora.principal-organ"
_SCORES: Final = {RULE_NEAREST: 0.8, RULE_DEFINED: 0.95, RULE_DEFAULT: 0.9}
_OWNED_DEED: Final = regex.compile(r"-(?:mandated|authorized|imposed|designated|approved|led)\b")
"""Behind "Council": "Council-mandated embargoes"."""
_PARTICIPLE_BEFORE: Final = regex.compile(
    r"[а-я]+(?:нн|ем|им|ом|ят)(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми)? $|[а-я]+(?:ен|ан|ят)[аоы]? $"
)
"""Before an instrumental: "введенных Советом эмбарго"; no genitive hangs on it."""
_PARAGRAPH_END: Final = regex.compile(r"\n")
_RESOLUTION: Final = "resolution"
_CITATION: Final = "references.citation"
_UNITED_NATIONS: Final = ("org:UN", "org:UNSC", "org:UNGA", "org:ECOSOC")

_HEAD: Final = regex.compile(
    r"^(?P<head>.*?)(?:\s+(?:of|on|for|in|against|to|pursuant|established|concerning|between|at|with|by|relating)\b|,|$)"
)
_DEFINITION: Final = regex.compile(
    r"""[ ]?\((?:[\w-]{2,12},[ ])?
        (?:далее[ ]?[-:]?[ ]?(?:именуем[а-я]{2,3}[ ])? | hereinafter[ ](?:referred[ ]to[ ]as[ ])? | henceforth[ ])?
        ["']*(?:the[ ])?["']*$""",
    regex.VERBOSE | regex.IGNORECASE,
)
_VERB_RU: Final = regex.compile(
    r"[а-я]*(?:[аиоеуяы]л[аои]?|[сзв]ан[аоы]?|[еиаяую]т|ть|[её]н[аоы]?|т[аоы])(?:с[ья])?|теперь|также|вновь|снова|затем|сегодня|тогда"
)
_ADVERB_RU: Final = regex.compile(r"[а-я]{2,}[нк]о")
"""No genitive ends so: "Комитет регулярно …"."""
_PLURAL_RU: Final = regex.compile(
    r"(?:ые|(?<![еая]н|т|в)ие|[иы]х|[иы]ми|свои|эти|все|об[еа]|две|двух|двумя|три|трех|тремя|проект[а-я]{0,2}) $",
    regex.IGNORECASE,
)
"""What stands before "резолюции" as a plural, or before a draft; nouns like "осуществление" are singular."""
_REACH: Final = 60
_OFTEN: Final = 3


class _Noun(NamedTuple):
    """An occurrence of a class noun."""

    start: int
    end: int
    classes: tuple[str, ...]
    """The classes that it may stand for."""
    defined: bool
    """Whether it stands in parentheses behind a name, which defines it."""
    body: str | None = None
    """The body whose resolution is cited, where it stands in the citation."""


class AnaphoraResolver:
    """Finds and resolves class nouns. Made once, then shared: it does not change."""

    def __init__(self, ontology: Ontology, table: Mapping[str, Any]) -> None:
        self._classes = {entity.id: class_of(entity.name("en")) for entity in ontology} | table["members"]
        self._years = ontology.treaty_years
        self._defaults = {row["en"]: row["default"] for row in table["classes"] if "default" in row}
        self._by_form = _forms(table["classes"])
        self._by_folded_word = {form.lower(): classes for form, classes in self._by_form.items()}
        self._nouns_in_order = list(self._by_folded_word)
        self._automaton = AhoCorasick(self._nouns_in_order, matchkind=MatchKind.LeftmostLongest)
        self._rivals = {row["en"]: row["rivals"] for row in table["classes"] if "rivals" in row}
        self._determiner = _ending(table["determiners_en"])
        self._demonstrative = _ending(table["demonstratives"])
        self._self = _ending(table["self_reference"])
        self._continued = regex.compile(
            r" (?:" + "|".join(table["continued_en"] + table["continued_ru"]) + r")\b| (?-i:[A-ZА-Я])|-",
            regex.IGNORECASE,
        )

    def __call__(self, view: View, names: Sequence[Candidate]) -> list[Candidate]:
        """The anaphors of a view, in text order; `names` are the mentions that count, in text order."""
        nouns = list(self._nouns(view, names))
        if not nouns:
            return []
        organs = self._organs({name.id for name in names if name.id})
        last: dict[str, str | None] = {}
        defined: dict[str, str] = {}
        found: list[Candidate] = []
        main = self._main_entities(names)
        breaks = [match.start() for match in _PARAGRAPH_END.finditer(view.text)]
        latest: dict[str, int] = {}
        meant: dict[str, Counter[str]] = defaultdict(Counter)
        ahead = 0
        for noun in nouns:
            while ahead < len(names) and names[ahead].start < noun.start:
                self._remember(view, names[ahead], last)
                if (of := self._class_of(names[ahead])) is not None:
                    latest[of] = bisect_left(breaks, names[ahead].end)
                    meant[of][names[ahead].id or ""] += 1
                ahead += 1
            chosen = self._resolve(noun, last, defined, organs)
            if chosen is None:
                continue
            identifier, rule = chosen
            of = noun.classes[0]
            if (year := year_beside(view.text, noun.start, noun.end)) is not None and rule != RULE_DEFAULT:
                of_year = [i for i in meant[of] if year in self._years.get(i, ())]
                if len(of_year) != 1 and year not in self._years.get(identifier, (year,)):
                    continue
                identifier = of_year[0] if len(of_year) == 1 else identifier
            # What a text is about is meant again in the next paragraph, though another was named in passing.
            in_next = of in latest and latest[of] < bisect_left(breaks, noun.start)
            if rule == RULE_NEAREST and len(noun.classes) == 1 and in_next:
                identifier = main.get(of) or _most_meant(meant[of], identifier)
            meant[of][identifier] += 1
            if noun.defined and rule == RULE_NEAREST:
                rule = RULE_DEFINED
                defined.update(dict.fromkeys(noun.classes, identifier))
            kind: Kind = "resolution" if identifier.startswith("res:") else kind_of(identifier)
            found.append(Candidate(noun.start, noun.end, kind, identifier, rule, _SCORES[rule], form="anaphor"))
        return found

    def _class_of(self, name: Candidate) -> str | None:
        """The class of a name: the class noun that may point back to it."""
        if name.form != "name" or name.id is None:
            return None
        return _RESOLUTION if name.kind == "resolution" else self._classes.get(name.id)

    def _main_entities(self, names: Sequence[Candidate]) -> Mapping[str, str]:
        """For each class the entity that a text is about: named three times at least, twice as often as any other."""
        counts: dict[str, Counter[str]] = {}
        for name in names:
            if name.id is not None and (of := self._class_of(name)) is not None:
                counts.setdefault(of, Counter())[name.id] += 1
        main: dict[str, str] = {}
        for of, count in counts.items():
            (first, most), (_, second), *_ = [*count.most_common(2), ("", 0)]
            if most >= _OFTEN and most >= 2 * second:
                main[of] = first
        return main

    def _remember(self, view: View, name: Candidate, last: dict[str, str | None]) -> None:
        """Note a name as the latest of its class."""
        if name.form != "name":
            return
        if name.kind == "resolution":
            last[_RESOLUTION] = name.id
        elif name.id is not None:
            if (of := self._classes.get(name.id)) is not None:
                last[of] = name.id
        elif name.kind in ("organization", "treaty"):
            words = view.folded[name.start : name.end].split()
            for classes in (self._by_folded_word.get(word, ()) for word in words[:2] + words[-1:]):
                last.update(dict.fromkeys(classes))

    def _resolve(
        self, noun: _Noun, last: Mapping[str, str | None], defined: Mapping[str, str], organs: Mapping[str, str]
    ) -> tuple[str, str] | None:
        if noun.body is not None:
            return noun.body, RULE_DEFAULT
        for name in noun.classes:
            if name in defined:
                return defined[name], RULE_DEFINED
        named = [last[name] for name in noun.classes if name in last]
        if named:
            known = {identifier for identifier in named if identifier}
            return (known.pop(), RULE_NEAREST) if len(named) == len(known) == 1 else None
        default = organs.get(noun.classes[0])
        return (default, RULE_DEFAULT) if default else None

    def _organs(self, named: Set[str]) -> Mapping[str, str]:
        """The principal organs that class nouns mean in a text which names these entities.

        Where another organization is named that has a council or a secretariat of its own, these are in doubt.
        """
        if not any(n in _UNITED_NATIONS or n.startswith("res:") for n in named):
            return {}
        doubtful = {noun for noun, others in self._rivals.items() if not named.isdisjoint(others)}
        return {noun: organ for noun, organ in self._defaults.items() if noun not in doubtful}

    def _nouns(self, view: View, names: Sequence[Candidate]) -> Iterator[_Noun]:
        """The class nouns that may point back, outside all names but for the body in a citation of its resolution."""
        text = view.text
        reach = at = 0
        citation: Candidate | None = None
        for number, start, end in self._automaton.find_matches_as_indexes(view.folded):
            if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum() or "-" in text[start - 1 : start]:
                continue
            while at < len(names) and names[at].start < end:
                if names[at].rule == _CITATION:
                    citation = names[at]
                else:
                    reach = max(reach, names[at].end)
                at += 1
            classes = self._by_folded_word[self._nouns_in_order[number]]
            if reach > start:
                continue
            if citation is not None and citation.end > start:
                if text[start].isupper() and (body := self._cited_body(citation, classes)):
                    yield _Noun(start, end, classes, defined=False, body=body)
                continue
            before = text[max(0, start - _REACH) : start]
            defined = bool(_DEFINITION.search(before)) and text[end : end + 2].strip("\"'")[:1] == ")"
            if defined or self._points_back(text, start, end, before):
                yield _Noun(start, end, classes, defined)

    def _cited_body(self, citation: Candidate, classes: Sequence[str]) -> str | None:
        """The principal organ whose resolution a citation names, if the noun in it means that: "Council resolution"."""
        body = body_of_resolution(citation.id)
        return body if body in map(self._defaults.get, classes) else None

    def _points_back(self, text: str, start: int, end: int, before: str) -> bool:
        """Whether the words around a class noun let it stand for a name."""
        noun = text[start:end]
        if self._self.search(before):
            return False
        if _OWNED_DEED.match(text, end):
            return noun[0].isupper()
        if self._continued.match(text, end):
            return False
        is_resolution = noun.lower().startswith(("resolution", "резолюци"))
        if is_resolution and _PLURAL_RU.search(before):
            return False
        if noun.isascii():
            if is_resolution:
                return bool(self._determiner.search(before)) and not regex.search(r"\bthis $", before, regex.I)
            return noun[0].isupper() and bool(self._determiner.search(before))
        if noun[0].islower():
            return bool(self._demonstrative.search(before)) or (is_resolution and _stands_alone(text, end))
        if noun.endswith(("ом", "ей", "ией")) and _PARTICIPLE_BEFORE.search(before):
            return True
        return _stands_alone(text, end) or bool(self._demonstrative.search(before))


def _most_meant(meant: Counter[str], identifier: str) -> str:
    """The entity of a class that was meant most so far, if it was far oftener than the one that is nearest."""
    ((most, times),) = meant.most_common(1)
    return most if times >= _OFTEN and times >= 2 * meant[identifier] else identifier


def class_of(name: str) -> str | None:
    """The head noun of an English name: "Security Council Committee established …" is a Committee."""
    match = _HEAD.match(name)
    words = match["head"].split() if match else []
    return words[-1] if words else None


def _stands_alone(text: str, end: int) -> bool:
    """Whether no Russian genitive follows that would make a name of the noun: a mark, a small word, a verb or an adverb
    does.
    """
    following = regex.compile(r"\s?([\w-]*)").match(text, end)
    word = following[1] if following else ""
    if not word or word.isdigit() or len(word) <= 3:
        return True
    return bool(_VERB_RU.fullmatch(word.lower()) or _ADVERB_RU.fullmatch(word))


def _forms(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Every form of every class noun, with the classes it may stand for."""
    forms: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for form in (row["en"], *row.get("also", ()), *row["ru_forms"]):
            forms[form] = (*forms.get(form, ()), row["en"])
        if row["en"] == "Organization":
            forms["Organisation"] = ("Organization",)
    return forms


def _ending(words: Sequence[str]) -> regex.Pattern[str]:
    """A pattern for a text that ends with one of the words and a space."""
    return regex.compile(r"(?<![\w-])(?:" + "|".join(map(regex.escape, words)) + r") (?:\"|')?$", regex.IGNORECASE)
