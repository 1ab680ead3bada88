"""English words as spaCy cuts them, each with its row in the network's table; kept between texts.

spaCy's tokenizer cuts a text at spaces first and then looks at each chunk by itself. So a chunk that was
seen once need never be cut again, and a word whose features were seen need never be embedded again.
Both memories are bounded; when one is full both are emptied, which changes the time and never the result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, islice
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import IS_SPACE, LENGTH

from npextract.languages.english_network import Flags, Network, WordTable

MAX_CHUNK = 120
"""Characters. Cutting a chunk can cost spaCy time that grows with its square ("((((((…"); words that have
a name in them are shorter."""

_MAX_LEXEMES = 150_000
"""Words after which spaCy's vocabulary is loaded anew. It forgets them, but not the room they took: its hash
tables grow by 64 bytes a word and never shrink. Loading takes as long as cutting 8,000 words."""

_CHUNK = re.compile(rf"\S{{1,{MAX_CHUNK}}} ?|\s{{1,{MAX_CHUNK}}}")
"""Chunks that tile the text: a run of non-space with the one space behind it, or other white space."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def chunks_of(text: str) -> list[str]:
    """The text cut where spaCy's tokenizer would cut it first; joined again they are the text."""
    return _CHUNK.findall(text)


def without_surrogates(text: str) -> str:
    """Lone surrogates replaced one by one: spaCy hashes UTF-8, which they have none of."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


class Chunk(NamedTuple):
    """The words of a chunk: rows in the table, and where they start and end in the chunk."""

    rows: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class Lexicon:
    """Chunks and words seen so far. Not thread-safe.

    `nlp` is a spaCy pipeline, of which the tokenizer is used; `reload` gives another one like it.
    """

    def __init__(
        self, nlp: Any, reload: Callable[[], Any], network: Network, *, max_words: int, max_chunks: int
    ) -> None:
        self._nlp = nlp
        self._reload = reload
        self._network = network
        self._max_chunks = max_chunks
        self._chunks: dict[str, Chunk] = {}
        self._rows: dict[tuple[int, ...], int] = {}
        """By features, and whether it is white space: the word's row in the table. Row 0 is padding."""
        self._embedded = 0
        self.table: WordTable = network.empty_table(max_words)
        self.blank: Flags = np.zeros(max_words + 1, dtype=np.bool_)
        """By row: padding or white space, where no entity may begin."""
        self.blank[0] = True

    def has_room_for(self, chunks: Sequence[str]) -> bool:
        """Whether `look_up` of these chunks is sure not to overflow the memories."""
        unseen = {chunk for chunk in chunks if chunk not in self._chunks}
        words = len(self._rows) + sum(map(len, unseen))
        return words < len(self.blank) and len(self._chunks) + len(unseen) <= self._max_chunks

    def clear(self) -> None:
        """Forget all chunks and words; rows handed out before are void."""
        self._chunks.clear()
        self._rows.clear()
        self._embedded = 0
        if len(self._nlp.vocab) > _MAX_LEXEMES:
            self._nlp = self._reload()

    def look_up(self, chunks: Sequence[str]) -> list[Chunk]:
        """The words of each chunk, if there is room for them. Their rows hold nothing before `embed`."""
        known = self._chunks
        unseen = [chunk for chunk in dict.fromkeys(chunks) if chunk not in known]
        if unseen:
            with self._nlp.memory_zone():  # what spaCy's vocabulary learns here, it forgets again
                known.update((chunk, self._cut(chunk)) for chunk in unseen)
        return [known[chunk] for chunk in chunks]

    def embed(self) -> None:
        """Fill the table's rows of the words that were looked up since the last time."""
        new = list(islice(self._rows, self._embedded, None))
        if new:
            where = slice(self._embedded + 1, len(self._rows) + 1)
            features = np.array(new, dtype=np.uint64)
            self.blank[where] = features[:, -1]
            embedded = self._network.embed(np.ascontiguousarray(features[:, :-1]))
            for part, rows in zip(self.table, embedded, strict=True):
                part[where] = rows
            self._embedded = len(self._rows)

    def _cut(self, chunk: str) -> Chunk:
        """A chunk has no space inside, so its words touch each other."""
        doc = self._nlp.tokenizer(without_surrogates(chunk))
        words = doc.to_array([*self._network.features, IS_SPACE, LENGTH]).tolist()
        rows = self._rows
        starts = (0, *accumulate(word[-1] for word in words))
        return Chunk(
            rows=tuple(rows.setdefault(tuple(word[:-1]), len(rows) + 1) for word in words),
            starts=starts[:-1],
            ends=starts[1:],
        )
