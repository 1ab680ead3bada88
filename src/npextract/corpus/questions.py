"""Ready questions to a corpus: who is named how often, with whom, where and when. Each is one query.

Every function takes the connection of a corpus and exact identifiers, and gives an Arrow table whose rows are in one
order whatever the order of the parts. Values are bound, never written into the SQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, Unpack, get_args

import duckdb
import pyarrow as pa

from npextract.corpus.which import CALLED, Asked, Which

Group = Literal["document", "year", "month", "lang", "speaker", "kind"]
Period = Literal["year", "month"]

_GROUPS: Final[Mapping[str, str]] = {
    "document": "o.doc AS doc",
    "year": "d.year AS year",
    "month": "substr(d.date, 1, 7) AS month",
    "lang": "d.lang AS lang",
    "speaker": "o.speaker AS speaker",
}


def answer(con: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None) -> pa.Table:
    """The rows of a query as an Arrow table."""
    cursor = con.cursor()  # kept: until DuckDB 2 a relation did not outlive it
    return cursor.sql(query, params=dict(values or {})).to_arrow_table()


def counts(
    con: duckdb.DuckDBPyConnection,
    by: Group | None = None,
    *,
    ids: Sequence[str] | None = None,
    kind: str | None = None,
    unknown: bool = False,
    limit: int | None = None,
    **which: Unpack[Which],
) -> pa.Table:
    """How often entities are named, and in how many documents: a row an entity, or a row a group and entity.

    Groups come in their order (what has no year, month or speaker last), entities by falling number of mentions.
    `by="kind"` counts the kinds themselves. With `unknown`, names without identifier too, by their spelling.
    """
    if by is not None and by not in get_args(Group):
        raise ValueError(f"by must be one of {', '.join(get_args(Group))}, not {by!r}")
    asked = Asked()
    where = asked.documents(which)
    occurrences = asked.occurrences(which, ids=ids, kind=kind, unknown=unknown, speakers=by == "speaker")
    source = f"({occurrences}) o JOIN documents d ON d.doc = o.doc"
    limited = f"LIMIT {asked.bind('limit', limit)}" if limit is not None else ""
    if by == "kind":
        query = f"""SELECT c.kind, count(DISTINCT o.key) AS entities, sum(o.count)::BIGINT AS mentions,
            count(DISTINCT o.doc) AS documents
            FROM {source} JOIN ({CALLED}) c ON c.key = o.key
            WHERE {where} GROUP BY c.kind ORDER BY mentions DESC, c.kind {limited}"""
        return answer(con, query, asked.values)
    group = _GROUPS[by] if by else "0 AS everything"
    # A document has one row an entity, but may spell two unknown names alike.
    in_documents = "count(DISTINCT o.doc)" if unknown else "count(*)"
    query = f"""WITH counted AS (
            SELECT {group}, o.key, sum(o.count)::BIGINT AS mentions, {in_documents} AS documents
            FROM {source} WHERE {where} GROUP BY 1, o.key)
        SELECT n.* EXCLUDE (key, mentions, documents), c.id, c.kind, c.name_en, c.name_ru, n.mentions, n.documents
        FROM counted n JOIN ({CALLED}) c ON c.key = n.key
        ORDER BY 1 NULLS LAST, n.mentions DESC, n.documents DESC, c.id NULLS LAST, n.key {limited}"""
    found = answer(con, query, asked.values)
    return found if by else found.drop_columns(["everything"])


def documents_with(
    con: duckdb.DuckDBPyConnection,
    all: Sequence[str] = (),
    any: Sequence[str] = (),
    none: Sequence[str] = (),
    *,
    limit: int | None = None,
    **which: Unpack[Which],
) -> pa.Table:
    """The documents that name all of some entities, at least one of others and none of still others.

    A row a document, by date: its key, title, symbol, date and language, and for each entity of `all` and `any` a
    column with its number of mentions. With a speaker only what the speaker said counts.
    """
    asked = Asked()
    where = asked.documents(which)
    occurrences = asked.occurrences(which, ids=[*all, *any, *none])
    wanted = list(dict.fromkeys([*all, *any]))
    column = {identifier: f"n{n}" for n, identifier in enumerate(dict.fromkeys([*wanted, *none]))}
    tallies = "".join(
        f", coalesce(sum(count) FILTER (key = {asked.bind(f'id_{name}', identifier)}), 0)::BIGINT AS {name}"
        for identifier, name in column.items()
    )
    conditions = [where, *(f"{column[i]} > 0" for i in all), *(f"coalesce({column[i]}, 0) = 0" for i in none)]
    if any:
        conditions.append("(" + " OR ".join(f"{column[i]} > 0" for i in any) + ")")
    shown = "".join(f", coalesce({column[i]}, 0) AS {column[i]}" for i in wanted)
    limited = f"LIMIT {asked.bind('limit', limit)}" if limit is not None else ""
    query = f"""SELECT d.doc, d.title, d.symbol, d.date, d.lang{shown}
        FROM documents d LEFT JOIN (SELECT o.doc{tallies} FROM ({occurrences}) o GROUP BY o.doc) h ON h.doc = d.doc
        WHERE {" AND ".join(conditions)} ORDER BY d.date NULLS LAST, d.doc {limited}"""
    found = answer(con, query, asked.values)
    return found.rename_columns([*found.column_names[:5], *wanted])


def timeline(
    con: duckdb.DuckDBPyConnection, ids: Sequence[str], by: Period = "year", **which: Unpack[Which]
) -> pa.Table:
    """How often entities are named over time: a row for each entity and each year or month that has documents.

    `of_documents` is how many documents the period has in all, for what grew may just be the corpus. Documents that
    are dated by the year alone have a row of their own among the months; those without a date come last, without
    period. The rows of all periods add up to the corpus.
    """
    if by not in get_args(Period):
        raise ValueError(f"by must be one of {', '.join(get_args(Period))}, not {by!r}")
    asked = Asked()
    where = asked.documents(which)
    occurrences = asked.occurrences(which, ids=ids)
    digits = asked.bind("digits", {"year": 4, "month": 7}[by])
    query = f"""WITH
        dated AS (SELECT d.doc, substr(d.date, 1, {digits}) AS period FROM documents d WHERE {where}),
        periods AS (SELECT period, count(*) AS of_documents FROM dated GROUP BY period),
        wanted AS (SELECT DISTINCT unnest($ids::VARCHAR[]) AS id),
        named AS (
            SELECT period, key AS id, sum(count)::BIGINT AS mentions, count(DISTINCT doc) AS documents
            FROM ({occurrences}) JOIN dated USING (doc) GROUP BY period, key)
        SELECT w.id, p.period, coalesce(n.mentions, 0) AS mentions, coalesce(n.documents, 0) AS documents,
            p.of_documents
        FROM wanted w CROSS JOIN periods p LEFT JOIN named n ON n.id = w.id AND n.period IS NOT DISTINCT FROM p.period
        ORDER BY w.id, p.period NULLS LAST"""
    return answer(con, query, asked.values)
