"""The Russian pipeline: Natasha's named entities (persons, places, organizations), found fast.

It answers what stock `slovnet.NER` answers for each text alone, and imports neither natasha nor slovnet.
A text of any length is read as one sequence, as slovnet does; only the memory is kept flat, by reading a
long one in stretches that overlap far enough for the tags to be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple, cast

import numpy as np

from npextract.languages.crf import Tags
from npextract.languages.natasha_files import load_ner_model
from npextract.languages.russian_tokens import tokens
from npextract.languages.slovnet_ner import MOST_TOKENS, SlovnetTagger
from npextract.languages.spans import Label, NerSpan

_STRETCH = 4096  # tokens
_OVERLAP = 64  # tokens on each side; a tag depends on no token further away than 15 in UN texts
_LEAST = 16  # what a shorter stretch counts for in a batch, so that a batch of one-word texts stays small


class RussianPipeline:
    """Finds the persons, places and organizations of Russian texts.

    It is safe to use from several threads, which wait for each other, and can be pickled: the copy loads
    the model again.
    """

    def __init__(self) -> None:
        self._tagger = SlovnetTagger(load_ner_model())

    def __reduce__(self) -> tuple[type[RussianPipeline], tuple[()]]:
        return RussianPipeline, ()

    def entities(self, texts: Sequence[str]) -> list[list[NerSpan]]:
        """The named entities of each text, in text order, without overlaps.

        What is found in a text does not depend on the other texts or their order.
        """
        readers = [_SpanReader() for _ in texts]
        for batch in _batches(_stretches(texts)):
            for stretch, tags in zip(batch, self._tagger.tag([each.words for each in batch]), strict=True):
                readers[stretch.text].read(stretch, tags, self._tagger.tags)
        return [reader.spans for reader in readers]


class _Stretch(NamedTuple):
    """Tokens of one text, of which `begin` to `end` count and the rest are their surroundings."""

    text: int
    starts: Sequence[int]
    words: Sequence[str]
    begin: int
    end: int
    passed: int  # tokens of the text before the first of this stretch


def _stretches(texts: Sequence[str]) -> Iterator[_Stretch]:
    for number, text in enumerate(texts):
        source = tokens(text)
        buffer = list(islice(source, _STRETCH + _OVERLAP))
        begin = passed = 0
        while buffer:
            more = list(islice(source, _STRETCH))
            end = begin + _STRETCH if more else len(buffer)
            starts, words = zip(*buffer, strict=True)
            yield _Stretch(number, starts, words, begin, end, passed)
            done = max(end - _OVERLAP, 0)
            passed += done
            buffer = buffer[done:] + more if more else []
            begin = end - done


def _batches(stretches: Iterator[_Stretch]) -> Iterator[list[_Stretch]]:
    batch: list[_Stretch] = []
    room = MOST_TOKENS
    for stretch in stretches:
        size = max(len(stretch.words), _LEAST)
        if size > room:
            yield batch
            batch, room = [], MOST_TOKENS
        batch.append(stretch)
        room -= size
    if batch:
        yield batch


class _SpanReader:
    """Turns one text's BIO tags, stretch after stretch, into `spans`.

    As in slovnet, a name goes on through I tags of any label, and an I tag without a name before it is
    nothing.
    """

    __slots__ = ("_last", "_open", "spans")

    def __init__(self) -> None:
        self.spans: list[NerSpan] = []
        self._open = False
        self._last = -1  # number in the text of the last token whose tag was not O

    def read(self, stretch: _Stretch, tags: Tags, names: Sequence[str]) -> None:
        """Go on with the next stretch; `names` are the tags by number."""
        kept = np.flatnonzero(tags[stretch.begin : stretch.end] != names.index("O")) + stretch.begin
        for index, tag in zip(kept.tolist(), tags[kept].tolist(), strict=True):
            number = index + stretch.passed
            self._open &= number == self._last + 1
            self._last = number
            part, _, label = names[tag].partition("-")
            start = stretch.starts[index]
            end = start + len(stretch.words[index])
            if part == "B":
                self.spans.append(NerSpan(start, end, cast(Label, label)))
                self._open = True
            elif part == "I" and self._open:
                self.spans[-1] = self.spans[-1]._replace(end=end)
