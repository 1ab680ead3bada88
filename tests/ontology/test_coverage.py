"""Every State of a list that was not used to build the ontology is found, in both languages.

The list is that of django-countries (MIT): the names of ISO 3166-1 with translations by its users. It is only read.
"""

from __future__ import annotations

import ast
import gettext
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from helpers import found

LEAST = 0.995
"""The share of the names that must be found."""


def listed_names(lang: str) -> list[tuple[str, str]]:
    """ISO's two letters and the name of each country or territory of the list."""
    try:
        package = Path(str(distribution("django-countries").locate_file("django_countries")))
    except PackageNotFoundError:
        pytest.skip("django-countries is not installed: pip install --group test")
    tables = [
        {key.value: value.args[0].value for key, value in zip(node.value.keys, node.value.values, strict=True)}
        for node in ast.parse((package / "data.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and node.target.id == "COUNTRIES"
    ]
    names: list[tuple[str, str]] = [item for table in tables for item in table.items()]
    if lang == "en":
        return names
    with (package / "locale" / lang / "LC_MESSAGES" / "django.mo").open("rb") as file:
        translate = gettext.GNUTranslations(file).gettext
    return [(code, translate(name)) for code, name in names]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_states_of_another_list_are_found(onto, lang: str):
    states = {e.facts["iso2"]: e for e in onto if e.kind == "state" and e.facts.get("status") != "ended"}
    names = [(code, name) for code, name in listed_names(lang) if code in states]
    missed = [f"{code} {name}" for code, name in names if states[code] not in onto.find(name)]
    assert len(names) > 190
    assert len(missed) <= (1 - LEAST) * len(names), missed


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_territory_of_another_list_is_an_entity(onto, lang: str):
    states = {e.facts["iso2"] for e in onto if e.kind == "state" and "iso2" in e.facts}
    names = [name for code, name in listed_names(lang) if code not in states]
    assert len(names) > 40
    assert [words for name in names for words, _ in found(name) if words == name] == []
