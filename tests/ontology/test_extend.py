"""Entities of a user's own."""

from __future__ import annotations

import csv
import io
import pickle
from pathlib import Path

import pytest

from npextract import Extractor, OntologyError
from npextract.ontology.export import export
from npextract.ontology.extend import extend
from npextract.ontology.stats import coverage

OWN = """\
- id: org:ZZTOP
  name: {en: Zuben Elgenubi Talks, ru: Зубенские переговоры}
  short: {en: [ZZTOP], ru: [ЗЗТОП]}
  founded: 2001
- id: org:IAEA
  aliases: {en: [the Vienna watchdog]}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_own_entities_are_found(own: Path):
    extended = extend([own])
    document = Extractor("rules", ontology=extended).extract("Зубенских переговоров, ЗЗТОП, the Vienna watchdog, ООН")
    assert [m.id for m in document.mentions] == ["org:ZZTOP", "org:ZZTOP", "org:IAEA", "org:UN"]
    assert extended["org:ZZTOP"].facts["founded"] == 2001
    assert document.ontology == extended.version


def test_the_package_s_own_ontology_stays_as_it_is(own: Path, onto):
    before = onto.version
    assert extend([own]).version != before
    assert extend([]).find("ZZTOP") == []
    assert onto.version == before


def test_an_extractor_with_own_entities_can_be_sent_to_other_processes(own: Path):
    extractor = pickle.loads(pickle.dumps(Extractor("rules", ontology=extend([own]))))
    assert [m.id for m in extractor.extract("ZZTOP").mentions] == ["org:ZZTOP"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: org:NEW\n", "needs en and ru"),
        ("name: {en: A, ru: Б}\n", "has no id"),
        ("id: city:Paris\nname: {en: Paris, ru: Париж}\n", "has no id"),
        ("id: org:NEW\nname: {en: A, ru: Б}\ncolour: red\n", "colour"),
        ("- id: [\n", "not YAML"),
        ("7\n", "has no id"),
        ("id: org:NEW\nname: {en: A, ru: B}\n", "ru name 'B' is not in that language"),
        ("id: org:NEW\nname: {en: A, ru: Б}\nfounded: soon\n", "'soon' is no date"),
        ("id: org:NEW\nname: {en: A, ru: Б}\nparent: org:NOBODY\n", "there is no org:NOBODY"),
        ("id: org:new one\nname: {en: A, ru: Б}\n", "does not fit the convention"),
        ("id: org:NEW\nname: {en: A, ru: Б}\nshort: {en: [NATO]}\n", "alias 'NATO' is also org:NATO"),
        (
            "- {id: org:NEW, name: {en: Zuben, ru: Зубен}}\n- {id: org:OLD, name: {en: Zuben, ru: Цубен}}\n",
            "alias 'Zuben' is also org:OLD",
        ),
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, text: str, message: str):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message) as caught:
        extend([path])
    assert "own.yaml" in str(caught.value)


def test_a_wrong_line_is_named(tmp_path: Path):
    path = tmp_path / "own.yaml"
    path.write_text(
        OWN + "- id: org:NEW\n  name: {en: New Talks, ru: Новые переговоры}\n  founded: soon\n", encoding="utf-8"
    )
    with pytest.raises(OntologyError) as caught:
        extend([path])
    assert (caught.value.file, caught.value.line) == (str(path), 9)


def test_a_name_may_be_shared_on_purpose(tmp_path: Path):
    path = tmp_path / "own.yaml"
    path.write_text(
        "- id: org:NEW\n  name: {en: Zuben Elgenubi Talks, ru: Зубенские переговоры}\n"
        "  short: {en: [{weak: CSTO}]}\n- {name: CSTO, entities: [org:CSTO, org:NEW]}\n",
        encoding="utf-8",
    )
    assert [entity.id for entity in extend([path]).find("CSTO")] == ["org:CSTO", "org:NEW"]


def test_several_files_may_speak_of_one_entity(tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(
            f"id: org:IAEA\naliases: {{en: [the {name} watchdog]}}\n", encoding="utf-8"
        )
    extended = extend([tmp_path / "a.yaml", tmp_path / "b.yaml"])
    assert [extended.find(f"the {name} watchdog")[0].id for name in "ab"] == ["org:IAEA", "org:IAEA"]


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(OntologyError, match=r"missing\.yaml"):
        extend([tmp_path / "missing.yaml"])


def test_the_ontology_as_a_table(onto):
    rows = list(csv.DictReader(io.StringIO(export(onto, "csv"))))
    assert len(rows) == len(onto)
    (npt,) = [row for row in rows if row["id"] == "treaty:NPT"]
    assert npt["name_ru"] == "Договор о нераспространении ядерного оружия"
    assert "ДНЯО" in npt["aliases"].split("; ")


def test_an_unknown_format(onto):
    with pytest.raises(ValueError, match="csv"):
        export(onto, "xlsx")


def test_the_ontology_in_numbers(onto):
    numbers = {what.strip(): count for what, count in coverage(onto)}
    assert numbers["entities"] == len(onto)
    assert numbers["state"] == sum(entity.kind == "state" for entity in onto)
    assert numbers["Security Council resolutions"] == onto.registry.last_number
