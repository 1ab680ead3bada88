"""DOCX, as Word writes it: headings, tables, a header, changes that are tracked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from random import Random
from typing import Any, Final

from benchmarks.corpora.packages import pack, unpack
from benchmarks.corpora.texts import Table, Text, blocks, join

_CREATED: Final = datetime(2020, 5, 4, 12)
_CHANGED: Final = 0.1
"""The share of paragraphs whose end was inserted with changes tracked."""
_STYLED: Final = 0.3


def make_docx(random: Random, texts: Sequence[Text]) -> bytes:
    """A document of the texts' paragraphs and tables, with a title above them."""
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author = texts[0].title, "Secretariat"
    properties.created = properties.modified = _CREATED
    document.sections[0].header.paragraphs[0].text = f"NPT/CONF.2020/WP.{random.randint(1, 60)}"
    document.add_heading(texts[0].title, level=1)
    for block in blocks(join(texts)):
        if isinstance(block, str):
            _add_paragraph(document, block, random)
        else:
            _add_table(document, block)
    buffer = BytesIO()
    document.save(buffer)
    return pack(unpack(buffer.getvalue()))


def _add_paragraph(document: Any, text: str, random: Random) -> None:
    paragraph = document.add_paragraph()
    if random.random() < _CHANGED and (at := text.rfind(" ")) > 0:
        paragraph.add_run(text[:at])
        paragraph._p.append(_inserted(paragraph.add_run(text[at:])._r))
    elif random.random() < _STYLED and len(text) > 4:
        at = random.randint(1, len(text) - 1)  # Word cuts runs anywhere, in words too
        paragraph.add_run(text[:at]).bold = True
        paragraph.add_run(text[at:])
    else:
        paragraph.add_run(text)


def _inserted(run: Any) -> Any:
    """The run as one that was inserted with changes tracked."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    insertion = OxmlElement("w:ins")
    insertion.set(qn("w:id"), "1")
    insertion.set(qn("w:author"), "Editor")
    insertion.append(run)
    return insertion


def _add_table(document: Any, rows: Table) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = text
