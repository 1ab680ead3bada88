"""Plain text in the encodings that analysts meet, and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from benchmarks.corpora.texts import Text, join, typed

ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r", "cp866")
"""As Python calls them; utf-16 with its mark."""


def make_text(encoding: str) -> Callable[[Random, Sequence[Text]], bytes]:
    """The maker of text files in an encoding; those of DOS and Windows have their line ends."""

    def make(random: Random, texts: Sequence[Text]) -> bytes:
        text = typed(join(texts), encoding)
        if encoding in ("cp1251", "cp866", "utf-16"):
            text = text.replace("\n", "\r\n")
        return text.encode(encoding)

    return make


def make_records(random: Random, texts: Sequence[Text]) -> bytes:
    """A text a line."""
    return "".join(record(text) for text in texts).encode()


def record(text: Text) -> str:
    """A line of JSON Lines."""
    return json.dumps({"id": text.id, "lang": text.lang, "text": text.text}, ensure_ascii=False) + "\n"
