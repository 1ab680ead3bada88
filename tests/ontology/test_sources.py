from __future__ import annotations

from pathlib import Path

import pytest
from small import NPT, write_data

from npextract.errors import OntologyError
from npextract.ontology.sources import AliasSource, read_decoys, read_entities, read_entity, read_table, read_yaml


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "treaties").mkdir()
    return tmp_path / "treaties"


def write(folder: Path, text: str, name: str = "NPT.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entity_as_a_person_wrote_it(folder: Path):
    entity = read_entity(write(folder, NPT), "treaty")
    assert (entity.id, entity.kind, entity.file) == ("treaty:NPT", "treaty", "treaties/NPT.yaml")
    assert entity.names["ru"] == "Договор о нераспространении ядерного оружия"
    assert entity.facts == {"opened": "1968-07-01", "sources": ["a test"]}
    assert AliasSource("NPT", "en", "short") in entity.aliases
    assert AliasSource("The Treaty", "en", "alias", weak=True) in entity.aliases
    assert AliasSource("Договор о нераспространении", "ru", "alias") in entity.aliases
    assert [a.text for a in entity.aliases if a.role == "name"] == list(entity.names.values())


@pytest.mark.parametrize(
    ("written", "alias"),
    [
        ("Pact", AliasSource("Pact", "en", "alias")),
        ("{weak: Pact}", AliasSource("Pact", "en", "alias", weak=True)),
        ("{name: Pact, weak: true}", AliasSource("Pact", "en", "alias", weak=True)),
        ("{name: Pact, case: exact}", AliasSource("Pact", "en", "alias", case="exact")),
        ("{name: Pact, forms: [Pacts, Pact's]}", AliasSource("Pact", "en", "alias", forms=("Pacts", "Pact's"))),
        ("{name: Pact, forms: []}", AliasSource("Pact", "en", "alias", forms=())),
        ("{name: Pact, note: seldom}", AliasSource("Pact", "en", "alias")),
        ("no", AliasSource("no", "en", "alias")),  # a word, not a truth value
        ("on", AliasSource("on", "en", "alias")),
    ],
)
def test_aliases(folder: Path, written: str, alias: AliasSource):
    text = f"id: treaty:X\nname: {{en: A, ru: Б}}\naliases: {{en: [{written}]}}\n"
    assert read_entity(write(folder, text), "treaty").aliases[-1] == alias


BROKEN = {
    "id: treaty:NPT\nname: {en: A\n": "not YAML",
    "- id: treaty:NPT\n": "mapping",
    NPT + "colour: red\n": "colour",
    NPT.replace("treaty:NPT", "org:NPT"): "must begin with treaty:",
    "id: treaty:NPT\nname: {en: A}\n": "needs en and ru",
    "id: treaty:NPT\n": "needs en and ru",
    NPT.replace("short: {en:", "short: {fr:"): "unknown language 'fr'",
    NPT.replace("{weak: The Treaty}", "{strong: The Treaty}"): "is no alias",
    NPT.replace("{weak: The Treaty}", "{name: The Treaty, case: lower}"): "case must be one of",
    NPT.replace("{weak: The Treaty}", "7"): "is no alias",
}


@pytest.mark.parametrize(("text", "message"), BROKEN.items(), ids=lambda value: ascii(value)[-40:])
def test_a_broken_file_is_named(folder: Path, text: str, message: str):
    path = write(folder, text)
    with pytest.raises(OntologyError, match=message) as caught:
        read_entity(path, "treaty")
    assert caught.value.file == "treaties/NPT.yaml"
    assert str(caught.value).startswith("treaties/NPT.yaml:")


def test_an_error_of_syntax_has_its_line(folder: Path):
    with pytest.raises(OntologyError) as caught:
        read_entity(write(folder, NPT + "iso2: [\n"), "treaty")
    assert caught.value.line == len(NPT.splitlines()) + 2
    assert str(caught.value).startswith(f"treaties/NPT.yaml:{caught.value.line}: ")


def test_an_error_of_content_has_its_line(folder: Path):
    with pytest.raises(OntologyError) as caught:
        read_entity(write(folder, NPT + "colour: red\n"), "treaty")
    assert caught.value.line == len(NPT.splitlines()) + 1


def test_dates_stay_as_they_are_written(folder: Path):
    path = write(folder, "opened: 1968-07-01\nin_force: 1970\nflag: yes\nm49: '643'\n")
    assert read_yaml(path) == {"opened": "1968-07-01", "in_force": 1970, "flag": "yes", "m49": "643"}


def test_yaml_makes_no_objects(folder: Path):
    with pytest.raises(OntologyError):
        read_yaml(write(folder, "a: !!python/object/apply:os.getcwd []\n"))


def test_a_folder_of_entities(tmp_path: Path):
    data = write_data(tmp_path)
    assert [e.id for e in read_entities(data)] == ["state:RUS", "treaty:NPT"]
    assert [(d.text, d.forms) for d in read_decoys(data)] == [
        ("South Georgia", None),
        ("озеро Чад", ("озера Чад", "озере Чад")),
    ]


def test_a_missing_table(tmp_path: Path):
    (write_data(tmp_path) / "decoys.yaml").unlink()
    with pytest.raises(OntologyError, match=r"decoys\.yaml"):
        read_decoys(tmp_path)


def test_tables_have_a_mapping_a_row(tmp_path: Path):
    path = tmp_path / "t.csv"
    path.write_text('year,name\n1946,"a, б"\n', encoding="utf-8")
    assert read_table(path) == [{"year": "1946", "name": "a, б"}]
