"""Which body a citation names: what stands before, between or behind the noun and the number."""

from __future__ import annotations

from typing import Final, Literal

import regex

Body = Literal["UNSC", "UNGA", "ECOSOC", "UNHRC", "UNCHR", "WHA", "agency", "other"]
"""agency: one whose resolutions have symbols of their own; other: one outside the United Nations."""

_OF_UN: Final = r"(?:\ (?:ООН|Организации\ Объединенных\ Наций))?"
_UN: Final = r"(?:(?:United\ Nations|UN|U\.N\.)\ )?"

# One alternative a body, in both languages; abbreviations keep their capitals.
BODY_PATTERN: Final = rf"""(?:
    (?P<UNSC>
        {_UN}Security\ Council(?:\ of\ the\ (?:United\ Nations|UN))? | UN\ SC | UNSC | (?-i:SC|S\.C\.)
      | (?:Совет[а-я]{{0,2}}\ Безопасности | Совбез[а-я]{{0,2}} | (?-i:СБ)){_OF_UN} )
  | (?P<WHA> World\ Health\ Assembly | Всемирн[а-я]{{2,3}}\ ассамбле[а-я]\ здравоохранения )
  | (?P<UNGA>
        {_UN}General\ Assembly(?:\ of\ the\ (?:United\ Nations|UN))? | UNGA | (?-i:GA|G\.A\.) | (?-i:Assembly)
      | (?:Генеральн[а-я]{{2,3}}\ Ассамбле[а-я] | Генассамбле[а-я] | (?-i:Ассамбле[а-я]) | (?-i:ГА)){_OF_UN} )
  | (?P<ECOSOC>
        {_UN}Economic\ and\ Social\ Council | ECOSOC | ЭКОСОС
      | Экономическ[а-я]{{2,3}}\ и\ Социальн[а-я]{{2,3}}\ Совет[а-я]{{0,2}}{_OF_UN} )
  | (?P<UNHRC>
        {_UN}Human\ Rights\ Council | UNHRC | (?-i:HRC)
      | Совет[а-я]{{0,2}}(?:\ ООН)?\ по\ правам\ человека | (?-i:СПЧ){_OF_UN} )
  | (?P<UNCHR> Commission\ on\ Human\ Rights | Комисси[а-я]{{1,2}}(?:\ ООН)?\ по\ правам\ человека )
  | (?P<agency>
        (?:(?:IAEA|International\ Atomic\ Energy\ Agency)\ )?General\ Conference(?:\ of\ the\ (?:IAEA|Agency))?
      | IMO | International\ Maritime\ Organization | (?-i:ИМО)
      | Генеральн[а-я]{{2,3}}\ конференци[а-я]{{1,2}}\ (?:МАГАТЭ|Агентства) )
  | (?P<other>
        European\ Parliament | Parliamentary\ Assembly | PACE
      | Senate | Congress | House | Parliament | Duma | Bundestag | Knesset
      | Европейского\ парламента | Европарламента | ПАСЕ
      | Сената | Конгресса | Парламента | Госдумы | Государственной\ Думы | Бундестага | Верховной\ Рады )
)"""

_BODIES: Final[tuple[Body, ...]] = ("UNSC", "UNGA", "ECOSOC", "UNHRC", "UNCHR", "WHA", "agency", "other")
_ADOPTED_BY: Final = {"res:S/": "org:UNSC", "res:A/HRC": "org:UNHRC", "res:A/": "org:UNGA", "res:E/": "org:ECOSOC"}
_NEARBY: Final = regex.compile(BODY_PATTERN, regex.VERBOSE | regex.IGNORECASE)
_SENTENCE_END: Final = regex.compile(r"[.;!?]\s|\n")
_REACH: Final = 80
"""How far before a citation, in characters, a body's name still speaks for it."""
_REACH_BEHIND: Final = 45
_SECTION: Final = 600
"""How far before a citation a body's name says whose resolutions the section is about."""
_HEAD: Final = 400
"""How much of a text is its head, in which its own symbol stands."""
_HUMAN_RIGHTS_SYMBOL: Final = regex.compile(r"\bA/HRC/\d")


def body_of(match: regex.Match[str], prefix: str = "") -> Body | None:
    """The body whose alternative of BODY_PATTERN took part in a match; `prefix` is that of the group names."""
    return next((body for body in _BODIES if match[prefix + body]), None)


def body_of_resolution(identifier: str | None) -> str | None:
    """The body that adopted a resolution of the United Nations, by its identifier; None for one of another body."""
    return next((body for prefix, body in _ADOPTED_BY.items() if (identifier or "").startswith(prefix)), None)


def body_nearby(text: str, start: int, end: int) -> Body | None:
    """The body named last before a citation in its sentence, or else right behind it."""
    before = text[max(0, start - _REACH) : start]
    if stops := list(_SENTENCE_END.finditer(before)):
        before = before[stops[-1].end() :]
    if found := list(_NEARBY.finditer(before)):
        return body_of(found[-1])
    behind = text[end : end + _REACH_BEHIND]
    if stop := _SENTENCE_END.search(behind):
        behind = behind[: stop.start()]
    match = _NEARBY.search(behind)
    return body_of(match) if match else None


def body_of_section(text: str, start: int) -> Body | None:
    """The body named last in the section before a citation, or else the one whose document the text is."""
    found = list(_NEARBY.finditer(text, max(0, start - _SECTION), start))
    if found:
        return body_of(found[-1])
    return "UNHRC" if _HUMAN_RIGHTS_SYMBOL.search(text, 0, _HEAD) else None
