"""Russian words and signs, cut as razdel cuts them, by one regular expression.

The tagger was trained on razdel's tokens, so it must be fed the same ones: "2042 (2012)," is five of
them, "по-прежнему" is one, and in "10, 11" the comma belongs to "10,". razdel decides between every two
atoms with a list of rules, at 2.6 MB/s; here the rules are folded into one pattern. The only rule that a
regular expression cannot hold (what stood before a run of spaces of any length) is settled in `tokens`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# razdel's atoms, as character classes. Its own classes ignore case, and Unicode's case rules then add
# a few foreign letters: they are listed, because ignoring case would cost speed on every letter.
# "{" is no sign to razdel but a letter of another script (a slip of its author's, kept for parity).
_RU = "а-яёА-ЯЁ\u1c80-\u1c86"
_LAT = "a-zA-Z\u0130\u0131\u017f\u212a"
_DASH = r"‑–—−\-"
_PUNCT = re.escape("\\/!#$%&*+,.:;<=>?@^_`|~№…«“‘»”’\"„'([)]}") + _DASH
_OTHER = rf"[^\s\d{_RU}{_LAT}{_PUNCT}]"
_WORDLY = rf"[^\s{_PUNCT}]"

# No quantifier is possessive: re of Python 3.11.0 to 3.11.4 matches those wrongly. None needs to be, for
# whatever stands after a quantifier can match nothing: nothing is tried twice.
_LETTERS = rf"(?:[{_RU}]+|[{_LAT}]+)"
_UNIT = rf"(?:(?:{_LETTERS}|{_OTHER}{_LETTERS}?)(?:{_OTHER}{_LETTERS}?)*|\d+)"
_LINK = rf"(?:[{_DASH}_](?=\s*{_WORDLY}){_UNIT}?|(?<=\d)[.,/\\](?=\s*\d)\d*)"
_YAHOO = rf"(?:!(?<=(?<![{_LAT}])[Yy][Aa][Hh][Oo][Oo]!)[.?!…]*)?"
_WORD = rf"{_UNIT}{_LINK}*{_YAHOO}"
_LEAD = rf"([{_DASH}_](?={_WORDLY})|[.,/\\](?=\d)){_WORD}"
_SIGNS = r"-{2,}|\*{2,}|[.?!…]{2,}|[=:;][()]{1,3}|\S"

_TOKEN = re.compile(rf"{_WORD}|{_LEAD}|{_SIGNS}")
_PUNCT_SIGN = re.compile(rf"[{_PUNCT}]")


def tokens(text: str) -> Iterator[tuple[int, str]]:
    """Each token with the offset of its first code point, in text order; `text[start:][:len(token)]` is it.

    A token may begin with a dash, a point or a slash ("5 -6" is "5", "-6") only where razdel joins it
    across the space: after a word for a dash, between numbers for the rest. The pattern marks such tokens
    by its one group, and here the sign is set apart again if the last atom before it forbids the join.
    """
    last = ""
    for match in _TOKEN.finditer(text):
        start = match.start()
        token = match[0]
        if match.lastindex and not _joins(last, token[0]):
            yield start, token[0]
            yield start + 1, token[1:]
        else:
            yield start, token
        last = token


def _joins(before: str, sign: str) -> bool:
    """Whether razdel joins a sign to the word after it, given the token before the space."""
    if not before:
        return False
    atom = before[-1]
    return atom.isdecimal() if sign in ".,/\\" else not _PUNCT_SIGN.match(atom)
