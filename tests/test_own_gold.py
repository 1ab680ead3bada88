"""The project's own gold: current, right in itself, the same texts as the samples, and read well."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from npextract import Extractor
from npextract.evaluate import marks_of, read_gold, score

ROOT = Path(__file__).parents[1]
LEAST_LINK_F1 = 0.98


def import_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_build", ROOT / "gold" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = import_build()
RECORDS = [json.loads(line) for line in build.build().splitlines()]
TEXTS = {record["id"]: record["text"] for record in RECORDS}


def test_gold_is_current():
    assert build.GOLD.read_text(encoding="utf-8") == build.build(), "run python gold/build.py"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_mentions_are_pieces_of_their_text(record):
    for mention in record["mentions"]:
        assert record["text"][mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.parametrize("name", ["en-statement.txt", "ru-zayavlenie.md", "en-letter.txt", "ru-doklad.txt"])
def test_samples_are_the_marked_texts(name):
    sample = ROOT / "samples" / name
    assert sample.read_text(encoding="utf-8") == TEXTS[f"sample-{sample.stem}"]


def test_sample_records_are_the_marked_texts():
    lines = (ROOT / "samples" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    for record in map(json.loads, lines):
        assert record["text"] == TEXTS[f"sample-record-{record['id']}"]


@pytest.mark.parametrize(
    "marked",
    ["[[UN|org:UN]", "UN|org:UN]]", "[[UN |org:UN]]", "[[|org:UN]]", "[[UN|org:no-such-body]]", "[[UN|body:UN]]"],
)
def test_bad_markup_is_refused(marked):
    with pytest.raises(ValueError, match="UN"):
        build.parse(marked)


def test_markup_nests():
    text, mentions = build.parse("[[[[[UN|org:UN]] Council|org:UNSC]] [x] (the [[Body|org:nil|anaphor]])")
    assert text == "[UN Council [x] (the Body)"
    assert [(m["text"], m["id"], m["form"]) for m in mentions] == [
        ("UN Council", "org:UNSC", "name"),
        ("UN", "org:UN", "name"),
        ("Body", None, "anaphor"),
    ]


def test_links_are_right():
    golds = read_gold(build.GOLD)
    documents = Extractor("rules").extract_many([gold.text for gold in golds])
    scores = score(golds, [marks_of(document.mentions) for document in documents])
    assert scores["link"].f1 >= LEAST_LINK_F1, scores.errors


def test_a_second_reader_agrees():
    first, *measures = build.agreement()
    assert first == "16 texts read twice"
    assert all(float(line.split()[-1]) > 0.95 for line in measures)
