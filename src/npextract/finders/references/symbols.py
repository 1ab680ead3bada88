"""Official symbols: "S/RES/1540 (2004)", "A/RES/71/258", "INFCIRC/153", "S/2015/543"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from npextract.finders.candidate import Candidate
from npextract.finders.references.hints import Hints
from npextract.finders.references.identity import Identity, roman_session, security_council, slashed
from npextract.finders.references.numerals import ROMAN_LETTERS, clean_letter, clean_roman
from npextract.ontology.registry import Registry

# A letter suffix is a capital, Latin or look-alike, that no word follows as its beginning ("35/122 F", "36/87 А").
LETTER: Final = r"(?:\ ?(?P<letter>[A-Z]|[АВСЕНКМОРТХ](?=[,;.)\]\n(]|\ \(|\ (?:и|and)\ [A-ZА-Х]\b|$)))(?![\w'])"
# Latin or Cyrillic letters that begin a body's symbols.
_A: Final = "[AА]"
_S: Final = "[SЅ]"
_E: Final = "[EЕ]"
_RES: Final = "(?:R[EЕ]S|RЕS|Res|РЕС)"

RESOLUTION_SYMBOL: Final = rf"""(?P<symbol>
    {_S}\ ?/\ ?{_RES}\ ?/\ ?(?P<council>\d{{1,4}})(?:\ ?[({{\[]\ ?(?P<year>(?:19|20)\ ?\d\d)\ ?[)}}\]])?
  | {_A}/HRC/{_RES}/(?P<hrc>(?:S-)?\d{{1,2}}/\d{{1,3}})
  | {_E}/CN\.4/{_RES}/(?P<commission>\d{{4}}/\d{{1,3}})
  | {_A}\ ?/\ ?{_RES}\ ?/\ ?(?P<session>(?:ES|S)-?\d{{1,2}}|\d{{1,2}})/(?P<number>\d{{1,4}})(?:{LETTER})?
  | (?P<roman_body>{_A}|{_E})/{_RES}/(?P<roman_number>\d{{1,4}})(?:{LETTER})?
    \ ?\((?P<roman>(?:E?S-)?[{ROMAN_LETTERS}]{{1,8}})\)
  | {_E}/{_RES}/(?P<ecosoc>\d{{4}}/\d{{1,3}})
  | (?P<iaea>GC\ ?\((?:\d{{1,3}}|[IVXL]{{1,8}})\)/RES/\d{{1,4}}(?:[A-Z]\b)?)
  | (?P<who>WHA\d{{1,3}}\.\d{{1,3}})
  | (?P<imo>(?:(?:MSC|MEPC|LEG|FAL)\.\d{{1,4}}|A\.\d{{2,4}})\ ?\(\d{{1,3}}\))
)(?!\w|/\d)"""

_SPACED: Final = regex.compile(r" /|/ |\d \d")
_SYMBOLS: Final = Hints(
    [
        *(letter + slash for letter in "SЅAАEЕ" for slash in ("/", " /")),
        *("GC(", "GC (", "WHA", "MSC.", "MEPC.", "LEG.", "FAL."),
        *(f"A.{digit}" for digit in range(10)),
    ]
)
"""How the symbols of resolutions begin."""
_RESOLUTION: Final = regex.compile(rf"(?<![\w/]){RESOLUTION_SYMBOL}", regex.VERBOSE)

# A document's symbol is a row of parts divided by slashes; it holds a digit and begins with a body's letters.
_PART: Final = r"(?:\(\d{1,3}\)|[A-Za-z0-9]+(?:\([A-Za-z0-9]+\))?(?:(?:\.|-(?![A-Z]/))[A-Za-z0-9]+)*)"
_DOCUMENT: Final = regex.compile(
    rf"""(?<![\w/.])(?:
        INFCIRC/\d{{1,4}}(?:/{_PART}){{0,4}}(?:\ \d{{1,2}}(?<=/Part\ \d{{1,2}}))?
      | GOV/(?:INF/)?\d{{4}}/\d{{1,3}}(?:-{_PART})?(?:/{_PART}){{0,3}}
      | GC\ ?\(\d{{1,3}}\)/(?!RES/){_PART}(?:/{_PART}){{0,3}}
      | (?:EC|C|RC)-(?:[A-Z]{{1,2}}-)?(?:\d{{1,3}}|[IVX]{{1,5}})/(?:[A-Z]{{2,4}}\.|HP/|S/|\d){_PART}?(?:/{_PART}){{0,3}}
      | [SЅ]/(?:PRST|PV|AC|INF|Agenda|NC|RES/Rev|PET)[./-]?\ ?\d{_PART}?(?:/{_PART}){{0,4}}
      | [SЅ]/\d{{1,5}}(?:/\d{{1,5}})?(?:/(?:Add|Corr|Rev)\.\d{{1,2}}){{0,3}}
      | [AА]/(?:C\.\d|AC\.\d+|CONF\.\d+|CN\.\d+|BUR|INF|HRC|PV\.\d+|ES-\d+|S-\d+|DEC|\d{{1,3}})
        (?:/{_PART}){{0,5}}(?:\ \(S(?:ect|ECT)\.\ \d+\))?
      | [EЕ]/(?:C\.\d+|CN\.\d+|INF|ESCAP|ECE|ESCWA|\d{{4}})(?:/{_PART}){{0,5}}
      | (?:NPT|BWC|CCW|CD|CWC|APLC|CCM|ATT|TPNW|CTBT|DC|ST|NSG|MTCR|JIU|UNEP|TD|CERD|CAT|CCPR|CEDAW|CRC)
        /(?:{_PART}/){{0,4}}{_PART}
      | GA/(?:DIS|PAL|SHC|EF|SPD|L|COL|AB)/\d{{2,5}} | GA/\d{{4,5}} | SC/\d{{4,5}} | (?:SG/SM|DC|DSG/SM)/\d{{3,5}}
      | PC\.DEC/\d{{1,4}} | FSC\.DEC/\d{{1,3}}(?:/\d\d)? | MC\.DEC/\d{{1,3}}/\d\d
    )(?!\w)""",
    regex.VERBOSE,
)
_SLASHES: Final = Hints(["/"])
_FIRST_PART: Final = regex.compile(r"(?r)\b[A-ZАЅЕ][A-Z]{0,9}(?:[-.][A-Z0-9]{1,6}){0,3}(?:\ ?\(\d{1,3}\))?")
"""What stands before the first slash of a document's symbol."""
_DIGIT: Final = regex.compile(r"\d")
_TO_LATIN: Final = str.maketrans("АЅЕ", "ASE")


