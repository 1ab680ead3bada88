"""Names of the ontology, in every form that was compiled."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from typing import Final

import regex

from npextract.finders.candidate import Candidate
from npextract.finders.patterns import PatternMatcher
from npextract.ontology.model import Alias, AliasCode, Ontology
from npextract.reading.view import View

STRONG: Final = 0.97
WEAK: Final = 0.6
LISTED: Final = 0.95

_WORD_BEFORE: Final = regex.compile(r"(?r)(?<![\p{L}\d])\p{L}{1,5}")
_FOOTNOTE: Final = regex.compile(r"\d{1,2}(?![\w/-]|[.,]\d)")

Reading = tuple[str, str, Alias, int]
"""Identifier, kind and alias of what a pattern stands for, and its code; an empty identifier for a decoy."""

_capitals_of = lru_cache(maxsize=4096)(lambda name: sum(word[:1].isupper() for word in name.split()))


class NameFinder:
    """Finds the names of an ontology. Made once, then shared: it does not change."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._folded = PatternMatcher(ontology.folded.texts)
        self._exact = PatternMatcher(ontology.exact.texts)
        self._glued_words = frozenset(ontology.tables["context"]["glued_words"])
        self._cache: dict[tuple[bool, int], tuple[Reading, ...]] = {}

    def __call__(self, view: View) -> list[Candidate]:
        """All names in the view, overlapping ones too, in no particular order."""
        found: list[Candidate] = []
        for exact, matcher, text in ((False, self._folded, view.folded), (True, self._exact, view.text)):
            for place, start, end in matcher(text):
                flags = _boundary_flags(view, start, end, self._glued_words)
                if flags is None:
                    continue
                for identifier, kind, alias, code in self._readings(exact, place):
                    if _capitals_fit(view.text, start, end, alias.text, code):
                        found.append(_candidate(view, start, end, identifier, kind, alias, code, flags))
        return found

    def _readings(self, exact: bool, place: int) -> tuple[Reading, ...]:
        """What the pattern at `place` may stand for; remembered, for few patterns occur often."""
        key = (exact, place)
        known = self._cache.get(key)
        if known is None:
            table = self._ontology.exact if exact else self._ontology.folded
            names = [self._ontology.name_of(alias, code) for alias, code in table.readings(place)]
            known = tuple(
                (n.entity.id if n.entity else "", n.entity.kind if n.entity else "", n.alias, n.code) for n in names
            )
            self._cache[key] = known
        return known


def _boundary_flags(view: View, start: int, end: int, glued_words: Set[str]) -> tuple[str, ...] | None:
    """The flags of a match that stands free, as a word or words of its own; None for a piece of a word."""
    text = view.text
    flags: tuple[str, ...] = ()
    if start and ((before := text[start - 1]).isalnum() or before == "_"):
        if not _is_glued(text, start, glued_words):
            return None
        flags = ("glued",)
    if end < len(text) and ((after := text[end]).isalnum() or after == "_"):
        long_enough = end - start > 6 and text[end - 1].isalpha()
        if not (long_enough and after.isdigit() and _FOOTNOTE.match(text, end)):
            return None
    return flags


def _is_glued(text: str, start: int, glued_words: Set[str]) -> bool:
    """Whether a short function word is run together with a name that begins with a capital."""
    before = _WORD_BEFORE.match(text, endpos=start)
    return text[start].isupper() and before is not None and before[0] in glued_words


def _capitals_fit(text: str, start: int, end: int, alias: str, code: int) -> bool:
    """Whether the capitals, and what stands behind, are as the alias demands."""
    if code & AliasCode.TITLE:
        first = text[start]
        if first.islower():
            return False
    elif code & AliasCode.TITLES:
        if _capitals_of(text[start:end]) < _capitals_of(alias):
            return False
    elif code & AliasCode.UPPER:
        letters = [c for c in text[start:end] if c.isalpha()]
        if 2 * sum(c.isupper() for c in letters) < len(letters):
            return False
    if code & AliasCode.COMPOUND:
        return text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()
    # "СНВ" is not to be found in "СНВ-3", which has a name of its own or is unknown.
    return not (code & AliasCode.SHORT and text[end : end + 1] == "-" and text[end + 1 : end + 2].isdigit())


def _candidate(
    view: View, start: int, end: int, identifier: str, kind: str, alias: Alias, code: int, flags: tuple[str, ...]
) -> Candidate:
    if code & AliasCode.DECOY:
        return Candidate(start, end, "none", None, "names.decoy", 1.0, alias=alias.text)
    if code & AliasCode.LISTED:
        return Candidate(start, end, "organization", None, "names.listed", LISTED, alias=alias.text, flags=flags)
    adjective = bool(code & AliasCode.ADJECTIVE)
    weak = bool(code & AliasCode.WEAK)
    rule = "names.adjective" if adjective else "names.abbreviation" if code & AliasCode.SHORT else "names.name"
    score = (WEAK if weak else STRONG) - 0.05 * len(flags)
    form = "adjective" if adjective else "name"
    return Candidate(
        start, end, kind, identifier, rule, score, form, alias.text, weak, flags,  # type: ignore[arg-type]
        needs=alias.needs, since=alias.start, until=alias.end,
    )  # fmt: skip
