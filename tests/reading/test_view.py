from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from npextract.reading.view import OPAQUE, View, build_view, mend_mixed_words
from strategies import clean_texts, messy_texts

READABLE = {
    # line wraps and paragraphs
    "Security\nCouncil": "Security Council",
    "Security\r\nCouncil": "Security Council",
    "Security \t \n  Council": "Security Council",
    "one\n\ntwo": "one\ntwo",
    "one\r\n\r\ntwo": "one\ntwo",
    "one\n \t\ntwo": "one\ntwo",
    "one\n\n\n\ntwo": "one\ntwo",
    "page one\fpage two": "page one\npage two",
    "one\u2029two": "one\ntwo",
    "one\u2028two": "one two",
    "old\rMac": "old Mac",
    "old\r\rMac": "old\nMac",
    "two  spaces": "two spaces",
    "no\u00a0break": "no break",
    # lists keep their lines
    "agreed:\n- China\n- Iran": "agreed:\n- China\n- Iran",
    "agreed:\n- China;\n- Iran.": "agreed:\n- China;\n- Iran.",
    "Папуа\n– Новая Гвинея": "Папуа - Новая Гвинея",
    "agreed:\n1. China\n2) Iran": "agreed:\n1. China\n2) Iran",
    "решили:\n(а) созвать\n(б) принять": "решили:\n(а) созвать\n(б) принять",
    "| UN | ООН\n| EU | ЕС": "| UN | ООН\n| EU | ЕС",
    "| EU\n# Heading": "| EU\n# Heading",
    # quoted lines
    "> Security\n> Council": "> Security Council",
    "> Security\n>Council": "> Security Council",
    " >> Security\r\n > > Council": " >> Security Council",
    "> one\n>\n> two": "> one\ntwo",
    "> one\n\n> two": "> one\ntwo",
    "> agreed:\n> - China\n> - Iran": "> agreed:\n- China\n- Iran",
    "> inter-\n> national": "> international",
    "> Non-\n> Proliferation": "> Non-Proliferation",
    "> one\ntwo": "> one two",
    "more\n> 5": "more > 5",
    "inter-\n> national": "inter- > national",
    # hyphens at line ends
    "inter-\nnational": "international",
    "inter-\r\nnational": "international",
    "inter- \n  national": "international",
    "Non-\nProliferation": "Non-Proliferation",
    "INFCIRC-\n153": "INFCIRC-153",
    "нерас-\nпространение": "нераспространение",
    "pro\ufffeliferation": "proliferation",
    "pro\ufffe\nliferation": "proliferation",
    "pro\u00adliferation": "proliferation",
    "pro\u00ad\nliferation": "proliferation",
    "a dash -\nand more": "a dash - and more",
    # invisible characters
    "Secu\u200brity": "Security",
    "\ufeffUN": "UN",
    "\u202aUN\u202c": "UN",
    "U\u2060N": "UN",
    # markup
    "**Security** Council": "Security Council",
    "*Sec*urity ***Council***": "Security Council",
    "__UN__ and _EU_": "UN and EU",
    "snake_case and 2 * 3": "snake_case and 2 * 3",
    "[Security Council](https://un.org/sc)": "Security Council",
    "[UN](https://en.wikipedia.org/wiki/UN_(body)) here": "UN here",
    '[UN](un.html "United Nations")': "UN",
    "[1] [2]": "[1] [2]",
    "[note] (aside)": "[note] (aside)",
    r"S/RES/1540 \(2004\)": "S/RES/1540 (2004)",
    r"C:\dir": r"C:\dir",
    # letters
    "oﬃce of the ﬁrst": "office of the first",
    "e\u0301tat, и\u0306, е\u0308": "etat, й, е",
    "Подъём": "Подъем",
    "«СНВ»": '"СНВ"',
    # addresses hold nothing
    "see https://un.org/UN/NPT?x=1 now": f"see {OPAQUE} now",
    "www.osce.org, OSCE": f"{OPAQUE} OSCE",
    "to un@un.org, UN": f"to {OPAQUE}, UN",
    "@UN and a@b": "@UN and a@b",
}


