"""The texts that documents are made of, and what of them each format can hold."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.texts import ROOT

Table = list[list[str]]
"""Rows of cells."""

_CELLS: Final = " | "
"""What stands between the cells of a table's row in the texts."""
_TYPED: Final = str.maketrans(
    {"«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "—": "-", "–": "-"}
)
"""What people typed where their encoding had no such character."""
_OLD_MARKS: Final = str.maketrans({"‑": "-", "−": "-", "‎": None, "•": "*", "◦": "*", "№": "N"})
_WORD: Final = re.compile(r"[^\W_]+")
_RAISED: Final = re.compile("[¹²³⁴⁵⁶⁷⁸⁹⁰№]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text to make documents of."""

    id: str
    lang: str
    text: str

    @property
    def title(self) -> str:
        """The first words."""
        return " ".join(_WORD.findall(self.text)[:8])


def own() -> list[Text]:
    """The project's own gold texts and samples; without those that imitate hyphenated lines or are Markdown."""
    texts = load([ROOT / "gold" / "gold.jsonl"])
    return [text for text in texts if "-\n" not in text.text and "](" not in text.text]


def load(paths: Iterable[Path]) -> list[Text]:
    """The texts of JSON Lines files with `id`, `text` and, if present, `lang`."""
    records = (json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").split("\n") if line)
    return [Text(str(record["id"]), record.get("lang") or "und", record["text"]) for record in records]


def choose(random: Random, texts: Sequence[Text], size: int) -> list[Text]:
    """Texts of one language at random, each once, with `size` code points or more together if there are enough."""
    first = random.choice(texts)
    rest = [text for text in texts if text.lang == first.lang and text is not first]
    random.shuffle(rest)
    chosen = [first]
    while rest and sum(len(text.text) for text in chosen) < size:
        chosen.append(rest.pop())
    return chosen


def join(texts: Iterable[Text]) -> str:
    """The texts below each other."""
    return "\n\n".join(text.text.strip() for text in texts)


def blocks(text: str) -> Iterator[str | Table]:
    """The paragraphs and tables of a text, in order: a line is a paragraph, lines of cells are a table."""
    rows: Table = []
    for line in text.split("\n"):
        if _CELLS in line:
            rows.append([cell.strip() for cell in line.split(_CELLS)])
            continue
        if rows:
            yield rows
            rows = []
        if line.strip():
            yield line.strip()
    if rows:
        yield rows


def typed(text: str, encoding: str) -> str:
    """The text in the characters that an old encoding has, as people wrote it then."""

    def known(character: str) -> str:
        for form in (
            character,
            character.translate(_TYPED),
            character.translate(_OLD_MARKS),
            unicodedata.normalize("NFKD", character)[:1],
        ):
            try:
                form.encode(encoding)
            except UnicodeEncodeError:
                continue
            return form
        return "?"

    return "".join(map(known, text))


def words(text: str) -> list[str]:
    """The words and numbers of a text in lower case, without diacritics: what must be found again in any format."""
    plain = unicodedata.normalize("NFKD", _RAISED.sub(" ", text.replace("\xad", "")))
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).lower())
