"""npextract finds the states, organizations, treaties and resolutions in diplomatic documents.

It reads Russian and English and resolves every name to one bilingual ontology:

>>> import npextract as npx
>>> doc = npx.extract("Резолюция СБ ООН 1540 дополняет ДНЯО.", profile="rules")
>>> [m.id for m in doc.mentions]
['res:S/RES/1540(2004)', 'org:UNSC', 'org:UN', 'treaty:NPT']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

# Python binds a subpackage to its name in the package when it is first imported. `ontology` is to be the function
# below, so the subpackage of that name is imported before it, and never again.
import npextract.ontology  # noqa: F401
from npextract.errors import (
    CorpusError,
    EntityError,
    InputError,
    ModelError,
    NpextractError,
    OntologyError,
    QueryError,
)
from npextract.version import __version__

if TYPE_CHECKING:
    import os

    from npextract.corpus.corpus import Corpus
    from npextract.document import Document, DocumentEntity, Mention
    from npextract.extractor import Extractor, Profile
    from npextract.ontology import Entity, Ontology

__all__ = [
    "Corpus",
    "CorpusError",
    "Document",
    "DocumentEntity",
    "Entity",
    "EntityError",
    "Extractor",
    "InputError",
    "Mention",
    "ModelError",
    "NpextractError",
    "Ontology",
    "OntologyError",
    "QueryError",
    "__version__",
    "extract",
    "extract_many",
    "ontology",
    "open_corpus",
]

_HOMES = {
    "Corpus": "npextract.corpus.corpus",
    "Document": "npextract.document",
    "DocumentEntity": "npextract.document",
    "Mention": "npextract.document",
    "Extractor": "npextract.extractor",
    "Entity": "npextract.ontology",
    "Ontology": "npextract.ontology",
}


def __getattr__(name: str) -> Any:
    """Classes are imported when they are asked for: `import npextract` itself costs next to nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


@lru_cache(maxsize=2)
def _shared_extractor(profile: Profile) -> Extractor:
    from npextract.extractor import Extractor

    return Extractor(profile)


def extract(
    text: str,
    *,
    lang: str | None = None,
    profile: Profile = "full",
    id: str | None = None,
    source: str | None = None,
    date: str | None = None,
    trace: bool = False,
) -> Document:
    """Read one text with a shared extractor; see `Extractor.extract`."""
    return _shared_extractor(profile).extract(text, lang=lang, id=id, source=source, date=date, trace=trace)


def extract_many(
    texts: Iterable[str],
    *,
    lang: str | None = None,
    profile: Profile = "full",
    ids: Iterable[str | None] | None = None,
) -> Iterator[Document]:
    """Read many texts, in order, with a shared extractor; see `Extractor.extract_many`."""
    return _shared_extractor(profile).extract_many(texts, lang=lang, ids=ids)


def ontology() -> Ontology:
    """The ontology that the package ships."""
    from npextract.ontology import load

    return load()


def open_corpus(path: str | os.PathLike[str], *, ontology: Ontology | None = None) -> Corpus:
    """Open what a batch wrote; see `npextract.corpus.corpus.open_corpus`."""
    from npextract.corpus.corpus import open_corpus

    return open_corpus(path, ontology=ontology)
