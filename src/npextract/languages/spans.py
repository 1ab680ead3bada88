"""What a statistical pipeline answers: labelled spans of the text it was given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

Label = Literal["PER", "LOC", "ORG", "OTHER"]


class NerSpan(NamedTuple):
    """One named entity found by a neural model; `start` and `end` are code points."""

    start: int
    end: int
    label: Label


class Pipeline(Protocol):
    """A language's statistical pipeline, loaded."""

    def entities(self, texts: Sequence[str]) -> list[list[NerSpan]]:
        """The named entities of each text, in text order, without overlaps."""
        ...
