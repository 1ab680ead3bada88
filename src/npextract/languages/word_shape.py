"""The shape of a word: which script, and where its capitals are, as the Russian tagger was taught it."""

from __future__ import annotations

import re

_SIGNS = "!#$%&()[]\\/*+,.:;<=>?@^_{|}~-‐−‒⁃–—―`\"'«»„“ʼʻ”№…"
_KIND = re.compile(rf"(?P<RU>[а-яё])|(?P<EN>[a-z])|(?P<NUM>[+-]?\d)|(?P<PUNCT>[{re.escape(_SIGNS)}])", re.I)


def word_shape(word: str) -> str:
    """The name of a token's shape in the model's list: "RU_Xx" for «Вена», "NUM", "PUNCT_,", "OTHER" …

    What the token begins with decides: "СИЗО-6" is Russian, "2011-2020" a number, "-6" too.
    """
    begins = _KIND.match(word)
    kind = begins.lastgroup if begins else None
    if kind == "PUNCT":
        return f"PUNCT_{word if len(word) == 1 else 'OTHER'}"
    if kind in ("RU", "EN"):
        return f"{kind}_{_capitals(word)}"
    return kind or "OTHER"


def _capitals(word: str) -> str:
    if len(word) == 1:
        return "X" if word.isupper() else "x"
    if word.isupper():
        return "XX"
    if word.islower():
        return "xx"
    if _is_title(word):
        return "Xx"
    first, dash, rest = word.partition("-")
    return "Xx-Xx" if dash and _is_title(first) and _is_title(rest) else "OTHER"


def _is_title(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()
