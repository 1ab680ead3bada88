"""ZIP containers: which kind of package one is, and what is in it, within bounds.

Nothing is written to disk, and what a container says of its members' sizes is checked while they are read.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from pathlib import PurePosixPath
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from npextract.errors import InputError
from npextract.reading.names import distinct, is_passed_over, is_passed_over_folder, safe_name

MOST_MEMBERS: Final = 100_000
"""How many files of one archive are read."""
LARGEST_MEMBER: Final = 512 << 20
"""Bytes of one unpacked file."""
LARGEST_ARCHIVE: Final = 2 << 30
"""Bytes of all unpacked files of one archive."""
LARGEST_PART: Final = 128 << 20
"""Bytes of one unpacked XML part of a document: some ten thousand pages."""
MOST_EXPANSION: Final = 250
"""How many times its packed size a large file may have: texts and pictures stay below 100, bombs come near 1,000."""
_LARGE: Final = 16 << 20
_CHUNK: Final = 1 << 20

_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    BadZipFile, zlib.error, LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, struct.error,
    IndexError, OverflowError,
)  # fmt: skip
"""What the zipfile module raises for damaged archives."""

_BY_MIMETYPE: Final = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/epub+zip": "epub",
}
_REFUSED_PARTS: Final = {
    "xl/": "an Excel workbook; save its sheets as HTML or text",
    "ppt/": "a PowerPoint presentation; save it as PDF",
    "visio/": "a Visio drawing; save it as PDF",
    "meta-inf/manifest.mf": "a Java archive",
    "androidmanifest.xml": "a program",
}
_REFUSED_MIMETYPES: Final = {
    "application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet; save its sheets as HTML or text",
    "application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation; save it as PDF",
}
_OFFICE_SUFFIXES: Final = {".docx": "Word", ".docm": "Word", ".dotx": "Word", ".odt": "OpenDocument", ".epub": "EPUB"}


@dataclass(frozen=True, slots=True)
class Package:
    """A document that is a ZIP container of parts."""

    source: str
    file: ZipFile
    parts: Mapping[str, ZipInfo]
    """By their names in lower case."""


def open_package(data: bytes, source: str) -> Package:
    """The parts of a document; raises InputError where the container's directory cannot be read."""
    file = _open(data, source)
    return Package(source, file, {_key(info.filename): info for info in file.infolist()})


def _open(data: bytes, source: str) -> ZipFile:
    try:
        return ZipFile(BytesIO(data))
    except _BROKEN as error:
        message = f"is a ZIP container whose directory cannot be read; it may be cut off ({error})"
        raise InputError(message, source=source, code="damaged") from None


def tell_package(data: bytes, source: str) -> str:
    """The name of the format that a ZIP container holds; raises InputError for damaged ones and for formats that
    are not read.
    """
    package = open_package(data, source)
    names = package.parts
    kind = _mimetype(package)
    if kind in _BY_MIMETYPE:
        return _BY_MIMETYPE[kind]
    refused = _REFUSED_MIMETYPES.get(kind.removesuffix("-template"))
    if kind.startswith("application/vnd.oasis.opendocument.") and refused is None:
        refused = "an OpenDocument file other than a text; save it as PDF"
    if refused is None and any(name.startswith("word/") for name in names):
        return "docx"
    if "meta-inf/container.xml" in names:
        return "epub"
    if refused is None and ("[content_types].xml" in names or "meta-inf/manifest.mf" in names):
        found = (what for start, what in _REFUSED_PARTS.items() if any(name.startswith(start) for name in names))
        refused = next(found, None)
    if refused is not None:
        raise InputError(f"is {refused}", source=source, code="unsupported-format")
    if (program := _OFFICE_SUFFIXES.get(PurePosixPath(source).suffix.lower())) is not None:
        message = f"is a ZIP archive without the parts of a document of {program}; it may be damaged"
        raise InputError(message, source=source, code="damaged")
    return "zip"


def _mimetype(package: Package) -> str:
    try:
        return (read_part(package, "mimetype") or b"")[:200].decode("ascii", "replace").strip()
    except InputError:
        return ""


def read_part(package: Package, name: str) -> bytes | None:
    """A part of a document by its name, in any case; None where there is none. Raises InputError where it is damaged,
    encrypted or larger than LARGEST_PART.
    """
    info = package.parts.get(_key(name))
    return None if info is None else read_member(package.file, info, f"{package.source}/{name}", LARGEST_PART)


def _key(name: str) -> str:
    return name.lower().replace("\\", "/").lstrip("/")


def read_member(package: ZipFile, info: ZipInfo, source: str, limit: int) -> bytes:
    """A member's bytes; raises InputError where they are damaged, encrypted or more than `limit`."""
    if info.flag_bits & _ENCRYPTED:
        raise InputError("is encrypted; unpack it with its password", source=source, code="encrypted")
    if info.file_size > limit:
        raise _too_large(f"is {_mega(info.file_size)} MB unpacked", limit, source)
    if info.file_size > _LARGE and info.file_size > MOST_EXPANSION * info.compress_size:
        message = f"unpacks to more than {MOST_EXPANSION} times its size, as bombs do; unpack it if you trust it"
        raise InputError(message, source=source, code="too-large")
    chunks: list[bytes] = []
    length = 0
    try:
        with package.open(info) as file:
            while chunk := file.read(_CHUNK):
                chunks.append(chunk)
                length += len(chunk)
                if length > limit:
                    raise _too_large("is larger than it says", limit, source)
    except _BROKEN as error:
        raise InputError(f"is damaged in its archive: {error}", source=source, code="damaged") from None
    return b"".join(chunks)


def _too_large(what: str, limit: int, source: str) -> InputError:
    return InputError(f"{what}; the limit is {_mega(limit)} MB", source=source, code="too-large")


def _mega(size: int) -> int:
    return size >> 20


def open_zip(data: bytes, source: str) -> Iterator[tuple[str, bytes | InputError]]:
    """The files in an archive, by their names; those that cannot be read with the reason. Folders, hidden files and
    those of operating systems are passed over. Raises InputError where the archive itself is damaged.
    """
    with _open(data, source) as package:
        named = [(name, info) for info in package.infolist() if not info.is_dir() and _counts(name := _name(info))]
        named.sort(key=lambda pair: pair[0])
        taken: set[str] = set()
        left = LARGEST_ARCHIVE
        for name, info in named[:MOST_MEMBERS]:
            own = distinct(name, taken)
            taken.add(own)
            try:
                member = read_member(package, info, f"{source}/{own}", min(left, LARGEST_MEMBER))
            except InputError as error:
                yield own, error
            else:
                left -= len(member)
                yield own, member
                del member
        if (rest := len(named) - MOST_MEMBERS) > 0:
            message = f"{rest} of its {len(named)} files were not read; the limit is {MOST_MEMBERS}"
            yield "…", InputError(message, source=source, code="too-large")


def _counts(name: str) -> bool:
    *folders, file = name.split("/")
    return not (is_passed_over(file) or any(map(is_passed_over_folder, folders)))


def _name(info: ZipInfo) -> str:
    """A member's name. Names that are not marked as UTF-8 are often in the DOS encoding of Russian Windows."""
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return safe_name(info.filename)
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return safe_name(info.filename)
    try:
        return safe_name(raw.decode("utf-8"))
    except UnicodeDecodeError:
        guesses = [raw.decode(encoding, "replace") for encoding in ("cp866", "cp1251")]
        return safe_name(max(guesses, key=_russian_letters))


def _russian_letters(name: str) -> int:
    return sum("А" <= letter <= "я" or letter in "Ёё" for letter in name)
