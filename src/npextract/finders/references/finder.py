"""The grammar as one finder."""

from __future__ import annotations

from npextract.finders.candidate import Candidate
from npextract.finders.references.citations import find_citations
from npextract.finders.references.committees import committees_by_resolution, find_committees
from npextract.finders.references.decisions import find_decisions
from npextract.finders.references.symbols import find_symbols
from npextract.ontology.model import Ontology
from npextract.reading.view import View


class ReferenceFinder:
    """Finds resolutions, documents and the committees that resolutions name. Made once, then shared."""

    def __init__(self, ontology: Ontology) -> None:
        self._registry = ontology.registry
        self._committees = committees_by_resolution(ontology)

    def __call__(self, view: View) -> list[Candidate]:
        """All citations in the view, in no particular order."""
        return [
            *find_symbols(view.text, self._registry),
            *find_citations(view, self._registry),
            *find_committees(view.text, self._committees),
            *find_decisions(view.text),
        ]
