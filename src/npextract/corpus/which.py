"""Which documents a question is about: the conditions that all questions share, as SQL with bound values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypedDict, get_args

import regex

from npextract.errors import QueryError
from npextract.ontology.dates import first_day
from npextract.ontology.model import Kind


class Which(TypedDict, total=False):
    """Conditions on the documents of a question; none said: all of them."""

    year: int
    """The year of the document's own date."""
    since: str
    """A day, a month or a year ("2010-06"), included. A document that is dated less exactly counts if it may fit."""
    until: str
    """The last day, month or year, included."""
    lang: str
    """The language of the document: "en", "ru", "mul" for both."""
    speaker: str
    """Only what this speaker said: an identifier, or what the text calls the speaker."""


_ON_DOCUMENTS: Final[Mapping[str, str]] = {
    "year": "d.year = $year",
    "since": "d.date >= substr($since, 1, length(d.date))",
    "until": "substr(d.date, 1, length($until)) <= $until",
    "lang": "d.lang = $lang",
}
"""Each condition on a document, `d` being `documents`. A document without a date is in no span of time."""


_LANGUAGE: Final = regex.compile("[a-z]{2,3}")


@dataclass(slots=True)
class Asked:
    """SQL under construction: conditions and the values bound in them."""

    values: dict[str, Any] = field(default_factory=dict)

    def bind(self, name: str, value: Any) -> str:
        """The place for a value in the query."""
        self.values[name] = value
        return f"${name}"

    def documents(self, which: Which) -> str:
        """The condition on `documents d`; TRUE where none is asked for. Raises QueryError for what is no date."""
        if unknown := set(which) - set(Which.__annotations__):
            raise TypeError(
                f"no such condition: {', '.join(sorted(unknown))}; there are {', '.join(Which.__annotations__)}"
            )
        asked = {name: value for name, value in which.items() if value is not None and name in _ON_DOCUMENTS}
        for name in ("since", "until"):
            if name in asked:
                _check_date(name, str(asked[name]))
        if "lang" in asked and _LANGUAGE.fullmatch(str(asked["lang"])) is None:
            message = f"lang must be a code such as en, ru or mul, not {asked['lang']!r}"
            raise QueryError(message, query=str(asked["lang"]), code="not-a-language")
        self.values |= asked
        return " AND ".join(_ON_DOCUMENTS[name] for name in asked) or "TRUE"

    def occurrences(
        self,
        which: Which,
        *,
        ids: Sequence[str] | None = None,
        kind: str | None = None,
        unknown: bool = False,
        speakers: bool = False,
    ) -> str:
        """A table of who is named where and how often: doc, key, speaker, count; the key leads to `CALLED`.

        From `entities`, which has one row for many mentions; from `mentions` where a speaker is asked for, or with
        `speakers`, then with a row for each speaker of a document. With `unknown`, names without identifier too.
        """
        conditions = []
        if ids is not None:
            conditions.append(f"m.id IN (SELECT unnest({self.bind('ids', list(ids))}::VARCHAR[]))")
        if kind is not None:
            check_kind(kind)
            conditions.append(f"m.kind = {self.bind('kind', kind)}")
        if (speaker := which.get("speaker")) is not None:
            conditions.append(f"m.speaker = {self.bind('speaker', speaker)}")
        where = " AND ".join(conditions) or "TRUE"
        sources = _FROM_MENTIONS if speakers or speaker is not None else _FROM_ENTITIES
        return " UNION ALL ".join(source.format(where=where) for source in sources[: 2 if unknown else 1])


def _check_date(name: str, value: str) -> None:
    try:
        first_day(value)
    except ValueError:
        message = f"{name} must be a day, a month or a year such as 2010-06-15, 2010-06 or 2010, not {value!r}"
        raise QueryError(message, query=value, code="not-a-date") from None


def check_kind(kind: str) -> None:
    """Raise QueryError for what is no kind of entity."""
    if kind not in get_args(Kind):
        message = f"kind must be one of {', '.join(get_args(Kind))}, not {kind!r}"
        raise QueryError(message, query=kind, code="not-a-kind")


_SPELLING: Final = "e.kind || chr(31) || coalesce(e.name_en, e.name_ru, '')"
"""The key of a name without identifier; identifiers are their own keys."""
CALLED: Final = f"""SELECT coalesce(e.id, {_SPELLING}) AS key, any_value(e.id) AS id, any_value(e.kind) AS kind,
    max(e.name_en) AS name_en, max(e.name_ru) AS name_ru
    FROM entities e GROUP BY 1"""
"""What each key stands for, to be joined when all is counted: numbers are small and names are long."""
_FROM_ENTITIES: Final = (
    "SELECT m.doc, m.id AS key, NULL::VARCHAR AS speaker, m.count FROM entities m WHERE m.id IS NOT NULL AND {where}",
    f"""SELECT m.doc, {_SPELLING.replace("e.", "m.")} AS key, NULL::VARCHAR AS speaker, m.count
        FROM entities m WHERE m.id IS NULL AND {{where}}""",
)
_FROM_MENTIONS: Final = (
    """SELECT m.doc, m.id AS key, m.speaker, count(*) AS count
        FROM mentions m WHERE m.id IS NOT NULL AND {where} GROUP BY m.doc, m.id, m.speaker""",
    f"""SELECT m.doc, {_SPELLING} AS key, m.speaker, count(*) AS count
        FROM mentions m JOIN entities e ON e.doc = m.doc AND e.cluster = m.cluster AND e.kind = m.kind
        WHERE m.id IS NULL AND e.id IS NULL AND {{where}} GROUP BY ALL""",
)
"""Of names with and without identifier. The latter are called as their entity is, in whatever case they stand."""
