from __future__ import annotations

import io
import time

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages import STRICT, docx_of, p, r, zip_of

from npextract.errors import InputError
from npextract.reading.docx import read_docx


def read(body: str, **related: str) -> str:
    return read_docx(docx_of(body, **related), "a.docx").text


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


REFERENCE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
NOTES = (
    f'<w:footnote w:id="0" w:type="separator">{p("line")}</w:footnote>'
    f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " See S/2015/543.")}</w:footnote>'
)

BODIES = {
    p("resolution 15", "40 (2004)"): "resolution 1540 (2004)",
    p("One") + p("") + p("Two"): "One\n\nTwo",
    p("a<w:tab/>") + p("b"): "a\n\nb",
    p("a", "<w:r><w:tab/></w:r>", "b", "<w:r><w:br/></w:r>", "c"): "a\tb\nc",
    p("WP", "<w:r><w:noBreakHyphen/></w:r>", "5"): "WP\u20115",
    p("пере", "<w:r><w:softHyphen/></w:r>", "нос"): "пере\u00adнос",
    p("a", '<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>', "b"): "a-b",
    # tracked changes, comments, hidden text
    p("the ", f'<w:del w:id="1">{r("old")}</w:del>', f'<w:ins w:id="2">{r("new")}</w:ins>', " text"): "the new text",
    p("the ", "<w:r><w:delText>old</w:delText></w:r>", "text"): "the text",
    p("one", r("hidden", "<w:vanish/>"), " two", r(" three", '<w:vanish w:val="0"/>')): "one two three",
    p("a", '<w:r><w:commentReference w:id="1"/></w:r>'): "a",
    # what wraps runs
    p(f"<w:hyperlink>{r('IAEA')}</w:hyperlink>", f"<w:smartTag>{r(' and UN')}</w:smartTag>"): "IAEA and UN",
    f"<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>{p('in a control')}</w:sdtContent></w:sdt>": "in a control",
    p("see ", field("REF _1", "paragraph 3"), "."): "see paragraph 3.",
    p("page ", field("PAGE", "17")): "page",
    p("page ", field("PAGE", "17"), field("REF _1", "of paragraph 3")): "page of paragraph 3",
    p("page ", field("PAGE", field("REF _1", "17")), " end"): "page  end",
    p("at ", field("PAGEREF _1", "17")): "at 17",
    # tables
    table([p("State"), p("Year")], [p("Iran"), p("1970")]): "State | Year\n\nIran | 1970",
    table([p("one") + p("two"), p("three")]): "one\n\ntwo\n\nthree",
    table([p("alone")]): "alone",
    table([table([p("a"), p("b")]), p("c")]): "a | b | c",
    # drawings that are given twice
    p(
        "before",
        f"<w:r><mc:AlternateContent><mc:Choice>{box('boxed')}</mc:Choice>"
        f"<mc:Fallback>{box('boxed')}</mc:Fallback></mc:AlternateContent></w:r>",
        " after",
    ): "before after\n\nboxed",
    # raised digits
    p("1540 (2004)", r("1", '<w:vertAlign w:val="superscript"/>')): "1540 (2004)¹",
}


@pytest.mark.parametrize(("body", "text"), BODIES.items(), ids=range(len(BODIES)))
def test_a_body_becomes_text(body: str, text: str):
    assert read(body) == text


def test_strict_documents_are_read_too():
    data = docx_of(p("Совет ", f"<w:ins>{r('Безопасности')}</w:ins>"), namespace=STRICT)
    assert read_docx(data, "a.docx").text == "Совет Безопасности"


def test_notes_follow_the_body_and_running_heads_the_notes():
    text = read(
        p("resolution 1540 (2004)", REFERENCE, ", which") + p("End."),
        footnotes=NOTES,
        header=p("S/2020/1"),
        header2=p("S/2020/1"),
        footer=p("20-12345 ", field("PAGE", "2")),
    )
    assert text == "resolution 1540 (2004)¹, which\n\nEnd.\n\n¹ See S/2015/543.\n\nS/2020/1\n\n20-12345"


def test_a_note_is_on_the_page_of_its_mark():
    broken = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = p("one") + p("two ", broken, "three", REFERENCE) + p(broken, "four")
    document = read_docx(docx_of(body, footnotes=NOTES, header=p("head")), "a.docx")
    expected = {"one": 1, "two": 1, "three": 2, "four": 3, "See": 2, "head": 1}
    assert {word: document.page_of(document.text.index(word)) for word in expected} == expected


def test_a_break_that_word_has_seen_counts_once():
    body = p("one", PAGE_BREAK) + p("<w:r><w:lastRenderedPageBreak/></w:r>", "two")
    document = read_docx(docx_of(body), "a.docx")
    assert (document.text, document.pages) == ("one\n\ntwo", ((0, 1), (5, 2)))


