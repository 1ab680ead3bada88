"""A small typesetter for tests: pages in the manner of United Nations documents, drawn with reportlab.

Words may carry a raised mark behind "^" ("(2004)^1") and places to divide them, as dots in the middle ("resol·ution").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Order = Literal["as given", "by rows"]
FONT = "SourceSerif"
DIVIDE = "·"
WIDTH, HEIGHT = 612.0, 792.0
SIZE = 10.0
LEADING = 12.0
LEFT, RIGHT = 72.0, 540.0
COLUMN = 222.0
"""The width of a column; two leave a gutter of 24 points."""


def font_file() -> Path:
    """A font with Latin and Cyrillic letters, which a package brings."""
    spec = find_spec("font_source_serif_pro")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent / "files" / "SourceSerifPro-Regular.ttf"


def canvas(**options: object) -> tuple[Canvas, BytesIO]:
    """An empty document, and where its bytes go when it is saved."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(font_file())))
    buffer = BytesIO()
    return Canvas(buffer, pagesize=(WIDTH, HEIGHT), **options), buffer


@dataclass(frozen=True, slots=True)
class Row:
    """A line of words to be drawn: where it begins, how wide it may be, and whether it is to be filled."""

    words: list[str]
    x: float
    y: float
    """Of the baseline, from the top of the page."""
    width: float
    filled: bool
    size: float = SIZE


@dataclass(slots=True)
class Pages:
    """A document in the making."""

    rows: list[list[Row]] = field(default_factory=lambda: [[]])
    current: int = 0

    def turn(self) -> None:
        """Begin a page."""
        self.rows.append([])
        self.current = len(self.rows) - 1

    def line(self, text: str, x: float, y: float, size: float = SIZE) -> None:
        """A line as it is."""
        self.rows[self.current].append(Row(text.split(" "), x, y, 0, False, size))

    def onto(self, number: int) -> Pages:
        """The same document, with the page `number`, from 0, as the one that is drawn on."""
        self.current = number
        return self

    def note(self, mark: str, text: str, x: float, y: float) -> None:
        """A footnote of one line: smaller, behind a raised mark."""
        self.line(f"^{mark}", x, y, 0.8 * SIZE)
        self.line(text, x + 6, y, 0.8 * SIZE)

    def centred(self, text: str, y: float, size: float = SIZE) -> None:
        self.line(text, (WIDTH - measure(text, size)) / 2, y, size)

    def prose(
        self, paragraphs: Iterable[str], x: float, y: float, width: float, *, size: float = SIZE, indent: float = 18,
        gap: float = 0, bottom: float = 720, next_x: float | None = None, top: float | None = None,
    ) -> float:  # fmt: skip
        """Paragraphs in a column; at the page's bottom they go on at `next_x`, or on a new page. Returns the next y."""
        start_x, start_y = x, y if top is None else top
        for paragraph in paragraphs:
            lines = [*wrap(paragraph, width, indent, size)]
            for at, words in enumerate(lines):
                if y > bottom:
                    y = start_y
                    if next_x is not None and x != next_x:
                        x = next_x
                    else:
                        x = start_x
                        self.turn()
                shift = indent if at == 0 else 0
                self.rows[self.current].append(Row(words, x + shift, y, width - shift, at < len(lines) - 1, size))
                y += size * LEADING / SIZE
            y += gap
        return y

    def draw(
        self, order: Literal["as given", "by rows"] = "as given", *, spaces: bool = True, **options: object
    ) -> bytes:
        """The PDF. `order` "by rows" draws lines from the top down, across columns; `spaces` draws spaces too."""
        page, buffer = canvas(**options)
        for rows in self.rows:
            for row in rows if order == "as given" else sorted(rows, key=lambda row: (row.y, row.x)):
                draw_row(page, row, spaces=spaces)
            page.showPage()
        page.save()
        return buffer.getvalue()


def measure(text: str, size: float = SIZE) -> float:
    canvas()
    return float(pdfmetrics.stringWidth(text, FONT, size))


def word_width(word: str, size: float) -> float:
    text, _, mark = word.partition("^")
    return measure(text, size) + measure(mark, size * 0.6)


def wrap(paragraph: str, width: float, indent: float, size: float) -> Iterator[list[str]]:
    """The words of each line; words are divided where they may be, and behind hyphens."""
    space = measure(" ", size)
    line: list[str] = []
    rest = width - indent
    for word in paragraph.split(" "):
        parts = [part for piece in word.split(DIVIDE) for part in _behind_hyphens(piece)]
        soft = {sum(map(len, parts[: at + 1])) for at in range(len(parts)) if not parts[at].endswith("-")}
        whole = "".join(parts)
        while whole:
            if word_width(whole, size) <= rest:
                line.append(whole)
                rest -= word_width(whole, size) + space
                break
            head = ""
            for at in range(len(parts) - 1, 0, -1):
                start = "".join(parts[:at])
                start += "-" if len(start) in soft else ""
                if word_width(start, size) <= rest:
                    head, parts = start, parts[at:]
                    break
            if head:
                line.append(head)
                whole = "".join(parts)
            elif not line:
                line.append(whole)
                break
            yield line
            line, rest = [], width
    if line:
        yield line


def _behind_hyphens(word: str) -> list[str]:
    parts = word.split("-")
    return [*(part + "-" for part in parts[:-1]), parts[-1]]


def draw_row(page: Canvas, row: Row, *, spaces: bool) -> None:
    """Draw a line's words one by one, spread over its width where it is to be filled."""
    widths = [word_width(word, row.size) for word in row.words]
    space = measure(" ", row.size)
    if row.filled and len(row.words) > 1:
        space = (row.width - sum(widths)) / (len(row.words) - 1)
    x = row.x
    for word, width in zip(row.words, widths, strict=True):
        text, _, mark = word.partition("^")
        page.setFont(FONT, row.size)
        page.drawString(x, HEIGHT - row.y, text + (" " if spaces and not mark else ""))
        if mark:
            page.setFont(FONT, row.size * 0.6)
            page.drawString(x + measure(text, row.size), HEIGHT - row.y + 0.35 * row.size, mark)
        x += width + space


def plain(paragraphs: Iterable[str]) -> str:
    """What is to be read of paragraphs: without marks and places to divide words."""
    words = (" ".join(word.partition("^")[0] for word in p.replace(DIVIDE, "").split(" ")) for p in paragraphs)
    return "\n\n".join(words)
