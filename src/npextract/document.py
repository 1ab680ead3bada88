"""What an extraction gives: a document with its mentions and entities. Plain frozen data, and its exports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import regex

from npextract.reading.source import UNKNOWN, Metadata

if TYPE_CHECKING:
    import pandas as pd

SCHEMA: Final = "npextract/1"
_SURROGATE: Final = regex.compile("[\ud800-\udfff]")

Names = Mapping[str, str]
"""A name in each language: {"en": …, "ru": …}."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text that names an entity. Offsets are code points into the text as it was given."""

    start: int
    end: int
    """Exclusive: `document.text[start:end] == text`."""
    text: str
    kind: str
    """state, organization, treaty, resolution, document or concept."""
    id: str | None
    """The entity's identifier; None for a name that the ontology does not know, or that could not be decided."""
    form: str
    """name, adjective or anaphor."""
    role: str | None
    """members: the members of the organization or the parties of the treaty are meant."""
    lang: str
    """The language of the paragraph: "en", "ru", or the code of another one."""
    score: float
    """How sure the mention is, from 0 to 1."""
    rule: str
    """The rule that found it."""
    parent: int | None
    """The index of the smallest mention around it, in the document's mentions."""
    cluster: int | None
    """Names without identifier that are one name share a number."""
    flags: tuple[str, ...]
    """What is unusual about it: year-mismatch, glued, lookalike-letters, damaged, unsupported-language …"""
    name: Names | None
    """The entity's canonical name in both languages; None without identifier."""
    candidates: tuple[str, ...] = ()
    """The identifiers between which it could not be decided."""
    attrs: Mapping[str, Any] = field(default_factory=dict)
    """Facts of this mention, such as the year that a citation should have had (`expected_year`)."""
    alias: str | None = None
    """The alias of the ontology that matched, in the nominative. Not part of the record."""
    evidence: tuple[str, ...] = ()
    """The kinds of context that spoke for a weak name (`npextract.ontology.model.CONTEXTS`). Not part of the record."""

    def explain(self) -> str:
        """Why it is what it is: the rule, the alias, the evidence, flags and facts, one a line."""
        from npextract.explain import explain_mention

        return explain_mention(self)


