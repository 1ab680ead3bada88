"""Which language a paragraph is in, told by letters and frequent words; no model to load.

The table is data (`data/languages.yaml`). A paragraph too short to tell takes the language of its
neighbours in the same script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from npextract.reading.view import View

NO_LANGUAGE: Final = "und"
"""The language of a text without letters."""
_SAMPLE: Final = 400
"""How many characters of a paragraph are looked at."""
_LETTER_WEIGHT: Final = 1.5
_ENOUGH: Final = 2.0
"""The least weight of evidence by which a paragraph speaks for itself."""
_CLEARLY_MORE: Final = 2.0
"""How many times the default's weight a language that is not read in full must have: no text is given up lightly."""

_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]+")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_NO_RUNNING_WORD: Final = re.compile(
    r"\b[^\W\d_a-zа-яё]\w*|\b(?:d[aeiou]|do?s|del|la|las|le|el|al|van|von|der|bin|[a-z])\b(?=[ '’-][^\W\d_a-zа-яё])"
)
"""Words with a capital, and the particles of names before them."""
_DIFFERENT_WORDS: Final = 3
"""How many different words of a language in Latin letters, or with letters of its own, a text must have so that it is
given up for it."""
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class LanguageTable:
    """What is known of the languages, by script."""

    words: Mapping[str, Mapping[str, Sequence[str]]]
    """script → word → the languages it is frequent in"""
    letters: Mapping[str, Mapping[str, Sequence[str]]]
    """script → letter → the languages that have it, of those whose alphabets differ in it"""
    supported: frozenset[str]
    default: Mapping[str, str]
    """script → the language that is read when nothing speaks against it"""


def language_table(rows: Sequence[Mapping[str, Any]]) -> LanguageTable:
    """The table in the shape that detection uses."""
    words: dict[str, dict[str, list[str]]] = {}
    letters: dict[str, dict[str, list[str]]] = {}
    default: dict[str, str] = {}
    for row in rows:
        for word in dict.fromkeys(row["words"].split()):
            words.setdefault(row["script"], {}).setdefault(word, []).append(row["lang"])
        for letter in row["letters"]:
            letters.setdefault(row["script"], {}).setdefault(letter, []).append(row["lang"])
        if row.get("pipeline"):
            default[row["script"]] = row["lang"]
    supported = frozenset(row["lang"] for row in rows if row.get("pipeline"))
    return LanguageTable(words, letters, supported, default)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the view in one language. Offsets are the view's."""

    start: int
    end: int
    lang: str
    supported: bool
    """Whether npextract has a pipeline and names for the language."""


def split_paragraphs(view: View, table: LanguageTable, lang: str | None = None) -> list[Paragraph]:
    """The view's paragraphs with their languages; `lang` says it for all of them, instead of finding it."""
    spans = _paragraph_spans(view.text)
    if lang is not None:
        return [Paragraph(start, end, lang, lang in table.supported) for start, end in spans]
    # Letters such as ё lose what tells them apart in the view: the source still has it.
    to_source = view.offsets.to_source
    samples = [view.source[to_source(a) : to_source(min(b, a + _SAMPLE) - 1) + 1] for a, b in spans]
    scripts = [script_of(sample) for sample in samples]
    known = [detect(sample, script, table) for sample, script in zip(samples, scripts, strict=True)]
    return [
        Paragraph(start, end, found, found in table.supported or found == NO_LANGUAGE)
        for (start, end), found in zip(spans, _fill_gaps(known, scripts, table), strict=True)
    ]


def _paragraph_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for piece in text.split("\n"):
        if piece:
            spans.append((start, start + len(piece)))
        start += len(piece) + 1
    return spans


def script_of(sample: str) -> str | None:
    """The script of most letters: cyrillic or latin; None without letters of either."""
    if sample.isascii():
        return "latin" if _LATIN.search(sample) else None
    cyrillic = sum(map(len, _CYRILLIC.findall(sample)))
    latin = sum(map(len, _LATIN.findall(sample)))
    if not cyrillic and not latin:
        return None
    # A Russian text is full of Latin abbreviations and symbols, hardly ever the other way round.
    return "cyrillic" if cyrillic * 2 >= latin else "latin"


def detect(sample: str, script: str | None, table: LanguageTable) -> str | None:
    """The language of a sample in a script, or None where it is too short to tell."""
    if script is None:
        return None
    low = sample.lower()
    votes: dict[str, float] = {}
    words = table.words[script]
    # Only running words tell a language: neither "ES" in "ES-10/21" nor "de" in a name is Spanish.
    running = low if sample.isupper() else _NO_RUNNING_WORD.sub(" ", sample)
    different: dict[str, set[str]] = {}
    letters = table.letters[script]
    for word in _WORD.findall(running):
        if not word.isascii():
            for lang in {lang for letter in word if letter in letters for lang in letters[letter]}:
                different.setdefault(lang, set()).add(word)
        if word in words:
            for lang in words[word]:
                different.setdefault(lang, set()).add(word)
            for lang in words[word]:
                votes[lang] = votes.get(lang, 0) + 1 / len(words[word])
    if script != "latin" or not low.isascii():
        told_by = running if script == "latin" else low
        for letter, langs in letters.items():
            if count := told_by.count(letter):
                for lang in langs:
                    votes[lang] = votes.get(lang, 0) + _LETTER_WEIGHT * min(count, 8) / len(langs)
    if not votes:
        return None
    default = table.default[script]
    best = max(votes, key=lambda lang: (votes[lang], lang == default, lang))
    if best != default:
        few = script == "latin" and len(different.get(best, ())) < _DIFFERENT_WORDS
        if few or votes[best] < _CLEARLY_MORE * votes.get(default, 0):
            best = default
    return best if votes.get(best, 0) >= _ENOUGH else None


def _fill_gaps(known: Sequence[str | None], scripts: Sequence[str | None], table: LanguageTable) -> list[str]:
    """Paragraphs too short to tell take the last language known in their script, or the next, or the default.

    Languages that are read in full go before others: a short Russian line beside a Ukrainian paragraph is not lost.
    """
    told = [(script, lang) for script, lang in zip(scripts, known, strict=True) if lang is not None]
    in_full = {script for script, lang in told if lang in table.supported}
    usable = {(script, lang) for script, lang in told if lang in table.supported or script not in in_full}
    last: dict[str | None, str] = {script: lang for script, lang in reversed(told) if (script, lang) in usable}
    fallback = next((table.default[script] for script in scripts if script), NO_LANGUAGE)
    filled = []
    for lang, script in zip(known, scripts, strict=True):
        if lang is not None and (script, lang) in usable:
            last[script] = lang
        guess = last.get(script) or (table.default[script] if script else next(iter(last.values()), fallback))
        filled.append(lang or guess)
    return filled
