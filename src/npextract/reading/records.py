"""Texts in JSON Lines: each line an object with `text`, and if present `id`, `lang`, `date`, `title`, `symbol`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from npextract.errors import InputError
from npextract.reading.characters import is_language
from npextract.reading.encodings import decode_file
from npextract.reading.source import Metadata, SourceText

Record = tuple[str, str, SourceText | InputError]
"""Identifier, place and text of a record, or the reason why it has none."""


def read_records(data: bytes, source: str) -> Iterator[Record]:
    """The records of a file, in order; raises InputError for bytes that are no text."""
    decoded = decode_file(data, source)
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{source}:{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield place, place, InputError(f"is not JSON: {error}", source=place, code="bad-record")
            continue
        yield _read_record(record, place, source, decoded.warnings if "\ufffd" in line else ())


def _read_record(record: Any, place: str, source: str, warnings: tuple[str, ...]) -> Record:
    identifier = record.get("id") if isinstance(record, dict) else None
    name = place if identifier is None else str(identifier)
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return name, place, InputError('has no string "text"', source=place, code="bad-record")
    lang = record.get("lang")
    if lang is not None and not is_language(lang):
        return name, place, InputError(f'"lang" is no language code: {lang!r}', source=place, code="bad-record")
    said = {key: value for key in ("title", "date", "symbol") if isinstance(value := record.get(key), str) and value}
    return name, source, SourceText(record["text"], "records", Metadata(lang=lang, **said), warnings=warnings)
