"""The questions that a report asks of a corpus. Each gives rows in an order that does not depend on chance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import duckdb

from npextract.corpus.corpus import Corpus
from npextract.show.report.model import Entity
from npextract.show.report.pictures import drawn_entities

Row = tuple[Any, ...]
CHARACTERS: Final = 8
"""The place of the number of characters in a row of `documents`."""
DIFFERENT: Final = 10
"""The place of the number of different entities."""
_FORMS: Final = 6
"""How many written forms and speakers of an entity are kept."""
_LONGEST_FORM: Final = 160
"""How much of a form is kept, in characters."""
_AT_A_TIME: Final = 500
"""How many documents' texts are read at a time."""

_NAMED: Final = "coalesce(id, '?' || kind || ':' || coalesce(name_en, name_ru, ''))"
"""An entity's key: the identifier, or what names without one have in common."""
_PAIRS: Final = f"""pairs AS (
    SELECT doc, {_NAMED} AS key, min(id) AS id, min(kind) AS kind, min(name_en) AS en, min(name_ru) AS ru,
           sum("count")::BIGINT AS n
    FROM entities GROUP BY doc, key
)"""
_KEYED: Final = f"""keyed AS (
    SELECT id AS key, * FROM mentions WHERE id IS NOT NULL
    UNION ALL
    SELECT e.key, m.* FROM mentions m
    JOIN (SELECT doc, cluster, kind, {_NAMED} AS key FROM entities WHERE id IS NULL) e USING (doc, cluster, kind)
    WHERE m.id IS NULL
)"""


def _rows(source: Corpus, query: str, *parameters: object) -> list[Row]:
    try:
        return list(source.sql(query, params=list(parameters)).fetchall())
    except duckdb.Error as error:
        raise source.failed(error, query) from None


def totals(source: Corpus) -> dict[str, int]:
    """How much there is of what."""
    ((entities, names),) = _rows(
        source,
        f"SELECT count(DISTINCT id), count(DISTINCT CASE WHEN id IS NULL THEN {_NAMED} END) FROM entities",
    )
    (documents, mentions, failures) = (
        _rows(source, f"SELECT count(*) FROM {table}")[0][0] for table in ("documents", "mentions", "failures")
    )
    return {
        "documents": documents, "mentions": mentions, "entities": entities, "names": names, "failures": failures,
    }  # fmt: skip


def counts(source: Corpus, column: str) -> list[tuple[str, int]]:
    """The documents by a column, the most first."""
    query = f"SELECT coalesce({column}, '–'), count(*) AS n FROM documents GROUP BY 1 ORDER BY n DESC, 1"
    return [(name, n) for name, n in _rows(source, query)]


def years(source: Corpus) -> list[tuple[int, int]]:
    """The documents by year."""
    query = "SELECT year, count(*) FROM documents WHERE year IS NOT NULL GROUP BY year ORDER BY year"
    return [(year, n) for year, n in _rows(source, query)]


def kinds(source: Corpus) -> list[tuple[str, int]]:
    """The mentions by kind, the most first."""
    query = "SELECT kind, count(*) AS n FROM mentions GROUP BY kind ORDER BY n DESC, kind"
    return [(kind, n) for kind, n in _rows(source, query)]


def ontologies(source: Corpus) -> list[str]:
    """The versions of the ontology with which the documents were read."""
    query = "SELECT DISTINCT ontology FROM documents WHERE ontology IS NOT NULL ORDER BY ontology"
    return [version for (version,) in _rows(source, query)]


def documents(source: Corpus, *, most: int) -> list[Row]:
    """The documents by key, as `Report.documents` has them, but for the last place; the richest if there are more."""
    query = """
        WITH different AS (SELECT doc, count(*) AS n FROM entities GROUP BY doc),
        richest AS (
            SELECT doc, coalesce(different.n, 0) AS different
            FROM documents LEFT JOIN different USING (doc) ORDER BY different DESC, doc LIMIT ?
        )
        SELECT doc, title, symbol, date, year, lang, format, pages, characters, mentions, richest.different, warnings
        FROM documents JOIN richest USING (doc) ORDER BY doc"""
    rows = _rows(source, query, most)
    return [(*row[:-2], row[-2], row[-1] or []) for row in rows]


