"""Resolutions cited by a noun and a number: "Security Council resolution 1540 (2004)", "резолюциях 1325 и 2250"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from npextract.finders.candidate import Candidate
from npextract.finders.references.bodies import BODY_PATTERN, Body, body_nearby, body_of
from npextract.finders.references.identity import Identity, roman_session, security_council, slashed
from npextract.finders.references.numerals import ROMAN_LETTERS, clean_digits, clean_letter, clean_roman
from npextract.finders.references.symbols import (
    LETTER,
    RESOLUTION_SYMBOL,
    normal_session,
    resolution_candidate,
    resolve_symbol,
)
from npextract.ontology.registry import Registry
from npextract.reading.view import View

_NOUN: Final = re.compile(
    r"резолюци(?:ями|ях|ям|ей|[яиюй])\b|рез\."
    r"|resolutions?\b|\b(?:unscrs?|scrs?|unsc\.? res\b\.?|res\.|res(?= \d))"
)
_PLURAL: Final = re.compile(r"резолюци(?:ями|ях|ям|й)$|(?:resolutions|scrs)$")
_MONTHS: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
_DATE: Final = rf"(?:\d{{1,2}}\ {_MONTHS}\ \d{{4}}|{_MONTHS}\ \d{{1,2}},?\ \d{{4}})(?:\ (?:года|г\.))?"

_BODY_BEFORE: Final = regex.compile(rf"(?r)(?<![\w-]){BODY_PATTERN}(?:'s?)?\ ", regex.VERBOSE | regex.IGNORECASE)
_GAP: Final = regex.compile(
    rf"""(?:\ ?\(["']?[A-Z]{{2,6}}s?["']?\))?+
        (?:\ (?:of\ the\ |of\ )?{BODY_PATTERN}(?P<shared>\ (?:and|и)\ (?:of\ the\ |the\ )?{BODY_PATTERN})?)?+
        (?:,?\ (?:от|of)\ {_DATE})?+ (?:\ (?:ООН|UN))?+
        (?: ,?\ (?: №+ | [Nn]os?\b\.? | N\b | (?:за\ |под\ )?номер[а-я]{{0,3}} | numbered|numbers? ) )?+
        \ ?[(\[]?""",
    regex.VERBOSE | regex.IGNORECASE,
)
_ITEM: Final = regex.compile(
    rf"""(?:
        {RESOLUTION_SYMBOL}
      | (?P<roman_number>\d{{1,4}})(?:{LETTER})?\ ?[({{\[]\ ?(?P<roman>(?:E?S-?)?[{ROMAN_LETTERS}]{{1,8}})\ ?[)}}\]]
      | (?P<session>(?:ES|S)-?\d{{1,2}}|\d{{1,2}}|(?:19|20)\d\d)/(?P<number>\d{{1,3}})(?![\d/])(?:{LETTER})?
      | (?P<plain>\d{{1,4}})/(?P<plain_year>(?:19|20)\d\d)(?![\w/])
      | (?P<plain>\d{{1,4}})\ ?[({{\[]\ ?(?P<plain_year>[12]\d\d\d)(?:\ г(?:\.|ода))?\ ?[)}}\]]
      | (?P<damaged>[\dOoОUQIlSBЗ]{{2,4}}|\d{{1,2}}\ \d{{2,3}})\ ?[({{\[]\ ?(?P<plain_year>(?:19|20)\d\d)\ ?[)}}\]]
      | (?P<plain>\d{{1,4}})(?![\w/%°]|[.,]\d|-[а-яa-z])
    )""",
    regex.VERBOSE,
)
_NO_REFERENCE: Final = regex.compile(
    r"""\ (?: год[а-я]{0,2}\b | гг?\. | by\ \d | x\ ?\d | на\ \d
          | dpi\b | пикс | точ(?:ек|ки)\b | pixels | per\ cent | процент | тыс | млн | million )
      | \ ?[x×%]\ ?\d""",
    regex.VERBOSE,
)
_SEPARATOR: Final = regex.compile(
    rf"""[)\]]? (?:\ (?:of|от)\ {_DATE})?+
        (?: ,?\ (?:and|и|or|или|&|as\ well\ as|а\ также)\ (?:in\ |в\ )?
          | [,;]\ | \ ?-\ ? | \ (?:to|through|по)\ (?=\d) )""",
    regex.VERBOSE,
)
_ANOTHER_LETTER: Final = regex.compile(
    r"(?:,|\ ?-|\ (?:and|и))\ ?(?P<letter>[A-ZАВСЕНКМОРТХ])(?![\w']|\.\w)", regex.VERBOSE
)
_BODY_BEHIND: Final = regex.compile(
    rf"(?:\ of\ the\ |\ of\ |\ ){BODY_PATTERN}(?![\w-])", regex.VERBOSE | regex.IGNORECASE
)
_BARE: Final = regex.compile(
    rf"""(?<![\w/.,№-])(?<!№\ )(?:
        (?P<plain>\d{{1,4}})\ ?\((?P<plain_year>(?:19|20)\d\d)\)
      | (?P<roman_number>\d{{3,4}})(?:{LETTER})?\ ?\((?P<roman>(?:E?S-)?[{ROMAN_LETTERS}]{{2,8}})\)
      | (?P<session>[3-9]\d)/(?P<number>\d{{1,3}})\ (?P<letter>[A-Z])(?=\ (?:and|и)\ [A-ZА-Х]\b)
    )""",
    regex.VERBOSE,
)
_BARE_HINT: Final = re.compile(r"\b\d{1,4}(?: ?[A-ZА-Х])? ?\(|\b[3-9]\d/\d{1,3} [A-Z] ")
_OF_A_PARLIAMENT: Final = re.compile(r"\b[HS]\. ?(?:J\. ?|Con\. ?)?$|/$")
"""Before "Res.": "H.Res. 242", "39 C/Res. 5"."""
_SMALLEST_BARE: Final = 100


@dataclass(frozen=True, slots=True)
class _Item:
    """One number of a citation, with what it stands for."""

    start: int
    end: int
    identity: Identity | None
    bare: bool
    """Whether neither a year nor a session stands with the number."""


def find_citations(view: View, registry: Registry) -> Iterator[Candidate]:
    """Resolutions named by a noun, with lists and ranges; and numbers whose year makes them resolutions."""
    text = view.text
    for noun in _NOUN.finditer(view.folded):
        yield from _cite(text, noun.start(), noun.end(), registry)
    for hint in _BARE_HINT.finditer(text):
        if match := _BARE.match(text, hint.start()):
            yield from _bare(text, match, registry)


def _cite(text: str, noun_start: int, noun_end: int, registry: Registry) -> Iterator[Candidate]:
    """The citations that begin with one noun."""
    if noun_start and text[noun_start - 1].isalnum():
        return
    # Russian puts the body behind the noun; what stands before it is another part of the sentence.
    before = _BODY_BEFORE.match(text, endpos=noun_start) if text[noun_start].isascii() else None
    if _OF_A_PARLIAMENT.search(text[max(0, noun_start - 12) : noun_start]):
        return
    start = before.start() if before else noun_start
    body = body_of(before) if before else None
    noun = text[noun_start:noun_end].lower()
    if noun.startswith(("unsc", "scr")):
        body = "UNSC"
    gap = _GAP.match(text, noun_end)
    position = gap.end() if gap else noun_end
    if gap and gap["shared"]:
        body = None
    elif gap and (named := body_of(gap)):
        body = named
    items = _items(text, position, body, bool(_PLURAL.search(noun)), registry)
    if not items:
        return
    if position == noun_end:  # "resolution1540": a word and its number run together is no citation
        return
    end = items[-1].end
    behind = _BODY_BEHIND.match(text, end)
    if behind and (named := body_of(behind)) and _speaks_for(text, behind):
        if body is None:
            items = _items(text, position, named, bool(_PLURAL.search(noun)), registry)
        items[-1] = _Item(items[-1].start, behind.end(), items[-1].identity, items[-1].bare)
    for place, item in enumerate(items):
        if item.identity is not None:
            yield resolution_candidate(
                start if place == 0 else item.start, item.end, "references.citation", item.identity
            )


def _speaks_for(text: str, behind: regex.Match[str]) -> bool:
    """Whether a body behind a number owns it: in English by "of", in Russian by the genitive."""
    name = behind[0].strip()
    if name.startswith("of "):
        return True
    return name[:1] > "Ѐ" and not regex.match(r"Совет\b(?!а|у)|Генеральная|Экономический|Совбез\b|Генассамблея", name)


def _items(text: str, position: int, body: Body | None, plural: bool, registry: Registry) -> list[_Item]:
    """The numbers from `position` on, as far as the list goes."""
    items: list[_Item] = []
    while match := _ITEM.match(text, position):
        first = not items
        if not first and not _continues(text, match, items, plural):
            break
        if _NO_REFERENCE.match(text, match.end()) and not match["plain_year"]:
            break
        identity = _identify(text, match, body, registry)
        if identity is None and not first:
            break
        end = match.end()
        items.append(_Item(match.start(), end, identity, _is_bare(match)))
        if match["letter"] and identity is not None and identity.symbol:
            for another in _more_letters(text, end):
                symbol = identity.symbol
                letter = clean_letter(match["letter"])
                at = symbol.rfind(letter) if not match["roman"] else symbol.find(letter + "(")
                swapped = symbol[:at] + clean_letter(another["letter"]) + symbol[at + 1 :]
                items.append(_Item(another.start("letter"), another.end(), Identity(swapped, identity.score), False))
                end = another.end()
        separator = _SEPARATOR.match(text, end)
        if separator is None:
            break
        position = separator.end()
    while items and items[-1].identity is None:
        items.pop()
    return items


def _more_letters(text: str, end: int) -> Iterator[regex.Match[str]]:
    """The letters of further parts: "36/87 A и B"."""
    while another := _ANOTHER_LETTER.match(text, end):
        yield another
        end = another.end()


def _is_bare(match: regex.Match[str]) -> bool:
    return bool(match["plain"]) and not match["plain_year"]


def _continues(text: str, match: regex.Match[str], items: list[_Item], plural: bool) -> bool:
    """Whether a further number belongs to the list, and is not the first word of what follows it."""
    if not _is_bare(match):
        return True
    if len(match["plain"]) < 3 or not items[-1].bare:
        return False
    following = text[match.end() : match.end() + 1]
    separator = _SEPARATOR.match(text, match.end())
    goes_on = separator is not None and text[separator.end() : separator.end() + 1].isdigit()
    return plural or goes_on or len(match["plain"]) == 4 or not following or following in ",;.)\n" or len(items) > 1


def _identify(text: str, match: regex.Match[str], body: Body | None, registry: Registry) -> Identity | None:
    """What one number stands for."""
    if match["symbol"]:
        return resolve_symbol(match, registry)
    if body == "other":
        return Identity(None, 0.7)
    letter = clean_letter(match["letter"] or "")
    if match["roman"]:
        numeral = clean_roman(match["roman"])
        numeral = regex.sub(r"^(E?S)-?(?=[IVX])", r"\1-", numeral)
        named = body or body_nearby(text, match.start(), match.end())
        identity = roman_session(int(match["roman_number"]), letter, numeral, named)
        return identity.damaged() if identity and numeral != match["roman"] else identity
    if match["session"]:
        named = body or body_nearby(text, match.start(), match.end())
        return slashed(registry, normal_session(match["session"]), int(match["number"]), letter, named)
    year = int(match["plain_year"]) if match["plain_year"] else None
    if match["damaged"]:
        digits = clean_digits(match["damaged"])
        identity = security_council(registry, int(digits), year) if digits.isdigit() else None
        return identity.damaged() if identity and not identity.flags else None
    number = int(match["plain"])
    identity = security_council(registry, number, year)
    if body == "UNSC" or (identity is not None and identity.score > 0.98):
        return identity
    if body in ("UNGA", "ECOSOC", "UNHRC"):
        return Identity(None, 0.6, ("session-missing",))
    return identity


def _bare(text: str, match: regex.Match[str], registry: Registry) -> Iterator[Candidate]:
    """A number without a noun, where its year, session or letters leave no doubt."""
    identity: Identity | None
    letter = clean_letter(match["letter"] or "")
    if match["plain"]:
        number = int(match["plain"])
        identity = security_council(registry, number, int(match["plain_year"]))
        if identity is None or identity.flags or number < _SMALLEST_BARE:
            return
    elif match["roman"]:
        numeral = clean_roman(match["roman"])
        identity = roman_session(int(match["roman_number"]), letter, numeral, None)
        if identity is not None and numeral != match["roman"]:
            identity = identity.damaged()
    else:
        identity = slashed(registry, match["session"], int(match["number"]), letter, "UNGA")
    if identity is None or identity.symbol is None:
        return
    yield resolution_candidate(
        match.start(), match.end(), "references.bare", Identity(identity.symbol, 0.85, identity.flags)
    )
    if match["session"]:
        for another in _more_letters(text, match.end()):
            symbol = identity.symbol[: -len(letter)] + clean_letter(another["letter"])
            yield resolution_candidate(
                another.start("letter"), another.end(), "references.bare", Identity(symbol, 0.85)
            )
