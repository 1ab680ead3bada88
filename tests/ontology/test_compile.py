from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from small import NPT, write_data

from helpers import DATA
from npextract.errors import OntologyError
from npextract.finders.names import NameFinder
from npextract.ontology import Ontology, compile, load
from npextract.ontology.compile import (
    alias_code,
    compile_ontology,
    distinct_aliases,
    hash_sources,
    surface_forms,
    to_text,
    variants,
)
from npextract.ontology.model import COMPILED, AliasCode
from npextract.ontology.sources import AliasSource, read_entities
from npextract.reading.view import build_view

with_data = pytest.mark.skipif(not DATA.is_dir(), reason="not a source checkout: data/ is absent")


@cache
def compiled_text() -> str:
    """What data/ compiles to now."""
    return to_text(compile_ontology(DATA))


@with_data
def test_the_compiled_file_is_current():
    is_current = COMPILED.read_text(encoding="utf-8") == compiled_text()
    assert is_current, "run python -m npextract.ontology.compile"


@with_data
def test_compiling_gives_the_same_bytes_again():
    is_same = to_text(compile_ontology(DATA)) == compiled_text()
    assert is_same


@with_data
@pytest.mark.parametrize("seed", ["0", "1"])
def test_compiling_gives_the_same_bytes_whatever_the_hash_seed(seed: str):
    code = (
        "import sys; from pathlib import Path; from npextract.ontology.compile import compile_ontology, to_text;"
        " sys.stdout.buffer.write(to_text(compile_ontology(Path(sys.argv[1]))).encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(DATA)],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": seed},
    )
    is_same = done.stdout == compiled_text().encode()
    assert is_same


@with_data
def test_every_form_of_every_name_is_found_again():
    ontology = Ontology(json.loads(compiled_text()))
    forms = [
        (form, entity.id, alias.text)
        for entity in read_entities(DATA)
        for alias in distinct_aliases(entity.aliases)
        for form, extra in surface_forms(alias)
        if not (extra | alias_code(alias)) & AliasCode.COMPOUND
    ]
    view = build_view("\n\n".join(form for form, _, _ in forms))
    found = {
        (view.source[slice(*view.offsets.span_to_source(c.start, c.end))], c.id) for c in NameFinder(ontology)(view)
    }
    missing = [(form, identifier, alias) for form, identifier, alias in forms if (form, identifier) not in found]
    assert missing == []
    assert len(forms) > 5000


@with_data
def test_no_two_entities_have_the_same_strong_name():
    ontology = Ontology(json.loads(compiled_text()))
    collisions = []
    for table in (ontology.exact, ontology.folded):
        for place, text in enumerate(table.texts):
            names = [ontology.name_of(alias, code) for alias, code in table.readings(place)]
            owners = {n.entity.id for n in names if n.entity and not n.code & AliasCode.WEAK}
            if len(owners) > 1:
                collisions.append((text, owners))
    assert collisions == []


def small(tmp_path: Path, **files: str) -> Ontology:
    return Ontology(json.loads(to_text(compile_ontology(write_data(tmp_path, **files)))))


def test_a_small_ontology(tmp_path: Path):
    ontology = small(tmp_path)
    assert [e.id for e in ontology] == ["state:RUS", "treaty:NPT"]
    assert ontology["treaty:NPT"].facts["opened"] == "1968-07-01"
    assert [e.id for e in ontology.find("договоре о нераспространении ядерного оружия")] == ["treaty:NPT"]
    assert [e.id for e in ontology.find("российскими")] == ["state:RUS"]
    assert [n.entity for n in ontology.readings("озера Чад")] == [None]
    assert ontology.registry.last_number == 37


def test_the_hash_is_that_of_the_sources(tmp_path: Path):
    before = hash_sources(write_data(tmp_path))
    assert hash_sources(write_data(tmp_path)) == before
    assert hash_sources(write_data(tmp_path, treaties__NPT=NPT + "# a remark\n")) != before


def test_the_order_of_files_does_not_matter(tmp_path: Path):
    other = NPT.replace("treaty:NPT", "treaty:AAA")
    first = compile_ontology(write_data(tmp_path / "a", treaties__zzz=other))
    second = compile_ontology(write_data(tmp_path / "b", treaties__aaa=other))
    for compiled in (first, second):
        del compiled["hash"]
    assert first == second