def entities(source: Corpus, *, most: int) -> list[Entity]:
    """The entities and names, those that the most documents name first."""
    query = f"""
        WITH {_PAIRS}
        SELECT key, min(id), min(kind), min(en), min(ru), sum(n)::BIGINT AS mentions, count(*) AS documents,
               min(year), max(year)
        FROM pairs LEFT JOIN (SELECT doc, year FROM documents) USING (doc)
        GROUP BY key ORDER BY documents DESC, mentions DESC, key LIMIT ?"""
    rows = _rows(source, query, most)
    keys = [row[0] for row in rows]
    languages = {
        key: (english, russian)
        for key, english, russian in _rows(
            source,
            f"""WITH {_KEYED} SELECT key, count(*) FILTER (lang = 'en'), count(*) FILTER (lang = 'ru')
            FROM keyed WHERE key IN (SELECT unnest(?)) GROUP BY key""",
            keys,
        )
    }
    forms = _most(source, f"left(regexp_replace(trim(text), '\\s+', ' ', 'g'), {_LONGEST_FORM})", keys)
    speakers = _most(source, "speaker", keys)
    return [
        Entity(
            key, id, kind, en, ru, mentions, documents, *languages.get(key, (0, 0)), first, last, forms.get(key, ()),
            speakers.get(key, ()),
        )
        for key, id, kind, en, ru, mentions, documents, first, last in rows
    ]  # fmt: skip


