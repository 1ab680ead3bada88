"""What a resolution or a document is called, in both languages, from its symbol alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import regex

_SECURITY_COUNCIL: Final = regex.compile(r"res:S/RES/(\d+)\((\d{4})\)")
_ASSEMBLY: Final = regex.compile(r"res:A/RES/(?:(\d+[A-Z]?)\(([ESIVX-]+)\)|([ES\d-]+/\d+)([A-Z]?))")
_HUMAN_RIGHTS: Final = regex.compile(r"res:A/HRC/RES/(\d+/\d+)")
_ECOSOC: Final = regex.compile(r"res:E/RES/(?:(\d{4}/\d+)|(\d+)\(([IVXL]+)\))")


def reference_names(identifier: str) -> Mapping[str, str]:
    """The name of a resolution ("Security Council resolution 1540 (2004)") or a document (its symbol)."""
    if match := _SECURITY_COUNCIL.fullmatch(identifier):
        return _both(f"{match[1]} ({match[2]})", "Security Council", "Совета Безопасности")
    if match := _ASSEMBLY.fullmatch(identifier):
        number = f"{match[1]} ({match[2]})" if match[1] else f"{match[3]} {match[4]}".strip()
        return _both(number, "General Assembly", "Генеральной Ассамблеи")
    if match := _HUMAN_RIGHTS.fullmatch(identifier):
        return _both(match[1], "Human Rights Council", "Совета по правам человека")
    if match := _ECOSOC.fullmatch(identifier):
        number = match[1] or f"{match[2]} ({match[3]})"
        return _both(number, "Economic and Social Council", "Экономического и Социального Совета")
    symbol = identifier.partition(":")[2]
    return {"en": symbol, "ru": symbol}


def _both(number: str, body_en: str, body_ru: str) -> Mapping[str, str]:
    return {"en": f"{body_en} resolution {number}", "ru": f"резолюция {number} {body_ru}"}
