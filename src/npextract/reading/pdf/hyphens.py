"""Hyphens at line ends: whether they belong to the word is decided by how the document writes it elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_HYPHEN: Final = re.compile(r"[-‐‑]")
_LAST_WORD: Final = re.compile(r"([^\W\d_]+)[-‐‑]$")
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+")
_AT_END: Final = re.compile(r"\w[-‐‑]$")

_FIRST_MEMBERS: Final = frozenset([
    "non", "anti", "counter", "self", "vice", "quasi", "cross", "well",
    "военно", "социально", "общественно", "политико", "экономико", "торгово", "научно", "вице", "экс", "пресс",
])  # fmt: skip
"""What often begins a compound, and is no mere syllable: such a compound elsewhere tells how a document writes them."""
_DIRECTIONS: Final = frozenset({"северо", "юго", "западно", "восточно"})
_ADVERB: Final = re.compile(r"по-\w{2,20}(?:[ое]му|[сц]ки|ьи)|во-(?:первых|вторых|третьих)|из-(?:за|под)")
"""Russian words that always have their hyphen."""
_PARTICLES: Final = frozenset({"либо", "нибудь", "то", "таки", "ка"})
"""Russian words that are never part of a word without a hyphen, at a line's beginning, behind one."""
_SHORTEST_MEMBER: Final = 4
_BEGINNINGS: Final = frozenset([
    "under", "over", "with", "there", "where", "when", "what", "some", "every", "after", "here", "work", "back", "them",
    "fore", "through", "between", "между", "после", "против", "через", "сверх", "около", "перед", "обще",
])  # fmt: skip
"""Words with which longer words begin, so that nothing follows from their standing alone elsewhere."""
_ENDING: Final = 2
"""How many letters are taken from a word to find its other forms."""
_SHORTEST_STEM: Final = 5


class WordForms:
    """How a document writes its words where no line end divides them."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        is_divided = False
        for line in lines:
            words = _WORD.findall(line)[is_divided:]  # without the rest of a word that the line before divides
            is_divided = ends_in_hyphen(line)
            for word in map(str.lower, words[:-1] if is_divided else words):
                parts = _HYPHEN.split(word) if not word.isalpha() else [word]
                if len(parts) > 1:
                    self.pairs.update(pairwise(parts))
                else:
                    self.words[word] += 1
        self.firsts: Counter[str] = Counter()
        for (first, _), count in self.pairs.items():
            self.firsts[first] += count
        self.stems = Counter(stem for word in self.words for stem in _stems(word))
        self.pair_stems = Counter((first, stem) for first, second in self.pairs for stem in _stems(second))

    def keeps_hyphen(self, before: str, behind: str) -> bool:
        """Whether the hyphen stays that ends `before`, a line, when `behind` follows it."""
        last, first = _LAST_WORD.search(before), _FIRST_WORD.match(behind)
        if last is None or first is None:
            return True  # "2004-2005", "ФАО-…"
        a, b = last[1].lower(), first[0].lower()
        joined, divided = self._seen_joined(a + b), self._seen_divided(a, b)
        if joined != divided:
            return divided > joined
        if not first[0][0].islower():
            return True
        if a in _DIRECTIONS or b in _PARTICLES or _ADVERB.fullmatch(f"{a}-{b}") or self._are_words(a, b):
            return True
        return a in _FIRST_MEMBERS and self.firsts[a] > 0

    def _are_words(self, first: str, second: str) -> bool:
        """Whether both parts are words of their own in this document: "decision-making"."""
        long = min(len(first), len(second)) >= _SHORTEST_MEMBER
        return long and first not in _BEGINNINGS and bool(self.words[first] and self.words[second])

    def _seen_joined(self, word: str) -> int:
        return self.words[word] or self.stems[word[:-_ENDING]]

    def _seen_divided(self, first: str, second: str) -> int:
        return self.pairs[first, second] or self.pair_stems[first, second[:-_ENDING]]


def _stems(word: str) -> list[str]:
    """A word without an ending of some letters: its other forms may begin so."""
    return (
        [word[: len(word) - cut] for cut in range(_ENDING + 2) if len(word) - cut >= _SHORTEST_STEM]
        if len(word) > 3
        else []
    )


def ends_in_hyphen(line: str) -> bool:
    """Whether a line ends in a hyphen that may divide a word."""
    return _AT_END.search(line) is not None
