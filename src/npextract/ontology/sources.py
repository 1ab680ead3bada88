"""The ontology's readable sources: one YAML file an entity, tables for the rest.

Only building needs this module (and PyYAML); what runs reads the compiled file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final

import regex
import yaml

from npextract.errors import OntologyError
from npextract.ontology.dates import is_later
from npextract.ontology.membership import Membership
from npextract.ontology.model import CONTEXTS

LANGUAGES: Final = ("en", "ru")
FOLDERS: Final = {"states": "state", "organizations": "organization", "treaties": "treaty", "concepts": "concept"}
PREFIXES: Final = {"state": "state", "organization": "org", "treaty": "treaty", "concept": "concept"}
CASES: Final = ("any", "first", "title", "exact")

NO_MEMBERSHIPS: Final = frozenset({"outside"})
"""Tables beside those of the parties that hold something else."""
_STATUS_BY_ACTION: Final = {"signature": "signatory", "suspension": "suspended"}
_UNWANTED: Final = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_ALIAS_KEYS: Final = {"name", "weak", "needs", "case", "forms", "from", "to", "note"}
_ENTITY_KEYS: Final = {
    "id", "kind", "name", "formal", "short", "aliases", "adjectives", "people", "compounds",
    "iso2", "m49", "wikidata", "status",
    "from", "to", "founded", "opened", "in_force", "ended", "depositary", "successors", "predecessors", "parent",
    "body", "treaty", "related", "resolutions", "sources", "note", "replaced_by",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AliasSource:
    """One name as a person wrote it down."""

    text: str
    lang: str
    role: str
    """Where it stands: name, formal, short, alias, adjective, people, compound ("германо-")."""
    weak: bool = False
    """Whether it needs context to mean the entity."""
    case: str | None = None
    """How capitals count: any; first (the first letter is a capital); title (all that the name has); exact. None
    leaves it to the rule."""
    forms: tuple[str, ...] | None = None
    """The oblique forms, where the generator would get them wrong."""
    needs: tuple[str, ...] = ()
    """The kinds of context of which a weak name needs one (CONTEXTS of the model); none said: any of them."""
    start: str | None = None
    """When the name came into use: a day, a month or a year."""
    end: str | None = None


@dataclass(frozen=True, slots=True)
class EntitySource:
    """One entity as a person wrote it down."""

    id: str
    kind: str
    file: str
    names: Mapping[str, str]
    aliases: tuple[AliasSource, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_entities(data: Path) -> list[EntitySource]:
    """Every entity under `data`, in order of identifiers; raises OntologyError naming the file."""
    entities = [
        read_entity(path, kind) for folder, kind in FOLDERS.items() for path in sorted((data / folder).glob("*.yaml"))
    ]
    return sorted(entities, key=lambda entity: entity.id)


def read_entity(path: Path, kind: str) -> EntitySource:
    """One entity's file."""
    file = f"{path.parent.name}/{path.name}"
    try:
        return entity_of(read_yaml(path), kind, file)
    except OntologyError as error:
        if error.line is None and error.near:
            raise OntologyError(error.reason, file=file, line=line_of(path, error.near)) from None
        raise


def line_of(path: Path, text: str, *, of: str = "") -> int | None:
    """The first line of a file that holds a text as a whole word, of the lines behind the identifier's if possible.

    `of` is the identifier of the entity that is meant, in a file that holds several.
    """
    pattern = regex.compile(rf"(?<!\w){regex.escape(text)}(?!\w)")
    identifier = regex.compile(rf"\bid:\s*[\"']?{regex.escape(of)}(?![\w:+/-])")
    lines = path.read_text(encoding="utf-8").splitlines()
    begin = next((number for number, line in enumerate(lines) if of and identifier.search(line)), 0)
    found = [
        (number < begin, line.startswith("id:"), number + 1)
        for number, line in enumerate(lines)
        if text and pattern.search(line)
    ]
    return min(found)[2] if found else None


def entity_of(record: Any, kind: str, file: str, *, line: int | None = None, needs_name: bool = True) -> EntitySource:
    """An entity from a file's value; raises OntologyError naming the file."""
    if not isinstance(record, dict):
        raise OntologyError("an entity is a mapping", file=file, line=line)
    if unknown := sorted(set(record) - _ENTITY_KEYS):
        message = f"unknown keys {unknown}; known are {sorted(_ENTITY_KEYS)}"
        raise OntologyError(message, file=file, line=line, near=unknown[0])
    identifier = str(record.get("id", ""))
    if not identifier.startswith(PREFIXES[kind] + ":"):
        raise OntologyError(f"id {identifier!r} must begin with {PREFIXES[kind]}:", file=file, line=line, near="id")
    names = record.get("name") or {}
    if not isinstance(names, dict) or not set(names) <= set(LANGUAGES) or (needs_name and len(names) < len(LANGUAGES)):
        raise OntologyError(f"{identifier}: name needs en and ru", file=file, line=line, near="name")
    aliases = tuple(_read_aliases(record, file))
    skip = {"id", "name", "formal", "short", "aliases", "adjectives", "people", "compounds"}
    facts = {key: value for key, value in record.items() if key not in skip}
    return EntitySource(identifier, kind, file, names, aliases, facts)