@dataclass(frozen=True, slots=True)
class DocumentEntity:
    """One entity of a document, with how often it is named."""

    id: str | None
    cluster: int | None
    kind: str
    name: Names | None
    count: int
    first: int
    """The index of its first mention."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A speech of a verbatim record. Offsets are code points into the text as it was given."""

    start: int
    """Where the speaker is named."""
    end: int
    """Exclusive: where the next speech begins, or the text ends."""
    speaker: str
    """The words that name the speaker: "Ms. Moldoisaeva (Kyrgyzstan)", "The President"."""
    entity: str | None
    """The identifier of the state or organization that the speaker represents."""
    on_behalf_of: tuple[str, ...] = ()
    """The identifiers of those on whose behalf the speaker says to speak."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that a finder found and the resolver did not keep, with the reason."""

    start: int
    end: int
    text: str
    kind: str
    id: str | None
    rule: str
    reason: str
    """A code of `npextract.resolve.REASONS`."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read, with what was found in it."""

    id: str
    source: str | None
    lang: str
    """The language of the text; "mul" where it is in both."""
    text: str
    mentions: tuple[Mention, ...]
    """In text order, outermost first."""
    ontology: str
    """The ontology's version and hash."""
    warnings: tuple[str, ...] = ()
    error: Mapping[str, str] | None = None
    """What went wrong, {"code", "message"}, for an input that could not be read."""
    dropped: tuple[Dropped, ...] = ()
    """What was found and not kept; filled only where a trace was asked for."""
    speeches: tuple[Speech, ...] = ()
    """The speeches of a verbatim record, in order; each mention knows its own (`attrs["speech"]`)."""
    metadata: Metadata = UNKNOWN
    """Title, date and symbol, where the text came from a file. Not part of the record."""

    @property
    def entities(self) -> tuple[DocumentEntity, ...]:
        """One row an entity, in the order of first mention. Names and adjectives count alike."""
        rows: dict[tuple[str | None, int | None, str], list[int]] = {}
        for index, mention in enumerate(self.mentions):
            if mention.id is not None or mention.cluster is not None:
                rows.setdefault((mention.id, mention.cluster, mention.kind), []).append(index)
        return tuple(
            DocumentEntity(identifier, cluster, kind, self._entity_name(indices[0]), len(indices), indices[0])
            for (identifier, cluster, kind), indices in rows.items()
        )

    def _entity_name(self, index: int) -> Names | None:
        mention = self.mentions[index]
        if mention.name is not None:
            return mention.name
        shown = " ".join(mention.text.split())
        return {mention.lang: shown}

    def to_dict(self) -> dict[str, Any]:
        """The record, as the JSON Schema of the package describes it."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "source": self.source,
            "lang": self.lang,
            "text": self.text,
            "ontology": self.ontology,
            "mentions": [_mention_record(mention) for mention in self.mentions],
            "entities": [
                {
                    "id": e.id,
                    "cluster": e.cluster,
                    "kind": e.kind,
                    "name": dict(e.name) if e.name else None,
                    "count": e.count,
                }
                for e in self.entities
            ],
            "warnings": list(self.warnings),
            "error": dict(self.error) if self.error else None,
        }

    def to_json(self) -> str:
        """The record as one line of JSON. Not ASCII only; a lone surrogate stays as its escape, for UTF-8 has none."""
        line = json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))
        return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)

    def to_frame(self) -> pd.DataFrame:
        """The mentions as a pandas table, a row a mention; its index is the mention's."""
        import pandas as pd

        columns = [c for c in Mention.__dataclass_fields__ if c not in ("name", "alias", "evidence")]
        rows = [
            {c: getattr(m, c) for c in columns} | {"name_en": _name(m, "en"), "name_ru": _name(m, "ru")}
            for m in self.mentions
        ]
        return pd.DataFrame(rows, columns=[*columns, "name_en", "name_ru"]).astype(
            {"parent": "Int64", "cluster": "Int64"}
        )

    def explain(self, offset: int) -> str:
        """What was found at an offset, and, if it was read with `trace=True`, what was rejected there and why."""
        from npextract.explain import explain_at

        return explain_at(self, offset)

    def to_html(self) -> str:
        """The text with its mentions highlighted, as a piece of HTML that runs no script."""
        from npextract.show.html import document_html

        return document_html(self)

    def _repr_html_(self) -> str:
        return self.to_html()

    def show(self) -> None:
        """Show the document: highlighted in a notebook, as a table on a terminal."""
        from npextract.show.display import show_document

        show_document(self)


def _name(mention: Mention, lang: str) -> str | None:
    return mention.name.get(lang) if mention.name else None


def _mention_record(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "id": mention.id,
        "form": mention.form,
        "role": mention.role,
        "lang": mention.lang,
        "score": mention.score,
        "rule": mention.rule,
        "parent": mention.parent,
        "cluster": mention.cluster,
        "flags": list(mention.flags),
        "name": dict(mention.name) if mention.name else None,
        "candidates": list(mention.candidates),
        "attrs": dict(mention.attrs),
    }


def failed(id: str, source: str | None, ontology: str, code: str, message: str) -> Document:
    """The record of an input that could not be read: no text, no mentions, the reason."""
    return Document(id, source, "und", "", (), ontology, error={"code": code, "message": message})


def sort_key(mention: Mention) -> tuple[int, int, str, str]:
    """The order of mentions: by start, longest first, kind, identifier."""
    return mention.start, -mention.end, mention.kind, mention.id or ""


__all__: Sequence[str] = ("Document", "DocumentEntity", "Dropped", "Mention", "Speech")
