"""How a batch reads: all that its results depend on besides the files themselves."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from npextract.extractor import Profile
from npextract.version import __version__


@dataclass(frozen=True, slots=True)
class Recipe:
    """How each file is read, and what one document may take."""

    profile: Profile = "full"
    lang: str | None = None
    """The language of all documents; None to find it."""
    ontology: tuple[str, ...] = ()
    """Paths of YAML files with entities to add."""
    seconds: float = 300.0
    """How long a document may take, besides `seconds_per_megabyte`."""
    seconds_per_megabyte: float = 20.0
    """How much longer it may take for each megabyte of its file."""
    megabytes: int = 4096
    """How much memory the worker may hold while it reads a document."""
    largest: int = 1024
    """The largest file that is read, in megabytes."""
    mark: str = ""
    """Its fingerprint, which the table `files` keeps; the batch sets it."""

    def to_json(self) -> str:
        """The recipe as a worker takes it."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """The recipe that `to_json` wrote."""
        values: dict[str, Any] = json.loads(text)
        return cls(**values | {"ontology": tuple(values["ontology"])})

    def time_limit(self, size: int) -> float:
        """The seconds that a document in a file of `size` bytes may take."""
        return self.seconds + self.seconds_per_megabyte * size / 1e6


def fingerprint(recipe: Recipe, ontology_version: str) -> str:
    """What tells whether a file that was read before would be read alike now: a hash of all that matters.

    The limits are left out: they decide whether a document is read, not how.
    """
    from npextract.corpus.tables import VERSION
    from npextract.reading.pdf import ocr_engine

    facts = {
        "npextract": __version__,
        "schema": VERSION,
        "profile": recipe.profile,
        "lang": recipe.lang,
        "ontology": ontology_version,
        "ocr": ocr_engine(),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]
