"""Strings found by their beginnings are those that a plain search finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from npextract.finders.patterns import BEGINNING, PatternMatcher

FEW_LETTERS = st.text(alphabet="aб ", max_size=3 * BEGINNING)


def plain_search(patterns: list[str], text: str) -> list[tuple[int, int, int]]:
    return sorted(
        (place, start, start + len(pattern))
        for place, pattern in enumerate(patterns)
        for start in range(len(text))
        if text.startswith(pattern, start)
    )


@given(st.sets(FEW_LETTERS.filter(bool)), st.text(alphabet="aб ", max_size=120))
def test_all_occurrences_are_found(patterns: set[str], text: str):
    ordered = sorted(patterns)
    assert sorted(PatternMatcher(ordered)(text)) == plain_search(ordered, text)


def test_long_strings_that_begin_alike():
    ordered = sorted("a" * length for length in range(1, 60))
    assert sorted(PatternMatcher(ordered)("a" * 70)) == plain_search(ordered, "a" * 70)


def test_nothing_is_found_without_patterns():
    assert list(PatternMatcher([])("text")) == []
