"""The ontology in memory: entities, and the names by which they are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from npextract.errors import OntologyError
from npextract.ontology.dates import first_day
from npextract.ontology.membership import MEMBER, PARTY, Day, Membership, Memberships, unpack
from npextract.ontology.registry import Registry
from npextract.reading.characters import fold, normalise_name

FORMAT: Final = 3
COMPILED: Final = Path(__file__).with_name("ontology.json")
"""The compiled file, made by `npextract.ontology.compile`."""

Kind = Literal["state", "organization", "treaty", "resolution", "document", "concept"]
Language = Literal["en", "ru"]
_KINDS: Final[Mapping[str, Kind]] = {
    "state": "state",
    "org": "organization",
    "treaty": "treaty",
    "concept": "concept",
    "res": "resolution",
    "doc": "document",
}


class AliasCode:
    """What the finder must know of an alias, as bits of an integer.

    Plain integers: the flags of `enum` would take a tenth of the time in which a text is read.
    """

    WEAK = 1
    """It means the entity in the right context only."""
    TITLE = 2
    """It begins with a capital."""
    UPPER = 4
    """Half of its letters at least are capitals."""
    EXACT = 8
    """It stands letter by letter as it is written."""
    ADJECTIVE = 16
    """An adjective, or the name of a people."""
    SHORT = 32
    """An abbreviation."""
    COMPOUND = 64
    """The first part of a compound, good only before a hyphen: "российско"."""
    DECOY = 128
    """A name that looks like an entity's and is none."""
    LISTED = 512
    """The name of an organization that has no identifier."""
    TITLES = 256
    """Every word that the alias writes with a capital has one."""


ROLES: Final = ("name", "formal", "short", "alias", "adjective", "people", "compound", "decoy", "listed")
"""Where a name stands in its entity's file; the last two are names of no entity."""
CONTEXTS: Final[Mapping[str, str]] = {
    "dated": "the year of the treaty stands beside it",
    "listed": "it stands in a list with other names of its kind",
    "cited": "it stands in the citation of a resolution of that body",
    "named": "the document names the entity by a name that is safe alone",
    "office": "an office, a government or a post stands before it",
    "related": "the document names an entity that goes with it: its parent, its treaty, its members",
    "place": "the neural pipeline takes it for a place",
}
"""The kinds of context that let a weak name count, the strongest first."""


def kind_of(identifier: str) -> Kind:
    """The kind that an entity's identifier tells: org:UN is an organization."""
    return _KINDS[identifier.partition(":")[0]]


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of an entity as the sources write it, in the nominative, with what they say of it."""

    text: str
    lang: str
    """The language of the name, "en" or "ru"."""
    role: str
    """One of ROLES."""
    weak: bool
    """Whether it means the entity in the right context only."""
    start: str | None
    """When it came into use (a day, a month or a year); None where that is not known, or never mattered."""
    end: str | None
    """When it went out of official use. Texts go on using such names."""
    needs: tuple[str, ...]
    """The kinds of context (CONTEXTS) of which a weak name needs one; none said: any of them."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A state, an organization, a treaty or a concept."""

    id: str
    kind: Kind
    names: Mapping[str, str]
    facts: Mapping[str, Any]
    """All else that the source says of it, under the source's keys."""
    _ontology: Ontology = field(repr=False, compare=False)

    def __hash__(self) -> int:
        return hash(self.id)

    def name(self, lang: Language = "en") -> str:
        """Its name in a language, "en" or "ru"."""
        return self.names[lang]

    @property
    def begun(self) -> date | None:
        """The first day on which it may have been there, as far as that is known."""
        day = self.facts.get("founded") or self.facts.get("opened") or self.facts.get("from")
        return first_day(str(day)) if day else None

    def memberships(self, on: Day | None = None) -> list[Membership]:
        """The organizations it belongs to and the treaties it is bound by, on a day; without one, at the ontology's.

        Every status counts (member, observer, party …); each membership says which it is.
        """
        return self._ontology.memberships.of_member(self.id, on)

    def aliases(self) -> list[Alias]:
        """All its names, abbreviations and adjectives, in both languages."""
        return self._ontology.aliases_of(self.id)


