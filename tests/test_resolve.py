"""Which candidates count, how they nest, and why the others do not: the rules of annotation.md."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given

from helpers import found, ids, rules
from npextract import Document, Extractor
from npextract.languages.pipelines import Pipelines
from npextract.languages.spans import NerSpan
from npextract.reading.view import build_view
from npextract.resolve import REASONS
from strategies import messy_texts


def tree(document: Document) -> str:
    """The mentions, nested ones in brackets behind what they are in: "res:…[org:UNSC[org:UN]]"."""

    def draw(parent: int | None) -> str:
        children = [i for i, m in enumerate(document.mentions) if m.parent == parent]
        inner = " ".join(f"{document.mentions[i].id or document.mentions[i].kind}{draw(i)}" for i in children)
        return f"[{inner}]" if inner and parent is not None else inner

    return draw(None)


class Tagger:
    """A pipeline that labels words as it is told."""

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels

    def entities(self, texts: Sequence[str]) -> list[list[NerSpan]]:
        return [
            sorted(
                NerSpan(at, at + len(word), label)
                for word, label in self.labels.items()
                if (at := text.find(word)) >= 0
            )
            for text in texts
        ]


def tagged(text: str, **labels: str) -> Document:
    """A text read with a pipeline that labels these words (underscores are spaces)."""
    tagger = Tagger({word.replace("_", " "): label for word, label in labels.items()})
    pipelines = Pipelines({"en": lambda: tagger, "ru": lambda: tagger})
    return Extractor("full", pipelines=pipelines).extract(text, trace=True)


NESTED = {
    # the owning body
    "Совета Безопасности ООН": "org:UNSC[org:UN]",
    "Совета Безопасности Организации Объединенных Наций": "org:UNSC[org:UN]",
    "резолюция Совета Безопасности ООН 1540 (2004)": "res:S/RES/1540(2004)[org:UNSC[org:UN]]",
    "резолюция 1540 (2004) Совета Безопасности": "res:S/RES/1540(2004)[org:UNSC]",
    "Security Council resolution 1540 (2004)": "res:S/RES/1540(2004)[org:UNSC]",
    "General Assembly resolution 71/258": "res:A/RES/71/258[org:UNGA]",
    "the Charter of the United Nations": "treaty:UN-Charter[org:UN]",
    "Устав Организации Объединенных Наций": "treaty:UN-Charter[org:UN]",
    "the OPCW Executive Council": "org:OPCW-EC[org:OPCW]",
    "Совет управляющих МАГАТЭ": "org:IAEA-Board[org:IAEA]",
    # the resolution that a committee is named by
    "the Committee established pursuant to resolution 1540 (2004)": "org:1540-Committee[res:S/RES/1540(2004)]",
    "Комитет Совета Безопасности, учрежденный резолюцией 1540 (2004)": (
        "org:1540-Committee[org:UNSC res:S/RES/1540(2004)]"
    ),
    "the 1540 Committee": "org:1540-Committee",
    # the treaty that a protocol or amendment belongs to
    "Amendment to the Convention on the Physical Protection of Nuclear Material": (
        "treaty:CPPNM-Amendment[treaty:CPPNM]"
    ),
    # but no treaty inside the organization that it founded
    "Организация Договора о коллективной безопасности": "org:CSTO",
    "Comprehensive Nuclear-Test-Ban Treaty Organization": "org:CTBTO",
    # an abbreviation behind the name is a mention of its own
    "Treaty on the Non-Proliferation of Nuclear Weapons (NPT)": "treaty:NPT treaty:NPT",
    "Организация Договора о коллективной безопасности (ОДКБ)": "org:CSTO org:CSTO",
    # events are the treaty's, standing bodies are organizations
    "the NPT Review Conference": "treaty:NPT",
    "Conference of the States Parties to the Chemical Weapons Convention": "treaty:CWC",
    "the Conference on Disarmament": "org:CD",
    # ministries and parliaments are organizations, governments and embassies are their states
    "МИД РФ": "organization[state:RUS]",
    "Ministry of Foreign Affairs of Iran": "organization[state:IRN]",
    "Сенат США": "organization[state:USA]",
    "правительство России": "state:RUS",
    "the Government of Iran": "state:IRN",
    "the Permanent Mission of China to the United Nations": "state:CHN org:UN",
    # longer names of states hold shorter ones of others
    "Democratic Republic of the Congo": "state:COD",
    "Guinea-Bissau and Papua New Guinea": "state:GNB state:PNG",
    "Dominica and the Dominican Republic": "state:DMA state:DOM",
    "Демократическая Республика Конго": "state:COD",
    "states members of the CIS": "org:CIS",
}


@pytest.mark.parametrize(("text", "nested"), NESTED.items(), ids=ascii)
def test_what_is_nested_in_what(text: str, nested: str):
    assert tree(rules().extract(text)) == nested


@given(messy_texts())
def test_no_two_mentions_cross_and_none_is_inside_itself(text: str):
    mentions = rules().extract(text).mentions
    for i, a in enumerate(mentions):
        for b in mentions[i + 1 :]:
            apart = b.start >= a.end
            inside = b.end <= a.end
            assert apart or inside
            assert apart or a.id is None or a.id != b.id
            assert (a.start, a.end) != (b.start, b.end)


WEAK = {
    "Chad": [],
    "Jordan said so": [],
    "Tbilisi, Georgia": [],
    "CAR": [],
    "Чад": [],
    # licensed by the full name, wherever it stands
    "Republic of Chad. Later, Chad": ["state:TCD", "state:TCD"],
    "Chad is the Republic of Chad": ["state:TCD", "state:TCD"],
    "Республика Чад. В Чаде": ["state:TCD", "state:TCD"],
    "the Central African Republic (CAR)": ["state:CAF", "state:CAF"],
    "the Conference on Disarmament (CD)": ["org:CD", "org:CD"],
    # by an office, a government
    "the representative of Georgia": ["state:GEO"],
    "the Government of Chad": ["state:TCD"],
    "правительство Чада": ["state:TCD"],
    "Mr. Petrov (Georgia)": ["state:GEO"],
    # by a list of states
    "Georgia and Armenia": ["state:GEO", "state:ARM"],
    "Armenia, Georgia and Chad": ["state:ARM", "state:GEO", "state:TCD"],
    "Мали, Чад и Нигер": ["state:MLI", "state:TCD", "state:NER"],
    # by what belongs to it
    "The OPCW and its EC": ["org:OPCW", "org:OPCW-EC"],
    "The EU and its EC": ["org:EU", "org:European-Commission"],
}


@pytest.mark.parametrize(("text", "identifiers"), WEAK.items(), ids=ascii)
def test_weak_names_need_context(text: str, identifiers: list[str]):
    assert ids(text) == identifiers


@pytest.mark.parametrize("text", ["We met Jordan.\n\nIran was there.", "Он встретил Чада.\n\nИран был там."], ids=ascii)
def test_the_end_of_a_paragraph_makes_no_list(text: str):
    assert ids(text) == ["state:IRN"]


@pytest.mark.parametrize(
    "text", ["Armenia\nGeorgia\nChad", "1. Armenia\n2. Georgia\n3. Chad", "Armenia | Georgia | Chad"]
)
def test_lines_and_cells_make_a_list(text: str):
    assert ids(text) == ["state:ARM", "state:GEO", "state:TCD"]


def test_a_licensed_weak_name_is_less_sure_than_a_strong_one():
    strong, weak = rules().extract("Armenia and Georgia").mentions
    assert 0.8 < weak.score < strong.score


def test_a_place_that_the_pipeline_sees_is_a_state():
    assert [m.id for m in tagged("We flew to Georgia", Georgia="LOC").mentions] == ["state:GEO"]
    assert [m.id for m in tagged("We met Georgia", Georgia="PER").mentions] == []


ELSEWHERE = [
    "South Georgia", "South China Sea", "озеро Чад", "Lake Chad", "Mexico City", "New Mexico", "Jordan River",
    "the state of Georgia", "Peru, Indiana", "Georgia Tech", "10 PSI", "the START button", "1/2 inch NPT male",
    "CD-ROM", "Gulf of Guinea", "Indian Ocean",
]  # fmt: skip


@pytest.mark.parametrize("text", ELSEWHERE, ids=ascii)
def test_what_only_looks_like_a_name(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "He spoke in Russian.",
        "(spoke in French)",
        "in Chinese and Russian.",
        "the Chinese language",
        "the Russian version",
        "на русском языке",
        "Original: Russian",
        "Original: English/French\nThe text of it",
        "ENGLISH AND RUSSIAN ONLY",
        "Chinese/English/Russian only\nThe text",
        "the Spanish text",
    ],
)
def test_languages_are_no_states(text: str):
    assert found(text) == []


def test_a_body_s_name_that_goes_on_is_another_s():
    assert ids("The OPCW and its Open-ended Working Group on Terrorism") == ["org:OPCW"]
    assert ids("The OPCW. The Conference of the States Parties to the Arms Trade Treaty") == ["org:OPCW", "treaty:ATT"]
    assert ids("The OPCW. The Conference of the States Parties met.") == ["org:OPCW", "org:OPCW-CSP"]


@pytest.mark.parametrize("text", ["индо-российский", "Indo-Russian", "англо-американские"])
def test_a_compound_s_first_part_is_a_state_before_another_s_adjective(text: str):
    assert len(ids(text)) == 2


@pytest.mark.parametrize("text", ["индо-тихоокеанский", "Indo-Pacific", "Anglo-Saxons", "англосаксы"])
def test_a_compound_s_first_part_is_no_state_elsewhere(text: str):
    assert ids(text) == []


@pytest.mark.parametrize("text", ["translated into Chinese and Russian", "the Chinese and Russian versions"])
def test_several_languages_are_no_states(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        (
            "Вашингтонский договор 1987 года; Вашингтонский договор 1949 г.",
            ["treaty:INF", "treaty:North-Atlantic-Treaty"],
        ),
        ("the Washington Treaty of 8 December 1987", ["treaty:INF"]),
        ("the 1987 Washington Treaty and the Washington Treaty", ["treaty:INF", "treaty:North-Atlantic-Treaty"]),
        ("the Moscow Treaty (2002)", ["treaty:SORT"]),
        ("Пражский договор 2010 г. Пражский договор 2012 г.", ["treaty:New-START"]),
        ("The Moscow Treaty of 1863 is another.", []),
        ("Подписан ОСВ-1. По Соглашению 1988 г. уведомляют о пусках.", ["treaty:SALT-I"]),
        ("КБТО и КЗХО. Конвенция 1972 года слабее.", ["treaty:BTWC", "treaty:CWC", "treaty:BTWC"]),
    ],
)
def test_the_year_beside_a_treaty_says_which_it_is(text: str, identifiers: list[str]):
    assert ids(text) == identifiers


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("SALT I and SALT II followed; SALT ended", ["treaty:SALT-I", "treaty:SALT-II", "treaty:SALT-II"]),
        ("SALT II, then SALT I; SALT ended", ["treaty:SALT-II", "treaty:SALT-I", "treaty:SALT-I"]),
    ],
)
def test_of_two_readings_the_one_named_last_before(text: str, identifiers: list[str]):
    assert ids(text) == identifiers


def test_a_strong_reading_wins_over_a_weak_one_that_was_named_before():
    assert ids("The Warsaw Treaty Organization ended. The WTO met.") == ["org:WTO-Warsaw", "org:WTO"]


def test_what_cannot_be_decided_has_no_identifier():
    first = rules().extract("SALT preceded SALT I and SALT II.").mentions[0]
    assert (first.id, first.candidates, first.flags) == (None, ("treaty:SALT-I", "treaty:SALT-II"), ("ambiguous",))
    assert (first.cluster, first.name) == (None, None)


DROPPED = [
    ("South Georgia", "Georgia", "decoy"),
    ("the United Nations Security Council of Europe", "Council of Europe", "overlap"),
    ("resolution S/RES/1540 (2004)", "S/RES/1540 (2004)", "same-entity"),
    ("Организация Договора о коллективной безопасности", "Договора о коллективной безопасности", "not-nested"),
    ("G77 and China", "G77 and China", "duplicate"),
    ("Chad", "Chad", "weak"),
    ("He spoke in Russian.", "Russian", "language"),
    ("В книге «Иран и бомба» говорится о том же.", "Иран", "title"),
    ("10 PSI", "PSI", "elsewhere"),
    ("Peru, Indiana", "Peru", "elsewhere"),
    ("SALT preceded SALT I and SALT II.", "SALT", "ambiguous"),
    ("The Wassenaar Arrangement (hereinafter NSG) met.", "NSG", "defined"),
    ("La délégation de l'Iran a pris la parole pour les États parties.", "Iran", "unsupported-language"),
]


@pytest.mark.parametrize(("text", "words", "reason"), DROPPED, ids=lambda value: ascii(value)[:40])
def test_what_is_dropped_has_its_reason(text: str, words: str, reason: str):
    dropped = rules().extract(text, trace=True).dropped
    assert (words, reason) in {(d.text, d.reason) for d in dropped}


def test_a_person_of_that_name():
    document = tagged("Then Chad Mali rose", Chad_Mali="PER")
    assert ("Chad", "person") in {(d.text, d.reason) for d in document.dropped}


def test_every_reason_has_an_example():
    shown = {reason for _, _, reason in DROPPED} | {"person"}
    assert shown == set(REASONS)


@given(messy_texts())
def test_nothing_is_dropped_without_a_known_reason(text: str):
    document = rules().extract(text, trace=True)
    for dropped in document.dropped:
        assert dropped.reason in REASONS
        assert text[dropped.start : dropped.end] == dropped.text


@given(messy_texts())
def test_nothing_found_is_lost(text: str):
    """Each candidate of the finders is a mention, or was dropped with a reason."""
    document = rules().extract(text, trace=True)
    view = build_view(text)
    seen = {(m.start, m.end) for m in document.mentions} | {(d.start, d.end) for d in document.dropped}
    for finder in rules()._finders:
        for candidate in finder(view):
            if candidate.kind != "none":
                assert view.offsets.span_to_source(candidate.start, candidate.end) in seen


def test_nothing_dropped_is_kept_without_a_trace():
    assert rules().extract("South Georgia").dropped == ()


@pytest.mark.parametrize(
    ("text", "weak"),
    [
        ("The E3 wrote to the Council about Iran.", "org:E3"),
        ("Russia ended New START after INF was gone.", "treaty:INF"),
        ("The INF Treaty and Open Skies are history.", "treaty:Open-Skies"),
        ("ДРСМД прекращен. РСМД больше нет.", "treaty:INF"),
    ],
)
def test_a_related_entity_speaks_for_a_weak_name(text: str, weak: str):
    assert weak in ids(text)


@pytest.mark.parametrize("text", ["See table E3 of the annex.", "Low clouds, open skies over Malta.", "The INF fund."])
def test_nothing_speaks_for_a_weak_name(text: str):
    assert not {"org:E3", "treaty:INF", "treaty:Open-Skies"} & set(ids(text))


def test_a_kind_of_context_that_the_name_needs():
    listed = rules().extract("Japan, Korea and the United States agreed.")
    assert [m.id for m in listed.mentions] == ["state:JPN", "state:KOR", "state:USA"]
    assert [m.id for m in rules().extract("The Republic of Korea spoke of peace in Korea.").mentions] == ["state:KOR"]


CONGO = {
    "Angola, Congo and Gabon.": ["state:AGO", "state:COG", "state:GAB"],
    "The Democratic Republic of the Congo, Congo and Gabon.": ["state:COD", "state:COG", "state:GAB"],
    "The Democratic Republic of the Congo fights in eastern Congo.": ["state:COD", "state:COD"],
    "The Republic of the Congo is at peace. Northern Congo is calm.": ["state:COG", "state:COG"],
    "Демократическая Республика Конго. На востоке Конго идут бои.": ["state:COD", "state:COD"],
    "Мы видели Конго.": [],
}


@pytest.mark.parametrize(("text", "identifiers"), CONGO.items(), ids=ascii)
def test_the_stronger_context_decides(text: str, identifiers: list[str]):
    assert [m.id for m in rules().extract(text).mentions] == identifiers


def test_the_document_s_date_decides_between_names():
    undated, early, late = (
        rules().extract("SALT preceded SALT I and SALT II.", date=day).mentions[0] for day in (None, "1975", "1990")
    )
    assert (undated.id, undated.candidates) == (None, ("treaty:SALT-I", "treaty:SALT-II"))
    assert early.id == "treaty:SALT-I"
    assert late.id is None
    spoken = "The Warsaw Treaty Organization met. The WTO was strong."
    assert [rules().extract(spoken, date=day).mentions[-1].id for day in ("1980", "2005")] == [
        "org:WTO-Warsaw",
        "org:WTO",
    ]


def test_what_is_no_date_is_an_error():
    with pytest.raises(ValueError, match="is no date"):
        rules().extract("The Moscow Treaty.", date="once")
