"""The numbers of a citation: one, a list or a range, whole or damaged, and what each stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import regex

from npextract.finders.references.bodies import Body, body_nearby, body_of_section
from npextract.finders.references.dates import DATE, MONTH_OF_YEAR, fits, parse_date
from npextract.finders.references.identity import Identity, roman_session, security_council, slashed
from npextract.finders.references.number_words import read_words
from npextract.finders.references.numerals import ROMAN_LETTERS, clean_digits, clean_letter, clean_roman
from npextract.finders.references.symbols import LETTER, RESOLUTION_SYMBOL, normal_session, resolve_symbol
from npextract.ontology.registry import Registry

_YEAR: Final = r"(?:[12]\d\d\d|(?:1[ -]?9|2[ -]?0)[ -]?\d[ -]?\d)"
"""A year, also one that cannot be ("2312 (2106)"); a scan may leave a space or a hyphen in it."""
_OPEN: Final = r"[({\[]"
_CLOSE: Final = r"[)}\]]"
_ITEM: Final = regex.compile(
    rf"""(?:
        {RESOLUTION_SYMBOL}
      | (?P<roman_number>\d{{1,4}})(?:{LETTER})?\ ?{_OPEN}\ ?(?P<roman>(?:E?S-?)?[{ROMAN_LETTERS}]{{1,8}})\ ?{_CLOSE}
      | (?P<session>(?:ES|S)-?\d{{1,2}}|\d{{1,2}}|(?:19|20)\d\d)/(?P<number>\d{{1,3}})(?![\d/])(?:{LETTER})?
      | (?P<plain>\d{{1,4}})/(?P<plain_year>(?:19|20)\d\d)(?![\w/])
      | (?P<plain>\d{{1,4}})(?P<bracket>\ ?{_OPEN}\ ?(?P<plain_year>{_YEAR})(?:\ г(?:\.|ода))?\ ?{_CLOSE})
      | (?P<plain>\d{{3,4}})(?P<bracket>\ ?{_OPEN}(?P<plain_year>(?:19|20)\d\d)(?=[\s,.;]|$)
                            | \ (?P<plain_year>(?:19|20)\d\d)\))
      | (?P<damaged>[\dOoОUQIlSBЗ]{{2,4}}|\d{{1,2}}\ \d{{2,3}})\ ?{_OPEN}\ ?(?P<plain_year>(?:19|20)\d\d)\ ?{_CLOSE}
      | (?P<plain>\d{{1,4}})(?![\w/%°]|[.,]\d|-[а-яa-z])
      | (?P<foreign>(?:19|20)\d\d/\d{{3,4}}(?:\([A-Z]{{3}}\))?)
    )""",
    regex.VERBOSE,
)
_WHOLE_BRACKET: Final = regex.compile(r" ?(?:\(\d{4}(?: г\.| года)?\)|\[\d{4}\])")
_NO_REFERENCE: Final = regex.compile(
    r"""\ (?: год[а-я]{0,2}\b | гг?\. | by\ \d | x\ ?\d | на\ \d
          | dpi\b | пикс | точ(?:ек|ки)\b | pixels | per\ cent | процент | тыс | млн | million | times\b | раз\b )
      | \ ?[x×%]\ ?\d""",
    regex.VERBOSE,
)
_OF: Final = r"(?:of|dated|adopted\ on|от|принят[а-я]{2,3})"
_DATED: Final = regex.compile(rf",?\ ?{_OF}\ (?P<date>{DATE}|{MONTH_OF_YEAR})", regex.VERBOSE | regex.IGNORECASE)
_SEPARATOR: Final = regex.compile(
    r"""[)\]]?
        (?: ,?\ (?:and|и|or|или|&|as\ well\ as|а\ также)\ (?:in\ |в\ )?
          | [,;]\ | \ ?-\ ? | \ (?:to|through|по)\ (?=\d) )""",
    regex.VERBOSE,
)
_ANOTHER_LETTER: Final = regex.compile(
    r"(?:,|\ ?-|\ (?:and|и|to|through|по))\ ?(?P<letter>[A-ZАВСЕНКМОРТХ])(?![\w']|\.\w)", regex.VERBOSE
)


@dataclass(frozen=True, slots=True)
class Item:
    """One number of a citation, with what it stands for."""

    start: int
    end: int
    identity: Identity | None
    bare: bool = False
    """Whether neither a year nor a session stands with the number."""
    adopted: str | None = None
    """The date that the text gives it."""


def read_items(text: str, position: int, body: Body | None, registry: Registry, *, plural: bool) -> list[Item]:
    """The numbers from `position` on, as far as the list goes."""
    if (spoken := read_words(text, position)) and not _NO_REFERENCE.match(text, spoken[1]):
        return list(_spoken(position, *spoken, body, registry))
    items: list[Item] = []
    while match := _ITEM.match(text, position):
        if items and not _continues(text, match, items, plural):
            break
        if _NO_REFERENCE.match(text, match.end()) and not match["plain_year"]:
            break
        identity = identify(text, match, body, registry)
        if identity is None and items:
            break
        end = match.end()
        dated = _DATED.match(text, end)
        date = parse_date(dated["date"]) if dated else None
        items.append(_dated(Item(match.start(), end, identity, _is_bare(match)), match, date, registry))
        if match["letter"] and identity is not None and identity.symbol:
            items += further_parts(text, match, identity.symbol, identity.score)
            end = items[-1].end
        separator = _SEPARATOR.match(text, dated.end() if dated else end)
        if separator is None:
            break
        position = separator.end()
    while items and items[-1].identity is None:
        items.pop()
    return items


def _spoken(start: int, number: int, end: int, body: Body | None, registry: Registry) -> Iterator[Item]:
    """A number in words, where it is a resolution's."""
    identity = _plain(registry, number, None, body)
    if identity is not None:
        flags = (*identity.flags, "in-words")
        yield Item(start, end, replace(identity, score=identity.score - 0.1, flags=flags), bare=True)


