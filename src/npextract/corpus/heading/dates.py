"""A document's own date, by where it stands at the head. A date in running text tells of something else."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import regex

from npextract.corpus.heading.lines import PROSE, Head, Rows

_MONTHS: Final = (
    ("jan(?:uary)?", "январ[яь]|янв"), ("feb(?:ruary)?", "феврал[яь]|фев|февр"), ("mar(?:ch)?", "марта?|мар"),
    ("apr(?:il)?", "апрел[яь]|апр"), ("may", "ма[яй]"), ("june?", "июн[яь]"), ("july?", "июл[яь]"),
    ("aug(?:ust)?", "августа?|авг"), ("sept?(?:ember)?", "сентябр[яь]|сент?"), ("oct(?:ober)?", "октябр[яь]|окт"),
    ("nov(?:ember)?", "ноябр[яь]|ноя|нояб"), ("dec(?:ember)?", "декабр[яь]|дек"),
)  # fmt: skip
_MONTH: Final = "|".join(f"(?P<m{n}>(?:{'|'.join(names)})\\b)" for n, names in enumerate(_MONTHS, 1))
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_OF_YEAR: Final = r"(?:\s{0,2}(?:года?\b|гг?\.?(?!\w)))?"
DATE: Final = rf"""(?:
    (?<![\d.])"?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"?[ ](?:of[ ])?(?:{_MONTH})\.?,?[ ]{_YEAR}{_OF_YEAR}
  | (?:{_MONTH})\.?[ ](?P<day>\d{{1,2}})(?:st|nd|rd|th)?,[ ]{_YEAR}
  | (?<![\d.])(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_YEAR}(?![\d.]\d){_OF_YEAR}
  | (?<![\d-]){_YEAR}-(?P<number>\d{{2}})-(?P<day>\d{{2}})(?![\d-])
)"""
"""A day, in a verbose pattern that ignores case."""
_FLAGS: Final = regex.VERBOSE | regex.IGNORECASE

_WEEKDAY: Final = (
    "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]"
    "|воскресенье|(?:mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс)\\b)"
)
_TIME: Final = (
    r"(?:[,;]?\ (?:at\ |в\ )?(?:\d{1,2}(?:[.:]\d\d)?(?::\d\d)?\ ?(?:[ap]\.?m\.?|ч\.?(?:\ \d\d\ мин\.?)?|hours|час\w*)?"
    r"|noon|полдень)(?:\ (?:[A-Z]{2,4}|\([\w\ ]{1,20}\)|[+-]\d{4}))?)"
)
# "Vienna", "г. Нью-Йорк", "United Nations Headquarters, New York"
_PLACE: Final = r"(?:(?:г\.\ ?)?(?-i:[A-ZА-Я])[\w.'-]{1,25}(?:[\ ,]{1,2}(?-i:[A-ZА-Я])[\w.'-]{1,25}){0,4})"
_LABEL: Final = (
    r"(?:date(?:\ of\ (?:issue|publication))?|dated|published|issued|posted|updated|released|дата(?:\ публикации)?"
    r"|опубликовано|размещено|от)"
)

# Adopted by the Security Council at its 4956th meeting, on 28 April 2004
_ADOPTED: Final = regex.compile(
    rf"""(?:^|[\n.|\ ])(?:(?-i:Adopted|ADOPTED)\ (?:at|by)
         |(?-i:Resolution|Decision|RESOLUTION)s?,?\ (?:[\w()/]{{1,12}}\ ){{0,3}}adopted\ by
         |(?-i:Принят|ПРИНЯТ)[аоы]?\ (?:Сове|Генер|на)
         |(?-i:Резолюция|Решение|РЕЗОЛЮЦИЯ),?\ (?:[\d()/]{{1,12}},?\ ){{0,3}}принят\w{{2}})
        (?:(?!\n\n)[^.|]|\d\.){{0,160}}?[\s,]{DATE}""",
    _FLAGS,
)
# "Monday, 16 November 2020, 10 a.m."; "held at Headquarters, New York, on Thursday, 8 October 2015, at 10 a.m."
_MEETING: Final = regex.compile(
    rf"""(?:(?:held|состоявшееся|проведенное)\b[^\n]{{0,80}}?\b(?:on|в)\ )?{_WEEKDAY},?\ {DATE}
         (?:{_TIME}(?:\ -\ \d.{{0,20}})?)?[.,]?""",
    _FLAGS,
)
# "Distr.: General⏎28 April 2004"; "Distr. GENERAL⏎A/51/120⏎22 April 1996"
_DISTRIBUTION: Final = regex.compile(
    rf"""\bDistr(?:\.|ibution)?\s?:?\s{{0,3}}(?:(?:General|Limited|Restricted|Reserved)\b)?[^.,;]{{0,20}}?
         (?:\S{{1,30}})?[\n|\ ]\s{{0,3}}{DATE}""",
    _FLAGS,
)
_DATELINE: Final = regex.compile(
    rf"""(?:{_LABEL}:?\ {{1,3}}|[^\s/]{{1,20}}/\S{{1,40}}\ )?\(?(?:{_PLACE},?\ )?\(?(?:{_WEEKDAY},?\ )?{DATE}{_TIME}?
         (?:\ ?[,|/-]?\ ?(?:N|№)\s?[\w/-]{{1,20}})?(?:,\ {_PLACE})?\)?[.,;:]?
       | (?:(?:N|№)\s?[\w/-]{{1,20}}\ (?:от|of|dated)|of)\ {DATE}""",
    _FLAGS,
)
_KINDS: Final = (
    "statement|remarks|letter|identical letters|press release|note verbale|communiqu.|joint|declaration|address|speech"
    "|briefing|opening|intervention|council decision|decision|commission|regulation"
    "|заявление|письмо|сообщение|нота|коммюнике|совместн|пресс-релиз|указ|постановление|распоряжение|приказ"
    "|федеральный закон|решение|выступление|брифинг|комментарий|интервью|обращение|послание|стенограмма|ответ"
).replace(" ", r"\ ")
_BEGINS_TITLE: Final = regex.compile(
    rf"(?:\w{{1,20}}\ )?(?:{_KINDS}|agreement|treaty|convention|protocol|report|resolution|conference|meeting"
    r"|соглашени|договор|конвенци|протокол|доклад|резолюци|конференци|заседани)",
    _FLAGS,
)
"""What no place is called: "Munich Agreement, 30 September 1938"."""
# "Letter dated 5 March 2021 from …"; "Заявление МИД России от 5 марта 2021 г."; "Statement …, Geneva, 5 March 2021"
_TITLED: Final = regex.compile(
    rf"(?:{_KINDS})\w{{0,4}}\ (?:[^\n]{{0,240}}?(?:\bdated|,\ {_PLACE},|\(|,|\bот|,\ on)\ ?)?{DATE}"
    r"(?P<rest>[).,;]{0,3}$|\ (?:from|addressed)\b)?",
    _FLAGS,
)
_TOLD: Final = regex.compile(r"\b(?:adopted|signed|resolution|treaty|принят|подписан|резолюц|договор)", _FLAGS)
# VIENNA, March 5, 2021 (Reuters) - …; "Вена, 5 марта 2021 года. - …"
_NEWS: Final = regex.compile(rf"{_PLACE},?\ {DATE}\.?\ ?(?:[-/(]|-\ )", _FLAGS)
_OF_PRESIDENT: Final = regex.compile(
    rf"""(?:At\ the\ \d{{1,5}}\w{{2}}\ meeting\ of\ the\ Security\ Council,\ (?:held\ )?on
          |On(?=.{{12,30}}in\ connection\ with\ the\ Council's\ consideration)
          |На\ (?:своем\ )?\d{{1,5}}-м\ заседании\ Совета\ Безопасности,\ состоявшемся)\ {DATE}""",
    _FLAGS,
)
_MONTH_ALONE: Final = regex.compile(rf"(?:{_PLACE},\ )?(?:{_MONTH})\ {_YEAR}{_OF_YEAR}\.?", _FLAGS)
_HAS_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_SAYS_ADOPTED: Final = re.compile(r"[Aa]dopted|ADOPTED|[Пп]ринят|ПРИНЯТ")
_DEEPEST: Final = 1_500
"""How far into a text, in characters, its letterhead may reach."""
_FIRST_LINES: Final = 30
_TITLE_LINES: Final = 10
_NEWS_LINES: Final = 8
_LONGEST_DATELINE: Final = 110
_PARTIAL: Final = re.compile(r"((?:1[5-9]|20)\d\d)(?:-(\d\d)(?:-(\d\d)(?:[T ]\d{1,2}:\d\d.*)?)?)?", re.DOTALL)
"""A year, a month or a day, behind which only a time may follow."""


def as_date(text: str | None) -> str | None:
    """A declared date as "1995-06-01", a month or a year; None for what is none."""
    text = (text or "").strip()
    if (partial := _PARTIAL.fullmatch(text)) is not None:
        year, month, day = partial.groups()
        return _checked(int(year), int(month or 0), int(day or 0))
    match = _DAY.fullmatch(text[:_LONGEST_DATELINE])
    return _value(match) if match else None


_DAY: Final = regex.compile(DATE, _FLAGS)


def find_date(head: Head, published: str | None = None) -> str | None:
    """The date of a document, as its head gives it; None where no rule is sure. The day on which a page was `published`
    wins over lines with another: they may be of its masthead, which shows when it was saved.
    """
    head = replace(head, rows=_without_lists(head.rows), last_rows=_without_lists(head.last_rows))
    for rule in _RULES:
        if published is not None and rule in _OF_LINES:
            continue
        for match in rule(head):
            if (date := _value(match)) is not None:
                return date
    return published


def _without_lists(rows: Rows) -> Rows:
    """The rows, without the dates in a table whose rows hold different ones: they are of what the table lists."""
    dates = {dated for row in rows if len(row) > 1 and (dated := tuple(filter(None, map(_date_in, row))))}
    if len(dates) < 2:
        return rows
    return tuple(tuple("" if len(row) > 1 and _date_in(cell) else cell for cell in row) for row in rows)


def _date_in(cell: str) -> str | None:
    match = _DAY.search(cell) if _HAS_YEAR.search(cell) else None
    return _value(match) if match else None


def adopted(head: Head) -> Iterator[regex.Match[str]]:
    """Where a resolution or decision says when it was adopted."""
    return _ADOPTED.finditer(head.text[:_DEEPEST]) if _SAYS_ADOPTED.search(head.text) else iter(())


def meeting(head: Head) -> Iterator[regex.Match[str]]:
    """The day of the meeting, at the head of its record."""
    return _whole_lines(_MEETING, head.lines[:_FIRST_LINES])


def distribution(head: Head) -> Iterator[regex.Match[str]]:
    """The day under "Distr.: General"."""
    start = _first(head.text, "Distr", "DISTR")
    return _DISTRIBUTION.finditer(head.text[start : start + 200]) if start < _DEEPEST else iter(())


def president(head: Head) -> Iterator[regex.Match[str]]:
    """When a statement by the President of the Security Council was made."""
    return (match for line in head.lines[:_TITLE_LINES] if (match := _OF_PRESIDENT.match(line)))


def dateline(head: Head) -> Iterator[regex.Match[str]]:
    """A line that holds the day, and maybe the place and a number, and nothing else."""
    return _whole_lines(_DATELINE, head.lines[:_FIRST_LINES])


def is_dateline(line: str) -> bool:
    """Whether a line holds nothing but a day or a month, and maybe the place, the hour or a number."""
    patterns = (_DATELINE, _MONTH_ALONE)
    return not _BEGINS_TITLE.match(line) and any(True for pattern in patterns for _ in _whole_lines(pattern, (line,)))


def titled(head: Head) -> Iterator[regex.Match[str]]:
    """A title that ends in the day, or says of which day the letter is."""
    for line in head.lines[:_TITLE_LINES]:
        if len(line) > PROSE + 100:
            return
        match = _TITLED.match(line) if _HAS_YEAR.search(line) else None
        if match is not None and match["rest"] is not None and not _TOLD.search(match[0]):
            yield match


def news(head: Head) -> Iterator[regex.Match[str]]:
    """Place and day with which a report begins."""
    return (match for line in head.lines[:_NEWS_LINES] if (match := _NEWS.match(line[:120])))


def month_alone(head: Head) -> Iterator[regex.Match[str]]:
    """A line that holds a month and its year."""
    return _whole_lines(_MONTH_ALONE, head.lines[:_TITLE_LINES])


def signed(head: Head) -> Iterator[regex.Match[str]]:
    """A line with the day at the very end, as under a signature."""
    return _whole_lines(_DATELINE, head.last)


def _first(text: str, *words: str) -> int:
    """Where the first of the words stands; far away where there is none."""
    return min((at for word in words if (at := text.find(word)) >= 0), default=_DEEPEST)


_RULES: Final = (adopted, meeting, distribution, president, dateline, titled, news, month_alone, signed)
"""What wins over what: the earlier rule."""
_OF_LINES: Final = (meeting, dateline, month_alone, signed)
"""The rules that take a line for what it holds, whatever stands around it."""


def _whole_lines(pattern: regex.Pattern[str], lines: tuple[str, ...]) -> Iterator[regex.Match[str]]:
    for line in lines:
        if len(line) <= _LONGEST_DATELINE and _HAS_YEAR.search(line) and (match := pattern.fullmatch(line)):
            yield match


def _value(match: regex.Match[str]) -> str | None:
    found = match.groupdict()
    month = int(found.get("number") or 0) or next((n for n in range(1, 13) if found.get(f"m{n}")), 0)
    return _checked(int(match["year"]), month, int(found.get("day") or 0)) if month else None


def _checked(year: int, month: int, day: int) -> str | None:
    """A date as far as it is known; None for a day that the calendar has not."""
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
