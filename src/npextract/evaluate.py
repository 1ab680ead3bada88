"""Accuracy against texts that were marked by hand.

A gold file holds one document a line: {"id", "text", "lang", "mentions": [{"start", "end", "kind", "id", "form"}]}.

- *span*: the outermost names, with exact borders and kind;
- *link*: the outermost names that have an identifier, with that identifier and an overlapping span;
- *entities*: the set of identifiers of each document, nested names included;
- *adjective*, *anaphor*: like link, for those forms alone; *document*: like link, for other documents' symbols.

Not counted, for or against: what overlaps a gold name without identifier; the right identifier in another form
than the gold's; gold anaphors whose entity the text never names (the principal organs and the Charter need not be).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from npextract.document import Mention
from npextract.errors import InputError

KINDS: Final = ("state", "organization", "treaty", "resolution")
NEED_NO_ANTECEDENT: Final = frozenset(
    {"org:UN", "org:UNSC", "org:UNGA", "org:ECOSOC", "org:UN-Secretariat", "treaty:UN-Charter"}
)


class Mark(NamedTuple):
    """One mention, gold or predicted, as far as scoring looks at it."""

    start: int
    end: int
    kind: str
    id: str | None
    form: str


class GoldDocument(NamedTuple):
    """A text with the mentions that a person marked."""

    id: str
    text: str
    lang: str | None
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class Tally:
    """How many were right, how many found were wrong, how many were missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, right: int, wrong: int, missed: int) -> None:
        """Count more."""
        self.right += right
        self.wrong += wrong
        self.missed += missed

    @property
    def precision(self) -> float | None:
        """The share of right ones among those found; None if nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of those that should be found that were; None if there were none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


@dataclass(slots=True)
class Scores:
    """The tallies by name, and the errors of `link`: (document, "missed" or "wrong", mark)."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    errors: list[tuple[str, str, Mark]] = field(default_factory=list)

    def __getitem__(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())


def marks_of(mentions: Iterable[Any]) -> tuple[Mark, ...]:
    """Marks from a document's mentions or from records of them."""

    def mark(m: Any) -> Mark:
        if isinstance(m, dict):
            return Mark(m["start"], m["end"], m["kind"], m.get("id"), m.get("form") or "name")
        return Mark(m.start, m.end, m.kind, m.id, m.form)

    return tuple(sorted(map(mark, mentions), key=lambda m: (m.start, -m.end)))


def read_gold(path: Path) -> list[GoldDocument]:
    """Gold documents from a file of JSON Lines; raises InputError naming the line that is none."""
    golds: list[GoldDocument] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            try:
                record = json.loads(line)
                marks = marks_of(record["mentions"])
                golds.append(GoldDocument(str(record.get("id", number)), record["text"], record.get("lang"), marks))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                message = f"is no gold document ({type(error).__name__}: {error}); it needs text and mentions"
                raise InputError(message, source=f"{path}:{number}", code="bad-record") from None
    return golds


def score(golds: Sequence[GoldDocument], predicted: Sequence[Sequence[Mark]]) -> Scores:
    """Compare the predicted marks of each document with its gold."""
    scores = Scores()
    for gold, marks in zip(golds, predicted, strict=True):
        _score_document(scores, gold, marks)
    return scores


