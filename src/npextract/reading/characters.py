"""Which characters are read as which, one for one, so that no offset moves.

Names in the ontology and texts that are read pass through the same functions, so that a dash, a
quotation mark or a letter with a diaeresis never keeps one from the other.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_QUOTES: Final = "«»“”„‟″〝〞＂"
_APOSTROPHES: Final = "’‘‛ʼʹ′`´＇"
_DASHES: Final = "‐‑‒–—―−﹘﹣－⸺"
_SPACES: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def _latin_without_diacritics() -> dict[str, str]:
    """Latin letters that decompose into one base letter and marks: é → e, Ü → U."""
    table = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base, *marks = list(unicodedata.normalize("NFD", chr(code)))
        if marks and base.isascii() and all(unicodedata.combining(m) for m in marks):
            table[chr(code)] = base
    return table | {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}


_ONE_FOR_ONE: Final[dict[str, str]] = {
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SPACES, " "),
    **_latin_without_diacritics(),
    "ё": "е",
    "Ё": "Е",
    **dict.fromkeys("¹²³⁰⁴⁵⁶⁷⁸⁹", " "),
    "\u0000": " ",
}
_VARIANT: Final = re.compile("[" + re.escape("".join(_ONE_FOR_ONE)) + "]")
_LANGUAGE: Final = re.compile(r"(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

LOOKALIKES_TO_CYRILLIC: Final = dict(zip("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук", strict=True))
"""Latin letters that are drawn like a Russian one (Unicode confusables)."""
LOOKALIKES_TO_LATIN: Final = {c: latin for latin, c in LOOKALIKES_TO_CYRILLIC.items()} | dict(
    zip("ІЈЅіјѕ", "IJSijs", strict=True)
)


def normalise(text: str) -> str:
    """The text with every variant of a character replaced by its plain form; the length stays.

    Quotation marks, apostrophes, dashes and spaces become the ASCII ones, ё becomes е, Latin letters lose
    their diacritics, lone surrogates (which no matcher accepts) become U+FFFD.
    """
    if text.isascii() and "`" not in text and "\0" not in text:
        return text
    for variant in set(_VARIANT.findall(text)):
        text = text.replace(variant, _ONE_FOR_ONE[variant])
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


def fold(text: str) -> str:
    """The text in lower case, of the same length ('İ'.lower() alone has two characters)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def normalise_name(name: str) -> str:
    """A name as it is looked up: plain characters, single spaces, composed letters."""
    return " ".join(normalise(unicodedata.normalize("NFC", name)).split())


def is_language(code: object) -> bool:
    """Whether a value is a language code ("en", "mul"), or the empty string, which says nothing."""
    return isinstance(code, str) and _LANGUAGE.fullmatch(code) is not None
