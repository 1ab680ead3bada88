"""RTF, as Word and WordPad write it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from benchmarks.corpora.texts import Text, blocks, join

_HEAD: Final = (
    r"{\rtf1\ansi\ansicpg1251\deff0\deflang1049{\fonttbl{\f0\froman\fprq2\fcharset204 Times New Roman;}}"
    r"{\colortbl ;\red0\green0\blue0;}{\info{\title Document}{\creatim\yr2020\mo5\dy4\hr12\min0}}"
    "\n" + r"\viewkind4\uc1\pard\f0\fs24 "
)


def make_rtf(random: Random, texts: Sequence[Text]) -> bytes:
    r"""Rich text whose Cyrillic letters are bytes of code page 1251; what that lacks is a \u escape."""
    return _rtf(texts, bytes_first=True)


def make_rtf_unicode(random: Random, texts: Sequence[Text]) -> bytes:
    r"""Rich text whose Cyrillic letters are \u escapes, each with a question mark for old programs."""
    return _rtf(texts, bytes_first=False)


def _rtf(texts: Sequence[Text], *, bytes_first: bool) -> bytes:
    rows = (
        [block]
        if isinstance(block, str)
        else [r"\tab ".join(_escape(cell, bytes_first) for cell in row) for row in block]
        for block in blocks(join(texts))
    )
    lines = (_escape(row[0], bytes_first) if len(row) == 1 else "\\line\n".join(row) for row in rows)
    title = rf"{{\b {_escape(texts[0].title, bytes_first)}\b0}}"
    return (_HEAD + "\\par\n".join([title, *lines]) + "\\par\n}\n").encode("ascii")


def _escape(text: str, bytes_first: bool) -> str:
    return "".join(c if c.isascii() and c not in "\\{}" else _escape_character(c, bytes_first) for c in text)


def _escape_character(character: str, bytes_first: bool) -> str:
    if character.isascii():
        return "\\" + character
    if bytes_first:
        try:
            return "\\'" + character.encode("cp1251").hex()
        except UnicodeEncodeError:
            pass
    units = character.encode("utf-16-le")
    codes = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
    return "".join(rf"\u{code - 0x10000 if code >= 0x8000 else code}?" for code in codes)  # a signed number of 16 bits
