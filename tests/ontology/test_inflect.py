"""Declensions written by hand against those that the dictionary makes."""

from __future__ import annotations

import pytest

from helpers import found
from npextract.ontology.doubts import reason_to_doubt
from npextract.ontology.inflect import compound_stem, inflect_adjective, inflect_people, inflect_phrase
from npextract.ontology.sources import AliasSource

# Genitive, dative, accusative, instrumental, prepositional.
DECLENSIONS = {
    "Иран": "Ирана Ирану Иран Ираном Иране",
    "Финляндия": "Финляндии Финляндии Финляндию Финляндией Финляндии",
    "Беларусь": "Беларуси Беларуси Беларусь Беларусью Беларуси",
    "Нидерланды": "Нидерландов Нидерландам Нидерланды Нидерландами Нидерландах",
    "Российская Федерация": (
        "Российской_Федерации Российской_Федерации Российскую_Федерацию Российской_Федерацией Российской_Федерации"
    ),
    "Южная Африка": "Южной_Африки Южной_Африке Южную_Африку Южной_Африкой Южной_Африке",
    "Соединенные Штаты Америки": (
        "Соединённых_Штатов_Америки Соединённым_Штатам_Америки Соединённые_Штаты_Америки"
        " Соединёнными_Штатами_Америки Соединённых_Штатах_Америки"
    ),
    "Иран (Исламская Республика)": (
        "Ирана_(Исламской_Республики) Ирану_(Исламской_Республике) Иран_(Исламскую_Республику)"
        " Ираном_(Исламской_Республикой) Иране_(Исламской_Республике)"
    ),
    "Святой Престол": "Святого_Престола Святому_Престолу Святой_Престол Святым_Престолом Святом_Престоле",
    "Совет Безопасности": (
        "Совета_Безопасности Совету_Безопасности Совет_Безопасности Советом_Безопасности Совете_Безопасности"
    ),
    "Шанхайская организация сотрудничества": (
        "Шанхайской_организации_сотрудничества Шанхайской_организации_сотрудничества"
        " Шанхайскую_организацию_сотрудничества Шанхайской_организацией_сотрудничества"
        " Шанхайской_организации_сотрудничества"
    ),
    "Договор о нераспространении ядерного оружия": (
        "Договора_о_нераспространении_ядерного_оружия Договору_о_нераспространении_ядерного_оружия"
        " Договор_о_нераспространении_ядерного_оружия Договором_о_нераспространении_ядерного_оружия"
        " Договоре_о_нераспространении_ядерного_оружия"
    ),
    "Большая семерка": "Большой_семёрки Большой_семёрке Большую_семёрку Большой_семёркой",
    "Гвинея-Бисау": "Гвинеи-Бисау Гвинее-Бисау Гвинею-Бисау Гвинеей-Бисау Гвинее-Бисау",
}
# What follows the head agrees with it, or may.
PARTICIPLE = "Комитет, учрежденный резолюцией 1540 (2004)"
APPOSITION = "Республика Корея"


@pytest.mark.parametrize(("name", "cases"), DECLENSIONS.items(), ids=ascii)
def test_declensions(name: str, cases: str):
    expected = {name, *(form.replace("_", " ") for form in cases.split())}
    assert set(inflect_phrase(name)) == expected


@pytest.mark.parametrize("name", ["Чили", "Вануату", "Лесото", "Сьерра-Леоне", "Буркина-Фасо", "СНВ-3", "CTBT", "и"])
def test_what_has_no_cases_stays(name: str):
    assert inflect_phrase(name) == [name]


def test_a_participle_behind_the_head_agrees():
    forms = inflect_phrase(PARTICIPLE)
    assert "Комитета, учреждённого резолюцией 1540 (2004)" in forms
    assert "Комитетом, учреждённым резолюцией 1540 (2004)" in forms
    assert all("резолюцией 1540 (2004)" in form for form in forms)


def test_a_superlative_keeps_its_stem():
    assert inflect_phrase("Высший совет") == [
        "Высший совет",
        "Высшего совета",
        "Высшему совету",
        "Высшим советом",
        "Высшем совете",
    ]
    assert "Старшего советника" in inflect_phrase("Старший советник")


