"""Organizations that the ontology does not know."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from helpers import found, rules
from npextract import Document, Extractor
from npextract.finders.unknown import UnknownNames
from npextract.languages.pipelines import Pipelines
from npextract.languages.spans import NerSpan
from npextract.reading.view import build_view


class Marked:
    """A pipeline that labels given names as organizations."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def entities(self, texts: Sequence[str]) -> list[list[NerSpan]]:
        return [
            sorted(NerSpan(at, at + len(name), "ORG") for name in self.names if (at := text.find(name)) >= 0)
            for text in texts
        ]


def read(marked: str) -> Document:
    """A text read with a pipeline that takes what is in ‹…› for organizations."""
    names = [build_view(piece.partition("›")[0]).text for piece in marked.split("‹")[1:]]
    pipeline = Marked(names)
    extractor = Extractor("full", pipelines=Pipelines({"en": lambda: pipeline, "ru": lambda: pipeline}))
    return extractor.extract(marked.replace("‹", "").replace("›", ""))


INSTITUTIONS = {
    "Сенат США": "Сенат США",
    "решение Верховного Суда Российской Федерации": "Верховного Суда Российской Федерации",
    "МИД РФ заявил": "МИД РФ",
    "the Ministry of Foreign Affairs of Iran": "Ministry of Foreign Affairs of Iran",
    "the State Duma of the Russian Federation": "State Duma of the Russian Federation",
    "Japan's Ministry of Defence": "Japan's Ministry of Defence",
}


@pytest.mark.parametrize(("text", "name"), INSTITUTIONS.items(), ids=ascii)
def test_a_state_s_institution(text: str, name: str):
    institution, state, *_ = rules().extract(text).mentions
    assert (institution.text, institution.kind, institution.id) == (name, "organization", None)
    assert (institution.rule, institution.name) == ("unknown.institution", None)
    assert (state.kind, state.parent) == ("state", 0)


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("he joined the ‹Carnegie Endowment› then", ["Carnegie Endowment"]),
        ("‹the Stimson Center› wrote", ["Stimson Center"]),
        ("эксперты ‹ПИР-Центра› считают", ["ПИР-Центра"]),
        ("газета ‹«Известия»› пишет", ["Известия"]),
        ("‹International Atomic Energy Agency› met", ["International Atomic Energy Agency"]),
        ("the ‹Committee› and the ‹Member States› met", []),
        ("‹Правительство› и ‹Комитет›", []),
        ("a ‹working party› met", []),
        ("‹U›", []),
        ("Об этом говорит статья ‹VI ДНЯО›", ["ДНЯО"]),
        ("в пункте 2 статьи ‹IV КБТО› сказано", ["КБТО"]),
        ("the plant at ‹Natanz›", []),
        ("Mr ‹Skripal› and Mrs. ‹Ivanova›", []),
    ],
    ids=ascii,
)
def test_the_pipeline_s_organizations(marked: str, names: list[str]):
    assert [m.text for m in read(marked).mentions if m.parent is None] == names


def test_a_known_body_with_its_owner_is_one_mention():
    text = "Региональная антитеррористическая структура ШОС и Совет коллективной безопасности ОДКБ"
    assert found(text) == [
        ("Региональная антитеррористическая структура ШОС", "org:SCO-RATS"),
        ("ШОС", "org:SCO"),
        ("Совет коллективной безопасности ОДКБ", "org:CSTO-CSC"),
        ("ОДКБ", "org:CSTO"),
    ]


def test_a_known_name_is_not_unknown():
    (mention,) = read("the ‹International Atomic Energy Agency› met").mentions
    assert mention.id == "org:IAEA"


def test_an_unknown_name_shares_a_cluster_in_its_document():
    document = read("The ‹Halvorsen Center› met. So did the Monterey Institute. The Halvorsen Center left. China.")
    first, *rest = document.mentions
    assert (first.id, first.cluster, first.candidates) == (None, 0, ())
    assert all(m.cluster is None for m in rest if m.id)
    row = document.entities[first.cluster or 0]
    assert (row.id, row.cluster, row.name) == (None, 0, {"en": "Halvorsen Center"})


def test_an_abbreviation_given_to_an_unknown_name():
    document = read("The ‹Nuclear Research Corporation› (NRC) met. The NRC left.")
    assert [m.text for m in document.mentions] == ["Nuclear Research Corporation", "NRC", "NRC"]
    assert {m.id for m in document.mentions} == {None}


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("‹the Stimson Center›", "Stimson Center"),
        ("‹Stimson Center's›", "Stimson Center"),
        ("‹«Известия»›", "Известия"),
        ("‹газета «Известия»›", "Известия"),
        ("‹(Stimson Center)›", "Stimson Center"),
        ("‹Stimson Center (SC›)", "Stimson Center"),
        ("‹, Stimson Center,›", "Stimson Center"),
        ("‹The Hague Academy›", "Hague Academy"),
        ("‹Theatre Board›", "Theatre Board"),
        ("‹the›", "the"),
        ("‹--›", ""),
    ],
    ids=ascii,
)
def test_borders_are_mended(onto, marked: str, name: str):
    unknown = UnknownNames(onto.tables["generic_nouns"], onto.tables["institutions"])
    text = build_view(marked.replace("‹", "").replace("›", "")).text
    start, end = unknown.trim(text, marked.index("‹"), marked.index("›") - 1)
    assert text[start:end] == name


def test_no_name_without_letters():
    assert read("‹1540›, ‹()› ‹—›").mentions == ()
