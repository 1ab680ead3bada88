"""What stands near a name, and what it says of it. The patterns are data (`data/context.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import regex

_REACH: Final = 60
"""How many characters before and behind a name are looked at."""

_PATTERNS: Final = (
    "state_before",
    "not_state_before",
    "not_state_behind",
    "language_before",
    "language_behind",
    "language_behind_anyway",
    "language_before_anyway",
)
# A list of capitalised adjectives, or of Russian ones, around one of them: "English, French and Spanish".
_ITEM: Final = (
    r"(?:[A-Z][a-z]+(?:an|ish|ese|ch|sh|ic|i|rew|ili|u)|ARABIC|CHINESE|ENGLISH|FRENCH|RUSSIAN|SPANISH"
    r"|(?:немного )?[а-я]+ск(?:им|ий|ого|ом|ому|ая|ой))"
)
_LIST_BEFORE: Final = regex.compile(rf"(?:{_ITEM}(?:, | and | or |/|, and | и |, и ))*$")
_LIST_BEHIND: Final = regex.compile(rf"^(?:(?:, | and | or |/|, and | и |, и ){_ITEM})*")
_SHOUTED: Final = regex.compile(r" [A-Z]{2,} [A-Z]{2,}\b")


class Surroundings:
    """The patterns of the surroundings, compiled."""

    def __init__(self, table: Mapping[str, Sequence[Any]]) -> None:
        self._patterns = {key: _any_of(rows) for key, rows in table.items() if key in _PATTERNS}
        self._homographs = {
            row["alias"]: (
                _any_of([row["before"]]) if "before" in row else None,
                _any_of([row["behind"]]) if "behind" in row else None,
            )
            for row in table["homographs"]
        }
        self._words_in_capitals = frozenset(table["words_in_capitals"])

    def before(self, key: str, text: str, start: int) -> bool:
        """Whether what stands right before `start` fits the patterns under `key`."""
        return self._patterns[key].search(text[max(0, start - _REACH) : start]) is not None

    def behind(self, key: str, text: str, end: int) -> bool:
        """Whether what stands right behind `end` fits the patterns under `key`."""
        return self._patterns[key].match(text[end : end + _REACH]) is not None

    def is_language(self, text: str, start: int, end: int) -> bool:
        """Whether an adjective is a language's name: alone or in a list, by what stands before or behind it all."""
        list_start = start - len(_LIST_BEFORE.search(text[max(0, start - _REACH) : start])[0])  # type: ignore[index]
        list_end = end + len(_LIST_BEHIND.match(text[end : end + _REACH])[0])  # type: ignore[index]
        if self.behind("language_behind_anyway", text, list_end) or self.before(
            "language_before_anyway", text, list_start
        ):
            return True
        return self.behind("language_behind", text, list_end) and self.before("language_before", text, list_start)

    def is_homograph(self, alias: str, text: str, start: int, end: int) -> bool:
        """Whether a name is another one here: the NPT of a pipe thread, a working group on something else."""
        before, behind = self._homographs.get(alias, (None, None))
        return bool(before and before.search(text[max(0, start - _REACH) : start])) or bool(
            behind and behind.match(text[end : end + _REACH])
        )

    def is_shouted(self, text: str, start: int, end: int) -> bool:
        """Whether an abbreviation is a word among others in capitals: "WHO EVER PACKED IT"."""
        return text[start:end] in self._words_in_capitals and _SHOUTED.match(text, end) is not None


def _any_of(patterns: Sequence[str]) -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{pattern})" for pattern in patterns))
