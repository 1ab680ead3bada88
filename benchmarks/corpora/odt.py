"""ODT, as LibreOffice writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from random import Random
from typing import Final

from benchmarks.corpora.packages import pack
from benchmarks.corpora.texts import Table, Text, blocks, join

_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"


def make_odt(random: Random, texts: Sequence[Text]) -> bytes:
    """A text document with a heading, spaces and line breaks as OpenDocument writes them, and tables."""
    return pack(odt_members(texts), stored=("mimetype",))


def odt_members(texts: Sequence[Text]) -> dict[str, bytes | str]:
    """What is in a text document."""
    title = escape(texts[0].title)
    spaces = f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0"'
    body = "".join(_odf(blocks(join(texts))))
    meta = (
        f'{_XML}<office:document-meta xmlns:office="{_ODF}:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'office:version="1.2"><office:meta><dc:title>{title}</dc:title><dc:date>2020-05-04T12:00:00</dc:date>'
        "</office:meta></office:document-meta>"
    )
    manifest = (
        f'{_XML}<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = (
        f'{_XML}<office:document-content {spaces} office:version="1.2"><office:body><office:text>'
        f'<text:h text:outline-level="1">{title}</text:h>{body}</office:text></office:body></office:document-content>'
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "meta.xml": meta,
        "META-INF/manifest.xml": manifest,
    }


def _odf(body: Iterable[str | Table]) -> Iterator[str]:
    for block in body:
        if isinstance(block, str):
            yield f"<text:p>{escape(block).replace('. ', '.<text:s/>', 1)}</text:p>"
        else:
            rows = (
                "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row)
                for row in block
            )
            yield "<table:table>"
            yield from (f"<table:table-row>{row}</table:table-row>" for row in rows)
            yield "</table:table>"
