"""PDF as the United Nations lays documents out: resolutions and letters, verbatim records, scans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain, repeat
from random import Random
from typing import Any, Final

from benchmarks.corpora.texts import Text, blocks, join
from benchmarks.corpora.typeset import (
    MARK,
    Line,
    Style,
    draw_line,
    draw_notes,
    fill_columns,
    font_path,
    load_fonts,
    place_column,
    set_paragraph,
)

WIDTH: Final = 595.0
HEIGHT: Final = 842.0
_MARGIN: Final = 64.0
_TOP: Final = HEIGHT - 72
_BOTTOM: Final = 72.0
_GUTTER: Final = 18.0
_NOTE: Final = Style(size=7.5, above=1.5, align="left")
_SMALL: Final = Style(size=9, align="left")
_MARKED: Final = 0.25
"""The share of paragraphs with a footnote."""
_SCAN_DPI: Final = 75

_NOTES: Final = {
    "en": ("See A/{}/{}, para. {}.", "Ibid., vol. {}, p. {}, note {}.", "Document S/{}/{}, annex {}."),
    "ru": ("См. A/{}/{}, п. {}.", "Там же, т. {}, с. {}, прим. {}.", "Документ S/{}/{}, приложение {}."),
}
_MASTHEAD: Final = {
    "en": ("United Nations", "General Assembly", "Distr.: General", "Original: English"),
    "ru": ("Организация Объединенных Наций", "Генеральная Ассамблея", "Distr.: General", "Original: Russian"),
}
_RECORD: Final = {
    "en": ("United Nations", "Security Council", "Provisional", "{}th meeting"),
    "ru": ("Организация Объединенных Наций", "Совет Безопасности", "Предварительный отчет", "{}-е заседание"),
}
_MONTHS: Final = {
    "en": ("January", "March", "May", "August", "October", "December"),
    "ru": ("января", "марта", "мая", "августа", "октября", "декабря"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head and the foot of a document's pages."""

    lang: str
    symbol: str
    date: str
    job: str


def _head(random: Random, texts: Sequence[Text], symbol: str) -> Head:
    lang = texts[0].lang if texts[0].lang in _MONTHS else "en"
    year = random.randint(1996, 2023)
    date = f"{random.randint(1, 28)} {random.choice(_MONTHS[lang])} {year}" + (" года" if lang == "ru" else "")
    return Head(lang, symbol, date, f"{year % 100:02}-{random.randint(10000, 99999)}")


def make_document(random: Random, texts: Sequence[Text]) -> bytes:
    """A resolution or letter in one column: masthead, title, numbered paragraphs, footnotes."""
    head = _head(random, texts, f"A/{random.randint(50, 78)}/{random.randint(1, 999)}")
    width = WIDTH - 2 * _MARGIN
    title = Style(size=13, font="Serif-Bold", align="center", above=14)
    lines = chain(
        set_paragraph(texts[0].title, title, width),
        _set_text(random, texts, Style(size=11, indent=24), width, head.lang, numbered=True),
    )
    canvas, save = _new_canvas(texts[0].title)
    columns = fill_columns(lines, chain([_TOP - 90 - _BOTTOM], repeat(_TOP - _BOTTOM)))
    for page, column in enumerate(columns, 1):
        if page == 1:
            _draw_masthead(canvas, head)
        else:
            _draw_running_head(canvas, head, head.symbol)
        top = _TOP - 90 if page == 1 else _TOP
        for line, x, y in place_column(column, _MARGIN, top):
            draw_line(canvas, line, x, y)
        draw_notes(canvas, column, _MARGIN, _BOTTOM)
        _draw_foot(canvas, head, page)
        canvas.showPage()
    return save()


def make_record(random: Random, texts: Sequence[Text]) -> bytes:
    """A verbatim record: two columns with hyphenated lines, drawn column by column or row by row."""
    head = _head(random, texts, f"S/PV.{random.randint(3000, 9500)}")
    width = (WIDTH - 2 * _MARGIN - _GUTTER) / 2
    lines = _set_text(random, texts, Style(size=10, indent=18, hyphenate=True), width, head.lang)
    heights = chain(repeat(_TOP - 130 - _BOTTOM, 2), repeat(_TOP - _BOTTOM))
    columns = list(fill_columns(lines, heights))
    by_rows = random.random() < 0.5
    canvas, save = _new_canvas(texts[0].title)
    for page, first in enumerate(range(0, len(columns), 2), 1):
        top = _TOP - 130 if page == 1 else _TOP
        if page == 1:
            _draw_record_head(canvas, head)
        else:
            _draw_running_head(canvas, head, texts[0].title[:40])
        placed: list[tuple[Line, float, float]] = []
        for number, column in enumerate(columns[first : first + 2]):
            left = _MARGIN + number * (width + _GUTTER)
            placed += place_column(column, left, top)
            draw_notes(canvas, column, left, _BOTTOM)
        for line, x, y in sorted(placed, key=lambda place: (-place[2], place[1])) if by_rows else placed:
            draw_line(canvas, line, x, y)
        _draw_foot(canvas, head, page)
        canvas.showPage()
    return save()


def make_mended(random: Random, texts: Sequence[Text]) -> bytes:
    """A document whose table of objects is lost, so that a reader has to look for them; it is not lost itself."""
    data = make_document(random, texts)
    return b"Received 4 May 2020\r\n" + data[: data.rindex(b"xref\n0 ")] + data[data.rindex(b"trailer") :]