def test_a_page_break_within_a_paragraph_divides_words():
    paragraph = p("the UN", PAGE_BREAK, "Iran took part", PAGE_BREAK, PAGE_BREAK, REFERENCE, "on the third")
    document = read_docx(docx_of(paragraph + p(PAGE_BREAK) + p(PAGE_BREAK, "fifth"), footnotes=NOTES), "a.docx")
    assert document.text == "the UN\nIran took part\n\n¹on the third\n\nfifth\n\n¹ See S/2015/543."
    expected = {"UN": 1, "Iran": 2, "third": 4, "fifth": 6, "See": 4}
    assert {word: document.page_of(document.text.index(word)) for word in expected} == expected


def test_a_page_break_that_word_has_seen_divides_words_too():
    seen = "<w:r><w:lastRenderedPageBreak/></w:r>"
    document = read_docx(docx_of(p("the UN", PAGE_BREAK, seen, "Iran", seen, "ian")), "a.docx")
    assert document.text == "the UN\nIranian"
    assert [document.page_of(document.text.index(part)) for part in ("UN", "Iran", "ian")] == [1, 2, 3]


def test_breaks_of_the_author_count_where_there_are_no_others():
    section = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>two</w:t></w:r></w:p>"
    body = p("one", PAGE_BREAK) + section + p("three")
    document = read_docx(docx_of(body), "a.docx")
    assert [document.page_of(document.text.index(word)) for word in ("one", "two", "three")] == [1, 2, 3]
    assert read_docx(docx_of(p("one")), "a.docx").pages == ()


@pytest.mark.parametrize(
    ("declared", "title"),
    [("Report of the Committee", "Report of the Committee"), ("Microsoft Word - a.doc", None), ("Document1", None)],
)
def test_titles_that_say_something(declared: str, title: str | None):
    document = read_docx(docx_of(p("a"), core=f"<dc:title>{declared}</dc:title>"), "a.docx")
    assert document.metadata.title == title


def test_a_document_by_another_hand():
    made = docx.Document()
    made.add_heading("Письмо", 1)
    made.add_paragraph("Совет Безопасности, ").add_run("резолюция 1540 (2004)").bold = True
    made.add_paragraph("КНДР", style="List Bullet")
    rows = made.add_table(rows=1, cols=2).rows
    rows[0].cells[0].text, rows[0].cells[1].text = "Китай", "Россия"
    made.sections[0].header.paragraphs[0].text = "S/2020/1"
    buffer = io.BytesIO()
    made.save(buffer)
    document = read_docx(buffer.getvalue(), "a.docx")
    assert document.text == "Письмо\n\nСовет Безопасности, резолюция 1540 (2004)\n\nКНДР\n\nКитай | Россия\n\nS/2020/1"
    assert document.metadata.date is None


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = zip_of({"word/document.xml": f'{bomb}<w:d xmlns:w="w"><w:body>{p("x&b;y")}</w:body></w:d>'})
    assert "aaaa" not in read_docx(data, "a.docx").text


@pytest.mark.parametrize(
    "data",
    [
        zip_of({"word/other.xml": "<a/>"}),
        zip_of({"word/document.xml": "<w:document"}),
        zip_of({"word/document.xml": "<a>" * 5000 + "</a>" * 5000}),
        docx_of(p("text"))[:300],
        b"",
    ],
)
def test_what_is_damaged_says_so(data: bytes):
    with pytest.raises(InputError) as caught:
        read_docx(data, "a.docx")
    assert caught.value.code == "damaged"


OPEN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'


@pytest.mark.parametrize(
    "body",
    [
        p(field("REF a", "x") * 10_000),
        p(OPEN * 10_000) + p("x") * 10_000,
        p(OPEN.replace("</w:r>", '<w:fldChar w:fldCharType="begin"/>' * 30_000 + "</w:r>")),
    ],
    ids=range(3),
)
def test_fields_are_read_in_linear_time(body: str):
    begun = time.perf_counter()
    read(body)
    assert time.perf_counter() - begun < 5


def test_pictures_without_text_are_told():
    data = zip_of({"word/document.xml": '<w:d xmlns:w="w"><w:body/></w:d>', "word/media/image1.png": b"x"})
    document = read_docx(data, "a.docx")
    assert document.text == ""
    assert document.warnings[0].startswith("no-text:")


WHOLE = docx_of(p("resolution 1540", REFERENCE) + table([p("a"), p("b")]), footnotes=NOTES, header=p("head"))


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8), st.booleans())
def test_damage_raises_nothing_but_input_errors(at: int, junk: bytes, cut: bool):
    data = WHOLE[:at] if cut else WHOLE[:at] + junk + WHOLE[at + len(junk) :]
    try:
        read_docx(data, "a.docx")
    except InputError as error:
        assert error.source.startswith("a.docx")
