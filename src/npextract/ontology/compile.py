"""From the readable sources to the one file that the package reads: `python -m npextract.ontology.compile`.

All that is slow is done here: reading YAML, inflecting Russian names, writing out spelling variants, finding
collisions. The result depends on nothing but the sources and this package.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import regex

from npextract.ontology import inflect
from npextract.ontology.membership import pack
from npextract.ontology.model import COMPILED, FORMAT, ROLES, AliasCode
from npextract.ontology.sources import (
    AliasSource,
    Decoy,
    EntitySource,
    read_decoys,
    read_entities,
    read_memberships,
    read_table,
    read_yaml,
)
from npextract.reading.characters import fold, normalise_name

VERSION: Final = "2026.11"
TABLES: Final = ("languages", "context", "generic_nouns", "institutions")
"""Files of `data` that go into the compiled file as they are."""
ADJECTIVES: Final = ("adjective", "people", "compound")
"""The roles of aliases that are no names."""
_NOBODY: Final = -1
"""The owner of a decoy, or of a name without identifier."""
_CYRILLIC: Final = regex.compile(r"\p{Cyrillic}")
_NOUNS_LAST: Final = ("Treaty", "Convention", "Charter", "Council", "Committee", "Board", "Agreement", "Arrangement")
_ABBREVIATION: Final = regex.compile(r"[A-Z]{2,4}")
_TELLS_ITSELF: Final = regex.compile(r"\p{L}+[сц]к(?:ий|ая|ое|ие) |\p{L}+ (?=.*\p{Lu})")
"""Two Russian words that need no capital: an adjective of place ("римский статут"), a second word with one."""
_UN: Final = regex.compile(r"\bUN\b")
_HYPHEN: Final = regex.compile(r"(?<=\w)-(?=\w)")
_NAME_HYPHEN: Final = regex.compile(r"(?<=\w)-(?=\p{Lu}|д')")
"""A hyphen between two names, about which a bad scan or a typist leaves spaces: "Сан - Марино"."""
_SHORT_NAME: Final = 30
_TITLE_OF: Final = regex.compile(r"(.+ of(?: the)?) (\p{Lu}.*)")
_LETTER: Final = regex.compile(r"\p{L}")


def compile_ontology(data: Path) -> dict[str, Any]:
    """The compiled ontology as a JSON value."""
    entities = read_entities(data)
    decoys = read_decoys(data)
    aliases, patterns, exact = _compile_names(entities, decoys, _listed(data))
    return {
        "format": FORMAT,
        "version": VERSION,
        "hash": hash_sources(data),
        "entities": [_entity_record(entity) for entity in entities],
        "aliases": aliases,
        "folded": pattern_table(patterns),
        "exact": pattern_table(exact),
        "memberships": pack(read_memberships(data)),
        "registry": _registry(data),
        "tables": {name: read_yaml(data / f"{name}.yaml") for name in TABLES} | {"anaphora": _anaphora(data)},
    }


def _with_abbreviations(aliases: Sequence[AliasSource]) -> Iterator[AliasSource]:
    """English names with their abbreviation before the noun: "Anti-Ballistic Missile (ABM) Treaty"."""
    shorts = dict.fromkeys(a.text.removesuffix(" Treaty") for a in aliases if a.role == "short" and a.lang == "en")
    for alias in aliases:
        words, _, noun = alias.text.rpartition(" ")
        if alias.lang == "en" and not alias.weak and " " in words and noun in _NOUNS_LAST:
            yield from (
                AliasSource(f"{words} ({short}) {noun}", "en", "alias")
                for short in shorts
                if _ABBREVIATION.match(short)
            )


def _list_orders(entity: EntitySource) -> Iterator[AliasSource]:
    """The list order of a State's official name: "Moldova (the Republic of)", "Иран (Исламская Республика)".

    That with a comma cannot be told from a list of States: "Azerbaijan, the Republic of Moldova".
    """
    known = dict.fromkeys(alias.text for alias in entity.aliases if alias.role not in ADJECTIVES)
    for alias in entity.aliases:
        if entity.kind != "state" or alias.role not in ("name", "formal") or alias.weak:
            continue
        if alias.lang == "en" and (parts := _TITLE_OF.fullmatch(alias.text)):
            rest, name = parts.groups()
            orders = [f"{name} ({rest})", f"{name} (the {rest})"]
        elif alias.lang == "ru" and (name := next((n for n in known if alias.text.endswith(" " + n)), "")):
            orders = [f"{name} ({alias.text.removesuffix(' ' + name)})"]
        else:
            continue
        yield from (AliasSource(order, alias.lang, "alias") for order in orders if order not in known)


def _listed(data: Path) -> list[AliasSource]:
    """The organizations that are known by name alone."""
    return [
        AliasSource(name, lang, "listed", case="exact" if name.isupper() else None)
        for lang, names in read_yaml(data / "listed.yaml").items()
        for name in names
    ]


def _anaphora(data: Path) -> dict[str, Any]:
    """The class nouns, with their Russian forms written out."""
    table: dict[str, Any] = read_yaml(data / "anaphora.yaml")
    for row in table["classes"]:
        row["ru_forms"] = inflect.inflect_phrase(row["ru"])
    return table


def hash_sources(data: Path) -> str:
    """A hash of all sources' names and contents, twelve hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(data.rglob("*")):
        if path.suffix in (".yaml", ".csv"):
            digest.update(path.relative_to(data).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _entity_record(entity: EntitySource) -> dict[str, Any]:
    facts = {key: str(v) if hasattr(v, "isoformat") else v for key, v in entity.facts.items() if v not in (None, [])}
    return {"id": entity.id, "name": dict(entity.names), "facts": facts}


Patterns = dict[str, dict[int, int]]
"""A pattern, the aliases it may stand for, and for each its code."""


def _compile_names(
    entities: Sequence[EntitySource], decoys: Sequence[Decoy], listed: Sequence[AliasSource]
) -> tuple[dict[str, Any], Patterns, Patterns]:
    owned = [
        (alias, owner)
        for owner, entity in enumerate(entities)
        for alias in distinct_aliases([*entity.aliases, *_with_abbreviations(entity.aliases), *_list_orders(entity)])
    ]
    folded: Patterns = defaultdict(dict)
    exact: Patterns = defaultdict(dict)
    for index, (alias, _) in enumerate(owned):
        add_alias(alias, index, folded, exact)
    for index, decoy in enumerate(decoys, len(owned)):
        case = "first" if decoy.text[0].isupper() else "any"
        alias = AliasSource(decoy.text, decoy.lang, "decoy", case=case, forms=decoy.forms)
        owned.append((alias, _NOBODY))
        add_alias(alias, index, folded, exact)
    for index, alias in enumerate(listed, len(owned)):
        owned.append((alias, _NOBODY))
        add_alias(alias, index, folded, exact)
    return alias_table(owned), folded, exact


def alias_table(owned: Sequence[tuple[AliasSource, int]]) -> dict[str, Any]:
    """Aliases with their owners as columns, in the order of their numbers."""
    aliases = [alias for alias, _ in owned]
    return {
        "text": "\n".join(alias.text for alias in aliases),
        "entity": [owner for _, owner in owned],
        "lang": "".join(alias.lang[0] for alias in aliases),
        "role": "".join(str(ROLES.index(alias.role)) for alias in aliases),
        "weak": "".join(str(int(alias.weak)) for alias in aliases),
        "dates": {str(i): [a.start, a.end] for i, a in enumerate(aliases) if a.start or a.end},
        "needs": {str(i): list(a.needs) for i, a in enumerate(aliases) if a.needs},
    }


def add_alias(alias: AliasSource, index: int, folded: Patterns, exact: Patterns) -> None:
    """Add the patterns of an alias, known by its number, to those that are looked for."""
    code = alias_code(alias)
    is_exact = bool(code & AliasCode.EXACT)
    for form, extra in surface_forms(alias):
        for pattern in variants(form, exact=is_exact):
            (exact if is_exact else folded)[pattern].setdefault(index, code | extra)


def distinct_aliases(aliases: Sequence[AliasSource]) -> list[AliasSource]:
    """One alias for each text and use. What one entry says of it in particular holds: that it is weak, its forms."""
    distinct: dict[tuple[str, str, bool], AliasSource] = {}
    for alias in aliases:
        key = (alias.text, alias.lang, alias.role in ADJECTIVES)
        first = distinct.get(key, alias)
        distinct[key] = replace(
            first,
            weak=first.weak or alias.weak,
            case=first.case or alias.case,
            forms=first.forms if first.forms is not None else alias.forms,
            needs=first.needs or alias.needs,
            start=first.start or alias.start,
            end=first.end or alias.end,
        )
    return list(distinct.values())


def alias_code(alias: AliasSource) -> int:
    """What the finder must know of an alias, as bits of AliasCode."""
    code = 0
    if alias.weak:
        code |= AliasCode.WEAK
    if alias.role in ADJECTIVES:
        code |= AliasCode.ADJECTIVE
    if alias.role == "compound":
        code |= AliasCode.COMPOUND
    if alias.role == "short":
        code |= AliasCode.SHORT
    if alias.role == "decoy":
        code |= AliasCode.DECOY
    if alias.role == "listed":
        code |= AliasCode.LISTED
    return (
        code
        | {
            "any": 0,
            "first": AliasCode.TITLE,
            "title": AliasCode.TITLES,
            "upper": AliasCode.UPPER,
            "exact": AliasCode.EXACT,
        }[alias.case or default_case(alias)]
    )


def default_case(alias: AliasSource) -> str:
    """How capitals count where the source does not say.

    Abbreviations up to three letters must stand as they are, longer ones in capitals for the most part ("JCPoA") or
    as they are capitalised themselves ("UN-Women"); names of one or two words need a capital at the beginning if
    they have one ("China", not "china"); longer ones are safe in any case; Russian writes adjectives and peoples in
    lower case, English does not.
    """
    capital = "first" if alias.text.lstrip('«"')[:1].isupper() else "any"
    if alias.role == "short":
        letters = _LETTER.findall(alias.text)
        if len(letters) <= 3:
            return "exact"
        if 2 * sum(letter.isupper() for letter in letters) < len(letters):
            return "title"
        return capital if " " in alias.text else "upper"
    if alias.role in ADJECTIVES:
        return "any" if alias.lang == "ru" else "first"
    words = alias.text.split()
    if len(words) > 2 or (alias.lang == "ru" and len(words) == 2 and _TELLS_ITSELF.match(alias.text)):
        return "any"
    return capital


def surface_forms(alias: AliasSource) -> Iterator[tuple[str, int]]:
    """How an alias stands in a text, with what a form adds to its code."""
    if alias.forms is not None:
        yield from ((form, 0) for form in (alias.text, *alias.forms))
    elif alias.role in ("short", "compound") or alias.lang != "ru" or not _CYRILLIC.search(alias.text):
        yield alias.text, 0
        if alias.role == "short" and _ABBREVIATION.fullmatch(alias.text):
            yield "".join(f"{letter}." for letter in alias.text), 0
        if alias.role == "people" and alias.lang == "en" and not alias.text.endswith(("s", "ese", "men", "sh", "ch")):
            yield alias.text + "s", 0
    elif alias.role == "adjective":
        yield from ((form, 0) for form in inflect.inflect_adjective(alias.text))
        if stem := inflect.compound_stem(alias.text):
            yield stem, AliasCode.COMPOUND
    elif alias.role == "people":
        yield from ((form, 0) for form in inflect.inflect_people(alias.text))
    else:
        yield from ((form, 0) for form in inflect.inflect_phrase(alias.text))


def variants(form: str, *, exact: bool) -> Iterable[str]:
    """The spellings in which a form may reach the matcher, itself first."""
    plain = normalise_name(form)
    if exact:
        return (plain,)
    spellings = [fold(plain)]
    if '"' in plain:
        spellings.append(spellings[0].replace('"', ""))
    if _UN.search(plain):
        spellings.append(fold(_UN.sub("U.N.", plain)))
    if len(plain) <= _SHORT_NAME and _NAME_HYPHEN.search(plain):
        spellings.append(fold(_NAME_HYPHEN.sub(" - ", plain)))
    for spelling in list(spellings):
        if " - " in spelling:
            spellings += (spelling.replace(" - ", "-"), spelling.replace(" - ", "- "), spelling.replace(" - ", " -"))
    for spelling in list(spellings):
        hyphens = [m.start() for m in _HYPHEN.finditer(spelling)]
        if hyphens:
            spellings.append(_HYPHEN.sub(" ", spelling))
            # At a line's end a hyphen that belongs to the word may have been taken for a division.
            spellings += (spelling[:at] + spelling[at + 1 :] for at in hyphens)
    return dict.fromkeys(spellings)


def pattern_table(patterns: Patterns) -> dict[str, Any]:
    """Patterns as columns: the texts in order, and for each the aliases and codes it may stand for."""
    texts = sorted(patterns)
    aliases: list[int] = []
    codes: list[int] = []
    more: dict[str, list[list[int]]] = {}
    for place, text in enumerate(texts):
        (alias, code), *rest = patterns[text].items()
        aliases.append(alias)
        codes.append(code)
        if rest:
            more[str(place)] = [list(pair) for pair in rest]
    return {"text": "\n".join(texts), "alias": aliases, "code": codes, "more": more}


def _registry(data: Path) -> dict[str, Any]:
    years = read_table(data / "registry" / "sc_years.csv")
    sessions = read_table(data / "registry" / "sessions.csv")
    adoptions = read_table(data / "registry" / "sc_resolutions.csv")
    return {
        "security_council": [[int(r["year"]), int(r["first"]), int(r["last"])] for r in years],
        "adoptions": "\n".join("\t".join((r["number"], r["adopted"], r["subject"])) for r in adoptions),
        "sessions": [[r["body"], r["series"], int(r["number"]), int(r["year_opened"])] for r in sessions],
    }


def to_text(compiled: dict[str, Any]) -> str:
    """The compiled file's content."""
    return json.dumps(compiled, ensure_ascii=False, separators=(",", ":")) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the compiled file, or with --check say whether it is current."""
    parser = argparse.ArgumentParser(prog="python -m npextract.ontology.compile", description=main.__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("data"), help="the folder of the sources")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 unless the file is current")
    arguments = parser.parse_args(argv)
    text = to_text(compile_ontology(arguments.data))
    if arguments.check:
        current = COMPILED.is_file() and COMPILED.read_text(encoding="utf-8") == text
        print(f"{COMPILED.name} is {'current' if current else 'out of date: run python -m npextract.ontology.compile'}")
        return 0 if current else 1
    COMPILED.write_text(text, encoding="utf-8")
    print(f"{COMPILED.name}: {len(text.encode()):,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
