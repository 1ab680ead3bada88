"""Folders of many text files of one size, where the number of documents is what matters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.corpora.texts import Text

_IN_A_FOLDER: Final = 500


def make_uniform(folder: Path, texts: Sequence[Text], files: int, size: int, *, seed: int = 1) -> int:
    """Make `files` text files of about `size` bytes of UTF-8, each of one language; gives their size in bytes.

    Each is the paragraphs of texts from some place on, so that no two are alike unless there are few texts.
    """
    random = Random(seed)
    by_language: dict[str, list[str]] = {}
    for text in texts:
        by_language.setdefault(text.lang, []).extend(line for line in text.text.split("\n") if line.strip())
    languages = sorted(by_language, key=lambda lang: (-len(by_language[lang]), lang))[:2]
    total = 0
    for number in range(files):
        paragraphs = by_language[languages[number % len(languages)]]
        data = _take(paragraphs, random.randrange(len(paragraphs)), size, number)
        path = folder / f"{number // _IN_A_FOLDER:03}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        total += len(data)
    return total


def _take(paragraphs: Sequence[str], start: int, size: int, number: int) -> bytes:
    """Paragraphs from one on, over the end to the first, up to `size` bytes; the last is cut after a word."""
    data = f"No. {number}".encode()
    while len(data) < size:
        data += b"\n\n" + paragraphs[start % len(paragraphs)].encode("utf-8", "replace")
        start += 1
    return data[:size].rpartition(b" ")[0] + b"\n"
