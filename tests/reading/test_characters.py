import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npextract.reading.characters import (
    LOOKALIKES_TO_CYRILLIC,
    LOOKALIKES_TO_LATIN,
    fold,
    normalise,
    normalise_name,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates too


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("«Минская группа»", '"Минская группа"'),
        ("“Agency”, „Agentur‟", '"Agency", "Agentur"'),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Кот-д′Ивуар", "Кот-д'Ивуар"),
        ("Non–Proliferation—Treaty‑1", "Non-Proliferation-Treaty-1"),
        ("государства − члены", "государства - члены"),
        ("1540\u00a0(2004)\u202fг.", "1540 (2004) г."),
        ("Подъём, Ёлкино", "Подъем, Елкино"),
        ("Türkiye, São Tomé, Łódź", "Turkiye, Sao Tome, Lodz"),
        ("a\0b", "a b"),
        ("СБ\ud800ООН", "СБ\ufffdООН"),
        ("Чехия и Йемен", "Чехия и Йемен"),  # й is a letter of its own
    ],
)
def test_variants_become_plain(text: str, plain: str):
    assert normalise(text) == plain


def test_plain_ascii_stays():
    plain = string.printable.replace("`", "")
    assert normalise(plain) == plain


@given(ANY_TEXT)
def test_no_offset_moves(text: str):
    assert len(normalise(text)) == len(text)
    assert len(fold(text)) == len(text)


@given(ANY_TEXT)
def test_what_is_plain_stays(text: str):
    assert normalise(normalise(text)) == normalise(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("code", [0x130, 0x1E9E, 0xDF, 0x149, 0xFB03, 0x3A3, 0x10400])
def test_fold_keeps_the_length_of_every_kind_of_letter(code: int):
    word = "А" + chr(code) + "Z"
    assert len(fold(word)) == 3
    assert fold(word)[0] + fold(word)[2] == "аz"


def test_a_name_is_looked_up_composed_and_with_single_spaces():
    assert normalise_name("  Cote\u0301 \n d’Ivoire ") == "Cote d'Ivoire"
    assert normalise_name("Республика  Корея\u00a0") == "Республика Корея"


def test_lookalikes_lead_there_and_back():
    for latin, cyrillic in LOOKALIKES_TO_CYRILLIC.items():
        assert latin.isascii()
        assert "А" <= cyrillic <= "я"
        assert LOOKALIKES_TO_LATIN[cyrillic] == latin
        assert latin.isupper() == cyrillic.isupper()
