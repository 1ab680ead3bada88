"""Tables and pages."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from helpers import rules
from npextract.document import failed
from npextract.show.html import COLOURS, page_html
from npextract.show.table import STYLES, entity_table, print_document, rows_table


def printed(*things: object, width: int = 160) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    for thing in things:
        console.print(thing)
    return console.file.getvalue()


def test_a_table_has_a_row_an_entity():
    document = rules().extract("ООН, НАТО и ООН; Сенат США")
    out = printed(entity_table(document))
    rows = [line for line in out.splitlines() if line.startswith("│")]
    assert len(rows) == len(document.entities)
    assert "Организация Объединенных Наций" in out
    assert "(organization)" in out
    assert "United Nations" in printed(entity_table(document, "en"))


@pytest.mark.parametrize("text", ["[bold]ООН[/bold]", "[/] ООН", "[link=x]ООН", "[red]ООН"], ids=ascii)
def test_markup_of_the_terminal_is_only_text(text: str):
    document = rules().extract(text, id=text)
    assert text in printed(entity_table(document))
    assert text in printed(rows_table("title", ("a",), [(text,)]))


def test_a_title_that_has_no_encoding_can_be_printed():
    printed(entity_table(rules().extract("ООН", id="\ud800"))).encode("utf-8")


def test_a_title_does_not_command_the_terminal():
    assert "\x1b" not in printed(entity_table(rules().extract("ООН", id="\x1b]0;title\x07")))


def test_warnings_are_printed():
    console = Console(file=io.StringIO(), width=100)
    print_document(rules().extract("Cette déclaration est faite au nom des États et de leurs partenaires."), console)
    assert "unsupported-language: fr" in console.file.getvalue()


def test_every_kind_has_its_colour():
    assert set(STYLES) == set(COLOURS) == {"state", "organization", "treaty", "resolution", "document", "concept"}


def test_a_page_fetches_nothing_and_runs_nothing():
    documents = [rules().extract("ООН <script>", id="<b>"), failed("x", "<i>", "v", "binary", "is binary")]
    page = page_html(documents)
    assert "default-src 'none'" in page
    assert page.count("<h2>") == 2
    for forbidden in ("<script", "<b>", "<i>", "http:", "https:", "src="):
        assert forbidden not in page.replace("default-src", "").replace("style-src", "")
