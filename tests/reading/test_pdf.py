"""The PDF reader, on pages typeset in the manner of United Nations documents."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import typeset
from statements import ENGLISH, RUSSIAN
from typeset import COLUMN, HEIGHT, LEFT, SIZE, WIDTH, Pages, Row, plain

from npextract.reading.pdf import read_pdf
from npextract.reading.source import SourceText

if TYPE_CHECKING:
    from typeset import Order

SECOND = LEFT + COLUMN + 24
"""Where the right column begins."""
FULL = WIDTH - 2 * LEFT


def read(data: bytes) -> SourceText:
    source = read_pdf(data, "a.pdf")
    assert source.boxes is not None
    assert source.boxes.shape == (len(source.text), 4)
    assert source.boxes.dtype == np.float32
    assert not source.pages or source.pages[0][0] == 0
    assert all(a < b for (a, _), (b, _) in pairwise(source.pages))
    return source


def hull(source: SourceText, start: int, end: int) -> tuple[float, ...]:
    """The box around some characters."""
    assert source.boxes is not None
    boxes = source.boxes[start:end]
    return (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())


def paragraphs(source: SourceText) -> list[str]:
    return source.text.split("\n\n")


@pytest.mark.parametrize("statement", [ENGLISH, RUSSIAN], ids=["en", "ru"])
@pytest.mark.parametrize("spaces", [True, False])
def test_one_column(statement: list[str], spaces: bool):
    pages = Pages()
    pages.prose(statement, LEFT, 72, FULL)
    source = read(pages.draw(spaces=spaces))
    assert source.text == plain(statement)
    assert source.format == "pdf"
    assert source.warnings == ()


@pytest.mark.parametrize("statement", [ENGLISH, RUSSIAN], ids=["en", "ru"])
@pytest.mark.parametrize("order", ["as given", "by rows"])
def test_a_record_of_a_meeting(statement: list[str], order: Order):
    """A heading over both columns, two columns on two pages, and a note over both columns at the end."""
    pages = Pages()
    pages.centred("6795th meeting", 72, 14)
    y = pages.prose(statement[:1], LEFT, 100, FULL)
    pages.prose([*statement[1:7], *statement[1:7]], LEFT, y + 12, COLUMN, next_x=SECOND, bottom=600)
    pages.prose(statement[7:], LEFT, 640, FULL)
    expected = ["6795th meeting", *statement[:7], *statement[1:7], *statement[7:]]
    assert paragraphs(read(pages.draw(order))) == plain(expected).split("\n\n")


@pytest.mark.parametrize("order", ["as given", "by rows"])
def test_short_columns_on_the_last_page(order: Order):
    pages = Pages()
    pages.prose(ENGLISH[1:], LEFT, 72, COLUMN, next_x=SECOND, bottom=430)
    pages.turn()
    pages.prose(ENGLISH[:1], LEFT, 72, COLUMN)
    pages.prose(RUSSIAN[:1], SECOND, 72, COLUMN)
    assert paragraphs(read(pages.draw(order))) == plain([*ENGLISH[1:], ENGLISH[0], RUSSIAN[0]]).split("\n\n")


def test_a_paragraph_that_runs_over_pages_is_one_and_leads_back_to_both():
    pages = Pages()
    pages.prose(ENGLISH, LEFT, 600, FULL, top=72)
    source = read(pages.draw())
    assert source.text == plain(ENGLISH)
    assert [page for _, page in source.pages] == [1, 2]
    assert source.page_of(0) == 1
    assert source.page_of(len(source.text) - 1) == 2


def test_paragraphs_without_indents_and_lists():
    pages = Pages()
    texts = [
        "The Committee shall:",
        "(a) Examine reports;",
        "(b) Submit comments to the Security Council.",
        "Thank you.",
    ]
    y = pages.prose(ENGLISH[1:3], LEFT, 72, FULL, indent=0, gap=8)
    pages.prose(texts, LEFT, y, FULL, indent=0)
    assert paragraphs(read(pages.draw())) == plain([*ENGLISH[1:3], *texts]).split("\n\n")


def test_a_table_is_read_row_by_row():
    pages = Pages()
    pages.prose(ENGLISH[1:2], LEFT, 72, FULL)
    rows = [("State", "Signature", "Ratification"), ("Algeria", "4 May 1998", "11 July 2003"), ("Chile", "-", "1999")]
    rows += [("Democratic Republic of the Congo", "1996", "2004"), ("Costa Rica", "1996", "2001")]
    for row, cells in enumerate(rows):
        for x, cell in zip((72, 260, 400), cells, strict=True):
            pages.line(cell, x, 200 + 14 * row)
    pages.prose(ENGLISH[2:3], LEFT, 300, FULL)
    expected = [plain(ENGLISH[1:2]), *(" | ".join(row) for row in rows), plain(ENGLISH[2:3])]
    assert paragraphs(read(pages.draw())) == expected


def test_the_cells_of_a_ruled_table_stay_whole():
    page, buffer = typeset.canvas()
    page.setFont(typeset.FONT, SIZE)
    cells = [
        (["Resolution 1540", "(2004)"], ["States shall refrain from", "any support to such", "persons"]),
        (["Resolution 1718", "(2006)"], ["The export of arms to", "that country is forbidden"]),
        (["Resolution 1874", "(2009)"], ["Cargo may be inspected", "on the high seas, with", "consent"]),
    ]
    for row, columns in enumerate(cells):
        page.line(70, 700 - 50 * row, 400, 700 - 50 * row)
        for x, lines in zip((74, 200), columns, strict=True):
            for at, line in enumerate(lines):
                page.drawString(x, 685 - 50 * row - 12 * at, line)
    page.line(70, 550, 400, 550)
    page.showPage()
    page.save()
    expected = [" | ".join(" ".join(cell) for cell in row) for row in cells]
    assert paragraphs(read(buffer.getvalue())) == expected


def test_words_divided_at_line_ends_are_joined_as_the_document_writes_them():
    lines = [
        "It is the non-proliferation of such weapons that matters, and the cooperation of all States with it, and non-",
        "proliferation needs cooper-",
        "ation of all; the Treaty on the Non-",
        "Proliferation of Nuclear Weapons, какой-",
        "либо, северо-",
        "восточный, resolutions of 2004-",
        "2006 and inter-",
        "national law.",
    ]
    pages = Pages()
    for at, line in enumerate(lines):
        pages.line(line, LEFT, 72 + 12 * at)
    assert read(pages.draw()).text == (
        "It is the non-proliferation of such weapons that matters, and the cooperation of all States with it, and "
        "non-proliferation needs cooperation of all; the Treaty on the Non-Proliferation of Nuclear Weapons, "
        "какой-либо, северо-восточный, resolutions of 2004-2006 and international law."
    )


def test_raised_marks_do_not_touch_numbers():
    pages = Pages()
    pages.prose(
        ["Recalling resolution 1540 (2004)^1 and 1673,^2,3 in 10^6 cases over 5 km^2 of land; it met on the 1^st day."],
        72,
        72,
        FULL,
    )
    text = read(pages.draw()).text
    assert text == "Recalling resolution 1540 (2004) and 1673, in 10⁶ cases over 5 km² of land; it met on the 1st day."


@pytest.mark.parametrize("statement", [ENGLISH, RUSSIAN], ids=["en", "ru"])
def test_footnotes_stand_behind_the_text_and_lead_back_to_their_pages(statement: list[str]):
    pages = Pages()
    marked = [f"{statement[1]}^1", f"{statement[2]}^2", statement[3], f"{statement[4]}^3", statement[5]]
    pages.prose(marked[:3], LEFT, 72, FULL)
    notes = [
        "See S/RES/1540 (2004), paragraph 4, and the report of the Committee.",
        "See General Assembly resolution 60/288.",
    ]
    for at, note in enumerate(notes):
        pages.note(str(at + 1), note, LEFT, 660 + 11 * at)
    pages.turn()
    pages.prose(marked[3:], LEFT, 72, FULL)
    pages.note("3", "S/2006/257.", LEFT, 670)
    source = read(pages.draw())
    expected = [*plain(marked).split("\n\n"), f"1 {notes[0]}", f"2 {notes[1]}", "3 S/2006/257."]
    assert paragraphs(source) == expected
    assert [page for _, page in source.pages] == [1, 2, 1, 2]
    assert source.page_of(source.text.index("60/288.", len(plain(marked)))) == 1


@pytest.mark.parametrize("order", ["as given", "by rows"])
def test_footnotes_of_columns(order: Order):
    pages = Pages()
    pages.prose(
        [f"{text}^{mark}" for mark, text in enumerate(ENGLISH[1:7], 1)], LEFT, 72, COLUMN, next_x=SECOND, bottom=330
    )
    pages.note("1", "S/2006/257.", LEFT, 380)
    pages.note("2", "S/2006/815.", LEFT, 391)
    pages.note("3", "A/60/825.", SECOND, 380)
    source = read(pages.draw(order))
    assert paragraphs(source) == [*plain(ENGLISH[1:7]).split("\n\n"), "1 S/2006/257.", "2 S/2006/815.", "3 A/60/825."]


def test_a_footnote_goes_on_on_the_next_page():
    pages = Pages()
    pages.prose([f"{ENGLISH[1]}^1"], LEFT, 72, FULL)
    pages.note("1", "See the report of the Committee, which was established pursuant to", LEFT, 680)
    pages.turn()
    pages.prose([ENGLISH[2]], LEFT, 72, FULL)
    pages.line("resolution 1540 (2004), paragraph 4.", LEFT, 680, 0.8 * SIZE)
    expected = (
        "1 See the report of the Committee, which was established pursuant to resolution 1540 (2004), paragraph 4."
    )
    source = read(pages.draw())
    assert paragraphs(source) == [*plain(ENGLISH[1:3]).split("\n\n"), expected]
    assert [page for _, page in source.pages] == [1, 2, 1, 2]


def test_wide_gaps_one_under_another_in_filled_lines_are_no_columns():
    pages = Pages()
    words = ["Содружество", "Независимых", "Государств"]
    for at in range(6):
        pages.rows[-1].append(Row(words, LEFT, 72 + 12 * at, 260, True))
    pages.line("готово.", LEFT, 72 + 12 * 6)
    assert read(pages.draw()).text == " ".join([*words * 6, "готово."])


def test_heads_and_page_numbers_are_not_in_the_text():
    pages = Pages()
    body = [*ENGLISH[1:], *RUSSIAN[1:], *ENGLISH[1:]]
    pages.line("United Nations", LEFT, 40, 12)
    pages.line("S/PV.6795", 470, 40, 12)
    pages.prose(body, LEFT, 90, FULL, bottom=690)
    for number in range(1, len(pages.rows)):
        is_even = number % 2
        pages.onto(number).line("S/PV.6795", LEFT if is_even else 480, 50, 9)
        pages.line(f"{number + 1}/{len(pages.rows)}", LEFT if is_even else 520, 750, 9)
        pages.line("12-34567", 480 if is_even else LEFT, 750, 9)
    pages.onto(0).line("12-34567 (E)", LEFT, 750, 9)
    source = read(pages.draw())
    assert paragraphs(source) == ["United Nations | S/PV.6795", *plain(body).split("\n\n"), "12-34567 (E)"]
    assert source.page_of(len(source.text) - 1) == 1


def test_a_head_that_stands_nowhere_else_is_kept_once():
    pages = Pages()
    pages.prose([*ENGLISH, *RUSSIAN], LEFT, 90, FULL, bottom=400)
    for number in range(len(pages.rows)):
        pages.onto(number).line(f"NPT/CONF.2010/WP.{7} page {number + 1}", LEFT, 40, 9)
    source = read(pages.draw())
    assert source.text == plain([*ENGLISH, *RUSSIAN]) + "\n\nNPT/CONF.2010/WP.7 page 1"
    assert source.pages[-1] == (source.text.index("NPT/CONF"), 1)


def test_first_lines_that_count_are_no_heads():
    pages = Pages()
    for number, text in enumerate(ENGLISH[1:4], 1):
        pages.line(f"Article {number}", LEFT, 72)
        pages.prose([text], LEFT, 100, FULL)
        pages.line(f"A line that ends the page, number {number}00", LEFT, 300)
        pages.turn()
    pages.rows.pop()
    assert "Article 2" in paragraphs(read(pages.draw()))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_lie_where_the_words_were_drawn(rotation: int):
    page, buffer = typeset.canvas()
    page.setFont(typeset.FONT, SIZE)
    width, height = (HEIGHT, WIDTH) if rotation % 180 else (WIDTH, HEIGHT)  # reportlab lays the paper so
    page.drawString(100, height - 200, "Recalling resolution 1540 (2004) of the Council")
    page.setPageRotation(rotation)
    page.showPage()
    page.save()
    source = read(buffer.getvalue())
    start = source.text.index("1540")
    box = hull(source, start, start + 4)
    x = 100 + typeset.measure("Recalling resolution ")
    upright = (x, 200 - SIZE, x + typeset.measure("1540"), 200 + 0.3 * SIZE)
    left, top, right, bottom = upright
    expected = {
        0: upright,
        90: (height - bottom, left, height - top, right),
        180: (width - right, height - bottom, width - left, height - top),
        270: (top, width - right, bottom, width - left),
    }
    assert box == pytest.approx(expected[rotation], abs=3)


def test_text_drawn_sideways_is_read_and_boxes_stand_on_the_page_as_it_is_shown():
    page, buffer = typeset.canvas()
    page.setFont(typeset.FONT, SIZE)
    page.translate(300, 100)
    page.rotate(90)
    for at, line in enumerate(("The Security Council adopted", "resolution 1540 (2004).")):
        page.drawString(0, -12 * at, line)
    page.showPage()
    page.save()
    source = read(buffer.getvalue())
    assert source.text == "The Security Council adopted resolution 1540 (2004)."
    left, top, right, bottom = hull(source, 0, 3)
    assert (left, right) == pytest.approx((292, 303), abs=2)
    assert (top, bottom) == pytest.approx((HEIGHT - 100 - typeset.measure("The"), HEIGHT - 100), abs=1)


def test_boxes_count_from_the_part_of_the_page_that_is_shown():
    page, buffer = typeset.canvas(cropBox=(50, 60, 600, 700))
    page.setFont(typeset.FONT, SIZE)
    page.drawString(100, 500, "Chile")
    page.drawString(10, 500, "Cut")
    page.showPage()
    page.save()
    source = read(buffer.getvalue())
    assert source.text == "Chile"
    left, _, _, bottom = source.boxes_of(0, 5)[0]
    assert left == pytest.approx(50, abs=1)
    assert bottom == pytest.approx(200, abs=4)


def test_characters_that_the_reader_makes_have_no_box():
    pages = Pages()
    pages.prose(ENGLISH[:2], LEFT, 72, FULL)
    source = read(pages.draw())
    assert source.boxes is not None
    undrawn = np.isnan(source.boxes).any(axis=1).tolist()
    assert undrawn == [character.isspace() for character in source.text]


def test_the_title_and_the_language_of_the_file():
    page, buffer = typeset.canvas(lang="ru-RU")
    page.setTitle("Резолюция 1540 (2004) Совета Безопасности")
    page.drawString(72, 700, "Text")
    page.showPage()
    page.save()
    metadata = read(buffer.getvalue()).metadata
    assert metadata.title == "Резолюция 1540 (2004) Совета Безопасности"
    assert metadata.lang == "ru"
    assert metadata.date is None


@pytest.mark.parametrize(
    "junk", ["Microsoft Word - n0432843.doc", "untitled", "N0432843.pdf", "", "0432843", "Document1", "(anonymous)"]
)
def test_a_title_that_says_nothing_is_none(junk: str):
    page, buffer = typeset.canvas()
    page.setTitle(junk)
    page.drawString(72, 700, "Text")
    page.showPage()
    page.save()
    assert read(buffer.getvalue()).metadata.title is None


@pytest.mark.parametrize(
    ("value", "warnings"), [("Ruritania", ("left-out: form fields on page 2",)), ("", ())], ids=["filled", "empty"]
)
def test_fields_that_are_filled_in_are_told(value: str, warnings: tuple[str, ...]):
    drawing, buffer = typeset.canvas()
    drawing.drawString(LEFT, 700, "Name of the State:")
    drawing.showPage()
    drawing.drawString(LEFT, 700, "Date:")
    drawing.acroForm.textfield(name="state", x=LEFT, y=600, value=value)
    drawing.acroForm.checkbox(name="signed", x=LEFT, y=500, checked=True)
    drawing.save()
    assert read(buffer.getvalue()).warnings == warnings


@pytest.mark.parametrize("statement", [ENGLISH, RUSSIAN], ids=["en", "ru"])
def test_the_mentions_are_those_of_the_plain_text(extractor, statement: list[str]):
    pages = Pages()
    pages.prose(statement, LEFT, 72, COLUMN, next_x=SECOND, bottom=400)
    source = read(pages.draw("by rows"))
    of_pdf, of_text = extractor.extract(source.text), extractor.extract(plain(statement))
    assert [(m.text, m.id, m.start) for m in of_pdf.mentions] == [(m.text, m.id, m.start) for m in of_text.mentions]
    assert len(of_text.mentions) > 15
