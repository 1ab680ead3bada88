"""The ready questions, on a corpus whose answers can be counted by hand."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

import npextract as npx
from stores import document, small_corpus, write_store

NPT, CWC, CSTO, R1540 = "treaty:NPT", "treaty:CWC", "org:CSTO", "res:S/RES/1540(2004)"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> npx.Corpus:
    return npx.open_corpus(write_store(tmp_path_factory.mktemp("out"), small_corpus()))


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    """The rows of a table as plain tuples; None for what is missing."""
    frame = frame[list(columns)] if columns else frame
    return [tuple(None if pd.isna(v) else v for v in row) for row in frame.itertuples(index=False)]


def test_counts(corpus: npx.Corpus):
    found = rows(corpus.counts(), "id", "kind", "mentions", "documents")
    assert found[:3] == [(NPT, "treaty", 6, 4), (CSTO, "organization", 4, 4), (R1540, "resolution", 4, 3)]
    assert corpus.counts()["name_ru"][0] == "Договор о нераспространении ядерного оружия"
    assert rows(corpus.counts(ids=["ДНЯО", "CWC"]), "id", "mentions") == [(NPT, 6), (CWC, 2)]
    assert rows(corpus.counts(kind="state"), "id", "mentions") == [("state:RUS", 2), ("state:USA", 2)]
    assert len(corpus.counts(limit=2)) == 2


def test_counts_by_something(corpus: npx.Corpus):
    assert rows(corpus.counts("year", ids=NPT), "year", "id", "mentions", "documents") == [
        (2004, NPT, 3, 2),
        (2016, NPT, 2, 1),
        (None, NPT, 1, 1),
    ]
    assert rows(corpus.counts("month", ids=NPT), "month", "mentions") == [("2004-05", 3), ("2016", 2), (None, 1)]
    assert rows(corpus.counts("lang", ids=NPT), "lang", "mentions") == [("en", 5), ("ru", 1)]
    assert rows(corpus.counts("document", ids=NPT), "doc", "mentions") == [
        ("a/statement_en.txt", 2),
        ("a/statement_ru.txt", 1),
        ("record.txt", 2),
        ("undated.txt", 1),
    ]
    assert rows(corpus.counts("speaker", ids=[NPT, R1540]), "speaker", "id", "mentions", "documents") == [
        ("The President", R1540, 1, 1),
        ("state:RUS", NPT, 2, 1),
        ("state:USA", R1540, 1, 1),
        (None, NPT, 4, 3),
        (None, R1540, 2, 2),
    ]
    assert rows(corpus.counts("kind"))[0] == ("organization", 5, 10, 4)
    with pytest.raises(ValueError, match="by must be one of"):
        corpus.counts("weekday")  # type: ignore[arg-type]


def test_conditions(corpus: npx.Corpus):
    def docs(**which: str | int) -> list[str]:
        return corpus.documents_with(NPT, **which)["doc"].tolist()

    en, ru, record, undated = "a/statement_en.txt", "a/statement_ru.txt", "record.txt", "undated.txt"
    assert docs() == [en, ru, record, undated]
    assert docs(year=2004) == [en, ru]
    assert docs(since="2004-05-02") == [en, ru, record]  # "2004-05" may be the second or later
    assert docs(since="2004-06") == [record]
    assert docs(until="2004") == [en, ru]
    assert docs(until="2004-05-01") == [en]
    assert docs(since="2016-11", until="2016-12") == [record]  # "2016" may be in November
    assert docs(lang="ru") == [ru]
    assert docs(speaker="state:RUS") == [record]
    assert docs(speaker="state:USA") == []
    with pytest.raises(TypeError, match="no such condition: colour"):
        docs(colour="red")


def test_documents_with(corpus: npx.Corpus):
    found = corpus.documents_with(["res:1540", "CWC", "ОДКБ"])
    assert rows(found, "doc", R1540, CWC, CSTO) == [("a/statement_en.txt", 1, 1, 1), ("record.txt", 2, 1, 1)]
    assert found.columns.tolist() == ["doc", "title", "symbol", "date", "lang", R1540, CWC, CSTO]
    assert rows(corpus.documents_with(any=[CWC, "IAEA"]), "doc", CWC) == [
        ("a/statement_en.txt", 1),
        ("a/statement_ru.txt", 0),
        ("record.txt", 1),
    ]
    assert corpus.documents_with(NPT, none="CWC")["doc"].tolist() == ["a/statement_ru.txt", "undated.txt"]
    assert corpus.documents_with(none=NPT)["doc"].tolist() == ["nothing.txt"]
    assert corpus.documents_with(NPT, none=NPT).empty
    assert len(corpus.documents_with()) == 5


def test_who_says_so(corpus: npx.Corpus):
    assert rows(corpus.documents_with([R1540, CWC], speaker="state:USA"), "doc", R1540) == [("record.txt", 1)]
    assert corpus.documents_with([R1540, NPT], speaker="state:USA").empty


def test_cooccurrence(corpus: npx.Corpus):
    (first, *_) = rows(corpus.cooccurrence(), "a", "b", "documents", "a_documents", "b_documents", "jaccard")
    assert first == (CSTO, NPT, 4, 4, 4, 1.0)
    found = corpus.cooccurrence("CWC")
    assert set(found["a"]) == {CWC}
    assert rows(found, "b", "documents")[:3] == [(R1540, 2), (CSTO, 2), (NPT, 2)]
    assert rows(corpus.cooccurrence([CWC, NPT], kind="treaty"), "a", "b", "documents") == [(CWC, NPT, 2)]
    assert rows(corpus.cooccurrence([CWC, CSTO], kind="treaty"), "a", "b", "documents") == [
        (CSTO, NPT, 4),
        (CSTO, CWC, 2),
        (CWC, NPT, 2),
    ]
    assert corpus.cooccurrence(least=3)["documents"].tolist() == [4, 3, 3]
    assert len(corpus.cooccurrence(limit=None)) > len(corpus.cooccurrence(limit=5)) == 5


def test_what_stands_near(corpus: npx.Corpus):
    assert rows(corpus.cooccurrence(CWC, near=15, kind="treaty"), "b", "documents") == [(NPT, 1)]
    assert corpus.cooccurrence(CWC, near=5, kind="treaty").empty
    assert sorted(rows(corpus.cooccurrence("IAEA", speaker="state:RUS"), "b")) == [(CSTO,), ("state:RUS",), (NPT,)]
    with pytest.raises(ValueError, match="near"):
        corpus.cooccurrence(near=0)


def test_near_pairs_are_those_that_a_plain_count_finds(tmp_path: Path):
    chance, names = random.Random(7), ["NPT", "CWC", "IAEA", "CSTO", "CIS", "SCO"]
    files = [
        document(f"{n}.txt", ". ".join(f"The {chance.choice(names)} {'x' * chance.randrange(30)}" for _ in range(12)))
        for n in range(10)
    ]
    corpus = npx.open_corpus(write_store(tmp_path, files))
    for near in (1, 7, 25, 1000):
        expected: dict[tuple[str, str], set[str]] = {}
        for file, [(_, read)] in files:
            for one, other in combinations([m for m in read.mentions if m.id], 2):
                if one.id != other.id and abs(one.start - other.start) <= near:
                    expected.setdefault(tuple(sorted((one.id or "", other.id or ""))), set()).add(file)
        found = {(a, b): n for a, b, n in rows(corpus.cooccurrence(near=near, limit=None), "a", "b", "documents")}
        assert found == {pair: len(docs) for pair, docs in expected.items()}


HOSTILE = "e\u0301\U0001f44d\U0001f3fd👨‍👩‍👧 \U00020000 ДНЯО\r\nи\u200d\u0301 МАГАТЭ é\u0000\ud800 the CWC"
"""Combining marks, astral characters, joined emoji, a NUL and a lone surrogate around the names."""


def test_in_context(corpus: npx.Corpus):
    assert rows(corpus.in_context("CWC", width=12), "doc", "left", "words", "right", "speaker") == [
        ("a/statement_en.txt", "(2004), the ", "CWC", " and the NPT", None),
        ("record.txt", "04) and the ", "CWC", ".", "state:USA"),
    ]
    assert corpus.in_context("CWC", width=0)["left"].tolist() == ["", ""]
    assert len(corpus.in_context([NPT, CSTO], limit=3)) == 3
    assert len(corpus.in_context([NPT, CSTO], limit=None)) == 10


def test_offsets_are_code_points_whatever_the_text_holds(tmp_path: Path):
    corpus = npx.open_corpus(write_store(tmp_path, [document("a.txt", HOSTILE)]))
    text = HOSTILE.replace("\ud800", "\ufffd")
    found = corpus.in_context(["ДНЯО", "МАГАТЭ", "CWC"], width=1000, limit=None)
    assert found["words"].tolist() == ["ДНЯО", "МАГАТЭ", "CWC"]
    assert (found["left"] + found["words"] + found["right"]).tolist() == [text] * 3
    # DuckDB's substring counts code points too, as the guide says; substring_grapheme would not.
    query = (
        'SELECT substring(d.text, m.start + 1, m."end" - m.start) = m.text FROM mentions m JOIN documents d USING (doc)'
    )
    assert corpus.sql(query).fetchall() == [(True,)] * 3


def test_many_documents_in_context(tmp_path: Path):
    files = [document(f"{n:04}.txt", f"The NPT, number {n}.") for n in range(1500)]
    found = npx.open_corpus(write_store(tmp_path, files)).in_context(NPT, limit=None)
    assert found["right"].tolist() == [f", number {n}." for n in range(1500)]


def test_timeline(corpus: npx.Corpus):
    columns = ("id", "period", "mentions", "documents", "of_documents")
    assert rows(corpus.timeline("ДНЯО"), *columns) == [
        (NPT, "2004", 3, 2, 2),
        (NPT, "2010", 0, 0, 1),
        (NPT, "2016", 2, 1, 1),
        (NPT, None, 1, 1, 1),
    ]
    months = corpus.timeline([NPT, CWC], "month")
    assert rows(months[months["id"] == CWC], "period", "mentions") == [
        ("2004-05", 1), ("2010-01", 0), ("2016", 1), (None, 0),
    ]  # fmt: skip
    assert months[months["id"] == NPT]["of_documents"].sum() == len(corpus)
    assert rows(corpus.timeline(NPT, speaker="state:RUS", since="2016"), "period", "mentions") == [("2016", 2)]
    with pytest.raises(ValueError, match="by must be"):
        corpus.timeline(NPT, "day")  # type: ignore[arg-type]


def test_compare(corpus: npx.Corpus):
    found = corpus.compare("a/statement_en.txt", "a/statement_ru.txt", width=10)
    assert rows(found, "found_in", "id", "count_a", "count_b") == [
        ("both", NPT, 2, 1),
        ("both", CSTO, 1, 1),
        ("both", R1540, 1, 1),
        ("a", "org:CIS", 1, 0),
        ("a", CWC, 1, 0),
        ("b", "org:IAEA", 0, 1),
        ("b", "org:UN", 0, 1),
        ("b", "org:UNSC", 0, 1),
    ]
    assert rows(found, "context_a", "context_b")[:1] == [("C and the NPT. The NPT!", "0 (2004), ДНЯО и МАГАТЭ.")]
    assert pd.isna(found["context_b"][3])


def test_versions(tmp_path: Path):
    english, russian = "The NPT is mentioned here and the IAEA as well.", "Здесь упомянуты ДНЯО и МАГАТЭ, а также ОДКБ."
    names = [
        ("x/en/1.txt", "x/ru/1.txt", None),
        ("y-e.pdf", "y-r.docx", None),
        ("note|en", "note|ru", None),
        ("Z_EN.txt", "Z_RU.txt", None),
        ("w (en).txt", "w (ru).txt", None),
        ("доклад_англ.txt", "доклад_рус.txt", None),
        ("anything.txt", "whatever.txt", "S/2015/543"),
    ]
    files = [f for en, ru, s in names for f in (document(en, english, symbol=s), document(ru, russian, symbol=s))]
    files += [document("copy.txt", english, symbol="S/2015/543"), document("q_en.txt", english)]
    files += [document("v_en.txt", english), document("v_ru.txt", english)]  # the same language in both
    found = npx.open_corpus(write_store(tmp_path, files)).versions()
    assert sorted(rows(found, "en", "ru", "same", "others")) == sorted(
        (en, ru, "symbol" if symbol else "name", 1 if symbol else 0) for en, ru, symbol in names
    )


def test_answers_do_not_depend_on_the_parts(tmp_path: Path):
    files = small_corpus()
    one = npx.open_corpus(write_store(tmp_path / "one", files))
    many = npx.open_corpus(write_store(tmp_path / "many", *[[file] for file in reversed(files)]))
    for ask in (
        lambda c: c.counts(),
        lambda c: c.counts("speaker", unknown=True),
        lambda c: c.cooccurrence(limit=None),
        lambda c: c.documents_with(any=[NPT, CWC]),
        lambda c: c.in_context([NPT, CWC]),
        lambda c: c.timeline([NPT, CWC]),
        lambda c: c.versions(),
        lambda c: c.compare("a/statement_en.txt", "record.txt"),
    ):
        pd.testing.assert_frame_equal(ask(one), ask(many))


def test_names_without_identifier(tmp_path: Path):
    text = "The Ministry of Foreign Affairs of Belarus met. The Ministry of Foreign Affairs of Belarus left."
    corpus = npx.open_corpus(write_store(tmp_path, [document(f"{n}.txt", text) for n in range(2)]))
    assert corpus.counts()["id"].tolist() == ["state:BLR"]
    for by in (None, "speaker"):
        found = corpus.counts(by, unknown=True)
        expected = ("Ministry of Foreign Affairs of Belarus", 4, 2)
        assert expected in rows(found[found["id"].isna()], "name_en", "mentions", "documents")