@pytest.mark.parametrize(("source", "readable"), READABLE.items())
def test_a_text_becomes_readable(source: str, readable: str):
    assert build_view(source).text == readable


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("the [Security Council](https://un.org) met", "Security Council"),
        ("the **Security** _Council_ met", "Security Council"),
        ("the Secu\u00adrity\r\n  Council met", "Security Council"),
        ("the Secur-\nity Council met", "Security Council"),
        ("> the Security\n> Council met", "Security Council"),
        ("> the Secur-\n> ity Council met", "Security Council"),
        ("\ufeff\ufeffthe Security\u200b Council met", "Security Council"),
        ("e\u0301e\u0301 ﬃﬃ Security Council", "Security Council"),
    ],
)
def test_a_name_leads_back_to_its_own_characters(source: str, word: str):
    view = build_view(source)
    at = view.text.index(word)
    start, end = view.offsets.span_to_source(at, at + len(word))
    assert (source[start], source[end - 1]) == (word[0], word[-1])
    assert source[:start].endswith((" ", "[", "*"))
    assert source[end] in " ]_\u200b" if end < len(source) else True


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("CCCP и США", "CCCP и США"),  # all Latin: no letter says otherwise
        ("Совет Безoпаcности", "Совет Безопасности"),
        ("Рoссия", "Россия"),
        ("Seсurity Сouncil", "Security Council"),
        ("The СTBТO", "The CTBTO"),
        ("договор CНВ", "договор СНВ"),
        ("Ukraine і Україна", "Ukraine і Україна"),
        ("COVIDом, SMSкой", "COVIDом, SMSкой"),
        ("вUN", "вUN"),
    ],
)
def test_lookalike_letters_are_put_right(text: str, mended: str):
    assert mend_mixed_words(text)[0] == mended


@pytest.mark.parametrize(("text", "mended"), [("эксперты MAГATЭ", "эксперты МАГАТЭ"), ("the IАЕА", "the IAEA")])
def test_letters_without_a_lookalike_decide(text: str, mended: str):
    assert mend_mixed_words(text)[0] == mended


@pytest.mark.parametrize("source", ["inter-  \nnational", "inter-\t\nnational"])
def test_a_hyphen_before_trailing_white_space_divides(source: str):
    assert build_view(source).text == "international"


@pytest.mark.parametrize("source", ["Security \u200b Council", "Security \u00ad Council"])
def test_spaces_around_an_invisible_character_are_one(source: str):
    assert build_view(source).text == "Security Council"


def test_mended_letters_are_remembered():
    view = build_view("**Россия** и\n\nСовет Безoпасности")
    at = view.text.index("Безопасности")
    assert view.is_mended(at, at + 12)
    assert view.is_mended(at - 6, at + 2)
    assert not view.is_mended(0, 6)
    assert not view.is_mended(at - 6, at)


@given(messy_texts())
def test_the_view_is_in_step_with_itself(text: str):
    view = build_view(text)
    assert view.source == text
    assert len(view.folded) == len(view.text)
    assert view.folded == view.folded.lower() or "İ" in view.text
    assert list(view.joined) == sorted(view.joined)
    assert list(view.mended) == sorted(view.mended)


@given(messy_texts())
def test_the_way_back_is_monotone_and_inside_the_source(text: str):
    view = build_view(text)
    back = [view.offsets.to_source(at) for at in range(len(view.text))]
    assert back == sorted(back)
    assert all(0 <= at < len(text) for at in back)


@given(messy_texts(), messy_texts())
def test_paragraphs_are_read_alone(first: str, second: str):
    assume(not (_unclosed(first) or _unclosed(second)))
    both = build_view(f"{first} end.\n\nBegin {second}").text
    assert both == f"{build_view(f'{first} end.').text}\n{build_view(f'Begin {second}').text}"


def _unclosed(text: str) -> bool:
    """Whether markup or an address could reach over the paragraph's end."""
    return any(mark in text for mark in ("[", "](", "-", "\\"))


@given(clean_texts())
def test_a_clean_paragraph_is_its_own_view(text: str):
    for paragraph in build_view(text).text.split("\n"):
        assert build_view(paragraph).text == paragraph


@given(st.text("aя -\n>*_[]()\u00ad", max_size=20))
def test_no_paragraph_is_empty_within(text: str):
    assert "\n\n" not in build_view(text).text


def test_views_are_equal_for_equal_texts():
    assert isinstance(build_view("UN"), View)
    assert build_view("**UN**") == build_view("**UN**")
