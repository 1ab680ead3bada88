from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npextract.corpus.heading import find_metadata
from npextract.corpus.heading.dates import as_date
from npextract.reading.source import Metadata, SourceText

PROSE = "The Security Council recalled its resolution 1540 (2004) of 28 April 2004 and document S/2015/543. " * 9


def metadata(text: str, format: str = "text", **declared: str) -> Metadata:
    return find_metadata(SourceText(text, format, Metadata(**declared)), "a.txt")


HEADS = {
    "United Nations\nS/RES/1540 (2004)\nSecurity Council\nDistr.: General\n28 April 2004\n\nResolution 1540 (2004)\n\n"
    "Adopted by the Security Council at its 4956th meeting, on\n28 April 2004\n\nThe Security Council,": (
        "S/RES/1540(2004)", "2004-04-28", "Resolution 1540 (2004)",
    ),
    "Организация Объединенных Наций | S/RES/1540 (2004)\n\nСовет Безопасности | Distr.: General\n28 April 2004\n\n"
    "Резолюция 1540 (2004),\nпринятая Советом Безопасности на его 4956-м заседании 28 апреля 2004 года\n\n"
    "Совет Безопасности,": ("S/RES/1540(2004)", "2004-04-28", "Резолюция 1540 (2004)"),
    "Резолюция 2118 (2013)\n\nПринята Советом Безопасности на его 7038-м заседании 27 сентября 2013 года\n\n"
    "Совет Безопасности,": ("S/RES/2118(2013)", "2013-09-27", "Резолюция 2118 (2013)"),
    "United Nations\nA/RES/71/258\nGeneral Assembly\nDistr.: General\n11 January 2017\nSeventy-first session\n"
    "Agenda item 98 (kk)\n\nResolution adopted by the General Assembly on 23 December 2016\n\n"
    "71/258. Taking forward negotiations": ("A/RES/71/258", "2016-12-23", "71/258. Taking forward negotiations"),
    "Resolution adopted by the General Assembly on 23 December 2016\n[on the report of the First Committee]\n\n"
    "71/258. Taking forward negotiations\n\nThe General Assembly,": ("A/RES/71/258", "2016-12-23", ...),
    "United Nations\n\nA/51/120\n\nGeneral Assembly\n\nDistr. GENERAL\n\n22 April 1996\n\nORIGINAL:\nENGLISH\n\n"
    "Letter dated 19 April 1996 from the Permanent Representative\nof Ruritania": ("A/51/120", "1996-04-22", ...),
    "UNITED\nNATIONS\nA\n\nGeneral Assembly\nDistr.\nGENERAL\nA/C.4/64/SR.22\n1 February 2010\n\nSummary record of the "
    "22nd meeting\nHeld at Headquarters, New York, on Tuesday, 3 November 2009, at 3 p.m.": (
        "A/C.4/64/SR.22", "2009-11-03", ...,
    ),
    "S/PV.8053\nSecurity Council\nSeventy-second year\n8053rd meeting\nMonday, 25 September 2017, 10 a.m.\nNew York\n\n"
    "The President: I give the floor to Mr. Smith.": ("S/PV.8053", "2017-09-25", None),
    "S/PV.8053\nСовет Безопасности\n8053-е заседание\nПонедельник, 25 сентября 2017 года, 10 ч 00 мин\nНью-Йорк\n\n"
    "Председатель: Слово имеет г-н Иванов.": ("S/PV.8053", "2017-09-25", None),
    "NPT/CONF.2020/WP.5\nDistr.: General\n12 March 2020\nOriginal: Russian\n\nWorking paper submitted by Ruritania": (
        "NPT/CONF.2020/WP.5", "2020-03-12", "Working paper submitted by Ruritania",
    ),
    "NPT/CONF.2020/1 Preparatory Committee for the 2020 Review Conference Distr.: General 20 May 2019 Original: English"
    " 19-08178 (E)": ("NPT/CONF.2020/1", "2019-05-20", ...),
    "Working paper submitted by Ruritania\n\nNPT/CONF.2000/PC.III/6 13 May 1999\n\n" + PROSE: (
        "NPT/CONF.2000/PC.III/6", "1999-05-13", "Working paper submitted by Ruritania",
    ),
    "A/75/1–S/2020/5\n\n" + PROSE: ("A/75/1", None, None),
    "INFCIRC/153\nJune 1972\n\nThe Structure and Content of Agreements": ("INFCIRC/153", "1972-06", ...),
    "GA/DIS/3751\n\nFirst Committee Approves Nine Drafts\n\n16 November 2020\n\n" + PROSE: (
        "GA/DIS/3751", "2020-11-16", "First Committee Approves Nine Drafts",
    ),
    "At the 8001st meeting of the Security Council, held on 13 July 2017, in connection with the item": (
        None, "2017-07-13", ...,
    ),
    "Заявление МИД России\n\nМосква, 5 марта 2021 г.\n\n" + PROSE: (None, "2021-03-05", "Заявление МИД России"),
    "Заявление МИД России от 5 марта 2021 г.\n\n" + PROSE: (None, "2021-03-05", ...),
    "Statement by H.E. Ms. Jane Doe, Vienna, 5 March 2021\n\n" + PROSE: (None, "2021-03-05", ...),
    "VIENNA, March 5, 2021 (Agency) — The IAEA said. " + PROSE: (None, "2021-03-05", None),
    "Пресс-релиз\n12.03.2022\n\n" + PROSE: (None, "2022-03-12", ...),
    "Published: 12 Sept. 2022, 14:30\n\n" + PROSE: (None, "2022-09-12", None),
    "От: М. Ковалева\nДата: 17 сент. 2024, 15:40\nТема: К семинару\n\n" + PROSE: (None, "2024-09-17", "К семинару"),
    "1540 Committee: programme of work\n\nThe Committee will meet.": (None, None, "1540 Committee: programme of work"),
    "2020 Review Conference:\nwhat comes next\n\n11 November 2021\n\n" + PROSE: (
        None, "2021-11-11", "2020 Review Conference: what comes next",
    ),
    # letterheads
    "United Nations A/RES/75/40\nGeneral Assembly Distr.: General\n15 December 2020\n\nSeventy-fifth session\n"
    "Agenda item 103\n\nResolution adopted by the General Assembly on 7 December 2020\n\n"
    "[on the report of the First Committee (A/75/399, para. 76)]\n\n75/40. Nuclear disarmament\n\nThe Assembly,": (
        "A/RES/75/40", "2020-12-07", "75/40. Nuclear disarmament",
    ),
    "A/RES/75/40\n\nРезолюция, принятая Генеральной Ассамблеей 7 декабря 2020 года\n\n"
    "[по докладу Первого комитета (A/75/399, пункт 76)]\n\n75/40. Ядерное разоружение\n\nГенеральная Ассамблея,": (
        "A/RES/75/40", "2020-12-07", "75/40. Ядерное разоружение",
    ),
    "United Nations S/PV.8962\nSecurity Council\nSeventy-sixth year\n\n8962nd meeting\nThursday, 20 January 2022, "
    "10 a.m.\nNew York\n\nProvisional\n\nPresident: Mrs. Doe (Ruritania)\n\nMembers: China Mr. Smith\n": (
        "S/PV.8962", "2022-01-20", None,
    ),
    "S/PV.8962\n\nПредседатель: г-жа Доу (Руритания)\n\nЧлены: Китай г-н Смит": ("S/PV.8962", None, None),
    "GOV/2021/10\n23 February 2021\n\nRestricted Distribution\nOriginal: English\n\nVerification in Ruritania\n\n"
    "Report by the Director General": ("GOV/2021/10", "2021-02-23", "Verification in Ruritania"),
    "INFCIRC/153 (Corrected)\n\nJune 1972\n\nGENERAL Distr.\nOriginal: ENGLISH\n\nThe Structure of Agreements": (
        "INFCIRC/153", "1972-06", "The Structure of Agreements",
    ),
    "INFCIRC/153 (Исправлено)\n\nИюнь 1972 года\n\nСтруктура соглашений": (
        "INFCIRC/153", "1972-06", "Структура соглашений",
    ),
    "19 марта 2024 17:30\n\nО встрече Министра с послом Руритании\n\n" + PROSE: (
        None, "2024-03-19", "О встрече Министра с послом Руритании",
    ),
    "Москва, 19 марта 2024 г.\n\nО встрече Министра с послом Руритании\n\n" + PROSE: (
        None, "2024-03-19", "О встрече Министра с послом Руритании",
    ),
    "Agreement between Ruritania and Iran\n\n(Tehran, 25 August 1992)\n\n" + PROSE: (None, "1992-08-25", ...),
    "СОГЛАШЕНИЕ\nмежду Руританией и Ираном\n\n(Тегеран, 25 августа 1992 года)\n\n" + PROSE: (
        None, "1992-08-25", "СОГЛАШЕНИЕ между Руританией и Ираном",
    ),
    "COUNCIL REGULATION (EU) No 267/2012\n\nof 23 March 2012\n\nconcerning restrictive measures\n\n" + PROSE: (
        None, "2012-03-23", "COUNCIL REGULATION (EU) No 267/2012",
    ),
    "NPT/CONF.2020/WP.5\n\n2020 Review Conference of the Parties to the Treaty on the\nNon-Proliferation of Nuclear "
    "Weapons\n\n11 November 2021\n\nOriginal: English\n\nNew York, 4–28 January 2022\n\nNuclear disarmament": (
        "NPT/CONF.2020/WP.5", "2021-11-11", "Nuclear disarmament",
    ),
    "Munich Agreement, 30 September 1938\n\n" + PROSE: (None, "1938-09-30", "Munich Agreement, 30 September 1938"),
    "Заявление, 5 марта 2021 года\n\n" + PROSE: (None, "2021-03-05", "Заявление, 5 марта 2021 года"),
    # tables
    "Date | 5 March 2021\n\nPlace | Vienna\n\n" + PROSE: (None, "2021-03-05", ...),
    "States\n\nAustria | 1 July 1968\n\nIran | 2 February 1970\n\nEgypt | 3 March 1981": (None, None, "States"),
    "States\n\nAustria\t01.07.1968\nIran\t02.02.1970\nEgypt\t03.03.1981\n\n1 May 2020": (None, "2020-05-01", ...),
    PROSE * 5 + "\n\nAustria | 1 July 1968\n\nIran | 2 February 1970": (None, None, ...),
    "# A heading\n\nText of 5 March 2021.": (None, None, "A heading"),
    PROSE + "\n\nMoscow, 5 March 2021": (None, "2021-03-05", None),
    # nothing is said
    PROSE: (None, None, None),
    "The Security Council,\n\nRecalling its resolution 1540 (2004) of 28 April 2004 (S/RES/1540 (2004)),": (None,) * 3,
    "Резолюция Совета Безопасности 1540 была принята 28 апреля 2004 года.\n\nОна важна.": (None, None, ...),
    "Report on the Treaty signed on 1 July 1968\n\nThe Treaty of 1 July 1968 is important.": (None, None, ...),
    "Mr. President,\n\nOn 5 March 2021 we met.": (None, None, None),
    "31.02.2021\n\n" + PROSE: (None, None, None),
    "": (None, None, None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "known"), HEADS.items(), ids=range(len(HEADS)))
