"""Numbers as scans and typists leave them: Roman numerals, look-alike letters, digits read as letters."""

from __future__ import annotations

from typing import Final

_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_TENS: Final = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_TO_ROMAN: Final = str.maketrans("ХСМІVl1|", "XCMIVIII")
_TO_LETTER: Final = str.maketrans("АВСЕНКМОРТХІЈ", "ABCEHKMOPTXIJ")
_TO_DIGIT: Final = str.maketrans("OoОоUQDIlІ|SBЗ", "00000001111583")

ROMAN_LETTERS: Final = "IVXLCХСІ1l|"
"""The characters that a Roman numeral may be made of, damage included."""


def parse_roman(numeral: str) -> int | None:
    """The value of a Roman numeral from 1 to 399, or None if it is none."""
    if not numeral:
        return None
    total = 0
    for letter, following in zip(numeral, numeral[1:] + " ", strict=True):
        value = _ROMAN_VALUES.get(letter)
        if value is None:
            return None
        total += -value if value < _ROMAN_VALUES.get(following, 0) else value
    return total if format_roman(total) == numeral else None


def format_roman(number: int) -> str:
    """A number from 1 to 399 as a Roman numeral."""
    numeral = ""
    for value, letters in _ROMAN_TENS:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def clean_roman(numeral: str) -> str:
    """A damaged Roman numeral in plain letters: "XXІХ" (Cyrillic), "XXVlll", "XX1V"."""
    return numeral.translate(_TO_ROMAN)


def clean_letter(letter: str) -> str:
    """A capital that may be a Cyrillic look-alike, as the Latin one."""
    return letter.translate(_TO_LETTER)


def clean_digits(number: str) -> str:
    """A number some of whose digits a scan took for letters: "5U9" is 509."""
    return number.translate(_TO_DIGIT).replace(" ", "")
