"""The resolver: refuse, license, choose between readings, nest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from npextract.context import Surroundings
from npextract.finders.candidate import Candidate
from npextract.languages.spans import NerSpan
from npextract.ontology.model import Ontology
from npextract.reading.view import View
from npextract.resolve.decision import Reading, Rejected, Resolved, text_order
from npextract.resolve.evidence import Evidence, in_use, related, strength
from npextract.resolve.nest import Owners, nest
from npextract.resolve.refuse import (
    fits_surroundings,
    is_part_of_person,
    without_covered_states,
    without_decoys,
    without_owned,
    without_titles,
)

_LICENSED_SCORE: Final = 0.88


class Resolver:
    """Decides between candidates. Made once, then shared: it does not change."""

    def __init__(self, ontology: Ontology, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._related = related(ontology)
        self._owners = Owners(ontology)
        self._years = ontology.treaty_years
        self._ontology = ontology

    def __call__(
        self,
        view: View,
        candidates: Sequence[Candidate],
        refused: Sequence[Rejected] = (),
        spans: Sequence[NerSpan] = (),
        day: date | None = None,
    ) -> Reading:
        """One reading of a view's candidates.

        `refused` are candidates that do not count for a reason found before; `spans` are what the neural pipelines
        found in the view, in order; `day` is the document's own.
        """
        rejected = list(refused)
        sensible = list(without_decoys(candidates, rejected))
        sensible = list(without_covered_states(sensible, rejected))
        sensible = [c for c in sensible if fits_surroundings(self._surroundings, view, c, rejected)]
        sensible = list(without_owned(view, sensible, rejected))
        sensible = list(without_titles(view, sensible, rejected))
        evidence = Evidence(view, sensible, spans, self._surroundings, self._related, self._years)
        licensed = list(_licensed(view, sensible, spans, evidence, rejected))
        chosen = list(self._choose_readings(licensed, evidence, rejected, day))
        kept = list(nest(view, chosen, rejected, self._owners))
        kept.sort(key=text_order)
        return Reading(kept, rejected)

    def _choose_readings(
        self, candidates: Sequence[Candidate], evidence: Evidence, rejected: list[Rejected], day: date | None
    ) -> Iterator[Resolved]:
        """One reading for each stretch of text: that of the year beside it, a name in use on the document's day, strong
        before weak, by the strength of what speaks for a weak one, then the one named nearest before.
        """
        by_span: dict[tuple[int, int, str], list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            by_span[candidate.start, candidate.end, candidate.form].append(candidate)
        strong_places: dict[str, list[int]] = defaultdict(list)
        for candidate in sorted(candidates, key=lambda c: c.start):
            if not candidate.weak and candidate.id:
                strong_places[candidate.id].append(candidate.start)
        for readings in by_span.values():
            if len(readings) == 1:
                yield Resolved(readings[0], _choices(readings[0]))
                continue
            rank = {
                c: (evidence.year_fits(c) is not True, self._is_out(c, day), c.weak, c.id is None, strength(c))
                for c in readings
            }
            readings.sort(key=lambda c: (*rank[c], *_rule_order(c)))
            best, *others = readings
            rivals = [c for c in others if c.id not in (best.id, None) and rank[c] == rank[best]]
            if rivals and best.id is not None:
                best, candidates_left = _nearest(readings, [best, *rivals], strong_places)
                yield Resolved(best, candidates_left)
            else:
                yield Resolved(best, _choices(best))
            for other in readings:
                if other is not best and other.id != best.id:
                    rejected.append(Rejected(other, "ambiguous"))
                elif other is not best:
                    rejected.append(Rejected(other, "duplicate"))

    def _is_out(self, candidate: Candidate, day: date | None) -> bool:
        """Whether the name was not in use on a day."""
        if day is None:
            return False
        entity = self._ontology.get(candidate.id or "")
        return not in_use(candidate, None if entity is None else entity.begun, day)


def _licensed(
    view: View, candidates: Sequence[Candidate], spans: Sequence[NerSpan], evidence: Evidence, rejected: list[Rejected]
) -> Iterator[Candidate]:
    """The strong candidates, and the weak ones that the document speaks for."""
    people = [s for s in spans if s.label == "PER"]
    people_starts = [s.start for s in people]
    for candidate in candidates:
        at = bisect_right(people_starts, candidate.start) - 1
        if at >= 0 and is_part_of_person(view.text, candidate, people[at]):
            rejected.append(Rejected(candidate, "person"))
        elif not candidate.weak:
            yield candidate
        elif evidence.year_fits(candidate) is False:
            rejected.append(Rejected(candidate, "elsewhere"))
        elif found := evidence.of(candidate):
            yield candidate._replace(score=_LICENSED_SCORE, evidence=found)
        else:
            rejected.append(Rejected(candidate, "weak"))


def _rule_order(candidate: Candidate) -> tuple[float, str, str]:
    """Between equals: the surer rule; then any order, but always the same."""
    return -candidate.score, candidate.rule, candidate.id or ""


def _choices(candidate: Candidate) -> tuple[str, ...]:
    """The identifiers between which a rule chose without evidence; none where it was sure."""
    return tuple(sorted({*candidate.alternatives, *filter(None, (candidate.id,))})) if candidate.alternatives else ()


def _nearest(
    readings: Sequence[Candidate], rivals: Sequence[Candidate], strong_places: Mapping[str, Sequence[int]]
) -> tuple[Candidate, tuple[str, ...]]:
    """Of rivals for the same words, the one whose sure name stands nearest before; or none, and all of them."""

    def last_before(candidate: Candidate) -> int:
        places = strong_places.get(candidate.id or "", ())
        at = bisect_left(places, candidate.start)
        return places[at - 1] if at else -1

    best = max(rivals, key=last_before)
    if last_before(best) >= 0:
        return best, ()
    undecided = readings[0]._replace(id=None, score=0.5, flags=(*readings[0].flags, "ambiguous"))
    return undecided, tuple(sorted(c.id for c in rivals if c.id))
