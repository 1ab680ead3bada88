"""The way of a document: text → view → paragraphs → finders → resolver → Document.

Each arrow is one function that can be called alone or replaced by an argument of `Extractor`.
"""

from __future__ import annotations

import datetime
import hashlib
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, repeat
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from npextract.assemble import assemble
from npextract.context import Surroundings
from npextract.discourse.anaphora import AnaphoraResolver
from npextract.discourse.definitions import follow_definitions
from npextract.document import Document
from npextract.finders.candidate import Candidate
from npextract.finders.names import NameFinder
from npextract.finders.references import ReferenceFinder
from npextract.finders.shared_nouns import SharedNounFinder
from npextract.finders.unknown import UnknownNames
from npextract.languages.detect import Paragraph, language_table, split_paragraphs
from npextract.languages.morphology import Morphology
from npextract.languages.pipelines import Pipelines
from npextract.languages.spans import NerSpan
from npextract.ontology import Ontology, load
from npextract.ontology.dates import last_day
from npextract.reading.characters import is_language
from npextract.reading.view import View, build_view
from npextract.resolve import Rejected, Resolver

Profile = Literal["full", "rules"]
Finder = Callable[[View], list[Candidate]]
"""What finds candidates in a view. It keeps no state between calls."""

_BATCH_DOCUMENTS: Final = 64
_BATCH_CHARACTERS: Final = 400_000
"""How much text `extract_many` reads at a time: enough to fill the neural pipelines' batches, little to hold."""


class Job(NamedTuple):
    """A text to be read, with what is known of it."""

    text: str
    id: str | None
    source: str | None
    lang: str | None
    date: str | None
    day: datetime.date | None
    """The last day that `date` may mean."""


class Extractor:
    """Reads texts. Made once, used for many texts, by many threads; can be sent to worker processes.

    `profile="rules"` uses the ontology and the grammars only; `"full"` the neural pipelines too, which are loaded
    when the first text in their language comes. `ontology` is one to use instead of the package's, or the paths of
    YAML files with entities to add to that (see `npextract.ontology.extend`). `finders` replaces the finders that
    need no neural model.
    """

    def __init__(
        self,
        profile: Profile = "full",
        *,
        ontology: Ontology | Sequence[Path] | None = None,
        finders: Sequence[Finder] | None = None,
        pipelines: Pipelines | None = None,
    ) -> None:
        if profile not in ("full", "rules"):
            raise ValueError(f"profile must be 'full' or 'rules', not {profile!r}")
        self._arguments: dict[str, Any] = {
            "profile": profile, "ontology": ontology, "finders": finders, "pipelines": pipelines,
        }  # fmt: skip
        self.profile: Profile = profile
        self.ontology = ontology_of(ontology)
        self._languages = language_table(self.ontology.tables["languages"])
        self._finders = (
            finders
            if finders is not None
            else (
                NameFinder(self.ontology),
                ReferenceFinder(self.ontology),
                SharedNounFinder(self.ontology),
            )
        )
        self._resolve = Resolver(self.ontology, Surroundings(self.ontology.tables["context"]))
        self._unknown = UnknownNames(self.ontology.tables["generic_nouns"], self.ontology.tables["institutions"])
        self._anaphora = AnaphoraResolver(self.ontology, self.ontology.tables["anaphora"])
        self._pipelines = (pipelines or Pipelines()) if profile == "full" else None
        self._lemma = Morphology().lemma if profile == "full" else None
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        return self._arguments

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    def extract(
        self,
        text: str,
        *,
        lang: str | None = None,
        id: str | None = None,
        source: str | None = None,
        date: str | None = None,
        trace: bool = False,
    ) -> Document:
        """Read one text.

        `lang` ("en", "ru") says its language instead of finding it paragraph by paragraph; `id` and `source` go
        into the record (without `id` it is made from the text); with the text's `date` ("1995-06-01", or a month or
        a year) names by which members are meant list them as of that day, and of entities that share a name those
        that bore it then are preferred; `trace` keeps what was dropped, with reasons.
        """
        return next(self.extract_many([text], lang=lang, ids=[id], sources=[source], dates=[date], trace=trace))

    def extract_many(
        self,
        texts: Iterable[str],
        *,
        lang: str | None = None,
        ids: Iterable[str | None] | None = None,
        sources: Iterable[str | None] | None = None,
        langs: Iterable[str | None] | None = None,
        dates: Iterable[str | None] | None = None,
        trace: bool = False,
    ) -> Iterator[Document]:
        """Read texts in order, some at a time. Each result is the same as that of `extract` for the text alone."""
        columns = (ids, sources, repeat(lang) if langs is None else langs, dates)
        for batch in _batches(_jobs(texts, columns)):
            views = [build_view(job.text) for job in batch]
            paragraphs = [
                split_paragraphs(view, self._languages, job.lang) for view, job in zip(views, batch, strict=True)
            ]
            spans = self._neural_spans(views, paragraphs)
            for view, parts, found, job in zip(views, paragraphs, spans, batch, strict=True):
                candidates = [c for finder in self._finders for c in finder(view)]
                reading = self._resolve(view, *in_supported_languages(candidates, parts), found, job.day)
                reading = follow_definitions(view, reading)
                reading = reading.with_more(self._unknown(view, found, reading.candidates, reading.refused))
                pointing_back = self._anaphora(view, reading.candidates)
                reading = reading.with_more(in_supported_languages(pointing_back, parts)[0])
                yield assemble(
                    view,
                    parts,
                    reading,
                    self.ontology,
                    id=hash_text(job.text) if job.id is None else job.id,
                    source=job.source,
                    date=job.date,
                    lemma=self._lemma,
                    trace=trace,
                )

    def _neural_spans(self, views: Sequence[View], paragraphs: Sequence[Sequence[Paragraph]]) -> list[list[NerSpan]]:
        """What the neural pipelines find in each view; nothing in profile "rules"."""
        if self._pipelines is None:
            return [[] for _ in views]
        with self._lock:
            return self._pipelines.spans(views, paragraphs)


