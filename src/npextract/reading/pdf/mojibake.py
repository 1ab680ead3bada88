"""Text layers in which Cyrillic letters of the encoding cp1251 are given as Western ones: "Ñîâåò" for "Совет"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from npextract.reading.pdf.characters import PageText

_MOST_LETTERS: Final = 0.7
"""The share of Western letters with accents among all letters; French has a tenth of that."""
_FEWEST: Final = 20
_WESTERN: Final = re.compile("[\u00c0-\u00ff]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_TABLE: Final = {byte: bytes([byte]).decode("cp1251") for byte in [*range(0xC0, 0x100), 0xA8, 0xB8, 0xB9]}
_COMMON: Final = re.compile("[оеаинтсрвл]")
"""The letters that make up more than half of any Russian text."""


def mend_mojibake(page: PageText) -> PageText:
    """The page with its Cyrillic letters put right; the same page where nothing is wrong."""
    letters = len(_LETTER.findall(page.text))
    if len(_WESTERN.findall(page.text)) < max(_FEWEST, _MOST_LETTERS * letters):
        return page
    text = page.text.translate(_TABLE)
    return replace(page, text=text) if 3 * len(_COMMON.findall(text)) > letters else page
