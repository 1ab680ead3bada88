"""Files as texts: text, Markdown and JSON Lines, in whatever encoding they are."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from npextract.errors import InputError
from npextract.reading.characters import is_language

TEXT_SUFFIXES: Final = frozenset({".txt", ".text", ".md", ".markdown"})
RECORD_SUFFIXES: Final = frozenset({".jsonl", ".ndjson"})

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES: Final = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP container (DOCX, ODT, EPUB …)",
    b"\xd0\xcf\x11\xe0": "an old Microsoft Office file",
    b"{\\rtf": "an RTF file",
    b"\x7fELF": "a program",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_CYRILLIC_ENCODINGS: Final = ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "cp1252"]
_HIGH_BYTES: Final = (b"\x00", b"\x04", b"\x20")
"""The high bytes of UTF-16 letters, Latin and Cyrillic, and of its dashes and quotation marks."""
_MOST: Final = 0.9
_SAMPLE: Final = 200_000
"""How many bytes are enough to tell an old encoding."""


@dataclass(frozen=True, slots=True)
class Input:
    """A text to be read, or the reason why there is none."""

    id: str
    source: str
    text: str
    lang: str | None = None
    error: InputError | None = None


def decode(data: bytes, source: str) -> str:
    """The text of a file's bytes: by its byte order mark, as UTF-8, or by an old Cyrillic encoding's letters.

    Line ends stay as they are; the mark itself is dropped. Raises InputError for what is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(f"marked as {encoding}, but is not: {error}", source=source, code="encoding") from None
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise InputError(
                f"is {what}; this version reads text, Markdown and JSON Lines: convert it to text first",
                source=source,
                code="unsupported-format",
            )
    if b"\0" in data[:_SAMPLE]:
        return _decode_with_zeros(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, source)


def _decode_with_zeros(data: bytes, source: str) -> str:
    """Text with zero bytes is UTF-16 whose mark was lost, if every second byte is the high one of our alphabets."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if sum(high.count(byte) for byte in _HIGH_BYTES) > _MOST * len(high):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise InputError("is binary, not text", source=source, code="binary")


def _decode_legacy(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE], cp_isolation=_CYRILLIC_ENCODINGS).best()
    if guess is None:
        raise InputError(
            "is in an encoding that could not be told; convert it to UTF-8", source=source, code="encoding"
        )
    return data.decode(guess.encoding, errors="replace")


def read_inputs(path: Path, name: str | None = None) -> Iterator[Input]:
    """The texts of a file: one, or for JSON Lines one a line. A file or line that cannot be read is an Input too."""
    source = name or path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = InputError(error.strerror or str(error), source=source, code="unreadable")
        yield Input(source, source, "", error=reason)
    else:
        yield from inputs_of(data, source, records=path.suffix.lower() in RECORD_SUFFIXES)


def inputs_of(data: bytes, source: str, *, records: bool = False) -> Iterator[Input]:
    """The texts in a file's bytes: one, or with `records` one a line of JSON."""
    try:
        text = decode(data, source)
    except InputError as reason:
        yield Input(source, source, "", error=reason)
    else:
        if records:
            yield from read_records(text, source)
        else:
            yield Input(source, source, text)


def read_records(text: str, source: str) -> Iterator[Input]:
    """The texts of JSON Lines: each line an object with `text`, and if present `id` and `lang`."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{source}:{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield _bad_record(place, f"is not JSON: {error}")
            continue
        yield _input_of(record, place, source)


def _input_of(record: Any, place: str, source: str) -> Input:
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return _bad_record(place, 'has no string "text"', record)
    lang = record.get("lang")
    if lang is not None and not is_language(lang):
        return _bad_record(place, f'"lang" is no language code: {lang!r}', record)
    identifier = record.get("id")
    return Input(place if identifier is None else str(identifier), source, record["text"], lang)


def _bad_record(place: str, message: str, record: Any = None) -> Input:
    identifier = record.get("id") if isinstance(record, dict) else None
    error = InputError(message, source=place, code="bad-record")
    return Input(place if identifier is None else str(identifier), place, "", error=error)


def find_files(folder: Path) -> list[Path]:
    """The files under a folder that can be read, in order of their paths."""
    suffixes = TEXT_SUFFIXES | RECORD_SUFFIXES
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in suffixes)
