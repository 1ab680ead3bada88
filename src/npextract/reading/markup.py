"""A page's markup as paragraphs: what is shown, in order, in time that grows with its length alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from npextract.reading.layout import join_row, superscript

Element = Any
"""An element of lxml, which has no types."""

_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "tfoot", "thead", "ul", "head", "list", "item", "quote",
})  # fmt: skip
"""Elements that are paragraphs of their own or hold such; "head" … "quote" are trafilatura's names."""
_ROWS: Final = frozenset({"tr", "row"})
_CELLS: Final = frozenset({"td", "th", "cell"})
_BREAKS: Final = frozenset({"br", "lb"})
_NEVER_SHOWN: Final = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "canvas", "audio", "video",
    "map", "select", "datalist", "textarea", "button", "input", "title", "meta", "link", "rp", "rt", "frameset",
    "noframes", "noembed",
})  # fmt: skip
_INSTEAD: Final = frozenset({"noscript", "frameset", "noframes"})
"""Of these what holds text for programs that show no frames and run no scripts."""
_WHOLE_PAGE: Final = frozenset({"html", "body"})
_AROUND: Final = frozenset({"nav", "aside", "footer", "header"})
"""What stands around a page's text, outside of its article."""
_WITHIN: Final = frozenset({"article", "main"})
_HIDING: Final = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_SPACE_AT_BREAK: Final = re.compile(r" ?\n ?")
_TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,30})")
_RAW: Final = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "template", "title")}
_LINE_END: Final = "\x1e"
"""Stands for a line's end that is shown, while white space is being read."""


def page_of(page: str) -> Element | None:
    """The page's root element, with digits raised that are written so; None for an empty one."""
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if any("depth" in entry.message for entry in parser.error_log):
        # The parser stops there; what it has seen is not the whole page.
        root = _flat_page(page)
    if root is not None and "<sup" in page.lower():
        _raise_digits(root)
    return root


def _raise_digits(root: Element) -> None:
    from lxml import etree

    inside = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            inside += element.tag == "sup"
            element.text = superscript(element.text) if inside and element.text else element.text
        else:
            inside -= element.tag == "sup"
            element.tail = superscript(element.tail) if inside and element.tail else element.tail


def _flat_page(page: str) -> Element:
    """A page whose elements lie too deep in each other, without them."""
    from lxml import etree, html

    root = html.Element("html")
    body = etree.SubElement(root, "body")
    for text in _strip_tags(page).split("\n\n"):
        if text.strip():
            etree.SubElement(body, "p").text = text
    return root


def _strip_tags(page: str) -> str:
    parts: list[str] = []
    at = 0
    while (opening := page.find("<", at)) >= 0:
        parts.append(page[at:opening])
        tag = _TAG.match(page, opening)
        if tag is None and not page.startswith(("<!", "<?"), opening):
            parts.append("<")
            at = opening + 1
            continue
        end = page.find("-->" if page.startswith("<!--", opening) else ">", opening)
        name = tag[1].lower() if tag else ""
        if end >= 0 and name in _RAW and page[opening + 1] != "/":
            closing = _RAW[name].search(page, end)
            end = page.find(">", closing.end()) if closing else -1
        if end < 0:
            return unescape("".join(parts))
        parts.append("\n\n" if name in _BLOCKS | _ROWS | _CELLS else "\n" if name in _BREAKS else "")
        at = end + 1
    return unescape("".join((*parts, page[at:])))


@dataclass(slots=True)
class _Walk:
    """What is known while a page's elements are walked through."""

    links: bool
    sinks: list[list[str]]
    """Where paragraphs go, from outside in: the text, the cells that are open."""
    rows: list[list[list[str]]] = field(default_factory=list)
    """The rows that are open, and their cells."""
    parts: list[str] = field(default_factory=list)
    """The paragraph that is being read."""
    linked: int = 0
    """How many of its characters are in links."""
    open_links: int = 0
    preformatted: int = 0
    within: int = 0
    """How many such elements are open; `within`, of those that hold the page's text."""


