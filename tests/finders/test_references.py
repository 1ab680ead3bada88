"""Citations of resolutions and documents, in both languages, whole and damaged; and what only looks like one."""

from __future__ import annotations

import pytest

from helpers import rules
from npextract.finders.references.dates import parse_date
from npextract.finders.references.number_words import parse_words
from npextract.finders.references.numerals import clean_digits, clean_letter, clean_roman, format_roman, parse_roman
from npextract.finders.references.titles import reference_names


def cited(text: str) -> list[str | None]:
    """The resolutions and documents in a text, in order."""
    return [
        m.id and m.id.partition(":")[2] for m in rules().extract(text).mentions if m.kind in ("resolution", "document")
    ]


SINGLE = {
    # the Security Council, in English
    "resolution 1540": "S/RES/1540(2004)",
    "resolution 1373 (2001)": "S/RES/1373(2001)",
    "Resolution 687 (1991)": "S/RES/687(1991)",
    "RESOLUTION 2231 (2015)": "S/RES/2231(2015)",
    "Security Council resolution 1718 (2006)": "S/RES/1718(2006)",
    "UN Security Council Resolution 2397": "S/RES/2397(2017)",
    "the Security Council's resolution 2118": "S/RES/2118(2013)",
    "resolution 1887 (2009) of the Security Council": "S/RES/1887(2009)",
    "resolution 1540 of 28 April 2004": "S/RES/1540(2004)",
    "resolution of 28 April 2004, No. 1540": "S/RES/1540(2004)",
    "resolution No. 1540": "S/RES/1540(2004)",
    "the 2004 resolution, number 1540": "S/RES/1540(2004)",
    "UNSCR 1929": "S/RES/1929(2010)",
    "SCR 1977 (2011)": "S/RES/1977(2011)",
    "UNSC Res. 1737": "S/RES/1737(2006)",
    "res. 2325 (2016)": "S/RES/2325(2016)",
    "resolution 2372/2017": "S/RES/2372(2017)",
    "resolution 2004": "S/RES/2004(2011)",
    "S/RES/1540 (2004)": "S/RES/1540(2004)",
    "S/RES/1810(2008)": "S/RES/1810(2008)",
    "S/RES/2663": "S/RES/2663(2022)",
    "in resolution S/RES/1673 (2006)": "S/RES/1673(2006)",
    # the Security Council, in Russian
    "резолюция 1540": "S/RES/1540(2004)",
    "резолюцией 1373 (2001)": "S/RES/1373(2001)",
    "в резолюции 1718 (2006) Совета Безопасности": "S/RES/1718(2006)",
    "резолюции Совета Безопасности 1874 (2009)": "S/RES/1874(2009)",
    "Резолюцией СБ ООН 2270": "S/RES/2270(2016)",
    "резолюция СБ ООН №1540 от 28 апреля 2004 года": "S/RES/1540(2004)",
    "резолюцию Совета Безопасности Организации Объединенных Наций № 2231": "S/RES/2231(2015)",
    "рез. 1540 (2004)": "S/RES/1540(2004)",
    "резолюция Совбеза ООН 1701": "S/RES/1701(2006)",
    "резолюция 1540 (2004 г.)": "S/RES/1540(2004)",
    "согласно пункту 4 резолюции 1540": "S/RES/1540(2004)",
    # the General Assembly
    "General Assembly resolution 71/258": "A/RES/71/258",
    "resolution 59/80 of the General Assembly": "A/RES/59/80",
    "its resolution 75/36 of 7 December 2020": "A/RES/75/36",
    "A/RES/77/54": "A/RES/77/54",
    "резолюция 71/258 Генеральной Ассамблеи": "A/RES/71/258",
    "резолюция ГА ООН 68/262": "A/RES/68/262",
    "resolution 2373 (XXII)": "A/RES/2373(XXII)",
    "резолюции 2625 (XXV)": "A/RES/2625(XXV)",
    "resolution 194 (III)": "A/RES/194(III)",
    "resolution 377 A (V)": "A/RES/377A(V)",
    "A/RES/2200A(XXI)": "A/RES/2200A(XXI)",
    "resolution 35/122 F": "A/RES/35/122F",
    "resolution S-10/2": "A/RES/S-10/2",
    "резолюция ES-11/1": "A/RES/ES-11/1",
    "resolution 2254 (ES-V)": "A/RES/2254(ES-V)",
    "resolution 3201 (S-VI)": "A/RES/3201(S-VI)",
    "A/RES/14/1378": "A/RES/1378(XIV)",
    # other bodies
    "Human Rights Council resolution 7/1": "A/HRC/RES/7/1",
    "резолюция 16/18 Совета по правам человека": "A/HRC/RES/16/18",
    "A/HRC/RES/49/1": "A/HRC/RES/49/1",
    "ECOSOC resolution 2019/15": "E/RES/2019/15",
    "Economic and Social Council resolution 1539 (XLIX)": "E/RES/1539(XLIX)",
    "резолюция 2006/23 Экономического и Социального Совета": "E/RES/2006/23",
    "resolution GC(62)/RES/10": "GC(62)/RES/10",
    "GC (67)/RES/11": "GC(67)/RES/11",
    "resolution WHA58.29": "WHA58.29",
    # the body stands somewhere else in the sentence
    "The Human Rights Council, in resolution 16/18, urged": "A/HRC/RES/16/18",
    "Экономический и Социальный Совет в резолюции 2006/23": "E/RES/2006/23",
    "Генеральная Ассамблея в своей резолюции 59/80": "A/RES/59/80",
    # documents
    "INFCIRC/153 (Corrected)": "INFCIRC/153",
    "INFCIRC/254/Rev.14/Part 1": "INFCIRC/254/Rev.14/Part1",
    "(S/2015/543)": "S/2015/543",
    "S/2019/171/Add.1, annex": "S/2019/171/Add.1",
    "S/PRST/2014/7.": "S/PRST/2014/7",
    "S/PV.8053": "S/PV.8053",
    "A/C.1/75/L.1": "A/C.1/75/L.1",
    "NPT/CONF.2020/PC.III/WP.5": "NPT/CONF.2020/PC.III/WP.5",
    "BWC/MSP/2013/WP.1": "BWC/MSP/2013/WP.1",
    "GOV/INF/2021/3": "GOV/INF/2021/3",
    "GC(40)/17": "GC(40)/17",
    "C-24/DEC.4": "C-24/DEC.4",
    "EC-M-33/DEC.1": "EC-M-33/DEC.1",
    "CD/PV.1000": "CD/PV.1000",
    "А/75/100": "A/75/100",  # Cyrillic А
}


