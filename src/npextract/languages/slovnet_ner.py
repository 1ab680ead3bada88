"""Slovnet's NER tagger computed with numpy alone, several times faster than the stock one.

The network reads each token with its three neighbours on each side (three convolutions of width three).
A convolution is one matrix product, which turns each token into what it gives to the next token, to itself
and to the one before, and a shifted sum. For the first one, the costliest, the product depends on the
word alone and is kept in a table. Texts are laid end to end with a row of zeros between them, which is
what the stock tagger sees at a text's edge, so nothing is spent on padding.

All products are exact (see `exact`), so a token's numbers are the same to the last bit in any company.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from npextract.languages.blas import one_thread
from npextract.languages.crf import Tags, best_tags
from npextract.languages.exact import ExactProduct
from npextract.languages.natasha_files import Convolution, Floats, NerModel
from npextract.languages.word_shape import word_shape

Rows = npt.NDArray[np.intp]

MOST_TOKENS = 6000
"""How many tokens one call of `SlovnetTagger.tag` takes: as many new words must fit into the table."""

_ROWS = 512  # computed at a time, so that they stay in the processor's cache
_REACH = 3  # rows at each end of a block that miss a neighbour; the blocks beside it have them inside
_FRESH = _ROWS - 2 * _REACH

_TABLE_ROWS = 16384  # 50 MB when full
_TABLE_WORDS = 32768  # words that point to those rows: all unknown words of one shape share a row
_LONGEST_KEPT = 64  # code points; no longer word is known to the embedding, and each would take memory
_SEPARATOR = ""
_SEPARATOR_ROW = 0

_LARGEST = 1024.0  # activations are cut off here; in UN texts none is above 155
_ACTIVATION_BITS, _WEIGHT_BITS = 16, 20
_VECTOR_BITS, _FIRST_WEIGHT_BITS = 21, 22  # word vectors are below 4


class SlovnetTagger:
    """Gives each token the number of its BIO tag; `tags` names them."""

    def __init__(self, model: NerModel) -> None:
        self.tags = model.tags
        self._table = _WordTable(model)
        self._first, *others = model.layers
        self._others = [(layer, _product(layer.weight)) for layer in others]
        self._head, self._head_bias = _product(model.head_weight), model.head_bias
        self._transitions = model.transitions
        self._lock = threading.Lock()

    def tag(self, sequences: Sequence[Sequence[str]]) -> list[Tags]:
        """The number of each token's tag, for each sequence of tokens; at most `MOST_TOKENS` together.

        A sequence's tags do not depend on the others. Threads wait for each other: use processes.
        """
        words = [_SEPARATOR]
        bounds = []
        for sequence in sequences:
            bounds.append((len(words), len(words) + len(sequence)))
            words += sequence
            words.append(_SEPARATOR)
        if len(words) > MOST_TOKENS + len(sequences) + 1:
            raise ValueError(f"{len(words)} tokens and separators are too many at once")
        with self._lock, one_thread():
            emissions = self._emissions(self._table.rows(words))
        tags = best_tags(emissions, self._transitions, bounds)
        return [tags[start:stop] for start, stop in bounds]

    def _emissions(self, rows: Rows) -> Floats:
        """The score of each tag at each row, before the neighbours' tags have a say."""
        edge = [_SEPARATOR_ROW] * _REACH
        padded = np.concatenate([edge, rows, edge])
        blocks = [self._block(padded[begin : begin + _ROWS])[_REACH:-_REACH] for begin in range(0, len(rows), _FRESH)]
        return np.concatenate(blocks)

    def _block(self, rows: Rows) -> Floats:
        separators = np.flatnonzero(rows == _SEPARATOR_ROW)
        given = [part.take(rows, axis=0) for part in self._table.given]
        tokens = _activate(_shifted_sum(*given), self._first)
        for layer, product in self._others:
            tokens[separators] = 0
            to_next, own, to_last = np.split(product(tokens), 3, axis=1)
            tokens = _activate(_shifted_sum(to_next, own + layer.bias, to_last), layer)
        return self._head(tokens) + self._head_bias


class _WordTable:
    """What each word gives to the first convolution, computed when it is first seen.

    `given` is 3 × rows × filters: to the next token, to the word's own place (with the bias) and to the
    token before. When the table is full it is emptied: a word's numbers are the same whenever computed.
    """

    def __init__(self, model: NerModel) -> None:
        self._model = model
        self._parts = np.arange(len(model.codes))
        layer = model.layers[0]
        largest = max(np.abs(model.codes).max(), np.abs(model.shape_vectors).max())
        self._product = ExactProduct(
            layer.weight, largest=largest, input_bits=_VECTOR_BITS, weight_bits=_FIRST_WEIGHT_BITS
        )
        self._bias = layer.bias
        self.given = np.zeros((3, _TABLE_ROWS, len(layer.bias)), np.float32)
        self._forget()

    def rows(self, words: Sequence[str]) -> Rows:
        """The table's row of each word, good until the next call."""
        distinct = dict.fromkeys(words)
        new = [word for word in distinct if word not in self._rows]
        if self._next + len(new) > _TABLE_ROWS or len(self._rows) + len(new) > _TABLE_WORDS:
            self._forget()
            new = [word for word in distinct if word not in self._rows]
        self._learn(new)
        rows = np.fromiter(map(self._rows.__getitem__, words), np.intp, len(words))
        for word in new:
            if len(word) > _LONGEST_KEPT:
                del self._rows[word]
        return rows

    def _forget(self) -> None:
        self._rows = {_SEPARATOR: _SEPARATOR_ROW}
        self._inputs: dict[tuple[int, int], int] = {}
        self._next = _SEPARATOR_ROW + 1

    def _learn(self, words: Sequence[str]) -> None:
        new: list[tuple[int, int]] = []
        for word in words:
            known = self._model.words.find(word.lower())
            pair = (
                self._model.unknown if known is None else known,
                self._model.shapes[word_shape(word)],
            )
            row = self._inputs.get(pair)
            if row is None:
                row = self._inputs[pair] = self._next + len(new)
                new.append(pair)
            self._rows[word] = row
        for begin in range(0, len(new), _ROWS):
            self._compute(np.array(new[begin : begin + _ROWS]))

    def _compute(self, pairs: npt.NDArray[np.int_]) -> None:
        """Fill the next rows of the table, for (word, shape) numbers."""
        model, count = self._model, len(pairs)
        vectors = model.codes[self._parts, model.indexes[pairs[:, 0]]].reshape(count, -1)
        inputs = np.hstack([vectors, model.shape_vectors[pairs[:, 1]]])
        to_next, own, to_last = np.split(self._product(inputs), 3, axis=1)
        self.given[:, self._next : self._next + count] = to_next, own + self._bias, to_last
        self._next += count


def _product(weight: Floats) -> ExactProduct:
    return ExactProduct(weight, largest=_LARGEST, input_bits=_ACTIVATION_BITS, weight_bits=_WEIGHT_BITS)


def _shifted_sum(to_next: Floats, own: Floats, to_last: Floats) -> Floats:
    """Each row's own numbers and its two neighbours' gifts, summed into `own`; the ends lack a neighbour."""
    own[1:] += to_next[:-1]
    own[:-1] += to_last[1:]
    return own


def _activate(tokens: Floats, layer: Convolution) -> Floats:
    np.maximum(tokens, 0, out=tokens)
    tokens *= layer.scale
    tokens += layer.shift
    return tokens
