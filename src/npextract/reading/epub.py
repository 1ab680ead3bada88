"""EPUB books: their chapters in reading order, each with all that is shown."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from npextract.errors import InputError
from npextract.reading.archive import Package, open_package, read_part
from npextract.reading.html import day_of, decode_html
from npextract.reading.layout import lay_out, without_controls
from npextract.reading.markup import page_of, paragraphs_of
from npextract.reading.source import Metadata, SourceText
from npextract.reading.titles import declared_language, declared_title
from npextract.reading.xml import Element, child, descendants, parse_xml, text_of

_CONTAINER: Final = "META-INF/container.xml"
_FONT_METHODS: Final = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Fonts may be obfuscated; that keeps nobody from reading the text."""
_PAGES: Final = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "application/xml", "text/xml")


def read_epub(data: bytes, source: str) -> SourceText:
    """A book. Raises InputError where it is damaged, or its text is encrypted."""
    package = open_package(data, source)
    _refuse_encrypted(package)
    opf = _package_document(package)
    root = _parse(package, opf)
    if root is None:
        raise InputError(f"holds no {opf}; it may be damaged", source=source, code="damaged")
    paragraphs: list[str] = []
    missing = 0
    warnings: list[str] = []
    for part in _spine(root, posixpath.dirname(opf)):
        page = read_part(package, part)
        if page is None:
            missing += 1
            continue
        decoded = decode_html(page, f"{source}/{part}")
        warnings += decoded.warnings
        if (tree := page_of(without_controls(decoded.text))) is not None:
            paragraphs += paragraphs_of(tree, whole=True)
    text, _ = lay_out(paragraphs)
    if missing:
        warnings.append(f"left-out: {missing} chapters that are not in the file")
    return SourceText(text, "epub", _metadata(root), warnings=tuple(warnings))


def _parse(package: Package, name: str) -> Element | None:
    data = read_part(package, name)
    return None if data is None else parse_xml(data, f"{package.source}/{name}")


def _refuse_encrypted(package: Package) -> None:
    root = _parse(package, "META-INF/encryption.xml")
    methods = [] if root is None else [e.get("Algorithm") or "" for e in descendants(root, "EncryptionMethod")]
    if any(not method.startswith(_FONT_METHODS) for method in methods):
        message = "is encrypted (protected against copying); a copy without protection is needed"
        raise InputError(message, source=package.source, code="encrypted")


def _package_document(package: Package) -> str:
    """The part that lists the others."""
    root = _parse(package, _CONTAINER)
    for rootfile in () if root is None else descendants(root, "rootfile"):
        if path := rootfile.get("full-path"):
            return str(path)
    raise InputError(f"holds no {_CONTAINER} that names its parts", source=package.source, code="damaged")


def _spine(root: Element, folder: str) -> Iterator[str]:
    """The chapters, in reading order, each once."""
    items = {item.get("id"): item for item in descendants(root, "item")}
    done: set[str] = set()
    for reference in descendants(root, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or (item.get("media-type") or _PAGES[0]) not in _PAGES or not item.get("href"):
            continue
        path = posixpath.normpath(posixpath.join("/", folder, unquote(item.get("href").partition("#")[0]))).lstrip("/")
        if path not in done:
            done.add(path)
            yield path


def _metadata(root: Element) -> Metadata:
    metadata = child(root, "metadata")
    if metadata is None:
        return Metadata()
    said = {name: text_of(next(descendants(metadata, name), None)) for name in ("title", "language", "date")}
    return Metadata(
        title=declared_title(said["title"]), date=day_of(said["date"]), lang=declared_language(said["language"])
    )
