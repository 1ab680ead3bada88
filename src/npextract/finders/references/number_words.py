"""Numbers of resolutions in words, as they are spoken: "fifteen forty", "тысяча пятьсот сорок"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

_ENGLISH: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_RUSSIAN: Final = {
    1: "один одного одна одной", 2: "два двух две", 3: "три трех", 4: "четыре четырех", 5: "пять пяти",
    6: "шесть шести", 7: "семь семи", 8: "восемь восьми", 9: "девять девяти", 10: "десять десяти",
    11: "одиннадцать одиннадцати", 12: "двенадцать двенадцати", 13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати", 15: "пятнадцать пятнадцати", 16: "шестнадцать шестнадцати",
    17: "семнадцать семнадцати", 18: "восемнадцать восемнадцати", 19: "девятнадцать девятнадцати",
    20: "двадцать двадцати", 30: "тридцать тридцати", 40: "сорок сорока", 50: "пятьдесят пятидесяти",
    60: "шестьдесят шестидесяти", 70: "семьдесят семидесяти", 80: "восемьдесят восьмидесяти", 90: "девяносто девяноста",
    100: "сто ста", 200: "двести двухсот", 300: "триста трехсот", 400: "четыреста четырехсот", 500: "пятьсот пятисот",
    600: "шестьсот шестисот", 700: "семьсот семисот", 800: "восемьсот восьмисот", 900: "девятьсот девятисот",
}  # fmt: skip
_VALUES: Final = _ENGLISH | {form: value for value, forms in _RUSSIAN.items() for form in forms.split()}
_THOUSAND: Final = frozenset({"thousand", "тысяча", "тысячи", "тысяч", "тысячу"})
_HUNDRED: Final = "hundred"
_NEXT: Final = regex.compile(r"(?: and |[ -])?(\p{L}+)")
_SPLIT: Final = regex.compile(r"[ -]")
_LARGEST: Final = 9999


def read_words(text: str, start: int) -> tuple[int, int] | None:
    """The number that the words from `start` on say, with where they end; None unless two number words stand there."""
    words: list[str] = []
    end = start
    while (match := _NEXT.match(text, end)) and _is_number_word(word := match[1].lower()):
        words.append(word)
        end = match.end()
    number = parse_words(" ".join(words)) if len(words) > 1 else None
    return None if number is None else (number, end)


def _is_number_word(word: str) -> bool:
    return word in _VALUES or word in _THOUSAND or word == _HUNDRED


def parse_words(words: str) -> int | None:
    """The number that words say, from 100 to 9999, or None if they say none.

    Two groups may follow each other, as years are spoken: "fifteen forty" is 1540, "two forty-two" 242.
    """
    groups = list(_groups([word for word in _SPLIT.split(words.lower()) if word != "and"]))
    if len(groups) == 2 and 1 <= groups[0] <= 99 and 10 <= groups[1] <= 99:
        number = groups[0] * 100 + groups[1]
    elif len(groups) == 1:
        number = groups[0]
    else:
        return None
    return number if 100 <= number <= _LARGEST else None


def _groups(words: list[str]) -> Iterator[int]:
    """The numbers that words make, each as long as the next word is smaller than what the last one left open."""
    total, open_below = 0, _LARGEST
    for word in words:
        if word in _THOUSAND:
            total, open_below = max(total, 1) * 1000, 1000
        elif word == _HUNDRED:
            thousands, rest = divmod(total, 1000)
            total, open_below = thousands * 1000 + max(rest, 1) * 100, 100
        else:
            value = _VALUES[word]
            if value >= open_below:
                yield total
                total = 0
            total += value
            open_below = 100 if value >= 100 else 10 if value >= 20 else 1
    yield total
