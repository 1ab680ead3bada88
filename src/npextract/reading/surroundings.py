"""What stands around a page's text, such as menus and lists of other pages, told from the text without losing of it.

trafilatura finds the main text, but drops paragraphs and runs others together. So it only says which of a page's
paragraphs belong to the main text; the others are left out where they are links, or short and outside of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import islice
from typing import Final

from npextract.reading.markup import Element, paragraphs_of, remove_hidden

_SILENT: Final = logging.NullHandler()
"""Keeps what trafilatura logs from standard error, where nobody has set up logging."""
_LARGEST: Final = 3_000_000
_MOST_ELEMENTS: Final = 20_000
"""Characters and elements of a page in which the main text is looked for; larger pages are records and lists."""
_MOST: Final = 0.5
"""The share of a paragraph's words that the main text must have for it to belong to it."""
_LONG: Final = 100
"""Characters of a paragraph that is running text wherever it stands."""
_MOST_LOST: Final = 0.1
"""The share of the running text that may be left out; a page that would lose more has another form, and is kept."""

Shingle = tuple[str, ...]


def without_surroundings(shown: list[str], root: Element) -> list[str]:
    """Of the paragraphs that a page shows those of its text; all, where it cannot be told. Takes from the tree what is
    not shown.
    """
    if sum(map(len, shown)) > _LARGEST or sum(1 for _ in islice(root.iter(), _MOST_ELEMENTS)) == _MOST_ELEMENTS:
        return shown
    prose = set(paragraphs_of(root, links=False))
    headline = next(root.iter("h1"), None)
    headlines = set() if headline is None else set(paragraphs_of(headline, whole=True))
    main = {shingle for paragraph in _main_text(root) for shingle in _shingles(paragraph)}
    belongs = [_share(paragraph, main) >= _MOST for paragraph in shown]
    if True not in belongs:
        return shown
    first, last = belongs.index(True), len(belongs) - belongs[::-1].index(True)
    first = next((at for at, paragraph in enumerate(shown[:first]) if paragraph in headlines), first)
    kept = [
        belongs[at] or (paragraph in prose and (first <= at < last or len(paragraph) >= _LONG))
        for at, paragraph in enumerate(shown)
    ]
    lost = sum(len(paragraph) for paragraph, stays in zip(shown, kept, strict=True) if not stays and paragraph in prose)
    if lost > _MOST_LOST * sum(map(len, prose)):
        return shown
    return [paragraph for paragraph, stays in zip(shown, kept, strict=True) if stays]


def _main_text(root: Element) -> list[str]:
    """The main text as trafilatura finds it, and readers' comments."""
    from lxml import etree
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").addHandler(_SILENT)
    remove_hidden(root)
    try:
        found = bare_extraction(root, favor_recall=True, include_comments=True, include_tables=True)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError, AssertionError):
        return []  # heuristics must not decide whether a page is read
    bodies = [body for name in ("body", "commentsbody") if (body := getattr(found, name, None)) is not None]
    return [paragraph for body in bodies for paragraph in paragraphs_of(body, whole=True)]


def _shingles(paragraph: str) -> Iterator[Shingle]:
    """All rows of three words in a paragraph: what two readings of a page have in common can be counted by them."""
    words = [word for word in paragraph.split() if word != "|"]
    if len(words) < 3:
        yield tuple(words)
    yield from zip(words, words[1:], words[2:], strict=False)


def _share(paragraph: str, main: set[Shingle]) -> float:
    shingles = list(_shingles(paragraph))
    return sum(shingle in main for shingle in shingles) / len(shingles)
