"""Natasha's model files, read from inside the installed package without importing it.

Importing `natasha` would pull in pymorphy2, which needs `pkg_resources` and so fails where setuptools is
not installed; `slovnet` looks for a settings file in the directory above the current one. Neither is
needed to read two tar files of arrays and word lists. What is read is numbers and text only: no pickle.
"""

from __future__ import annotations

import gzip
import json
import tarfile
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from npextract.errors import ModelError

Floats = npt.NDArray[np.float32]

EMBEDDING_FILE = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
TAGGER_FILE = "data/model/slovnet_ner_news_v1.tar"
_STEP = 64  # words between two that `WordList` keeps apart
_PROTOCOL = 1  # the only layout of slovnet's and navec's packs that exists


@dataclass(frozen=True, slots=True)
class Convolution:
    """A convolution over three neighbouring tokens, followed by ReLU and a scaling of each filter.

    `weight` is inputs × (3 · filters): the first third is what a token gives to the token after it, the
    second to itself, the last to the token before it. `scale` and `shift` are the batch normalisation.
    """

    weight: Floats
    bias: Floats
    scale: Floats
    shift: Floats


@dataclass(frozen=True, slots=True)
class NerModel:
    """Slovnet's word CNN with a CRF on top, as arrays.

    A word's vector is quantised: `codes[part, indexes[word, part]]` for its 100 parts of 3 numbers each.
    `indexes` stays on disk, mapped into memory: the 25 MB are shared by all processes of a machine.
    """

    words: WordList
    unknown: int
    shapes: dict[str, int]
    tags: tuple[str, ...]
    indexes: npt.NDArray[np.uint8]
    codes: Floats
    shape_vectors: Floats
    layers: tuple[Convolution, ...]
    head_weight: Floats
    head_bias: Floats
    transitions: Floats


class WordList:
    """The 250,000 words the embedding knows, in code point order, as one block of UTF-8.

    A dictionary of them would take 45 MB, and be asked only once for each distinct word of a text. Here a
    word is sought between two of the few words at every 64th place: 6 MB in all, and as fast.
    """

    def __init__(self, block: bytes, count: int) -> None:
        """`block` has a line feed before and after each word; the first `count` words are in order."""
        self._block = block
        starts = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n"))
        self._starts: list[int] = [*starts[:count:_STEP].tolist(), int(starts[count])]
        self._firsts = [block[start + 1 : block.index(b"\n", start + 1)] for start in self._starts[:-1]]

    def find(self, word: str) -> int | None:
        """The number of a lower-case word, or None if the embedding does not know it."""
        sought = word.encode("utf-8", "surrogatepass")
        part = bisect_right(self._firsts, sought) - 1
        if part < 0:
            return None
        start = self._starts[part]
        place = self._block.find(b"\n%b\n" % sought, start, self._starts[part + 1] + 1)
        return None if place < 0 else part * _STEP + self._block.count(b"\n", start, place)


def model_path(name: str) -> Path:
    """Where a file of the natasha package is; the package is found, not imported."""
    spec = find_spec("natasha")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, name)
        if path.is_file():
            return path
    raise ModelError(
        f"the Russian model file natasha/{name} was not found; install it with: pip install natasha==1.6.0",
        model="natasha",
    )


def load_ner_model() -> NerModel:
    """The NER model and the word vectors it was trained with."""
    try:
        return _load()
    except (OSError, EOFError, KeyError, ValueError, zlib.error, tarfile.TarError) as error:
        raise ModelError(
            f"Natasha's model files cannot be read ({error}); "
            "install them again with: pip install --force-reinstall --no-deps natasha==1.6.0",
            model="natasha",
        ) from error


def _load() -> NerModel:
    with tarfile.open(model_path(TAGGER_FILE)) as pack:
        scheme = json.loads(_read(pack, "model.json"))
        _check_protocol(json.loads(_read(pack, "meta.json")), TAGGER_FILE)
        block = b"\n" + gzip.decompress(_read(pack, "vocabs/word.gz")) + b"\n"
        shapes = gzip.decompress(_read(pack, "vocabs/shape.gz")).decode().split("\n")
        tags = gzip.decompress(_read(pack, "vocabs/tag.gz")).decode().split("\n")

        def array(entry: Any) -> Floats:
            raw = _read(pack, f"arrays/{entry['array']}.bin")
            return np.frombuffer(raw, entry["dtype"]).reshape(entry["shape"])

        layers = tuple(_convolution(layer, array) for layer in scheme["encoder"]["layers"])
        shape_vectors = array(scheme["emb"]["shape"]["weight"])
        head = scheme["head"]
        head_weight, head_bias = array(head["proj"]["weight"]), array(head["proj"]["bias"])
        transitions = array(head["crf"]["transitions"])

    indexes, codes = _embedding(scheme["emb"]["word"]["id"])
    known = len(indexes) - 2  # the list ends with "<unk>" and "<pad>", which no token can be
    return NerModel(
        words=WordList(block, known),
        unknown=known,
        shapes={name: number for number, name in enumerate(shapes)},
        tags=tuple(tags),
        indexes=indexes,
        codes=codes,
        shape_vectors=shape_vectors,
        layers=layers,
        head_weight=head_weight,
        head_bias=head_bias,
        transitions=transitions,
    )


def _embedding(wanted: str) -> tuple[npt.NDArray[np.uint8], Floats]:
    """The quantised word vectors: (part indexes of each word, mapped from disk; vectors of the parts)."""
    path = model_path(EMBEDDING_FILE)
    with tarfile.open(path) as pack:
        meta = json.loads(_read(pack, "meta.json"))
        _check_protocol(meta, EMBEDDING_FILE)
        if meta["id"] != wanted:
            raise ModelError(f"the tagger needs the embedding {wanted}, not {meta['id']}", model="natasha")
        member = pack.getmember("pq.bin")
        with path.open("rb") as file:
            file.seek(member.offset_data)
            words, dimensions, parts, centroids = np.fromfile(file, np.uint32, 4).tolist()
            begin = file.tell()
            file.seek(begin + words * parts)
            codes = np.fromfile(file, np.float32, centroids * dimensions)
    indexes = np.asarray(np.memmap(path, np.uint8, "r", begin, (words, parts)))
    return indexes, codes.reshape(parts, centroids, dimensions // parts)


def _convolution(layer: Any, array: Any) -> Convolution:
    weight = array(layer["conv"]["weight"])  # filters × inputs × 3
    norm = layer["norm"]
    scale = array(norm["weight"]) / array(norm["std"])
    return Convolution(
        weight=np.concatenate([weight[:, :, place].T for place in range(3)], axis=1),
        bias=array(layer["conv"]["bias"]),
        scale=scale,
        shift=array(norm["bias"]) - array(norm["mean"]) * scale,
    )


def _read(pack: tarfile.TarFile, name: str) -> bytes:
    file = pack.extractfile(name)
    if file is None:
        raise ModelError(f"{name} in {pack.name!r} is not a file", model="natasha")
    return file.read()


def _check_protocol(meta: Any, name: str) -> None:
    if meta["protocol"] != _PROTOCOL:
        raise ModelError(f"natasha/{name} has an unknown layout {meta['protocol']!r}", model="natasha")
