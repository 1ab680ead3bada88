from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from npextract.show.html import COLOURS
from npextract.show.plots import bars_svg, cooccurrence_svg, timeline_svg
from npextract.show.visible import visible

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    '"><script>alert(1)</script>',
    "' onload='alert(1)",
    "<img src=x onerror=alert(1)>",
    "]]>",
    "&amp;",
    "a\x00b\x1b[31m\u202eevil\u2028",
    "\ud800",
    "{{7*7}}",
    "x" * 10_000,
]


def parse(picture: str) -> Any:
    """The picture as a tree: it must be well-formed XML."""
    return etree.fromstring(picture.encode("utf-8"))


def texts(tree: Any) -> list[str]:
    return [t.text for t in tree.iter(f"{SVG}text")]


def titles(tree: Any) -> list[str]:
    return [t.text for t in tree.iter(f"{SVG}title")]


def bars(tree: Any, css: str = "np-bar") -> list[Any]:
    return [r for r in tree.iter(f"{SVG}rect") if css in r.get("class").split()]


def test_bars_are_as_long_as_their_counts():
    tree = parse(bars_svg([("NPT", 40), ("CWC", 10), ("none", 0)], title="Treaties", kinds={"NPT": "treaty"}))
    long, short, none = (float(bar.get("width")) for bar in bars(tree))
    assert (long, none) == (pytest.approx(4 * short, rel=0.01), 0)
    assert texts(tree) == ["NPT", "40", "CWC", "10", "none", "0"]
    assert bars(tree)[0].get("fill") == COLOURS["treaty"]
    assert tree.get("aria-label") == "Treaties"
    assert tree.get("role") == "img"


def test_bars_begin_where_those_of_other_pictures_do():
    alone, together = (
        parse(bars_svg([("EU", 1)], title="", labels=others)) for others in ((), ["United Kingdom", "EU"])
    )
    other = parse(bars_svg([("United Kingdom", 1)], title=""))
    assert bars(alone)[0].get("x") != bars(together)[0].get("x") == bars(other)[0].get("x")


def test_a_timeline_has_a_line_a_label_and_a_column_a_year():
    rows = [("NPT", 1995, 3), ("NPT", 1997, 6), ("CWC", 1997, 1), ("CWC", 1997, 1)]
    tree = parse(timeline_svg(rows, title="Years", titles={"NPT": "Non-Proliferation Treaty"}))
    assert titles(tree) == ["1995: 3", "1997: 6", "Non-Proliferation Treaty: 9", "1997: 2", "CWC: 2"]
    first, last, other = bars(tree)
    assert float(last.get("height")) == pytest.approx(2 * float(first.get("height")))
    assert other.get("x") == last.get("x")
    assert other.get("height") == last.get("height"), "each line has its own scale"
    assert {"1995", "1996", "1997"} <= set(texts(tree))


def test_a_long_time_shares_columns():
    tree = parse(timeline_svg([("", year, 1) for year in range(1, 10_000)], title=""))
    assert len(bars(tree)) <= 120
    assert titles(tree)[0] == "1–84: 84"
    assert len(texts(tree)) < 40


def test_one_year_is_a_timeline_too():
    tree = parse(timeline_svg([("a", 1995, 1)], title=""))
    assert len(bars(tree)) == 1
    assert "1995" in texts(tree)


def test_pairs_stand_in_a_triangle():
    rows = [("NPT", "CWC", 4), ("BTWC", "NPT", 1)]
    picture = cooccurrence_svg(
        rows, title="Together", order=["NPT", "CWC", "BTWC"], links={("NPT", "CWC"): "#/documents?has=1"}
    )
    tree = parse(picture)
    assert len(bars(tree, "np-cell")) == 3
    assert titles(tree) == ["NPT", "NPT and CWC: 4", "CWC", "NPT and BTWC: 1", "CWC and BTWC: 0", "BTWC"]
    (link,) = tree.iter(f"{SVG}a")
    assert dict(link.attrib) == {"href": "#/documents?has=1", "aria-label": "NPT and CWC: 4", "tabindex": "-1"}
    assert tree.get("role") == "group", "an image would hide the link"


@pytest.mark.parametrize(
    "picture", [bars_svg([], title=""), timeline_svg([], title=""), cooccurrence_svg([], title="")]
)
def test_nothing_is_a_picture_too(picture: str):
    assert texts(parse(picture)) == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_labels_stay_text(text: str):
    for picture in (
        bars_svg([(text, 1)], title=text, titles={text: text}, kinds={text: text}, links={text: "#" + text}),
        timeline_svg([(text, 1995, 1), ("b", 1995, 1)], title=text, titles={text: text}, kinds={text: text}),
        cooccurrence_svg([(text, "b", 1)], title=text, titles={text: text}, links={(text, "b"): "#" + text}),
    ):
        tree = parse(picture)
        assert tree.get("aria-label") == " ".join(visible(text).split("\n"))
        assert {e.tag.removeprefix(SVG) for e in tree.iter()} <= {
            "svg",
            "g",
            "a",
            "rect",
            "path",
            "circle",
            "text",
            "title",
        }
        assert not any(name.startswith("on") or name == "style" for e in tree.iter() for name in e.attrib)
        assert all(len(t) <= 26 for t in texts(tree))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://example.org", "//example.org", " #x", ""])
def test_links_lead_into_the_page_only(link: str):
    assert "<a " not in bars_svg([("a", 1)], title="", links={"a": link})


def test_what_is_invisible_is_shown():
    assert visible("a\x00\t\r\n\x7f\u202eb\u2028\ud800\x9b") == "a␀\t\n⟨U+007F⟩⟨U+202E⟩b⟨U+2028⟩\ufffd⟨U+009B⟩"
