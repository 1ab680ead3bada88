"""From paragraphs of lines to one text, with a box for each of its characters and the pages it runs over."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from npextract.reading.pdf.characters import PageText
from npextract.reading.pdf.hyphens import WordForms, ends_in_hyphen
from npextract.reading.pdf.layout import Layout
from npextract.reading.pdf.lines import BETWEEN_CELLS, MADE, Line
from npextract.reading.pdf.paragraphs import Paragraph

if TYPE_CHECKING:
    from npextract.reading.source import Boxes

_BETWEEN_PARAGRAPHS: Final = "\n\n"


class _Writer:
    """The text as it grows: its parts, each character's index among all pages' characters, and the pages' runs."""

    def __init__(self, pages: list[list[PageText]]) -> None:
        self.parts: list[str] = []
        self.indexes: list[int] = []
        self.pages: list[tuple[int, int]] = []
        self.starts: dict[int, int] = {}
        start = 0
        for part in chain.from_iterable(pages):
            self.starts[id(part)] = start
            start += len(part.text)

    def write(self, made: str) -> None:
        """Add what the reader makes itself."""
        self.parts.append(made)
        self.indexes += [MADE] * len(made)

    def write_line(self, line: Line, end: int) -> None:
        """Add a line's characters up to `end`."""
        number = line.page.number
        if not self.pages or self.pages[-1][1] != number:
            self.pages.append((len(self.indexes), number))
        start = self.starts[id(line.page)]
        self.parts.append(line.text[:end])
        self.indexes += [index if index == MADE else start + index for index in line.indexes[:end]]


def assemble(layout: Layout, pages: list[list[PageText]]) -> tuple[str, Boxes, tuple[tuple[int, int], ...]]:
    """The text (the body, then the footnotes, then running heads found nowhere else), its boxes and its pages' runs."""
    writer = _Writer(pages)
    forms = _word_forms([*layout.body, *layout.notes])
    for paragraph in [*layout.body, *layout.notes]:
        _write_paragraph(writer, paragraph, forms)
    written = "".join(writer.parts)
    for head in layout.heads:
        if head.text not in written:
            _write_paragraph(writer, Paragraph([[head]]), None)
            written += _BETWEEN_PARAGRAPHS + head.text
    boxes = np.concatenate(
        [*(part.boxes for part in chain.from_iterable(pages)), np.full((1, 4), np.nan, np.float32)]  # MADE leads here
    )
    return "".join(writer.parts), boxes[writer.indexes], tuple(writer.pages)


def _write_paragraph(writer: _Writer, paragraph: Paragraph, forms: WordForms | None) -> None:
    if writer.parts:
        writer.write(_BETWEEN_PARAGRAPHS)
    for at, lines in enumerate(paragraph.cells):
        if at:
            writer.write(BETWEEN_CELLS)
        for line, following in pairwise(lines):
            if not ends_in_hyphen(line.text):
                writer.write_line(line, len(line.text))
                writer.write(" ")
            else:
                keeps = forms is None or forms.keeps_hyphen(line.text, following.text)
                writer.write_line(line, len(line.text) - (not keeps))
        writer.write_line(lines[-1], len(lines[-1].text))


def _word_forms(paragraphs: Iterable[Paragraph]) -> WordForms | None:
    """How the document writes its words; None where no line ends in a hyphen."""
    lines = [line.text for paragraph in paragraphs for cell in paragraph.cells for line in cell]
    return WordForms(lines) if any(map(ends_in_hyphen, lines)) else None