def test_a_head_says_what_the_document_is(text: str, known: tuple[object, ...]):
    found = metadata(text)
    for value, expected in zip((found.symbol, found.date, found.title), known, strict=True):
        assert expected is ... or value == expected


def test_a_running_head_names_the_symbol():
    text = f"{PROSE * 5}\n\nS/2020/1\n\n20-12345"
    assert metadata(text, "docx").symbol == "S/2020/1"
    assert metadata(text, "text").symbol is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("S/RES/1540 (2004)\n\nRecalling", "2004-04-28"),
        ("S/RES/1540 (2004)\nprinted\n5 March 2021\n\nRecalling", "2004-04-28"),
        ("S/RES/255 (1968)\n\nRecalling", "1968"),
    ],
)
def test_a_resolution_is_of_the_day_of_its_adoption(text: str, date: str):
    assert metadata(text).date == date


def test_the_head_wins_over_the_file_but_for_titles():
    text = "S/2020/1\n\nA heading\n\n5 March 2021\n\n" + PROSE
    found = metadata(text, "epub", title="Declared", date="2022-01-01", symbol="S/2020/2", lang="en")
    assert found == Metadata("Declared", "2021-03-05", "en", "S/2020/1")
    assert metadata(PROSE, "epub", date="2022-01-01").date == "2022-01-01"


