"""What several commands share: their options, the ontology that is asked for, where they print."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from npextract.ontology import Ontology


class Profile(StrEnum):
    """How much is loaded."""

    full = "full"
    rules = "rules"


class Lang(StrEnum):
    """The language of the input."""

    auto = "auto"
    en = "en"
    ru = "ru"


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    jsonl = "jsonl"
    html = "html"


ProfileOption = Annotated[
    Profile, typer.Option(help="full: with the neural pipelines; rules: ontology and grammars only, fast.")
]
LangOption = Annotated[Lang, typer.Option(help="The language; auto finds it, paragraph by paragraph.")]

DataArgument = Annotated[
    Path, typer.Argument(exists=True, file_okay=False, help="The folder of the sources, in a checkout.")
]
OntologyOption = Annotated[
    list[Path] | None,
    typer.Option("--ontology", exists=True, dir_okay=False, help="A YAML file of entities to add; may be repeated."),
]


def ontology_of(extra: Sequence[Path] | None) -> Ontology:
    """The package's ontology, with the entities of the files that the user gave."""
    if extra:
        from npextract.ontology.extend import extend

        return extend(extra)
    from npextract.ontology import load

    return load()


def consoles() -> tuple[Console, Console]:
    """Standard output and standard error."""
    from rich.console import Console

    return Console(), Console(stderr=True)
