"""Which format a file has, told by its bytes and only then by its name, and who reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import Any, Final

from npextract.errors import InputError
from npextract.reading.source import SourceText

Reader = Callable[[bytes, str], SourceText]
"""From a file's bytes and its name, which errors are to say, to its text. Raises InputError."""
Members = Callable[[bytes, str], Iterator[tuple[str, bytes | InputError]]]
"""From a container's bytes and its name to what is in it: each a name, relative to the container's, and its bytes, or
the reason why they cannot be had. Raises InputError where the container itself cannot be opened."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files. Readers are named, "module:function", and imported when they are needed."""

    name: str
    suffixes: tuple[str, ...] = ()
    reader: str | None = None
    members: str | None = None

    def read(self, data: bytes, source: str) -> SourceText:
        """The document's text; raises InputError where it cannot be read."""
        reader: Reader = _load(self.reader)
        return reader(data, source)

    def open(self, data: bytes, source: str) -> Iterator[tuple[str, bytes | InputError]]:
        """What is in a container; nothing for formats that are none."""
        if self.members is not None:
            members: Members = _load(self.members)
            yield from members(data, source)


def _load(name: str | None) -> Any:
    """A function by its name, "module:function"."""
    assert name is not None, "the format has no such reader"
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


_HERE: Final = "npextract.reading"
FORMATS: Final = {
    format.name: format
    for format in (
        Format("text", (".txt", ".text"), reader=f"{_HERE}.plain:read_text"),
        Format("markdown", (".md", ".markdown"), reader=f"{_HERE}.plain:read_markdown"),
        Format("records", (".jsonl", ".ndjson")),
        Format("pdf", (".pdf",), reader=f"{_HERE}.pdf:read_pdf"),
        Format("docx", (".docx", ".docm", ".dotx"), reader=f"{_HERE}.docx:read_docx"),
        Format("odt", (".odt", ".ott"), reader=f"{_HERE}.odt:read_odt"),
        Format("rtf", (".rtf",), reader=f"{_HERE}.rtf:read_rtf"),
        Format("html", (".html", ".htm", ".xhtml"), reader=f"{_HERE}.html:read_html"),
        Format("epub", (".epub",), reader=f"{_HERE}.epub:read_epub"),
        Format("mail", (".eml", ".mht", ".mhtml"), f"{_HERE}.mail:read_mail", f"{_HERE}.mail:open_mail"),
        Format("mbox", (".mbox",), members=f"{_HERE}.mail:open_mbox"),
        Format("zip", (".zip",), members=f"{_HERE}.archive:open_zip"),
    )
}
"""The formats that are read, by name. JSON Lines ("records") are read by `npextract.reading.records`."""

_BY_SUFFIX: Final = {suffix: format for format in FORMATS.values() for suffix in format.suffixes}
_TEXTUAL: Final = ("text", "markdown", "records", "html", "mail", "mbox")
"""The formats that have no signature, so that the name decides."""

_REFUSED: Final = {
    b"\x1f\x8b": "a gzip archive; unpack it",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive; unpack it",
    b"Rar!\x1a\x07": "a RAR archive; unpack it",
    b"BZh": "a bzip2 archive; unpack it",
    b"\xfd7zXZ\x00": "an xz archive; unpack it",
    b"AT&TFORM": "a DjVu file; convert it to PDF",
    b"\x7fELF": "a program",
    b"MZ\x90\x00": "a program",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"PAR1": "a Parquet file",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x78\x9f\x3e\x22": "a message in Outlook's own form (TNEF); save it in Outlook as EML or HTML",
}
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_HEADER: Final = 1024
"""How far into a file, in bytes, the signature of PDF may stand (ISO 32000-1, Annex H.3.4.1)."""
_HEAD: Final = 4096
_PROLOGUE: Final = re.compile(rb"(?:[ \t\r\n]+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
"""What may stand before the first element of a page: comments, and an XML declaration."""
_REFUSED_XML: Final = {
    b"<office:document": "an OpenDocument text as one XML file; save it as ODT",
    b"<w:worddocument": "a Word document as one XML file; save it as DOCX",
    b"<pkg:package": "a Word document as one XML file; save it as DOCX",
}
_MAIL: Final = re.compile(rb"(?:return-path|received|delivered-to|message-id|from|date|mime-version|x-[a-z-]{1,60}):")


def tell_format(data: bytes, source: str) -> Format:
    """The format of a file. Its bytes decide where they can; raises InputError for formats that are not read."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from npextract.reading.archive import tell_package

        return FORMATS[tell_package(data, source)]
    if data.startswith(_COMPOUND):
        raise _compound_file(data, source)
    named = _BY_SUFFIX.get(PurePosixPath(source).suffix.lower())
    textual = named is not None and named.name in _TEXTUAL
    if data.startswith(b"%PDF-") or (b"%PDF-" in data[:_PDF_HEADER] and not textual):
        return FORMATS["pdf"]
    if data.startswith(b"{\\rtf"):
        return FORMATS["rtf"]
    _refuse(data, _REFUSED, source)
    if named is not None and textual:
        return named
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    element = _PROLOGUE.sub(b"", head, count=1)
    if element.startswith((b"<!doctype html", b"<html")):
        return FORMATS["html"]
    _refuse(element, _REFUSED_XML, source)
    if _MAIL.match(head) and b"\nmime-version:" in head:
        return FORMATS["mail"]
    if named is not None:
        message = f"is called {named.suffixes[0]}, but is no {named.name.upper()} file; it may be damaged"
        raise InputError(message, source=source, code="damaged")
    return FORMATS["text"]


def _refuse(data: bytes, formats: dict[bytes, str], source: str) -> None:
    for signature, what in formats.items():
        if data.startswith(signature):
            raise InputError(f"is {what}", source=source, code="unsupported-format")


def _compound_file(data: bytes, source: str) -> InputError:
    """What an OLE compound file is, by the names of the streams in it, which are in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return InputError("is encrypted; save it without a password", source=source, code="encrypted")
    if "__properties_version1.0".encode("utf-16-le") in data:
        what = "an Outlook message; save it as EML or HTML"
    else:
        what = "an old Microsoft Office file; save it as DOCX"
    return InputError(f"is {what}", source=source, code="unsupported-format")
