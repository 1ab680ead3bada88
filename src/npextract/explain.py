"""Why a mention is what it is: the rule, the alias, what speaks for it, what was rejected and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from npextract.document import Document, Dropped, Mention
from npextract.ontology.model import CONTEXTS
from npextract.resolve import REASONS

RULES: Final = {
    "names.decoy": "a name that looks like an entity's and is none",
    "names.name": "a name of the ontology",
    "names.abbreviation": "an abbreviation of the ontology",
    "names.shared-noun": "treaties or states that share one noun",
    "names.listed": "an organization without identifier that texts name often",
    "names.adjective": "an adjective or a people's name that stands for a state",
    "references.citation": "a resolution, cited by a noun and a number",
    "references.bare": "a number that its year or session makes a resolution",
    "references.symbol": "a resolution's symbol",
    "references.document": "another document's symbol",
    "references.date": "a resolution by its day",
    "references.decision": "a decision by its council and number",
    "references.committee": "a committee, panel or mission that a resolution names",
    "unknown.neural": "an organization by the neural tag alone",
    "unknown.institution": "a parliament, court, ministry or the like, named with its state or organization",
    "unknown.chain": "two such names in a row, of which the first belongs to the second",
    "unknown.abbreviation": "the abbreviation that the text gives to an unknown name",
    "definitions.abbreviation": "the abbreviation that the text gives to a known name",
    "anaphora.nearest": "a class noun that points back to the nearest name of its class",
    "anaphora.defined": "a class noun that the text defines",
    "anaphora.principal-organ": "a principal organ of the United Nations, in a text that names them",
}
"""What the rules find, by the names that stand in `Mention.rule`."""
FLAGS: Final = {
    "glued": "it is run together with a word before it",
    "lookalike-letters": "it has a letter of the other script, which was put right",
    "damaged": "it has digits or brackets that a scan spoiled, which were put right",
    "year-mismatch": "the resolution was not adopted in that year; the number decided",
    "date-mismatch": "the resolution was not adopted on that day; the number decided",
    "in-words": "its number is written in words",
    "impossible": "no such resolution can be: its year comes before its number",
    "unregistered": "it is newer than the registry",
    "session-missing": "the session that would tell which it is is missing",
    "unknown": "the ontology has none for that number",
    "ambiguous": "it could not be decided",
    "unsupported-language": "it stands in a paragraph that is neither Russian nor English",
}
"""What is unusual about a mention, by the words that stand in `Mention.flags`."""


def explain_mention(mention: Mention) -> str:
    """What is known of a mention's origin, one fact a line."""
    return "\n".join(_lines(mention))


def explain_at(document: Document, offset: int) -> str:
    """What was found and what was rejected at an offset, the innermost first.

    The document must have been read with `trace=True` for what was rejected to be known.
    """
    found = [m for m in document.mentions if m.start <= offset < m.end]
    dropped = [d for d in document.dropped if d.start <= offset < d.end]
    parts = [explain_mention(mention) for mention in sorted(found, key=_length)]
    parts += [_rejected(item) for item in sorted(dropped, key=_length)]
    return "\n\n".join(parts) or f"nothing was found at {offset}, and nothing rejected"


def _length(item: Mention | Dropped) -> tuple[int, int]:
    return item.end - item.start, item.start


def _lines(mention: Mention) -> Iterator[str]:
    name = f" ({mention.name['en']} | {mention.name['ru']})" if mention.name else ""
    yield f"{mention.start}-{mention.end} {_shown(mention.text)} is {mention.id or 'a name without identifier'}{name}"
    yield f"  kind {mention.kind}, form {mention.form}, score {mention.score}, language {mention.lang}"
    yield f"  rule {mention.rule}: {RULES.get(mention.rule, 'a finder of its own')}"
    if mention.alias:
        yield f"  alias {mention.alias!r}"
    for kind in mention.evidence:
        yield f"  for it speaks: {CONTEXTS[kind]}"
    for flag in mention.flags:
        yield f"  flag {flag}: {FLAGS.get(flag, '')}"
    if mention.role:
        yield f"  role {mention.role}: its members are meant"
    for key, value in mention.attrs.items():
        yield f"  {key}: {value}"
    if mention.candidates:
        yield f"  chosen from: {', '.join(mention.candidates)}"


def _rejected(dropped: Dropped) -> str:
    what = dropped.id or (dropped.kind if dropped.kind != "none" else "no entity")
    rule = RULES.get(dropped.rule, dropped.rule)
    return (
        f"{dropped.start}-{dropped.end} {_shown(dropped.text)} was rejected as {what}\n"
        f"  rule {dropped.rule}: {rule}\n  because {REASONS[dropped.reason]} ({dropped.reason})"
    )


def _shown(text: str) -> str:
    return repr(" ".join(text.split()))
