"""Where it pays to try a pattern: a few fixed strings, found in one pass.

The patterns of the grammar begin in many ways, and a regular expression would try each of them at every character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick


class Hints:
    """Finds the places at which any of a few strings begins. Made once, then shared: it does not change."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._automaton = AhoCorasick(strings)

    def __call__(self, text: str) -> Iterator[int]:
        """The places in order, each once."""
        last = -1
        for _, start, _ in sorted(self._automaton.find_matches_as_indexes(text, overlapping=True), key=_start):
            if start != last:
                last = start
                yield start


def _start(match: tuple[int, int, int]) -> int:
    return match[1]
