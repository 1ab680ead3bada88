"""The report of a corpus: what is asked of the store, and how much of it goes into the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from npextract.corpus import report_rows as ask
from npextract.corpus.corpus import Corpus, open_corpus
from npextract.corpus.target import whole
from npextract.errors import InputError
from npextract.explain import FLAGS, RULES
from npextract.show.report.model import Report
from npextract.show.report.page import render

TEXTS: Final = 200
"""How many documents are in the page with their text, unless more are asked for."""
_CHARACTERS: Final = 8_000_000
"""How many characters of text are in the page, unless a number of documents is asked for: it stays under 30 MB."""
_LISTED: Final = 20_000
"""How many documents are listed; a browser sorts and filters so many while one types."""
_ENTITIES: Final = 3_000
"""How many entities are listed."""
_FAILURES: Final = 1_000
"""How many failures are listed; their codes are counted in full."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    target: Path
    documents: int
    """How many documents the corpus has."""
    texts: int
    """How many of them are in the page with their text."""
    bytes: int
    statements: tuple[str, ...]
    """What is not in the page, in words."""


def write_report(
    corpus: Path, target: Path, *, documents: int | None = None, every: bool = False, title: str = "Corpus report"
) -> Written:
    """Write the report of the corpus in a folder to one HTML file, which appears when it is whole.

    The page has the texts of at most `documents` documents (default: `TEXTS`, and no more than a few megabytes), those
    that name the most different entities; of all, with `every`. The same corpus gives the same bytes. Raises
    CorpusError for what is no corpus, InputError where the file cannot be written.
    """
    with open_corpus(corpus) as source:
        report, chosen, total = _gather(source, title, documents, every)
        texts = ask.texts(source, [(at, str(report.documents[at][0])) for at in chosen])
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with whole(target) as partial:
                with partial.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
                    file.writelines(render(report, texts))
                size = partial.stat().st_size
        except OSError as error:
            raise InputError(error.strerror or str(error), source=str(target), code="unwritable") from None
    return Written(target, total, len(chosen), size, tuple(report.statements))


def _gather(source: Corpus, title: str, documents: int | None, every: bool) -> tuple[Report, Sequence[int], int]:
    """The report, the places in its documents of those that it has with their text, and how many there are in all."""
    totals = ask.totals(source)
    listed = ask.documents(source, most=totals["documents"] if every else max(_LISTED, documents or 0))
    chosen = _choose(listed, documents, every)
    entities = ask.entities(source, most=_ENTITIES)
    shown = frozenset(chosen)
    failure_codes = ask.failure_codes(source)
    timeline, together = ask.pictures(source, entities)
    report = Report(
        title=title,
        totals=totals,
        statements=_statements(totals, len(listed), len(chosen), len(entities)),
        ontologies=ask.ontologies(source),
        languages=ask.counts(source, "lang"),
        formats=ask.counts(source, "format"),
        years=(years := ask.years(source)),
        undated=totals["documents"] - sum(n for _, n in years),
        kinds=ask.kinds(source),
        entities=entities,
        timeline=timeline,
        together=together,
        documents=[(*row, at in shown) for at, row in enumerate(listed)],
        postings=ask.postings(source, entities, listed),
        names=ask.names(source, [str(listed[at][0]) for at in chosen]),
        failure_codes=failure_codes,
        failures=ask.failures(source, most=_FAILURES),
        warnings=ask.warnings(source),
        words={"rules": RULES, "flags": FLAGS},
    )
    return report, chosen, totals["documents"]


def _choose(listed: Sequence[ask.Row], documents: int | None, every: bool) -> Sequence[int]:
    """The places of the documents whose texts go into the page: those with the most different entities."""
    if every:
        return range(len(listed))
    richest = sorted(range(len(listed)), key=lambda at: (-listed[at][ask.DIFFERENT], at))
    if documents is not None:
        return sorted(richest[:documents])
    chosen: list[int] = []
    left = _CHARACTERS
    for at in richest:
        if len(chosen) == TEXTS:
            break
        if (size := listed[at][ask.CHARACTERS]) <= left:
            chosen.append(at)
            left -= size
    return sorted(chosen)


def _statements(totals: dict[str, int], listed: int, texts: int, entities: int) -> list[str]:
    """What the page leaves out, in words."""
    said = []
    if texts < totals["documents"]:
        said.append(
            f"Showing the text of {texts:,} of {totals['documents']:,} documents, those that name the most different "
            "entities; --documents all shows every one."
        )
    if listed < totals["documents"]:
        said.append(f"Listing {listed:,} of {totals['documents']:,} documents, those that name the most entities.")
    if entities < (total := totals["entities"] + totals["names"]):
        said.append(f"Listing {entities:,} of {total:,} entities and names, those that the most documents name.")
    if totals["failures"] > _FAILURES:
        said.append(f"Listing {_FAILURES:,} of {totals['failures']:,} failures.")
    return said