def resolve_symbol(match: regex.Match[str], registry: Registry) -> Identity | None:
    """What a match of RESOLUTION_SYMBOL stands for."""
    identity = _identify(match, registry)
    return identity.damaged() if identity and _SPACED.search(match["symbol"]) else identity


def _identify(match: regex.Match[str], registry: Registry) -> Identity | None:
    if match["council"]:
        year = int(match["year"].replace(" ", "")) if match["year"] else None
        return security_council(registry, int(match["council"]), year)
    if match["commission"]:
        return Identity(f"E/CN.4/RES/{match['commission']}", 0.99)
    if match["hrc"]:
        return Identity(f"A/HRC/RES/{match['hrc']}", 0.99)
    if match["session"]:
        session = normal_session(match["session"])
        return slashed(registry, session, int(match["number"]), clean_letter(match["letter"] or ""), "UNGA")
    if match["roman"]:
        body = "UNGA" if clean_letter(match["roman_body"]) == "A" else "ECOSOC"
        letter = clean_letter(match["letter"] or "")
        return roman_session(int(match["roman_number"]), letter, clean_roman(match["roman"]), body)  # type: ignore[arg-type]
    if match["ecosoc"]:
        return Identity(f"E/RES/{match['ecosoc']}", 0.99)
    return Identity((match["iaea"] or match["who"] or match["imo"]).replace(" ", ""), 0.99)


def normal_session(session: str) -> str:
    """A session as symbols write it: "ES8" is "ES-8", "011" is "11"."""
    if session.isdigit():
        return str(int(session))
    series = session.rstrip("0123456789").rstrip("-")
    return f"{series}-{session[len(series) :].lstrip('-')}"


def find_symbols(text: str, registry: Registry) -> Iterator[Candidate]:
    """The symbols of resolutions and of other documents."""
    for start in _SYMBOLS(text):
        match = _RESOLUTION.match(text, start)
        if match is not None and (identity := resolve_symbol(match, registry)) is not None:
            yield resolution_candidate(match.start(), match.end(), "references.symbol", identity)
    done = 0
    for slash in _SLASHES(text):
        first = _FIRST_PART.match(text, endpos=slash) if slash >= done else None
        document = _DOCUMENT.match(text, first.start()) if first else None
        # Behind a hyphen only the second of two symbols that one document has: "A/55/530-S/2000/1052".
        if document is None or (text[document.start() - 1] == "-" and 0 < document.start() != done + 1):
            continue
        done = document.end()
        symbol = document[0]
        if _DIGIT.search(symbol) and "/RES/" not in symbol.replace("/RES/Rev", ""):
            identifier = "doc:" + symbol.translate(_TO_LATIN if symbol[0] in "АЅЕ" else {}).replace(" ", "")
            yield Candidate(document.start(), document.end(), "document", identifier, "references.document", 0.97)


def resolution_candidate(
    start: int, end: int, rule: str, identity: Identity, attrs: tuple[tuple[str, object], ...] = ()
) -> Candidate:
    """A resolution found by a rule."""
    if identity.expected_year is not None:
        attrs = (*attrs, ("expected_year", identity.expected_year))
    return Candidate(
        start,
        end,
        "resolution",
        None if identity.symbol is None else "res:" + identity.symbol,
        rule,
        identity.score,
        flags=identity.flags,
        attrs=attrs,
        alternatives=tuple("res:" + symbol for symbol in identity.alternatives),
    )
