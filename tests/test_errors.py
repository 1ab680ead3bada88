from __future__ import annotations

import pytest

from npextract.errors import InputError, ModelError, NpextractError, OntologyError


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OntologyError("bad", file="a.yaml", line=7), "a.yaml:7: bad"),
        (OntologyError("bad", file="a.yaml"), "a.yaml: bad"),
        (OntologyError("bad"), "bad"),
        (InputError("is binary", source="a.txt", code="binary"), "a.txt: is binary"),
        (ModelError("is missing", model="navec"), "is missing"),
    ],
)
def test_an_error_says_where_and_what(error: NpextractError, message: str):
    assert str(error) == message
    assert isinstance(error, NpextractError)


def test_errors_carry_facts():
    ontology, model = OntologyError("bad", file="a.yaml", line=7), ModelError("missing", model="navec")
    assert (ontology.file, ontology.line, ontology.code) == ("a.yaml", 7, "ontology")
    assert (model.model, model.code) == ("navec", "model")
    source = InputError("is binary", source="a.txt", code="binary")
    assert (source.source, source.code, InputError("x", source="y").code) == ("a.txt", "binary", "input")
