"""What was made, and what a reader must make of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.corpora.texts import Text

Maker = Callable[[Random, Sequence[Text]], bytes]
"""From texts to a file that holds them all as one document."""


@dataclass(frozen=True, slots=True)
class Part:
    """One input that a file must give."""

    id: str
    """The input's identifier, where files are named by their paths under the corpus' folder."""
    texts: tuple[str, ...] = ()
    """The identifiers of the texts that it holds, in order."""
    code: str | None = None
    """The reason for which it cannot be read; None if it can."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file of a corpus."""

    path: str
    """Under the corpus' folder, with "/"."""
    kind: str
    """A format's or a way of being broken's name."""
    parts: tuple[Part, ...]


Container = Callable[[Random, Sequence[Text], str], tuple[bytes, list[Part]]]
"""From texts and the file's path to a file with several inputs, and what they are."""


def whole(path: str, texts: Sequence[Text]) -> Part:
    """A file or member that holds texts as one document."""
    return Part(path, tuple(text.id for text in texts))