def test_a_number_before_a_name_stays():
    assert inflect_phrase("III Женевская конвенция") == [
        "III Женевская конвенция", "III Женевской конвенции", "III Женевскую конвенцию", "III Женевской конвенцией",
    ]  # fmt: skip


DOUBTFUL = {
    "Договор об Антарктике": None,
    "Республика Конго": None,
    "Эсватини": None,
    "Сербия и Черногория": "second-head",
    "Экономический и Социальный Совет": None,
    "Центр энергетики и безопасности": None,
    "Международная кампания": "several-readings",
    "Ростехнадзор": "unknown-word",
    "ГПЭ по космосу": "stays",
}


@pytest.mark.parametrize(("name", "reason"), DOUBTFUL.items(), ids=ascii)
def test_forms_that_may_be_wrong(name: str, reason: str | None):
    assert reason_to_doubt(AliasSource(name, "ru", "alias")) == reason


def test_what_is_not_inflected_is_not_in_doubt():
    assert reason_to_doubt(AliasSource("Ростехнадзор", "ru", "alias", forms=("Ростехнадзора",))) is None
    assert reason_to_doubt(AliasSource("НАТО", "ru", "short")) is None
    assert reason_to_doubt(AliasSource("Treaty", "en", "alias")) is None


def test_a_name_behind_a_title_may_agree():
    assert set(inflect_phrase(APPOSITION)) >= {
        "Республики Корея",
        "Республики Кореи",
        "Республикой Корея",
        "Республикой Кореей",
    }


def test_the_name_itself_comes_first_and_capitals_stay():
    for name in (*DECLENSIONS, PARTICIPLE, APPOSITION):
        first, *others = inflect_phrase(name)
        assert first == name
        assert all(form[0].isupper() for form in others)
        assert len(set(others)) == len(others)


@pytest.mark.parametrize(
    ("adjective", "forms", "stem"),
    [
        ("российский", "российская российское российские российского российской российскую российским", "российско"),
        ("немецкий", "немецкая немецкого немецкие", "немецко"),
        ("китайский", "китайскому китайскими", "китайско"),
    ],
    ids=ascii,
)
def test_adjectives(adjective: str, forms: str, stem: str):
    assert set(inflect_adjective(adjective)) > set(forms.split())
    assert compound_stem(adjective) == stem


def test_what_is_no_adjective():
    assert inflect_adjective("хинди") == ["хинди"]
    assert compound_stem("узбек") is None


@pytest.mark.parametrize(
    ("person", "forms"),
    [
        ("россиянин", "россиянина россиянином россияне россиян россиянами"),
        ("немец", "немца немцем немцы немцев"),
        ("турок", "турка турки туркам"),
    ],
    ids=ascii,
)
def test_peoples(person: str, forms: str):
    assert set(inflect_people(person)) > set(forms.split())


@pytest.mark.parametrize(
    ("form", "identifier"),
    [
        ("Боснией и Герцеговиной", "state:BIH"),
        ("Папуа — Новой Гвинеи", "state:PNG"),
        ("Папуа-Новой Гвинее", "state:PNG"),
        ("Брунея-Даруссалама", "state:BRN"),
        ("Антигуа и Барбуды", "state:ATG"),
        ("Сент-Винсента и Гренадин", "state:VCT"),
        ("Сан-Томе и Принсипи", "state:STP"),
        ("Тринидадом и Тобаго", "state:TTO"),
        ("Кот-д'Ивуаре", "state:CIV"),
        ("Гвинеей-Бисау", "state:GNB"),
        ("Коморских Островов", "state:COM"),
        ("Сент-Китса и Невиса", "state:KNA"),
        ("Тимора-Лешти", "state:TLS"),
        ("Латвийской Республикой", "state:LVA"),
        ("Северной Македонией", "state:MKD"),
        ("Объединенной Республикой Танзанией", "state:TZA"),
        ("Объединенной Республики Танзания", "state:TZA"),
        ("Боливии (Многонационального Государства)", "state:BOL"),
        ("Союзом Советских Социалистических Республик", "state:SUN"),
        ("Чехословакией", "state:CSK"),
        ("Югославии", "state:YUG"),
    ],
    ids=ascii,
)
def test_forms_that_are_hard_to_make(form: str, identifier: str):
    assert (form, identifier) in found(f"заявление {form} и других государств")
