from __future__ import annotations

import pytest

from npextract.errors import (
    CorpusError,
    EntityError,
    InputError,
    ModelError,
    NpextractError,
    OntologyError,
    QueryError,
)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OntologyError("bad", file="a.yaml", line=7), "a.yaml:7: bad"),
        (OntologyError("bad", file="a.yaml"), "a.yaml: bad"),
        (OntologyError("bad"), "bad"),
        (InputError("is binary", source="a.txt", code="binary"), "a.txt: is binary"),
        (ModelError("is missing", model="navec"), "is missing"),
        (CorpusError("is none", path="out"), "out: is none"),
        (QueryError("is no SQL", query="x"), "is no SQL"),
        (EntityError("is unknown", text="x"), "is unknown"),
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
    corpus, query = CorpusError("is none", path="out", code="no-corpus"), QueryError("bad", query="x", code="not-sql")
    assert (corpus.path, corpus.code, query.query, query.code) == ("out", "no-corpus", "x", "not-sql")
    entity = EntityError("several", text="x", candidates=("a", "b"), code="ambiguous-entity")
    assert (entity.text, entity.candidates, entity.code) == ("x", ("a", "b"), "ambiguous-entity")
