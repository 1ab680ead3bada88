"""The commands that ask a corpus: query, find, export, and those under `npextract ask`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from npextract.cli.answers import Answer, print_answer
from npextract.cli.several import SeveralValues

if TYPE_CHECKING:
    import pyarrow as pa

    from npextract.corpus.corpus import Corpus
    from npextract.corpus.export import Format


class By(StrEnum):
    """By what counts are told apart."""

    document = "document"
    year = "year"
    month = "month"
    lang = "lang"
    speaker = "speaker"
    kind = "kind"


class TimeBy(StrEnum):
    """The periods of a timeline."""

    year = "year"
    month = "month"


class ExportFormat(StrEnum):
    """How a corpus is exported."""

    csv = "csv"
    jsonl = "jsonl"
    sqlite = "sqlite"
    graphml = "graphml"
    rdf = "rdf"


OutArgument = Annotated[str, typer.Argument(metavar="OUT", help="The folder that a batch wrote, or its URL.")]
NamesArgument = Annotated[
    list[str], typer.Argument(metavar="ENTITY…", help="Identifiers (treaty:NPT, res:1540) or names (ДНЯО).")
]
AnswerOption = Annotated[
    Answer | None, typer.Option("--format", help="Default: a table on a terminal, one JSON object a line otherwise.")
]
YearOption = Annotated[int | None, typer.Option(help="Only documents of this year.")]
SinceOption = Annotated[str | None, typer.Option(metavar="DATE", help="Only from this day, month or year on.")]
UntilOption = Annotated[str | None, typer.Option(metavar="DATE", help="Only up to this day, month or year.")]
DocumentLangOption = Annotated[str | None, typer.Option(help="Only documents in this language: en, ru, mul.")]
SpeakerOption = Annotated[
    str | None, typer.Option(metavar="ENTITY", help="Only what this state, organization or person said.")
]
KindOption = Annotated[str | None, typer.Option(help="Only this kind: state, organization, treaty, resolution …")]
LimitOption = Annotated[int, typer.Option(min=0, help="At most so many rows; 0 for all.")]

ask_app = typer.Typer(help="Ready questions to a corpus.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(query)
    app.command(cls=SeveralValues)(find)
    app.command()(export)
    app.add_typer(ask_app, name="ask")


@contextmanager
def _asking(out: str, *, writes: bool = False) -> Iterator[Corpus]:
    """The corpus; what is wrong with the question becomes one line and exit code 2."""
    from npextract.corpus.corpus import open_corpus
    from npextract.errors import CorpusError, EntityError, QueryError

    try:
        with open_corpus(out) as corpus, nullcontext() if writes else _ends_at_once():
            yield corpus
    except (CorpusError, EntityError, QueryError) as error:
        print(f"npextract: {' '.join(str(error).split())}", file=sys.stderr)
        raise typer.Exit(2) from None


@contextmanager
def _ends_at_once() -> Iterator[None]:
    """Ctrl-C ends the program even while DuckDB works, which hears of it only when it is done; nothing is written."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def query(
    out: OutArgument,
    sql: Annotated[
        str,
        typer.Argument(metavar="SQL", help='One SELECT, such as "SELECT kind, count(*) FROM mentions GROUP BY kind".'),
    ],
    format: AnswerOption = None,
) -> None:
    """Ask a corpus in SQL; its tables are files, documents, mentions, entities and failures."""
    with _asking(out) as corpus:
        columns, rows = corpus.stream(sql)
        print_answer(columns, rows, format)


def find(
    out: OutArgument,
    all: Annotated[
        list[str] | None, typer.Option("--all", metavar="ENTITY…", help="Documents that name all of these.")
    ] = None,
    any: Annotated[list[str] | None, typer.Option("--any", metavar="ENTITY…", help="… at least one of these.")] = None,
    none: Annotated[list[str] | None, typer.Option("--none", metavar="ENTITY…", help="… and none of these.")] = None,
    year: YearOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    lang: DocumentLangOption = None,
    speaker: SpeakerOption = None,
    limit: LimitOption = 0,
    format: AnswerOption = None,
) -> None:
    """Find the documents that name some entities: npextract find OUT --all res:1540 treaty:CWC org:CSTO."""
    from npextract.corpus import questions

    if not (all or any or none):
        raise typer.BadParameter("say which entities: --all, --any or --none")
    with _asking(out) as corpus:
        which = _which(corpus, year, since, until, lang, speaker)
        entities = [corpus.resolve(names or []) for names in (all, any, none)]
        _print(corpus.table(questions.documents_with, *entities, limit=limit or None, **which), format, limit)


@ask_app.command()
def counts(
    out: OutArgument,
    names: Annotated[list[str] | None, typer.Argument(metavar="[ENTITY…]", help="Only these entities.")] = None,
    by: Annotated[By | None, typer.Option(help="Tell apart by this.")] = None,
    kind: KindOption = None,
    unknown: Annotated[bool, typer.Option("--unknown", help="Names without identifier too.")] = False,
    year: YearOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    lang: DocumentLangOption = None,
    speaker: SpeakerOption = None,
    limit: LimitOption = 100,
    format: AnswerOption = None,
) -> None:
    """Count entities: mentions and documents."""
    from npextract.corpus import questions

    with _asking(out) as corpus:
        which = _which(corpus, year, since, until, lang, speaker)
        options = {"kind": kind, "unknown": unknown, "limit": limit or None}
        group = by.value if by else None
        _print(corpus.table(questions.counts, group, ids=corpus.resolve(names), **options, **which), format, limit)