def _most(source: Corpus, what: str, keys: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """Key → what its mentions most often have, with how often."""
    query = f"""
        WITH {_KEYED},
        counted AS (
            SELECT key, {what} AS what, count(*) AS n FROM keyed WHERE key IN (SELECT unnest(?)) GROUP BY ALL
        )
        SELECT key, what, n FROM counted WHERE what IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY key ORDER BY n DESC, what) <= {_FORMS}
        ORDER BY key, n DESC, what"""
    found = groupby(_rows(source, query, keys), key=lambda row: str(row[0]))
    return {key: [(what, n) for _, what, n in rows] for key, rows in found}


def pictures(
    source: Corpus, entities: Sequence[Entity]
) -> tuple[list[tuple[str, int, int]], list[tuple[str, str, int]]]:
    """For the entities that are drawn: (key, year, documents), and (one, other, documents that have both)."""
    keys = [entity.key for entity in drawn_entities(entities)]
    by_year = f"""
        WITH {_PAIRS} SELECT key, year, count(*) FROM pairs JOIN (SELECT doc, year FROM documents) USING (doc)
        WHERE key IN (SELECT unnest(?)) AND year IS NOT NULL GROUP BY key, year ORDER BY key, year"""
    together = f"""
        WITH {_PAIRS}, drawn AS (SELECT doc, key FROM pairs WHERE key IN (SELECT unnest(?)))
        SELECT a.key, b.key, count(*) FROM drawn a JOIN drawn b ON a.doc = b.doc AND a.key < b.key
        GROUP BY 1, 2 ORDER BY 1, 2"""
    return (
        [(key, year, n) for key, year, n in _rows(source, by_year, keys)],
        [(one, other, n) for one, other, n in _rows(source, together, keys)],
    )


def postings(source: Corpus, entities: Sequence[Entity], listed: Sequence[Row]) -> list[list[int]]:
    """For each entity: the place of a listed document, how often it names the entity, and so on."""
    places = {row[0]: at for at, row in enumerate(listed)}
    query = f"""
        WITH {_PAIRS} SELECT key, list(doc ORDER BY doc), list(n ORDER BY doc) FROM pairs
        WHERE key IN (SELECT unnest(?)) GROUP BY key"""
    found = {key: (docs, counts) for key, docs, counts in _rows(source, query, [entity.key for entity in entities])}
    return [
        [
            number
            for doc, count in zip(*found.get(entity.key, ((), ())), strict=True)
            if doc in places
            for number in (places[doc], count)
        ]
        for entity in entities
    ]


def failure_codes(source: Corpus) -> list[tuple[str, int]]:
    """How many failures there are of each code, the most first."""
    query = "SELECT coalesce(code, 'error'), count(*) AS n FROM failures GROUP BY 1 ORDER BY n DESC, 1"
    return [(code, n) for code, n in _rows(source, query)]


def failures(source: Corpus, *, most: int) -> list[dict[str, Any]]:
    """The failures by file; the messages without the name of the source, which stands beside them."""
    columns = ("file", "id", "source", "code", "message")
    query = """SELECT file, id, source, coalesce(code, 'error'), message FROM failures
        ORDER BY file, id, code, message LIMIT ?"""
    found = (dict(zip(columns, row, strict=True)) for row in _rows(source, query, most))
    return [row | {"message": (row["message"] or "").removeprefix(f"{row['source']}: ")} for row in found]


def warnings(source: Corpus) -> list[tuple[str, int, str]]:
    """Of each code of warnings: how many documents have it, and the first such warning."""
    query = """
        WITH said AS (SELECT doc, unnest(warnings) AS warning FROM documents)
        SELECT split_part(warning, ':', 1) AS code, count(DISTINCT doc) AS n, min(warning)
        FROM said GROUP BY code ORDER BY n DESC, code"""
    return [(code, n, example) for code, n, example in _rows(source, query)]


def texts(source: Corpus, chosen: Sequence[tuple[int, str]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The documents of these (place, key), with their mentions, as the page's script reads them; some at a time."""
    for at in range(0, len(chosen), _AT_A_TIME):
        some = chosen[at : at + _AT_A_TIME]
        keys = [key for _, key in some]
        bodies: dict[str, str | None] = dict(
            _rows(source, "SELECT doc, text FROM documents WHERE doc IN (SELECT unnest(?))", keys)
        )
        rows = _rows(
            source,
            """SELECT doc, start, "end", id, kind, cluster, name_en, name_ru, form, role, lang, score, rule, flags,
                      candidates, attrs
               FROM mentions WHERE doc IN (SELECT unnest(?)) ORDER BY doc, n""",
            keys,
        )
        by_document = {key: list(group) for key, group in groupby(rows, key=lambda row: str(row[0]))}
        names = _cluster_keys(source, keys)
        for place, key in some:
            yield place, _text(bodies[key] or "", by_document.get(key, []), names)


def _cluster_keys(source: Corpus, docs: Sequence[str]) -> dict[tuple[str, int, str], Row]:
    """(document, cluster, kind) → the key and names of a name without identifier."""
    query = f"""SELECT doc, cluster, kind, {_NAMED}, name_en, name_ru FROM entities
        WHERE id IS NULL AND doc IN (SELECT unnest(?))"""
    return {(doc, cluster, kind): tuple(named) for doc, cluster, kind, *named in _rows(source, query, docs)}


def _text(text: str, rows: Sequence[Row], names: Mapping[tuple[str, int, str], Row]) -> dict[str, Any]:
    entities: dict[Row, int] = {}
    mentions = []
    for doc, start, end, id, kind, cluster, en, ru, *rest, flags, candidates, attrs in rows:
        key, english, russian = (id, en, ru) if id is not None else names.get((doc, cluster, kind), (None, None, None))
        place = entities.setdefault((key, id, kind, english, russian), len(entities))
        facts = {name: value for name, value in _facts(attrs).items() if name != "boxes"}
        mentions.append([start, end, place, *rest, flags or [], candidates or [], facts])
    return {"text": text, "entities": list(entities), "mentions": mentions}


def _facts(attrs: str | None) -> dict[str, Any]:
    return json.loads(attrs) if attrs and attrs != "{}" else {}


def names(source: Corpus, docs: Sequence[str]) -> dict[str, list[str | None]]:
    """The names of those that the mentions of these documents speak of: speakers, members, candidates."""
    from npextract.ontology import load

    query = """
        SELECT DISTINCT unnest(candidates) FROM mentions WHERE doc IN (SELECT unnest(?))
        UNION SELECT DISTINCT speaker FROM mentions WHERE speaker IS NOT NULL AND doc IN (SELECT unnest(?))
        UNION SELECT DISTINCT unnest((attrs::JSON->'$.members')::VARCHAR[]) FROM mentions
        WHERE contains(attrs, '"members"') AND doc IN (SELECT unnest(?))"""
    ontology = load()
    spoken_of = sorted(id for (id,) in _rows(source, query, docs, docs, docs) if id)
    known = ((id, ontology.get(id)) for id in spoken_of)
    return {id: [entity.name("en"), entity.name("ru")] for id, entity in known if entity is not None}
