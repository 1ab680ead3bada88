"""A document's paragraphs laid out as one text: the body, the notes behind it, and the running heads at the end.

Readers mark in their paragraphs where a page begins and to which note a mark leads, with control characters that the
formats themselves cannot hold; here they become offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

HARD_PAGE: Final = "\x0c"
"""Here the author began a page."""
SOFT_PAGE: Final = "\x0b"
"""Here a program found a page full, or began one, when it last showed the document."""
BREAK: Final = "\n\n"
"""What stands between paragraphs."""
CELL: Final = " | "
"""What stands between the cells of a row, so that no name runs from one into the next."""
_WHITE: Final = " \t\r\n\u00a0\u2003"
"""White space at a paragraph's ends; page marks are none."""
_MARK: Final = re.compile(r"[\x0b\x0c]|\x01(\d+)\x02")
_CONTROLS: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Pages = tuple[tuple[int, int], ...]


def note_mark(index: int) -> str:
    """What stands in a paragraph where the note of that index, from 0, is referred to. It is not shown."""
    return f"\x01{index}\x02"


def superscript(text: str) -> str:
    """The text with its digits raised, so that they are no part of the number before them: "1540 (2004)¹"."""
    return text.translate(_SUPERSCRIPTS)


def without_controls(text: str) -> str:
    """The text without control characters, for formats that may hold them."""
    return text.translate(_CONTROLS)


def join_row(cells: Sequence[Sequence[str]]) -> list[str]:
    """A table's row as paragraphs: one, where no cell has more than one; else those of one cell after another."""
    filled = [sum(1 for paragraph in cell if _shown(paragraph)) for cell in cells]
    if max(filled, default=0) == 1 and sum(filled) > 1:
        return [CELL.join(text for cell in cells if (text := "".join(cell).strip(_WHITE)))]
    return [paragraph for cell in cells for paragraph in cell]


def _shown(paragraph: str) -> str:
    """The paragraph without marks."""
    return _MARK.sub("", paragraph).strip()


def lay_out(body: Iterable[str], notes: Sequence[Sequence[str]] = (), running: Iterable[str] = ()) -> tuple[str, Pages]:
    """The text, and where its pages begin: nowhere, if none is marked. A note belongs to the page of its mark, running
    heads, each of which is kept once, to the first. Where a program marked pages, the author's marks are among them.
    """
    body = list(body)
    page_mark = SOFT_PAGE if any(SOFT_PAGE in paragraph for paragraph in body) else HARD_PAGE
    parts: list[str] = []
    pages: list[tuple[int, int]] = []
    page_of_note: dict[int, int] = {}
    length = 0
    page = 1

    def write(text: str, on: int, divider: str) -> None:
        nonlocal length
        parts.append(divider)
        length += len(divider)
        if not pages or pages[-1][1] != on:
            pages.append((length, on))
        parts.append(text)
        length += len(text)

    for paragraph in body:
        divider = BREAK if parts else ""
        for text, mark, of_note in _pieces(paragraph):
            if text:
                write(text, page, divider)
                divider = ""
            if of_note is not None:
                page_of_note.setdefault(of_note, page)
            elif mark == page_mark:
                page += 1
    behind = [
        *((text, page_of_note.get(index, 1)) for index, note in enumerate(notes) for text in map(_shown, note)),
        *((text, 1) for text in dict.fromkeys(map(_shown, running))),
    ]
    for text, on in behind:
        if text:
            write(text, on, BREAK if parts else "")
    return "".join(parts), tuple(pages) if page > 1 else ()


def _pieces(paragraph: str) -> list[tuple[str, str, int | None]]:
    """The paragraph's text in pieces, each with the mark behind it, and the index of the note if it leads to one. There
    is no white space at the paragraph's ends.
    """
    if (shown := paragraph.strip(_WHITE)) and not _MARK.search(shown):
        return [(shown, "", None)]
    texts: list[str] = []
    marks: list[tuple[str, int | None]] = []
    done = 0
    for match in _MARK.finditer(paragraph):
        texts.append(paragraph[done : match.start()])
        marks.append((match[0], None if match[1] is None else int(match[1])))
        done = match.end()
    texts.append(paragraph[done:])
    for order, strip in ((range(len(texts)), str.lstrip), (reversed(range(len(texts))), str.rstrip)):
        for at in order:
            texts[at] = strip(texts[at], _WHITE)
            if texts[at]:
                break
    return [(text, mark, note) for text, (mark, note) in zip(texts, [*marks, ("", None)], strict=True)]