@pytest.mark.parametrize(("text", "symbol"), SINGLE.items(), ids=ascii)
def test_one_citation(text: str, symbol: str):
    assert cited(text) == [symbol]


LISTS = {
    "resolutions 1540 (2004), 1673 (2006) and 1810 (2008)": "S/RES/1540(2004) S/RES/1673(2006) S/RES/1810(2008)",
    "resolutions 1540(2004); 1673(2006)": "S/RES/1540(2004) S/RES/1673(2006)",
    "resolutions 242, 338 and 425": "S/RES/242(1967) S/RES/338(1973) S/RES/425(1978)",
    "UNSCRs 1718 and 1874": "S/RES/1718(2006) S/RES/1874(2009)",
    "Security Council resolutions 1540 and 1977": "S/RES/1540(2004) S/RES/1977(2011)",
    "resolution 1540 (2004) and of resolution 1673 (2006)": "S/RES/1540(2004) S/RES/1673(2006)",
    "resolution 1540 (2004), S/RES/1673 (2006)": "S/RES/1540(2004) S/RES/1673(2006)",
    "resolutions 60/288, 62/272 and 64/297": "A/RES/60/288 A/RES/62/272 A/RES/64/297",
    "resolutions 1540 (2004) and 71/258": "S/RES/1540(2004) A/RES/71/258",
    "resolutions 49/75 K and 50/70 P": "A/RES/49/75K A/RES/50/70P",
    "resolution 36/87 A and B": "A/RES/36/87A A/RES/36/87B",
    "резолюциями 1718 (2006), 1874 (2009) и 2094 (2013)": "S/RES/1718(2006) S/RES/1874(2009) S/RES/2094(2013)",
    "резолюций 1695, 1718 и 1874": "S/RES/1695(2006) S/RES/1718(2006) S/RES/1874(2009)",
    "резолюции 242 и 338": "S/RES/242(1967) S/RES/338(1973)",
    "резолюции 181 (II) и 194 (III)": "A/RES/181(II) A/RES/194(III)",
    "резолюция 36/87 А и В": "A/RES/36/87A A/RES/36/87B",
    "резолюциями 2231 (2015), 71/258 и S/RES/2118 (2013)": "S/RES/2231(2015) A/RES/71/258 S/RES/2118(2013)",
    # of a range the two ends
    "resolutions 242 (1967) to 338 (1973)": "S/RES/242(1967) S/RES/338(1973)",
    "resolutions 2270 (2016)–2397 (2017)": "S/RES/2270(2016) S/RES/2397(2017)",
    "резолюции с 1695 (2006) по 1718 (2006)": "S/RES/1695(2006) S/RES/1718(2006)",
    # a list ends where other things begin
    "resolutions 1540, 1673 and 24 other texts": "S/RES/1540(2004) S/RES/1673(2006)",
    "resolution 1540, paragraph 4": "S/RES/1540(2004)",
    "resolution 1540, 28 April": "S/RES/1540(2004)",
    "resolutions 1718 (2006) and 1874 (2009) and document S/2019/171": "S/RES/1718(2006) S/RES/1874(2009) S/2019/171",
}


