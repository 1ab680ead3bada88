"""Word documents (Office Open XML): the body with its tables and text boxes, then the notes, then the running heads.

Left out: comments, tracked deletions, hidden text, the instructions of fields.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from npextract.errors import InputError
from npextract.reading.archive import Package, open_package, read_part
from npextract.reading.layout import HARD_PAGE, SOFT_PAGE, join_row, lay_out, note_mark, superscript
from npextract.reading.source import Metadata, SourceText
from npextract.reading.titles import declared_language, declared_title
from npextract.reading.xml import Element, attribute, child, children, descendants, name_of, parse_xml, text_of

_DOCUMENT: Final = "word/document.xml"
_PAGE_FIELDS: Final = (["PAGE"], ["NUMPAGES"], ["SECTIONPAGES"])
"""Fields whose results are a page's number and no part of the text."""
_FALSE: Final = frozenset({"0", "false", "off", "none"})
_LEFT_OUT: Final = frozenset({
    "del", "moveFrom", "delText", "delInstrText", "commentReference", "annotationRef", "footnoteRef",
    "endnoteRef", "rPr", "pPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "proofErr", "rt",
})  # fmt: skip
_CHARACTERS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
    "lastRenderedPageBreak": SOFT_PAGE,
}


@dataclass(slots=True)
class _Story:
    """What is known while a part is read."""

    notes: dict[str, dict[str, Element]]
    """Kind → the note's identifier → the note."""
    used: list[list[str]] = field(default_factory=list)
    """The notes that were referred to, in order, as paragraphs."""
    fields: list[bool | None] = field(default_factory=list)
    """Of each field that is open, whether it is a page's number; None until its instruction is read."""
    page_fields: int = 0
    """How many of them are."""
    boxes: list[list[str]] = field(default_factory=list)
    """For each paragraph that is being read, the paragraphs of the text boxes anchored in it."""


def read_docx(data: bytes, source: str) -> SourceText:
    """A Word document. Raises InputError where it is damaged or encrypted."""
    package = open_package(data, source)
    try:
        return _read(package)
    except RecursionError:
        raise InputError("is nested too deeply", source=source, code="damaged") from None


def _read(package: Package) -> SourceText:
    main = _main_part(package)
    root = _parse(package, main)
    if root is None:
        raise InputError(f"holds no {main}; it may be damaged", source=package.source, code="damaged")
    related = _relations(package, main)
    story = _Story({kind: _notes(package, related.get(kind + "s", [])) for kind in ("footnote", "endnote")})
    body = child(root, "body")
    paragraphs = [] if body is None else list(_blocks(body, story))
    running = [p for kind in ("header", "footer") for part in related.get(kind, []) for p in _running(package, part)]
    text, pages = lay_out(paragraphs, story.used, running)
    return SourceText(text, "docx", _metadata(package), pages, warnings=tuple(_warnings(package, root, text)))


def _main_part(package: Package) -> str:
    return next(iter(_relations(package, "").get("officeDocument", [])), _DOCUMENT)


def _parse(package: Package, name: str) -> Element | None:
    data = read_part(package, name)
    return None if data is None else parse_xml(data, f"{package.source}/{name}")


def _relations(package: Package, part: str) -> dict[str, list[str]]:
    """The parts that a part refers to, by the last word of the relation's type, which editions agree on."""
    folder, name = posixpath.split(part)
    root = _parse(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, list[str]] = {}
    for relation in () if root is None else children(root, "Relationship"):
        if relation.get("TargetMode") != "External" and (target := relation.get("Target")):
            kind = relation.get("Type", "").rpartition("/")[2]
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.setdefault(kind, []).append(path)
    return found


def _notes(package: Package, parts: list[str]) -> dict[str, Element]:
    """The notes of a part by their identifiers, without the lines that separate notes from the text."""
    roots = [root for part in parts if (root := _parse(package, part)) is not None]
    return {
        identifier: note
        for root in roots
        for note in root
        if (identifier := attribute(note, "id")) is not None and attribute(note, "type") in (None, "normal")
    }


def _running(package: Package, part: str) -> list[str]:
    root = _parse(package, part)
    return [] if root is None else list(_blocks(root, _Story({})))


def _blocks(parent: Element, story: _Story) -> Iterator[str]:
    """The paragraphs of a part, a cell or a text box, in order."""
    for element in parent:
        match name_of(element):
            case "p":
                yield from _paragraph(element, story)
            case "tbl":
                yield from _table(element, story)
            case "AlternateContent":
                yield from _blocks(_alternative(element), story)
            case "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" | "Choice" | "Fallback":
                yield from _blocks(element, story)


def _table(table: Element, story: _Story) -> Iterator[str]:
    for row in _unwrapped(table, "tr"):
        properties = child(row, "trPr")
        if properties is None or (child(properties, "del") is None and not _is_on(properties, "hidden")):
            yield from join_row([list(_blocks(cell, story)) for cell in _unwrapped(row, "tc")])


