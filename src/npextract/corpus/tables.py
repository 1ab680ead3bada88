"""The tables of a corpus: what each holds, as Arrow schemas. They are the store's contract with whoever reads it.

A corpus is a folder: `corpus.json` says what it is, `commits/N.json` that part N is whole, and each table is the
Parquet files `TABLE/N.parquet`, which anything can read: `SELECT * FROM 'out/mentions/*.parquet'`.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

VERSION: Final = 1
"""The version of these schemas; it stands in each Parquet file's metadata, under `npextract:schema`."""

_TEXT: Final = pa.string()
_TEXTS: Final = pa.list_(pa.string())
_COUNT: Final = pa.int32()

TABLES: Final = {
    "files": pa.schema(
        [
            ("file", _TEXT),  # the path under the folder, with "/"; the key of this table
            ("sha256", _TEXT),  # of its bytes; null where they could not be read
            ("bytes", pa.int64()),
            ("documents", _COUNT),  # those that were read
            ("failures", _COUNT),  # what could not be read, of the file or in it
            ("recipe", _TEXT),  # how it was read: profile, language, ontology and versions, as one hash
        ]
    ),
    "documents": pa.schema(
        [
            ("doc", _TEXT),  # the key: the file, and for the n-th of several documents in one "file#n", from 1
            ("file", _TEXT),
            ("id", _TEXT),  # the record's identifier
            ("source", _TEXT),  # the record's source: the file, or the member of an archive
            ("format", _TEXT),
            ("title", _TEXT),
            ("symbol", _TEXT),
            ("date", _TEXT),  # "1995-06-01", or a month or a year
            ("year", pa.int16()),
            ("lang", _TEXT),
            ("pages", _COUNT),  # null for sources without pages
            ("characters", pa.int64()),  # code points
            ("mentions", _COUNT),
            ("warnings", _TEXTS),
            ("ontology", _TEXT),
            ("text", _TEXT),
        ]
    ),
    "mentions": pa.schema(
        [
            ("doc", _TEXT),
            ("n", _COUNT),  # the mention's index in the record, from 0; with `doc` the key
            ("start", pa.int64()),  # code points into the document's text
            ("end", pa.int64()),
            ("text", _TEXT),
            ("kind", _TEXT),
            ("id", _TEXT),
            ("form", _TEXT),
            ("role", _TEXT),
            ("lang", _TEXT),
            ("score", pa.float64()),
            ("rule", _TEXT),
            ("parent", _COUNT),
            ("cluster", _COUNT),
            ("flags", _TEXTS),
            ("candidates", _TEXTS),
            ("name_en", _TEXT),
            ("name_ru", _TEXT),
            ("speaker", _TEXT),  # attrs.speech: the speaker's state or organization, or what the speaker is called
            ("page", _COUNT),  # attrs.page
            ("attrs", _TEXT),  # the record's attrs, as JSON
        ]
    ),
    "entities": pa.schema(
        [
            ("doc", _TEXT),
            ("id", _TEXT),  # null for names that the ontology does not know; they have a cluster
            ("cluster", _COUNT),
            ("kind", _TEXT),
            ("name_en", _TEXT),
            ("name_ru", _TEXT),
            ("count", _COUNT),
            ("first", _COUNT),  # the index of the first mention
        ]
    ),
    "failures": pa.schema(
        [
            ("file", _TEXT),
            ("id", _TEXT),  # what failed: the file, a line of it, a member of it
            ("source", _TEXT),
            ("code", _TEXT),
            ("message", _TEXT),
        ]
    ),
}
"""Table → its columns."""

KEYS: Final = {
    "files": ("file",),
    "documents": ("doc",),
    "mentions": ("doc", "n"),
    "entities": ("doc", "first"),
    "failures": ("file", "id", "code"),
}
"""Table → the columns by which its rows are sorted where order matters, as in exports."""
