"""Pictures of counts as SVG: plain functions from rows to a string, for the report and for notebooks.

    from IPython.display import SVG
    SVG(bars_svg([("treaty:NPT", 41), ("treaty:CWC", 12)], title="Treaties"))

Colours are those of the kinds (`npextract.show.html.COLOURS`); text takes the colour of what stands around. Nothing in
them runs or is fetched. Where `links` gives a label a place to lead to, it must begin with "#".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import ceil, sqrt
from typing import Final

from npextract.show.html import COLOURS
from npextract.show.visible import visible

Names = Mapping[str, str]
_NONE: Final[Names] = {}
_PLAIN: Final = COLOURS["state"]
_NARROW: Final = 6.7
_WIDE: Final = 8.6
"""How wide a character of a label is: a small letter, and a capital or digit. Fonts differ; this is the safe side."""
_LONGEST: Final = 26
"""How many characters of a label are drawn; the whole is in its title."""
_WIDEST: Final = 44.0
"""How wide a column of a timeline is at most; a corpus of one year is not to be one great block."""
_MOST_COLUMNS: Final = 120
"""How many columns a timeline has at most; years beyond that share a column."""


def bars_svg(
    rows: Iterable[tuple[str, int]],
    *,
    title: str,
    kinds: Names = _NONE,
    titles: Names = _NONE,
    links: Names = _NONE,
    width: int = 460,
    labels: Iterable[str] = (),
) -> str:
    """Horizontal bars, a row a label. `kinds` give the colours, `titles` what a label says in full.

    `labels` are those of other pictures, beside which this one is to begin its bars at the same place.
    """
    found = list(rows)
    left, right, step = _label_width([*labels, *(label for label, _ in found)]), 54, 24
    most = max((count for _, count in found), default=0) or 1
    parts = []
    for at, (label, count) in enumerate(found):
        y = at * step
        length = max(1.5, (width - left - right) * count / most) if count else 0
        bar = _rect(left, y + 5, length, step - 10, kinds.get(label), rx=1.5)
        drawn = _label(label, left - 8, y + 16, "end") + bar + _number(f"{count:,}", left + length + 6, y + 16)
        parts.append(_linked(drawn, f"{titles.get(label, label)}: {count:,}", links.get(label)))
    return _svg("".join(parts), title, width, max(step * len(found), 1), linked=bool(links))


def timeline_svg(
    rows: Iterable[tuple[str, int, int]],
    *,
    title: str,
    kinds: Names = _NONE,
    titles: Names = _NONE,
    links: Names = _NONE,
    width: int = 760,
    height: int = 34,
) -> str:
    """Columns over the years, a line of them for each label; rows are (label, year, count), in the labels' order.

    Each line has its own scale, and says its greatest count. Long spans put several years in one column.
    """
    series: dict[str, dict[int, int]] = {}
    for label, year, count in rows:
        years = series.setdefault(label, {})
        years[year] = years.get(year, 0) + count
    seen = [year for years in series.values() for year in years]
    if not seen:
        return _svg("", title, width, 1)
    first, last = min(seen), max(seen)
    span = ceil((last - first + 1) / _MOST_COLUMNS)
    left, right, step = (_label_width(series) if len(series) > 1 else 8), 64, height + 8
    column = min(_WIDEST, (width - left - right) / ceil((last - first + 1) / span))
    parts = []
    for at, (label, counts) in enumerate(series.items()):
        base = at * step + height
        columns = _columns(counts, first, span, kinds.get(label), left, column, base, height - 4)
        rule = f'<path d="M{left} {base + 0.5}H{width - right}" stroke="currentColor" stroke-opacity=".22"/>'
        name = _label(label, left - 8, base - 3, "end") if len(series) > 1 else ""
        tip = f"{titles.get(label, label)}: {sum(counts.values()):,}"
        parts.append(rule + columns + _linked(name, tip, links.get(label)))
        most = f"{_most(counts, first, span):,}"
        parts.append(_number(most if at else f"max {most}", width - right + 6, base - height + 13))
    bottom = len(series) * step
    ticks = _ticks(first, last, column / span)
    parts += (_number(f"{year}", left + (year - first) / span * column, bottom + 10) for year in ticks)
    return _svg("".join(parts), title, width, bottom + 18, linked=bool(links))


def cooccurrence_svg(
    rows: Iterable[tuple[str, str, int]],
    *,
    title: str,
    order: Sequence[str] | None = None,
    kinds: Names = _NONE,
    titles: Names = _NONE,
    links: Mapping[tuple[str, str], str] | None = None,
) -> str:
    """A triangle of squares: how often two labels go together; rows are (one, other, count).

    `order` is the labels' order, by default that of their first row; `links` lead from a pair, in that order;
    the Tab key passes them by, for there are hundreds.
    """
    counts: dict[frozenset[str], int] = {}
    names: dict[str, None] = dict.fromkeys(order or ())
    for one, other, count in rows:
        names.setdefault(one)
        names.setdefault(other)
        counts[frozenset((one, other))] = counts.get(frozenset((one, other)), 0) + count
    labels, size = list(names), 26
    most = max((n for pair, n in counts.items() if len(pair) == 2), default=0) or 1
    parts = []
    for row, label in enumerate(labels):
        for at, other in enumerate(labels[:row]):
            count = counts.get(frozenset((label, other)), 0)
            cell = _cell(at * size, row * size, size - 2, count, sqrt(count / most))
            tip = f"{titles.get(other, other)} and {titles.get(label, label)}: {count:,}"
            parts.append(_linked(cell, tip, (links or {}).get((other, label)) if count else None, tab=False))
        x, y = row * size, row * size
        marker = _rect(x + 6, y + 6, size - 14, size - 14, kinds.get(label), rx=2)
        parts.append(
            _linked(marker + _label(label, x + size + 2, y + size / 2 + 3, "start"), titles.get(label, label), None)
        )
    return _svg("".join(parts), title, len(labels) * size + 200, max(len(labels) * size, 1), linked=bool(links))


def _svg(content: str, title: str, width: float, height: float, *, linked: bool = False) -> str:
    role = "group" if linked else "img"  # an image hides the links in it from assistive technology
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="np-plot" role="{role}" aria-label="{_text(title)}" '
        f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}" '
        f'font-family="system-ui, sans-serif" font-size="12">{content}</svg>'
    )


def _rect(x: float, y: float, width: float, height: float, kind: str | None, *, rx: float = 0) -> str:
    colour = COLOURS.get(kind or "", _PLAIN)
    css = f"np-bar np-{kind}" if kind in COLOURS else "np-bar"
    return (
        f'<rect class="{css}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="{_n(rx)}" '
        f'fill="{colour}"/>'
    )


def _binned(counts: Mapping[int, int], first: int, span: int) -> dict[int, int]:
    """The counts of each column of `span` years, by its number."""
    binned: dict[int, int] = {}
    for year, count in sorted(counts.items()):
        binned[(year - first) // span] = binned.get((year - first) // span, 0) + count
    return binned


def _most(counts: Mapping[int, int], first: int, span: int) -> int:
    return max(_binned(counts, first, span).values()) or 1


def _columns(
    counts: Mapping[int, int],
    first: int,
    span: int,
    kind: str | None,
    left: float,
    width: float,
    base: float,
    height: float,
) -> str:
    gap, most = min(2.0, width * 0.2), _most(counts, first, span)
    parts = []
    for at, count in _binned(counts, first, span).items():
        start, tall = first + at * span, max(1.5, height * count / most)
        years = f"{start}" if span == 1 else f"{start}–{start + span - 1}"
        bar = _rect(left + at * width + gap / 2, base - tall, width - gap, tall, kind)
        parts.append(f"<g><title>{years}: {count:,}</title>{bar}</g>")
    return "".join(parts)


def _cell(x: float, y: float, size: float, count: int, share: float) -> str:
    strong = share > 0.62
    opacity = f"{0.06 + 0.94 * share:.2f}" if count else "0"
    number = (
        f'<text class="np-cell-{"hi" if strong else "lo"}" x="{_n(x + size / 2)}" y="{_n(y + size / 2 + 3.5)}" '
        f'text-anchor="middle" font-size="9.5" fill="{"#fff" if strong else "currentColor"}">{_short(count)}</text>'
        if count
        else f'<circle cx="{_n(x + size / 2)}" cy="{_n(y + size / 2)}" r="1" fill="currentColor" fill-opacity=".25"/>'
    )
    return (
        f'<rect class="np-cell" x="{_n(x)}" y="{_n(y)}" width="{_n(size)}" height="{_n(size)}" rx="2" fill="{_PLAIN}" '
        f'fill-opacity="{opacity}"/>{number}'
    )


def _label(label: str, x: float, y: float, anchor: str) -> str:
    text = " ".join(label.split())
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return (
        f'<text class="np-label" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" fill="currentColor">'
        f"{_text(shown)}</text>"
    )


def _number(number: str, x: float, y: float) -> str:
    return (
        f'<text class="np-number" x="{_n(x)}" y="{_n(y)}" fill="currentColor" fill-opacity=".72" '
        f'font-size="11">{number}</text>'
    )


def _linked(content: str, title: str, link: str | None, *, tab: bool = True) -> str:
    inner = f"<title>{_text(title)}</title>{content}"
    if link and link.startswith("#"):
        stop = "" if tab else ' tabindex="-1"'
        return f'<a href="{_text(link)}" aria-label="{_text(title)}"{stop}>{inner}</a>'
    return f"<g>{inner}</g>"


def _ticks(first: int, last: int, year_width: float) -> list[int]:
    """Round years, at least 40 units apart; the first year where there is no round one."""
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if s * year_width >= 40), 2000)
    return list(range(-(-first // step) * step, last + 1, step)) or [first]


def _label_width(labels: Iterable[str]) -> int:
    """How much room labels take beside a picture."""
    shown = (label[:_LONGEST] for label in labels)
    return ceil(max((sum(_NARROW if c.islower() or c in " .,'" else _WIDE for c in s) for s in shown), default=0)) + 14


def _short(count: int) -> str:
    if count < 1000:
        return str(count)
    return f"{count / 1000:.0f}k" if count < 1_000_000 else f"{count / 1_000_000:.0f}M"


def _n(value: float) -> str:
    """A number as short as it can be written, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def _text(text: str) -> str:
    return escape(visible(text))
