"""EPUB books."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from random import Random
from typing import Final

from benchmarks.corpora.packages import pack
from benchmarks.corpora.texts import Text, blocks
from benchmarks.corpora.web import body_of

_CONTAINER: Final = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def make_epub(random: Random, texts: Sequence[Text]) -> bytes:
    """A book with a chapter for each text."""
    chapters = {f"chapter{number}.xhtml": _chapter(text) for number, text in enumerate(texts, 1)}
    return pack(epub_members(texts, chapters), stored=("mimetype",))


def epub_members(texts: Sequence[Text], chapters: dict[str, str]) -> dict[str, bytes | str]:
    """What is in a book."""
    items = "".join(
        f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters, 1)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(1, len(chapters) + 1))
    entries = "".join(f'<li><a href="{name}">{number}</a></li>' for number, name in enumerate(chapters, 1))
    package = (
        f'{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:identifier id='id'>book</dc:identifier><dc:title>{escape(texts[0].title)}</dc:title>"
        f"<dc:language>{texts[0].lang}</dc:language><dc:date>2020-05-04</dc:date></metadata><manifest>"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f"{items}</manifest><spine>{spine}</spine></package>"
    )
    contents = (
        f'{_XML}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head>'
        f'<title>Contents</title></head><body><nav epub:type="toc"><ol>{entries}</ol></nav></body></html>'
    )
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/content.opf": package,
        "OEBPS/nav.xhtml": contents,
        **{f"OEBPS/{name}": chapter for name, chapter in chapters.items()},
    }


def _chapter(text: Text) -> str:
    body = "".join(body_of(blocks(text.text)))
    head = f"<head><title>{escape(text.title)}</title></head>"
    return f'{_XML}<html xmlns="http://www.w3.org/1999/xhtml">{head}<body>{body}</body></html>'
