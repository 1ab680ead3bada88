"""From candidates to one reading: what counts, what is nested in what, and why the rest does not count.

The longest name wins; inside it stay the states, bodies and resolutions that belong to it. Weak names need
context. Whatever is not kept gets a reason.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import regex

from npextract.context import Surroundings
from npextract.finders.candidate import Candidate
from npextract.languages.spans import NerSpan
from npextract.ontology.model import Ontology
from npextract.reading.view import View

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
    "ambiguous": "another reading of the same words is likelier",
}

_SYMBOL_AROUND: Final = regex.compile(r"^/|[/(]$")
"""What stands next to a piece of a symbol: the HRC of A/HRC/RES/7/1 is no name there."""
_PROTOCOL: Final = regex.compile(r"protocol|amendment|протокол|поправк", regex.IGNORECASE)
_LINK_BETWEEN_NAMES: Final = regex.compile(
    r"\s?(?:,|;|/|-|\band\b|\bи\b|\bили\b|\bor\b|&|\+|[,;] (?:and|и|or|или) )\s?(?:the )?"
    r"|(?=.*(?:[\n|¦\d:;]|\b[YNAДНВ]\b))(?:[\s\d.,:;|¦()/*•+-]|\b[YNAДНВ]\b){1,30}",
    regex.DOTALL,
)
_WIDEST_GAP: Final = 30
"""How far apart two names of a list or of a table's column may stand, in characters."""
_LICENSED_SCORE: Final = 0.88


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
        """The same with candidates added that later stages found. An adjective inside one of them is no mention."""
        spans = sorted((c.start, c.end) for c in candidates)
        starts = [start for start, _ in spans]

        def is_part(adjective: Candidate) -> bool:
            at = bisect_right(starts, adjective.start)
            return any(adjective.end <= end for _, end in spans[max(0, at - 2) : at])

        parts = [r for r in self.kept if r.candidate.form == "adjective" and is_part(r.candidate)]
        kept = [r for r in self.kept if r not in parts] if parts else self.kept
        rejected = [*self.rejected, *(Rejected(r.candidate, "not-nested") for r in parts)]
        return Reading(sorted([*kept, *map(Resolved, candidates)], key=_text_order), rejected)


