"""Entities of a user's own, added to the ontology that the package ships or over it.

A file holds one entity or a list of them, written as those of `data/`. One whose identifier is known gains the
names and aliases that the file gives it, and its facts are replaced where the file has others; a new one needs a
name in both languages. The same checks hold as for the package's own data.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from npextract.errors import OntologyError
from npextract.ontology.compile import Patterns, add_alias, distinct_aliases, pattern_table
from npextract.ontology.load import read_compiled
from npextract.ontology.model import Ontology, PatternTable
from npextract.ontology.sources import PREFIXES, EntitySource, entity_of, line_of, read_yaml


def extend(paths: Sequence[Path]) -> Ontology:
    """The package's ontology with the entities of the files; raises OntologyError naming file and line."""
    compiled = read_compiled()
    records = {record["id"]: number for number, record in enumerate(compiled["entities"])}
    texts, owners = compiled["aliases"]["text"].split("\n"), compiled["aliases"]["entity"]
    folded, exact = _patterns(compiled["folded"]), _patterns(compiled["exact"])
    digest = hashlib.sha256(compiled["hash"].encode())
    for path in paths:
        for entity in read_extra(path, known=frozenset(records)):
            owner = records.setdefault(entity.id, len(records))
            _merge(compiled["entities"], owner, entity)
            for alias in distinct_aliases(entity.aliases):
                texts.append(alias.text)
                owners.append(owner)
                add_alias(alias, len(texts) - 1, folded, exact)
        digest.update(path.read_bytes())
    compiled["aliases"] = {"text": "\n".join(texts), "entity": owners}
    compiled["folded"], compiled["exact"] = pattern_table(folded), pattern_table(exact)
    compiled["hash"] = digest.hexdigest()[:12]
    return Ontology(compiled)


def read_extra(path: Path, known: frozenset[str]) -> list[EntitySource]:
    """The entities of a user's file; `known` are the identifiers that need no name."""
    value = read_yaml(path)
    records = value if isinstance(value, list) else [value]
    kinds = {prefix: kind for kind, prefix in PREFIXES.items()}
    entities: list[EntitySource] = []
    for record in records:
        identifier = str(record.get("id", "")) if isinstance(record, dict) else ""
        kind = kinds.get(identifier.partition(":")[0])
        if kind is None:
            message = f"{json.dumps(record, ensure_ascii=False, default=str)[:80]} has no id such as org:XYZ"
            raise OntologyError(message, file=str(path), line=line_of(path, identifier))
        line = line_of(path, identifier)
        entities.append(entity_of(record, kind, str(path), line=line, needs_name=identifier not in known))
    return entities


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
