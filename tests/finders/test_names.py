"""Names of the ontology in real texts: inflected, wrapped, marked up, glued, with letters of the other script."""

from __future__ import annotations

import pytest

from helpers import found, rules

WHOLE = {
    "Российской Федерацией": "state:RUS",
    "РОССИЙСКОЙ ФЕДЕРАЦИИ": "state:RUS",
    "Кыргызской Республикой": "state:KGZ",
    "Исламской Республики Иран": "state:IRN",
    "Ирана (Исламской Республики)": "state:IRN",
    "Корейской Народно-Демократической Республике": "state:PRK",
    "Республики Корея": "state:KOR",
    "Соединёнными Штатами Америки": "state:USA",
    "Соединенным Королевством Великобритании и Северной Ирландии": "state:GBR",
    "Объединёнными Арабскими Эмиратами": "state:ARE",
    "Кот-д’Ивуара": "state:CIV",
    "CÔTE D'IVOIRE": "state:CIV",
    "Türkiye": "state:TUR",
    "Turkiye": "state:TUR",
    "Белорусской ССР": "state:BLR",
    "Организации Объединённых Наций": "org:UN",
    "Советом Безопасности": "org:UNSC",
    "Международным агентством по атомной энергии": "org:IAEA",
    "Организацией по запрещению химического оружия": "org:OPCW",
    "Содружеством Независимых Государств": "org:CIS",
    "Группой ядерных поставщиков": "org:NSG",
    "Режима контроля за ракетной технологией": "org:MTCR",
    "Договором о нераспространении ядерного оружия": "treaty:NPT",
    "договоре о нераспространении ядерного оружия": "treaty:NPT",
    "Договору о всеобъемлющем запрещении ядерных испытаний": "treaty:CTBT",
    "treaty on the non-proliferation of nuclear weapons": "treaty:NPT",
    "Treaty on the Non‑Proliferation of Nuclear Weapons": "treaty:NPT",
    "TREATY ON THE NON-PROLIFERATION OF NUCLEAR WEAPONS": "treaty:NPT",
    "Конвенцией о запрещении химического оружия": "treaty:CWC",
    "D.P.R.K.": "state:PRK",
    "КНДР": "state:PRK",
    "МАГАТЭ": "org:IAEA",
    "ДНЯО": "treaty:NPT",
}


@pytest.mark.parametrize(("name", "identifier"), WHOLE.items(), ids=ascii)
def test_a_name_in_any_form(name: str, identifier: str):
    assert found(f"({name}, 2004)")[0] == (name, identifier)


DAMAGED = {
    # line ends
    "Совет\nБезопасности": "org:UNSC",
    "Организации\r\n  Объединенных\r\nНаций": "org:UN",
    "Организации Объеди-\nненных Наций": "org:UN",
    "Inter-\nnational Atomic Energy\nAgency": "org:IAEA",
    "Non-\nProliferation Treaty": "treaty:NPT",
    "Non- \n  Proliferation Treaty": "treaty:NPT",
    "Comprehensive Nuclear-\r\nTest-Ban Treaty": "treaty:CTBT",
    # markup inside
    "Treaty on the Non-Proliferation of **Nuclear** Weapons": "treaty:NPT",
    "Chemical _Weapons_ Convention": "treaty:CWC",
    "Chemical [Weapons](x.html) Convention": "treaty:CWC",
    # invisible characters
    "МА\u00adГА\u00adТЭ": "org:IAEA",
    "Россий\u00adской Федера\u00adции": "state:RUS",
    "Security\u00a0Council": "org:UNSC",
    "Secu\u200brity Council": "org:UNSC",
    "Кыр\ufffeгызской Респуб\ufffe\nлики": "state:KGZ",
    # letters
    "Рoссийской Фeдерации": "state:RUS",  # Latin o, e
    "Сhemical Weapons Convention": "treaty:CWC",  # Cyrillic С
    "ДHЯO": "treaty:NPT",  # Latin H, O
    "Oﬃce of the United Nations High Commissioner for Refugees": "org:UNHCR",
    "и\u0306".join(("Росси", "ская Федерация")): "state:RUS",  # й in two characters
}


