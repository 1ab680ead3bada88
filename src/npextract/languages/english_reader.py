"""Reads English texts with the recomputed network: text to words, words to batches, batches to spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from npextract.languages.english_lexicon import Chunk, Lexicon, chunks_of
from npextract.languages.english_network import Found, Network, Rows

MAX_TEXT = 8_000
"""Characters that a text to be read may have at most."""

_BATCH_WORDS = 512
"""Words encoded at once: enough to amortize the calls, few enough for the matrices to stay in the cache."""

_MAX_WORDS = 10_000
"""Words remembered, at 4 kB each. Not less than `MAX_TEXT`: a text may be that many words."""

_MAX_CHUNKS = 40_000
"""Chunks remembered, at about .4 kB each. Not less than `MAX_TEXT` either."""


class RawSpan(NamedTuple):
    """An entity in code points of the text, with the model's own label."""

    start: int
    end: int
    label: str


class _Words(NamedTuple):
    """The words of a text: its chunks, what they were cut into, and the words' rows in the table."""

    chunks: list[str]
    cut: list[Chunk]
    rows: Rows

    def spans(self, found: Sequence[Found]) -> list[RawSpan]:
        """Entities given by word numbers, as offsets into the text."""
        if not found:
            return []
        lengths = np.fromiter(map(len, self.chunks), dtype=np.intp, count=len(self.chunks))
        words = np.fromiter((len(chunk.rows) for chunk in self.cut), dtype=np.intp, count=len(self.cut))
        chunk_starts = np.repeat(lengths.cumsum() - lengths, words)
        starts = chunk_starts + _flat((chunk.starts for chunk in self.cut), len(self.rows))
        ends = chunk_starts + _flat((chunk.ends for chunk in self.cut), len(self.rows))
        return [RawSpan(int(starts[first]), int(ends[last]), label) for first, last, label in found]


class Reader:
    """Finds the entities of texts of at most `MAX_TEXT` characters. Not thread-safe.

    `nlp` is a spaCy pipeline with the tokenizer that belongs to the network, `reload` gives another like it.
    """

    def __init__(
        self,
        nlp: Any,
        reload: Callable[[], Any],
        network: Network,
        *,
        max_words: int = _MAX_WORDS,
        max_chunks: int = _MAX_CHUNKS,
    ) -> None:
        self._network = network
        self._lexicon = Lexicon(nlp, reload, network, max_words=max_words, max_chunks=max_chunks)

    def __call__(self, texts: Iterable[str]) -> Iterator[list[RawSpan]]:
        """The entities of each text, in order."""
        waiting: list[_Words] = []
        for text in texts:
            chunks = chunks_of(text)
            if not self._lexicon.has_room_for(chunks):
                yield from self._read(waiting)
                waiting = []
                self._lexicon.clear()
            waiting.append(self._words(chunks))
            if sum(len(words.rows) for words in waiting) >= _BATCH_WORDS:
                yield from self._read(waiting)
                waiting = []
        yield from self._read(waiting)

    def _words(self, chunks: list[str]) -> _Words:
        cut = self._lexicon.look_up(chunks)
        rows = np.fromiter(chain.from_iterable(chunk.rows for chunk in cut), dtype=np.intp)
        return _Words(chunks, cut, rows)

    def _read(self, texts: Sequence[_Words]) -> Iterator[list[RawSpan]]:
        """The entities of texts, computed in one batch: one row a word, and padding around each text."""
        if not texts:
            return
        padding = np.zeros(self._network.reach, dtype=np.intp)
        rows = np.concatenate([padding, *chain.from_iterable((words.rows, padding) for words in texts)])
        sizes = np.array([len(words.rows) for words in texts], dtype=np.intp)
        after = (sizes + len(padding)).cumsum()
        last = np.zeros(len(rows), dtype=np.bool_)
        last[after - 1] = sizes > 0
        self._lexicon.embed()
        encoded = self._network.encode(self._lexicon.table, rows)
        found = self._network.decoder.decode(encoded, self._lexicon.blank[rows], last)
        by_text = _by_text(found, (after - sizes).tolist())
        for words, entities in zip(texts, by_text, strict=True):
            yield words.spans(entities)


def _by_text(found: Iterable[Found], first_rows: Sequence[int]) -> list[list[Found]]:
    """Entities sorted into texts that begin at these rows, in word numbers of their text."""
    sorted_in: list[list[Found]] = [[] for _ in first_rows]
    for first, last, label in found:
        text = bisect_right(first_rows, first) - 1
        sorted_in[text].append(Found(first - first_rows[text], last - first_rows[text], label))
    return sorted_in


def _flat(numbers: Iterable[tuple[int, ...]], count: int) -> Rows:
    return np.fromiter(chain.from_iterable(numbers), dtype=np.intp, count=count)