@pytest.mark.parametrize(("text", "symbols"), LISTS.items(), ids=ascii)
def test_lists_and_ranges(text: str, symbols: str):
    assert cited(text) == symbols.split()


DAMAGED = {
    "resolution 1540 {2004)": "S/RES/1540(2004)",
    "resolution 1540 [2004]": "S/RES/1540(2004)",
    "resolution 15 40 (2004)": "S/RES/1540(2004)",
    "resolution l540 (2004)": "S/RES/1540(2004)",
    "resolution 15O1 (2003)": "S/RES/1501(2003)",
    "resolution 687(1991)": "S/RES/687(1991)",
    "resolution\r\n687\r\n(1991)": "S/RES/687(1991)",
    "резолю-\nция 1540 (2004)": "S/RES/1540(2004)",
    "резо\u00adлюции\u00a01540\u00a0(2004)": "S/RES/1540(2004)",
    "S/RES/1540\n(2004)": "S/RES/1540(2004)",
    "[resolution 1540](https://undocs.org/S/RES/1540(2004))": "S/RES/1540(2004)",
    "**resolution** _1540_ (2004)": "S/RES/1540(2004)",
    r"resolution 1540 \(2004\)": "S/RES/1540(2004)",
    "resolution 2373 (XXll)": "A/RES/2373(XXII)",
    "резолюция 2373 (ХХІІ)": "A/RES/2373(XXII)",  # Cyrillic Х and І
    "resolution 3202 (SVI)": "A/RES/3202(S-VI)",
    "resolution ES8/2": "A/RES/ES-8/2",
    "А/RES/71/258": "A/RES/71/258",  # Cyrillic А
    "Ѕ/RES/1540 (2004)": "S/RES/1540(2004)",  # Cyrillic Ѕ
}


@pytest.mark.parametrize(("text", "symbol"), DAMAGED.items(), ids=ascii)
def test_damaged_citations(text: str, symbol: str):
    assert cited(text) == [symbol]


NONE = [
    "a screen resolution of 1920 by 1080",
    "resolution 1920 x 1080",
    "resolution of 300 dpi",
    "изображение с разрешением 1540 точек",
    "резолюция принята в 1540 году",
    "резолюция 2004 года",
    "a resolution adopted in 2004",
    "the 1991 resolution",
    "resolution 9999",
    "resolution 0",
    "draft resolution 1540",
    "проект резолюции 2758",
    "the resolution one hundred times",
    "resolution 1540%",
    "resolution 1,540",
    "resolution1540",
    "резолюция-1540",
    "room 1540, 1540 delegates",
    "article 37 (V), paragraph 3 (II)",
    "A/RES/500/1",
    "A/RES/3500 (L)",
    "Human Rights Council resolution 99/1",
    "https://undocs.org/S/RES/1540(2004)",
    "and/or, km/h, TCP/IP, 24/7, N/A, c/o",
    "NATO/Russia, USA/USSR",
    "S/N 12345",
    "revolution 1917",
    "RES/1540",
]


@pytest.mark.parametrize("text", NONE, ids=ascii)
def test_what_is_no_citation(text: str):
    assert cited(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "European Parliament resolution 2019/15",
        "European Parliament resolution 2020/2501(RSP)",
        "European Parliament resolution of 17 September 2020",
        "резолюция Европарламента 123",
        "Senate resolution 57",
        "H.Res. 242",
        "S. Con. Res. 14",
    ],
    ids=ascii,
)
def test_a_resolution_of_another_body_has_no_identifier(text: str):
    assert cited(text) == [None]


