"""The command `npextract batch`."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from npextract.cli.common import Lang, LangOption, OntologyOption, Profile, ProfileOption, consoles

if TYPE_CHECKING:
    from rich.console import Console

    from npextract.corpus.batch import Progress, Summary


class EngineName(StrEnum):
    """Where files are read."""

    local = "local"
    ray = "ray"


def batch(
    folder: Annotated[
        str, typer.Argument(help="A folder of documents: its path, or a URL such as s3://bucket/archive.")
    ],
    out: Annotated[str, typer.Option("--out", "-o", help="The folder, or its URL, of the corpus to write.")],
    lang: LangOption = Lang.auto,
    profile: ProfileOption = Profile.full,
    workers: Annotated[int | None, typer.Option(min=1, help="How many processes read. Default: one a core.")] = None,
    engine: Annotated[EngineName, typer.Option(help="ray: on a cluster; needs the extra \\[ray].")] = EngineName.local,
    resume: Annotated[bool, typer.Option("--resume", help="Go on, or bring a corpus up to date.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Begin a corpus that is there anew.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="With --resume: also what failed.")] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a document may take, and 20 more a MB.")] = 300,
    memory: Annotated[int, typer.Option(min=1, help="Megabytes that a process may hold while it reads one.")] = 4096,
    largest: Annotated[int, typer.Option(min=1, help="Files of more megabytes are not read.")] = 1024,
    ontology: OntologyOption = None,
) -> None:
    """Read a whole folder into a corpus; print a summary and name what failed.

    It may be stopped at any moment; --resume goes on where it stood.
    """
    from npextract.corpus.batch import run_batch
    from npextract.corpus.recipe import Recipe
    from npextract.errors import NpextractError

    console, errors = consoles()
    recipe = Recipe(
        profile.value,
        None if lang is Lang.auto else lang.value,
        tuple(str(path.resolve()) for path in ontology or ()),
        seconds=timeout,
        megabytes=memory,
        largest=largest,
    )
    try:
        with _ended_like_interrupted(), _progress(errors) as progress:
            summary = run_batch(
                folder,
                out,
                recipe,
                workers=workers,
                engine=engine.value,
                resume=resume,
                replace=replace,
                retry_failed=retry_failed,
                progress=progress,
            )
    except KeyboardInterrupt:
        errors.print("npextract: stopped; what was read is kept, and --resume goes on from there", markup=False)
        raise typer.Exit(130) from None
    except (OSError, NpextractError) as error:
        errors.print(f"npextract: {error}", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from None
    _print_summary(summary, out, console, errors)
    raise typer.Exit(1 if summary.failures else 0)


@contextmanager
def _ended_like_interrupted() -> Iterator[None]:
    """A request to end (SIGTERM) is taken like Ctrl-C."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    """A bar with what is done, the rate and the time left."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[failed]}"), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None, rate="", failed="")

        def tell(done: int, total: int, failed: int) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:,.1f} files/s" if speed else ""
            bar.update(task, completed=done, total=total, rate=rate, failed=f"{failed} failed" if failed else "")

        yield tell


def _print_summary(summary: Summary, out: str, console: Console, errors: Console) -> None:
    from npextract.show.table import rows_table

    rows = [
        ("files", summary.files),
        ("  read now", summary.read),
        ("  unchanged", summary.files - summary.read),
        ("  removed", summary.removed),
        ("documents", summary.documents),
        ("mentions", summary.mentions),
        ("failures", summary.failures),
    ]
    console.print(rows_table(f"corpus {out}", ("what", "how many"), [(what, f"{n:,}") for what, n in rows]))
    if summary.failures:
        from npextract.corpus.store import read_table

        for row in read_table(out, "failures"):
            errors.print(f"{row['code']}: {row['message']}", markup=False, highlight=False, soft_wrap=True)