def make_scan(random: Random, texts: Sequence[Text]) -> bytes:
    """A page as a picture, without a text layer."""
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.utils import ImageReader

    picture = Image.new("1", (int(WIDTH * _SCAN_DPI / 72), int(HEIGHT * _SCAN_DPI / 72)), 1)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(font_path("Regular"), int(12 * _SCAN_DPI / 72))
    shown = join(texts).split()[:250]
    for row, at in enumerate(range(0, len(shown), 8)):
        draw.text((50, 50 + 18 * row), " ".join(shown[at : at + 8]), font=font, fill=0)
    canvas, save = _new_canvas("")
    canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    canvas.showPage()
    return save()


def make_locked(random: Random, texts: Sequence[Text]) -> bytes:
    """A document that opens with a password only."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    canvas, save = _new_canvas("", StandardEncryption("secret", "owner", strength=128))
    for line, x, y in place_column(list(set_paragraph(texts[0].text[:2000], _SMALL, 400)), _MARGIN, _TOP):
        draw_line(canvas, line, x, y)
    canvas.showPage()
    return save()


def _new_canvas(title: str, encrypt: Any = None) -> tuple[Any, Callable[[], bytes]]:
    """A canvas whose bytes do not depend on the clock, and the function that gives them."""
    from reportlab.pdfgen.canvas import Canvas

    load_fonts()
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, encrypt=encrypt)
    canvas.setTitle(title)

    def save() -> bytes:
        canvas.save()
        return buffer.getvalue()

    return canvas, save


def _set_text(
    random: Random, texts: Sequence[Text], style: Style, width: float, lang: str, *, numbered: bool = False
) -> Iterator[Line]:
    """The paragraphs, some with a footnote at the end of a word in their middle."""
    note = 0
    for number, block in enumerate(blocks(join(texts)), 1):
        rows = [block] if isinstance(block, str) else [" | ".join(row) for row in block]
        if len(rows) > 1:
            for row in rows:
                yield from set_paragraph(row, replace(style, indent=0, above=1, align="left"), width)
            continue
        words = rows[0].split()
        places = [at for at, word in enumerate(words[:-1]) if word[-1] in ".,;" and word[:-1].isalpha()]
        notes: list[Line] = []
        if places and random.random() < _MARKED:
            note += 1
            words[random.choice(places)] += f"{MARK}{note}"
            form = random.choice(_NOTES[lang])
            said = form.format(random.randint(40, 78), random.randint(1, 300), random.randint(1, 60))
            notes = list(set_paragraph(f"{MARK}{note} {said}", _NOTE, width))
        lead = [f"{number}."] if numbered and not words[0][0].isdigit() else []
        yield from set_paragraph(" ".join(lead + words), style, width, notes)


def _draw(canvas: Any, text: str, x: float, y: float, style: Style, width: float = 200) -> None:
    draw_line(canvas, Line(tuple(text.split()), style, width, ends=True), x, y)


def _draw_masthead(canvas: Any, head: Head) -> None:
    organization, organ, distribution, original = _MASTHEAD[head.lang]
    right = WIDTH - _MARGIN - 150
    _draw(canvas, organization, _MARGIN, _TOP, Style(size=12, align="left"))
    _draw(canvas, head.symbol, right, _TOP, Style(size=16, align="right"), 150)
    canvas.line(_MARGIN, _TOP - 6, WIDTH - _MARGIN, _TOP - 6)
    _draw(canvas, organ, _MARGIN, _TOP - 34, Style(size=18, font="Serif-Bold", align="left"), 300)
    for row, said in enumerate((distribution, head.date, original)):
        _draw(canvas, said, right, _TOP - 20 - 12 * row, _SMALL)
    canvas.line(_MARGIN, _TOP - 60, WIDTH - _MARGIN, _TOP - 60)


def _draw_record_head(canvas: Any, head: Head) -> None:
    organization, organ, provisional, meeting = _RECORD[head.lang]
    right = WIDTH - _MARGIN - 150
    _draw(canvas, organization, _MARGIN, _TOP, Style(size=12, align="left"))
    _draw(canvas, head.symbol, right, _TOP, Style(size=16, align="right"), 150)
    canvas.line(_MARGIN, _TOP - 6, WIDTH - _MARGIN, _TOP - 6)
    _draw(canvas, organ, _MARGIN, _TOP - 30, Style(size=16, font="Serif-Bold", align="left"), 300)
    _draw(canvas, provisional, right, _TOP - 30, replace(_SMALL, align="right"), 150)
    _draw(canvas, meeting.format(head.symbol.rpartition(".")[2]), _MARGIN, _TOP - 60, Style(font="Serif-Bold"), 300)
    _draw(canvas, head.date, _MARGIN, _TOP - 76, _SMALL, 300)
    canvas.line(_MARGIN, _TOP - 96, WIDTH - _MARGIN, _TOP - 96)


def _draw_running_head(canvas: Any, head: Head, middle: str) -> None:
    y = HEIGHT - 46
    _draw(canvas, head.symbol, _MARGIN, y, _SMALL)
    _draw(canvas, middle, WIDTH / 2 - 110, y, replace(_SMALL, align="center"), 220)
    _draw(canvas, head.date, WIDTH - _MARGIN - 150, y, replace(_SMALL, align="right"), 150)
    canvas.setLineWidth(0.5)
    canvas.line(_MARGIN, y - 5, WIDTH - _MARGIN, y - 5)


def _draw_foot(canvas: Any, head: Head, page: int) -> None:
    """The job number and the page's number, which change sides."""
    sides = (_MARGIN, WIDTH - _MARGIN - 60)
    job, number = sides if page % 2 else sides[::-1]
    _draw(canvas, head.job, job, 40, replace(_SMALL, size=8), 60)
    _draw(canvas, str(page), number, 40, replace(_SMALL, align="right" if page % 2 else "left"), 60)