def ontology_of(given: Ontology | Sequence[Path] | None) -> Ontology:
    """The ontology that an extractor's argument stands for."""
    if isinstance(given, Ontology):
        return given
    if given:
        from npextract.ontology.extend import extend

        return extend(given)
    return load()


_ANY_LANGUAGE: Final = frozenset({"references.symbol", "references.document", "names.abbreviation", "names.decoy"})
"""The rules that read paragraphs in languages without a pipeline: symbols and abbreviations are the same in all."""


def in_supported_languages(
    candidates: Sequence[Candidate], paragraphs: Sequence[Paragraph]
) -> tuple[list[Candidate], list[Rejected]]:
    """The candidates that may be read where they stand, and the others, with the reason."""
    foreign = [(p.start, p.end) for p in paragraphs if not p.supported]
    if not foreign:
        return list(candidates), []
    starts = [start for start, _ in foreign]
    readable: list[Candidate] = []
    rejected: list[Rejected] = []
    for candidate in candidates:
        at = bisect_right(starts, candidate.start) - 1
        if candidate.rule in _ANY_LANGUAGE or at < 0 or foreign[at][1] <= candidate.start:
            readable.append(candidate)
        else:
            rejected.append(Rejected(candidate, "unsupported-language"))
    return readable, rejected


def hash_text(text: str) -> str:
    """An identifier for a text that has none: the beginning of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _jobs(texts: Iterable[str], columns: Sequence[Iterable[str | None] | None]) -> Iterator[Job]:
    """The texts with what is known of them; ValueError for what is no language or date, or where a column is short."""
    iterators = [repeat(None) if column is None else iter(column) for column in columns]
    for text in texts:
        known = [value for iterator in iterators for value in islice(iterator, 1)]
        if len(known) < len(iterators):
            raise ValueError("there are more texts than ids, sources, langs or dates")
        identifier, source, lang, date = known
        if lang is not None and lang not in _ANY and not is_language(lang):
            raise ValueError(f"lang must be a code such as 'en' or 'ru', not {lang!r}")
        day = None if date is None else last_day(date)
        yield Job(text, identifier, source, None if lang in _ANY else lang, date, day)


_ANY: Final = frozenset({"", "mul", "und", "auto"})
"""What stands for a language that is to be found."""


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Jobs in lots of bounded size; a text larger than a lot has one to itself."""
    jobs = iter(jobs)
    while batch := list(islice(jobs, 1)):
        size = len(batch[0].text)
        while size < _BATCH_CHARACTERS and len(batch) < _BATCH_DOCUMENTS and (following := list(islice(jobs, 1))):
            batch += following
            size += len(following[0].text)
        yield batch
