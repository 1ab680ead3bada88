"""Resolutions cited by a noun and a number: "Security Council resolution 1540 (2004)", "резолюциях 1325 и 2250"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import regex

from npextract.finders.candidate import Candidate
from npextract.finders.references.bodies import BODY_PATTERN, Body, body_of
from npextract.finders.references.dates import DATE, parse_date
from npextract.finders.references.hints import Hints
from npextract.finders.references.identity import Identity, security_council, slashed
from npextract.finders.references.items import Item, further_parts, identify_roman, read_items
from npextract.finders.references.numerals import ROMAN_LETTERS, clean_letter
from npextract.finders.references.paragraphs import paragraph_of
from npextract.finders.references.symbols import LETTER, resolution_candidate
from npextract.ontology.registry import Registry
from npextract.reading.view import View

_NOUN: Final = re.compile(
    r"резолюци(?:ями|ях|ям|ей|[яиюй])\b|рез\."
    r"|resolutions?\b|\b(?:unscrs?|scrs?|unsc\.? res\b\.?|res\.|res(?= \d))"
)
_NOUNS: Final = Hints(["резолюци", "рез.", "resolution", "unscr", "scr", "unsc res", "unsc. res", "res.", "res "])
_PLURAL: Final = re.compile(r"резолюци(?:ями|ях|ям|й)$|(?:resolutions|scrs)$")

_COUNCIL: Final = r"(?-i:(?<!(?<!\bThe)(?<=\p{Lu}[\w'-]*)\ )Council)"
"""The Council without its name, where no capitalised word makes it another one."""
_BODY_BEFORE: Final = regex.compile(
    rf"(?r)(?<![\w-])(?:{BODY_PATTERN}|(?P<council>{_COUNCIL}))(?:'s?)?\ ", regex.VERBOSE | regex.IGNORECASE
)
_ANOTHER_BODY: Final = (
    r"(?:of\ the\ |the\ )?(?:\p{Lu}\w*\ )?(?:\p{Lu}\w*\ )?(?:Council|Assembly|Совета|Безопасности|Ассамблеи)"
)
_GAP: Final = regex.compile(
    rf"""(?:\ ?\(["']?[A-Z]{{2,6}}s?["']?\))?+
        (?:\ (?:of\ the\ |of\ )?{BODY_PATTERN}(?P<shared>\ (?:and|и)\ {_ANOTHER_BODY})?)?+
        (?:,?\ (?:от|of|dated|adopted\ on|принят[а-я]{{2,3}})\ (?P<date>{DATE}))?+ (?:\ (?:ООН|UN))?+
        (?: ,?\ (?: №+ | [Nn]os?\b\.? | N\b | (?:за\ |под\ )?номер[а-я]{{0,3}} | numbered|numbers? ) )?+
        (?:,(?=\ [SAEАЅЕ]/))?+ \ ?[(\[]?""",
    regex.VERBOSE | regex.IGNORECASE,
)
_BODY_BEHIND: Final = regex.compile(
    rf"""(?:\ of\ the\ |\ of\ |\ ){BODY_PATTERN}(?![\w-])
      | (?P<council>\ of\ the\ (?-i:Council)(?!\ of\b)|\ (?-i:Совета)(?=[,.;:)\]\n]|\ (?:и|от|в|на|с|к|об?)\ |$))""",
    regex.VERBOSE | regex.IGNORECASE,
)
_ORDINAL_BEFORE: Final = regex.compile(
    r"(?r)(?<![\w/.,-])(?P<number>\d{3,4})-(?:я|й|ю|ая|ой|ую|ей)(?:\ \((?P<year>(?:19|20)\d\d)(?:\ г\.)?\))?\ ",
    regex.VERBOSE,
)
_DRAFT_BEFORE: Final = regex.compile(r"\b(?:[Dd]raft|[Пп]роект[а-я]{0,3}) $")
_BARE: Final = regex.compile(
    rf"""(?<![\w/.,№-])(?<!№\ )(?:
        (?P<plain>\d{{1,4}})\ ?\((?P<plain_year>(?:19|20)\d\d)\)
      | (?P<roman_number>\d{{3,4}})(?:{LETTER})?\ ?\((?P<roman>(?:E?S-)?[{ROMAN_LETTERS}]{{2,8}})\)
      | (?P<session>[3-9]\d)/(?P<number>\d{{1,3}})\ (?P<letter>[A-Z])(?=\ (?:and|и)\ [A-ZА-Х]\b)
    )""",
    regex.VERBOSE,
)
_NUMBERS: Final = Hints(["(", "/"])
"""What stands behind the first number of a citation without a noun."""
_NUMBER_BEFORE: Final = regex.compile(r"(?r)\b\d{1,4}(?:\ ?[A-ZА-Х])?\ ?")
_OF_A_CHAMBER: Final = re.compile(r"\b[HS]\. ?(?:J\. ?|Con\. ?)?$")
"""Before "Res.": a resolution of the Congress of the United States, "H.Res. 242"."""
_OF_ANOTHER: Final = re.compile(r"/$")
"""Before "Res.": "39 C/Res. 5"."""
_NUMBER: Final = re.compile(r" ?\d{1,4}\b")
_SMALLEST_BARE: Final = 100


def find_citations(view: View, registry: Registry) -> Iterator[Candidate]:
    """Resolutions named by a noun, with lists and ranges; and numbers whose year makes them resolutions."""
    text = view.text
    folded = view.folded
    for start in _NOUNS(folded):
        if (not start or not text[start - 1].isalnum()) and (noun := _NOUN.match(folded, start)):
            yield from _cite(text, start, noun.end(), registry)
    for place in _NUMBERS(text):
        if (number := _NUMBER_BEFORE.match(text, endpos=place)) and (match := _BARE.match(text, number.start())):
            yield from _bare(text, match, registry)


def _cite(text: str, noun_start: int, noun_end: int, registry: Registry) -> Iterator[Candidate]:
    """The citations that begin with one noun."""
    before_noun = text[max(0, noun_start - 14) : noun_start]
    if _OF_ANOTHER.search(before_noun):
        return
    if chamber := _OF_A_CHAMBER.search(before_noun):
        if number := _NUMBER.match(text, noun_end):
            start = noun_start - len(before_noun) + chamber.start()
            yield resolution_candidate(start, number.end(), "references.citation", Identity(None, 0.7))
        return
    # Russian puts the body behind the noun; what stands before it is another part of the sentence.
    before = _BODY_BEFORE.match(text, endpos=noun_start) if text[noun_start].isascii() else None
    start = before.start() if before else noun_start
    noun = text[noun_start:noun_end].lower()
    is_abbreviation = noun.startswith(("unsc", "scr"))
    gap = _GAP.match(text, noun_end)
    assert gap is not None  # every part of the pattern may be empty
    body: Body | None = "UNSC" if is_abbreviation else body_of(before) if before else None
    if gap["shared"]:
        body = None
    elif named := body_of(gap):
        body = named
    plural = bool(_PLURAL.search(noun))
    # "resolution1540": a word and its number run together is no citation; "UNSCR1540" is one.
    items = [] if gap.end() == noun_end and not is_abbreviation else _items(text, gap, body, registry, plural=plural)
    if items and items[0].bare and _DRAFT_BEFORE.search(before_noun):
        return
    if items:
        if before and before["council"] and not _is_councils(items[0]):
            start = noun_start
        yield from _candidates(text, start, items)
    elif gap["date"] and not plural:
        yield from _by_date(start, gap.end("date"), parse_date(gap["date"]), body, registry)
    elif ordinal := _ORDINAL_BEFORE.match(text, endpos=noun_start):
        year = int(ordinal["year"]) if ordinal["year"] else None
        if identity := security_council(registry, int(ordinal["number"]), year):
            yield resolution_candidate(ordinal.start(), noun_end, "references.citation", identity)


def _items(text: str, gap: regex.Match[str], body: Body | None, registry: Registry, *, plural: bool) -> list[Item]:
    """The numbers behind a gap; the last takes in the body that stands behind it and owns it."""
    items = read_items(text, gap.end(), body, registry, plural=plural)
    if not items:
        return items
    behind = _BODY_BEHIND.match(text, items[-1].end)
    if behind and behind["council"]:
        if body is None and _is_councils(items[-1]):
            items[-1] = replace(items[-1], end=behind.end())
    elif behind and (named := body_of(behind)) and _speaks_for(behind):
        if body is None:
            items = read_items(text, gap.end(), named, registry, plural=plural)
        items[-1] = replace(items[-1], end=behind.end())
    if gap["date"] and len(items) == 1 and items[0].adopted is None:
        items[0] = replace(items[0], adopted=parse_date(gap["date"]))
    return items


def _is_councils(item: Item) -> bool:
    """Whether a resolution is the Security Council's."""
    return item.identity is not None and (item.identity.symbol or "").startswith("S/RES/")


def _candidates(text: str, start: int, items: list[Item]) -> Iterator[Candidate]:
    """The items as candidates; the first begins with the noun."""
    for place, item in enumerate(items):
        if item.identity is not None:
            begin = item.start if place else start
            attrs: list[tuple[str, object]] = []
            if (paragraph := paragraph_of(text, begin, item.end)) is not None:
                attrs.append(("paragraph", paragraph))
            if item.adopted is not None:
                attrs.append(("adopted", item.adopted))
            yield resolution_candidate(begin, item.end, "references.citation", item.identity, tuple(attrs))


def _by_date(start: int, end: int, day: str | None, body: Body | None, registry: Registry) -> Iterator[Candidate]:
    """A resolution that is cited by its day alone: the Security Council's if it adopted one then."""
    if day is None:
        return
    if body == "other":
        identity = Identity(None, 0.7)
    elif body in (None, "UNSC") and (numbers := registry.adopted_on(day)):
        symbols = tuple(f"S/RES/{number}({day[:4]})" for number in numbers)
        only = len(symbols) == 1
        identity = Identity(symbols[0], 0.9) if only else Identity(None, 0.5, ("ambiguous",), alternatives=symbols)
    else:
        return
    yield resolution_candidate(start, end, "references.date", identity, (("adopted", day),))


def _speaks_for(behind: regex.Match[str]) -> bool:
    """Whether a body behind a number owns it: in English by "of", in Russian by the genitive."""
    name = behind[0].strip()
    if name.startswith("of "):
        return True
    return name[:1] > "Ѐ" and not regex.match(r"Совет\b(?!а|у)|Генеральная|Экономический|Совбез\b|Генассамблея", name)


def _bare(text: str, match: regex.Match[str], registry: Registry) -> Iterator[Candidate]:
    """A number without a noun, where its year, session or letters leave no doubt."""
    identity: Identity | None
    if match["plain"]:
        number = int(match["plain"])
        identity = security_council(registry, number, int(match["plain_year"]))
        if identity is None or identity.flags or number < _SMALLEST_BARE:
            return
    elif match["roman"]:
        identity = identify_roman(match, None)
    else:
        letter = clean_letter(match["letter"])
        identity = slashed(registry, match["session"], int(match["number"]), letter, "UNGA")
    if identity is None or identity.symbol is None:
        return
    yield resolution_candidate(
        match.start(), match.end(), "references.bare", Identity(identity.symbol, 0.85, identity.flags)
    )
    if match["session"]:
        for part in further_parts(text, match, identity.symbol, 0.85):
            if part.identity is not None:
                yield resolution_candidate(part.start, part.end, "references.bare", part.identity)
