"""What a report shows, as plain rows: whoever has the rows can have the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the corpus, or a name without identifier that is written alike."""

    key: str
    """The identifier; "?kind:name" for a name without one."""
    id: str | None
    kind: str
    en: str | None
    ru: str | None
    mentions: int
    documents: int
    english: int
    """Mentions in English."""
    russian: int
    first: int | None
    """The first year of a document that names it."""
    last: int | None
    forms: Sequence[tuple[str, int]] = ()
    """How it is written, with how often; the most frequent forms."""
    speakers: Sequence[tuple[str, int]] = ()
    """Who names it most in verbatim records, with how often."""

    @property
    def name(self) -> str:
        """A name to show: English, else Russian, else the key."""
        return self.en or self.ru or self.key

    def row(self) -> list[Any]:
        """The entity for the page's script, by place."""
        return [
            self.key, self.id, self.kind, self.en, self.ru, self.mentions, self.documents, self.english, self.russian,
            self.first, self.last, self.forms, self.speakers,
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """What a report shows. Rows are tuples; counts are of the whole corpus, also where rows are left out."""

    title: str
    totals: Mapping[str, int]
    """documents, mentions, entities, names (without identifier) and failures."""
    statements: Sequence[str]
    """What is not in the page, and how to get it."""
    ontologies: Sequence[str]
    languages: Sequence[tuple[str, int]]
    formats: Sequence[tuple[str, int]]
    years: Sequence[tuple[int, int]]
    undated: int
    kinds: Sequence[tuple[str, int]]
    """Kind and mentions."""
    entities: Sequence[Entity]
    """The most named first."""
    timeline: Sequence[tuple[str, int, int]]
    """An entity's key, year, documents."""
    together: Sequence[tuple[str, str, int]]
    """Two entities' keys, documents."""
    documents: Sequence[Row]
    """key, title, symbol, date, year, language, format, pages, characters, mentions, different entities, warnings, and
    whether its text is in the page."""
    postings: Sequence[Sequence[int]]
    """For each entity: a document's place in `documents`, how often it names the entity, and so on."""
    names: Mapping[str, Sequence[str | None]]
    """Identifier → names in English and Russian, for those that mentions speak of: speakers, members, candidates."""
    failure_codes: Sequence[tuple[str, int]]
    failures: Sequence[Mapping[str, Any]]
    warnings: Sequence[tuple[str, int, str]]
    """Code, documents, the first such warning."""
    words: Mapping[str, Mapping[str, str]]
    """What rules and flags mean, in words: {"rules": …, "flags": …}."""