@dataclass(frozen=True, slots=True)
class Name:
    """One reading of a string: the alias it is a form of, and whose it is."""

    alias: Alias
    entity: Entity | None
    """None for a decoy, or a name without identifier."""
    code: int
    """Bits of AliasCode."""


class PatternTable:
    """Strings to be found, each with the aliases it may be a form of."""

    __slots__ = ("_alias", "_code", "_more", "texts")

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.texts: list[str] = table["text"].split("\n") if table["text"] else []
        self._alias: list[int] = table["alias"]
        self._code: list[int] = table["code"]
        self._more: dict[str, list[list[int]]] = table["more"]

    def readings(self, place: int) -> list[tuple[int, int]]:
        """(alias, code) for each alias that the string at `place` may stand for."""
        first = (self._alias[place], self._code[place])
        more = self._more.get(str(place)) if self._more else None
        return [first] if more is None else [first, *((alias, code) for alias, code in more)]


class AliasTable:
    """The aliases in columns, by number; what few of them have is kept aside."""

    __slots__ = ("_dates", "_langs", "_needs", "_roles", "_texts", "_weak", "owners")

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._texts: list[str] = table["text"].split("\n")
        self.owners: list[int] = table["entity"]
        """For each alias the number of its entity; negative for names of none."""
        self._langs: str = table["lang"]
        self._roles: str = table["role"]
        self._weak: str = table["weak"]
        self._dates: Mapping[str, Sequence[str | None]] = table["dates"]
        self._needs: Mapping[str, Sequence[str]] = table["needs"]

    def __getitem__(self, index: int) -> Alias:
        start, end = self._dates.get(str(index), (None, None))
        return Alias(
            self._texts[index],
            "ru" if self._langs[index] == "r" else "en",
            ROLES[int(self._roles[index])],
            self._weak[index] == "1",
            start,
            end,
            tuple(self._needs.get(str(index), ())),
        )


