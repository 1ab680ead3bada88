from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import npextract as npx
from helpers import rules
from npextract import Document, Extractor, NpextractError
from npextract.extractor import hash_text
from npextract.finders.candidate import Candidate
from npextract.languages.pipelines import Pipelines
from npextract.languages.spans import NerSpan
from npextract.reading.view import View
from strategies import CITATIONS, NAMES, clean_texts, messy_texts

TEXT = "\n\n".join((*NAMES, *CITATIONS, "Georgia, Congo and SALT; SALT I and SALT II", "Сенат США и МИД РФ"))


def records(documents: Sequence[Document]) -> list[str]:
    return [document.to_json() for document in documents]


def test_the_face_of_the_design():
    document = npx.extract("Резолюция СБ ООН 1540 дополняет ДНЯО.", profile="rules")
    assert [m.id for m in document.mentions] == ["res:S/RES/1540(2004)", "org:UNSC", "org:UN", "treaty:NPT"]
    assert [d.id for d in npx.extract_many(["a", "b"], profile="rules")] == [hash_text("a"), hash_text("b")]
    assert npx.extract("ООН", lang="ru", profile="rules", trace=True).mentions[0].id == "org:UN"


def test_the_ontology_is_at_hand_after_an_extraction():
    # The subpackage of that name must not take the function's place when it is imported.
    code = "import npextract as npx; npx.extract('x', profile='rules'); print(npx.ontology()['treaty:NPT'].id)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "treaty:NPT", done.stderr
    assert npx.ontology() is npx.ontology()


def test_all_names_of_the_face_are_there():
    for name in npx.__all__:
        assert getattr(npx, name).__doc__
    with pytest.raises(AttributeError, match="nothing"):
        npx.nothing  # noqa: B018


@pytest.mark.parametrize("profile", ["fast", "", None, "FULL"])
def test_an_unknown_profile_is_an_error(profile: object):
    with pytest.raises((ValueError, NpextractError), match="profile"):
        Extractor(profile)


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_same_bytes_whatever_the_hash_seed(seed: str):
    code = (
        "import sys; from npextract import extract; text = sys.stdin.buffer.read().decode();"
        " sys.stdout.buffer.write(extract(text, profile='rules').to_json().encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=TEXT.encode(),
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": seed},
    )
    assert done.stdout == rules().extract(TEXT).to_json().encode()


@given(messy_texts())
def test_the_same_text_gives_the_same_record(text: str):
    assert rules().extract(text, trace=True) == rules().extract(text, trace=True)
    assert rules().extract(text).id == hash_text(text)


@given(st.lists(st.one_of(messy_texts(6), clean_texts()), max_size=6))
def test_a_text_is_read_alike_alone_and_among_others(texts: list[str]):
    assert records(list(rules().extract_many(texts))) == records([rules().extract(text) for text in texts])


def test_a_text_is_read_alike_whatever_the_size_of_the_batch(monkeypatch: pytest.MonkeyPatch):
    texts = [f"{name}\n\n{citation}" for name in NAMES for citation in CITATIONS[:5]]
    expected = records([rules().extract(text) for text in texts])
    for documents, characters in ((1, 10**6), (7, 10**6), (1000, 10**6), (1000, 50)):
        monkeypatch.setattr("npextract.extractor._BATCH_DOCUMENTS", documents)
        monkeypatch.setattr("npextract.extractor._BATCH_CHARACTERS", characters)
        assert records(list(rules().extract_many(texts))) == expected


def test_texts_are_taken_as_they_are_needed():
    taken: list[int] = []

    def endless():
        while True:
            taken.append(len(taken))
            yield "ООН"

    documents = rules().extract_many(endless())
    assert next(documents).mentions[0].id == "org:UN"
    assert len(taken) < 1000


def test_identifiers_sources_and_languages_go_with_their_texts():
    documents = list(rules().extract_many(["ООН", "UN"], ids=["1", None], sources=["a", "b"], langs=["ru", None]))
    assert [(d.id, d.source, d.lang) for d in documents] == [("1", "a", "ru"), (hash_text("UN"), "b", "en")]


def test_no_texts_no_documents():
    assert list(rules().extract_many([])) == []


@pytest.mark.parametrize("column", ["ids", "sources", "langs", "dates"])
def test_a_column_that_ends_before_the_texts_is_an_error(column: str):
    with pytest.raises(ValueError, match="more texts"):
        list(rules().extract_many(["a", "b", "c"], **{column: [None, None]}))


