"""Tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from npextract.document import Document

STYLES = {
    "state": "blue",
    "organization": "red",
    "treaty": "green",
    "resolution": "magenta",
    "document": "bright_black",
    "concept": "yellow",
}


def entity_table(document: Document, lang: str | None = None) -> Table:
    """A document's entities: identifier, canonical name, how often, and how the text writes it first."""
    table = Table(title=escape(_clean(document.id)), title_justify="left")
    for column, options in (("entity", {}), ("name", {}), ("count", {"justify": "right"}), ("first as", {})):
        table.add_column(column, **options)  # type: ignore[arg-type]
    shown = lang or ("ru" if document.lang == "ru" else "en")
    for entity in document.entities:
        first = document.mentions[entity.first]
        name = (entity.name or {}).get(shown) or "" if entity.id else ""
        table.add_row(
            f"[{STYLES[entity.kind]}]{escape(entity.id or f'({entity.kind})')}[/]",
            escape(_clean(name)),
            str(entity.count),
            escape(_clean(first.text)),
        )
    return table


def rows_table(title: str | None, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    """A plain table. Without a title it is an answer that is read for its values: none is cut."""
    table = Table(title=escape(_clean(title)) if title is not None else None, title_justify="left")
    for column in columns:
        table.add_column(escape(_clean(column)), overflow="ellipsis" if title is not None else "fold")
    for row in rows:
        table.add_row(*(escape(_clean(str(cell))) for cell in row))
    return table


def _clean(text: str) -> str:
    """One line that any terminal can print: no control characters, no lone surrogates."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())


def print_document(document: Document, console: Console) -> None:
    """A document's entities, its warnings, and its error if it has one."""
    if document.error:  # said on standard error
        return
    console.print(entity_table(document))
    for warning in document.warnings:
        console.print(f"[yellow]{escape(warning)}[/]")