class Ontology:
    """All entities, by identifier and by name. Read only; safe to share between threads."""

    def __init__(self, compiled: Mapping[str, Any]) -> None:
        if compiled.get("format") != FORMAT:
            raise OntologyError(
                f"compiled in format {compiled.get('format')}, this package reads {FORMAT}; reinstall npextract",
                file=COMPILED.name,
            )
        self.version: str = f"{compiled['version']}+sha{compiled['hash']}"
        self.as_of: date = first_day(compiled["version"].replace(".", "-"))
        """The day for which the ontology says how things are, where no other is asked for."""
        self.registry = Registry(compiled["registry"])
        self.tables: Mapping[str, Any] = compiled["tables"]
        """What the data says of languages and of the surroundings of names, under the files' names."""
        self.folded = PatternTable(compiled["folded"])
        self.exact = PatternTable(compiled["exact"])
        self._packed_memberships: str = compiled["memberships"]
        self._records: Sequence[Mapping[str, Any]] = compiled["entities"]
        self._aliases = AliasTable(compiled["aliases"])

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {r["id"]: Entity(r["id"], kind_of(r["id"]), r["name"], r["facts"], self) for r in self._records}

    def __getstate__(self) -> dict[str, Any]:
        """What is made when it is first needed is made again on the other side of a pickle."""
        made = {"_entities", "memberships", "treaty_years", "_places", "_alias_numbers"}
        return {key: value for key, value in self.__dict__.items() if key not in made}

    @cached_property
    def memberships(self) -> Memberships:
        """All members of organizations and parties of treaties, past ones too; unpacked when first asked for."""
        known = {entity.id: begun for entity in self if (begun := entity.begun) is not None}
        return Memberships(unpack(self._packed_memberships), self.as_of, known)

    @cached_property
    def treaty_years(self) -> Mapping[str, frozenset[int]]:
        """For each treaty the years by which it may be called: in which it was opened, in which it came into force."""
        return {
            entity.id: frozenset(
                first_day(str(day)).year for key in ("opened", "in_force") if (day := entity.facts.get(key))
            )
            for entity in self
            if entity.kind == "treaty" and "opened" in entity.facts
        }

    def aliases(self) -> dict[str, list[Alias]]:
        """The names, abbreviations, adjectives … of every entity, by its identifier, as the sources write them."""
        return {identifier: self.aliases_of(identifier) for identifier in self._alias_numbers}

    def aliases_of(self, identifier: str) -> list[Alias]:
        """Those of one entity; KeyError if there is none."""
        return [self._aliases[number] for number in self._alias_numbers[identifier]]

    @cached_property
    def _alias_numbers(self) -> dict[str, list[int]]:
        numbers: dict[str, list[int]] = {record["id"]: [] for record in self._records}
        for number, owner in enumerate(self._aliases.owners):
            if owner >= 0:
                numbers[self._records[owner]["id"]].append(number)
        return numbers

    def members(self, organization: str, on: Day | None = None, *, status: str = MEMBER) -> list[Entity]:
        """The members of an organization on a day ("1995-06-01" or a date); without one, on the ontology's own.

        `status` asks for others: observer, associate … KeyError for an organization that is not known, ValueError
        for what is no day.
        """
        return self._entities_of(self.memberships.of_body(self[organization].id, status, on))

    def parties(self, treaty: str, on: Day | None = None, *, status: str = PARTY) -> list[Entity]:
        """The states bound by a treaty on a day; without one, on the ontology's own. Errors as for `members`."""
        return self._entities_of(self.memberships.of_body(self[treaty].id, status, on))

    def _entities_of(self, identifiers: Sequence[str]) -> list[Entity]:
        return [self[identifier] for identifier in identifiers]

    def __getitem__(self, identifier: str) -> Entity:
        """The entity with this identifier; KeyError if there is none."""
        return self._entities[identifier]

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._entities

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def __len__(self) -> int:
        return len(self._records)

    def get(self, identifier: str) -> Entity | None:
        """The entity with this identifier, or None."""
        return self._entities.get(identifier)

    def name_of(self, alias: int, code: int) -> Name:
        """What an alias number and a code of a pattern table stand for."""
        owner = self._aliases.owners[alias]
        entity = None if owner < 0 else self._entities[self._records[owner]["id"]]
        return Name(self._aliases[alias], entity, code)

    @cached_property
    def _places(self) -> tuple[dict[str, int], dict[str, int]]:
        return (
            {text: place for place, text in enumerate(self.exact.texts)},
            {text: place for place, text in enumerate(self.folded.texts)},
        )

    def readings(self, text: str) -> list[Name]:
        """Every reading of a whole string as a name, abbreviation or adjective, in any grammatical form."""
        plain = normalise_name(text)
        exact, folded = self._places
        found: dict[tuple[int, int], None] = {}
        if (place := exact.get(plain)) is not None:
            found.update(dict.fromkeys(self.exact.readings(place)))
        if (place := folded.get(fold(plain))) is not None:
            found.update(dict.fromkeys(self.folded.readings(place)))
        if not found and (place := exact.get(plain.upper())) is not None:
            found.update(dict.fromkeys(self.exact.readings(place)))
        return [self.name_of(alias, code) for alias, code in found]

    def find(self, text: str) -> list[Entity]:
        """The entities that a name may mean, in either language and any grammatical form.

        Strong names before weak ones. Adjectives find their state too. Capitals do not matter here.
        """
        names = sorted(self.readings(text), key=lambda n: bool(n.code & AliasCode.WEAK))
        return list({n.entity.id: n.entity for n in names if n.entity is not None}.values())
