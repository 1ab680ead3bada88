"""`EnglishPipeline`: the same entities as the stock model, whatever the text and whatever its neighbours."""

from __future__ import annotations

import dataclasses
import os
import pickle
import random
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy

from npextract import doctor
from npextract.errors import ModelError
from npextract.languages import english, english_lexicon
from npextract.languages.english import LABELS, EnglishPipeline, pieces_of
from npextract.languages.english_lexicon import MAX_CHUNK, chunks_of
from npextract.languages.english_network import UnknownLayoutError, agrees_with, read_network
from npextract.languages.english_reader import MAX_TEXT, Reader
from npextract.languages.spans import Label, NerSpan

PARAGRAPHS = [
    "The Security Council, acting under Chapter VII of the Charter, met in New York on 28 April 2004.",
    "Ms. Amina Okafor of Kenya's mission told Reuters that the 1540 Committee wouldn't meet in Geneva.",
    "Following talks in Ulaanbaatar, Mongolia and the People's Republic of China signed a protocol; Japan did not.",
    "Iranian and American experts visited the Fordow plant with Rafael Grossi, Director General of the IAEA.",
    "He spoke French, paid $3.5 million (about 20%) and left for São Tomé and Príncipe at 9 a.m. on Tuesday.",
    "Members of the Organisation for the Prohibition of Chemical Weapons: Chad, Côte d'Ivoire, the U.K., U.S.A.",
    "“Nothing,” said President Tokayev’s spokesman, “is agreed until everything is agreed” — see S/RES/1540(2004).",
    "UN Secretary-General António Guterres:\n\n  \tthe CTBTO, the CSTO and the EU's External Action Service :-) (!)",
    "No names here at all.",
    "Washington",
]
ODD = [
    "",
    " ",
    "\n",
    " \n ",
    "...",
    "(",
    "\x00",
    "\ud800",
    "\ufeff",
    "a",
    "🙂 🙂",
    "'s",
    "  Peru  ",
    "-" * 300,
    " " * 500,
]


@pytest.fixture(scope="module")
def pipeline() -> EnglishPipeline:
    return EnglishPipeline()


@pytest.fixture(scope="module")
def nlp() -> Any:
    excluded = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
    return spacy.load(english.DEFAULT_MODEL, exclude=excluded)


def stock(nlp: Any, texts: list[str]) -> list[list[NerSpan]]:
    """What spaCy finds in a batch of these texts, in our labels, without white space at the ends."""
    return [
        [trimmed(doc.text, e.start_char, e.end_char, LABELS[e.label_]) for e in doc.ents if e.label_ in LABELS]
        for doc in nlp.pipe(texts, batch_size=32)
    ]


def trimmed(text: str, start: int, end: int, label: Label) -> NerSpan:
    name = text[start:end]
    return NerSpan(start + len(name) - len(name.lstrip()), start + len(name.rstrip()), label)


def noisy(text: str, rng: random.Random) -> str:
    """The text with slips of the kind that scans and the web have."""
    letters = list(text)
    slips = [" ", "\n", "\xa0", ".", ":)", "(", '"', "’", "–", "/", "A", "don't", "U.S.", "🙂", "İ", "\u200b"]
    for _ in range(len(text) // 12):
        letters[rng.randrange(len(letters))] = rng.choice(slips)
    return "".join(letters)


def named(text: str, spans: list[NerSpan]) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.label) for span in spans]


def reader(nlp: Any, **limits: int) -> Reader:
    return Reader(nlp, lambda: nlp, read_network(nlp.get_pipe("ner")), **limits)


def test_what_is_found(pipeline: EnglishPipeline) -> None:
    text = "On Tuesday three French envoys told Kofi Annan in Geneva, Switzerland, that the IAEA would stay."
    assert named(text, pipeline.entities([text])[0]) == [
        ("French", "OTHER"),
        ("Kofi Annan", "PER"),
        ("Geneva", "LOC"),
        ("Switzerland", "LOC"),
        ("IAEA", "ORG"),
    ]


def test_the_pinned_model_is_accelerated(pipeline: EnglishPipeline) -> None:
    assert pipeline.model == english.DEFAULT_MODEL
    assert pipeline.accelerated


def test_what_is_pinned_is_what_is_checked() -> None:
    manifest = doctor.read_manifest(doctor.models_folder() / "en-core-web-sm.json")
    assert manifest.requirement == english.DISTRIBUTION


# The same entities as the stock model


