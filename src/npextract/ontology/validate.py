"""Whether the ontology's sources hold together: identifiers, dates, references, names, collisions.

Every problem is found before any is reported; each names its file and, where one can be told, its line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

import regex

from npextract.errors import OntologyError
from npextract.ontology.compile import ADJECTIVES, alias_code, distinct_aliases, surface_forms, variants
from npextract.ontology.dates import first_day, is_later
from npextract.ontology.membership import Membership
from npextract.ontology.model import AliasCode, Ontology
from npextract.ontology.sources import (
    LANGUAGES,
    AliasSource,
    EntitySource,
    line_of,
    read_entities,
    read_memberships,
    read_yaml,
)

DATES: Final = ("from", "to", "founded", "opened", "in_force", "ended")
ORDERED: Final = (
    ("from", "to"),
    ("founded", "ended"),
    ("opened", "in_force"),
    ("in_force", "ended"),
    ("opened", "ended"),
)
"""Pairs of facts of which the first cannot be later than the second."""
REFERENCES: Final = ("parent", "body", "treaty", "related", "successors", "predecessors", "depositary", "replaced_by")
"""Facts that name other entities."""

_ID: Final = regex.compile(r"(?:state:[A-Z]{3}|(?:org|treaty|concept):[A-Za-z0-9][A-Za-z0-9+/-]*)")
_CYRILLIC: Final = regex.compile(r"\p{Cyrillic}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the sources that must be mended."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


@dataclass(slots=True)
class Sources:
    """The sources as far as they could be read."""

    data: Path
    entities: Sequence[EntitySource]
    memberships: Sequence[Membership]
    collisions: Mapping[str, frozenset[str]]
    """Names that are known to be shared, as they are looked up, with the entities that share them."""
    known: frozenset[str] = frozenset()
    """Entities that are defined elsewhere: the package's own, where a user's files are checked."""
    ids: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = self.known.union(entity.id for entity in self.entities)


def validate(data: Path) -> list[Problem]:
    """All problems of the sources under `data`; none if they are sound."""
    try:
        sources = Sources(data, read_entities(data), read_memberships(data), read_collisions(data))
    except OntologyError as error:
        return [Problem(error.file or str(data), error.line, str(error))]
    return _problems(sources, RULES)


def validate_extra(
    entities: Sequence[EntitySource], ontology: Ontology, collisions: Mapping[str, frozenset[str]]
) -> list[Problem]:
    """All problems of entities that are to be added to an ontology, by the rules that hold for its own."""
    known = frozenset(entity.id for entity in ontology)
    sources = Sources(Path(), entities, (), collisions, known)
    return [*_problems(sources, EXTRA_RULES), *_collisions_with(ontology, sources)]


def _problems(sources: Sources, rules: Sequence[Rule]) -> list[Problem]:
    problems = [problem for rule in rules for problem in rule(sources)]
    return sorted(problems, key=lambda p: (p.file, p.line or 0, p.message))


def read_collisions(data: Path) -> dict[str, frozenset[str]]:
    """The declared collisions: `data/collisions.yaml`."""
    return {str(row["name"]): frozenset(row["entities"]) for row in read_yaml(data / "collisions.yaml")}


def identifiers_are_sound(sources: Sources) -> Iterator[Problem]:
    """An identifier fits the convention and is defined once."""
    seen: dict[str, str] = {}
    for entity in sources.entities:
        if not _ID.fullmatch(entity.id):
            yield _problem(sources, entity, f"identifier {entity.id!r} does not fit the convention", entity.id)
        if entity.id in seen and entity.id not in sources.known:
            yield _problem(sources, entity, f"identifier {entity.id} stands in {seen[entity.id]} too", entity.id)
        seen[entity.id] = entity.file


def files_are_called_after_identifiers(sources: Sources) -> Iterator[Problem]:
    """An identifier gives its file the name."""
    for entity in sources.entities:
        stem = regex.sub(r"[/+]", "-", entity.id.partition(":")[2])
        if Path(entity.file).stem != stem:
            yield _problem(sources, entity, f"the file of {entity.id} should be called {stem}.yaml", entity.id)


def names_are_in_their_language(sources: Sources) -> Iterator[Problem]:
    """Each entity has a name in both languages; English ones have no Cyrillic letter, Russian names have one."""
    for entity in sources.entities:
        for lang in LANGUAGES:
            if lang not in entity.names and entity.id in sources.known:
                continue
            name = entity.names.get(lang, "")
            if not name.strip() or bool(_CYRILLIC.search(name)) != (lang == "ru"):
                yield _problem(sources, entity, f"{lang} name {name!r} is not in that language", name)
        for alias in entity.aliases:
            if alias.lang == "en" and _CYRILLIC.search(alias.text):
                yield _problem(sources, entity, f"English alias {alias.text!r} has Cyrillic letters", alias.text)
            if not alias.text.strip() or alias.text != " ".join(alias.text.split()):
                yield _problem(sources, entity, f"alias {alias.text!r} is empty or has stray spaces", alias.text)


def dates_are_in_order(sources: Sources) -> Iterator[Problem]:
    """Dates can be read, and what comes first is not later than what follows."""
    for entity in sources.entities:
        known: dict[str, str] = {}
        for alias in entity.aliases:
            yield from _alias_dates(sources, entity, alias)
        for key in DATES:
            value = entity.facts.get(key)
            if value is None:
                continue
            try:
                first_day(str(value))
                known[key] = str(value)
            except ValueError as error:
                yield _problem(sources, entity, f"{key}: {error}", f"{key}:")
        for before, after in ORDERED:
            if before in known and after in known and is_later(known[before], known[after]):
                yield _problem(
                    sources, entity, f"{before} ({known[before]}) is later than {after} ({known[after]})", f"{after}:"
                )


def _alias_dates(sources: Sources, entity: EntitySource, alias: AliasSource) -> Iterator[Problem]:
    try:
        if alias.start and alias.end and is_later(alias.start, alias.end):
            raise ValueError(f"it comes into use ({alias.start}) after it goes out of use ({alias.end})")
        for value in filter(None, (alias.start, alias.end)):
            first_day(value)
    except ValueError as error:
        yield _problem(sources, entity, f"alias {alias.text!r}: {error}", alias.text)


def references_lead_somewhere(sources: Sources) -> Iterator[Problem]:
    """Entities named in facts and in tables of members exist."""
    for entity in sources.entities:
        for key in REFERENCES:
            value = entity.facts.get(key)
            for other in value if isinstance(value, list) else [value] if value is not None else []:
                if other not in sources.ids:
                    yield _problem(sources, entity, f"{key}: there is no {other}", str(other))
    for membership in sources.memberships:
        for identifier in (membership.member, membership.of):
            if identifier not in sources.ids:
                folder = "parties" if membership.of.startswith("treaty:") else "memberships"
                file = f"{folder}/{membership.of.partition(':')[2]}.csv"
                yield Problem(file, None, f"there is no {identifier}")


def facts_have_sources(sources: Sources) -> Iterator[Problem]:
    """Every entity says where its facts are from."""
    for entity in sources.entities:
        if not entity.facts.get("sources"):
            yield _problem(sources, entity, "says nowhere where its facts are from: add sources", "id:")


def memberships_do_not_overlap(sources: Sources) -> Iterator[Problem]:
    """One state does not hold one status in one body twice at a time."""
    rows: dict[tuple[str, str, str], list[Membership]] = defaultdict(list)
    for membership in sources.memberships:
        rows[membership.of, membership.member, membership.status].append(membership)
    for (of, member, status), stretches in rows.items():
        known = sorted((m for m in stretches if m.start), key=lambda m: first_day(m.start or ""))
        for earlier, later in pairwise(known):
            if earlier.end is None or is_later(earlier.end, later.start or ""):
                folder = "parties" if of.startswith("treaty:") else "memberships"
                file = f"{folder}/{of.partition(':')[2]}.csv"
                message = f"{member} is {status} from {later.start} while it still is since {earlier.start}"
                yield Problem(file, None, message)


def collisions_are_declared(sources: Sources) -> Iterator[Problem]:
    """A name that several entities share is declared in collisions.yaml, and nothing else is."""
    found = find_collisions(sources.entities)
    files = {entity.id: entity for entity in sources.entities}
    for name, owners in sorted(found.items()):
        if sources.collisions.get(name) != owners:
            first, *others = sorted(owners)
            message = f"alias {name!r} is also {', '.join(others)}; declare the collision in collisions.yaml"
            yield _problem(sources, files[first], message, name)
    for name in sorted(set(sources.collisions) - set(found)):
        line = line_of(sources.data / "collisions.yaml", name)
        yield Problem("collisions.yaml", line, f"{name!r} is declared, but no two entities share it any more")


def _collisions_with(ontology: Ontology, sources: Sources) -> Iterator[Problem]:
    """Names of new entities that others bear already, and that are not declared; also among the new ones."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, owners in find_collisions(sources.entities).items():
        found[name] |= owners
    for entity in sources.entities:
        for alias in distinct_aliases(entity.aliases):
            is_adjective = alias.role in ADJECTIVES
            for reading in ontology.readings(alias.text):
                same_use = bool(reading.code & AliasCode.ADJECTIVE) == is_adjective
                if reading.entity is not None and reading.entity.id != entity.id and same_use:
                    found[alias.text] |= {entity.id, reading.entity.id}
    for entity in sources.entities:
        for alias in distinct_aliases(entity.aliases):
            shared = found.pop(alias.text, set())
            if shared and not shared <= sources.collisions.get(alias.text, frozenset()):
                others, all_of_them = (", ".join(sorted(ids)) for ids in (shared - {entity.id}, shared))
                message = (
                    f"alias {alias.text!r} is also {others}; if that is meant, declare it: "
                    f"{{name: {alias.text}, entities: [{all_of_them}]}}"
                )
                yield _problem(sources, entity, message, alias.text)