@pytest.mark.parametrize("text", ["A/55/530-S/2000/1052", "A/55/530–S/2000/1052", "A/55/530/Add.1-S/2000/1052/Add.1"])
def test_the_two_symbols_of_one_document(text: str):
    first, second = rules().extract(text).mentions
    assert [str(first.id)[:12], str(second.id)[:15]] == ["doc:A/55/530", "doc:S/2000/1052"]
    assert (first.text, second.text) == (text[: second.start - 1], text[first.end + 1 :])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the Council adopted resolution 1540 (2004) unanimously", ["resolution 1540 (2004)"]),
        ("by Security Council resolution 1540 of 28 April 2004", ["Security Council resolution 1540"]),
        ("by UNSCR 1540.", ["UNSCR 1540"]),
        ("paragraph 4 of resolution 1540 (2004)", ["resolution 1540 (2004)"]),
        ("пункт 4 резолюции 1540 (2004) Совета Безопасности", ["резолюции 1540 (2004) Совета Безопасности"]),
        ("Резолюцией СБ ООН 1540 от 28 апреля 2004 года", ["Резолюцией СБ ООН 1540"]),
        ("“resolution 1540”", ["resolution 1540"]),
        ("(S/RES/1540 (2004))", ["S/RES/1540 (2004)"]),
        ("resolutions 1540 (2004), 1673 (2006)", ["resolutions 1540 (2004)", "1673 (2006)"]),
        (
            "резолюциями 1540 (2004) и 1977 (2011) Совета Безопасности",
            ["резолюциями 1540 (2004)", "1977 (2011) Совета Безопасности"],
        ),
        ("the 2004 resolution, number 1540, says", ["resolution, number 1540"]),
        ("the General Assembly resolution, A/RES/70/1, entitled", ["General Assembly resolution, A/RES/70/1"]),
        ("in [resolution\n1540](x) now", ["resolution\n1540"]),
        ("by Council resolution 1540 (2004)", ["Council resolution 1540 (2004)"]),
        ("by European Council resolution 1540 (2004)", ["resolution 1540 (2004)"]),
        ("resolution 687 (1991) of the Council of Europe", ["resolution 687 (1991)"]),
        ("резолюцию 687 (1991) Совета министров", ["резолюцию 687 (1991)"]),
    ],
    ids=ascii,
)
def test_spans(text: str, words: list[str]):
    assert [m.text for m in rules().extract(text).mentions if m.kind == "resolution"] == words


@pytest.mark.parametrize(
    ("text", "symbol", "year"),
    [
        ("resolution 1540 (2003)", "res:S/RES/1540(2004)", 2004),
        ("резолюция 1718 (2009)", "res:S/RES/1718(2006)", 2006),
        ("S/RES/687 (1919)", "res:S/RES/687(1991)", 1991),
    ],
)
def test_a_year_that_contradicts_the_number_is_reported(text: str, symbol: str, year: int):
    (mention,) = rules().extract(text).mentions
    assert (mention.id, mention.flags, mention.attrs) == (symbol, ("year-mismatch",), {"expected_year": year})


@pytest.mark.parametrize("text", ["resolution 1540 (2004)", "S/RES/1540 (2004)", "Security Council resolution 1540"])
def test_a_year_that_agrees_is_not(text: str):
    first = rules().extract(text).mentions[0]
    assert (first.flags, first.attrs) == ((), {})


def test_damage_is_flagged_and_less_sure():
    (whole,) = rules().extract("resolution 1501 (2003)").mentions
    (damaged,) = rules().extract("resolution 15O1 (2003)").mentions
    assert damaged.flags == ("damaged",)
    assert damaged.score < whole.score


def test_a_resolution_younger_than_the_registry(onto):
    registry = onto.registry
    number, year = registry.last_number + 5, registry.last_year + 1
    (mention,) = rules().extract(f"resolution {number} ({year})").mentions
    assert (mention.id, mention.flags) == (f"res:S/RES/{number}({year})", ("unregistered",))
    assert cited(f"resolution {number}") == []


@pytest.mark.parametrize("place", ["first", "last"])
def test_every_year_of_the_registry(onto, place: str):
    for year in range(1946, onto.registry.last_year):
        numbers = [n for n in range(1, onto.registry.last_number + 1) if onto.registry.security_council_year(n) == year]
        number = numbers[0] if place == "first" else numbers[-1]
        assert cited(f"Security Council resolution {number}") == [f"S/RES/{number}({year})"]