def test_parity_with_spacy(pipeline: EnglishPipeline, nlp: Any) -> None:
    assert pipeline.entities(PARAGRAPHS) == stock(nlp, PARAGRAPHS)


def test_parity_with_spacy_on_noise(pipeline: EnglishPipeline, nlp: Any) -> None:
    rng = random.Random(1540)
    texts = [noisy(text, rng) for text in PARAGRAPHS * 25]
    assert pipeline.entities(texts) == stock(nlp, texts)


def test_another_layout_is_left_to_spacy(pipeline: EnglishPipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(ner: Any) -> Any:
        raise UnknownLayoutError("unexpected convolutions")

    monkeypatch.setattr(english, "read_network", unknown)
    slow = EnglishPipeline()
    assert not slow.accelerated
    assert slow.entities(PARAGRAPHS + ODD) == pipeline.entities(PARAGRAPHS + ODD)


def test_a_network_that_computes_something_else_is_not_used(nlp: Any) -> None:
    ner, doc = nlp.get_pipe("ner"), nlp.make_doc(PARAGRAPHS[0])
    network = read_network(ner)
    assert agrees_with(network, ner, doc)
    mix = dataclasses.replace(network.mix, gain=network.mix.gain * 1.01)
    assert not agrees_with(dataclasses.replace(network, mix=mix), ner, doc)


def test_components_that_are_no_such_network_are_refused() -> None:
    nlp = spacy.blank("en")
    with pytest.raises(UnknownLayoutError):
        read_network(nlp.add_pipe("entity_ruler"))


# Independence


def test_neighbours_make_no_difference(pipeline: EnglishPipeline) -> None:
    rng = random.Random(7)
    texts = [noisy(text, rng) for text in PARAGRAPHS * 8] + ODD
    together = pipeline.entities(texts)
    assert [pipeline.entities([text])[0] for text in texts] == together
    order = rng.sample(range(len(texts)), len(texts))
    assert pipeline.entities([texts[number] for number in order]) == [together[number] for number in order]


def test_neighbours_make_no_difference_to_the_last_bit(nlp: Any) -> None:
    network = read_network(nlp.get_pipe("ner"))
    features = np.stack([nlp.make_doc(text).to_array(list(network.features))[:12] for text in PARAGRAPHS[:8]])
    table = network.empty_table(features.shape[0] * 12)
    for part, rows in zip(table, network.embed(features.reshape(-1, features.shape[-1])), strict=True):
        part[1:] = rows
    texts = np.pad(np.arange(1, 97).reshape(8, 12), ((0, 0), (network.reach, 0)))
    batch = network.encode(table, np.pad(texts.ravel(), (0, network.reach)))[: texts.size].reshape(*texts.shape, -1)
    for text, encoded in zip(texts, batch, strict=True):
        alone = network.encode(table, np.pad(text, (0, network.reach)))[: len(text)]
        assert np.array_equal(alone[network.reach :], encoded[network.reach :])


def test_what_was_read_before_makes_no_difference(pipeline: EnglishPipeline, nlp: Any) -> None:
    """Memories that are full all the time give what memories never full give."""
    rng = random.Random(3)
    texts = [noisy(text, rng) for text in PARAGRAPHS * 4]
    forgetful = list(reader(nlp, max_words=200, max_chunks=40)(texts))
    assert forgetful == list(reader(nlp)(texts))


def test_a_fresh_vocabulary_makes_no_difference(
    pipeline: EnglishPipeline, nlp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(english_lexicon, "_MAX_LEXEMES", 0)
    loads: list[Any] = []

    def reload() -> Any:
        loads.append(nlp)
        return nlp

    renewing = Reader(nlp, reload, read_network(nlp.get_pipe("ner")), max_words=200, max_chunks=40)
    assert list(renewing(PARAGRAPHS)) == list(reader(nlp)(PARAGRAPHS))
    assert loads


def test_threads_may_share_a_pipeline(pipeline: EnglishPipeline) -> None:
    expected = pipeline.entities(PARAGRAPHS)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(pipeline.entities, [PARAGRAPHS] * 8)) == [expected] * 8


def test_a_pipeline_can_be_sent_to_a_worker(pipeline: EnglishPipeline) -> None:
    assert pickle.loads(pickle.dumps(pipeline)).entities(PARAGRAPHS) == pipeline.entities(PARAGRAPHS)


# Odd and long texts


def test_offsets_are_exact(pipeline: EnglishPipeline) -> None:
    rng = random.Random(11)
    texts = ODD + [noisy(text, rng) for text in PARAGRAPHS * 5] + ["  \n France \n\n and, 🙂, Peru "]
    for text, spans in zip(texts, pipeline.entities(texts), strict=True):
        ends = 0
        for span in spans:
            assert ends <= span.start < span.end <= len(text)
            assert text[span.start : span.end] == text[span.start : span.end].strip()
            ends = span.end
    assert named(texts[-1], pipeline.entities([texts[-1]])[0]) == [("France", "LOC"), ("Peru", "LOC")]


def test_lone_surrogates_are_read_over(pipeline: EnglishPipeline) -> None:
    text = "Kofi \udfff Annan went to Peru.\ud83d"
    assert named(text, pipeline.entities([text])[0])[-1] == ("Peru", "LOC")


def test_no_texts(pipeline: EnglishPipeline) -> None:
    assert pipeline.entities([]) == []


@pytest.mark.parametrize("text", [*ODD, *PARAGRAPHS, "x" * (3 * MAX_CHUNK) + " y", "a  b\n c \n"])
def test_chunks_tile_the_text(text: str) -> None:
    assert "".join(chunks_of(text)) == text


@pytest.mark.parametrize("text", [*ODD, "x" * 20_001, "Peru. " * 5_000, "Peru " * 5_000, "Peru\n" * 5_000])
def test_pieces_tile_the_text(text: str) -> None:
    pieces = list(pieces_of(text))
    assert "".join(piece for _, piece in pieces) == text
    assert [at for at, _ in pieces] == [sum(len(piece) for _, piece in pieces[:i]) for i in range(len(pieces))]
    assert all(0 < len(piece) <= MAX_TEXT for _, piece in pieces)


def test_long_texts_are_cut_between_sentences(pipeline: EnglishPipeline) -> None:
    sentence = "The delegation of Peru met Kofi Annan in Geneva, e.g. Monday. "
    times = 4 * MAX_TEXT // len(sentence)
    assert all(piece.startswith("The delegation") for _, piece in pieces_of(sentence * times))
    (spans,) = pipeline.entities([sentence * times])
    names = named(sentence * times, spans)
    assert names == [("Peru", "LOC"), ("Kofi Annan", "PER"), ("Geneva", "LOC")] * times


@pytest.mark.parametrize(("text", "seconds"), [("ab" * 500_000, 5), ("(" * 50_000, 10), (" " * 1_000_000, 5)])
def test_time_without_spaces_is_bounded(pipeline: EnglishPipeline, text: str, seconds: float) -> None:
    """Took .1, .8 and .1 s where this was written; spaCy's tokenizer would take hours."""
    start = time.perf_counter()
    pipeline.entities([text])
    assert time.perf_counter() - start < seconds


def test_new_words_leave_nothing_behind_in_the_vocabulary(nlp: Any) -> None:
    strings = len(nlp.vocab.strings)
    rng = random.Random(5)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(2_000)]
    list(reader(nlp, max_words=2_500, max_chunks=800)([" ".join(words[at : at + 50]) for at in range(0, 2_000, 50)]))
    assert len(nlp.vocab.strings) == strings


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_of_a_process() -> None:
    """148 MB where this was written."""
    script = (
        "from npextract.languages.english import EnglishPipeline;"
        f"EnglishPipeline().entities({PARAGRAPHS!r});"
        "print(*(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True, env=environment)
    assert int(run.stdout) < 220_000


# Models


def test_a_missing_model_is_named() -> None:
    with pytest.raises(ModelError, match="en_no_such_model") as raised:
        EnglishPipeline("en_no_such_model")
    assert raised.value.model == "en_no_such_model"


def test_a_missing_default_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(english, "DEFAULT_MODEL", "en_no_such_model")
    with pytest.raises(ModelError, match=f"pip install {re.escape(english.DISTRIBUTION)}"):
        EnglishPipeline()


def test_a_model_without_recognizer_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="no component named ner"):
        EnglishPipeline(str(tmp_path / "blank"))


def test_a_model_in_a_folder_is_used(tmp_path: Path, nlp: Any, pipeline: EnglishPipeline) -> None:
    """Here the same model, with another component beside it, which is left out."""
    other = spacy.load(english.DEFAULT_MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    other.to_disk(tmp_path / "model")
    own = EnglishPipeline(str(tmp_path / "model"))
    assert own.accelerated
    assert own.entities(PARAGRAPHS) == pipeline.entities(PARAGRAPHS)
