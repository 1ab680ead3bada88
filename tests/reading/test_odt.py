from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages import odt_of, zip_of

from npextract.errors import InputError
from npextract.reading.odt import read_odt


def p(content: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


NOTE = (
    "<text:note><text:note-citation>1</text:note-citation>"
    f"<text:note-body>{p('See S/2015/543.')}</text:note-body></text:note>"
)
AUTOMATIC = (
    '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="T2"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="P1"><style:paragraph-properties fo:break-before="page"/></style:style>'
)
BODIES = {
    p("resolution <text:span>1540</text:span> (2004)"): "resolution 1540 (2004)",
    f"<text:h>Title</text:h>{p('Body')}": "Title\n\nBody",
    p("a \n   b<text:s text:c='3'/>c<text:tab/>d<text:line-break/>e"): "a b   c\td\ne",
    f"<text:list><text:list-item>{p('one')}<text:list><text:list-item>{p('two')}</text:list-item></text:list>"
    f"</text:list-item></text:list>": "one\n\ntwo",
    f"<text:section>{p('inside')}</text:section>": "inside",
    f"<text:tracked-changes><text:deletion>{p('gone')}</text:deletion></text:tracked-changes>{p('kept')}": "kept",
    p(f"a<office:annotation>{p('comment')}</office:annotation>b"): "ab",
    p('a<text:span text:style-name="T1">hidden</text:span>b'): "ab",
    p(f"1540 (2004){NOTE}, which"): "1540 (2004)¹, which\n\n¹ See S/2015/543.",
    p('1540<text:span text:style-name="T2">12</text:span>'): "1540¹²",
    p(f"a<draw:frame><draw:text-box>{p('boxed')}</draw:text-box></draw:frame>b"): "ab\n\nboxed",
    f"<table:table><table:table-header-rows><table:table-row><table:table-cell>{p('Iran')}</table:table-cell>"
    f"<table:table-cell>{p('1970')}</table:table-cell></table:table-row></table:table-header-rows>"
    "</table:table>": "Iran | 1970",
    p("<text:a>link</text:a> <text:bookmark-start/>marked<text:bookmark-end/>"): "link marked",
}


@pytest.mark.parametrize(("body", "text"), BODIES.items(), ids=range(len(BODIES)))
def test_a_body_becomes_text(body: str, text: str):
    assert read_odt(odt_of(body, automatic=AUTOMATIC), "a.odt").text == text


def test_running_heads_stand_at_the_end():
    styles = (
        f"<office:master-styles><style:master-page><style:header>{p('S/2020/1')}</style:header>"
        f"<style:header-left>{p('S/2020/1')}</style:header-left>"
        f"<style:footer>{p('<text:page-number>2</text:page-number>')}</style:footer></style:master-page>"
        "</office:master-styles>"
    )
    assert read_odt(odt_of(p("Body"), styles=styles), "a.odt").text == "Body\n\nS/2020/1"


def test_pages_where_the_program_has_marked_them():
    body = p("one") + p("two <text:soft-page-break/>three") + p("four", "P1")
    flag = '<text:p text:use-soft-page-breaks="true"/>'
    unmarked = read_odt(odt_of(body + flag, automatic=AUTOMATIC), "a.odt")
    assert unmarked.pages == ()
    data = odt_of(body, automatic=AUTOMATIC)
    marked = _with_flag(data)
    document = read_odt(marked, "a.odt")
    assert document.text == "one\n\ntwo three\n\nfour"
    assert [document.page_of(document.text.index(word)) for word in ("one", "two", "three", "four")] == [1, 1, 2, 3]


def _with_flag(data: bytes) -> bytes:
    import io
    import zipfile

    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(
        b"<office:text>", b'<office:text text:use-soft-page-breaks="true">'
    )
    return zip_of(parts)


def test_what_the_file_declares():
    meta = "<dc:title>Доклад Комитета</dc:title><dc:language>ru-RU</dc:language><dc:date>2020-01-01</dc:date>"
    metadata = read_odt(odt_of(p("a"), meta=meta), "a.odt").metadata
    assert (metadata.title, metadata.lang, metadata.date) == ("Доклад Комитета", "ru", None)


def test_an_encrypted_text_says_so():
    with pytest.raises(InputError) as caught:
        read_odt(odt_of(p("a"), manifest="<manifest:encryption-data xmlns:manifest='m'/>"), "a.odt")
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize("data", [zip_of({"mimetype": "x"}), zip_of({"content.xml": "<a"}), odt_of(p("a"))[:99]])
def test_what_is_damaged_says_so(data: bytes):
    with pytest.raises(InputError) as caught:
        read_odt(data, "a.odt")
    assert caught.value.code == "damaged"


WHOLE = odt_of(p(f"1540 (2004){NOTE}") + p("x"), automatic=AUTOMATIC)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_damage_raises_nothing_but_input_errors(at: int, junk: bytes):
    try:
        read_odt(WHOLE[:at] + junk + WHOLE[at + len(junk) :], "a.odt")
    except InputError as error:
        assert error.source.startswith("a.odt")