COMMITTEES = {
    "the 1540 Committee": "org:1540-Committee",
    "Security Council 1718 Committee": "org:1718-Committee",
    "the 1718 Sanctions Committee": "org:1718-Committee",
    "the Committee established pursuant to resolution 1540 (2004)": "org:1540-Committee",
    "Committee pursuant to resolutions 1267 (1999), 1989 (2011) and 2253 (2015)": "org:1267-Committee",
    "Комитет 1540": "org:1540-Committee",
    "Комитетом СБ ООН 1718": "org:1718-Committee",
    "Комитета Совета Безопасности, учрежденного резолюцией 1540 (2004)": "org:1540-Committee",
    "Комитет, учрежденный во исполнение резолюции 1373 (2001)": "org:1373-Committee",
    "the 1874 Panel of Experts": "org:1874-Panel",
    "Panel of Experts established pursuant to resolution 1874 (2009)": "org:1874-Panel",
    "Группы экспертов, учрежденной резолюцией 1874 (2009)": "org:1874-Panel",
}


@pytest.mark.parametrize(("text", "identifier"), COMMITTEES.items(), ids=ascii)
def test_a_committee_is_its_whole_phrase(text: str, identifier: str):
    first = rules().extract(text).mentions[0]
    assert first.id == identifier
    assert first.text == text.removeprefix("the ")


@pytest.mark.parametrize("text", ["1540 committees of all kinds", "Комитет 2019 года"], ids=ascii)
def test_what_is_no_committee(text: str):
    assert rules().extract(text).mentions == ()


def test_a_committee_that_is_not_known_is_a_mention_all_the_same():
    mention = rules().extract("the Committee established pursuant to resolution 100 (1953)").mentions[0]
    assert (mention.kind, mention.id, mention.flags) == ("organization", None, ("unknown",))


def test_resolutions_have_names_in_both_languages():
    assert reference_names("res:S/RES/1540(2004)") == {
        "en": "Security Council resolution 1540 (2004)",
        "ru": "резолюция 1540 (2004) Совета Безопасности",
    }
    assert reference_names("res:A/RES/2200A(XXI)")["en"] == "General Assembly resolution 2200A (XXI)"
    assert reference_names("res:A/RES/35/122F")["ru"] == "резолюция 35/122 F Генеральной Ассамблеи"
    assert reference_names("res:A/RES/ES-11/1")["en"] == "General Assembly resolution ES-11/1"
    assert reference_names("res:A/HRC/RES/7/1")["en"] == "Human Rights Council resolution 7/1"
    assert reference_names("res:E/RES/1539(XLIX)")["en"] == "Economic and Social Council resolution 1539 (XLIX)"
    assert reference_names("doc:INFCIRC/153") == {"en": "INFCIRC/153", "ru": "INFCIRC/153"}


@pytest.mark.parametrize("number", range(1, 400))
def test_roman_numerals_lead_there_and_back(number: int):
    assert parse_roman(format_roman(number)) == number


@pytest.mark.parametrize("numeral", ["IIII", "VX", "IC", "XXXX", "ABC", "xv", "VIV"])
def test_what_is_no_roman_numeral(numeral: str):
    assert parse_roman(numeral) is None


def test_damaged_characters_are_cleaned():
    assert clean_roman("ХХІІ") == clean_roman("XXll") == "XXII"
    assert clean_letter("А") == "A"
    assert clean_digits("5U9") == "509"
    assert clean_digits("4 35") == "435"


# Faults that are known.


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("резолюции 242, 338 и 425 Совета Безопасности", "S/RES/242(1967) S/RES/338(1973) S/RES/425(1978)"),
        ("резолюции 242, 338 и 1397", "S/RES/242(1967) S/RES/338(1973) S/RES/1397(2002)"),
    ],
    ids=ascii,
)
def test_three_digits_in_a_russian_list(text: str, symbols: str):
    assert cited(text) == symbols.split()


def test_a_cyrillic_letter_before_a_session():
    assert cited("резолюция 377 А (V) Генеральной Ассамблеи") == ["A/RES/377A(V)"]


def test_resolutions_numbered():
    assert cited("resolutions numbered 687 and 1540") == ["S/RES/687(1991)", "S/RES/1540(2004)"]


def test_a_symbol_is_whole():
    assert cited("S/AC.44/2004/(02)/1") == ["S/AC.44/2004/(02)/1"]


