"""Treaties that share one noun."""

from __future__ import annotations

import pytest

from helpers import found, rules
from npextract.finders.shared_nouns import SharedNounFinder
from npextract.reading.view import build_view
from pictures import assert_picture

TLATELOLCO, RAROTONGA, PELINDABA = "treaty:Tlatelolco", "treaty:Rarotonga", "treaty:Pelindaba"


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("the Treaties of Rarotonga and Pelindaba", [RAROTONGA, PELINDABA]),
        ("the Treaties of Tlatelolco, Rarotonga, Bangkok and Pelindaba",
         [TLATELOLCO, RAROTONGA, "treaty:Bangkok", PELINDABA]),
        ("the Pelindaba, Bangkok, and Rarotonga Treaties", [PELINDABA, "treaty:Bangkok", RAROTONGA]),
        ("Договоры Тлателолко и Раротонга", [TLATELOLCO, RAROTONGA]),
        ("участники договоров Раротонга, Тлателолко и Пелиндаба", [RAROTONGA, TLATELOLCO, PELINDABA]),
        ("по договорам Раротонга, Пелиндаба", [RAROTONGA, PELINDABA]),
    ],
    ids=ascii,
)  # fmt: skip
def test_each_place_is_a_treaty(text: str, identifiers: list[str]):
    assert [identifier for _, identifier in found(text)] == identifiers


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (
            "Additional Protocols I and II to the Treaty of Tlatelolco",
            [("Additional Protocols I", "I"), ("II", "II"), ("Treaty of Tlatelolco", "")],
        ),
        (
            "ратифицировали дополнительные протоколы I и II к Договору Тлателолко",
            [("протоколы I", "I"), ("II", "II"), ("Договору Тлателолко", "")],
        ),
    ],
    ids=ascii,
)
def test_protocols_of_one_treaty(text: str, mentions: list[tuple[str, str]]):
    expected = [(words, f"{TLATELOLCO}-Protocol-{number}" if number else TLATELOLCO) for words, number in mentions]
    assert found(text) == expected


def test_other_protocols_of_one_treaty():
    text = "Protocols 1, 2 and 3 to the South Pacific Nuclear Free Zone Treaty; Protocols IV and V to the CCW"
    rarotonga = [f"{RAROTONGA}-Protocol-{number}" for number in (1, 2, 3)]
    assert [i for _, i in found(text)] == [
        *rarotonga, RAROTONGA, "treaty:CCW-Protocol-IV", "treaty:CCW-Protocol-V", "treaty:CCW",
    ]  # fmt: skip
    assert found("Protocols I and II to the Treaty of Nowhere") == []


def test_the_noun_goes_with_the_place_next_to_it():
    assert_picture(
        "The Treaties of Tlatelolco and Rarotonga",
        """
        The Treaties of Tlatelolco and Rarotonga
            ╰───────────────────── treaty:Tlatelolco
                                       ╰──────── treaty:Rarotonga
        """,
    )
    assert_picture(
        "The Rarotonga and Pelindaba Treaties",
        """
        The Rarotonga and Pelindaba Treaties
            ╰──────── treaty:Rarotonga
                          ╰───────────────── treaty:Pelindaba
        """,
    )


def test_the_rule_is_named():
    rarotonga, pelindaba = rules().extract("Договоры Раротонга и Пелиндаба").mentions
    assert rarotonga.rule == pelindaba.rule == "names.shared-noun"


def test_a_place_without_a_treaty_is_none():
    assert found("the Treaties of Utrecht and Rarotonga") == [("Rarotonga", RAROTONGA)]
    assert found("the Treaties of Utrecht and Westphalia") == []


@pytest.mark.parametrize(
    "text", ["Rarotonga and Pelindaba", "the Treaties", "Договоры", "the Treaties of rarotonga and"]
)
def test_no_noun_no_row(onto, text: str):
    assert SharedNounFinder(onto)(build_view(text)) == []


def test_a_line_break_in_the_row():
    assert [m.id for m in rules().extract("the Treaties of\nRarotonga\nand Pelindaba").mentions] == [
        RAROTONGA,
        PELINDABA,
    ]


STATES = {
    "North and South Korea met": [("North", "state:PRK"), ("South Korea", "state:KOR")],
    "of South and North Korea": [("South", "state:KOR"), ("North Korea", "state:PRK")],
    "Северная и Южная Корея": [("Северная", "state:PRK"), ("Южная Корея", "state:KOR")],
    "между Южной и Северной Кореей": [("Южной", "state:KOR"), ("Северной Кореей", "state:PRK")],
    "East and West Germany": [("East", "state:DDR"), ("West Germany", "state:DEU")],
    "North and South Viet Nam": [("North", "state:VDR"), ("South Viet Nam", "state:VNM")],
    "North and South America": [],
    "North and West Africa": [],
}


@pytest.mark.parametrize(("text", "expected"), STATES.items(), ids=ascii)
def test_states_that_share_a_noun(text: str, expected: list[tuple[str, str]]):
    assert [(m.text, m.id) for m in rules().extract(text).mentions] == expected
