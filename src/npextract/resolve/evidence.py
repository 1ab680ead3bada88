"""What speaks for a weak name: lists, citations, offices, the entities that the document names for sure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

import regex

from npextract.context import Surroundings
from npextract.finders.candidate import Candidate
from npextract.finders.references.bodies import body_of_resolution
from npextract.languages.spans import NerSpan
from npextract.ontology.dates import first_day, last_day
from npextract.ontology.model import CONTEXTS, Ontology
from npextract.reading.view import View
from npextract.resolve.years import year_beside

_LINK_BETWEEN_NAMES: Final = regex.compile(
    r"\s?(?:,|;|/|-|\band\b|\bи\b|\bили\b|\bor\b|&|\+|[,;] (?:and|и|or|или) )\s?(?:the )?"
    r"|(?!\.\s+$)(?=.*(?:[\n|¦\d:;]|\b[YNAДНВ]\b))(?:[\s\d.,:;|¦()/*•+-]|\b[YNAДНВ]\b){1,30}",
    regex.DOTALL,
)
_WIDEST_GAP: Final = 30
"""How far apart two names of a list or of a table's column may stand, in characters."""
_BODIES_BY_SYMBOL: Final = {
    "doc:GOV/": "org:IAEA",
    "doc:GC(": "org:IAEA",
    "doc:INFCIRC": "org:IAEA",
    "doc:EC-": "org:OPCW",
    "doc:C-": "org:OPCW",
}
_RANKS: Final = {kind: rank for rank, kind in enumerate(CONTEXTS)}


class Evidence:
    """What a document says for its weak names, in the kinds of CONTEXTS. Made for one view."""

    def __init__(
        self,
        view: View,
        candidates: Sequence[Candidate],
        spans: Sequence[NerSpan],
        surroundings: Surroundings,
        related: Mapping[str, frozenset[str]],
        years: Mapping[str, frozenset[int]],
    ) -> None:
        self._view = view
        self._surroundings = surroundings
        self._related = related
        self._years = years
        self._named = {c.id for c in candidates if not c.weak and c.form == "name"}
        self._named |= {body for c in candidates if c.kind == "document" for body in bodies_of_symbol(c.id or "")}
        self._places = {(s.start, s.end) for s in spans if s.label == "LOC"}
        self._listed = listed(view, candidates)
        self._cited = cited_bodies(candidates)

    def of(self, candidate: Candidate) -> tuple[str, ...]:
        """The kinds of context that speak for a weak candidate, of those that its name needs, the strongest first."""
        wanted = candidate.needs or tuple(CONTEXTS)
        return tuple(kind for kind in CONTEXTS if kind in wanted and self._speaks(kind, candidate))

    def year_fits(self, candidate: Candidate) -> bool | None:
        """Whether the year beside a treaty's name is the treaty's; None where there is no year or none is known."""
        years = self._years.get(candidate.id or "")
        if not years or (year := year_beside(self._view.text, candidate.start, candidate.end)) is None:
            return None
        return year in years

    def _speaks(self, kind: str, candidate: Candidate) -> bool:
        is_state = candidate.kind == "state"
        match kind:
            case "dated":
                return self.year_fits(candidate) is True
            case "listed":
                return (candidate.kind, candidate.start, candidate.end) in self._listed
            case "cited":
                return (candidate.id, candidate.start, candidate.end) in self._cited
            case "named":
                return candidate.id in self._named
            case "office":
                return is_state and self._surroundings.before("state_before", self._view.text, candidate.start)
            case "related":
                return not self._named.isdisjoint(self._related.get(candidate.id or "", ()))
            case "place":
                return is_state and (candidate.start, candidate.end) in self._places
        raise AssertionError(kind)


def strength(candidate: Candidate) -> int:
    """The rank of the strongest context that speaks for a candidate; 0 is the strongest."""
    return min((_RANKS[kind] for kind in candidate.evidence), default=0)


