"""What the ontology covers, in numbers."""

from __future__ import annotations

from collections import Counter

from npextract.ontology.model import Ontology


def coverage(ontology: Ontology) -> list[tuple[str, int]]:
    """What there is, how much of it: entities by kind, names, facts, memberships and their unknown dates."""
    entities = list(ontology)
    kinds = Counter(entity.kind for entity in entities)
    dated = Counter(entity.kind for entity in entities if _DATED.intersection(entity.facts))
    unconfirmed = sum(any("unconfirmed" in str(s) for s in e.facts.get("sources", ())) for e in entities)
    memberships = [m for rows in ontology.memberships.by_body.values() for m in rows]
    rows: list[tuple[str, int]] = [("entities", len(entities))]
    for kind, count in sorted(kinds.items()):
        rows += [(f"  {kind}", count), (f"    with a date: {kind}", dated[kind])]
    return [
        *rows,
        ("names, abbreviations, adjectives", sum(map(len, ontology.aliases().values()))),
        ("strings looked for", len(ontology.folded.texts) + len(ontology.exact.texts)),
        ("entities linked to Wikidata", sum("wikidata" in e.facts for e in entities)),
        ("entities whose Russian name is not confirmed", unconfirmed),
        ("organizations and treaties with members", len(ontology.memberships.by_body)),
        ("memberships", len(memberships)),
        ("  with unknown beginning", sum(m.start is None for m in memberships)),
        ("Security Council resolutions", ontology.registry.last_number),
    ]


_DATED = {"from", "to", "founded", "opened", "in_force", "ended"}
