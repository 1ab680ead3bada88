"""Problems of the sources are all found, and each says where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import NPT, RUSSIA, write_data

from helpers import DATA
from npextract.ontology.validate import validate

CWC = """\
id: treaty:CWC
name: {en: Chemical Weapons Convention, ru: Конвенция о запрещении химического оружия}
sources: [a test]
"""


@pytest.mark.skipif(not DATA.is_dir(), reason="not a source checkout: data/ is absent")
def test_the_data_are_sound():
    assert [str(problem) for problem in validate(DATA)] == []


def test_a_small_ontology_is_sound(tmp_path: Path):
    assert validate(write_data(tmp_path, treaties__CWC=CWC)) == []


PROBLEMS = {
    "two files of one identifier": ({"states__SUN": RUSSIA}, "states/SUN.yaml:1", "identifier state:RUS stands in"),
    "a file of another name": ({"treaties__XYZ": CWC}, "treaties/XYZ.yaml:1", "should be called CWC.yaml"),
    "no identifier": ({"states__RU": RUSSIA.replace("state:RUS", "state:RU")}, "states/RU.yaml:1", "'state:RU'"),
    "a name in the wrong language": (
        {"treaties__CWC": CWC.replace("ru: Конвенция о запрещении химического оружия", "ru: Convention")},
        "treaties/CWC.yaml:2",
        "ru name 'Convention'",
    ),
    "a look-alike letter": ({"treaties__CWC": CWC + "short: {en: [СWC]}\n"}, "treaties/CWC.yaml:4", "Cyrillic"),
    "a stray space": ({"treaties__CWC": CWC + "short: {en: ['CW  C']}\n"}, "treaties/CWC.yaml:4", "stray spaces"),
    "no date": ({"treaties__CWC": CWC + "opened: January 1993\n"}, "treaties/CWC.yaml:4", "opened"),
    "dates out of order": (
        {"treaties__CWC": CWC + "opened: 1997-04-29\nin_force: 1993\n"},
        "treaties/CWC.yaml:5",
        "later than in_force",
    ),
    "a name used backwards": (
        {"treaties__CWC": CWC + "aliases: {en: [{name: CW Ban, from: 1993, to: 1992}]}\n"},
        "treaties/CWC.yaml:4",
        "goes out of use",
    ),
    "a name since no date": (
        {"treaties__CWC": CWC + "aliases: {en: [{name: CW Ban, from: once}]}\n"},
        "treaties/CWC.yaml:4",
        "'once' is no date",
    ),
    "a context that is none": (
        {"treaties__CWC": CWC + "aliases: {en: [{weak: CW Ban, needs: [luck]}]}\n"},
        "treaties/CWC.yaml:4",
        "needs ['luck']; the kinds of context are",
    ),
    "a strong name that needs context": (
        {"treaties__CWC": CWC + "aliases: {en: [{name: CW Ban, needs: [listed]}]}\n"},
        "treaties/CWC.yaml:4",
        "is strong",
    ),
    "a reference to nothing": ({"treaties__CWC": CWC + "body: org:OPCW\n"}, "treaties/CWC.yaml:4", "org:OPCW"),
    "no sources": ({"treaties__CWC": CWC.replace("sources: [a test]\n", "")}, "treaties/CWC.yaml:1", "sources"),
    "a collision": ({"treaties__CWC": CWC + "short: {en: [NPT]}\n"}, "treaties/CWC.yaml:4", "'NPT' is also treaty:NPT"),
    "a collision of forms": (
        {"treaties__CWC": CWC + "aliases: {ru: [договора о нераспространении]}\n"},
        "treaties/CWC.yaml",
        "is also treaty:NPT",
    ),
    "a collision that is none": (
        {"collisions": "- {name: NPT, entities: [treaty:NPT, treaty:CWC]}\n"},
        "collisions.yaml:1",
        "no two entities share it",
    ),
    "no YAML": ({"treaties__CWC": "id: ["}, "treaties/CWC.yaml:", "not YAML"),
}


@pytest.mark.parametrize(("files", "place", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_is_found(tmp_path: Path, files: dict[str, str], place: str, message: str):
    problems = [str(problem) for problem in validate(write_data(tmp_path, **files))]
    assert any(problem.startswith(place) and message in problem for problem in problems), problems


def test_a_declared_collision_is_none(tmp_path: Path):
    files = {
        "treaties__CWC": CWC + "short: {en: [NPT]}\n",
        "collisions": "- {name: NPT, entities: [treaty:NPT, treaty:CWC]}\n",
    }
    assert validate(write_data(tmp_path, **files)) == []


def test_all_problems_are_reported_in_order(tmp_path: Path):
    files = {"treaties__CWC": CWC + "opened: never\nbody: org:OPCW\n", "states__RUS": RUSSIA + "from: soon\n"}
    problems = validate(write_data(tmp_path, **files))
    assert [(problem.file, problem.line) for problem in problems] == [
        ("states/RUS.yaml", len(RUSSIA.splitlines()) + 1),
        ("treaties/CWC.yaml", 4),
        ("treaties/CWC.yaml", 5),
    ]


def test_a_collision_is_where_the_alias_stands(tmp_path: Path):
    data = write_data(tmp_path, treaties__ZZZ=NPT.replace("treaty:NPT", "treaty:ZZZ"))
    problems = [str(problem) for problem in validate(data)]
    assert any(problem.startswith("treaties/NPT.yaml:3: alias 'NPT'") for problem in problems), problems
