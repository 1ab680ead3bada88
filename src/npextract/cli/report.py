"""The command `npextract report`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def report(
    out: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The folder that `batch` wrote.")],
    target: Annotated[
        Path | None, typer.Option("--out", "-o", help="The file to write; default: report.html in that folder.")
    ] = None,
    documents: Annotated[
        str | None,
        typer.Option(help="How many documents to show with their text, or all; default: 200, a few megabytes at most."),
    ] = None,
    title: Annotated[str, typer.Option(help="The title of the page.")] = "Corpus report",
) -> None:
    """Write one HTML file to look through a corpus with: counts, pictures, entities, texts with what was found."""
    from npextract.corpus.report import write_report
    from npextract.errors import NpextractError

    try:
        written = write_report(
            out,
            target or out / "report.html",
            documents=_number(documents),
            every=documents == "all",
            title=title,
        )
    except NpextractError as error:
        print(f"npextract: {error}", file=sys.stderr)
        raise typer.Exit(2) from None
    size = f"{written.bytes / 1e6:.1f} MB"
    shown = f"{written.texts:,} of {written.documents:,} documents with their text"
    print(f"npextract: wrote {written.target} ({size}), {shown}", file=sys.stderr)
    for statement in written.statements:
        print(f"npextract: {statement}", file=sys.stderr)


def _number(documents: str | None) -> int | None:
    if documents is None or documents == "all":
        return None
    if documents.isascii() and documents.isdigit() and len(documents) < 10:
        return int(documents)
    raise typer.BadParameter(f"{documents!r} is neither a number nor all", param_hint="--documents")