def in_use(candidate: Candidate, begun: date | None, day: date) -> bool:
    """Whether a name was in use on the day of the document, as far as that is known.

    `begun` is when its entity began. What went out of use is named long after: that counts between rivals only.
    """
    if begun is not None and begun > day:
        return False
    if candidate.since is not None and first_day(candidate.since) > day:
        return False
    return candidate.until is None or last_day(candidate.until) >= day


def listed(view: View, candidates: Sequence[Candidate]) -> set[tuple[str, int, int]]:
    """Names, weak ones too, that stand in a list with a name of their kind that counts: (kind, start, end).

    A compound's first part counts before an adjective that does: "индо-российский", but not "индо-тихоокеанский".
    """
    adjectives = {c.start for c in candidates if c.kind == "state" and c.form == "adjective" and not c.weak}
    counting = {
        ("state", c.start, c.end)
        for c in candidates
        if c.weak and c.form == "adjective" and c.end + 1 in adjectives and view.text[c.end] == "-"
    }
    for kind in ("state", "organization", "treaty"):
        names = sorted({(c.start, c.end, c.weak) for c in candidates if c.kind == kind and c.form == "name"})
        counting |= {(kind, start, end) for start, end, weak in names if not weak}
        for order in (names, names[::-1]):
            for (a_start, a_end, _), (b_start, b_end, _) in pairwise(order):
                if (kind, a_start, a_end) in counting and (kind, b_start, b_end) not in counting:
                    low, high = (a_end, b_start) if a_end <= b_start else (b_end, a_start)
                    if 0 < high - low <= _WIDEST_GAP and _are_listed(view, low, high):
                        counting.add((kind, b_start, b_end))
    return counting


def _are_listed(view: View, low: int, high: int) -> bool:
    """Whether what stands between two names makes a list of them: a comma, "and", the next line or cell."""
    if _LINK_BETWEEN_NAMES.fullmatch(view.text, low, high):
        return True
    start, end = view.offsets.span_to_source(low, high)
    return view.text[low:high] == " " and "\n" in view.source[start:end]


def bodies_of_symbol(identifier: str) -> Iterator[str]:
    """The body whose document a symbol is of: INFCIRC/153 speaks of the Agency."""
    return (body for prefix, body in _BODIES_BY_SYMBOL.items() if identifier.startswith(prefix))


def cited_bodies(candidates: Sequence[Candidate]) -> set[tuple[str | None, int, int]]:
    """Weak names of bodies ("Совбез", "GA") inside the citation of a resolution of theirs: (id, start, end)."""
    citations = sorted((c.start, c.end, c.id) for c in candidates if c.kind == "resolution" and c.id)
    starts = [start for start, _, _ in citations]
    cited: set[tuple[str | None, int, int]] = set()
    for candidate in candidates:
        if candidate.weak and candidate.kind == "organization":
            for _, end, identifier in citations[: bisect_right(starts, candidate.start)][-2:]:
                if candidate.end <= end and body_of_resolution(identifier) == candidate.id:
                    cited.add((candidate.id, candidate.start, candidate.end))
    return cited


def related(ontology: Ontology) -> Mapping[str, frozenset[str]]:
    """For each entity, those whose naming makes it likely that its weak names mean it."""
    related: dict[str, set[str]] = defaultdict(set)
    for entity in ontology:
        for key in ("parent", "body", "treaty"):
            other = entity.facts.get(key)
            if isinstance(other, str):
                related[entity.id].add(other)
                if key != "parent":
                    related[other].add(entity.id)
        related[entity.id].update(entity.facts.get("related", ()))
    treaties_of: dict[str, set[str]] = defaultdict(set)
    for entity in ontology:
        if isinstance(body := entity.facts.get("body"), str):
            treaties_of[body].add(entity.id)
    for entity in ontology:
        related[entity.id] |= treaties_of.get(str(entity.facts.get("parent")), set())
    # That the United Nations are named says nothing about which of its bodies is meant.
    return {key: frozenset(values - {"org:UN", "org:UNSC"}) for key, values in related.items()}