@pytest.mark.parametrize("text", ["the S-300/400 batteries", "S-300/S-400 systems", "a C-130/H transport"])
def test_weapons_are_no_documents(text: str):
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("resolutions 2253 (ES-V) and 2254 (ES-V)", "A/RES/2253(ES-V) A/RES/2254(ES-V)"),
        ("Resolutions ES-10/21, ES-11/1", "A/RES/ES-10/21 A/RES/ES-11/1"),
    ],
)
def test_emergency_sessions_are_not_spanish(text: str, symbols: str):
    assert cited(text) == symbols.split()


def test_committees_of_a_year():
    assert rules().extract("in 1540 Committees met").mentions == ()


def test_no_numeral_is_no_number():
    assert parse_roman("") is None


@pytest.mark.parametrize("text", ["C-I/DEC.41", "C-III/DEC.9"])
def test_early_opcw_decisions(text: str):
    assert cited(text) == [text]


def attrs(text: str) -> list[dict[str, object]]:
    """The facts of the resolutions in a text."""
    return [dict(m.attrs) for m in rules().extract(text).mentions if m.kind == "resolution"]


def flags(text: str) -> list[tuple[str, ...]]:
    """What is unusual about the resolutions in a text."""
    return [m.flags for m in rules().extract(text).mentions if m.kind == "resolution"]


IN_WORDS = {
    "resolution fifteen forty": "S/RES/1540(2004)",
    "resolution twelve sixty-seven": "S/RES/1267(1999)",
    "resolution two forty-two": "S/RES/242(1967)",
    "resolution one thousand three hundred and twenty-five": "S/RES/1325(2000)",
    "резолюция пятнадцать сорок": "S/RES/1540(2004)",
    "резолюции тысяча семьсот восемнадцать": "S/RES/1718(2006)",
    "резолюцией две тысячи двести тридцать один": "S/RES/2231(2015)",
}


@pytest.mark.parametrize(("text", "symbol"), IN_WORDS.items(), ids=ascii)
def test_numbers_in_words(text: str, symbol: str):
    assert (cited(text), flags(text)) == ([symbol], [("in-words",)])


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one hundred", 100),
        ("two hundred and forty-two", 242),
        ("fifteen hundred and forty", 1540),
        ("девятьсот восемьдесят шесть", 986),
        ("тысячи пятисот сорока", 1540),
        ("one two three", None),
        ("forty two", None),
        ("twenty-one", None),
    ],
    ids=ascii,
)
def test_what_number_words_say(words: str, number: int | None):
    assert parse_words(words) == number


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("28 April 2004", "2004-04-28"),
        ("April 8, 2004", "2004-04-08"),
        ("28 апреля 2004 года", "2004-04-28"),
        ("28.04.2004", "2004-04-28"),
        ("November 1967", "1967-11"),
        ("32 May 2001", None),
        ("28.14.2004", None),
        ("some day", None),
    ],
    ids=ascii,
)
def test_dates(text: str, date: str | None):
    assert parse_date(text) == date


BY_DATE = {
    "the resolution of 28 April 2004": "S/RES/1540(2004)",
    "Security Council resolution of 28 April 2004,": "S/RES/1540(2004)",
    "Security Council resolution adopted on 28 April 2004": "S/RES/1540(2004)",
    "резолюция Совета Безопасности от 28 апреля 2004 года": "S/RES/1540(2004)",
}


@pytest.mark.parametrize(("text", "symbol"), BY_DATE.items(), ids=ascii)
def test_a_resolution_by_its_day(text: str, symbol: str):
    assert (cited(text), attrs(text)) == ([symbol], [{"adopted": "2004-04-28"}])


def test_several_resolutions_of_one_day(onto):
    days = {a.day for n in range(2000, 2800) if (a := onto.registry.adoption(n)) and a.day}
    day = next(d for d in sorted(days) if len(onto.registry.adopted_on(d)) == 2 and d.endswith("-30"))
    year, month = day[:4], {"01": "January", "06": "June", "04": "April", "09": "September", "11": "November"}[day[5:7]]
    (mention,) = rules().extract(f"the resolution of 30 {month} {year}").mentions
    assert (mention.id, mention.flags) == (None, ("ambiguous",))
    assert mention.candidates == tuple(sorted(f"res:S/RES/{n}({year})" for n in onto.registry.adopted_on(day)))


@pytest.mark.parametrize(
    "text",
    [
        "the resolution of 27 April 2004",
        "the General Assembly resolution of 28 April 2004",
        "the resolutions of 28 April 2004",
        "резолюция ЭКОСОС от 28 апреля 2004 года",
    ],
    ids=ascii,
)
def test_no_resolution_of_that_day(text: str):
    assert cited(text) == []


