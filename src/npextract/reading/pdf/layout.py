"""From the characters of a document's pages to its paragraphs, footnotes and running heads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from npextract.reading.pdf.characters import PageText
from npextract.reading.pdf.columns import Block, order_blocks
from npextract.reading.pdf.furniture import find_furniture
from npextract.reading.pdf.lines import Line, make_lines
from npextract.reading.pdf.notes import continues, split_notes, text_size, usual_size
from npextract.reading.pdf.paragraphs import Paragraph, join_columns, make_paragraphs, usual_step
from npextract.reading.pdf.pieces import find_pieces

Row = list[list[Line]]
"""The cells of a table's row, each in its lines."""


@dataclass(slots=True)
class Layout:
    """What a document consists of, in reading order."""

    body: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    heads: list[Line] = field(default_factory=list)
    """Running heads and feet, each distinct one once."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A block with its lines made: a column of text, or a table's rows."""

    page: int
    lines: list[Line]
    rows: list[Row] | None = None


def lay_out(pages: list[list[PageText]]) -> Layout:
    """The layout of a document. Each page is given as its main text and what runs otherwise."""
    pieces = [find_pieces(page[0]) for page in pages]
    furniture = find_furniture([(page[0].height, found) for page, found in zip(pages, pieces, strict=True)])
    known: list[float] = []
    columns: list[_Column] = []
    for number, (page, found) in enumerate(zip(pages, pieces, strict=True)):
        kept = [piece for piece in found if id(piece) not in furniture.pieces]
        columns += (_column(block, number) for block in order_blocks(kept, page[0].marks.rules, known))
        columns += (_column(Block(find_pieces(aside)), number) for aside in page[1:])
    return _flow(columns, pages, furniture.heads)


def _column(block: Block, page: int) -> _Column:
    if block.cells is None:
        return _Column(page, make_lines(block.pieces))
    rows = [[lines for cell in row if (lines := make_lines(cell))] for row in block.cells]
    return _Column(page, [line for row in rows for cell in row for line in cell], [row for row in rows if row])


def _flow(columns: list[_Column], pages: list[list[PageText]], heads: list[Line]) -> Layout:
    """The columns' paragraphs, one after another, with the footnotes put aside."""
    step = usual_step([column.lines for column in columns if column.rows is None])
    document = usual_size([line for column in columns for line in column.lines])
    by_page: dict[int, list[_Column]] = {}
    for column in columns:
        by_page.setdefault(column.page, []).append(column)
    layout = Layout(heads=heads)
    noted = -2
    """The last page with footnotes."""
    for number, of_page in by_page.items():
        size = text_size([line for column in of_page for line in column.lines], document)
        had_notes = noted >= number - 1
        for at, column in enumerate(of_page):
            if column.rows is not None:
                layout.body += (Paragraph(row) for row in column.rows)
                continue
            lines = column.lines
            notes: list[list[Line]] = []
            if _is_at_foot(of_page, at, size):
                rules = pages[number][0].marks.rules
                lines, notes = split_notes(lines, size, rules, follows_note=had_notes)
            join_columns(layout.body, make_paragraphs(lines, step))
            for note in notes:
                noted = number
                if layout.notes and continues(note):
                    layout.notes[-1].lines.extend(note)
                else:
                    layout.notes.append(Paragraph([note]))
    return layout


_BELOW: Final = 2.0
"""In points: what begins so much lower stands below."""


def _is_at_foot(columns: list[_Column], at: int, size: float) -> bool:
    """Whether no text of the usual size stands below a column."""
    column = columns[at]
    if not column.lines:
        return False
    left, right = min(line.left for line in column.lines), max(line.right for line in column.lines)
    level = column.lines[-1].baseline + _BELOW
    return not any(
        line.baseline > level and line.size > 0.94 * size and line.left < right and line.right > left
        for other in columns[at + 1 :]
        for line in other.lines
    )
