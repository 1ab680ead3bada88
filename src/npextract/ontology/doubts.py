"""Which Russian names the dictionary may have inflected wrongly: a table for people to read.

A form that is wrong costs a finding; these are the names where it is likeliest. What is wrong is mended in the
entity's file, by `forms`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from npextract.ontology import inflect
from npextract.ontology.compile import ADJECTIVES, distinct_aliases, surface_forms
from npextract.ontology.sources import AliasSource, EntitySource

REASONS: Final = {
    "stays": "no head was found, and the name stays as it is in all cases",
    "unknown-word": "the dictionary does not know the head, its forms are a guess",
    "second-head": "a second noun stands beside the head, and stays as it is",
    "several-readings": "the head is two words of one spelling, which decline differently",
}
_CYRILLIC: Final = regex.compile(r"\p{Cyrillic}{2,}")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name with the forms that were made of it, and why they are in doubt."""

    entity: str
    name: str
    reason: str
    """One of REASONS."""
    forms: tuple[str, ...]


def doubts(entities: Sequence[EntitySource]) -> Iterator[Doubt]:
    """The names whose forms are in doubt, by entity. Those whose source lists the forms are not."""
    for entity in entities:
        for alias in distinct_aliases(entity.aliases):
            if reason := reason_to_doubt(alias):
                yield Doubt(entity.id, alias.text, reason, tuple(form for form, _ in surface_forms(alias))[1:])


def reason_to_doubt(alias: AliasSource) -> str | None:
    """Why the forms of a name are in doubt; None if they are not."""
    if alias.lang != "ru" or alias.forms is not None or alias.role in ("short", "compound", *ADJECTIVES):
        return None
    if not _CYRILLIC.search(alias.text):
        return None
    head = inflect.head_of(alias.text)
    if head is None or len(tuple(surface_forms(alias))) == 1:
        return None if head is not None and inflect.is_fixed(head) else "stays"
    if not inflect.is_in_dictionary(head):
        return "unknown-word"
    if inflect.has_second_head(alias.text):
        return "second-head"
    return "several-readings" if inflect.has_rivals(head) else None
