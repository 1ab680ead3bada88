"""Small corpora for tests: documents that were really read, written as a batch writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from helpers import rules
from npextract.corpus.parts import COMMITS, MANIFEST, FileSystem, commit_name, open_file_system, table_name
from npextract.corpus.rows import Row, rows_of
from npextract.corpus.tables import TABLES, VERSION
from npextract.document import Document, failed
from npextract.errors import InputError
from npextract.reading.files import Input
from npextract.reading.source import Metadata, SourceText

Read = tuple[str, Sequence[tuple[Input, Document]]]
"""A file with what was read from it."""
Rows = Mapping[str, list[Row]]
"""Table → its rows."""


def document(file: str, text: str, **known: Any) -> Read:
    """A file with one document; `known` are its title, date, symbol."""
    metadata = Metadata(**known)
    read = replace(rules().extract(text, id=file, source=file), metadata=metadata)
    return file, [(Input(file, file, SourceText(text, "text", metadata)), read)]


def broken(file: str, code: str, message: str) -> Read:
    """A file that could not be read."""
    error = InputError(message, source=file, code=code)
    return file, [(Input(file, file, error=error), failed(file, file, rules().ontology.version, code, str(error)))]


def rows_of_files(read: Iterable[Read]) -> dict[str, list[Row]]:
    """The rows of some files, table by table."""
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    for file, documents in read:
        for table, more in rows_of(file, documents).items():
            rows[table] += more
        good = sum(read.error is None for _, read in documents)
        rows["files"].append(
            {"file": file, "sha256": "0" * 64, "bytes": 1, "documents": good, "failures": len(documents) - good,
             "recipe": "r"}
        )  # fmt: skip
    return rows


def write_store(folder: Path | str, *parts: Iterable[Read], replaces: Mapping[int, Sequence[int]] | None = None) -> str:
    """A corpus of these parts, numbered from 1; `replaces` says which parts a part replaces."""
    _begin(folder)
    for number, read in enumerate(parts, 1):
        write_part(folder, rows_of_files(read), number, (replaces or {}).get(number, ()))
    return str(folder)


def _begin(folder: Path | str) -> FileSystem:
    files = open_file_system(str(folder))
    files.make_folders((COMMITS, *TABLES))
    files.write(MANIFEST, json.dumps({"schema": VERSION, "npextract": "test"}).encode())
    return files


def write_part(folder: Path | str, rows: Rows, number: int = 1, replaces: Sequence[int] = ()) -> None:
    """A part of a corpus; a table without rows has no file."""
    files = _begin(folder)
    for table, found in rows.items():
        if found:
            with files.fs.open(files.path(table_name(table, number)), "wb") as out:
                pq.write_table(pa.Table.from_pylist(found, schema=TABLES[table]), out)
    counts = {table: len(found) for table, found in rows.items()}
    commit = {"part": number, "replaces": list(replaces), "rows": counts}
    files.write(commit_name(number), json.dumps(commit).encode())


RECORD = """PROVISIONAL

The President: The Council has before it resolution 1540 (2004).

Mr. Nebenzia (Russian Federation) (spoke in Russian): The Russian Federation supports the NPT and the IAEA.
The CSTO supports the NPT.

Mr. Wood (United States of America): The United States recalls resolution 1540 (2004) and the CWC."""


def small_corpus() -> list[Read]:
    """Six files: a statement in both languages, a verbatim record, an undated text, one without names, a broken one."""
    return [
        document("a/statement_en.txt",
                 "The CSTO and the CIS recall resolution 1540 (2004), the CWC and the NPT. The NPT!",
                 title="Statement", date="2004-05", symbol="A/59/1"),
        document("a/statement_ru.txt", "ОДКБ напоминает о резолюции СБ ООН 1540 (2004), ДНЯО и МАГАТЭ.",
                 title="Заявление", date="2004-05-03", symbol="A/59/1"),
        document("record.txt", RECORD, title="Record", date="2016", symbol="S/PV.7758"),
        document("undated.txt", "The NPT is mentioned here, and the CSTO."),
        document("nothing.txt", "Nobody is named here.", date="2010-01-01"),
        broken("scan.pdf", "no-text-layer", "has no text"),
    ]  # fmt: skip
