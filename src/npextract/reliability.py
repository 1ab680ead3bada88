"""Whether scores mean what they say: of the mentions with a score of 0.9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from npextract.document import Mention
from npextract.evaluate import GoldDocument, Mark, overlap

BOUNDS: Final = (0.0, 0.6, 0.75, 0.85, 0.92, 0.96, 0.98)
"""Where the bins of scores begin."""


@dataclass(slots=True)
class Bin:
    """Mentions that belong together, by rule or by score."""

    name: str
    count: int = 0
    right: int = 0
    total_score: float = 0.0

    @property
    def expected(self) -> float:
        """The mean of their scores."""
        return self.total_score / self.count if self.count else 0.0

    @property
    def share(self) -> float:
        """The share of them that are right."""
        return self.right / self.count if self.count else 0.0


def by_score(golds: Sequence[GoldDocument], found: Sequence[Sequence[Mention]]) -> list[Bin]:
    """The reliability table: bins of scores, the lowest first."""
    return _bins(golds, found, lambda m: f"from {max(b for b in BOUNDS if b <= m.score):.2f}")


def by_rule(golds: Sequence[GoldDocument], found: Sequence[Sequence[Mention]]) -> list[Bin]:
    """The same by the rule that found the mention."""
    return _bins(golds, found, lambda m: m.rule)


def expected_error(bins: Iterable[Bin]) -> float:
    """The mean difference between scores and shares, each bin counting by its size (expected calibration error)."""
    rows = list(bins)
    total = sum(b.count for b in rows)
    return sum(abs(b.expected - b.share) * b.count for b in rows) / total if total else 0.0


def _bins(
    golds: Sequence[GoldDocument], found: Sequence[Sequence[Mention]], name: Callable[[Mention], str]
) -> list[Bin]:
    bins: dict[str, Bin] = {}
    for mention, right in _judged(golds, found):
        row = bins.setdefault(name(mention), Bin(name(mention)))
        row.count += 1
        row.right += right
        row.total_score += mention.score
    return [bins[key] for key in sorted(bins)]


def _judged(golds: Sequence[GoldDocument], found: Sequence[Sequence[Mention]]) -> Iterator[tuple[Mention, bool]]:
    """Each mention with whether it is right: the gold has that entity there.

    Not judged: an identifier where the gold has a name without one, which the marker may not have known.
    """
    for gold, mentions in zip(golds, found, strict=True):
        for mention in mentions:
            there = [m for m in gold.marks if overlap(m, mention) and m.kind == mention.kind]
            right = any(m.id == mention.id for m in there)
            if right or mention.id is None or not _is_unnamed(there, mention):
                yield mention, right


def _is_unnamed(there: Sequence[Mark], mention: Mention) -> bool:
    return any(m.id is None and m.start <= mention.start and mention.end <= m.end for m in there)
