"""Web pages: the main text where it can be told from menus without loss, else all that is shown."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from npextract.reading.encodings import Decoded, decode_file, decode_utf8
from npextract.reading.layout import lay_out, without_controls
from npextract.reading.markup import Element, page_of, paragraphs_of, show_hidden
from npextract.reading.source import Metadata, SourceText
from npextract.reading.surroundings import without_surroundings
from npextract.reading.titles import declared_language, declared_title

_DECLARED: Final = re.compile(
    rb"""<meta\s[^<>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{2,40})"""
    rb"""|^\s{0,99}<\?xml\s[^<>?]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD: Final = 4096
"""How far into a page, in bytes, its encoding may be declared; browsers look at 1,024."""
_BOMS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_STRANGE: Final = 0.02
"""The share of characters that a page in its declared encoding may have that no text has."""
_MOST_ROWS: Final = 0.2
"""The share of characters beyond ASCII that may stand in rows of four or more, as in no Western language."""
_FREQUENT: Final = frozenset("оеаинтср")
_LEAST_FREQUENT: Final = 0.42
"""The share of these letters in Cyrillic text; it is about 0.58 in Russian, 0.3 in Russian read wrongly."""
_ENOUGH_LETTERS: Final = 40
_SAMPLE: Final = 200_000
_TAGS: Final = re.compile(r"<[^<>]{0,2000}>")
_WESTERN_ROW: Final = re.compile(r"[\x80-\x9f\xa1-\xaa\xac-\xba\xbc-\xff]{4,}")
_TITLES: Final = ("citation_title", "og:title", "dc.title", "dcterms.title")
_DATES: Final = (
    "article:published_time", "citation_publication_date", "citation_date", "citation_online_date", "datepublished",
    "dc.date", "dcterms.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "date", "pubdate",
    "publish-date", "publication_date", "og:published_time",
)  # fmt: skip
_LINKED_DATE: Final = re.compile(r'"datePublished"\s{0,99}:\s{0,99}"([0-9-]{4,10})')
_LONGEST_LINKED: Final = 200_000
_DAY: Final = re.compile(r"(\d{4})(?:[-/](\d{2})(?:[-/](\d{2}))?)?(?![\d-])")


def read_html(data: bytes, source: str) -> SourceText:
    """A web page. Raises InputError for bytes that are no text."""
    page = decode_html(data, source)
    return replace(page_text(page.text), warnings=page.warnings)


def decode_html(data: bytes, source: str) -> Decoded:
    """The text of a page's bytes: by its mark, as UTF-8, or in the encoding that it declares if that fits, or another.

    Raises InputError for bytes that are no text.
    """
    if not data.startswith(_BOMS) and (match := _DECLARED.search(data[:_HEAD])):
        declared = decode_as(data, (match[1] or match[2]).decode("ascii"))
        if declared is not None:
            return declared
    return decode_file(data, source)


def decode_as(data: bytes, encoding: str) -> Decoded | None:
    """The text in the encoding that is declared for it, or in UTF-8 if it is that; None where neither can be."""
    if (found := decode_utf8(data)) is not None:
        return found
    try:
        if codecs.lookup(encoding).name.startswith(("utf-16", "utf-32", "utf-7")):
            return None
        text = data.decode(encoding)
    except (LookupError, ValueError, TypeError):
        return None
    return Decoded(text) if _looks_right(text) else None


def _looks_right(text: str) -> bool:
    """Whether a text can be in the encoding it was read in. Russian in a wrong one is rows of Western letters or signs,
    or Russian letters that are seldom so frequent.
    """
    sample = _TAGS.sub(" ", text[:_SAMPLE])
    high = sum(c >= "\x80" for c in sample)
    strange = sum(c == "\ufffd" or "\x80" <= c <= "\x9f" or "\u2500" <= c <= "\u259f" for c in sample)
    rows = sum(map(len, _WESTERN_ROW.findall(sample)))
    russian = [c for c in sample.lower() if "а" <= c <= "я"]
    frequent = sum(c in _FREQUENT for c in russian)
    return (
        strange <= _MOST_STRANGE * len(sample)
        and rows <= _MOST_ROWS * high
        and (len(russian) < _ENOUGH_LETTERS or frequent >= _LEAST_FREQUENT * len(russian))
    )


def page_text(page: str, *, whole: bool = False) -> SourceText:
    """The text of a page; `whole` keeps all that is shown."""
    root = page_of(without_controls(page))
    if root is None:
        return SourceText("", "html")
    metadata = _metadata(root)
    shown = paragraphs_of(root, whole=whole)
    if not "".join(shown).strip():
        show_hidden(root)
        shown = paragraphs_of(root, whole=whole)
    if not "".join(shown).strip():
        return SourceText("", "html", metadata, warnings=(_without_text(root),))
    text, _ = lay_out(shown if whole else without_surroundings(shown, root))
    return SourceText(text, "html", metadata)


def _without_text(root: Element) -> str:
    """What is to be said of a page that has no text."""
    if frames := sum(1 for _ in root.iter("frame", "iframe")):
        return f"no-text: the page holds no text but {frames} frames, which show other files"
    return "no-text: the page holds no text; scripts may fetch it when it is shown"


def _metadata(root: Element) -> Metadata:
    said = dict(_meta(root))
    title = next((title for key in _TITLES if (title := declared_title(said.get(key)))), None)
    element = next(root.iter("title"), None)
    title = title or (declared_title("".join(element.itertext())) if element is not None else None)
    date = next((day for key in _DATES if (day := day_of(said.get(key)))), None) or _linked_date(root)
    lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Metadata(title=title, date=date, lang=declared_language(lang))


def _meta(root: Element) -> Iterator[tuple[str, str]]:
    """What the page's meta elements say, by lower-case names; of several by one name the first."""
    elements = list(root.iter("meta"))
    for element in reversed(elements):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (content := element.get("content")):
            yield name.strip().lower(), content


def day_of(text: str | None) -> str | None:
    """The day, month or year with which an ISO date or time begins; None for anything else."""
    match = _DAY.match((text or "").strip())
    return "-".join(part for part in match.groups() if part) if match else None


def _linked_date(root: Element) -> str | None:
    """When the page was published, as its JSON-LD says."""
    for script in root.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            match = _LINKED_DATE.search((script.text or "")[:_LONGEST_LINKED])
            if match:
                return day_of(match[1])
    return None