@pytest.mark.parametrize(
    ("text", "declared", "date"),
    [
        ("Понедельник, 10 июня 2024\n\nЗаявление\n\nОпубликовано: 19.03.2024", "2024-03-19", "2024-03-19"),
        ("10 June 2024\n\nA heading", "2024-03-19", "2024-03-19"),
        ("10 June 2024\n\nA heading", "2024", "2024-06-10"),
        ("10 June 2024\n\nA heading", "2024-03-99", "2024-06-10"),
        ("S/2020/1\nDistr.: General\n5 March 2020\n\nA heading", "2024-03-19", "2020-03-05"),
        ("Monday, 10 June 2024\n\nStatement by Ruritania, Vienna, 5 March 2021", "2024-03-19", "2021-03-05"),
        ("Resolution 1540 (2004)\n\nMonday, 10 June 2024", "2024-03-19", "2004-04-28"),
    ],
)
def test_a_page_is_of_the_day_it_was_published_not_that_of_its_masthead(text: str, declared: str, date: str):
    assert metadata(f"{text}\n\n{PROSE}", "html", date=declared).date == date


def test_records_and_mail_win_over_their_texts():
    text = "S/2020/1\n\nA heading\n\n5 March 2021\n\n" + PROSE
    assert metadata(text, "records", date="2022", symbol="S/2020/2") == Metadata("A heading", "2022", None, "S/2020/2")
    assert metadata(text, "mail", date="2022-01-01").date == "2022-01-01"


