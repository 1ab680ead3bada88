"""Reading the compiled ontology."""

from __future__ import annotations

import json
from functools import lru_cache

from npextract.errors import OntologyError
from npextract.ontology.model import COMPILED, Ontology


@lru_cache(maxsize=1)
def load() -> Ontology:
    """The ontology that the package ships, read once a process; raises OntologyError if it cannot be read."""
    try:
        compiled = json.loads(COMPILED.read_bytes())
    except FileNotFoundError:
        raise OntologyError(
            "the compiled ontology is missing; reinstall npextract, or in a source checkout run "
            "python -m npextract.ontology.compile",
            file=COMPILED.name,
        ) from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise OntologyError(f"cannot be read ({error}); reinstall npextract", file=COMPILED.name) from None
    return Ontology(compiled)