def test_a_column_may_be_longer_than_the_texts():
    documents = rules().extract_many(["a", "b"], ids=iter(["1", "2", "3"]))
    assert [document.id for document in documents] == ["1", "2"]


@pytest.mark.parametrize("lang", ["Russian", "EN", "r", "en_GB", " ", "русский"])
def test_a_language_must_be_a_code(lang: str):
    with pytest.raises(ValueError, match="lang must be a code"):
        rules().extract("ООН", lang=lang)


@pytest.mark.parametrize("lang", ["", "mul", "und", "auto", None])
def test_a_language_that_says_nothing_is_found(lang: str | None):
    text = "The delegation of Iran spoke first.\n\nДелегация Ирана выступила первой."
    assert rules().extract(text, lang=lang) == rules().extract(text)
    assert list(rules().extract_many([text], langs=[lang])) == [rules().extract(text)]


def test_an_empty_identifier_stays():
    assert rules().extract("ООН", id="").id == ""


def test_text_must_be_text():
    with pytest.raises((TypeError, AttributeError)):
        rules().extract(b"UN")


def test_an_extractor_can_be_sent_to_another_process():
    copy = pickle.loads(pickle.dumps(rules()))
    assert copy.extract(TEXT).to_json() == rules().extract(TEXT).to_json()
    assert copy.profile == "rules"


def test_an_extractor_with_its_own_ontology_can_be_sent_too(onto):
    own = Extractor("rules", ontology=onto)
    assert own.extract("ООН").mentions
    assert pickle.loads(pickle.dumps(own)).extract(TEXT).to_json() == rules().extract(TEXT).to_json()


def test_threads_share_an_extractor():
    texts = [f"{name}. {citation}." for name in NAMES for citation in CITATIONS]
    expected = records([rules().extract(text) for text in texts])
    fresh = Extractor("rules")
    with ThreadPoolExecutor(8) as pool:
        assert records(list(pool.map(fresh.extract, texts))) == expected


class Loud:
    """A finder that finds the letter x."""

    def __call__(self, view: View) -> list[Candidate]:
        return [
            Candidate(i, i + 1, "organization", "org:UN", "test.x", 1.0) for i, c in enumerate(view.text) if c == "x"
        ]


def test_finders_can_be_replaced():
    document = Extractor("rules", finders=[Loud()]).extract("ООН x")
    assert [(m.text, m.rule) for m in document.mentions] == [("x", "test.x")]


def test_no_finders_find_nothing():
    assert Extractor("rules", finders=[]).extract("ООН").mentions == ()


class Recorder:
    """A pipeline that finds nothing, and remembers what it was asked, and whether two asked at once."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.busy = threading.Lock()

    def entities(self, texts: Sequence[str]) -> list[list[NerSpan]]:
        assert self.busy.acquire(blocking=False), "two threads at once"
        self.texts += texts
        self.busy.release()
        return [[] for _ in texts]


def test_each_pipeline_reads_the_paragraphs_in_its_language():
    english, russian = Recorder(), Recorder()
    extractor = Extractor("full", pipelines=Pipelines({"en": lambda: english, "ru": lambda: russian}))
    extractor.extract(
        "This is the first paragraph.\n\nЭто второй абзац на русском языке.\n\n"
        "Ceci est le troisième et il est dans la langue.\n\n1540"
    )
    assert english.texts == ["This is the first paragraph."]
    assert russian.texts == ["Это второй абзац на русском языке."]


def test_a_pipeline_is_loaded_once_and_only_if_it_is_needed():
    loaded: list[str] = []

    def load(lang: str) -> Recorder:
        loaded.append(lang)
        return Recorder()

    extractor = Extractor("full", pipelines=Pipelines({"en": lambda: load("en"), "ru": lambda: load("ru")}))
    assert loaded == []
    extractor.extract("The first text is in English and so is the rest of it.")
    extractor.extract("The second text is in English as well.")
    assert loaded == ["en"]


def test_pipelines_are_not_asked_by_two_threads_at_once():
    recorder = Recorder()
    extractor = Extractor("full", pipelines=Pipelines({"en": lambda: recorder, "ru": lambda: recorder}))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(extractor.extract, [f"The text number {n} is in English." for n in range(200)]))
    assert len(recorder.texts) == 200


def test_a_trace_changes_nothing_else():
    plain, traced = rules().extract(TEXT), rules().extract(TEXT, trace=True)
    assert plain.mentions == traced.mentions
    assert plain.dropped == ()
    assert traced.dropped != ()
