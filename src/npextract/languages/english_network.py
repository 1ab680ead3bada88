"""The arithmetic of spaCy's named entity recognizer, done without what spaCy adds for training.

spaCy's `ner` component is a hash embedding of four features of each word, four convolutions over
neighbouring words, and a greedy transition system that reads the words from left to right. The weights
are the model's own, and so are the results (see `agrees_with`); three things are done differently:

- what depends on a single word only (its embedding, and its share in the first convolution) is computed
  once a word, by `Network.embed`, for the caller to keep;
- no bookkeeping for gradients;
- outside an entity the recognizer looks at the current word only, so the first decision about every word is
  taken for all words at once; only words behind the first one of an entity are read one by one, and even
  these for all entities of the batch in step.

All matrix products go through thinc's `NumpyOps.gemm` (BLIS): it uses one thread, and gives a row the
same bits whatever rows stand around it. That is what makes the answer for a text independent of the texts
it is batched with; numpy's own product is up to three times as fast here, but promises no such thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from thinc.api import NumpyOps

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
Keys = npt.NDArray[np.uint64]
Action = Literal["O", "U", "B"]

_OPS = NumpyOps()


class UnknownLayoutError(Exception):
    """The model is not built the way this module can compute; spaCy's own code has to."""


class WordTable(NamedTuple):
    """What the network knows about words before it sees their neighbours; one row a word."""

    vectors: Floats
    """Embeddings, (words, width)."""
    left: Floats
    """A word's share in the first convolution of the word to its right, (words, width × pieces)."""
    centre: Floats
    """Its share in its own, the bias included."""
    right: Floats
    """Its share in that of the word to its left."""


class Found(NamedTuple):
    """An entity in rows of the batch: `first` to `last` inclusive."""

    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Maxout:
    """A maxout layer with layer normalization: the largest of `pieces` affine maps, scaled."""

    weights: Floats
    """(inputs, pieces × outputs), piece by piece, so that the pieces are contiguous blocks."""
    bias: Floats
    gain: Floats
    shift: Floats

    def __call__(self, inputs: Floats) -> Floats:
        """The layer's output for each row of `inputs`."""
        product = _product(inputs, self.weights)
        product += self.bias
        return self.finish(product)

    def finish(self, product: Floats) -> Floats:
        """Maximum over the pieces, and layer normalization, of products that hold the bias already."""
        best = _largest_piece(product, len(self.gain))
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best)
        variance /= len(self.gain)
        variance += np.float32(1e-8)
        best *= (1 / np.sqrt(variance))[:, None]
        best *= self.gain
        best += self.shift
        return best


@dataclass(frozen=True)
class Decoder:
    """The transition system: which actions there are, and how a state is scored.

    A state is described by three words: the current one, the first and the previous one of the entity that
    is open. Where none is open, the last two are the constant `nothing`.
    """

    current: Floats
    """(width, pieces × hidden): the current word's share in the state."""
    first: Floats
    previous: Floats
    nothing: Floats
    """The state's constant part while no entity is open: biases and padding."""
    inside: Floats
    """The state's constant part within an entity: biases."""
    hidden: int
    """Width of the hidden layer."""
    actions: tuple[tuple[Action, str], ...]
    """What can be done outside an entity, with the label it begins."""
    weights: Floats
    """(hidden, actions)."""
    bias: Floats
    ending: Floats
    """By action: the weights by which ending the entity here beats going on, (actions, hidden)."""
    ending_bias: Floats

    def decode(self, words: Floats, blank: Flags, last: Flags) -> Iterator[Found]:
        """The entities in a batch of encoded words.

        `blank` marks rows where no entity may begin (whitespace, padding), `last` the last word of each text.
        """
        state = _product(words, self.current)
        chosen = self._outside(state, blank, last)
        kind = np.array([action for action, _ in self.actions])[chosen]
        begins = np.flatnonzero(kind == "B")
        ends = dict(zip(begins.tolist(), self._last_words(words, state, last, begins, chosen), strict=True))
        free = 0
        for row in np.flatnonzero(kind != "O").tolist():
            if row >= free:
                end = ends.get(row, row)
                yield Found(row, end, self.actions[chosen[row]][1])
                free = end + 1

    def _outside(self, state: Floats, blank: Flags, last: Flags) -> Rows:
        """The best action for each word, were no entity open there."""
        scores = _product(_largest_piece(state + self.nothing, self.hidden), self.weights)
        scores += self.bias
        kinds = np.array([action for action, _ in self.actions])
        scores[np.ix_(last, kinds == "B")] = -np.inf
        scores[np.ix_(blank, kinds != "O")] = -np.inf
        best: Rows = scores.argmax(axis=1)
        return best

    def _last_words(self, words: Floats, state: Floats, last: Flags, begins: Rows, chosen: Rows) -> list[int]:
        """Where the entities that begin at `begins` end, each read by itself, all in step."""
        ends = begins.copy()
        reading = np.arange(len(begins))
        first = _product(words[begins], self.first) + self.inside
        while len(reading):
            ends[reading] += 1
            row = ends[reading]
            action = chosen[begins[reading]]
            sums = state[row] + first[reading] + _product(words[row - 1], self.previous)
            hidden = _largest_piece(sums, self.hidden)
            margin = np.einsum("ij,ij->i", hidden, self.ending[action]) + self.ending_bias[action]
            reading = reading[~((margin > 0) | last[row])]
        found: list[int] = ends.tolist()
        return found


