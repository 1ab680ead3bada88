"""What two readings of the same documents have in common: findings gained, lost and changed.

For whoever changes a rule or the ontology, or takes a new version: what became of the findings?
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from npextract.errors import InputError

_AROUND: Final = 30
"""How many characters around a finding are shown."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding that only one of two readings has, or that they read differently."""

    document: str
    what: Literal["gained", "lost", "changed"]
    start: int
    end: int
    before: str | None
    """The identifier in the old reading; None for a name without one, and for what is gained."""
    after: str | None
    context: str
    """The words with what stands around them."""


def compare(old: Path, new: Path) -> Iterator[Difference]:
    """The differences between two files of records, by document and place; raises InputError for what is no record.

    A document that only one file has is gained or lost with all its findings.
    """
    before, after = _read(old), _read(new)
    for identifier in dict.fromkeys((*before, *after)):
        yield from _differences(identifier, before.get(identifier, {}), after.get(identifier, {}))


def _read(path: Path) -> dict[str, Mapping[str, Any]]:
    records: dict[str, Mapping[str, Any]] = {}
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                record = json.loads(line)
                records[str(record["id"])] = {"text": str(record["text"]), "mentions": list(record["mentions"])}
            except (ValueError, KeyError, TypeError) as error:
                message = f"is no record ({type(error).__name__}: {error})"
                raise InputError(message, source=f"{path}:{number}", code="bad-record") from None
    return records


def _differences(identifier: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    before, after = _by_place(old), _by_place(new)
    for place in sorted({*before, *after}):
        was, now = before.get(place), after.get(place)
        if was == now:
            continue
        start, end, _, _ = place
        text = (new or old)["text"]
        words = f"{text[max(0, start - _AROUND) : start]}[{text[start:end]}]{text[end : end + _AROUND]}"
        what: Literal["gained", "lost", "changed"] = "gained" if was is None else "lost" if now is None else "changed"
        yield Difference(identifier, what, start, end, was and was[0], now and now[0], " ".join(words.split()))


def _by_place(record: Mapping[str, Any]) -> dict[tuple[int, int, str, str], tuple[str | None]]:
    """The identifier, in a tuple of its own, of each mention by its place, kind and form."""
    return {(m["start"], m["end"], m["kind"], m["form"]): (m["id"],) for m in record.get("mentions", ())}
