from __future__ import annotations

import pickle
import re

import pytest

from npextract.errors import OntologyError
from npextract.ontology.model import FORMAT, AliasCode, Ontology
from npextract.ontology.registry import Adoption, Registry


def test_an_entity_by_its_identifier(onto):
    npt = onto["treaty:NPT"]
    assert (npt.id, npt.kind) == ("treaty:NPT", "treaty")
    assert npt.name("ru") == "Договор о нераспространении ядерного оружия"
    assert npt.name() == npt.name("en") == "Treaty on the Non-Proliferation of Nuclear Weapons"
    assert onto.get("treaty:NPT") is npt
    assert "treaty:NPT" in onto


def test_entities_can_be_in_sets(onto):
    assert {onto["treaty:NPT"], onto["treaty:NPT"]} == {onto["treaty:NPT"]}


def test_what_is_not_there(onto):
    assert onto.get("treaty:XYZ") is None
    assert "treaty:XYZ" not in onto
    assert 5 not in onto
    with pytest.raises(KeyError):
        onto["treaty:XYZ"]


def test_all_entities(onto):
    entities = list(onto)
    assert len(entities) == len(onto) > 300
    assert len({e.id for e in entities}) == len(entities)
    assert {e.kind for e in entities} >= {"state", "organization", "treaty"}


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("КЗХО", "treaty:CWC"),
        ("Chemical Weapons Convention", "treaty:CWC"),
        ("ДНЯО", "treaty:NPT"),
        ("дняо", "treaty:NPT"),
        ("npt", "treaty:NPT"),
        ("Договором о нераспространении ядерного оружия", "treaty:NPT"),
        ("  договор о  нераспространении ядерного оружия ", "treaty:NPT"),
        ("Кот-д’Ивуар", "state:CIV"),
        ("Côte d’Ivoire", "state:CIV"),
        ("российский", "state:RUS"),
        ("Iranian", "state:IRN"),
        ("МАГАТЭ", "org:IAEA"),
        ("1540 Committee", "org:1540-Committee"),
    ],
    ids=ascii,
)
def test_an_entity_by_any_name(onto, name: str, identifier: str):
    assert [e.id for e in onto.find(name)] == [identifier]


@pytest.mark.parametrize("name", ["", "   ", "nothing of the kind", "Security", "South Georgia", "\ud800", "the NPT"])
def test_a_name_that_means_nothing(onto, name: str):
    assert onto.find(name) == []


def test_a_name_of_several_entities(onto):
    assert {e.id for e in onto.find("SALT")} == {"treaty:SALT-I", "treaty:SALT-II"}
    assert {e.id for e in onto.find("congolese")} == {"state:COD", "state:COG"}


def test_strong_names_come_before_weak_ones(onto):
    names = onto.readings("WTO")
    assert len({bool(n.code & AliasCode.WEAK) for n in names}) == 2
    assert onto.find("WTO")[0].id == "org:WTO"


def test_every_entity_is_found_by_its_names(onto):
    assert [(e.id, lang) for e in onto for lang in ("en", "ru") if e not in onto.find(e.name(lang))] == []


def test_readings_say_what_a_name_is(onto):
    (adjective, *_) = onto.readings("российского")
    assert (adjective.alias.text, adjective.entity.id) == ("российский", "state:RUS")
    assert adjective.code & AliasCode.ADJECTIVE
    (decoy, *_) = onto.readings("South Georgia")
    assert decoy.entity is None
    assert decoy.code & AliasCode.DECOY


def test_what_is_known_of_a_name(onto):
    (zaire,) = [alias for alias in onto["state:COD"].aliases() if alias.text == "Заир"]
    assert (zaire.lang, zaire.role, zaire.weak) == ("ru", "alias", False)
    assert (zaire.start, zaire.end) == ("1971-10-27", "1997-05-17")
    (korea,) = [alias for alias in onto["state:KOR"].aliases() if alias.text == "Korea"]
    assert (korea.weak, korea.needs) == (True, ("listed",))


def test_every_alias_belongs_to_its_entity(onto):
    aliases = onto.aliases()
    assert {identifier for identifier, names in aliases.items() if names} == {entity.id for entity in onto}
    assert onto["treaty:NPT"].aliases() == aliases["treaty:NPT"]


def test_the_version_has_the_hash_of_the_sources(onto):
    assert re.fullmatch(r"\d{4}\.\d{2}\+sha[0-9a-f]{12}", onto.version)


def test_a_file_of_another_format_is_refused():
    with pytest.raises(OntologyError, match="reinstall"):
        Ontology({"format": FORMAT + 1})


def test_an_ontology_can_be_sent_to_another_process(onto):
    assert len(list(onto)) == len(onto)
    copy = pickle.loads(pickle.dumps(onto))
    assert copy.version == onto.version
    assert copy["treaty:NPT"] == onto["treaty:NPT"]
    assert [e.id for e in copy.find("ДНЯО")] == ["treaty:NPT"]


@pytest.mark.parametrize(
    ("number", "year"),
    [
        (1, 1946),
        (242, 1967),
        (687, 1991),
        (1540, 2004),
        (2231, 2015),
        (2397, 2017),
        (0, None),
        (-5, None),
        (10**6, None),
    ],
)
def test_the_year_of_a_resolution(onto, number: int, year: int | None):
    assert onto.registry.security_council_year(number) == year


def test_the_registry_has_no_gaps(onto):
    years = [onto.registry.security_council_year(n) for n in range(1, onto.registry.last_number + 1)]
    assert None not in years
    assert years == sorted(years)
    assert set(years) == set(range(1946, onto.registry.last_year + 1))


@pytest.mark.parametrize(
    ("body", "series", "number", "year"),
    [
        ("UNGA", "regular", 1, 1946),
        ("UNGA", "regular", 71, 2016),
        ("UNGA", "special", 10, 1978),
        ("UNGA", "emergency special", 11, 2022),
        ("HRC", "regular", 7, 2008),
        ("HRC", "regular", 0, None),
        ("XYZ", "regular", 1, None),
    ],
)
def test_the_year_of_a_session(onto, body: str, series: str, number: int, year: int | None):
    assert onto.registry.session_year(body, series, number) == year


def test_a_small_registry():
    registry = Registry(
        {
            "security_council": [[1946, 1, 15], [1947, 16, 37]],
            "sessions": [["UNGA", "regular", 1, 1946]],
            "adoptions": "16\t1947-01-10\tTrieste\n17\t\tAlbania",
        }
    )
    assert registry.adoption(16) == Adoption(16, "1947-01-10", "Trieste")
    assert registry.adoption(17) == Adoption(17, None, "Albania")
    assert registry.adoption(1) is None
    assert (registry.adopted_on("1947-01-10"), registry.adopted_on("1947-01-11")) == ([16], [])
    assert (registry.last_number, registry.last_year) == (37, 1947)
    assert registry.security_council_year(15) == 1946
    assert registry.security_council_year(16) == 1947
    assert registry.security_council_year(38) is None
    assert registry.last_session("UNGA") == 1
    assert registry.last_session("HRC") == 0


def test_the_days_of_adoption_are_in_the_years_of_the_numbers(onto):
    registry = onto.registry
    adoptions = [a for n in range(1, registry.last_number + 1) if (a := registry.adoption(n)) is not None]
    assert len(adoptions) > 1500
    assert [a for a in adoptions if a.day and int(a.day[:4]) != registry.security_council_year(a.number)] == []
    assert registry.adopted_on("2004-04-28") == [1540]
