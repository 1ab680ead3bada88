"""Expectations as pictures: the text, and under it a bar for each mention, so that a failure is read, not decoded.

    Резолюция СБ ООН 1540 дополняет ДНЯО.
    ╰──────────────────── res:S/RES/1540(2004)
              ╰───── org:UNSC
                 ╰── org:UN
                                    ╰─── treaty:NPT

Behind the identifier stand the form, if it is no name, and the flags in brackets. A mention without identifier shows
its kind in parentheses and, if it could not be decided, the candidates. One column is one code point: a line break
is drawn as ⏎, an invisible character as ·.
"""

from __future__ import annotations

import unicodedata

from helpers import rules
from npextract import Document, Mention


def draw(document: Document) -> str:
    """The picture of a document."""
    return "\n".join([_visible(document.text), *map(_bar, document.mentions)])


def assert_picture(text: str, picture: str, *, lang: str | None = None) -> None:
    """Fail, showing both pictures, unless the mentions of `text` (profile rules) are as drawn."""
    __tracebackhide__ = True
    found = draw(rules().extract(text, lang=lang))
    expected = _unindent(picture)
    assert found == expected, f"\n\nfound:\n{found}\n\nexpected:\n{expected}"


def _bar(mention: Mention) -> str:
    bar = "╰" + "─" * (mention.end - mention.start - 1)
    label = mention.id or f"({' | '.join((mention.kind, *mention.candidates))})"
    form = "" if mention.form == "name" else f" {mention.form}"
    flags = f" [{', '.join(mention.flags)}]" if mention.flags else ""
    return f"{' ' * mention.start}{bar} {label}{form}{flags}"


def _visible(text: str) -> str:
    return "".join("⏎" if c == "\n" else "·" if unicodedata.category(c)[0] in "CM" else c for c in text)


def _unindent(picture: str) -> str:
    """The picture without the indentation of its first line (its text begins with no space) and empty ends."""
    lines = picture.strip("\n").rstrip().split("\n")
    indentation = len(lines[0]) - len(lines[0].lstrip())
    return "\n".join(line[indentation:] for line in lines)