@ask_app.command()
def together(
    out: OutArgument,
    names: Annotated[list[str] | None, typer.Argument(metavar="[ENTITY…]", help="The pairs of these.")] = None,
    kind: KindOption = None,
    near: Annotated[int | None, typer.Option(min=1, help="Only within so many characters.")] = None,
    least: Annotated[int, typer.Option(min=1, help="Only pairs that so many documents have.")] = 1,
    year: YearOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    lang: DocumentLangOption = None,
    speaker: SpeakerOption = None,
    limit: LimitOption = 100,
    format: AnswerOption = None,
) -> None:
    """List the entities that are named together, and how strongly they belong together."""
    from npextract.corpus import pairs

    with _asking(out) as corpus:
        which = _which(corpus, year, since, until, lang, speaker)
        options = {"kind": kind, "near": near, "least": least, "limit": limit or None}
        _print(corpus.table(pairs.cooccurrence, ids=corpus.resolve(names), **options, **which), format, limit)


@ask_app.command("context")
def in_context(
    out: OutArgument,
    names: NamesArgument,
    width: Annotated[int, typer.Option(min=0, help="So many characters on each side.")] = 60,
    year: YearOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    lang: DocumentLangOption = None,
    speaker: SpeakerOption = None,
    limit: LimitOption = 100,
    format: AnswerOption = None,
) -> None:
    """Show mentions with the words around them."""
    from npextract.corpus import context

    with _asking(out) as corpus:
        which = _which(corpus, year, since, until, lang, speaker)
        ids = corpus.resolve(names)
        found = corpus.table(context.in_context, ids, width=width, limit=limit or None, **which)
        if (format or _default()) is Answer.table:  # a terminal has no room for all; --format csv has them
            found = found.select(["doc", "left", "words", "right", "speaker"])
        _print(found, format, limit)


@ask_app.command()
def timeline(
    out: OutArgument,
    names: NamesArgument,
    by: Annotated[TimeBy, typer.Option(help="Years or months.")] = TimeBy.year,
    year: YearOption = None,
    lang: DocumentLangOption = None,
    speaker: SpeakerOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    format: AnswerOption = None,
) -> None:
    """Show how often entities are named over time."""
    from npextract.corpus import questions

    with _asking(out) as corpus:
        which = _which(corpus, year, since, until, lang, speaker)
        _print(corpus.table(questions.timeline, corpus.resolve(names), by.value, **which), format)


@ask_app.command()
def versions(out: OutArgument, format: AnswerOption = None) -> None:
    """List the documents that are there in English and in Russian."""
    from npextract.corpus import versions as pairs

    with _asking(out) as corpus:
        _print(corpus.table(pairs.versions), format)


@ask_app.command("compare")
def compare_versions(
    out: OutArgument,
    a: Annotated[str, typer.Argument(metavar="A", help="A document, by its key or identifier.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one, such as the same in Russian.")],
    width: Annotated[int, typer.Option(min=0, help="So many characters around a first mention.")] = 30,
    format: AnswerOption = None,
) -> None:
    """Show what two documents have in common, and what only one of them has."""
    from npextract.corpus import versions as pairs

    with _asking(out) as corpus:
        _print(corpus.table(pairs.compare, corpus.key(a), corpus.key(b), width=width), format)


def export(
    out: OutArgument,
    format: Annotated[ExportFormat, typer.Option(help="jsonl: the records; csv: a folder of tables; rdf: Turtle.")],
    target: Annotated[
        str, typer.Option("--out", "-o", metavar="PATH", help="A file, for csv a folder; - is standard output.")
    ],
) -> None:
    """Write a corpus for other tools; the same bytes for the same documents."""
    from npextract.corpus.export import export as write
    from npextract.corpus.export_csv import LEFT_OUT

    how: Format = format.value
    with _asking(out, writes=True) as corpus:
        if target != "-":
            write(corpus, how, target)
        elif format in (ExportFormat.csv, ExportFormat.sqlite):
            raise typer.BadParameter(f"{format.value} is more than a stream of text: give a path", param_hint="--out")
        else:
            write(corpus, how, sys.stdout.buffer)
            sys.stdout.flush()
    if format is ExportFormat.csv:
        left_out = ", ".join(f"{table}.{column}" for table, columns in LEFT_OUT.items() for column in columns)
        print(f"npextract: left out of CSV: {left_out} (too long for a spreadsheet; jsonl has it)", file=sys.stderr)


def _which(
    corpus: Corpus, year: int | None, since: str | None, until: str | None, lang: str | None, speaker: str | None
) -> dict[str, Any]:
    """The conditions that were said. A speaker may be an entity, or called what the text calls them."""
    from npextract.errors import EntityError

    if speaker is not None:
        try:
            speaker = corpus.entity(speaker)
        except EntityError as error:
            if error.candidates and error.code == "ambiguous-entity":
                raise
    said = {"year": year, "since": since, "until": until, "lang": lang, "speaker": speaker}
    return {name: value for name, value in said.items() if value is not None}


def _default() -> Answer:
    return Answer.table if sys.stdout.isatty() else Answer.jsonl


def _print(found: pa.Table, format: Answer | None, limit: int = 0) -> None:
    rows = zip(*(column.to_pylist() for column in found.columns), strict=True)
    print_answer(found.column_names, rows, format)
    if limit and len(found) == limit:
        print(f"npextract: the first {limit} rows; --limit 0 for all", file=sys.stderr)
