"""Class nouns that point back to a name: "the Committee", "данной резолюции". What they mean, and what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import rules
from npextract import Mention
from npextract.discourse.anaphora import RULE_DEFAULT, RULE_DEFINED, RULE_NEAREST, class_of
from pictures import assert_picture


def anaphors(text: str) -> list[Mention]:
    return [m for m in rules().extract(text).mentions if m.form == "anaphor"]


def meant(text: str) -> list[tuple[str, str | None]]:
    """The anaphors of a text as (words, identifier)."""
    return [(m.text, m.id) for m in anaphors(text)]


PICTURES = """
The NPT and the CTBT followed the IAEA. The Treaty is not in force, said the Agency.
    ╰── treaty:NPT
                ╰─── treaty:CTBT
                                  ╰─── org:IAEA
                                            ╰───── treaty:CTBT anaphor
                                                                             ╰───── org:IAEA anaphor

Стороны ДНЯО и КХО обратились в МАГАТЭ. Агентство ответило. В Конвенции и Договоре, однако, это есть.
        ╰─── treaty:NPT
               ╰── treaty:CWC
                                ╰───── org:IAEA
                                        ╰──────── org:IAEA anaphor
                                                              ╰──────── treaty:CWC anaphor
                                                                          ╰─────── treaty:NPT anaphor

Recalling resolution 1540 (2004), they said that the resolution and that resolution stand.
          ╰───────────────────── res:S/RES/1540(2004)
                                                     ╰───────── res:S/RES/1540(2004) anaphor
                                                                         ╰───────── res:S/RES/1540(2004) anaphor

Резолюция 1540 (2004) принята. Положения данной резолюции обязательны, и этот комитет ни при чем.
╰──────────────────── res:S/RES/1540(2004)
                                                ╰──────── res:S/RES/1540(2004) anaphor

Комитет 1540 («Комитет») и Комитет 1267 встретились. Комитет доложил.
╰─────────── org:1540-Committee
               ╰────── org:1540-Committee anaphor
                           ╰─────────── org:1267-Committee
                                                     ╰────── org:1540-Committee anaphor

The IAEA (hereinafter 'the Agency') met Iran. The Agency's inspectors went on.
    ╰─── org:IAEA
                           ╰───── org:IAEA anaphor
                                        ╰─── state:IRN
                                                  ╰───── org:IAEA anaphor

The UN met. The Council, the Assembly and the Secretariat honour the Charter.
    ╰─ org:UN
                ╰────── org:UNSC anaphor
                             ╰─────── org:UNGA anaphor
                                              ╰────────── org:UN-Secretariat anaphor
                                                                     ╰────── treaty:UN-Charter anaphor

Резолюция 1540 (2004) принята. Совет вновь заявил об этом; Ассамблея – нет; Устав не менялся.
╰──────────────────── res:S/RES/1540(2004)
                               ╰──── org:UNSC anaphor
                                                           ╰──────── org:UNGA anaphor
                                                                            ╰──── treaty:UN-Charter anaphor

The European Council met. It recalled Council resolution 1718 (2006) and Assembly resolution 60/1.
    ╰─────────────── org:European-Council
                                      ╰───────────────────────────── res:S/RES/1718(2006)
                                      ╰────── org:UNSC anaphor
                                                                         ╰─────────────────────── res:A/RES/60/1
                                                                         ╰─────── org:UNGA anaphor

Совет Безопасности принял резолюцию 687 (1991). Резолюция 687 (1991) Совета, однако, не о том.
╰───────────────── org:UNSC
                          ╰─────────────────── res:S/RES/687(1991)
                                                ╰────────────────────────── res:S/RES/687(1991)
                                                                     ╰───── org:UNSC anaphor
