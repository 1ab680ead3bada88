"""Keyword in context: mentions with the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Unpack

import duckdb
import pyarrow as pa

from npextract.corpus.questions import answer
from npextract.corpus.which import Asked, Which

_AT_A_TIME: Final = 1000
"""So many documents' texts are in memory at a time."""


def in_context(
    con: duckdb.DuckDBPyConnection,
    ids: Sequence[str],
    *,
    width: int = 60,
    limit: int | None = 100,
    **which: Unpack[Which],
) -> pa.Table:
    """The mentions of entities with up to `width` code points of text on both sides, by document and place.

    Columns: doc, date, page, speaker, left, words, right, id, start, rule, score. The words are as the text has them,
    line ends included.
    """
    asked = Asked()
    where = asked.documents(which)
    conditions = [f"m.id IN (SELECT unnest({asked.bind('ids', list(ids))}::VARCHAR[]))", where]
    if (speaker := which.get("speaker")) is not None:
        conditions.append(f"m.speaker = {asked.bind('speaker', speaker)}")
    limited = f"LIMIT {asked.bind('limit', limit)}" if limit is not None else ""
    query = f"""SELECT m.doc, d.date, m.page, m.speaker, m.text AS words, m.id, m.start, m."end", m.rule, m.score
        FROM mentions m JOIN documents d ON d.doc = m.doc
        WHERE {" AND ".join(conditions)} ORDER BY m.doc, m.n {limited}"""
    hits = answer(con, query, asked.values)
    left, right = [], []
    for before, after in surroundings(con, *(hits[name].to_pylist() for name in ("doc", "start", "end")), width=width):
        left.append(before)
        right.append(after)
    sides = {"left": pa.array(left, pa.string()), "right": pa.array(right, pa.string())}
    columns = ["doc", "date", "page", "speaker", "left", "words", "right", "id", "start", "rule", "score"]
    return pa.table({name: sides[name] if name in sides else hits[name] for name in columns})


def surroundings(
    con: duckdb.DuckDBPyConnection, docs: Sequence[str], starts: Sequence[int], ends: Sequence[int], *, width: int
) -> Iterator[tuple[str, str]]:
    """What stands before and behind each place; the places of a document must follow each other.

    Texts are cut here, not in the database: Python finds the n-th code point at once, UTF-8 has to be counted through.
    """
    names = list(dict.fromkeys(docs))
    at = 0
    for first in range(0, len(names), _AT_A_TIME):
        texts = texts_of(con, names[first : first + _AT_A_TIME])
        while at < len(docs) and docs[at] in texts:
            text = texts[docs[at]]
            yield text[max(0, starts[at] - width) : starts[at]], text[ends[at] : ends[at] + width]
            at += 1


def texts_of(con: duckdb.DuckDBPyConnection, docs: Sequence[str]) -> dict[str, str]:
    """The texts of some documents, by key."""
    query = "SELECT doc, text FROM documents WHERE doc IN (SELECT unnest($docs::VARCHAR[]))"
    return dict(con.cursor().execute(query, {"docs": list(docs)}).fetchall())