def paragraphs_of(root: Element, *, whole: bool = False, links: bool = True) -> list[str]:
    """What is shown, as paragraphs; a table's row is one. Unless the `whole` page is wanted, menus and what else stands
    around its text are left out. Without `links`, so are paragraphs most of which are links.
    """
    from lxml import etree

    found: list[str] = []
    walk = _Walk(links, [found])
    skipped: Element = None
    walker = etree.iterwalk(_body_of(root), events=("start", "end"))
    for event, element in walker:
        tag = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if event == "start":
            surrounds = tag in _AROUND and not (whole or walk.within or _is_headline(element, tag))
            if surrounds or _is_left_out(element, tag):
                skipped = element
                walker.skip_subtree()
            else:
                _enter(walk, element, tag)
            continue
        if element is not skipped:
            _leave(walk, tag)
        elif tag in _BLOCKS:
            _end_paragraph(walk)
        skipped = None
        if element is not root:
            _add(walk, element.tail)
    _end_paragraph(walk)
    return found


def _enter(walk: _Walk, element: Element, tag: str) -> None:
    if tag in _BLOCKS or tag in _ROWS or tag in _CELLS:
        _end_paragraph(walk)
    if tag in _ROWS:
        walk.rows.append([])
    elif tag in _CELLS and walk.rows:
        walk.rows[-1].append([])
        walk.sinks.append(walk.rows[-1][-1])
    elif tag in _BREAKS:
        walk.parts.append(_LINE_END)
    walk.open_links += tag == "a"
    walk.preformatted += tag == "pre"
    walk.within += tag in _WITHIN
    _add(walk, element.text)


def _leave(walk: _Walk, tag: str) -> None:
    walk.open_links -= tag == "a"
    walk.preformatted -= tag == "pre"
    walk.within -= tag in _WITHIN
    if tag in _BLOCKS or tag in _ROWS or tag in _CELLS:
        _end_paragraph(walk)
    if tag in _ROWS:
        row = walk.rows.pop()
        walk.sinks[-1].extend(join_row(row))
    elif tag in _CELLS and walk.rows:
        walk.sinks.pop()


def _add(walk: _Walk, text: str | None) -> None:
    if text:
        walk.parts.append(text.replace("\n", _LINE_END) if walk.preformatted else text)
        if walk.open_links:
            walk.linked += len(text)


def _end_paragraph(walk: _Walk) -> None:
    text = _WHITE.sub(" ", "".join(walk.parts)).replace(_LINE_END, "\n")
    text = _SPACE_AT_BREAK.sub("\n", text).strip(" \n")
    if text and (walk.links or 2 * walk.linked <= len(text)):
        walk.sinks[-1].append(text)
    walk.parts.clear()
    walk.linked = 0


def _body_of(root: Element) -> Element:
    """The page's body; the whole, where it has none or more than one."""
    bodies = list(root.iterchildren("body"))
    return bodies[0] if len(bodies) == 1 else root


def _is_left_out(element: Element, tag: str) -> bool:
    """Whether an element is not shown. The page itself always is: what hides it is a script that shows it later."""
    if tag in _NEVER_SHOWN or not tag:
        return True
    if tag == "head" and (parent := element.getparent()) is not None and parent.tag == "html":
        return True
    if tag in _WHOLE_PAGE:
        return False
    return element.get("hidden") is not None or _hides(element)


def _hides(element: Element) -> bool:
    return _HIDING.search((element.get("style") or "")[:1000]) is not None


def _is_headline(element: Element, tag: str) -> bool:
    """Whether a page's header holds the headline of its text."""
    return tag == "header" and next(element.iter("h1"), None) is not None


def remove_hidden(root: Element) -> None:
    """Take out of a page what is not shown, but for its head."""
    hidden = [e for e in _body_of(root).iter() if e is not root and isinstance(e.tag, str) and _is_left_out(e, e.tag)]
    for element in hidden:
        if element.tag != "head" and element.getparent() is not None:
            element.drop_tree()


def show_hidden(root: Element) -> None:
    """Make shown what is hidden, and what programs show that know no scripts or frames."""
    for element in list(root.iter("*")):
        element.attrib.pop("hidden", None)
        if _hides(element):
            del element.attrib["style"]
        if element.tag in _INSTEAD:
            if element.tag == "noframes" and element.text:
                # The parser takes the markup within for text.
                written, element.text = element.text, None
                element.extend(_flat_page(written)[0])
            element.tag = "div"
