"""Entities as people write them: an identifier, a short form of one, a name or abbreviation in either language."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from typing import Final

import regex

from npextract.errors import EntityError
from npextract.ontology.model import AliasCode, Ontology

_IDENTIFIER: Final = regex.compile(r"(?:state|org|treaty|concept|res|doc):.{0,200}")
_SYMBOL: Final = regex.compile(r"(?:res|doc):(?=.{0,200}[0-9])\S{1,200}")
"""A resolution or document by its symbol, which has a number."""
_NUMBER: Final = regex.compile(r"(?:res:)?(?:S/RES/)?([0-9]{1,5})", regex.IGNORECASE)
"""A resolution of the Security Council by its number alone."""
_LONGEST: Final = 500
"""Code points; no name is longer."""
_SHOWN: Final = 100
"""So many code points of a name are repeated in a message."""


def resolve_entity(ontology: Ontology, text: str, more: Collection[str] = ()) -> str:
    """The identifier of the entity that a text means.

    "treaty:NPT" is one; "res:1540" lacks the year, which the ontology knows; "ДНЯО", "Chemical Weapons Convention" and
    "резолюция 1540" are names. `more` are identifiers that the ontology does not have, as a corpus may. Raises
    EntityError with candidates for what means nothing or several.
    """
    written = " ".join(text.split())
    if written in ontology or written in more:
        return written
    if short := _NUMBER.fullmatch(written):
        year = ontology.registry.security_council_year(int(short[1]))
        if year is None:
            raise _unknown(ontology, written, more)
        return f"res:S/RES/{int(short[1])}({year})"
    if _SYMBOL.fullmatch(written):  # no list has them all
        return written
    if _IDENTIFIER.fullmatch(written):
        raise _unknown(ontology, written, more)
    found = _named(ontology, written) or _cited(ontology, written)
    if len(found) > 1:
        message = f"{written!r} may be {' or '.join(found)}; say which"
        raise EntityError(message, text=text, candidates=found, code="ambiguous-entity")
    if not found:
        raise _unknown(ontology, written, more)
    return found[0]


def _named(ontology: Ontology, text: str) -> tuple[str, ...]:
    """The entities of a name: those for which it is safe alone, else those that it may mean."""
    readings = [name for name in ontology.readings(text) if name.entity is not None]
    strong = [name for name in readings if not name.code & AliasCode.WEAK]
    return tuple(dict.fromkeys(name.entity.id for name in strong or readings if name.entity is not None))


def _cited(ontology: Ontology, text: str) -> tuple[str, ...]:
    """What is cited, if the text is one citation: "resolution 1540", "A/RES/71/258", "INFCIRC/153"."""
    from npextract.extractor import Extractor

    if len(text) > _LONGEST:
        return ()
    mentions = Extractor("rules", ontology=ontology).extract(text).mentions
    return tuple(m.id for m in mentions if m.id and (m.start, m.end) == (0, len(text)))


def _unknown(ontology: Ontology, text: str, more: Collection[str]) -> EntityError:
    identifiers = sorted({*(entity.id for entity in ontology), *more})
    folded = {identifier.casefold(): identifier for identifier in identifiers}
    near = tuple(folded[match] for match in get_close_matches(text.casefold()[:_LONGEST], folded, n=3, cutoff=0.7))
    advice = f"did you mean {' or '.join(near)}?" if near else "`npextract lookup NAME` says what names are known"
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return EntityError(f"no entity is known as {shown!r}; {advice}", text=text, candidates=near, code="unknown-entity")
