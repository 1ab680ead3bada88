"""OpenDocument texts: the body with its lists, tables and frames, then the notes, then the running heads.

Left out: comments, tracked deletions, hidden text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from npextract.errors import InputError
from npextract.reading.archive import Package, open_package, read_part
from npextract.reading.layout import HARD_PAGE, SOFT_PAGE, join_row, lay_out, note_mark, superscript
from npextract.reading.source import Metadata, SourceText
from npextract.reading.titles import declared_language, declared_title
from npextract.reading.xml import Element, attribute, child, children, descendants, name_of, parse_xml, text_of

_LEFT_OUT: Final = frozenset({
    "tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "variable-decls", "user-field-decls",
    "dde-connection-decls", "index-title-template", "table-of-content-source", "alphabetical-index-source",
    "bibliography-source", "illustration-index-source", "table-index-source", "object-index-source",
    "user-index-source", "ruby-text", "page-number", "page-count", "title", "desc", "binary-data", "event-listeners",
    "note-citation", "bookmark", "hidden-paragraph", "script", "object", "shapes",
})  # fmt: skip
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_MOST_SPACES: Final = 1000
_NO_PAGES: Final = str.maketrans("", "", HARD_PAGE + SOFT_PAGE)


@dataclass(frozen=True, slots=True)
class _Styles:
    """The names of the styles that mean something."""

    hidden: frozenset[str]
    raised: frozenset[str]
    begins_page: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Story:
    """What is known while a part is read."""

    styles: _Styles
    notes: list[list[str]] = field(default_factory=list)
    """The notes, in the order of their marks, as paragraphs."""
    boxes: list[list[str]] = field(default_factory=list)
    """For each paragraph that is being read, the paragraphs of the frames anchored in it."""


def read_odt(data: bytes, source: str) -> SourceText:
    """An OpenDocument text. Raises InputError where it is damaged or encrypted."""
    package = open_package(data, source)
    if b"encryption-data" in (read_part(package, "META-INF/manifest.xml") or b""):
        raise InputError("is encrypted; save it without a password", source=source, code="encrypted")
    try:
        return _read(package)
    except RecursionError:
        raise InputError("is nested too deeply", source=source, code="damaged") from None


def _read(package: Package) -> SourceText:
    content = _parse(package, "content.xml")
    if content is None:
        raise InputError("holds no content.xml; it may be damaged", source=package.source, code="damaged")
    common = _parse(package, "styles.xml")
    story = _Story(_styles([root for root in (common, content) if root is not None]))
    body = child(child(content, "body"), "text")
    paragraphs = [] if body is None else list(_blocks(body, story))
    if body is None or attribute(body, "use-soft-page-breaks") != "true":
        # Without the breaks that programs found, the author's alone would give wrong numbers.
        paragraphs = [paragraph.translate(_NO_PAGES) for paragraph in paragraphs]
    running = [] if common is None else list(_running(common, story.styles))
    text, pages = lay_out(paragraphs, story.notes, running)
    warnings = () if text or not any("pictures/" in name for name in package.parts) else (_NO_TEXT,)
    return SourceText(text, "odt", _metadata(package), pages, warnings=warnings)


_NO_TEXT: Final = "no-text: the document holds pictures and no text"


def _parse(package: Package, name: str) -> Element | None:
    data = read_part(package, name)
    return None if data is None else parse_xml(data, f"{package.source}/{name}")


def _styles(roots: list[Element]) -> _Styles:
    hidden, raised, begins_page = set(), set(), set()
    for root in roots:
        for style in descendants(root, "style"):
            name = attribute(style, "name") or ""
            for properties in style:
                if attribute(properties, "display") == "none":
                    hidden.add(name)
                if (attribute(properties, "text-position") or "").startswith(("super", "33%")):
                    raised.add(name)
                if attribute(properties, "break-before") == "page":
                    begins_page.add(name)
            if attribute(style, "master-page-name"):
                begins_page.add(name)
    return _Styles(frozenset(hidden), frozenset(raised), frozenset(begins_page))


def _running(styles: Element, known: _Styles) -> Iterator[str]:
    """The running heads of all page styles."""
    for master in descendants(styles, "master-page"):
        for element in master:
            if name_of(element).startswith(("header", "footer")) and attribute(element, "display") != "false":
                yield from _blocks(element, _Story(known))


def _blocks(parent: Element, story: _Story) -> Iterator[str]:
    """The paragraphs of a part, in order."""
    for element in parent:
        match name_of(element):
            case "p" | "h":
                yield from _paragraph(element, story)
            case "table":
                for row in descendants_but_tables(element, "table-row"):
                    yield from join_row([list(_blocks(cell, story)) for cell in children(row, "table-cell")])
            case "soft-page-break":
                yield SOFT_PAGE
            case "frame" | "custom-shape" | "rect":
                yield from _blocks(element, story)
            case name if name not in _LEFT_OUT and not _is_hidden(element):
                yield from _blocks(element, story)


def descendants_but_tables(parent: Element, name: str) -> Iterator[Element]:
    """The elements of that name below an element, but not those of tables in it."""
    for element in parent:
        found = name_of(element)
        if found == name:
            yield element
        elif found.startswith("table-") and found not in ("table-row", "table-cell"):
            yield from descendants_but_tables(element, name)


def _is_hidden(element: Element) -> bool:
    return attribute(element, "display") == "none" or attribute(element, "is-hidden") == "true"


def _paragraph(paragraph: Element, story: _Story) -> list[str]:
    """The paragraph, and behind it those of its frames."""
    style = attribute(paragraph, "style-name") or ""
    if style in story.styles.hidden:
        return []
    parts = [SOFT_PAGE] if style in story.styles.begins_page else []
    story.boxes.append([])
    _inline(paragraph, story, parts)
    return ["".join(parts), *story.boxes.pop()]


def _inline(parent: Element, story: _Story, parts: list[str], raised: bool = False) -> None:
    """Add what is written in a paragraph to `parts`; white space counts as one space."""
    _add(parent.text, parts, raised)
    for element in parent:
        match name_of(element):
            case "s":
                count = attribute(element, "c") or ""
                parts.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
            case "tab":
                parts.append("\t")
            case "line-break":
                parts.append("\n")
            case "soft-page-break":
                parts.append(SOFT_PAGE)
            case "note":
                parts.append(_note(element, story))
            case "frame" | "text-box" | "custom-shape" | "rect":
                box = list(_blocks(element, story))
                story.boxes[-1].extend(box)
            case "span":
                style = attribute(element, "style-name") or ""
                if style not in story.styles.hidden:
                    _inline(element, story, parts, raised or style in story.styles.raised)
            case "hidden-text":
                if attribute(element, "is-hidden") == "false":
                    _inline(element, story, parts, raised)
            case name if name and name not in _LEFT_OUT:
                _inline(element, story, parts, raised)
        _add(element.tail, parts, raised)


def _add(text: str | None, parts: list[str], raised: bool) -> None:
    if text:
        shown = _SPACES.sub(" ", text)
        parts.append(superscript(shown) if raised else shown)


def _note(note: Element, story: _Story) -> str:
    """The mark of a note; the note itself is kept for the end."""
    index = len(story.notes)
    story.notes.append([])
    mark = superscript(text_of(child(note, "note-citation")).strip())
    body = child(note, "note-body")
    paragraphs = [] if body is None else [text for text in _blocks(body, story) if text.strip()]
    if paragraphs:
        paragraphs[0] = f"{mark} {paragraphs[0].lstrip()}"
    story.notes[index] = paragraphs
    # Letters cannot be raised: "Treaty*", but not "Treatyiv".
    return note_mark(index) + ("" if mark.isalpha() else mark)


def _metadata(package: Package) -> Metadata:
    try:
        root = _parse(package, "meta.xml")
    except InputError:
        return Metadata()
    if root is None:
        return Metadata()
    title, language = (next(descendants(root, name), None) for name in ("title", "language"))
    return Metadata(title=declared_title(text_of(title)), lang=declared_language(text_of(language)))