def _read_aliases(record: Mapping[str, Any], file: str) -> Iterator[AliasSource]:
    for key, role in (
        ("name", "name"), ("formal", "formal"), ("short", "short"), ("aliases", "alias"),
        ("adjectives", "adjective"), ("people", "people"), ("compounds", "compound"),
    ):  # fmt: skip
        by_language = record.get(key) or {}
        if not isinstance(by_language, dict):
            raise OntologyError(f"{key} is a mapping from languages to names", file=file, near=key)
        for lang, values in by_language.items():
            if lang not in LANGUAGES:
                raise OntologyError(f"{key}: unknown language {lang!r}", file=file, near=str(lang))
            for value in values if isinstance(values, list) else [values]:
                if value is not None:
                    yield _read_alias(value, lang, role, file)


def _read_alias(value: object, lang: str, role: str, file: str) -> AliasSource:
    if isinstance(value, str):
        return AliasSource(value, lang, role)
    if not isinstance(value, dict) or not set(value) <= _ALIAS_KEYS or not ("name" in value or "weak" in value):
        near = next((str(part) for part in value.values()), "") if isinstance(value, dict) else str(value)
        message = f"{value!r} is no alias: a string, or a mapping with {sorted(_ALIAS_KEYS)}"
        raise OntologyError(message, file=file, near=near)
    text = value["name"] if "name" in value else value["weak"]
    weak = "name" not in value or value.get("weak") in (True, "true")
    case = value.get("case")
    if case not in (None, *CASES):
        raise OntologyError(f"alias {text!r}: case must be one of {CASES}", file=file, near=str(case))
    needs = tuple(map(str, value.get("needs", ())))
    if unknown := sorted(set(needs) - set(CONTEXTS)):
        message = f"alias {text!r} needs {unknown}; the kinds of context are {sorted(CONTEXTS)}"
        raise OntologyError(message, file=file, near=unknown[0])
    if needs and not weak:
        raise OntologyError(f"alias {text!r} is strong, and needs no context", file=file, near=str(text))
    forms = value.get("forms")
    return AliasSource(
        str(text),
        lang,
        role,
        weak,
        case,
        None if forms is None else tuple(map(str, forms)),
        needs,
        *(None if value.get(key) is None else str(value[key]) for key in ("from", "to")),
    )


@dataclass(frozen=True, slots=True)
class Decoy:
    """A name that holds an entity's name and is not that entity: "South Georgia", "озеро Чад"."""

    text: str
    lang: str
    forms: tuple[str, ...] | None


def read_decoys(data: Path) -> list[Decoy]:
    """The names that look like an entity's and are none."""
    return [
        Decoy(str(r["name"]), r["lang"], None if r.get("forms") is None else tuple(map(str, r["forms"])))
        for r in read_yaml(data / "decoys.yaml")
    ]


def read_yaml(path: Path) -> Any:
    """A YAML file's value; dates stay strings. Raises OntologyError naming the file and the line."""
    file = f"{path.parent.name}/{path.name}"
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise OntologyError(f"cannot be read: {error.strerror}", file=file) from None
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        raise OntologyError(f"not YAML: {error}", file=file, line=None if line is None else line + 1) from None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML in which "1968-07-01" is a string, and `no` and `on` are words, not truth values."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in _UNWANTED]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_table(path: Path) -> list[dict[str, str]]:
    """A CSV table, a mapping a row."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_memberships(data: Path) -> list[Membership]:
    """All members of organizations and parties of treaties, in order; raises OntologyError naming the file and line.

    `data/memberships/CSTO.csv` holds the members of org:CSTO, `data/parties/NPT.csv` the parties of treaty:NPT.
    """
    found: list[Membership] = []
    for folder, prefix, member_column in (("memberships", "org", "member"), ("parties", "treaty", "state")):
        for path in sorted((data / folder).glob("*.csv")):
            if path.stem not in NO_MEMBERSHIPS:
                for line, row in enumerate(read_table(path), 2):
                    found.append(_read_membership(row, member_column, f"{prefix}:{path.stem}", path, line))
    return sorted(found, key=lambda m: (m.of, m.member, m.start or "", m.end or "", m.status))


def _read_membership(row: Mapping[str, str], column: str, of: str, path: Path, line: int) -> Membership:
    file = f"{path.parent.name}/{path.name}"
    status = row.get("status") or _STATUS_BY_ACTION.get(row.get("action", ""), "party")
    start, end = row["from"] or None, row["to"] or None
    if status == "signatory" and start is None:
        start = row.get("signed") or None
    try:
        if start and end and is_later(start, end):
            raise ValueError(f"it begins ({start}) after it ends ({end})")
    except ValueError as error:
        raise OntologyError(str(error), file=file, line=line) from None
    return Membership(row[column], of, start, end, status, " ".join(row.get("note", "").split()))