@pytest.mark.parametrize(("name", "identifier"), DAMAGED.items(), ids=ascii)
def test_a_damaged_name_keeps_its_span(name: str, identifier: str):
    assert (name, identifier) in found(f"«{name}», and so on")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the [United Nations](https://un.org/NPT) met", "United Nations"),
        ("**МАГАТЭ**", "МАГАТЭ"),
        ("_IAEA_", "IAEA"),
        ("\u201cNATO\u201d", "NATO"),
        ("NATO's", "NATO"),
        ("NATO-led", "NATO"),
        ("anti-NATO", "NATO"),
        ("(ДНЯО)", "ДНЯО"),
        ("ДНЯО/КХО", "ДНЯО"),
        ("государства-члены ООН", "ООН"),
        ("China\u200b's", "China"),
        ("ООН…", "ООН"),
    ],
    ids=ascii,
)
def test_what_stands_around_is_not_in_the_span(text: str, name: str):
    assert found(text)[0][0] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("members ofCIS", "CIS"),
        ("theUnited Nations", "United Nations"),
        ("andRussia", "Russia"),
        ("inChina", "China"),
        ("вСовете Безопасности", "Совете Безопасности"),
        ("иРоссия", "Россия"),
    ],
    ids=ascii,
)
def test_glued_words(text: str, name: str):
    (mention,) = rules().extract(text).mentions
    assert (mention.text, mention.flags) == (name, ("glued",))
    assert mention.score < rules().extract(name).mentions[0].score


@pytest.mark.parametrize(
    "text",
    [
        "XChina", "бРоссия", "Chinatown", "Indiana", "IAEA_report", "ООНовский", "МАГАТЭwww", "UNANIMOUS", "CISCO",
        "china", "рф", "us", "who", "cis", "in oman", "united nations", "security council", "россии",
    ],
    ids=ascii,
)  # fmt: skip
def test_pieces_of_words_and_wrong_capitals_are_no_names(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["Договора о нераспространении ядерного оружия3 и", "Chemical Weapons Convention12 and"]
)
def test_a_footnote_digit_does_not_hide_a_long_name(text: str):
    ((name, _),) = found(text)
    assert name == text.rpartition(" ")[0].rstrip("0123456789")


def test_a_footnote_digit_at_the_end_of_a_sentence():
    text = "Стороны Договора о нераспространении ядерного оружия3."
    assert found(text) == [("Договора о нераспространении ядерного оружия", "treaty:NPT")]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("российская делегация", [("российская", "state:RUS")]),
        ("с иранцами", [("иранцами", "state:IRN")]),
        ("Iranian and Chinese views", [("Iranian", "state:IRN"), ("Chinese", "state:CHN")]),
        ("the Soviet proposal", [("Soviet", "state:SUN")]),
        ("российско-китайский", [("российско", "state:RUS"), ("китайский", "state:CHN")]),
        ("немецко-французские", [("немецко", "state:DEU"), ("французские", "state:FRA")]),
        ("the Russian-American talks", [("Russian", "state:RUS"), ("American", "state:USA")]),
        ("российско", []),
        ("iranian", []),
    ],
    ids=ascii,
)
def test_adjectives_and_peoples(text: str, pairs: list[tuple[str, str]]):
    mentions = rules().extract(text).mentions
    assert [(m.text, m.id) for m in mentions] == pairs
    assert {m.form for m in mentions} <= {"adjective"}


def test_mended_letters_are_flagged():
    (mention,) = rules().extract("Совет Безoпасности").mentions
    assert mention.flags == ("lookalike-letters",)
    assert mention.score < rules().extract("Совет Безопасности").mentions[0].score


@pytest.mark.parametrize("name", ["СНВ-2", "СНВ-7"])
def test_an_abbreviation_with_another_number_is_another_treaty(name: str):
    assert ("СНВ", "treaty:New-START") not in found(f"договор {name}")


def test_addresses_hold_no_names():
    assert found("https://www.iaea.org/NPT/China and npt@UN.org") == []


def test_names_do_not_run_from_one_paragraph_into_the_next():
    assert found("Security\n\nCouncil") == []
    assert found("- Совет\n- Безопасности") == []
