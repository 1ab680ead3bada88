"""The commands under `npextract ontology`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from npextract.cli.common import DataArgument, OntologyOption, consoles, ontology_of


class ExportFormat(StrEnum):
    """How the ontology is exported."""

    turtle = "turtle"
    json_ld = "json-ld"
    csv = "csv"


ontology_app = typer.Typer(help="Check, count and export the ontology.", no_args_is_help=True)


@ontology_app.command()
def validate(data: DataArgument = Path("data")) -> None:
    """Check the ontology's sources; every problem names its file and line."""
    from npextract.ontology.validate import validate as find_problems

    problems = find_problems(data)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems", file=sys.stderr)
    raise typer.Exit(1 if problems else 0)


@ontology_app.command()
def stats(ontology: OntologyOption = None) -> None:
    """Say what the ontology covers, in numbers."""
    from npextract.ontology.stats import coverage
    from npextract.show.table import rows_table

    known = ontology_of(ontology)
    rows = [(what, f"{count:,}") for what, count in coverage(known)]
    consoles()[0].print(rows_table(f"ontology {known.version}", ("what", "how many"), rows))


@ontology_app.command()
def inflections(data: DataArgument = Path("data")) -> None:
    """List the Russian names whose forms are in doubt, to be read by eye."""
    from npextract.ontology.doubts import REASONS, doubts
    from npextract.ontology.sources import read_entities
    from npextract.show.table import rows_table

    rows = [(d.entity, d.name, d.reason, "; ".join(d.forms)) for d in doubts(read_entities(data))]
    consoles()[0].print(rows_table(f"{len(rows)} names", ("entity", "name", "why", "other forms"), rows))
    for reason, meaning in REASONS.items():
        print(f"{reason}: {meaning}")


@ontology_app.command()
def export(
    format: Annotated[ExportFormat, typer.Option(help="turtle and json-ld are SKOS and need the extra \\[rdf].")],
    ontology: OntologyOption = None,
) -> None:
    """Print the ontology for other tools."""
    from npextract.ontology.export import export as write

    sys.stdout.buffer.write(write(ontology_of(ontology), format.value).encode("utf-8"))
    sys.stdout.flush()
