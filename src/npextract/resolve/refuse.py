"""Candidates that are something else than they look: decoys, languages, towns, persons, titles of works."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import regex

from npextract.context import Surroundings
from npextract.finders.candidate import Candidate
from npextract.languages.spans import NerSpan
from npextract.reading.view import View
from npextract.resolve.decision import Rejected

_UN_ORGANS: Final = frozenset({"org:UNSC", "org:UNGA", "org:UNHRC"})
_OF_THE: Final = regex.compile(r" of (?:the )?| (?:\([\w ]{2,8}\) )?")
_POSSESSIVE: Final = regex.compile(r"(?r)(?:'s?)? (?:[Nn]ational )?")
# The title of a work stands in a bibliography's entry, or in quotation marks: behind "книга", before a journal's name.
_ENTRY: Final = regex.compile(
    r"\b[А-Я][а-я-]+ [А-Я]\.(?: ?[А-Я]\.)? (?P<title>[^/\n]{4,200}?)(?: //|\. (?:М|СПб|Л|Киев|Минск)\.| - М\.)"
)
_QUOTED: Final = regex.compile(r'"(?P<title>[^"\n]{3,200})"')
_WORK_BEFORE: Final = regex.compile(
    r"""\b(?:(?:книг|стат[ье]|монограф|сборник|роман|фильм|брошюр|диссертац)[а-я]{0,3}
      | (?:book|memoir|monograph|novel|film|volume)s?,?)[ ](?:"[^"\n]{3,100}"(?:,|[ ]и)[ ])?$""",
    regex.VERBOSE,
)
_JOURNAL_BEHIND: Final = regex.compile(r",? (?:The )?[A-Z][\w ]{2,60},? (?:vol|no|pp?)\b|(?<=,\") [A-Z]")
_WORK_REACH: Final = 120


def without_decoys(candidates: Sequence[Candidate], rejected: list[Rejected]) -> Iterator[Candidate]:
    """All but the decoys and what they cover."""
    decoys = sorted((c.start, c.end) for c in candidates if c.kind == "none")
    starts = [start for start, _ in decoys]
    for candidate in candidates:
        if candidate.kind == "none":
            continue
        at = bisect_right(starts, candidate.start)
        if any(candidate.end <= end for _, end in decoys[max(0, at - 3) : at]):
            rejected.append(Rejected(candidate, "decoy"))
        else:
            yield candidate


def without_covered_states(candidates: Sequence[Candidate], rejected: list[Rejected]) -> Iterator[Candidate]:
    """All but the states whose name is a part of another's: the "Republic of the Congo" of the Democratic one.

    They would speak for their own weak names. Behind a weak name they stay: that may come to nothing.
    """
    longest = 0
    states = sorted((c for c in candidates if c.kind == "state" and c.form == "name"), key=lambda c: (c.start, -c.end))
    covered: set[Candidate] = set()
    around: Candidate | None = None
    for state in states:
        if around is not None and state.end <= longest and state.id != around.id and state[:2] != around[:2]:
            covered.add(state)
        elif not state.weak and state.end > longest:
            around, longest = state, state.end
    for candidate in candidates:
        if candidate in covered:
            rejected.append(Rejected(candidate, "not-nested"))
        else:
            yield candidate


def fits_surroundings(near: Surroundings, view: View, candidate: Candidate, rejected: list[Rejected]) -> bool:
    """Whether nothing near by says that a state's name is a language, a town or a river."""
    text = view.text
    is_abbreviation = candidate.rule == "names.abbreviation"
    if near.is_homograph(candidate.alias or "", text, candidate.start, candidate.end) or (
        is_abbreviation and near.is_shouted(text, candidate.start, candidate.end)
    ):
        rejected.append(Rejected(candidate, "elsewhere"))
        return False
    if candidate.kind != "state":
        return True
    if candidate.form == "adjective":
        is_language = near.is_language(text, candidate.start, candidate.end)
        if is_language:
            rejected.append(Rejected(candidate, "language"))
        return not is_language
    is_elsewhere = near.behind("not_state_behind", text, candidate.end) or near.before(
        "not_state_before", text, candidate.start
    )
    if is_elsewhere:
        rejected.append(Rejected(candidate, "elsewhere"))
    return not is_elsewhere


def without_owned(view: View, candidates: Sequence[Candidate], rejected: list[Rejected]) -> Iterator[Candidate]:
    """All but the names of the United Nations' organs that a state's name marks as its own: "Совет Безопасности РФ"."""
    text = view.text
    names = [c for c in candidates if c.kind == "state"]
    starts = {c.start: c for c in names if c.form == "name"}
    ends = {c.end for c in names}
    for candidate in candidates:
        if candidate.id in _UN_ORGANS and candidate.form == "name":
            behind = _OF_THE.match(text, candidate.end)
            owner = starts.get(behind.end()) if behind else None
            before = _POSSESSIVE.match(text, max(0, candidate.start - 12), candidate.start)
            owned_before = text[candidate.start].isascii() and before is not None and before.start() in ends
            if owned_before or (owner is not None and behind is not None and _owns(text, behind[0], owner)):
                rejected.append(Rejected(candidate, "elsewhere"))
                continue
        yield candidate


def _owns(text: str, joint: str, owner: Candidate) -> bool:
    """Whether a state behind an organ owns it: in English by "of", in Russian in the genitive or as an abbreviation."""
    if joint.startswith(" of"):
        return True
    name = text[owner.start : owner.end]
    return not name.isascii() and name not in ("США", owner.alias)


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Where the titles of works stand."""
    if " //" in text or ". М." in text or " - М." in text:
        yield from (match.span("title") for match in _ENTRY.finditer(text))
    for match in _QUOTED.finditer(text) if '"' in text else ():
        before = text[max(0, match.start() - _WORK_REACH) : match.start()]
        if _WORK_BEFORE.search(before) or _JOURNAL_BEHIND.match(text, match.end()):
            yield match.span("title")


def without_titles(view: View, candidates: Sequence[Candidate], rejected: list[Rejected]) -> Iterator[Candidate]:
    """All but what stands in the title of a book or an article; resolutions and documents are cited there too."""
    titles = sorted(_titles(view.text))
    starts = [start for start, _ in titles]
    for candidate in candidates:
        at = bisect_right(starts, candidate.start) - 1
        inside = at >= 0 and candidate.end <= titles[at][1]
        if inside and candidate.kind not in ("resolution", "document"):
            rejected.append(Rejected(candidate, "title"))
        else:
            yield candidate


def is_part_of_person(text: str, candidate: Candidate, person: NerSpan) -> bool:
    """Whether a weak name, a people's name, or a state's name that comes first is part of a person's name."""
    longer = person.end >= candidate.end and person.end - person.start > candidate.end - candidate.start
    if not longer or candidate.kind != "state":
        return longer and candidate.weak
    if candidate.weak or candidate.form == "adjective":
        return True
    one_word = " " not in text[candidate.start : candidate.end]
    return one_word and candidate.start == person.start and text[candidate.end + 1 : candidate.end + 2].isupper()
