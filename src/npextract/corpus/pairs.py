"""Which entities stand together: pairs, with the number of documents that name both and the strength of the bond."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Unpack

import duckdb
import pyarrow as pa

from npextract.corpus.questions import answer
from npextract.corpus.which import Asked, Which, check_kind

_NO_LIMIT: Final = 2**62

_PAIRS: Final = """WITH
    file AS MATERIALIZED (SELECT d.doc, row_number() OVER ()::INTEGER AS f FROM documents d WHERE {where}),
    entity AS MATERIALIZED (
        SELECT id, {asked} AS asked, {fits} AS fits, row_number() OVER (ORDER BY id)::INTEGER AS e
        FROM (SELECT DISTINCT id, kind FROM entities WHERE id IS NOT NULL) WHERE {asked} OR {fits}),
    place AS MATERIALIZED ({places}),
    named AS MATERIALIZED (SELECT e, count(DISTINCT f) AS n FROM place GROUP BY e HAVING count(DISTINCT f) >= $least),
    spot AS MATERIALIZED (SELECT f, e, asked, fits, start, bucket FROM place SEMI JOIN named USING (e)),
    met AS ({met}),
    counted AS (SELECT low, high, count(*) AS documents FROM met GROUP BY low, high HAVING count(*) >= $least),
    pair AS (
        SELECT CASE WHEN l.asked AND h.fits THEN low ELSE high END AS a,
            CASE WHEN l.asked AND h.fits THEN high ELSE low END AS b, documents
        FROM counted JOIN entity l ON l.e = low JOIN entity h ON h.e = high),
    total AS (SELECT count(*) AS n FROM file)
    SELECT one.id AS a, other.id AS b, pair.documents, n_one.n AS a_documents, n_other.n AS b_documents,
        round(pair.documents / (n_one.n + n_other.n - pair.documents), 6) AS jaccard,
        round(log2(pair.documents * total.n / (n_one.n * n_other.n)), 6) AS pmi
    FROM pair JOIN named n_one ON n_one.e = pair.a JOIN named n_other ON n_other.e = pair.b
        JOIN entity one ON one.e = pair.a JOIN entity other ON other.e = pair.b CROSS JOIN total
    ORDER BY pair.documents DESC, jaccard DESC, one.id, other.id LIMIT $limit"""
"""Entities and documents are numbered first: pairs of integers are counted several times as fast as pairs of names."""

_IN_DOCUMENTS: Final = """SELECT DISTINCT f, e, asked, fits, 0 AS start, 0 AS bucket
    FROM {table} m JOIN file USING (doc) JOIN entity USING (id) WHERE {said}"""
_IN_PLACES: Final = """SELECT f, e, asked, fits, m.start, m.start // $near AS bucket
    FROM mentions m JOIN file USING (doc) JOIN entity USING (id) WHERE {said}"""
_FIT: Final = "(x.asked AND y.fits OR y.asked AND x.fits)"
_MEET_IN_DOCUMENTS: Final = f"""SELECT x.e AS low, y.e AS high
    FROM spot x JOIN spot y ON x.f = y.f AND x.e < y.e WHERE {_FIT}"""
_MEET_IN_PLACES: Final = f"""SELECT DISTINCT x.f, least(x.e, y.e) AS low, greatest(x.e, y.e) AS high
    FROM spot x JOIN (SELECT * REPLACE (unnest([bucket - 1, bucket]) AS bucket) FROM spot) y
        ON x.f = y.f AND x.bucket = y.bucket AND y.start BETWEEN x.start AND x.start + $near AND x.e <> y.e
    WHERE {_FIT}"""
"""What follows soon stands in the same bucket or the next; so a long text is not compared with itself as a whole."""


def cooccurrence(
    con: duckdb.DuckDBPyConnection,
    *,
    ids: Sequence[str] | None = None,
    kind: str | None = None,
    near: int | None = None,
    least: int = 1,
    limit: int | None = 100,
    **which: Unpack[Which],
) -> pa.Table:
    """Pairs of entities with the number of documents that name both, at least `least`; the most frequent first.

    `ids` asks for the pairs of these entities, which then stand in column `a`. `kind` asks for companions of a kind;
    without `ids` both are of it. `near` counts a document only if it names both within so many code points, from the
    beginning of the one to that of the other. The strength of a pair: `jaccard`, the share of the documents with
    either that have both, and `pmi`, their pointwise mutual information in bits.
    """
    asked = Asked({"least": least, "limit": _NO_LIMIT if limit is None else limit})
    where = asked.documents(which)
    said = "TRUE"
    if (speaker := which.get("speaker")) is not None:
        said = f"m.speaker = {asked.bind('speaker', speaker)}"
    met = _MEET_IN_DOCUMENTS
    places = _IN_DOCUMENTS.format(table="entities" if speaker is None else "mentions", said=said)
    if near is not None:
        if near < 1:
            raise ValueError(f"near is a number of code points from 1, not {near}")
        asked.bind("near", near)
        places, met = _IN_PLACES.format(said=said), _MEET_IN_PLACES
    if kind is not None:
        check_kind(kind)
    fits = f"kind = {asked.bind('kind', kind)}" if kind is not None else "TRUE"
    wanted = f"id IN (SELECT unnest({asked.bind('ids', list(ids))}::VARCHAR[]))" if ids is not None else fits
    query = _PAIRS.format(asked=wanted, fits=fits, places=places, met=met, where=where)
    return answer(con, query, asked.values)