@dataclass(frozen=True)
class Network:
    """The recognizer's weights, arranged for prediction."""

    features: tuple[str | int, ...]
    """The attributes of a word (`spacy.attrs`) that its embedding is made of."""
    hashed: Callable[[Keys], Floats]
    """The model's own hash embedding layers: features to concatenated vectors."""
    mix: Maxout
    convolutions: tuple[Maxout, ...]
    decoder: Decoder

    @property
    def reach(self) -> int:
        """How many words to either side a word's vector depends on: the padding needed between texts."""
        return len(self.convolutions)

    @property
    def width(self) -> int:
        """The number of floats in a word's vector."""
        return len(self.mix.gain)

    def empty_table(self, capacity: int) -> WordTable:
        """Room for `capacity` words, and in row 0 the padding."""
        first = self.convolutions[0]
        sizes = (self.width, *3 * (len(first.bias),))
        table = WordTable(*(np.zeros((capacity + 1, size), dtype=np.float32) for size in sizes))
        table.centre[0] = first.bias
        return table

    def embed(self, features: Keys) -> WordTable:
        """The table's rows for words with these features."""
        vectors = self.mix(self.hashed(features))
        width, first = self.width, self.convolutions[0]
        left, centre, right = (_product(vectors, first.weights[at : at + width]) for at in _thirds(width))
        return WordTable(vectors, left, centre + first.bias, right)

    def encode(self, table: WordTable, rows: Rows) -> Floats:
        """Words in context. Texts in `rows` stand apart by `reach` padding rows, also at both ends."""
        product = table.centre.take(rows, axis=0)
        product[1:] += table.left.take(rows[:-1], axis=0)
        product[:-1] += table.right.take(rows[1:], axis=0)
        words = table.vectors.take(rows, axis=0)
        words += self.convolutions[0].finish(product)
        window = np.zeros((len(rows), 3 * self.width), dtype=np.float32)
        before, here, after = (window[:, at : at + self.width] for at in _thirds(self.width))
        for convolution in self.convolutions[1:]:
            before[1:], here[:], after[:-1] = words[:-1], words, words[1:]
            words += convolution(window)
        return words


def read_network(ner: Any) -> Network:
    """The network of a spaCy `ner` component; `UnknownLayoutError` if it is none that we can compute."""
    try:
        tok2vec = ner.model.get_ref("tok2vec")
        words, to_state = tok2vec.layers[0], tok2vec.layers[-1]
        embed, encode = words.get_ref("embed"), words.get_ref("encode")
        extract, ragged, hashed, *_ = embed.layers
        _expect(extract.name == "extract_features" and ragged.name == "list2ragged", "feature extraction")
        _expect(_leaves(hashed) == ["hashembed"] * len(extract.attrs["columns"]), "hash embedding")
        _expect(_leaves(encode)[::2] == ["maxout"] * encode.attrs["pad"], "convolutions")
        mix, *more = _maxouts(embed.layers[3])
        _expect(not more and to_state.name == "linear", "mixing")
        return Network(
            features=tuple(extract.attrs["columns"]),
            hashed=hashed.predict,
            mix=mix,
            convolutions=tuple(_maxouts(encode)),
            decoder=_read_decoder(ner, to_state),
        )
    except (KeyError, AttributeError, IndexError, TypeError, ValueError) as error:
        raise UnknownLayoutError(str(error)) from error


def agrees_with(network: Network, ner: Any, doc: Any) -> bool:
    """Whether the network's vectors for a tokenized text are those of spaCy's own code, but for rounding."""
    expected = ner.model.get_ref("tok2vec").layers[0].predict([doc])[0]
    table = network.empty_table(len(doc))
    for part, rows in zip(table, network.embed(doc.to_array(list(network.features))), strict=True):
        part[1:] = rows
    padded = np.pad(np.arange(1, len(doc) + 1), network.reach)
    ours = network.encode(table, padded)[network.reach : -network.reach]
    return bool(np.allclose(ours, expected, rtol=1e-3, atol=1e-4))


