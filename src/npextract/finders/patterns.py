"""Many strings found in one pass: an automaton of their beginnings, and the rest looked up.

Names in all their forms share long tails ("Комитета Совета Безопасности, учрежденного …"), for which an automaton would
keep a node a letter. Of the beginnings alone it takes less than half of the memory, and is built three times as fast.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

BEGINNING: Final = 20
"""How many characters of a string the automaton knows."""


class PatternMatcher:
    """Finds the strings of a sorted sequence in texts. Made once, then shared: it does not change."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._longest = max(map(len, texts), default=0)
        beginnings: dict[str, int] = {}
        for place, text in enumerate(texts):
            beginnings.setdefault(text[:BEGINNING], place)
        # The strings with one beginning stand together, for they are sorted.
        self._ranges = list(pairwise((*beginnings.values(), len(texts))))
        self._automaton = AhoCorasick(list(beginnings), implementation=Implementation.ContiguousNFA)

    def __call__(self, text: str) -> list[tuple[int, int, int]]:
        """Every occurrence, overlapping ones too: the string's place in the sequence, start and end in the text."""
        texts, ranges = self._texts, self._ranges
        found: list[tuple[int, int, int]] = []
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            low, high = ranges[number]
            if end - start < BEGINNING:
                found.append((low, start, end))
            elif high - low == 1:
                if text.startswith(texts[low], start):
                    found.append((low, start, start + len(texts[low])))
            else:
                ahead = text[start : start + self._longest]
                found += ((at, start, start + len(texts[at])) for at in self._beginnings_of(ahead, low, high))
        return found

    def _beginnings_of(self, text: str, low: int, high: int) -> Iterator[int]:
        """The places, between `low` and `high`, of the strings with which `text` begins, the longest first."""
        texts = self._texts
        size = len(text)
        while (place := bisect_right(texts, text[:size], low, high) - 1) >= low:
            candidate = texts[place]
            if text.startswith(candidate):
                yield place
                size = len(candidate) - 1
            else:
                size = _shared(candidate, text)
            high = place


def _shared(one: str, other: str) -> int:
    """How many characters two strings have in common at their beginnings."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
