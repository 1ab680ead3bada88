"""What a finder hands to the resolver."""

from __future__ import annotations

from typing import Literal, NamedTuple

from npextract.ontology.model import Kind


class Candidate(NamedTuple):
    """One possible reading of a stretch of the view. Offsets are the view's, end exclusive."""

    start: int
    end: int
    kind: Kind | Literal["none"]
    """none: a name that looks like an entity's and is not; it only keeps others away."""
    id: str | None
    rule: str
    """The name of the rule that found it."""
    score: float
    """How sure the rule is, from 0 to 1, before the context is looked at."""
    form: str = "name"
    """name or adjective."""
    alias: str | None = None
    """The alias of the ontology that matched, in the nominative."""
    weak: bool = False
    """Whether it needs context to count."""
    flags: tuple[str, ...] = ()
    attrs: tuple[tuple[str, object], ...] = ()
    """What is to stand in the mention's `attrs`."""
    needs: tuple[str, ...] = ()
    """The kinds of context of which a weak name needs one; none said: any of them."""
    since: str | None = None
    """When the name came into use; None where that is not known."""
    until: str | None = None
    """When the name went out of use."""
    alternatives: tuple[str, ...] = ()
    """Other identifiers that it may stand for."""
    evidence: tuple[str, ...] = ()
    """The kinds of context that speak for a weak name, the strongest first; the resolver finds them."""