def _read_decoder(ner: Any, to_state: Any) -> Decoder:
    model, lower, upper = ner.model, ner.model.get_ref("lower"), ner.model.get_ref("upper")
    _expect(ner.cfg.get("beam_width", 1) == 1, "greedy decoding")
    _expect(model.attrs["has_upper"] and not model.attrs["unseen_classes"], "output layer")
    weights, bias, padding = (lower.get_param(name) for name in ("W", "b", "pad"))
    words, hidden, pieces, _ = weights.shape
    _expect(words == 3 and pieces > 1, "state features")
    # The linear layer between the word vectors and the state has no activation behind it: fold it in.
    linear, offset = to_state.get_param("W"), to_state.get_param("b")
    by_piece = weights.transpose(0, 2, 1, 3).reshape(3, pieces * hidden, -1)
    current, first, previous = (np.ascontiguousarray((block @ linear).T) for block in by_piece)
    offsets = by_piece @ offset
    absent = padding[0].transpose(0, 2, 1).reshape(3, -1)
    state_bias = bias.T.reshape(-1)
    return Decoder(
        current=current,
        first=first,
        previous=previous,
        nothing=offsets[0] + absent[1] + absent[2] + state_bias,
        inside=offsets.sum(axis=0) + state_bias,
        hidden=hidden,
        **_read_actions(_moves(ner), upper.get_param("W"), upper.get_param("b")),
    )


def _moves(ner: Any) -> list[str]:
    """The names of the model's output classes; "U-" blocks entities in training and is never predicted."""
    return [ner.moves.get_class_name(number) for number in range(ner.moves.n_moves)]


def _read_actions(moves: Sequence[str], weights: Floats, bias: Floats) -> dict[str, Any]:
    """The decoder's actions and their weights from the model's moves ("B-ORG", "I-ORG" … "O")."""
    _expect(len(moves) == len(weights), "moves")
    number = {move: index for index, move in enumerate(moves)}
    kept = [index for index, move in enumerate(moves) if move[0] in "BUO" and move != "U-"]
    labels = [moves[index][2:] for index in kept]
    going_on = [number.get(f"I-{label}", 0) for label in labels]
    ending = [number.get(f"L-{label}", 0) for label in labels]
    return {
        "actions": tuple((moves[index][0], label) for index, label in zip(kept, labels, strict=True)),
        "weights": np.ascontiguousarray(weights[kept].T),
        "bias": bias[kept],
        "ending": weights[ending] - weights[going_on],
        "ending_bias": bias[ending] - bias[going_on],
    }


def _maxouts(model: Any) -> list[Maxout]:
    """The maxout layers below a node, each with the normalization that follows it."""
    nodes = [node for node in model.walk(order="dfs_pre") if node.param_names]
    pairs = list(zip(nodes[::2], nodes[1::2], strict=True))
    return [_maxout(maxout, norm) for maxout, norm in pairs]


def _maxout(maxout: Any, norm: Any) -> Maxout:
    _expect((maxout.name, norm.name) == ("maxout", "layernorm"), "maxout and layernorm")
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    outputs, pieces, inputs = weights.shape
    _expect(pieces > 1, "pieces")
    return Maxout(
        weights=np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * outputs)),
        bias=np.ascontiguousarray(bias.T).reshape(-1),
        gain=norm.get_param("G"),
        shift=norm.get_param("b"),
    )


def _leaves(model: Any) -> list[str]:
    """Names of the nodes with parameters, in order."""
    return [node.name for node in model.walk(order="dfs_pre") if node.param_names]


def _expect(condition: bool, what: str) -> None:
    if not condition:
        raise UnknownLayoutError(f"unexpected {what}")


def _thirds(width: int) -> tuple[int, int, int]:
    """Where the previous word, the word and the next word begin in a convolution's input."""
    return (0, width, 2 * width)


def _product(left: Floats, right: Floats) -> Floats:
    """The matrix product, row by row independent of the other rows."""
    product: Floats = _OPS.gemm(left, right)
    return product


def _largest_piece(product: Floats, width: int) -> Floats:
    """The maximum over blocks of `width` columns."""
    best: Floats = np.maximum(product[:, :width], product[:, width : 2 * width])
    for at in range(2 * width, product.shape[1], width):
        np.maximum(best, product[:, at : at + width], out=best)
    return best
