"""A document as HTML: the text, its mentions highlighted by kind. No script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import regex

from npextract.document import Document, Mention

COLOURS: Final = {
    "state": "#0072b2",
    "organization": "#d55e00",
    "treaty": "#009e73",
    "resolution": "#cc79a7",
    "document": "#999999",
    "concept": "#e69f00",
}
"""The palette of Okabe and Ito, which colour-blind readers tell apart."""

_SURROGATE: Final = regex.compile("[\ud800-\udfff]")
_BLOCK: Final = "white-space:pre-wrap;line-height:1.7;font-family:system-ui,sans-serif;max-width:60em"


def document_html(document: Document) -> str:
    """The text with its mentions; a mention's tooltip says what it is."""
    return (
        f'<div class="npextract" lang="{escape(document.lang)}" style="{_BLOCK}">{_legend()}{_marked(document)}</div>'
    )


def page_html(documents: Sequence[Document]) -> str:
    """A whole page of documents."""
    parts = [f"<h2>{_text(d.source or d.id)}</h2>{document_html(d)}" for d in documents]
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>npextract</title>'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"</head><body>{''.join(parts)}</body></html>\n"
    )


def _legend() -> str:
    items = (f'<span style="color:{colour}">■</span> {kind}' for kind, colour in COLOURS.items())
    return f'<div style="font-size:85%;margin-bottom:.5em">{" &nbsp; ".join(items)}</div>'


def _marked(document: Document) -> str:
    """The text with a <mark> around each mention; nested mentions nest."""
    parts: list[str] = []
    done = 0
    open_: list[Mention] = []
    for mention in document.mentions:
        while open_ and open_[-1].end <= mention.start:
            parts += (_text(document.text[done : open_[-1].end]), "</mark>")
            done = open_.pop().end
        parts += (_text(document.text[done : mention.start]), _opening(mention))
        done = mention.start
        open_.append(mention)
    while open_:
        parts += (_text(document.text[done : open_[-1].end]), "</mark>")
        done = open_.pop().end
    return "".join((*parts, _text(document.text[done:])))


def _opening(mention: Mention) -> str:
    colour = COLOURS.get(mention.kind, "#999999")
    name = " / ".join(dict.fromkeys(mention.name.values())) if mention.name else "not in the ontology"
    title = f"{mention.id or mention.kind}: {name} ({mention.form}, {mention.score}, {mention.rule})"
    dashed = "dashed" if mention.id is None else "solid"
    style = f"background:{colour}22;border-bottom:2px {dashed} {colour};color:inherit;padding:0 .1em"
    return f'<mark title="{_text(title)}" style="{style}">'


def _text(text: str) -> str:
    """Text as HTML; a lone surrogate, which no encoding has, as U+FFFD."""
    return escape(_SURROGATE.sub("\ufffd", text))
