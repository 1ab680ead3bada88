"""XML parts of documents, parsed safely: no entities, no DTD, no network, no more than 256 levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from npextract.errors import InputError

Element = Any
"""An element of lxml, which has no types."""


def parse_xml(data: bytes, source: str) -> Element:
    """The root of a document's part; raises InputError for what is not well formed, or nested too deeply."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"holds XML that cannot be read: {error}", source=source, code="damaged") from None
    if root is None:
        raise InputError("holds an empty XML part", source=source, code="damaged")
    return root


def name_of(element: Element) -> str:
    """An element's name without its namespace, which differs between editions of a format; "" for an entity."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    return None if element is None else next(children(element, name), None)


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (found for found in element if name_of(found) == name)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """All elements of that name below an element, in order."""
    return iter(element.iter(f"{{*}}{name}"))


def text_of(element: Element | None) -> str:
    """All text below an element."""
    return "" if element is None else "".join(element.itertext())