class Resolver:
    """Decides between candidates. Made once, then shared: it does not change."""

    def __init__(self, ontology: Ontology, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._related = _related(ontology)
        self._owners = Owners(ontology)

    def __call__(
        self,
        view: View,
        candidates: Sequence[Candidate],
        refused: Sequence[Rejected] = (),
        spans: Sequence[NerSpan] = (),
    ) -> Reading:
        """One reading of a view's candidates.

        `refused` are candidates that do not count for a reason found before; `spans` are what the neural pipelines
        found in the view, in order.
        """
        rejected = list(refused)
        sensible = list(self._without_decoys(candidates, rejected))
        sensible = [c for c in sensible if self._fits_surroundings(view, c, rejected)]
        sensible = list(_without_owned(view, sensible, rejected))
        sensible = list(_without_titles(view, sensible, rejected))
        licensed = list(self._licensed(view, sensible, spans, rejected))
        chosen = list(self._choose_readings(licensed, rejected))
        kept = list(_nest(view, chosen, rejected, self._owners))
        kept.sort(key=_text_order)
        return Reading(kept, rejected)

    def _without_decoys(self, candidates: Sequence[Candidate], rejected: list[Rejected]) -> Iterator[Candidate]:
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

    def _fits_surroundings(self, view: View, candidate: Candidate, rejected: list[Rejected]) -> bool:
        """Whether nothing near by says that a state's name is a language, a town or a river."""
        near, text = self._surroundings, view.text
        if candidate.rule == "names.abbreviation" and (
            near.is_homograph(candidate.alias or "", text, candidate.start, candidate.end)
            or near.is_shouted(text, candidate.start, candidate.end)
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

    def _licensed(
        self, view: View, candidates: Sequence[Candidate], spans: Sequence[NerSpan], rejected: list[Rejected]
    ) -> Iterator[Candidate]:
        """The strong candidates, and the weak ones that the document speaks for."""
        named = {c.id for c in candidates if not c.weak and c.form == "name"}
        named |= {body for c in candidates if c.kind == "document" for body in _bodies_of_symbol(c.id or "")}
        places = {(s.start, s.end) for s in spans if s.label == "LOC"}
        people = [s for s in spans if s.label == "PER"]
        people_starts = [s.start for s in people]
        listed = _listed(view, candidates)
        cited = _cited_bodies(candidates)
        for candidate in candidates:
            at = bisect_right(people_starts, candidate.start) - 1
            if at >= 0 and _is_part_of_person(view.text, candidate, people[at]):
                rejected.append(Rejected(candidate, "person"))
            elif not candidate.weak:
                yield candidate
            elif (
                candidate.id in named
                or not named.isdisjoint(self._related.get(candidate.id or "", ()))
                or (candidate.kind == "state" and (candidate.start, candidate.end) in places)
                or (candidate.kind, candidate.start, candidate.end) in listed
                or (candidate.id, candidate.start, candidate.end) in cited
                or (candidate.kind == "state" and self._surroundings.before("state_before", view.text, candidate.start))
            ):
                yield candidate._replace(score=_LICENSED_SCORE)
            else:
                rejected.append(Rejected(candidate, "weak"))

    def _choose_readings(self, candidates: Sequence[Candidate], rejected: list[Rejected]) -> Iterator[Resolved]:
        """One reading for each stretch of text: strong before weak, then the one named nearest before."""
        by_span: dict[tuple[int, int, str], list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            by_span[candidate.start, candidate.end, candidate.form].append(candidate)
        strong_places: dict[str, list[int]] = defaultdict(list)
        for candidate in sorted(candidates, key=lambda c: c.start):
            if not candidate.weak and candidate.id:
                strong_places[candidate.id].append(candidate.start)
        for readings in by_span.values():
            readings.sort(key=lambda c: (c.weak, c.id is None, -c.score, c.rule, c.id or ""))
            best, *others = readings
            rivals = [c for c in others if c.id != best.id and c.weak == best.weak and c.id is not None]
            if rivals and best.id is not None:
                best, candidates_left = _nearest(readings, [best, *rivals], strong_places)
                yield Resolved(best, candidates_left)
            else:
                yield Resolved(best)
            for other in readings:
                if other is not best and other.id != best.id:
                    rejected.append(Rejected(other, "ambiguous"))
                elif other is not best:
                    rejected.append(Rejected(other, "duplicate"))


def _is_part_of_person(text: str, candidate: Candidate, person: NerSpan) -> bool:
    """Whether a weak name, a people's name, or a state's name that comes first is part of a person's name."""
    longer = person.end >= candidate.end and person.end - person.start > candidate.end - candidate.start
    if not longer or candidate.kind != "state":
        return longer and candidate.weak
    if candidate.weak or candidate.form == "adjective":
        return True
    one_word = " " not in text[candidate.start : candidate.end]
    return one_word and candidate.start == person.start and text[candidate.end + 1 : candidate.end + 2].isupper()


_UN_ORGANS: Final = frozenset({"org:UNSC", "org:UNGA", "org:UNHRC"})
_OF_THE: Final = regex.compile(r" of (?:the )?| (?:\([\w ]{2,8}\) )?")
_POSSESSIVE: Final = regex.compile(r"(?r)(?:'s?)? (?:[Nn]ational )?")


def _without_owned(view: View, candidates: Sequence[Candidate], rejected: list[Rejected]) -> Iterator[Candidate]:
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


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Where the titles of works stand."""
    if " //" in text or ". М." in text or " - М." in text:
        yield from (match.span("title") for match in _ENTRY.finditer(text))
    for match in _QUOTED.finditer(text) if '"' in text else ():
        before = text[max(0, match.start() - _WORK_REACH) : match.start()]
        if _WORK_BEFORE.search(before) or _JOURNAL_BEHIND.match(text, match.end()):
            yield match.span("title")


def _without_titles(view: View, candidates: Sequence[Candidate], rejected: list[Rejected]) -> Iterator[Candidate]:
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


def _owns(text: str, joint: str, owner: Candidate) -> bool:
    """Whether a state behind an organ owns it: in English by "of", in Russian in the genitive or as an abbreviation."""
    if joint.startswith(" of"):
        return True
    name = text[owner.start : owner.end]
    return not name.isascii() and name not in ("США", owner.alias)


def _listed(view: View, candidates: Sequence[Candidate]) -> set[tuple[str, int, int]]:
    """Names, weak ones too, that stand in a list with a name of their kind that counts: (kind, start, end)."""
    counting: set[tuple[str, int, int]] = set()
    for kind in ("state", "organization", "treaty"):
        names = sorted({(c.start, c.end, c.weak) for c in candidates if c.kind == kind and c.form == "name"})
        counting |= {(kind, start, end) for start, end, weak in names if not weak}
        for order in (names, names[::-1]):
            for (a_start, a_end, _), (b_start, b_end, _) in pairwise(order):
                if (kind, a_start, a_end) in counting and (kind, b_start, b_end) not in counting:
                    low, high = (a_end, b_start) if a_end <= b_start else (b_end, a_start)
                    if 0 < high - low <= _WIDEST_GAP and _are_listed(view, low, high):
                        counting.add((kind, b_start, b_end))
    return counting


def _are_listed(view: View, low: int, high: int) -> bool:
    """Whether what stands between two names makes a list of them: a comma, "and", the next line or cell."""
    if _LINK_BETWEEN_NAMES.fullmatch(view.text, low, high):
        return True
    start, end = view.offsets.span_to_source(low, high)
    return view.text[low:high] == " " and "\n" in view.source[start:end]


_BODIES_BY_SYMBOL: Final = {
    "doc:GOV/": "org:IAEA",
    "doc:GC(": "org:IAEA",
    "doc:INFCIRC": "org:IAEA",
    "doc:EC-": "org:OPCW",
    "doc:C-": "org:OPCW",
}


def _bodies_of_symbol(identifier: str) -> Iterator[str]:
    """The body whose document a symbol is of: INFCIRC/153 speaks of the Agency."""
    return (body for prefix, body in _BODIES_BY_SYMBOL.items() if identifier.startswith(prefix))


_BODY_OF: Final = {"res:S/": "org:UNSC", "res:A/HRC": "org:UNHRC", "res:A/": "org:UNGA", "res:E/": "org:ECOSOC"}


def _cited_bodies(candidates: Sequence[Candidate]) -> set[tuple[str | None, int, int]]:
    """Weak names of bodies ("Совбез", "GA") inside the citation of a resolution of theirs: (id, start, end)."""
    citations = sorted((c.start, c.end, c.id) for c in candidates if c.kind == "resolution" and c.id)
    starts = [start for start, _, _ in citations]
    cited: set[tuple[str | None, int, int]] = set()
    for candidate in candidates:
        if candidate.weak and candidate.kind == "organization":
            for _, end, identifier in citations[: bisect_right(starts, candidate.start)][-2:]:
                body = next((b for prefix, b in _BODY_OF.items() if identifier and identifier.startswith(prefix)), None)
                if candidate.end <= end and body == candidate.id:
                    cited.add((candidate.id, candidate.start, candidate.end))
    return cited


def _related(ontology: Ontology) -> Mapping[str, frozenset[str]]:
    """For each entity, those whose naming makes it likely that its weak names mean it."""
    related: dict[str, set[str]] = defaultdict(set)
    for entity in ontology:
        for key in ("parent", "body", "treaty"):
            other = entity.facts.get(key)
            if isinstance(other, str):
                related[entity.id].add(other)
                if key != "parent":
                    related[other].add(entity.id)
    treaties_of: dict[str, set[str]] = defaultdict(set)
    for entity in ontology:
        if isinstance(body := entity.facts.get("body"), str):
            treaties_of[body].add(entity.id)
    for entity in ontology:
        related[entity.id] |= treaties_of.get(str(entity.facts.get("parent")), set())
    # That the United Nations are named says nothing about which of its bodies is meant.
    return {key: frozenset(values - {"org:UN", "org:UNSC"}) for key, values in related.items()}


def _nearest(
    readings: Sequence[Candidate], rivals: Sequence[Candidate], strong_places: Mapping[str, Sequence[int]]
) -> tuple[Candidate, tuple[str, ...]]:
    """Of rivals for the same words, the one whose sure name stands nearest before; or none, and all of them."""

    def last_before(candidate: Candidate) -> int:
        places = strong_places.get(candidate.id or "", ())
        at = bisect_left(places, candidate.start)
        return places[at - 1] if at else -1

    best = max(rivals, key=last_before)
    if last_before(best) >= 0:
        return best, ()
    undecided = readings[0]._replace(id=None, score=0.5, flags=(*readings[0].flags, "ambiguous"))
    return undecided, tuple(sorted(c.id for c in rivals if c.id))


def _nest(view: View, chosen: Sequence[Resolved], rejected: list[Rejected], owners: Owners) -> Iterator[Resolved]:
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


def _text_order(item: Resolved) -> tuple[int, int, str, str]:
    candidate = item.candidate
    return candidate.start, -candidate.end, candidate.kind, candidate.id or ""


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