def find_collisions(entities: Sequence[EntitySource]) -> dict[str, frozenset[str]]:
    """The names that several entities share, in any spelling or case, with their owners.

    A name stands under its shortest alias; names and adjectives are told apart.
    """
    owners: dict[tuple[str, bool], set[str]] = defaultdict(set)
    aliases: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for entity in entities:
        for alias in distinct_aliases(entity.aliases):
            exact = bool(alias_code(alias) & AliasCode.EXACT)
            for form, _ in surface_forms(alias):
                for pattern in variants(form, exact=exact):
                    key = (pattern, alias.role in ADJECTIVES)
                    owners[key].add(entity.id)
                    aliases[key].add(alias.text)
    shared: dict[str, set[str]] = defaultdict(set)
    for key, ids in owners.items():
        if len(ids) > 1:
            shared[min(aliases[key], key=lambda text: (len(text), text))].update(ids)
    return {name: frozenset(ids) for name, ids in shared.items()}


Rule = Callable[[Sources], Iterator[Problem]]

EXTRA_RULES: Final[Sequence[Rule]] = (
    identifiers_are_sound,
    names_are_in_their_language,
    dates_are_in_order,
    references_lead_somewhere,
)
"""The rules for entities of a user's own."""
RULES: Final[Sequence[Rule]] = (
    identifiers_are_sound,
    files_are_called_after_identifiers,
    names_are_in_their_language,
    dates_are_in_order,
    references_lead_somewhere,
    facts_have_sources,
    memberships_do_not_overlap,
    collisions_are_declared,
)


def _problem(sources: Sources, entity: EntitySource, message: str, near: str) -> Problem:
    return Problem(entity.file, line_of(sources.data / entity.file, near, of=entity.id), message)
