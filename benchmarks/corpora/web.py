"""Web pages, and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from random import Random
from typing import Final

from benchmarks.corpora.texts import Table, Text, blocks, join

_PAGE: Final = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="{charset}"><title>{title} | Archive</title>
<style>body {{ font-family: serif }} nav a {{ color: #036 }}</style>
<script>window.dataLayer = window.dataLayer || []; var menu = {{"open": false}};</script></head>
<body>
<div class="cookie-banner" role="dialog"><p>We use cookies. <button>Accept all</button></p></div>
<header><a class="logo" href="/">Archive</a>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/about">About us</a></li>
<li><a href="/contact">Contacts</a></li><li><a href="/login">Log in</a></li></ul></nav></header>
<main><article><h1>{title}</h1>
{body}
</article></main>
<aside class="sidebar"><h3>Most read</h3><ul><li><a href="/1">Weather today</a></li>
<li><a href="/2">Exchange rates</a></li></ul></aside>
<footer><p>All rights reserved. <a href="/terms">Terms of use</a> <a href="/privacy">Privacy policy</a></p></footer>
</body></html>
"""


def make_html(random: Random, texts: Sequence[Text]) -> bytes:
    """A page of UTF-8, its text between navigation, banners and a footer."""
    return _page(texts, "utf-8")


def make_html_1251(random: Random, texts: Sequence[Text]) -> bytes:
    """A page of windows-1251, which it declares."""
    return _page(texts, "windows-1251")


def _page(texts: Sequence[Text], charset: str) -> bytes:
    lang, title = texts[0].lang, escape(texts[0].title)
    page = _PAGE.format(lang=lang, charset=charset, title=title, body="\n".join(body_of(blocks(join(texts)))))
    return page.encode(charset, "xmlcharrefreplace")


def body_of(body: Iterable[str | Table]) -> Iterator[str]:
    """Paragraphs and tables as HTML."""
    for block in body:
        if isinstance(block, str):
            yield f"<p>{escape(block)}</p>"
        else:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block)
            yield "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def make_markdown(random: Random, texts: Sequence[Text]) -> bytes:
    """Markdown with a title, emphasis, links and rules."""
    lines = [f"# {texts[0].title}"]
    for block in blocks(join(texts)):
        if isinstance(block, str):
            first, _, rest = block.partition(" ")
            lines.append(f"**{first}** {rest}" if first.isalpha() and random.random() < 0.2 else block)
        else:
            rows = ["| " + " | ".join(row) + " |" for row in block]
            lines.append("\n".join([rows[0], "|" + " --- |" * len(block[0]), *rows[1:]]))
    return "\n\n".join([*lines, "---", "[Archive](https://archive.example/)"]).encode()
