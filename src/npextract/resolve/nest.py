"""Which names stand, and which stand inside others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import regex

from npextract.finders.candidate import Candidate
from npextract.ontology.model import Ontology
from npextract.reading.view import View
from npextract.resolve.decision import Rejected, Resolved

_SYMBOL_AROUND: Final = regex.compile(r"^/|[/(]$")
"""What stands next to a piece of a symbol: the HRC of A/HRC/RES/7/1 is no name there."""
_PROTOCOL: Final = regex.compile(r"protocol|amendment|протокол|поправк", regex.IGNORECASE)


class Owners:
    """Which organizations another's name may hold as its owner."""

    def __init__(self, ontology: Ontology) -> None:
        self._parents = {e.id: e.facts["parent"] for e in ontology if isinstance(e.facts.get("parent"), str)}
        owning = set(self._parents.values())
        self._independent = frozenset(identifier for identifier in owning if identifier not in self._parents)

    def may_own(self, inner: str | None, outer: str | None) -> bool:
        """Whether `inner` is above `outer`, or one of the organizations that stand by themselves and own others."""
        if inner is None or outer is None or inner in self._independent:
            return True
        above = self._parents.get(outer)
        while above is not None:
            if above == inner:
                return True
            above = self._parents.get(above)
        return False


def nest(view: View, chosen: Sequence[Resolved], rejected: list[Rejected], owners: Owners) -> Iterator[Resolved]:
    """The candidates that stand, longest first within each group of overlapping ones."""
    for group in _overlapping_groups(chosen):
        if len(group) == 1:
            yield group[0]
            continue
        group.sort(key=_precedence)
        tops: list[tuple[int, int, list[Resolved]]] = []
        for item in group:
            candidate = item.candidate
            at = bisect_right(tops, candidate.start, key=lambda top: top[0]) - 1
            inside = at >= 0 and candidate.end <= tops[at][1]
            if inside:
                reason = _reason_against_nesting(view, candidate, [r.candidate for r in tops[at][2]], owners)
                if reason is None:
                    tops[at][2].append(item)
                    yield item
                else:
                    rejected.append(Rejected(candidate, reason))
            elif (at >= 0 and candidate.start < tops[at][1]) or (
                at + 1 < len(tops) and tops[at + 1][0] < candidate.end
            ):
                rejected.append(Rejected(candidate, "overlap"))
            else:
                tops.insert(at + 1, (candidate.start, candidate.end, [item]))
                yield item


def _precedence(item: Resolved) -> tuple[int, bool, bool, str]:
    """Longest first; of the same length those with an identifier, then names before adjectives."""
    candidate = item.candidate
    return candidate.start - candidate.end, candidate.id is None, candidate.form != "name", candidate.rule


def _overlapping_groups(items: Iterable[Resolved]) -> Iterator[list[Resolved]]:
    group: list[Resolved] = []
    reach = -1
    for item in sorted(items, key=lambda r: (r.candidate.start, -r.candidate.end)):
        if item.candidate.start >= reach and group:
            yield group
            group = []
        group.append(item)
        reach = max(reach, item.candidate.end)
    if group:
        yield group


def _reason_against_nesting(view: View, inner: Candidate, around: Sequence[Candidate], related: Owners) -> str | None:
    """Why a candidate is no mention inside the accepted ones that `around` it; None if it is one."""
    enclosing = [c for c in around if c.start <= inner.start and inner.end <= c.end]
    if any(c.start < inner.end and inner.start < c.end and c not in enclosing for c in around):
        return "overlap"
    if any(c.id == inner.id and c.id is not None for c in enclosing):
        return "same-entity"
    outer = min(enclosing, key=lambda c: c.end - c.start)
    if (outer.start, outer.end) == (inner.start, inner.end):
        return "ambiguous"
    if outer.kind in ("state", "document", "concept") or inner.kind in ("document", "concept"):
        return "not-nested"
    if inner.form == "adjective" or inner.rule == "references.bare":
        return "not-nested"
    if outer.kind == "resolution" and _SYMBOL_AROUND.search(view.text[max(0, inner.start - 1) : inner.end + 1]):
        return "not-nested"
    if inner.kind == "organization" and outer.kind == "organization" and not related.may_own(inner.id, outer.id):
        return "not-nested"
    if inner.kind == "treaty":
        amended = outer.kind == "treaty" and _PROTOCOL.search(view.text, outer.start, outer.end)
        return None if amended else "not-nested"
    return None
