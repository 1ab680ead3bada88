"""Russian word forms: dictionary forms and grammar, from pymorphy3 and its OpenCorpora dictionary."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any, NamedTuple

_LONGEST = 64  # code points; a longer string is no word, and is not worth a place in the cache
_KEPT = 50_000  # distinct words kept, about 30 MB when full
_UNREAD = frozenset({"UNKN"})


class Parse(NamedTuple):
    """One reading of a word form.

    `lemma` is in lower case; `grammemes` are OpenCorpora's ("NOUN", "sing", "loct" …, "UNKN" if the word
    cannot be read); `score` is the estimated share of this reading, the readings of a word adding up to
    about 1; `known` says that the dictionary has the form, and the reading is no guess from its ending.
    """

    lemma: str
    grammemes: frozenset[str]
    score: float
    known: bool


class Morphology:
    """Readings of Russian words, remembered; the dictionary is loaded at the first question (.1 s, 30 MB).

    Never take a name's normal form from here: "Соединенных Штатов Америки" has no right one word by word.
    """

    def __init__(self) -> None:
        self._remembered = lru_cache(maxsize=_KEPT)(self._read)

    def __reduce__(self) -> tuple[type[Morphology], tuple[()]]:
        return Morphology, ()

    def parse(self, word: str) -> tuple[Parse, ...]:
        """All readings of a word, the likeliest first; never empty."""
        if len(word) > _LONGEST:
            return (Parse(word.lower(), _UNREAD, 1.0, known=False),)
        return self._remembered(word)

    def lemma(self, word: str) -> str:
        """The dictionary form of the likeliest reading, in lower case ("стали" → "стать")."""
        return self.parse(word)[0].lemma

    def is_known(self, word: str) -> bool:
        """Whether the dictionary has this form; for other words the readings are guesses."""
        return any(reading.known for reading in self.parse(word))

    def _read(self, word: str) -> tuple[Parse, ...]:
        try:
            readings = self._analyzer.parse(word)
        except UnicodeEncodeError:  # a lone surrogate, which the dictionary's UTF-8 cannot hold
            return (Parse(word.lower(), _UNREAD, 1.0, known=False),)
        return tuple(
            Parse(each.normal_form, frozenset(each.tag.grammemes), each.score, each.is_known) for each in readings
        )

    @cached_property
    def _analyzer(self) -> Any:
        import pymorphy3
        import pymorphy3_dicts_ru

        # The path is given, because otherwise pymorphy3 asks every installed package for dictionaries.
        return pymorphy3.MorphAnalyzer(path=pymorphy3_dicts_ru.get_path(), lang="ru")
