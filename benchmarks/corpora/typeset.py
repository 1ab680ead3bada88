"""Setting text on pages: justified lines, hyphenated words, footnotes under a rule. Lengths are in points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

MARK: Final = "\ue000"
"""In a word: what follows is a footnote's mark, to be raised."""
LEADING: Final = 1.2
"""The height of a line, in sizes of its type."""
_RAISED_SIZE: Final = 0.6
_RAISED_BY: Final = 0.35
_RULE: Final = 8.0
"""The room for the rule above footnotes."""
_VOWELS: Final = frozenset("aeiouyаеёиоуыэюя")
_LEAST: Final = 3
"""How many letters of a hyphenated word stay on either line."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set."""

    size: float = 11
    font: str = "Serif"
    align: str = "justify"
    """justify, left, center or right."""
    above: float = 6
    """The room above the paragraph."""
    indent: float = 0
    """Of the first line."""
    hyphenate: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is set."""

    words: tuple[str, ...]
    style: Style
    width: float
    indent: float = 0
    above: float = 0
    ends: bool = False
    """Whether it is a paragraph's last one."""
    notes: tuple[Line, ...] = ()
    """The lines of the footnotes that are marked in it."""

    @property
    def height(self) -> float:
        """With the room above it."""
        return self.above + LEADING * self.style.size


@cache
def load_fonts() -> None:
    """Make the fonts "Serif" and "Serif-Bold" known: Source Serif Pro, which has Cyrillic (SIL Open Font License)."""
    from reportlab import rl_config
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0  # streams of bytes, as other programs write them, and faster
    registerFont(TTFont("Serif", font_path("Regular")))
    registerFont(TTFont("Serif-Bold", font_path("Bold")))


def font_path(weight: str) -> str:
    """The file of a font; the package ships it."""
    return str(files("font_source_serif_pro") / "files" / f"SourceSerifPro-{weight}.ttf")


def set_paragraph(text: str, style: Style, width: float, notes: Sequence[Line] = ()) -> Iterator[Line]:
    """The lines of a paragraph; `notes` go with the line of the first mark."""
    words = text.split()
    indent, above = style.indent, style.above
    while words:
        taken, words = _fill(words, style, width - indent)
        marked = notes if any(MARK in word for word in taken) else ()
        yield Line(tuple(taken), style, width, indent, above, not words, tuple(marked))
        indent, above = 0, 0
        notes = () if marked else notes


def _fill(words: list[str], style: Style, width: float) -> tuple[list[str], list[str]]:
    """As many words as a line holds, one at least, and the rest."""
    space = word_width(" ", style)
    used = word_width(words[0], style)
    count = 1
    while count < len(words) and used + space + word_width(words[count], style) <= width:
        used += space + word_width(words[count], style)
        count += 1
    taken, rest = words[:count], words[count:]
    if style.hyphenate and rest and (cut := _cut(rest[0], style, width - used - space)):
        taken, rest = [*taken, rest[0][:cut] + "-"], [rest[0][cut:], *rest[1:]]
    return taken, rest


def _cut(word: str, style: Style, room: float) -> int:
    """Where a word can be hyphenated so that its beginning fits; 0 for nowhere."""
    letters = word.rstrip(".,;:")
    if not letters.isalpha() or not letters[1:].islower():
        return 0
    places = (
        at
        for at in range(len(letters) - _LEAST, _LEAST - 1, -1)
        if letters[at - 1] in _VOWELS and letters[at] not in _VOWELS and letters[at + 1] in _VOWELS
    )
    return next((at for at in places if word_width(word[:at] + "-", style) <= room), 0)


def word_width(word: str, style: Style) -> float:
    """The width of a word with its mark."""
    body, _, mark = word.partition(MARK)
    return style.size * (_unit_width(body, style.font) + _RAISED_SIZE * _unit_width(mark, style.font))


@lru_cache(1 << 16)
def _unit_width(word: str, font: str) -> float:
    """The width of a word in type of one point."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    load_fonts()
    return float(stringWidth(word, font, 1))


def fill_columns(lines: Iterable[Line], heights: Iterator[float]) -> Iterator[list[Line]]:
    """The lines, column by column; each has a height and must hold its footnotes as well."""
    column: list[Line] = []
    used = noted = 0.0
    height = next(heights)
    for line in lines:
        needed = sum(note.height for note in line.notes)
        if column and used + line.height + noted + needed + _RULE > height:
            yield column
            column, used, noted, height = [], 0.0, 0.0, next(heights)
            line = replace(line, above=0)
        column.append(line)
        used += line.height
        noted += needed
    if column:
        yield column


def place_column(column: Sequence[Line], left: float, top: float) -> Iterator[tuple[Line, float, float]]:
    """Each line of a column with the place of its left end."""
    for line in column:
        top -= line.height
        yield line, left, top


def draw_notes(canvas: Any, column: Sequence[Line], left: float, bottom: float) -> None:
    """The footnotes of a column at its foot, under a rule."""
    notes = [note for line in column for note in line.notes]
    if not notes:
        return
    top = bottom + sum(note.height for note in notes)
    canvas.setLineWidth(0.5)
    canvas.line(left, top + _RULE / 2, left + 72, top + _RULE / 2)
    for note, x, y in place_column(notes, left, top):
        draw_line(canvas, note, x, y)


def draw_line(canvas: Any, line: Line, left: float, y: float) -> None:
    """Draw a line, each word with the space after it."""
    style = line.style
    space = word_width(" ", style)
    room = line.width - line.indent - sum(word_width(word, style) for word in line.words)
    gaps = len(line.words) - 1
    if style.align == "justify" and not line.ends and gaps:
        space = room / gaps
    left += line.indent + {"center": 0.5, "right": 1.0}.get(style.align, 0.0) * (room - gaps * space)
    for number, word in enumerate(line.words):
        body, _, mark = word.partition(MARK)
        canvas.setFont(style.font, style.size)
        canvas.drawString(left, y, body if mark or number == gaps else body + " ")
        if mark:
            raised = style.size * _RAISED_SIZE
            canvas.setFont(style.font, raised)
            canvas.drawString(left + word_width(body, style), y + style.size * _RAISED_BY, mark)
        left += word_width(word, style) + space
