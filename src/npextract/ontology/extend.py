"""Entities of a user's own, added to the ontology that the package ships or over it.

A file holds one entity or a list of them, written as those of `data/`. One whose identifier is known gains the
names and aliases that the file gives it, and its facts are replaced where the file has others; a new one needs a
name in both languages. The same checks hold as for the package's own data.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from npextract.errors import OntologyError
from npextract.ontology.compile import Patterns, add_alias, alias_table, distinct_aliases, pattern_table
from npextract.ontology.load import load, read_compiled
from npextract.ontology.model import Ontology, PatternTable
from npextract.ontology.sources import PREFIXES, AliasSource, EntitySource, entity_of, line_of, read_yaml
from npextract.ontology.validate import validate_extra


@dataclass(frozen=True, slots=True)
class Extra:
    """What a user's files hold."""

    entities: Sequence[EntitySource]
    collisions: Mapping[str, frozenset[str]]
    """Names that are shared on purpose, with their entities."""


def extend(paths: Sequence[Path]) -> Ontology:
    """The package's ontology with the entities of the files; raises OntologyError naming file and line."""
    ontology = load()
    extra = read_extra(paths, known=frozenset(entity.id for entity in ontology))
    if problems := validate_extra(extra.entities, ontology, extra.collisions):
        first, *others = problems
        message = "; ".join([first.message, *map(str, others)])
        raise OntologyError(message, file=first.file, line=first.line)
    compiled = read_compiled()
    records = {record["id"]: number for number, record in enumerate(compiled["entities"])}
    folded, exact = _patterns(compiled["folded"]), _patterns(compiled["exact"])
    size = len(compiled["aliases"]["entity"])
    added: list[tuple[AliasSource, int]] = []
    for entity in extra.entities:
        owner = records.setdefault(entity.id, len(records))
        _merge(compiled["entities"], owner, entity)
        for alias in distinct_aliases(entity.aliases):
            add_alias(alias, size + len(added), folded, exact)
            added.append((alias, owner))
    compiled["aliases"] = _joined(compiled["aliases"], alias_table(added), size) if added else compiled["aliases"]
    compiled["folded"], compiled["exact"] = pattern_table(folded), pattern_table(exact)
    digest = hashlib.sha256(compiled["hash"].encode())
    for path in paths:
        digest.update(path.read_bytes())
    compiled["hash"] = digest.hexdigest()[:12]
    return Ontology(compiled)


def read_extra(paths: Sequence[Path], known: frozenset[str]) -> Extra:
    """The entities of a user's files; `known` are the identifiers that need no name.

    A row of `name` and `entities` declares that they share the name, as those of `data/collisions.yaml` do.
    """
    entities: list[EntitySource] = []
    collisions: dict[str, frozenset[str]] = {}
    named = set(known)
    for path in paths:
        value = read_yaml(path)
        for record in value if isinstance(value, list) else [value]:
            if isinstance(record, dict) and set(record) == {"name", "entities"}:
                collisions[str(record["name"])] = frozenset(map(str, record["entities"]))
            else:
                entities.append(_read_entity(record, path, named))
                named.add(entities[-1].id)
    return Extra(entities, collisions)


def _read_entity(record: object, path: Path, known: Set[str]) -> EntitySource:
    kinds = {prefix: kind for kind, prefix in PREFIXES.items()}
    identifier = str(record.get("id", "")) if isinstance(record, dict) else ""
    kind = kinds.get(identifier.partition(":")[0])
    if kind is None:
        message = f"{json.dumps(record, ensure_ascii=False, default=str)[:80]} has no id such as org:XYZ"
        raise OntologyError(message, file=str(path), line=line_of(path, identifier))
    try:
        return entity_of(record, kind, str(path), needs_name=identifier not in known)
    except OntologyError as error:
        line = line_of(path, error.near or "", of=identifier) or line_of(path, identifier)
        raise OntologyError(error.reason, file=str(path), line=line) from None


def _joined(table: dict[str, Any], more: dict[str, Any], size: int) -> dict[str, Any]:
    """A table of aliases with another behind it, whose numbers begin at `size`."""
    return {
        "text": table["text"] + "\n" + more["text"],
        **{column: table[column] + more[column] for column in ("entity", "lang", "role", "weak")},
        **{
            column: table[column] | {str(size + int(number)): value for number, value in more[column].items()}
            for column in ("dates", "needs")
        },
    }


def _merge(records: list[dict[str, Any]], owner: int, entity: EntitySource) -> None:
    facts = dict(entity.facts)
    if owner == len(records):
        records.append({"id": entity.id, "name": dict(entity.names), "facts": facts})
    else:
        old = records[owner]
        records[owner] = {"id": entity.id, "name": old["name"] | entity.names, "facts": old["facts"] | facts}


def _patterns(table: dict[str, Any]) -> Patterns:
    """The patterns of a compiled table, as they are while it is built."""
    read = PatternTable(table)
    patterns: Patterns = defaultdict(dict)
    for place, text in enumerate(read.texts):
        patterns[text] = dict(read.readings(place))
    return patterns
