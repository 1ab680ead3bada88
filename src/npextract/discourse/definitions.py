"""Abbreviations that a text gives to names: "the Joint Commission on Verification (JCV)", "(далее – СКК)".

From there on they mean that name in this document, whatever the ontology has under them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import regex
from ahocorasick_rs import AhoCorasick

from npextract.finders.candidate import Candidate
from npextract.reading.view import View
from npextract.resolve.decision import Reading, Rejected, Resolved, text_order

RULE: Final = "definitions.abbreviation"
SCORE: Final = 0.93
KINDS: Final = ("state", "organization", "treaty")

_DEFINITION: Final = regex.compile(
    r""" ?\((?P<said>(?:hereinafter|hereafter|henceforth|далее)(?: (?:referred to as|именуем\w+|называем\w+))?"""
    r"""[ :,-]*(?:as )?(?:the )?)?["']?(?P<short>[A-ZА-ЯЁ][\w/-]{1,11})["']?\)"""
)
_CAPITALS: Final = regex.compile(r"[A-ZА-ЯЁ][\w/-]*[A-ZА-ЯЁ][\w/-]*")
_WORD: Final = regex.compile(r"\p{L}+")


def follow_definitions(view: View, reading: Reading) -> Reading:
    """The reading with the abbreviations that the text defines, over what was read in their places."""
    defined = _definitions(view, reading)
    if not defined:
        return reading
    found = {(c.start, c.end): c for c in _occurrences(view.text, defined)}
    kept = [r for r in reading.kept if (r.candidate.start, r.candidate.end) not in found]
    replaced = [r.candidate for r in reading.kept if (r.candidate.start, r.candidate.end) in found]
    added = [Resolved(c) for c in _outside(found.values(), kept)]
    rejected = [Rejected(c, "defined") for c in replaced if c.id != found[c.start, c.end].id]
    return Reading(sorted([*kept, *added], key=text_order), [*reading.rejected, *rejected])


def _definitions(view: View, reading: Reading) -> dict[str, Candidate]:
    """The abbreviations that are defined and not read so already, each as a candidate where it is defined."""
    read = {(r.candidate.start, r.candidate.end): r.candidate.id for r in reading.kept}
    defined: dict[str, Candidate] = {}
    for name in reading.candidates:
        if name.id is None or name.kind not in KINDS or name.form != "name":
            continue
        match = _DEFINITION.match(view.text, name.end)
        if match is None or match["short"] in defined or not _CAPITALS.fullmatch(match["short"]):
            continue
        fits = match["said"] or are_initials(match["short"], view.text[name.start : name.end])
        if fits and read.get(match.span("short")) != name.id:
            start, end = match.span("short")
            defined[match["short"]] = Candidate(start, end, name.kind, name.id, RULE, SCORE, alias=match["short"])
    return defined


def _occurrences(text: str, defined: Mapping[str, Candidate]) -> Iterator[Candidate]:
    """The abbreviations wherever they stand free, from their definitions on."""
    shorts = list(defined)
    for number, start, end in AhoCorasick(shorts).find_matches_as_indexes(text, overlapping=True):
        first = defined[shorts[number]]
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        if start >= first.start and not any(c.isalnum() or c in "_/-" for c in around):
            yield first._replace(start=start, end=end)


def _outside(candidates: Iterable[Candidate], kept: Sequence[Resolved]) -> Iterator[Candidate]:
    """The candidates that no name overlaps."""
    tops: list[Candidate] = []
    for item in kept:
        if item.candidate.form == "name" and (not tops or item.candidate.start >= tops[-1].end):
            tops.append(item.candidate)
    starts = [top.start for top in tops]
    for candidate in candidates:
        at = bisect_right(starts, candidate.end - 1) - 1
        if at < 0 or tops[at].end <= candidate.start:
            yield candidate


def are_initials(short: str, name: str) -> bool:
    """Whether an abbreviation is made of the initials of a name's words, in their order; words may be left out."""
    letters = [c for c in short if c.isupper()]
    initials = [word[0].upper() for word in _WORD.findall(name)]
    if len(letters) < 2 or not initials or letters[0] != initials[0]:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in letters)