DATED = {
    "resolution 1540 of 28 April 2004": ((), {"adopted": "2004-04-28"}),
    "резолюция № 1540 от 28 апреля 2004 года": ((), {"adopted": "2004-04-28"}),
    "резолюция от 28 апреля 2004 года № 1540": ((), {"adopted": "2004-04-28"}),
    "resolution 242 of November 1967": ((), {"adopted": "1967-11"}),
    "resolution 1540 of 28 April 2005": (("year-mismatch",), {"adopted": "2005-04-28", "expected_year": 2004}),
    "resolution 1540 (2004) of 29 April 2004": (("date-mismatch",), {"adopted": "2004-04-29"}),
    "resolution 71/258 of 23 December 2016": ((), {"adopted": "2016-12-23"}),
    "resolution 71/258 of 1 June 2017": ((), {"adopted": "2017-06-01"}),
    "resolution 71/258 of 23 December 2019": (("date-mismatch",), {"adopted": "2019-12-23"}),
}


@pytest.mark.parametrize(("text", "expected"), DATED.items(), ids=ascii)
def test_the_date_behind_a_number(text: str, expected: tuple[tuple[str, ...], dict[str, object]]):
    assert (flags(text), attrs(text)) == ([expected[0]], [expected[1]])


PARAGRAPHS = {
    "paragraph 4 of resolution 1540 (2004)": 4,
    "operative paragraph 2 of Security Council resolution 1540": 2,
    "paragraphs 3 (a) and 7 of its resolution 1718 (2006)": "3 (a), 7",
    "paragraphs 1 to 5 of resolution 687": "1-5",
    "paragraph 33 (iii) of resolution 2391": "33 (iii)",
    "paragraphs 9, 14, and 16 to 19 of resolution 2399 (2018)": "9, 14, 16-19",
    "в соответствии с пунктом 32 g) резолюции 2399 (2018)": "32 (g)",
    "пункт 3 a) v) резолюции 2399 (2018)": "3 (a) (v)",
    "OP4 of UNSCR 1540": 4,
    "resolution 1540 (2004), paragraph 3 (c)": "3 (c)",
    "пункт 4 резолюции 1540 (2004)": 4,
    "в пунктах 1 и 2 постановляющей части резолюции 1540": "1, 2",
    "п. 8 резолюции 1718": 8,
    "резолюция 1540 (2004), пункт 10": 10,
}


@pytest.mark.parametrize(("text", "paragraph"), PARAGRAPHS.items(), ids=ascii)
def test_the_paragraph_that_is_cited(text: str, paragraph: int | str):
    assert attrs(text) == [{"paragraph": paragraph}]


def test_each_resolution_has_its_own_paragraph():
    text = "Under resolution 1540 (2004), paragraph 4 of resolution 1718 (2006) and resolution 1874 (2009)"
    assert attrs(text) == [{}, {"paragraph": 4}, {}]


DAMAGED = {
    "resolution 242 {1967)": "S/RES/242(1967)",
    "resolution 348 (197-4)": "S/RES/348(1974)",
    "resolution 348 (19 74)": "S/RES/348(1974)",
    "resolution 5U9 {1982)": "S/RES/509(1982)",
    "resolution 1540 (2004": "S/RES/1540(2004)",
    "resolution 1540 2004)": "S/RES/1540(2004)",
    "S/RES/ 1540 (2004)": "S/RES/1540(2004)",
    "S / RES / 1540 (2004)": "S/RES/1540(2004)",
    "S/RES/1540(20 04)": "S/RES/1540(2004)",
    "резолюция 15 40 (2004)": "S/RES/1540(2004)",
    "resolution 3093 (XXVlll)": "A/RES/3093(XXVIII)",
    "resolution 3093 (XX1V)": "A/RES/3093(XXIV)",
}


@pytest.mark.parametrize(("text", "symbol"), DAMAGED.items(), ids=ascii)
def test_damage_is_mended_and_flagged(text: str, symbol: str):
    (mention,) = [m for m in rules().extract(text).mentions if m.kind == "resolution"]
    assert (mention.id, mention.flags, mention.text) == ("res:" + symbol, ("damaged",), text)
    assert mention.score < 0.9