def _unwrapped(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for element in parent:
        found = name_of(element)
        if found == name:
            yield element
        elif found in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _unwrapped(element, name)


def _paragraph(paragraph: Element, story: _Story) -> list[str]:
    """The paragraph, and behind it those of its text boxes."""
    properties = child(paragraph, "pPr")
    parts: list[str] = []
    if properties is not None and _is_on(properties, "pageBreakBefore"):
        parts.append(HARD_PAGE)
    story.boxes.append([])
    _inline(paragraph, story, parts)
    if properties is not None and _ends_page(child(properties, "sectPr")):
        parts.append(HARD_PAGE)
    return ["".join(parts), *story.boxes.pop()]


def _ends_page(section: Element | None) -> bool:
    """Whether a section ends here, and the next one begins on a new page, as they do if nothing is said."""
    if section is None:
        return False
    kind = child(section, "type")
    return kind is None or attribute(kind, "val") not in ("continuous", "nextColumn")


def _inline(parent: Element, story: _Story, parts: list[str], raised: bool = False) -> None:
    """Add what is written in a paragraph or a run to `parts`."""
    for element in parent:
        name = name_of(element)
        if name == "instrText":
            _read_instruction(text_of(element), story)
        elif name in _LEFT_OUT:
            continue
        elif name == "r":
            properties = child(element, "rPr")
            if properties is None or not _is_on(properties, "vanish"):
                _inline(element, story, parts, _is_raised(properties))
        elif name == "t":
            if not story.page_fields:
                text = element.text or ""
                parts.append(superscript(text) if raised else text)
        elif name in _CHARACTERS:
            parts.append(_CHARACTERS[name])
        elif name == "br":
            parts.append("\n" + HARD_PAGE if attribute(element, "type") == "page" else "\n")
        elif name == "sym":
            parts.append(_symbol(element))
        elif name == "fldChar":
            _follow_field(element, story)
        elif name == "fldSimple":
            if not _is_page_number(attribute(element, "instr") or ""):
                _inline(element, story, parts)
        elif name in ("footnoteReference", "endnoteReference"):
            parts.append(_note(element, name.removesuffix("Reference"), story))
        elif name == "txbxContent":
            box = list(_blocks(element, story))
            story.boxes[-1].extend(box)
        elif name == "AlternateContent":
            _inline(_alternative(element), story, parts, raised)
        else:
            _inline(element, story, parts, raised)


def _is_on(properties: Element, name: str) -> bool:
    switch = child(properties, name)
    return switch is not None and (attribute(switch, "val") or "on").lower() not in _FALSE


def _is_raised(properties: Element | None) -> bool:
    position = child(properties, "vertAlign")
    return position is not None and attribute(position, "val") == "superscript"


def _alternative(element: Element) -> Element:
    """Of a drawing that is given twice, for old and new programs, the one that holds text; else the first."""
    ways = list(element)
    return next((way for way in ways if next(descendants(way, "t"), None) is not None), ways[0] if ways else element)


def _symbol(element: Element) -> str:
    """A character of a symbol font: Word adds F000 to its code. Letters and pictures of such fonts mean nothing."""
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    if 0xF020 <= code <= 0xF03F and attribute(element, "font") == "Symbol":
        return chr(code - 0xF000)
    return "•" if 0xF000 <= code <= 0xF0FF else chr(code) if 0x20 <= code < 0xD800 else ""


def _follow_field(element: Element, story: _Story) -> None:
    """Keep account of the fields that are open."""
    match attribute(element, "fldCharType"):
        case "begin":
            story.fields.append(None)
        case "end" if story.fields:
            story.page_fields -= story.fields.pop() or 0


def _read_instruction(words: str, story: _Story) -> None:
    """The instruction of the field that began last; it may stand in several runs, of which the first that is not blank
    says what field it is.
    """
    if words.strip() and story.fields and story.fields[-1] is None:
        story.fields[-1] = is_page = _is_page_number(words)
        story.page_fields += is_page


def _is_page_number(instruction: str) -> bool:
    return instruction.upper().split(maxsplit=1)[:1] in _PAGE_FIELDS


def _note(reference: Element, kind: str, story: _Story) -> str:
    """The mark of a note; the note itself is kept for the end."""
    note = story.notes.get(kind, {}).pop(attribute(reference, "id") or "", None)
    if note is None:
        return ""
    index = len(story.used)
    shown = "" if attribute(reference, "customMarkFollows") in ("1", "true", "on") else superscript(str(index + 1))
    story.used.append([])
    paragraphs = [text for text in _blocks(note, story) if text.strip()]
    if paragraphs and shown:
        paragraphs[0] = f"{shown} {paragraphs[0].lstrip()}"
    story.used[index] = paragraphs
    return note_mark(index) + shown


def _metadata(package: Package) -> Metadata:
    try:
        root = _parse(package, next(iter(_relations(package, "").get("core-properties", [])), "docProps/core.xml"))
    except InputError:
        return Metadata()
    if root is None:
        return Metadata()
    return Metadata(
        title=declared_title(text_of(child(root, "title"))), lang=declared_language(text_of(child(root, "language")))
    )


def _warnings(package: Package, root: Element, text: str) -> Iterator[str]:
    if parts := sum(1 for _ in descendants(root, "altChunk")):
        yield f"left-out: {parts} documents that are embedded in another format"
    if not text and (pictures := sum("/media/" in name for name in package.parts)):
        yield f"no-text: the document holds {pictures} pictures and no text"
