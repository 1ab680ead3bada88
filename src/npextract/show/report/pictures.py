"""The pictures of a report, from its entities and report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup

from npextract.show.plots import bars_svg, cooccurrence_svg, timeline_svg
from npextract.show.report.model import Entity, Report

PLURALS: Final = {
    "state": "States",
    "organization": "Organizations",
    "treaty": "Treaties",
    "resolution": "Resolutions",
    "document": "Documents cited",
    "concept": "Concepts",
}
_LEADERS: Final = 8
"""How many entities of a kind are drawn as bars."""
_DRAWN: Final = 5
"""How many entities of each of these kinds are drawn over the years and together."""
_DRAWN_KINDS: Final = ("state", "organization", "treaty", "resolution")
_LANGUAGES: Final = {"en": "English", "ru": "Russian", "mul": "both", "und": "undetermined"}


def drawn_entities(entities: Iterable[Entity]) -> list[Entity]:
    """Those that are drawn over the years and together: the most named of each kind, kind by kind."""
    return [entity for kind, group in _by_kind(entities) if kind in _DRAWN_KINDS for entity in group[:_DRAWN]]


def draw(report: Report) -> dict[str, Any]:
    """The pictures by name, with the rows of their tables."""
    entities = report.entities
    labels = _labels(entities)
    titles = {labels[e.key]: e.name for e in entities}
    kinds = {labels[e.key]: e.kind for e in entities}
    links = {labels[e.key]: f"#/entity?id={quote(e.key, safe='')}" for e in entities}
    shown = drawn_entities(entities)
    order = [labels[e.key] for e in shown]
    timeline = sorted(((labels[k], year, n) for k, year, n in report.timeline), key=lambda r: (order.index(r[0]), r[1]))
    together = [(labels[a], labels[b], n) for a, b, n in report.together]
    pairs = {
        (labels[a.key], labels[b.key]): f"#/documents?has={quote(a.key, safe='')}&has={quote(b.key, safe='')}"
        for a in shown
        for b in shown
    }
    styled: dict[str, Any] = {"kinds": kinds, "titles": titles, "links": links}
    best_labels = [labels[e.key] for _, group in _by_kind(entities) for e in group[:_LEADERS]]
    languages = [(_LANGUAGES.get(code, code), n) for code, n in report.languages]
    return {
        "years": report.years
        and _svg(timeline_svg([("", y, n) for y, n in report.years], title="Documents by year", height=90)),
        "languages": _svg(bars_svg(languages, title="Documents by language", width=320)),
        "formats": _svg(bars_svg(report.formats, title="Documents by format", width=320)),
        "kinds": _svg(bars_svg(report.kinds, title="Mentions by kind", kinds={k: k for k in PLURALS}, width=320)),
        "leaders": [
            (
                kind,
                _svg(
                    bars_svg(
                        [(labels[e.key], e.documents) for e in best],
                        title=PLURALS[kind],
                        width=400,
                        labels=best_labels,
                        **styled,
                    )
                ),
                [(labels[e.key], e.name, e.documents) for e in best],
            )
            for kind, group in _by_kind(entities)
            if (best := group[:_LEADERS])
        ],
        "timeline": timeline and _svg(timeline_svg(timeline, title="Documents by entity and year", **styled)),
        "timeline_rows": timeline,
        "together": together
        and _svg(
            cooccurrence_svg(
                together, title="Documents that name both", order=order, kinds=kinds, titles=titles, links=pairs
            )
        ),
        "together_rows": sorted(together, key=lambda row: (-row[2], row[0], row[1])),
    }


def _by_kind(entities: Iterable[Entity]) -> list[tuple[str, list[Entity]]]:
    """The entities with an identifier of each kind that has some, in the order of the kinds."""
    groups: Mapping[str, list[Entity]] = {kind: [] for kind in PLURALS}
    for entity in entities:
        if entity.id is not None and entity.kind in groups:
            groups[entity.kind].append(entity)
    return [(kind, group) for kind, group in groups.items() if group]


def _labels(entities: Sequence[Entity]) -> dict[str, str]:
    """Key → a short label: a state's name, else the identifier without its prefix where that is clear enough."""
    short = {e.key: e.name if e.kind == "state" or e.id is None else e.key.partition(":")[2] or e.key for e in entities}
    seen: dict[str, int] = {}
    for label in short.values():
        seen[label] = seen.get(label, 0) + 1
    return {key: label if seen[label] == 1 else key for key, label in short.items()}


def _svg(picture: str) -> Markup:
    return Markup(picture)  # the plots escape what they are given
