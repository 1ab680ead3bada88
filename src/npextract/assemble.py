"""From the resolver's reading to the document: offsets of the source, parents, clusters, languages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from npextract.discourse.roles import find_roles
from npextract.discourse.speeches import SpeechSpan, find_speeches
from npextract.document import Document, Dropped, Mention, Speech
from npextract.finders.candidate import Candidate
from npextract.finders.references.titles import reference_names
from npextract.languages.detect import Paragraph
from npextract.ontology.model import Ontology
from npextract.reading.view import View
from npextract.resolve import Reading, Resolved

_MENDED: Final = 0.05
"""How much surer a name would be without letters of the other script in it."""
_MINOR_LANGUAGE: Final = 0.1
"""From which share of a text's letters on a second language counts."""


def assemble(
    view: View,
    paragraphs: Sequence[Paragraph],
    reading: Reading,
    ontology: Ontology,
    *,
    id: str,
    source: str | None,
    date: str | None,
    lemma: Callable[[str], str] | None,
    trace: bool,
) -> Document:
    """The document, in its source's offsets.

    `date`, the document's own, says as of when members are listed; `lemma` gives Russian words' dictionary forms, by
    which unknown names in different cases are known for one.
    """
    kept = reading.kept
    parents = _parents([r.candidate for r in kept])
    clusters = _clusters(view, kept, lemma)
    starts = [p.start for p in paragraphs]
    roles = find_roles(view, reading.candidates)
    speeches = find_speeches(view, reading.candidates)
    speakers = _speakers(kept, speeches)
    mentions = tuple(
        _mention(view, paragraphs, starts, ontology, resolved, parent, cluster, role, date, speaker)
        for resolved, parent, cluster, role, speaker in zip(kept, parents, clusters, roles, speakers, strict=True)
    )
    dropped = tuple(_dropped(view, r.candidate, r.reason) for r in reading.rejected) if trace else ()
    foreign = sorted({p.lang for p in paragraphs if not p.supported})
    warnings = tuple(f"unsupported-language: {lang}" for lang in foreign)
    return Document(
        id, source, _language(paragraphs), view.source, mentions, ontology.version, warnings,
        dropped=dropped, speeches=_speeches(view, speeches),
    )  # fmt: skip


def _speakers(kept: Sequence[Resolved], speeches: Sequence[SpeechSpan]) -> list[str | None]:
    """For each mention the speaker in whose speech it stands: the entity that he represents, or what he is called."""
    starts = [speech.start for speech in speeches]
    speakers: list[str | None] = []
    for item in kept:
        at = bisect_right(starts, item.candidate.start) - 1
        speakers.append((speeches[at].entity or speeches[at].speaker) if at >= 0 else None)
    return speakers


def _speeches(view: View, spans: Sequence[SpeechSpan]) -> tuple[Speech, ...]:
    """The speeches in the source's offsets; each ends where the next one begins."""
    starts = [view.offsets.span_to_source(span.start, span.end)[0] for span in spans]
    ends = [*starts[1:], len(view.source)][: len(starts)]
    return tuple(
        Speech(start, end, span.speaker, span.entity, span.on_behalf_of)
        for span, start, end in zip(spans, starts, ends, strict=True)
    )


def _mention(
    view: View,
    paragraphs: Sequence[Paragraph],
    paragraph_starts: Sequence[int],
    ontology: Ontology,
    resolved: Resolved,
    parent: int | None,
    cluster: int | None,
    role: str | None,
    date: str | None,
    speaker: str | None,
) -> Mention:
    candidate = resolved.candidate
    start, end = view.offsets.span_to_source(candidate.start, candidate.end)
    paragraph = paragraphs[bisect_right(paragraph_starts, candidate.start) - 1]
    flags = candidate.flags if paragraph.supported else (*candidate.flags, "unsupported-language")
    score = candidate.score
    if view.mended and view.is_mended(candidate.start, candidate.end):
        flags, score = (*flags, "lookalike-letters"), score - _MENDED
    return Mention(
        start,
        end,
        view.source[start:end],
        candidate.kind,
        candidate.id,
        candidate.form,
        role,
        paragraph.lang,
        round(score, 3),
        candidate.rule,
        parent,
        cluster,
        flags,
        _names(candidate, ontology),
        resolved.candidates,
        dict(candidate.attrs)
        | _members(ontology, candidate.id, role, date)
        | ({} if speaker is None else {"speech": speaker}),
        candidate.alias,
        candidate.evidence,
    )


def _members(ontology: Ontology, identifier: str | None, role: str | None, date: str | None) -> dict[str, list[str]]:
    """The states that a body's or treaty's name stands for, where the document's date is known."""
    if role is None or date is None or identifier is None or identifier not in ontology:
        return {}
    found = ontology.members(identifier, date) or ontology.parties(identifier, date)
    return {"members": [entity.id for entity in found]} if found else {}


def _names(candidate: Candidate, ontology: Ontology) -> Mapping[str, str] | None:
    if candidate.id is None:
        return None
    entity = ontology.get(candidate.id)
    return entity.names if entity is not None else reference_names(candidate.id)


def _parents(candidates: Sequence[Candidate]) -> list[int | None]:
    """For each candidate, in order, the index of the smallest one around it."""
    parents: list[int | None] = []
    open_: list[int] = []
    for index, candidate in enumerate(candidates):
        while open_ and candidates[open_[-1]].end < candidate.end:
            open_.pop()
        parents.append(open_[-1] if open_ else None)
        open_.append(index)
    return parents


def _clusters(view: View, kept: Sequence[Resolved], lemma: Callable[[str], str] | None) -> list[int | None]:
    """Names without identifier that are one name, whatever their case, share a number."""
    numbers: dict[tuple[str, str], int] = {}
    clusters: list[int | None] = []
    for candidate, choices in kept:
        if candidate.id is None and not choices:
            name = view.folded[candidate.start : candidate.end]
            if lemma is not None and not name.isascii():
                name = " ".join(map(lemma, name.replace('"', "").split()))
            clusters.append(numbers.setdefault((candidate.kind, name), len(numbers)))
        else:
            clusters.append(None)
    return clusters


def _dropped(view: View, candidate: Candidate, reason: str) -> Dropped:
    start, end = view.offsets.span_to_source(candidate.start, candidate.end)
    kind = candidate.kind
    return Dropped(start, end, view.source[start:end], kind, candidate.id, candidate.rule, reason)


def _language(paragraphs: Sequence[Paragraph]) -> str:
    """The text's language: its paragraphs' if they agree, "mul" where English and Russian both have a real share."""
    shares: dict[str, int] = {}
    for paragraph in paragraphs:
        shares[paragraph.lang] = shares.get(paragraph.lang, 0) + paragraph.end - paragraph.start
    if not shares:
        return "und"
    total = sum(shares.values())
    if all(shares.get(lang, 0) >= _MINOR_LANGUAGE * total for lang in ("en", "ru")):
        return "mul"
    return max(sorted(shares), key=lambda lang: shares[lang])