CODES = [
    (AliasSource("Treaty on Something Long", "en", "name"), 0),
    (AliasSource("China", "en", "name"), AliasCode.TITLE),
    (AliasSource("NPT", "en", "short"), AliasCode.SHORT | AliasCode.EXACT),
    (AliasSource("JCPOA", "en", "short"), AliasCode.SHORT | AliasCode.UPPER),
    (AliasSource("New START", "en", "short"), AliasCode.SHORT | AliasCode.TITLE),
    (AliasSource("Iranian", "en", "adjective"), AliasCode.ADJECTIVE | AliasCode.TITLE),
    (AliasSource("иранский", "ru", "adjective"), AliasCode.ADJECTIVE),
    (AliasSource("Chad", "en", "name", weak=True), AliasCode.TITLE | AliasCode.WEAK),
    (AliasSource("China", "en", "name", case="exact"), AliasCode.EXACT),
    (AliasSource("China", "en", "name", case="any"), 0),
]


@pytest.mark.parametrize(("alias", "code"), CODES, ids=lambda value: ascii(value)[:50])
def test_how_capitals_count(alias: AliasSource, code: int):
    assert alias_code(alias) == code


@pytest.mark.parametrize(
    ("alias", "forms"),
    [
        (AliasSource("NPT", "en", "short"), ["NPT"]),
        (AliasSource("ДНЯО", "ru", "short"), ["ДНЯО"]),
        (AliasSource("Чад", "ru", "name", forms=("Чада", "Чаде")), ["Чад", "Чада", "Чаде"]),
        (AliasSource("Чад", "ru", "name", forms=()), ["Чад"]),
        (AliasSource("Russian", "en", "people"), ["Russian", "Russians"]),
        (AliasSource("Chinese", "en", "people"), ["Chinese"]),
        (AliasSource("Договор", "ru", "name"), ["Договор", "Договора", "Договору", "Договором", "Договоре"]),
        (AliasSource("Interpol", "ru", "name"), ["Interpol"]),
    ],
    ids=lambda value: ascii(value)[:50],
)
def test_the_forms_of_an_alias(alias: AliasSource, forms: list[str]):
    made = [form for form, _ in surface_forms(alias)]
    assert made[0] == forms[0] == alias.text
    assert set(forms) <= set(made)


def test_an_adjective_is_also_the_first_part_of_compounds():
    codes = dict(surface_forms(AliasSource("российский", "ru", "adjective")))
    assert codes["российского"] == 0
    assert codes["российско"] == AliasCode.COMPOUND


@pytest.mark.parametrize(
    ("form", "spellings"),
    [
        ("ООН", {"оон"}),
        (
            "Non-Proliferation Treaty",
            {"non-proliferation treaty", "non proliferation treaty", "nonproliferation treaty"},
        ),
        ("Группа «Восток»", {'группа "восток"', "группа восток"}),
        ("Ёлка", {"елка"}),
        ("Папуа — Гвинея", {"папуа - гвинея", "папуа-гвинея", "папуа- гвинея", "папуа -гвинея"}),
    ],
    ids=lambda value: ascii(value) if isinstance(value, str) else "",
)
def test_the_spellings_of_a_form(form: str, spellings: set[str]):
    assert set(variants(form, exact=False)) >= spellings
    assert next(iter(variants(form, exact=False))) in spellings


def test_an_exact_form_has_one_spelling():
    assert list(variants("U-N «x»", exact=True)) == ['U-N "x"']


def test_the_command_writes_and_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    data = write_data(tmp_path / "data")
    monkeypatch.setattr(compile, "COMPILED", tmp_path / "ontology.json")
    assert compile.main([str(data), "--check"]) == 1
    assert "out of date" in capsys.readouterr().out
    assert compile.main([str(data)]) == 0
    assert compile.main([str(data), "--check"]) == 0
    assert "is current" in capsys.readouterr().out
    (data / "treaties" / "NPT.yaml").write_text(NPT + "# changed\n", encoding="utf-8")
    assert compile.main([str(data), "--check"]) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "missing"), ("{", "cannot be read"), ("\udcff", "cannot be read"), ('{"format": 0}', "format")],
)
def test_a_compiled_file_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, message: str
):
    path = tmp_path / "ontology.json"
    if content is not None:
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    monkeypatch.setattr(sys.modules["npextract.ontology.load"], "COMPILED", path)
    with pytest.raises(OntologyError, match=message) as caught:
        load.__wrapped__()
    assert caught.value.file == "ontology.json"
    assert "reinstall npextract" in str(caught.value)
