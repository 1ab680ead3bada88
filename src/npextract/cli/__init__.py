"""The command line. Results go to standard output, progress and warnings to standard error.

Exit codes: 0 all was read, 1 some inputs failed (they are named), 2 the command was not understood.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from npextract.cli.batch import batch
from npextract.cli.common import Format, Lang, LangOption, OntologyOption, Profile, ProfileOption, consoles, ontology_of
from npextract.cli.corpus import register as register_corpus
from npextract.cli.ontology import ontology_app
from npextract.cli.report import report

if TYPE_CHECKING:
    from rich.console import Console

    from npextract.document import Document, Mention
    from npextract.evaluate import GoldDocument, Scores
    from npextract.reading.files import Input

app = typer.Typer(
    help="Find states, organizations, treaties and resolutions in diplomatic documents, in Russian and English.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def extract(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files of any format that is read; - is standard input.")
    ] = None,
    lang: LangOption = Lang.auto,
    profile: ProfileOption = Profile.full,
    format: Annotated[
        Format | None, typer.Option(help="Default: a table on a terminal, one JSON record a line otherwise.")
    ] = None,
    ontology: OntologyOption = None,
) -> None:
    """Read files and print what is in them."""
    from npextract.corpus.reading import extract_inputs
    from npextract.extractor import Extractor

    how = format or (Format.table if sys.stdout.isatty() else Format.jsonl)
    known = None if lang is Lang.auto else lang.value
    documents = extract_inputs(Extractor(profile.value, ontology=ontology), _inputs(files or [Path("-")]), known)
    failures = _print_documents(documents, how)
    raise typer.Exit(1 if failures else 0)


def _inputs(files: Sequence[Path]) -> Iterator[Input]:
    from npextract.reading.files import inputs_of, read_inputs

    for path in files:
        if str(path) == "-":
            yield from inputs_of(sys.stdin.buffer.read(), "-")
        else:
            yield from read_inputs(path)


def _print_documents(documents: Iterator[Document], how: Format) -> int:
    """Print as they come; the number of those that failed."""
    failures = 0
    shown: list[Document] = []
    console: Console | None = None
    for document in documents:
        if document.error:
            failures += 1
            print(f"npextract: {document.error['message']}", file=sys.stderr)
        if how is Format.jsonl:
            sys.stdout.buffer.write(document.to_json().encode("utf-8") + b"\n")
        elif how is Format.html:
            shown.append(document)
        else:
            from npextract.show.table import print_document

            console = console or consoles()[0]
            print_document(document, console)
    if how is Format.html:
        from npextract.show.html import page_html

        sys.stdout.buffer.write(page_html(shown).encode("utf-8"))
    sys.stdout.flush()
    return failures


@app.command()
def lookup(
    name: Annotated[str, typer.Argument(help="A name or abbreviation in any form, or an identifier.")],
    ontology: OntologyOption = None,
) -> None:
    """Say what the ontology knows under a name."""
    from npextract.show.table import rows_table

    console, errors = consoles()
    known = ontology_of(ontology)
    entity = known.get(name)
    found = [entity] if entity else known.find(name)
    if not found:
        errors.print(f"npextract: nothing is known under {name!r}", markup=False)
        raise typer.Exit(1)
    rows = [(e.id, e.kind, e.name("en"), e.name("ru")) for e in found]
    console.print(rows_table(name, ("entity", "kind", "English", "Russian"), rows))


@app.command()
def explain(
    file: Annotated[Path, typer.Argument(help="A file of any format that is read; - is standard input.")],
    offset: Annotated[int, typer.Argument(min=0, help="A place in the text, in characters (code points) from 0.")],
    lang: LangOption = Lang.auto,
    profile: ProfileOption = Profile.full,
    ontology: OntologyOption = None,
) -> None:
    """Say what was found at a place of a text, by which rule and for which reason, and what was rejected there."""
    from npextract.corpus.reading import extract_inputs
    from npextract.extractor import Extractor

    known = None if lang is Lang.auto else lang.value
    extractor = Extractor(profile.value, ontology=ontology)
    document, *others = extract_inputs(extractor, _inputs([file]), known, trace=True)
    if others:
        raise typer.BadParameter(f"{file} holds {len(others) + 1} documents; explain reads one text")
    if document.error:
        print(f"npextract: {document.error['message']}", file=sys.stderr)
        raise typer.Exit(1)
    if offset >= len(document.text):
        raise typer.BadParameter(f"the text has {len(document.text)} characters, and none at {offset}")
    print(document.explain(offset))


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Records of an earlier reading.")],
    new: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Records of the same documents now.")],
) -> None:
    """List the findings that were gained, lost or changed between two readings of the same documents."""
    from collections import Counter

    from npextract.corpus.compare import compare as find_differences

    counts: Counter[str] = Counter()
    for d in find_differences(old, new):
        counts[d.what] += 1
        identifiers = f"{d.before} -> {d.after}" if d.what == "changed" else str(d.after or d.before)
        print(f"{d.what:7} {d.document} {d.start}-{d.end} {identifiers}: {d.context}")
    print(", ".join(f"{counts[what]} {what}" for what in ("gained", "lost", "changed")), file=sys.stderr)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Gold documents, one a line.")],
    profile: ProfileOption = Profile.full,
    errors: Annotated[int, typer.Option(min=0, help="Show this many errors.")] = 0,
    floor: Annotated[float, typer.Option(min=0, max=1, help="Exit 1 if the F1 of link is below this.")] = 0.0,
    reliability: Annotated[bool, typer.Option("--reliability", help="Show whether scores mean what they say.")] = False,
) -> None:
    """Measure accuracy against texts marked by hand."""
    from npextract.evaluate import marks_of, read_gold, score
    from npextract.extractor import Extractor

    golds = read_gold(gold)
    extractor = Extractor(profile.value)
    documents = list(extractor.extract_many([g.text for g in golds]))
    predicted = [marks_of(document.mentions) for document in documents]
    console, _ = consoles()
    scores = score(golds, predicted)
    console.print(_score_table(f"{gold.name}, profile {profile.value}, {len(golds)} documents", scores))
    for document, what, mark in scores.errors[:errors]:
        text = next(g.text for g in golds if g.id == document)
        console.print(f"{what} {document} {mark.id} {text[mark.start : mark.end]!r}", markup=False, highlight=False)
    if reliability:
        _print_reliability(golds, [document.mentions for document in documents], console)
    raise typer.Exit(1 if (scores["link"].f1 or 0) < floor else 0)


def _print_reliability(golds: Sequence[GoldDocument], found: Sequence[Sequence[Mention]], console: Console) -> None:
    from npextract.reliability import by_rule, by_score, expected_error
    from npextract.show.table import rows_table

    for title, bins in (("scores", by_score(golds, found)), ("rules", by_rule(golds, found))):
        rows = [(b.name, b.count, f"{b.expected:.3f}", f"{b.share:.3f}") for b in bins]
        error = f"{title}: expected error {expected_error(bins):.3f}"
        console.print(rows_table(error, (title, "mentions", "mean score", "share right"), rows))


def _score_table(title: str, scores: Scores) -> Any:
    from npextract.show.table import rows_table

    def number(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    rows = [
        (name, number(t.precision), number(t.recall), number(t.f1), t.right, t.wrong, t.missed)
        for name, t in sorted(scores.tallies.items())
    ]
    return rows_table(title, ("measure", "precision", "recall", "F1", "right", "wrong", "missed"), rows)


app.command()(batch)
app.add_typer(ontology_app, name="ontology")
app.command()(report)
register_corpus(app)


@app.command()
def doctor() -> None:
    """Check that the installation is whole: models, versions, ontology."""
    from npextract.doctor import check
    from npextract.show.table import rows_table

    console, _ = consoles()
    findings = check()
    rows = [(f.status, f.name, f.detail, f.advice) for f in findings]
    console.print(rows_table("doctor", ("status", "what", "detail", "what to do"), rows))
    raise typer.Exit(1 if any(f.status in ("missing", "altered") for f in findings) else 0)


def main() -> None:
    """Run the command line; errors that npextract raises on purpose become one line and exit code 1."""
    from npextract.errors import NpextractError

    try:
        app()
    except NpextractError as error:
        print(f"npextract: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # The reader of the output went away ("| head"): nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
