"""What many tests use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from npextract import Extractor

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared"


@cache
def rules() -> Extractor:
    """The extractor without neural models that all tests share."""
    return Extractor("rules")


def ids(text: str, *, lang: str | None = None) -> list[str | None]:
    """The identifiers of a text's mentions, in text order, outermost first."""
    return [m.id for m in rules().extract(text, lang=lang).mentions]


def found(text: str, *, lang: str | None = None) -> list[tuple[str, str | None]]:
    """The mentions of a text as (words, identifier)."""
    return [(m.text, m.id) for m in rules().extract(text, lang=lang).mentions]


def bug(reason: str) -> pytest.MarkDecorator:
    """A fault of the code that is known and not mended yet; its test must be unmarked when it is."""
    return pytest.mark.xfail(strict=True, reason=reason)
