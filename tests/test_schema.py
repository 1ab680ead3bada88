"""Every record fits the JSON Schema that the package ships, and the schema refuses what is no record."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from helpers import rules
from npextract import Mention
from npextract.document import failed
from npextract.schema import record_schema
from strategies import CITATIONS, NAMES, messy_texts


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(record_schema())


def errors(record: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(record)]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(record_schema())


TEXTS = [
    "",
    "nothing",
    " ".join(NAMES),
    ". ".join(CITATIONS),
    "\n\n".join(NAMES + CITATIONS),
    "SALT preceded SALT I and SALT II.",
    "Сенат США, МИД РФ и Ministry of Foreign Affairs of Iran",
    "European Parliament resolution 2019/15; General Assembly resolution 5",
    "Cette déclaration est faite au nom des États parties au TNP, S/RES/1540 (2004), ONU et NATO.",
    "Делегація України підтримала резолюцію S/RES/1540 (2004), яка є важливою.",
    "resolution 15O1 (2003), резолюция 1540 (1999), ofCIS, Безoпасности, \ud800",
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_records_are_valid(text: str):
    record = json.loads(rules().extract(text).to_json())
    assert errors(record) == []


@given(messy_texts())
def test_any_record_is_valid(text: str):
    assert errors(rules().extract(text, id=text[:5], source=text[5:9]).to_dict()) == []


def test_the_record_of_a_failed_input_is_valid():
    assert errors(failed("x", None, rules().ontology.version, "binary", "is binary, not text").to_dict()) == []


def test_the_schema_knows_every_key_of_a_mention_and_no_other():
    properties = record_schema()["$defs"]["mention"]["properties"]
    assert set(properties) == set(Mention.__dataclass_fields__) - {"alias", "evidence"}


def test_the_schema_closes_the_list_of_attributes():
    attrs = record_schema()["$defs"]["attrs"]
    assert set(attrs["properties"]) == {"paragraph", "adopted", "expected_year", "members", "speech", "page", "boxes"}
    assert attrs["additionalProperties"] is False


BROKEN: list[tuple[str, Any]] = [
    ("schema", "npextract/2"),
    ("id", None),
    ("id", 7),
    ("lang", "Russian"),
    ("lang", ""),
    ("ontology", "2026.11"),
    ("colour", "red"),
    ("warnings", ["", "a"]),
    ("error", {"code": "x"}),
    ("error", {"code": "x", "message": "y"}),  # an error, and yet a text
    ("mentions.0.start", -1),
    ("mentions.0.start", 1.5),
    ("mentions.0.end", None),
    ("mentions.0.kind", "city"),
    ("mentions.0.id", "RUS"),
    ("mentions.0.id", "state:RU"),
    ("mentions.0.id", "treaty:NPT"),  # the mention is a resolution
    ("mentions.0.id", "res:S/RES/1540 (2004)"),
    ("mentions.0.form", "verb"),
    ("mentions.0.score", 1.01),
    ("mentions.0.score", -0.1),
    ("mentions.0.parent", -1),
    ("mentions.0.flags", ["Year mismatch"]),
    ("mentions.0.flags", ["glued", "glued"]),
    ("mentions.0.name", {"en": "only English"}),
    ("mentions.0.name", {}),
    ("mentions.0.candidates", [None]),
    ("mentions.0.attrs", {"expected_year": "2004"}),
    ("mentions.0.attrs", {"colour": 1}),
    ("mentions.0.attrs", {"adopted": "28 April 2004"}),
    ("mentions.0.attrs", {"page": 0}),
    ("mentions.0.attrs", {"boxes": [[1, 2, 3]]}),
    ("mentions.0.colour", "red"),
    ("entities.0.count", 0),
    ("entities.0.first", 0),
    ("entities.0.id", "state:RUS"),
]


@pytest.mark.parametrize(("path", "value"), BROKEN, ids=[f"{path}={value}"[:40] for path, value in BROKEN])
def test_what_is_no_record_is_refused(path: str, value: object):
    record = copy.deepcopy(rules().extract("resolution 1540 (2004)").to_dict())
    assert errors(record) == []
    *way, last = path.split(".")
    place: Any = record
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value
    assert errors(record) != []


@pytest.mark.parametrize(
    "attrs",
    [
        {"expected_year": 2004},
        {"paragraph": 4},
        {"paragraph": "4 (a)"},
        {"adopted": "2004-04-28"},
        {"adopted": "2004"},
        {"members": ["state:RUS", "state:KGZ"]},
        {"speech": 0, "page": 3, "boxes": [[0, 0.5, 10, 12]]},
    ],
)
def test_attributes_that_fit(attrs: dict[str, object]):
    record = rules().extract("resolution 1540 (2004)").to_dict()
    record["mentions"][0]["attrs"] = attrs
    assert errors(record) == []


@pytest.mark.parametrize("key", ["schema", "id", "source", "lang", "text", "mentions", "entities", "warnings", "error"])
def test_every_key_is_required(key: str):
    record = rules().extract("ООН").to_dict()
    del record[key]
    assert errors(record) != []


@pytest.mark.parametrize("lang", ["", "Russian", "EN"])
def test_a_language_that_is_none_does_not_get_into_the_record(lang: str):
    try:
        record = rules().extract("ООН", lang=lang).to_dict()
    except ValueError:
        return
    assert errors(record) == []
