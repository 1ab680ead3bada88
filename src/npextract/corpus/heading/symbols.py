"""A document's own symbol: it stands alone at the head, where a cited one stands in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from npextract.corpus.heading.dates import as_date
from npextract.corpus.heading.lines import PROSE, Head
from npextract.finders.references.identity import security_council, slashed
from npextract.finders.references.symbols import find_symbols
from npextract.ontology.load import load
from npextract.ontology.registry import Registry

_FIRST_LINES: Final = 25
_LONGEST_LINE: Final = 160
_LETTERHEAD: Final = regex.compile(
    r"(?:United Nations|UNITED NATIONS|Организация Объединенных Наций|Distr|DISTR|Original|ORIGINAL|Security Council"
    r"|Совет Безопасности|General Assembly|Генеральная Ассамблея|Page \d|Стр\. \d|English|Russian)\b"
)
_NAMES: Final = regex.compile(
    r"(?:(?:[\p{Lu}\d(*][\w.()*'\"-]{0,30}|of|and|the|on|for|to|in|по|и|на|в|о)[\s,:|.;-]{1,3}){1,20}"
)
"""Words with capitals, as the names of bodies and conferences have; a sentence has others."""
_ONLY_SIGNS: Final = regex.compile(r"[\s*()\[\]:;.,|¹²³†‡-]{0,12}")
CORRECTED: Final = r"\((?:Corrected|Modified|Исправлено|Изменено)\)"
_CORRECTED: Final = regex.compile(rf"^\ {CORRECTED}", regex.IGNORECASE)
"""What stands behind the symbol of a new edition."""
_RESOLUTION: Final = regex.compile(
    r"(?:Resolution|RESOLUTION|Резолюция|РЕЗОЛЮЦИЯ)\ (?P<number>\d{1,4})\ ?\((?P<year>(?:19|20)\d\d)\)"
    r"(?:[\s,.:*]{0,5}$|,?\ (?:adopted\ by\ the\ Security\ Council|принятая\ Советом\ Безопасности))"
)
_ASSEMBLY: Final = regex.compile(
    r"(?:Resolution|RESOLUTION)s?\ adopted\ by\ the\ General\ Assembly"
    r"|Резолюци[яи],\ принят\w{2}\ Генеральной\ Ассамблеей"
)
_NUMBERED: Final = regex.compile(r"(?P<session>(?:ES-|S-)?\d{1,2})/(?P<number>\d{1,3})\.(?:\ |$)")


def find_symbol(head: Head) -> str | None:
    """The symbol that stands alone at the head, or in a running head; that of a resolution which the title numbers."""
    if "/" not in head.text and "(" not in head.text and not head.has_running_heads:
        return None
    registry = load().registry
    for rule in (_alone, _resolution, _assembly, _running):
        if (symbol := next(rule(head, registry), None)) is not None:
            return symbol
    return None


def _alone(head: Head, registry: Registry) -> Iterator[str]:
    """A line that holds the symbol and at most a letterhead's words."""
    for line in head.lines[:_FIRST_LINES]:
        if len(line) > PROSE and "Distr" not in line[:PROSE]:
            return
        yield from _symbol_of(line[:PROSE], registry)


def _symbol_of(line: str, registry: Registry) -> Iterator[str]:
    if "/" not in line:
        return
    first = min(find_symbols(line, registry), key=lambda candidate: candidate.start, default=None)
    if first is None or first.id is None:
        return
    before, behind = line[: first.start], _CORRECTED.sub("", line[first.end :])
    if (_ONLY_SIGNS.fullmatch(before) or (_LETTERHEAD.search(before) and _NAMES.fullmatch(before))) and (
        _ONLY_SIGNS.fullmatch(behind)
        or behind[:1] in "-/"
        or (behind[:1].isspace() and _LETTERHEAD.search(behind) and _NAMES.match(behind.lstrip(" *")))
        or _follows(behind, registry)
    ):
        yield first.id.partition(":")[2]


def _follows(words: str, registry: Registry) -> bool:
    """Whether a date or a second symbol follows: "A/75/1-S/2020/5"."""
    symbols = find_symbols(words, registry)
    return as_date(words) is not None or any(_ONLY_SIGNS.fullmatch(words[: symbol.start]) for symbol in symbols)


def _resolution(head: Head, registry: Registry) -> Iterator[str]:
    """The title "Resolution 1540 (2004)" of a resolution of the Security Council."""
    for line in head.lines[:_FIRST_LINES]:
        if len(line) > PROSE:
            return
        if match := _RESOLUTION.match(line):
            identity = security_council(registry, int(match["number"]), int(match["year"]))
            if identity is not None and identity.symbol is not None and not identity.flags:
                yield identity.symbol


def _assembly(head: Head, registry: Registry) -> Iterator[str]:
    """The numbered title "71/258. Taking forward …" of a resolution of the General Assembly."""
    if _ASSEMBLY.search(head.text[:1500]):
        for line in head.lines[:_FIRST_LINES]:
            if match := _NUMBERED.match(line):
                identity = slashed(registry, match["session"], int(match["number"]), "", "UNGA")
                if identity is not None and identity.symbol is not None:
                    yield identity.symbol


def _running(head: Head, registry: Registry) -> Iterator[str]:
    """A running head that is a symbol."""
    if head.has_running_heads:
        for line in head.last:
            if len(line) <= _LONGEST_LINE:
                yield from _symbol_of(line, registry)


def adoption_of(symbol: str | None) -> str | None:
    """The day, or else the year, of a resolution of the Security Council."""
    match = _COUNCIL.fullmatch(symbol or "")
    if match is None:
        return None
    known = load().registry.adoption(int(match[1]))
    return known.day if known is not None and known.day is not None else match[2]


_COUNCIL: Final = regex.compile(r"S/RES/(\d{1,4})\(((?:19|20)\d\d)\)")