def _score_document(scores: Scores, gold: GoldDocument, predicted: Sequence[Mark]) -> None:
    in_gold = _forms_seen(gold.marks)
    in_predicted = _forms_seen(predicted)
    unnamed = [m for m in gold.marks if m.id is None and m.kind in KINDS]

    def free(mark: Mark) -> bool:
        """Whether a wrong prediction counts: no gold name without identifier is there, nor another form."""
        return not any(overlap(mark, u) for u in unnamed) and not in_gold(mark)

    def link(expected: Sequence[Mark], found: Sequence[Mark]) -> tuple[list[Mark], list[Mark], list[Mark]]:
        pairs = _match(expected, found, lambda a, b: a.id == b.id and overlap(a, b))
        matched, used = {a for a, _ in pairs}, {b for _, b in pairs}
        missed = [m for m in expected if m not in matched and not in_predicted(m)]
        wrong = [m for m in found if m not in used and free(m)]
        return [a for a, _ in pairs], wrong, missed

    _score_spans(
        scores,
        [m for m in _outermost(_names(gold.marks)) if not in_predicted(m)],
        [m for m in _outermost(_names(predicted)) if not in_gold(m)],
    )

    expected = _outermost([m for m in _names(gold.marks) if m.id])
    found = _outermost([m for m in _names(predicted) if m.id])
    right, wrong, missed = link(expected, found)
    scores["link"].add(len(right), len(wrong), len(missed))
    for kind in KINDS:
        scores[f"link {kind}"].add(*(sum(m.kind == kind for m in marks) for marks in (right, wrong, missed)))
    scores.errors += [(gold.id, "missed", m) for m in missed] + [(gold.id, "wrong", m) for m in wrong]

    for form in ("adjective", "anaphor"):
        expected, found = _of_form(gold.marks, form), _of_form(predicted, form)
        if form == "anaphor":
            named = {m.id for m in _names(gold.marks)} | NEED_NO_ANTECEDENT
            loose = [m for m in expected if m.id not in named]
            expected = [m for m in expected if m.id in named]
            found = [m for m in found if not any(overlap(m, other) for other in loose)]
        right, wrong, missed = link(expected, found)
        scores[form].add(len(right), len(wrong), len(missed))
    symbols = [[m for m in marks if m.kind == "document" and m.form == "name"] for marks in (gold.marks, predicted)]
    right, wrong, missed = link(*symbols)
    scores["document"].add(len(right), len(wrong), len(missed))
    _score_entities(scores, gold, predicted, unnamed)


def _score_spans(scores: Scores, expected: Sequence[Mark], found: Sequence[Mark]) -> None:
    for kind in KINDS:
        a, b = [m for m in expected if m.kind == kind], [m for m in found if m.kind == kind]
        right = len(_match(a, b, lambda x, y: (x.start, x.end) == (y.start, y.end)))
        for name in ("span", f"span {kind}"):
            scores[name].add(right, len(b) - right, len(a) - right)


def _score_entities(scores: Scores, gold: GoldDocument, predicted: Sequence[Mark], unnamed: Sequence[Mark]) -> None:
    expected = {m.id for m in _names(gold.marks) if m.id}
    any_form = {m.id for m in gold.marks if m.id}
    found = {
        m.id
        for m in _names(predicted)
        if m.id and (m.id in expected or not (m.id in any_form or any(overlap(m, u) for u in unnamed)))
    }
    expected -= {i for i in expected - found if any(m.id == i for m in predicted)}
    scores["entities"].add(len(expected & found), len(found - expected), len(expected - found))


def _names(marks: Iterable[Mark]) -> list[Mark]:
    return [m for m in marks if m.form == "name" and m.kind in KINDS]


def _of_form(marks: Iterable[Mark], form: str) -> list[Mark]:
    return [m for m in marks if m.form == form and m.kind in KINDS and m.id]


def _forms_seen(marks: Sequence[Mark]) -> Callable[[Mark], bool]:
    """Whether the marks have the same entity at the same place in another form."""
    return lambda mark: any(o.form != mark.form and o.id and o.id == mark.id and overlap(o, mark) for o in marks)


def overlap(a: Mark | Mention, b: Mark | Mention) -> bool:
    """Whether two mentions share a character."""
    return a.start < b.end and b.start < a.end


def _outermost(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not any(k.start <= mark.start and mark.end <= k.end for k in kept):
            kept.append(mark)
    return kept


def _match(
    expected: Sequence[Mark], found: Sequence[Mark], same: Callable[[Mark, Mark], bool]
) -> list[tuple[Mark, Mark]]:
    """Pairs, each mark in one at most; of several that fit, the one that overlaps most."""
    pairs: list[tuple[Mark, Mark]] = []
    free = list(found)
    for mark in expected:
        fitting = [f for f in free if same(mark, f)]
        if fitting:
            best = max(fitting, key=lambda f: min(mark.end, f.end) - max(mark.start, f.start))
            free.remove(best)
            pairs.append((mark, best))
    return pairs
