"""A document's title, where none is declared: the first heading at its head that is no letterhead."""

from __future__ import annotations

from typing import Final

import regex

from npextract.corpus.heading.dates import as_date, is_dateline
from npextract.corpus.heading.lines import Head
from npextract.corpus.heading.symbols import CORRECTED
from npextract.reading.titles import declared_title

_LONGEST: Final = 250
_MOST_PARAGRAPHS: Final = 12
_MARKDOWN: Final = regex.compile(r"(?m)^\#{1,2}[ \t]+(?P<title>\S.{0,249}?)[ \t#]*$")
_RESOLUTION: Final = regex.compile(r"(?:Resolution|RESOLUTION|Резолюция|РЕЗОЛЮЦИЯ)\ \d{1,4}\ ?\((?:19|20)\d\d\)")
_LETTERHEAD: Final = regex.compile(
    r"""(?:United\ Nations|Nations\ Unies|Организация\ Объединенных\ Наций|ООН|Security\ Council|Совет\ Безопасности
      |General\ Assembly|Генеральная\ Ассамблея|Economic\ and\ Social\ Council|Distr|Original|English|Russian|Русский
      |GENERAL\ Distr|Restricted\ Distribution|Board\ of\ Governors$|Совет\ управляющих$|Язык\ оригинала
      |(?:New\ York|Нью-Йорк|Geneva|Женева|Vienna|Вена|Москва|Moscow)\b.{0,40}$|.{0,25}(?:Committee|Комитет)$
      |.{0,30}\b(?:session|year|сессия|год|meeting|заседание|plenary)$|\d{1,5}-е\ заседание
      |Agenda\ item|Пункт\ .{0,40}повестки
      |Check\ against\ delivery|Проверять\ на\ слух|As\ delivered|For\ immediate\ release|Provisional|Предварительный
      |Verbatim\ record|Official\ Records|Page\ \d|Стр\.?\ \d|From:|To:|От:|Кому:|Копия:|Дата\b|Date\b
      |Published|Опубликовано|Press\ Release$
      |Resolution\ adopted\ by|Резолюция,\ принятая|\[(?:on\ the\ report|по\ докладу)\b|[A-ZА-Я]\d?$
      |(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Понедельник|Вторник|Сред[ау]|Четверг|Пятниц|Суббот|Воскрес).{0,40}\d{4}
      |Adopted\ (?:by|at)|Принят[аоы]?\ (?:Сове|Гене|на)|Concept\ note$|\(?(?:проверять|check)\ )""",
    regex.VERBOSE | regex.IGNORECASE,
)
_CONFERENCE: Final = regex.compile(
    r"(?:Preparatory\ Committee\ for\ the\ )?\d{4}\ Review\ Conference\ of\ the\ Parties\ [^:.]{0,150}"
    r"|(?:Подготовительный\ комитет\ )?Конференци[яи]\ \d{4}\ года\ участников\ [^:.]{0,150}",
    regex.IGNORECASE,
)
"""The conference to which a working paper belongs, which stands above its title."""
_SALUTATION: Final = regex.compile(
    r"(?:Mr\.?|Ms\.?|Mrs\.?|Madam|Dear|Excellenc|Ladies|Уважаем|Господин|Госпожа|Г-н|Дорог|Коллеги|Председател"
    r"|President:|Members:|Члены:|The\ (?:Security|General|President|Chair|Acting)|Совет\ Безопасности,"
    r"|Генеральная\ Ассамблея,)"
)
_SYMBOL: Final = regex.compile(
    rf"[^\s/]{{1,20}}/\S{{1,60}}(?:\ \((?:19|20)\d\d\)|\ \d.{{0,20}}|\ {CORRECTED})?\W{{0,3}}", regex.VERBOSE
)
_LABEL: Final = regex.compile(r"(?:Subject|Re|Title|Тема|Заголовок|Название):\ ?", regex.IGNORECASE)
_ABBREVIATION: Final = regex.compile(r"\b(?:\p{L}|гг|corp|inc|ltd|add|rev|vol)\.$", regex.IGNORECASE)
_WORD: Final = regex.compile(r"\p{L}{2,}")
_SPACES: Final = regex.compile(r"\s+")


def find_title(head: Head) -> str | None:
    """The title at the head; None where running text comes first."""
    marked = _MARKDOWN.search(head.text)
    for paragraph in head.paragraphs[:_MOST_PARAGRAPHS]:
        lines = [line.strip(" \u00a0\t*_#|>") for line in paragraph.split("\n")]
        resolution = next((line for line in lines if len(line) <= _LONGEST and _RESOLUTION.match(line)), None)
        if resolution is not None:
            return _shown(resolution).rstrip(",")
        while lines and _is_letterhead(lines[0]):
            del lines[0]
        if not lines:
            continue
        if label := _LABEL.match(lines[0]):
            return declared_title(lines[0][label.end() :][:_LONGEST])
        title = _shown(" ".join(lines))
        if _CONFERENCE.fullmatch(title):
            continue
        if marked and _shown(marked["title"]) in title:
            return _shown(marked["title"])
        if _is_title(title):
            return title
        first = _shown(lines[0])
        return first if len(lines) > 1 and first.isupper() and _is_title(first) else None
    return None


def _shown(text: str) -> str:
    return _SPACES.sub(" ", text.replace("**", "").replace("__", "")).strip(" *_#")


def _is_letterhead(line: str) -> bool:
    return (
        _WORD.search(line) is None
        or _SYMBOL.fullmatch(line) is not None
        or _LETTERHEAD.match(line) is not None
        or as_date(line) is not None
        or is_dateline(line)
    )


def _is_title(text: str) -> bool:
    """Whether a paragraph can be a heading: short, begun with a capital, and no sentence."""
    return (
        len(text) <= _LONGEST
        and not text.endswith((",", ":", ";"))
        and (not text.endswith(".") or _ABBREVIATION.search(text) is not None)
        and not text[0].islower()
        and _SALUTATION.match(text) is None
        and declared_title(text) is not None
    )