def _dated(item: Item, match: regex.Match[str], date: str | None, registry: Registry) -> Item:
    """An item with the date that stands behind it; one that contradicts the registry is flagged."""
    if date is None or item.identity is None:
        return item
    identity = item.identity
    plain = match["plain"] if identity.symbol is None or identity.symbol.startswith("S/") else None
    if plain is not None and not match["plain_year"] and not identity.flags:
        identity = security_council(registry, int(plain), int(date[:4])) or identity
    wrong_day = plain is not None and not fits(registry, int(plain), date)
    if not identity.flags and (wrong_day or not _in_session(registry, match["session"], identity, int(date[:4]))):
        identity = replace(identity, score=identity.score - 0.1, flags=("date-mismatch",))
    return replace(item, identity=identity, adopted=date)


def _in_session(registry: Registry, session: str | None, identity: Identity, year: int) -> bool:
    """Whether the Assembly's session was held in a year; it opens in autumn and runs into the next year."""
    if session is None or not session.isdigit() or not (identity.symbol or "").startswith(f"A/RES/{int(session)}/"):
        return True
    opened = registry.session_year("UNGA", "regular", int(session))
    return opened is None or opened <= year <= opened + 1


def further_parts(text: str, match: regex.Match[str], symbol: str, score: float) -> Iterator[Item]:
    """The letters of further parts: "36/87 A и B"."""
    letter, end = clean_letter(match["letter"]), match.end()
    at = symbol.find(letter + "(") if match["roman"] else symbol.rfind(letter)
    while another := _ANOTHER_LETTER.match(text, end):
        part = symbol[:at] + clean_letter(another["letter"]) + symbol[at + len(letter) :]
        end = another.end()
        yield Item(another.start("letter"), end, Identity(part, score))


def _is_bare(match: regex.Match[str]) -> bool:
    return bool(match["plain"]) and not match["plain_year"]


def _continues(text: str, match: regex.Match[str], items: list[Item], plural: bool) -> bool:
    """Whether a further number belongs to the list, and is not the first word of what follows it."""
    if not _is_bare(match):
        return True
    if len(match["plain"]) < 3 or not items[-1].bare:
        return False
    following = text[match.end() : match.end() + 1]
    separator = _SEPARATOR.match(text, match.end())
    goes_on = separator is not None and text[separator.end() : separator.end() + 1].isdigit()
    return plural or goes_on or len(match["plain"]) == 4 or not following or following in ",;.)\n" or len(items) > 1


def identify(text: str, match: regex.Match[str], body: Body | None, registry: Registry) -> Identity | None:
    """What one number stands for."""
    if match["symbol"]:
        return resolve_symbol(match, registry)
    if body == "other":
        return Identity(None, 0.7)
    if match["foreign"]:
        return None
    letter = clean_letter(match["letter"] or "")
    if match["roman"]:
        return identify_roman(match, body or body_nearby(text, match.start(), match.end()))
    if match["session"]:
        session, in_session = normal_session(match["session"]), int(match["number"])
        if named := body or body_nearby(text, match.start(), match.end()):
            return slashed(registry, session, in_session, letter, named)
        identity = slashed(registry, session, in_session, letter, None)
        if identity and identity.alternatives and body_of_section(text, match.start()) == "UNHRC":
            return identity.swapped()
        return identity
    year = int(regex.sub(r"[ -]", "", match["plain_year"])) if match["plain_year"] else None
    if match["damaged"]:
        digits = clean_digits(match["damaged"])
        identity = security_council(registry, int(digits), year) if digits.isdigit() else None
        return identity.damaged() if identity and not identity.flags else None
    number = int(match["plain"])
    identity = _plain(registry, number, year, body)
    if identity is not None and match["bracket"] and not _WHOLE_BRACKET.fullmatch(match["bracket"]):
        return identity.damaged() if not identity.flags else _plain(registry, number, None, body)
    return identity


def identify_roman(match: regex.Match[str], body: Body | None) -> Identity | None:
    """What a number with a Roman session stands for, damage mended and flagged."""
    numeral = regex.sub(r"^(E?S)-?(?=[IVX])", r"\1-", clean_roman(match["roman"]))
    identity = roman_session(int(match["roman_number"]), clean_letter(match["letter"] or ""), numeral, body)
    return identity.damaged() if identity and numeral != match["roman"] else identity


def _plain(registry: Registry, number: int, year: int | None, body: Body | None) -> Identity | None:
    """What a number with nothing but a year, or nothing at all, stands for."""
    identity = security_council(registry, number, year)
    if identity is None and year is not None and body in (None, "UNSC"):
        return Identity(None, 0.5, ("impossible",))
    if body in (None, "UNSC") or (identity is not None and identity.score > 0.98):
        return identity
    return Identity(None, 0.6, ("session-missing",))