OTHER_BODIES = {
    "IAEA General Conference resolution GC(62)/RES/10": "GC(62)/RES/10",
    "резолюция Генеральной конференции МАГАТЭ GC(62)/RES/10": "GC(62)/RES/10",
    "World Health Assembly resolution WHA58.29": "WHA58.29",
    "IMO resolution A.1078(28)": "A.1078(28)",
    "резолюция ИМО MSC.428(98)": "MSC.428(98)",
    "Human Rights Council resolution S-16/1": "A/HRC/RES/S-16/1",
    "Commission on Human Rights resolution 2005/69": "E/CN.4/RES/2005/69",
    "резолюция Комиссии по правам человека 2005/69": "E/CN.4/RES/2005/69",
    "E/CN.4/RES/2005/69": "E/CN.4/RES/2005/69",
    "OSCE Permanent Council Decision No. 1106": "PC.DEC/1106",
    "Decision No. 1106 of the OSCE Permanent Council": "PC.DEC/1106",
    "Ministerial Council Decision No. 7/06": "MC.DEC/7/06",
    "решение Постоянного совета ОБСЕ № 1106": "PC.DEC/1106",
    "решение № 2/09 Форума по сотрудничеству в области безопасности ОБСЕ": "FSC.DEC/2/09",
}


@pytest.mark.parametrize(("text", "symbol"), OTHER_BODIES.items(), ids=ascii)
def test_bodies_with_symbols_of_their_own(text: str, symbol: str):
    (mention,) = [m for m in rules().extract(text).mentions if m.kind in ("resolution", "document")]
    assert (mention.id.partition(":")[2], mention.text) == (symbol, text)


@pytest.mark.parametrize(
    "text", ["Permanent Council Decision No. 7/06", "Government Decision No. 1106", "решение № 1106"]
)
def test_what_is_no_decision_of_the_osce(text: str):
    assert cited(text) == []


def test_a_resolution_that_cannot_be():
    (mention,) = rules().extract("resolution 9999 (1990)").mentions
    assert (mention.id, mention.flags) == (None, ("impossible",))


def test_another_form_of_a_number():
    assert [(m.text, m.id) for m in rules().extract("1540-я резолюция принята").mentions] == [
        ("1540-я резолюция", "res:S/RES/1540(2004)")
    ]


def test_both_ends_of_a_range_of_parts():
    assert cited("General Assembly resolutions 35/122 A to F") == ["A/RES/35/122A", "A/RES/35/122F"]
    assert cited("резолюции Генеральной Ассамблеи 35/122 A–F") == ["A/RES/35/122A", "A/RES/35/122F"]


def test_what_else_a_number_may_stand_for():
    (plain,) = rules().extract("in resolution 50/9").mentions
    assert (plain.id, plain.candidates) == ("res:A/RES/50/9", ("res:A/HRC/RES/50/9", "res:A/RES/50/9"))
    sure = rules().extract("General Assembly resolution 50/9").mentions[0]
    assert (sure.id, sure.candidates) == ("res:A/RES/50/9", ())
    assert sure.score > plain.score


def test_the_section_speaks_for_a_body():
    text = "The Human Rights Council met in Geneva. It had many items. Members spoke.\n\nIn resolution 50/9 it went on."
    mention = rules().extract(text).mentions[-1]
    assert (mention.id, mention.candidates) == ("res:A/HRC/RES/50/9", ("res:A/HRC/RES/50/9", "res:A/RES/50/9"))
    assert cited("A/HRC/50/2\n\nAnnual report. See resolution 48/7.") == ["A/HRC/50/2", "A/HRC/RES/48/7"]
    assert cited("The Human Rights Council met. It was established by resolution 60/251.") == ["A/RES/60/251"]


MISSIONS = {
    "the Mission established pursuant to resolution 1509 (2003)": ["org:UNMIL", "res:S/RES/1509(2003)"],
    "the Force established by Security Council resolution 425 (1978)": [
        "org:UNIFIL",
        "res:S/RES/425(1978)",
        "org:UNSC",
    ],
    "Миссии, учрежденной резолюцией 1542 (2004)": ["org:MINUSTAH", "res:S/RES/1542(2004)"],
    "the Mission established pursuant to resolution 1540 (2004)": ["res:S/RES/1540(2004)"],
    "the Task Force established by resolution 425 (1978)": ["res:S/RES/425(1978)"],
}


@pytest.mark.parametrize(("text", "identifiers"), MISSIONS.items(), ids=ascii)
def test_missions_named_by_a_resolution(text: str, identifiers: list[str]):
    assert [m.id for m in rules().extract(text).mentions] == identifiers
