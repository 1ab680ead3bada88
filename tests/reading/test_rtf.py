from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npextract.reading.rtf import read_rtf

FONTS = r"{\fonttbl{\f0\fcharset204 Times;}{\f1\fcharset0 Arial;}{\f2\fcharset2 Symbol;}}"


def read(body: str, head: str = r"\ansi\ansicpg1251\deff0") -> str:
    return read_rtf(f"{{\\rtf1{head}{FONTS}{body}}}".encode("cp1251"), "a.rtf").text


def hexed(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("cp1251"))


def coded(text: str) -> str:
    return "".join(f"\\u{ord(c)}?" for c in text)


BODIES = {
    r"resolution 1540 (2004)": "resolution 1540 (2004)",
    r"one\par two\par": "one\n\ntwo",
    "Security\r\n Council": "Security Council",
    "one\\par\r\n\\u1057?\r\n{\\b two}": "one\n\nСtwo",
    r"a\tab b\line c\~d\_e\-f\emdash g": "a\tb\nc\u00a0d\u2011e\u00adf—g",
    hexed("Совет Безопасности"): "Совет Безопасности",
    coded("Совет Безопасности"): "Совет Безопасности",
    rf"{{\f0 {hexed('МАГАТЭ')}}}": "МАГАТЭ",
    r"\uc2\u1057\'d1\'d1-\uc0\u1058 x": "С-Тx",
    r"\u-10179?\u-8704?": "\U0001f600",
    r"{\f2 \'b7}\tab item": "•\titem",
    r"{\b Совет} Безопасности": "Совет Безопасности",
    # left out
    r"{\*\generator Riched20;}a{\info{\author me}}b{\stylesheet{\s0 Normal;}}c{\pict 0102ff}d": "abcd",
    r"one{\v hidden} two\v hidden\v0  three": "one two three",
    r"kept{\deleted gone}{\revised  new}": "kept new",
    r"a{\*\annotation comment}b": "ab",
    r"{\field{\*\fldinst HYPERLINK x}{\fldrslt the IAEA}}": "the IAEA",
    r"{\upr{ansi}{\*\ud{unicode}}}": "unicode",
    r"{\pntext 1.\tab}item": "item",
    "a{\\bin5 }}}}}b": "ab",
    # notes and running heads
    r"{\header S/2020/1\par}1540 (2004){\super\chftn{\footnote\pard{\super\chftn} See S/2015/543.}}, which\par"
    r"{\footer S/2020/1}": "1540 (2004)¹, which\n\n¹ See S/2015/543.\n\nS/2020/1",
    r"1540 (2004){\super 1}": "1540 (2004)¹",
    # tables and boxes
    r"\trowd\pard\intbl Iran\cell 1970\cell\row\pard after": "Iran | 1970\n\nafter",
    r"\trowd\pard\intbl one\par two\cell three\cell\row\pard after": "one\n\ntwo\n\nthree\n\nafter",
    r"\pard\intbl\itap2 a\nestcell b\nestcell\nestrow\pard\intbl\itap1\cell c\cell\row": "a | b | c",
    r"\pard\intbl one\par\pard\intbl\itap2 a\nestcell{\nonesttables\par}b\nestcell{\nonesttables\par}"
    r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl\itap2 c\nestcell{\nonesttables\par}"
    r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl two\cell\row\pard after": (
        "one\n\na | b\n\nc\n\ntwo\n\nafter"
    ),
    r"before{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt boxed\par}}{\shprslt x}} after": "boxed\n\nbefore after",
}


@pytest.mark.parametrize(("body", "text"), BODIES.items(), ids=range(len(BODIES)))
def test_a_body_becomes_text(body: str, text: str):
    assert read(body) == text


@pytest.mark.parametrize("head", [r"\ansi\ansicpg1251", r"\ansi\deflang1049", r"\ansi"])
def test_russian_by_font_code_page_or_language(head: str):
    body = hexed("Россия")
    assert read(body if head != r"\ansi" else rf"\f0 {body}", head) == "Россия"


def test_bytes_that_are_no_escapes():
    assert read("Совет") == "Совет"


def test_the_title_is_declared():
    data = rf"{{\rtf1\ansi\ansicpg1251{{\info{{\title {hexed('Доклад Комитета')}}}}}a}}".encode()
    assert read_rtf(data, "a.rtf").metadata.title == "Доклад Комитета"


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes():
    document = read_rtf(rb"{\rtf1 The Security Council{\b met", "a.rtf")
    assert document.text == "The Security Councilmet"
    assert document.warnings[0].startswith("damaged:")


@pytest.mark.parametrize(
    "body",
    [
        "{" * 300_000,
        "{\\b " * 100_000 + "x" + "}" * 100_000,
        "\\bin999999999999 " * 20_000,
        "\\u1?" * 100_000,
        "{\\footnote x}" * 20_000,
        "\\trowd\\intbl " + "a\\cell " * 50_000,
        "{\\shptxt x}" * 30_000,
        "\\'" * 200_000,
        "{\\*" * 100_000,
    ],
)
def test_hostile_files_are_read_in_linear_time(body: str):
    begun = time.perf_counter()
    read_rtf(b"{\\rtf1 " + body.encode() + b"}", "a.rtf")
    assert time.perf_counter() - begun < 5


_WORDS = ["\\par ", "\\cell ", "\\row ", "{", "}", "\\footnote ", "\\super ", "\\u8212?", "\\'d1", "x", "\\*"]


@given(
    st.lists(
        st.sampled_from(
            [
                *_WORDS,
                "\\intbl ",
                "\\nestcell ",
                "\\nestrow ",
                "\\nesttableprops ",
                "\\itap9 ",
                "\\bin3 ",
                "\\shptxt ",
                "\\header ",
                "\\",
            ]
        )
    )
)
def test_any_row_of_words_is_read(tokens: list[str]):
    read_rtf(("{\\rtf1" + "".join(tokens)).encode(), "a.rtf")
