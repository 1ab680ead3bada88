"""Reading the compiled ontology."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from npextract.errors import OntologyError
from npextract.ontology.model import COMPILED, Ontology


@lru_cache(maxsize=1)
def load() -> Ontology:
    """The ontology that the package ships, read once a process; raises OntologyError if it cannot be read."""
    return Ontology(read_compiled())


def read_compiled() -> dict[str, Any]:
    """The compiled file's value; raises OntologyError if it cannot be read."""
    try:
        compiled: dict[str, Any] = json.loads(COMPILED.read_bytes())
    except FileNotFoundError:
        raise OntologyError(
            "the compiled ontology is missing; reinstall npextract, or in a source checkout run "
            "python -m npextract.ontology.compile",
            file=COMPILED.name,
        ) from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise OntologyError(f"cannot be read ({error}); reinstall npextract", file=COMPILED.name) from None
    return compiled