"""


@pytest.mark.parametrize("picture", PICTURES.strip("\n").split("\n\n"), ids=lambda picture: ascii(picture)[1:40])
def test_a_sentence(picture: str):
    assert_picture(picture.partition("\n")[0], picture)


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("The OPCW met. The Organization approved it.", ["org:OPCW"]),
        ("The International Court of Justice ruled. The Court was brief.", ["org:ICJ"]),
        ("The 1540 Committee met. The 1267 Committee did not. The Committee reported.", ["org:1267-Committee"]),
        ("The 1540 Committee met. The Committee and the said Committee reported.", ["org:1540-Committee"] * 2),
        ("The Panel of Experts established pursuant to resolution 1874 (2009) met. The Panel", ["org:1874-Panel"]),
        ("The Rome Statute says so. That Statute is known.", ["treaty:Rome-Statute"]),
        ("СНГ собралось. Содружество решило.", ["org:CIS"]),
        ("Комитет 1540 заседал. Комитет регулярно получает доклады.", ["org:1540-Committee"]),
        ("Комитет 1540 заседал. Комитет НАТО получает доклады.", []),
        ("Комиссия по разоружению собралась. В Комиссии говорили все.", ["org:UNDC"]),
        ("ДНЯО бессрочен. Статья VI Договора гласит.", ["treaty:NPT"]),
        ("Принята резолюция 1540 (2004). Той же резолюцией учрежден комитет.", ["res:S/RES/1540(2004)"]),
        ("Принята резолюция 1540 (2004). В резолюции говорится так.", ["res:S/RES/1540(2004)"]),
    ],
    ids=ascii,
)  # fmt: skip
def test_the_nearest_name_of_the_class(text: str, identifiers: list[str]):
    assert [m.id for m in anaphors(text)] == identifiers


@pytest.mark.parametrize(
    "definition",
    [
        "(«Комитет»)",
        "(далее – Комитет)",
        "(далее — «Комитет»)",
        "(Комитет)",
        "(далее именуемый «Комитет»)",
    ],
)
def test_a_russian_definition(definition: str):
    text = f"Комитет, учрежденный резолюцией 1540 (2004) {definition}, собрался. Комитет 1267 – нет. Комитет доложил."
    assert [m.id for m in anaphors(text)] == ["org:1540-Committee"] * 2
    assert {(m.rule, m.score) for m in anaphors(text)} == {(RULE_DEFINED, 0.95)}


@pytest.mark.parametrize(
    "definition",
    [
        "(hereinafter 'the Agency')",
        '(hereinafter referred to as "the Agency")',
        "(“the Agency”)",
        "(the Agency)",
        "(IAEA, henceforth the Agency)",
        "(the “Agency”)",
    ],
    ids=ascii,
)
def test_an_english_definition(definition: str):
    text = f"The International Atomic Energy Agency {definition} met. The Agency reported."
    assert [(m.text, m.id, m.rule) for m in anaphors(text)] == [("Agency", "org:IAEA", RULE_DEFINED)] * 2


def test_the_rule_and_how_sure_it_is():
    nearest, default = anaphors("The IAEA and the United Nations met. The Agency spoke first, the Assembly last.")
    assert (nearest.rule, nearest.score) == (RULE_NEAREST, 0.8)
    assert (default.rule, default.score) == (RULE_DEFAULT, 0.9)
    assert (nearest.name, nearest.flags, nearest.role, nearest.parent) == (
        {"en": "International Atomic Energy Agency", "ru": "Международное агентство по атомной энергии"},
        (),
        None,
        None,
    )


# Principal organs.


def test_only_texts_of_the_united_nations_have_principal_organs():
    assert meant("The Council met, and so did the Assembly. The Charter is old.") == []
    assert meant("Россия заявила протест. Совет собрался. Устав старый.") == []


def test_a_rival_that_is_named_puts_an_organ_in_doubt():
    assert meant("The United Nations and the European Union met. The Council decided.") == []
    assert meant("The United Nations and the OPCW met. The Secretariat reported.") == []
    assert meant("ООН и ОБСЕ встретились. Секретариат доложил. Устав не изменился.") == [("Устав", "treaty:UN-Charter")]


def test_every_rival_in_the_table_is_one(onto):
    for row in onto.tables["anaphora"]["classes"]:
        sentence = f"The United Nations met. The {row['en']} decided."
        if "default" in row:
            assert [m.id for m in anaphors(sentence) if m.rule == RULE_DEFAULT] in ([row["default"]], [])
        for rival in row.get("rivals", ()):
            name = onto[rival].name("en")
            assert [m for m in anaphors(f"{name}. {sentence}") if m.rule == RULE_DEFAULT] == [], name


def test_an_organ_that_is_named_goes_before_the_principal_one():
    assert meant("The United Nations and the Council of Europe met. The Council decided.") == [("Council", "org:CoE")]


# What points back to nothing.


def test_a_name_that_is_not_known_stands_nearer():
    text = "The International Court of Justice ruled. The Constitutional Court of the Russian Federation met. The Court"
    assert meant(f"{text} is silent.") == []
    assert meant("The International Court of Justice ruled. The Court is silent.") == [("Court", "org:ICJ")]


def test_a_noun_of_two_classes_that_are_both_named():
    suppliers = "Группа ядерных поставщиков"
    monitoring = "Группа по аналитической поддержке и наблюдению за санкциями"
    assert meant(f"{suppliers} собралась. Группа доложила.") == [("Группа", "org:NSG")]
    assert meant(f"{monitoring} собралась. Группа доложила.") == [("Группа", "org:Monitoring-Team")]
    assert meant(f"{suppliers} и {monitoring} собрались. Группа доложила.") == []


@pytest.mark.parametrize(
    "text",
    [
        # nothing was named
        "The Committee met. The Treaty is in force.",
        "Комитет собрался. Договор в силе.",
        # what follows was not named yet
        "The Agency is known: it is the IAEA.",
        "Агентство известно: это МАГАТЭ.",
        # any, not this
        "The NPT is a treaty. A Treaty binds; each Treaty binds; Treaty law binds; the treaty binds.",
        "МАГАТЭ и ДНЯО: всякий договор обязывает, любое агентство отвечает.",
        # several
        "The NPT and the CTBT: the Treaties bind, these treaties bind.",
        "Resolution 1540 (2004) was adopted. The resolutions and these resolutions bind.",
        "Резолюции 1540 (2004) и 1267 (1999): эти резолюции, все резолюции, обеих резолюций.",
        # drafts
        "Resolution 1540 (2004) was adopted. The draft resolution was not; a resolution was not.",
        "Принята резолюция 1540 (2004). Отклонен проект резолюции, и в проекте резолюции ошибка.",
        # the text itself
        "Recalling resolution 1540 (2004): this resolution, the present resolution.",
        "Ссылаясь на резолюцию 1540 (2004): настоящая резолюция, в настоящей резолюции.",
        "ДНЯО в силе. Участники настоящего Договора; настоящий Договор.",
        "The NPT is in force. The Parties to the present Treaty met.",
        # the beginning of another name
        "The NPT is in force. The Treaty of Utrecht is not, nor the Treaty on Old Things, nor the Treaty Bank.",
        "Комитет 1540 собрался. Комитет министров – нет, Комитет по вопросам печати – тоже.",
        # part of a word
        "The NPT is in force. The Treaty-based order; the Sub-Treaty.",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_points_back_to_nothing(text: str):
    assert meant(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Принята резолюция 1540 (2004). Проект резолюции отклонен.",
        "Приняты резолюции 1540 (2004) и 1267 (1999). Обе резолюции обязывают.",
        "Приняты резолюции 1540 (2004) и 1267 (1999). Две резолюции обязывают.",
    ],
    ids=ascii,
)
def test_drafts_and_numerals(text: str):
    assert meant(text) == []


def test_a_neuter_noun_before_the_resolution_is_no_plural():
    assert [m.id for m in anaphors("Принята резолюция 1540 (2004). Осуществление резолюции продолжается.")] == [
        "res:S/RES/1540(2004)"
    ]


@pytest.mark.parametrize(
    "text", ["ДНЯО известен. Договор подписан всеми.", "ДНЯО известен. В Договоре сказано так."], ids=ascii
)
def test_a_participle_behind_the_noun(text: str):
    assert [m.id for m in anaphors(text)] == ["treaty:NPT"]


# Which resolution.


def test_the_resolution_that_the_text_is_about():
    about = "Resolution 1540 (2004) stands. Resolution 1540 binds. Resolution 1540 is old. See resolution 1267 (1999)."
    assert meant(f"{about} The resolution binds.") == [("resolution", "res:S/RES/1267(1999)")]
    assert meant(f"{about}\n\nThe resolution binds.") == [("resolution", "res:S/RES/1540(2004)")]


# Names.


def test_nothing_inside_names():
    text = (
        "The IAEA and the NPT. The International Atomic Energy Agency; the Treaty on the Non-Proliferation of Nuclear"
    )
    assert meant(f"{text} Weapons; the 1540 Committee; Organization for Security and Co-operation in Europe.") == []
    assert meant("МАГАТЭ и ДНЯО. Международное агентство по атомной энергии и Организация Договора Варшавского.") == []


def test_only_paragraphs_in_english_and_russian_are_read():
    bulgarian = "Това изявление беше направено от името на държавите, които са страни по ДНЯО."
    assert meant(f"{bulgarian} Според Договор и Протокол това е така.") == []


NAMES = (
    "The IAEA met.", "ДНЯО вступил в силу.", "the 1540 Committee", "ООН", "Recalling resolution 1540 (2004),",
    "Европейский союз", "the Council of Europe", "Организация по запрещению химического оружия", "СНГ",
)  # fmt: skip
NOUNS = (
    "The Agency reported.", "В Договоре говорится.", "the Committee", "Совет решил.", "that resolution",
    "данной резолюции", "the Charter", "Организация решила.", "(«Комитет»)", "Секретариат", "the Treaty of",
    "Содружество", "\n\n",
)  # fmt: skip


@given(st.lists(st.sampled_from(NAMES + NOUNS), max_size=12).map(" ".join))
def test_an_anaphor_means_what_was_named_or_a_principal_organ(text: str):
    mentions = rules().extract(text).mentions
    for place, mention in enumerate(mentions):
        if mention.form == "anaphor":
            assert mention.parent is None
            assert mention.score < 0.97
            named = {m.id for m in mentions[:place] if m.form == "name"}
            assert mention.rule == RULE_DEFAULT or mention.id in named


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("Committee on Disarmament", "Committee"),
        ("Security Council Committee established pursuant to resolution 1540 (2004)", "Committee"),
        ("International Atomic Energy Agency", "Agency"),
        ("Charter of the United Nations", "Charter"),
        ("", None),
    ],
)
def test_the_class_of_a_name(name: str, noun: str | None):
    assert class_of(name) == noun


DEEDS = {
    "The Security Council met. Council-mandated embargoes hold.": ["Council"],
    "The Security Council met. A council-mandated embargo, a Council-wide one.": [],
    "Совет Безопасности ООН. Нарушение введенных Советом эмбарго.": ["Советом"],
    "Совет Безопасности ООН. Эмбарго введено Советом единогласно.": ["Советом"],
    "Совет Безопасности ООН. Встреча с Советом старейшин.": [],
}


@pytest.mark.parametrize(("text", "words"), DEEDS.items(), ids=ascii)
def test_who_did_a_deed(text: str, words: list[str]):
    assert [(m.text, m.id) for m in anaphors(text)] == [(word, "org:UNSC") for word in words]


def test_what_was_meant_all_along_is_meant_again_in_the_next_paragraph():
    text = (
        "The 1267 Committee met. The Committee spoke. The Committee wrote. The Committee slept.\n\n"
        "The 1540 Committee came by. The Committee was brief.\n\nThe Committee went on."
    )
    assert [m.id for m in anaphors(text)] == ["org:1267-Committee"] * 3 + ["org:1540-Committee", "org:1267-Committee"]


def test_a_second_one_that_is_meant_as_often_stays():
    text = "The 1267 Committee met. The Committee spoke.\n\nThe 1540 Committee came.\n\nThe Committee went on."
    assert [m.id for m in anaphors(text)] == ["org:1267-Committee", "org:1540-Committee"]
