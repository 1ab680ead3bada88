"""What the resolver decides: the candidates that count, and the others, each with its reason."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from npextract.finders.candidate import Candidate

REASONS: Final[Mapping[str, str]] = {
    "decoy": "a name that looks like an entity's and is not",
    "overlap": "a longer name covers it in part",
    "same-entity": "it is part of a longer name of the same entity",
    "not-nested": "names of its kind are not mentions inside such a name",
    "duplicate": "another rule found the same",
    "weak": "the name needs context, and there is none",
    "person": "it is part of a person's name",
    "title": "it is part of the title of a work",
    "language": "a language is meant",
    "elsewhere": "another thing of that name is meant: a town, a river, a unit",
    "unsupported-language": "its rule cannot read the language of the paragraph",
    "defined": "the text gives the abbreviation another meaning",
    "ambiguous": "another reading of the same words is likelier",
}


class Resolved(NamedTuple):
    """A candidate that counts, with the identifiers it was chosen from where none could be chosen."""

    candidate: Candidate
    candidates: tuple[str, ...] = ()


class Rejected(NamedTuple):
    """A candidate that does not count, with the code of the reason."""

    candidate: Candidate
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the resolver made of a document's candidates."""

    kept: list[Resolved]
    """In text order, outermost first."""
    rejected: list[Rejected]

    @property
    def candidates(self) -> list[Candidate]:
        """The candidates that count."""
        return [resolved.candidate for resolved in self.kept]

    @property
    def refused(self) -> list[Candidate]:
        """The candidates that were found to be something else than they look."""
        return [r.candidate for r in self.rejected if r.reason in ("decoy", "elsewhere", "language", "person", "title")]

    def with_more(self, candidates: Sequence[Candidate]) -> Reading:
        """The same with candidates added that later stages found.

        An adjective inside one of them is no mention, nor is a name without identifier, nor the same entity again.
        """
        spans = sorted((c.start, c.end, c.id or "") for c in candidates)
        starts = [start for start, _, _ in spans]

        def is_part(inner: Candidate) -> bool:
            at = bisect_right(starts, inner.start)
            around = [id for _, end, id in spans[max(0, at - 2) : at] if inner.end <= end]
            return any(_may_be_part(inner) or (inner.id == id and inner.form == "name") for id in around)

        parts = [r for r in self.kept if is_part(r.candidate)]
        kept = [r for r in self.kept if r not in parts] if parts else self.kept
        rejected = [*self.rejected, *(Rejected(r.candidate, "not-nested") for r in parts)]
        return Reading(sorted([*kept, *map(Resolved, candidates)], key=text_order), rejected)


def _may_be_part(candidate: Candidate) -> bool:
    return candidate.form == "adjective" or candidate.rule == "names.listed"


def text_order(item: Resolved) -> tuple[int, int, str, str]:
    """The order of mentions: by start, longest first, kind, identifier."""
    candidate = item.candidate
    return candidate.start, -candidate.end, candidate.kind, candidate.id or ""