@pytest.mark.parametrize(
    ("declared", "date"),
    [
        ("1995-06-01", "1995-06-01"), ("1995-06", "1995-06"), ("1995", "1995"), ("1995-06-01T10:00:00Z", "1995-06-01"),
        ("5 March 2021", "2021-03-05"), ("5 марта 2021 г.", "2021-03-05"), ("1995-13", None), ("1995-02-30", None),
        ("yesterday", None), ("", None), (None, None), ("19950601", None), ("1995-06-01 9:30", "1995-06-01"),
        ("2020 Review Conference", None), ("1540 Committee", None), ("2020-06 Report", None), ("1995-06-01 Vote", None),
    ],
)  # fmt: skip
def test_declared_dates_that_are_none_are_dropped(declared: str | None, date: str | None):
    assert as_date(declared) == date


HOSTILE = [
    "A/", "1 ", "Distr. ", "5 March 2021 ", "S/RES/", "Adopted by ", "a\n", "Letter ", "г. Москва, ", "( ", "\u0301",
    "# ",
]  # fmt: skip
_ALSO = ["\n\n", " | ", "28 апреля 2004 года", "S/2020/1", "Резолюция 1540 (2004)", "x" * 300]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_heads_take_no_time(piece: str):
    begun = time.perf_counter()
    metadata(piece * 100_000, "docx")
    assert time.perf_counter() - begun < 1


@given(st.lists(st.sampled_from([*HOSTILE, *_ALSO])))
def test_what_is_found_is_always_a_date(pieces: list[str]):
    date = metadata("".join(pieces), "docx").date
    assert date is None or as_date(date) == date
