"""The Russian and the English version of one document: which belong together, and what only one of them has."""

from __future__ import annotations

from typing import Final

import duckdb
import pyarrow as pa

from npextract.corpus.context import surroundings
from npextract.corpus.questions import answer

_LANGUAGE: Final = "(?:en|eng|english|e|англ|анг|ru|rus|russian|r|рус)"
_AT_THE_END: Final = rf"^(.*[/|._ (\[-]){_LANGUAGE}([)\]]?)(?:\.[a-z0-9]{{1,5}})?(#[0-9]+)?$"
"""A name that ends in its language, whatever its extension: "A_71_258-e.pdf", "note (ru).docx", "nota|en"."""
_AS_FOLDER: Final = r"^(.*/|)(?:en|eng|english|ru|rus|russian)(/.*)$"
"""A folder for each language: "out/en/1540.txt". The last such folder counts."""

_VERSIONS: Final = """WITH
    keyed AS (
        SELECT doc, lang, 'symbol' AS same, upper(replace(symbol, ' ', '')) AS key FROM documents
            WHERE symbol IS NOT NULL
        UNION ALL SELECT doc, lang, 'name', regexp_replace(lower(id), $end, '\\1*\\2\\3') FROM documents
            WHERE regexp_matches(lower(id), $end)
        UNION ALL SELECT doc, lang, 'name', regexp_replace(lower(id), $folder, '\\1*\\2') FROM documents
            WHERE regexp_matches(lower(id), $folder)),
    paired AS (
        SELECT same, key, min(doc) FILTER (lang = 'en') AS en, min(doc) FILTER (lang = 'ru') AS ru,
            count(*) - 2 AS others
        FROM keyed WHERE lang IN ('en', 'ru') GROUP BY same, key HAVING en IS NOT NULL AND ru IS NOT NULL)
    SELECT en, ru, same, key, others FROM paired
    QUALIFY row_number() OVER (PARTITION BY en, ru ORDER BY same DESC, key) = 1
    ORDER BY en, ru"""

_COMPARED: Final = """WITH
    one AS (SELECT * FROM entities WHERE doc = $a AND id IS NOT NULL),
    other AS (SELECT * FROM entities WHERE doc = $b AND id IS NOT NULL)
    SELECT CASE WHEN other.id IS NULL THEN 'a' WHEN one.id IS NULL THEN 'b' ELSE 'both' END AS found_in,
        coalesce(one.id, other.id) AS id, coalesce(one.kind, other.kind) AS kind,
        coalesce(one.name_en, other.name_en) AS name_en, coalesce(one.name_ru, other.name_ru) AS name_ru,
        coalesce(one.count, 0)::BIGINT AS count_a, coalesce(other.count, 0)::BIGINT AS count_b,
        one.first AS first_a, other.first AS first_b
    FROM one FULL JOIN other ON one.id = other.id
    ORDER BY array_position(['both', 'a', 'b'], found_in), count_a + count_b DESC, id"""


def versions(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """The documents that are there in English and in Russian: `en` and `ru`, their keys.

    They belong together if they have the same symbol, or names that differ only in the language: in a suffix
    ("-e" and "-r", "_en" and "_ru", "|en" and "|ru") or a folder. `same` says which of the two is, `key` what they
    share, `others` how many more documents share it; of several in one language the first is taken.
    """
    return answer(con, _VERSIONS, {"end": _AT_THE_END, "folder": _AS_FOLDER})


def compare(con: duckdb.DuckDBPyConnection, a: str, b: str, *, width: int = 60) -> pa.Table:
    """What two documents have in common and what only one of them has, by identifier.

    A row an entity, first what both have: `found_in` is both, a or b; `count_a` and `count_b` the mentions;
    `context_a` and `context_b` the first mention with `width` code points of text around it.
    """
    found = answer(con, _COMPARED, {"a": a, "b": b})
    for side, doc in (("a", a), ("b", b)):
        contexts = _first_contexts(con, doc, width)
        column = [contexts.get(n) for n in found[f"first_{side}"].to_pylist()]
        found = found.append_column(f"context_{side}", pa.array(column, pa.string()))
    return found.drop_columns(["first_a", "first_b"])


def _first_contexts(con: duckdb.DuckDBPyConnection, doc: str, width: int) -> dict[int, str]:
    """The first mention of each entity of a document, in its context, by the mention's number."""
    query = """SELECT m.n, m.start, m."end", m.text FROM mentions m JOIN entities e ON e.doc = m.doc AND e.first = m.n
        WHERE m.doc = $doc ORDER BY m.n"""
    hits = answer(con, query, {"doc": doc}).to_pydict()
    sides = surroundings(con, [doc] * len(hits["n"]), hits["start"], hits["end"], width=width)
    return {n: before + words + after for n, words, (before, after) in zip(hits["n"], hits["text"], sides, strict=True)}
