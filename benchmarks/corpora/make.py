"""A folder of documents in every format, some broken. The same arguments give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.corpora.broken import PARTLY, PLACED, WHOLE
from benchmarks.corpora.kinds import COMMON, OLD, SEVERAL, SINGLE
from benchmarks.corpora.made import Made, Part, whole
from benchmarks.corpora.texts import Text, choose

SIZE: Final = 6000
"""How much text a file has about, in code points."""
_FOLDERS: Final = ("", "2019/", "2020/letters/", "Заседания/2021/", "a b#c/")
_NAMES: Final = ("document", "Заявление", "S-RES", "note verbale", "№")


def make_corpus(
    folder: Path,
    texts: Sequence[Text],
    files: int = 600,
    *,
    broken: float = 0.05,
    seed: int = 1,
    size: int = SIZE,
) -> list[Made]:
    """Make `files` files under a folder, `broken` of them (a share) with something that cannot be read.

    Every format and, if there are enough broken ones, every way of being broken is there. `size` is how much text a
    file has about, in code points; a text is never cut.
    """
    random = Random(seed)
    bad = round(files * broken)
    kinds = [*_plan(random, [*WHOLE, *PARTLY, *PLACED], (), bad)]
    kinds += _plan(random, [*SINGLE, *SEVERAL], COMMON, files - bad)
    random.shuffle(kinds)
    return [_make(folder, number, kind, random, texts, size) for number, kind in enumerate(kinds, 1)]


def _plan(random: Random, each: Sequence[str], common: Sequence[str], count: int) -> Iterator[str]:
    """`count` kinds: all those in `each` as often as it goes, half of the rest from `common`."""
    order = [*each]
    random.shuffle(order)
    for number in range(count):
        if number < len(order):
            yield order[number]
        else:
            yield random.choice(common if common and random.random() < 0.5 else order)


def _make(folder: Path, number: int, kind: str, random: Random, texts: Sequence[Text], size: int) -> Made:
    russian = [text for text in texts if text.lang == "ru"] if kind in OLD else []
    chosen = choose(random, russian or texts, random.randint(size // 2, size * 3 // 2))
    suffix = next(table[kind][0] for table in (SINGLE, SEVERAL, WHOLE, PARTLY, PLACED) if kind in table)
    path = f"{random.choice(_FOLDERS)}{random.choice(_NAMES)} {number}{suffix}"
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if kind in PLACED:
        _, code, place = PLACED[kind]
        place(target)
        return Made(path, kind, (Part(path, code=code),))
    data, parts = make_file(kind, random, chosen, path)
    target.write_bytes(data)
    return Made(path, kind, tuple(parts))


def make_file(kind: str, random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    """The bytes of a file of a kind, and what a reader must make of it."""
    if kind in SINGLE:
        return SINGLE[kind][1](random, texts), [whole(path, texts)]
    if kind in WHOLE:
        _, code, make = WHOLE[kind]
        return make(random, texts), [Part(path, code=code)]
    return (SEVERAL | PARTLY)[kind][1](random, texts, path)
