"""A hook of mkdocs: a page for each kind of entity, made from the ontology when the documentation is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from npextract.ontology import Alias, Entity, Ontology, load

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

KINDS = {"state": "States", "organization": "Organizations", "treaty": "Treaties"}
_FACTS = ("status", "parent", "body", "founded", "opened", "in_force", "from", "to", "ended")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages to those that stand in the folder."""
    from mkdocs.structure.files import File

    ontology = load()
    for kind, title in KINDS.items():
        content = "\n".join(page(ontology, kind, title))
        files.append(File.generated(config, f"entities/{title.lower()}.md", content=content))
    return files


def page(ontology: Ontology, kind: str, title: str) -> Iterator[str]:
    """A table of all entities of a kind: identifier, names, other names, facts, members."""
    entities = [entity for entity in ontology if entity.kind == kind]
    aliases = ontology.aliases()
    yield f"# {title}\n\n{len(entities)} entities, ontology {ontology.version}. A question mark marks weak names.\n"
    yield "| identifier | English | Russian | other names | facts |\n| --- | --- | --- | --- | --- |"
    for entity in entities:
        others = dict.fromkeys(_shown(alias) for alias in aliases[entity.id] if alias.text not in entity.names.values())
        cells = (f"`{entity.id}`", entity.name("en"), entity.name("ru"), "; ".join(others), facts(ontology, entity))
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def facts(ontology: Ontology, entity: Entity) -> str:
    """What is known of an entity, on one line."""
    known: Iterable[str] = (f"{key} {entity.facts[key]}" for key in _FACTS if key in entity.facts)
    now = len(ontology.members(entity.id) or ontology.parties(entity.id))
    return "; ".join((*known, *((f"{now} members",) if now else ())))


def _shown(alias: Alias) -> str:
    """A name with the years of its use, and a question mark if it is weak."""
    years = f" ({(alias.start or '')[:4]}-{(alias.end or '')[:4]})" if alias.start or alias.end else ""
    return f"{alias.text}{'?' if alias.weak else ''}{years}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
