"""The report as a browser shows it. Needs Chromium and playwright; without them the tests are skipped, unless the
environment says NPEXTRACT_REQUIRE_BROWSER=1.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from helpers import ROOT
from npextract.corpus.report import write_report
from npextract.show.visible import visible
from one_part import broken, given, rows, write

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
RECORD = """The President: I call on the representative of Kazakhstan.

Mr. Sadykov (Kazakhstan): Kazakhstan supports Security Council resolution 1540 (2005), the NPT and the CWC.

The Treaty between the Russian Federation and the United States of America on Measures for the Further Reduction and
Limitation of Strategic Offensive Arms has ended. The member states of the CSTO met in Minsk."""
STATEMENT = "Россия поддерживает резолюцию 1540 (2004) Совета Безопасности.\n\nВ ДНЯО участвует и Казахстан. ДНЯО жив."


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    required = os.environ.get("NPEXTRACT_REQUIRE_BROWSER") == "1"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None and not required:
        pytest.skip("there is no chromium here")
    if not required:
        pytest.importorskip("playwright", reason="playwright is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of documents in both languages, one of them with its text left out."""
    folder = tmp_path_factory.mktemp("browser")
    long = "The IAEA met in Vienna.\n\n" * 400 + "At last, Brazil and the NPT."
    inputs = [
        given(
            "pv/record.pdf", RECORD, format="pdf", title="Verbatim record", date="2005-03-01", pages=[(0, 1), (60, 2)]
        ),
        given(
            "ru/zayavlenie.html", STATEMENT, format="html", title="Заявление о ещё одном договоре", date="2010-01-01"
        ),
        given("long.txt", long, date="2012"),
        given("astral.txt", "𝔸𝔹 😀 India met Pakistan 😀 in Geneva and NATO.", title="Astral"),
        *(given(path.name, path.read_text(encoding="utf-8")) for path in sorted(ROOT.glob("samples/*-*.*"))),
        given("empty.txt", "Nothing is here."),
        broken("scan.pdf", "has no text layer", "no-text-layer"),
    ]
    out = write(folder / "out", rows(inputs))
    return write_report(out, folder / "report.html", documents=8, title="The test's report").target


class Page:
    """A page in the browser, with what it asked for and what it complained of."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page = page
        self.url = file.as_uri()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def open(self, view: str = "") -> Any:
        self.page.goto(self.url + view)
        return self.page

    def names(self, table: str) -> list[str]:
        return self.page.locator(f"#{table}-table tbody tr td:first-child > a").all_inner_texts()

    def assert_quiet(self) -> None:
        """Nothing was asked for but the file itself, and nothing complained of."""
        assert {url.partition("#")[0] for url in self.requests if not url.startswith("data:")} <= {self.url}
        assert self.complaints == []


Opener = Callable[..., Page]


def visit(page: Any, address: str) -> None:
    """Go to an address in the page that is open, and wait until it is shown."""
    page.evaluate(
        """(address) => new Promise((done) => {
            if (location.hash === address) return done();
            addEventListener("hashchange", () => setTimeout(done), { once: true });
            location.hash = address;
        })""",
        address,
    )


def wait_for(locator: Any, *, text: str | None = None, count: int | None = None) -> None:
    """Wait until what is located has a text, or is so many: a view follows its address a moment later."""
    from playwright.sync_api import expect

    if count is not None:
        expect(locator).to_have_count(count)
    if text is not None:
        expect(locator).to_contain_text(text)


@pytest.fixture
def opened(browser: Any) -> Iterator[Opener]:
    """Opens files; what they ask for and complain of is checked in the end."""
    contexts: list[Any] = []
    pages: list[Page] = []

    def open_file(file: Path, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
        context.set_default_timeout(5000)
        contexts.append(context)
        pages.append(Page(context.new_page(), file))
        return pages[-1]

    yield open_file
    for context in contexts:
        context.close()
    for page in pages:
        page.assert_quiet()


def test_the_page_opens_on_its_overview(opened: Opener, report: Path):
    page = opened(report).open()
    assert page.title() == "The test's report"
    assert page.locator("h1:visible").all_inner_texts() == ["The test's report"]
    assert page.locator('nav a[aria-current="page"]').inner_text() == "Overview"
    assert page.locator("#overview svg.np-plot").count() >= 8
    assert page.locator("#overview svg.np-plot").evaluate_all(
        "all => all.every(svg => svg.getBoundingClientRect().height > 10)"
    )
    assert "Showing the text of 8 of" in page.locator("#overview .note").inner_text()
    assert (
        page.locator(".totals").inner_text().split("\n")[:2] == ["10", "documents"]
        or "documents" in page.locator(".totals").inner_text()
    )


def test_pictures_lead_to_entities_and_documents(opened: Opener, report: Path):
    page = opened(report).open()
    page.locator('svg a[aria-label^="Treaty on the Non-Proliferation"]').first.click()
    wait_for(page.locator("#entity-title"), text="Treaty on the Non-Proliferation of Nuclear Weapons")
    page.go_back()
    page.locator("#overview").wait_for()
    page.locator('svg a[href^="#/documents?has="]').first.click()
    wait_for(page.locator("#doc-chips button"), count=2)
    assert page.locator("#documents-table tbody tr").count() >= 1


def test_entities_are_searched_filtered_and_sorted(opened: Opener, report: Path):
    tab = opened(report)
    page = tab.open("#/entities")
    everything = tab.names("entities")
    assert everything
    page.fill("#entity-q", "ДНЯО")
    wait_for(page.locator("#entities-table tbody tr"), count=1)
    assert tab.names("entities") == ["Treaty on the Non-Proliferation of Nuclear Weapons"]
    assert page.evaluate("document.activeElement.id") == "entity-q", "one can go on typing"
    page.fill("#entity-q", "")
    page.select_option("#entity-kind", "state")
    wait_for(page.locator("#entities-table tbody tr:first-child"), text="state")
    assert set(page.locator("#entities-table tbody td:nth-child(2)").all_inner_texts()) == {"state"}
    page.select_option("#entity-lang", "ru-only")
    wait_for(page.locator("#entities-table tbody td:nth-child(5)", has_text=re.compile("[1-9]")), count=0)
    assert set(page.locator("#entities-table tbody td:nth-child(5)").all_inner_texts()) == {"0"}
    page.select_option("#entity-lang", "")
    page.get_by_role("button", name="Entity").click()
    page.locator('#entities-table th[aria-sort="ascending"]', has_text="Entity").wait_for()
    names = tab.names("entities")
    assert names == sorted(names)
    assert page.evaluate("document.activeElement.textContent") == "Entity", "the focus stays where it was"
    page.keyboard.press("Enter")
    page.locator('#entities-table th[aria-sort="descending"]', has_text="Entity").wait_for()
    assert tab.names("entities") == names[::-1]


def test_documents_are_filtered_by_entity_language_year_and_text(opened: Opener, report: Path):
    tab = opened(report)
    page = tab.open("#/documents")
    page.fill("#doc-has", "NPT")
    assert page.locator("#entity-names option").count() >= 1
    page.keyboard.press("Enter")
    wait_for(page.locator("#doc-chips button"), count=1, text="Treaty on the Non-Proliferation")
    with_npt = tab.names("documents")
    assert {"Verbatim record", "Заявление о ещё одном договоре"} <= {*with_npt}
    page.fill("#doc-has", "1540")
    page.keyboard.press("Enter")
    wait_for(page.locator("#doc-chips button"), count=2)
    assert {"Verbatim record", "Заявление о ещё одном договоре"} <= {*tab.names("documents")} <= {*with_npt}
    page.select_option("#doc-lang", "ru")
    page.fill("#doc-from", "2009")
    wait_for(page.locator("#documents-table tbody tr"), count=1)
    assert tab.names("documents") == ["Заявление о ещё одном договоре"]
    page.reload()
    assert tab.names("documents") == ["Заявление о ещё одном договоре"], "the address holds the filters"
    visit(page, "#/documents?q=еще+ОДНОМ+участвует")
    assert tab.names("documents") == ["Заявление о ещё одном договоре"]
    visit(page, "#/documents?q=at+last+brazil")
    assert tab.names("documents") == ["long.txt"]
    assert page.locator("mark.hit").inner_text() == "At"
    page.get_by_role("link", name="long.txt").click()
    page.locator("#document").wait_for()
    page.go_back()
    page.locator("#documents").wait_for()
    assert page.locator("#doc-q").input_value() == "at last brazil"


def card(page: Any) -> str:
    page.wait_for_selector("#card:not([hidden])")
    return str(page.locator("#card").inner_text())


def mark(page: Any, text: str, nth: int = 0) -> Any:
    return page.locator("mark[data-m]", has_text=text).nth(nth)


def test_a_document_shows_its_text_with_the_mentions_marked(opened: Opener, report: Path):
    tab = opened(report)
    page = tab.open("#/documents")
    page.get_by_role("link", name="Verbatim record").click()
    page.locator(".text").wait_for()
    assert page.locator(".text").evaluate("box => box.textContent") == RECORD
    assert page.locator("#document-title").inner_text() == "Verbatim record"
    outer = page.locator(".text mark.treaty", has_text="Treaty between the Russian Federation")
    assert outer.locator("mark.state").all_inner_texts() == ["Russian Federation", "United States of America"]
    kinds = ("state", "organization", "treaty", "resolution")
    lines = {
        page.locator(f".text mark.{k}").first.evaluate("m => getComputedStyle(m).textDecorationStyle") for k in kinds
    }
    assert len(lines) == len(kinds), "kinds differ without colour too"


def test_the_card_says_what_and_why(opened: Opener, report: Path):
    page = opened(report).open("#/document?doc=pv%2Frecord.pdf")
    mark(page, "resolution 1540").hover(position={"x": 180, "y": 8})  # not on the Council, which is inside it
    page.locator("#card", has_text="res:S/RES/1540(2004)").wait_for()
    said = card(page)
    for words in (
        "res:S/RES/1540(2004)",
        "Security Council resolution 1540 (2004)",
        "резолюция 1540 (2004) Совета Безопасности",
        "a resolution, cited by a noun and a number",
        "references.citation",
        "year-mismatch: the resolution was not adopted in that year",
        "page 2",
        "Kazakhstan",
        "name, English",
        "2004",
    ):
        assert words in said
    assert page.locator("mark.on").get_attribute("aria-describedby") == "card"
    page.mouse.move(5, 5)
    page.wait_for_selector("#card", state="hidden")
    mark(page, "CSTO").hover()
    page.locator("#card", has_text="its members are meant").wait_for()
    assert "Belarus" in page.locator("#card").evaluate("c => c.textContent")
    mark(page, "Russian Federation", 1).hover()
    page.locator("#card", has_text="Inside").wait_for()


def test_the_card_stays_when_clicked_and_leads_on(opened: Opener, report: Path):
    page = opened(report).open("#/document?doc=pv%2Frecord.pdf")
    mark(page, "NPT").click()
    assert "Договор о нераспространении" in card(page)
    page.mouse.move(5, 5)
    page.wait_for_timeout(300)
    assert page.locator("#card").is_visible()
    page.locator("#card a", has_text="Named in").click()
    wait_for(page.locator("#entity-title"), text="Treaty on the Non-Proliferation of Nuclear Weapons")
    assert page.locator("#card").is_hidden()


def test_the_keyboard_alone_is_enough(opened: Opener, report: Path):
    page = opened(report).open("#/document?doc=ru%2Fzayavlenie.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        if page.evaluate("document.activeElement.tagName") == "MARK":
            break
        page.keyboard.press("Tab")
    assert "Russian Federation" in card(page)
    page.keyboard.press("ArrowRight")
    assert "res:S/RES/1540(2004)" in card(page)
    page.keyboard.press("ArrowLeft")
    assert "state:RUS" in card(page)
    page.keyboard.press("Enter")
    assert page.locator("#card").get_attribute("role") == "dialog"
    assert page.evaluate("document.querySelector('#card').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Россия"


def test_the_skip_link_keeps_the_view(opened: Opener, report: Path):
    page = opened(report).open("#/entities")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.locator("#entities").is_visible()


def test_an_entity_has_its_documents_and_mentions(opened: Opener, report: Path):
    page = opened(report).open("#/entity?id=treaty%3ANPT")
    said = page.locator("#entity-body").inner_text()
    for words in (
        "Договор о нераспространении ядерного оружия",
        "treaty:NPT",
        "8 times in 7 documents",
        "Written",
        "Kazakhstan",
        "Together with",
    ):
        assert words in said
    article = page.locator("article", has_text="Заявление о ещё")
    assert "2 mentions" in article.inner_text()
    article.locator(".snippets a").nth(1).click()
    wait_for(page.locator("mark.on"), text="ДНЯО")
    assert page.locator("mark.same").count() == 2
    assert "treaty:NPT" in card(page)


def test_a_place_far_down_is_found(opened: Opener, report: Path):
    page = opened(report).open("#/entity?id=state%3ABRA")
    page.locator("article", has_text="long.txt").locator(".snippets a").first.click()
    wait_for(page.locator("mark.on"), text="Brazil")
    page.wait_for_timeout(100)
    top = page.locator("mark.on").evaluate("m => m.getBoundingClientRect().top")
    assert 60 < top < 700


def test_kinds_can_be_hidden_and_entities_stepped_through(opened: Opener, report: Path):
    page = opened(report).open("#/document?doc=ru%2Fzayavlenie.html")
    button = page.locator(".beside").get_by_role("button", name="Treaty on the Non-Proliferation")
    button.click()
    first = page.locator("mark.on").get_attribute("data-m")
    button.click()
    assert page.locator("mark.on").get_attribute("data-m") != first
    page.keyboard.press("Escape")
    page.get_by_label("state", exact=True).uncheck()
    assert (
        page.locator(".text mark.state").first.evaluate("m => getComputedStyle(m).backgroundColor")
        == "rgba(0, 0, 0, 0)"
    )
    mark(page, "Россия").hover()
    page.wait_for_timeout(200)
    assert page.locator("#card").is_hidden()


def test_offsets_are_code_points(opened: Opener, report: Path):
    page = opened(report).open("#/document?doc=astral.txt")
    assert page.locator(".text mark.state").all_inner_texts() == ["India", "Pakistan"]
    assert page.locator(".text").inner_text().startswith("𝔸𝔹 😀 India met")


def test_a_text_that_was_left_out_is_spoken_of(opened: Opener, report: Path):
    page = opened(report).open("#/documents")
    page.get_by_role("link", name="empty.txt").click()
    page.locator("#document").wait_for()
    assert "--documents all" in page.locator("#document-body").inner_text()
    visit(page, "#/document?doc=no-such-file")
    assert "not listed" in page.locator("#document-body").inner_text()
    visit(page, "#/entity?id=nothing")
    assert "not in the report" in page.locator("#entity-body").inner_text()
    visit(page, "#/nonsense?%E0%A4%A")
    assert page.locator("#overview").is_visible()


def test_failures_have_their_reasons(opened: Opener, report: Path):
    page = opened(report).open("#/failures")
    said = page.locator("#failures").inner_text()
    assert "no-text-layer" in said
    assert "scan.pdf" in said and "has no text layer" in said and "scan.pdf: " not in said


VIEWS = ("overview", "entities", "entity?id=treaty%3ANPT", "documents", "document?doc=long.txt", "failures")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_fits_and_can_be_read(opened: Opener, report: Path, width: int, scheme: str):
    page = opened(report, viewport={"width": width, "height": 740}, color_scheme=scheme).open()
    for view in VIEWS:
        visit(page, f"#/{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view
        assert page.evaluate(CONTRASTS) == [], view


CONTRASTS = """() => {
  const numbers = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [red, green, blue] = numbers(colour).map((v) => linear(v / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor, [, , , alpha] = numbers(colour);
      if (colour.startsWith("rgb") && (alpha === undefined || alpha > 0.9)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const bad = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || element.closest("svg") || !element.checkVisibility()) continue;
    const [less, more] = [light(getComputedStyle(element).color), light(ground(element))].sort((x, y) => x - y);
    if ((more + 0.05) / (less + 0.05) < 4.5) bad.add(`${element.className}: ${element.textContent.slice(0, 30)}`);
  }
  return [...bad];
}"""
"""Texts whose contrast with what they stand on is less than 4.5 to 1."""


def test_controls_have_names_and_levels_of_headings_follow(opened: Opener, report: Path):
    page = opened(report).open("#/documents")
    unnamed = """[...document.querySelectorAll("input, select, button")].filter((element) =>
        !element.labels?.length && !element.getAttribute("aria-label") && !element.textContent.trim()).length"""
    assert page.evaluate(unnamed) == 0
    assert page.evaluate("document.documentElement.lang") == "en"
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    for view in ("overview", "documents", "entity?id=treaty%3ANPT", "document?doc=pv%2Frecord.pdf"):
        visit(page, f"#/{view}")
        levels = page.evaluate(
            "[...document.querySelectorAll('h1, h2, h3')].filter(h => h.checkVisibility()).map(h => +h.tagName[1])"
        )
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_phone_shows_the_card_at_its_foot(opened: Opener, report: Path):
    page = opened(report, viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True).open(
        "#/document?doc=pv%2Frecord.pdf"
    )
    mark(page, "CWC").tap()
    assert "treaty:CWC" in card(page)
    box = page.locator("#card").bounding_box()
    assert box["x"] == 0 and box["width"] == 390
    assert box["y"] + box["height"] == pytest.approx(780, abs=1)
    page.get_by_role("button", name="Close").tap()
    assert page.locator("#card").is_hidden()


def test_print_shows_the_text_and_no_controls(opened: Opener, report: Path):
    page = opened(report).open("#/document?doc=pv%2Frecord.pdf")
    page.emulate_media(media="print")
    for gone in (".bar", ".beside", "#card"):
        assert page.locator(gone).is_hidden()
    assert page.locator(".text").is_visible()
    assert len(page.pdf()) > 10_000


def test_without_script_the_overview_is_there(opened: Opener, report: Path):
    page = opened(report, java_script_enabled=False).open()
    assert page.locator("#overview").is_visible()
    assert page.locator("noscript").first.is_visible()
    assert page.locator("#failures").inner_text().count("has no text layer") == 1


ATTACKS = [
    "</script><script>window.hacked=1;alert(1)</script>",
    "<img src=http://127.0.0.1:9/x onerror=window.hacked=1>",
    "<iframe src=javascript:parent.hacked=1></iframe>",
    "<svg onload=window.hacked=1>",
    "<!--<script>",
    "]]><b>x</b>",
    "{{7*7}}${7*7}",
    "javascript:window.hacked=1",
    "'\" onmouseover=window.hacked=1 style=position:fixed;background:url(http://127.0.0.1:9/)",
    "</style><link rel=stylesheet href=http://127.0.0.1:9/c.css>",
    "nul \x00, turn \u202e, line \u2028\u2029, half \ufffd, escape \x1b[31m",
    "&lt;script&gt;&amp;",
    "__proto__",
    "a/../..//?#%00&doc=x",
]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    inputs = [
        given(
            f"{n}{text}.txt", f"Russia {text} and the NPT {text}", title=f"{n} {text}", symbol=text, date="2004-01-01"
        )
        for n, text in enumerate(ATTACKS)
    ]
    found = rows(inputs)
    for document, text in zip(found["documents"], ATTACKS, strict=True):
        document |= {"warnings": [f"{text}: {text}"], "ontology": text, "format": text, "lang": text}
        named = {"name_en": text, "name_ru": text}
        facts = json.dumps(
            {"members": [text], "speech": text, "paragraph": text, "adopted": text, "expected_year": text}
        )
        extra = {
            "id": text,
            "speaker": text,
            "rule": text,
            "flags": [text],
            "candidates": [text],
            "form": text,
            "attrs": facts,
        }
        first = next(m for m in found["mentions"] if m["doc"] == document["doc"])
        entity = next(e for e in found["entities"] if e["doc"] == document["doc"])
        first |= named | extra | {"role": text, "lang": text}
        entity |= named | {"id": text}
        found["failures"].append(dict.fromkeys(("file", "id", "source", "code", "message"), text))
    strange = next(m for m in found["mentions"] if m["id"] == "treaty:NPT")
    strange |= {"kind": "constructor"}
    return write_report(write(folder / "out", found), folder / "<b>r&.html", title=ATTACKS[0]).target


def literal(text: str) -> str:
    return " ".join(visible(text).split())


def test_hostile_text_is_shown_as_it_is_and_does_nothing(opened: Opener, hostile: Path):
    tab = opened(hostile)
    page = tab.open()
    for view in ("overview", "entities", "documents", "failures"):
        visit(page, f"#/{view}")
        said = " ".join(page.locator(f"#{view}").evaluate("s => s.textContent").split())
        for text in ATTACKS[1:] if view == "overview" else ATTACKS:
            assert literal(text) in said or (view == "overview" and text not in ("__proto__",)), (view, text)
    addresses = page.evaluate("[...document.querySelectorAll('#documents-table a')].map(a => a.hash)")
    assert len(addresses) == len(ATTACKS)
    shown = []
    for address in addresses:
        visit(page, address)
        shown.append(page.locator(".text").evaluate("t => t.textContent"))
        page.locator("mark[data-m]").first.click()
        shown.append(card(page))
        if page.locator("#card a").count():
            page.locator("#card a").first.click()
    for text in ATTACKS:
        assert any(visible(text) in one for one in shown)
    assert page.evaluate("window.hacked") is None
    assert (
        page.evaluate(
            "document.querySelectorAll('img, iframe, object, embed, base, form, link:not([rel=icon])').length"
        )
        == 0
    )
    assert page.evaluate("document.querySelectorAll('script:not([type])').length") == 1


def test_the_policy_holds_against_what_got_in_all_the_same(browser: Any, hostile: Path):
    """Were there a way to put markup into the page, no script would run and no byte would leave it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        port = server.getsockname()[1]
        context = browser.new_context()
        page = Page(context.new_page(), hostile).open()
        page.evaluate(
            """(port) => {
                const script = document.createElement("script");
                script.textContent = "window.hacked = 1";
                document.body.append(script);
                const bait = `<img src="http://127.0.0.1:${port}/"><b id="bait" onclick="window.hacked = 1">x</b>`;
                document.body.insertAdjacentHTML("beforeend", bait);
                document.querySelector("#bait").click();
                fetch(`http://127.0.0.1:${port}/`).catch(() => null);
            }""",
            port,
        )
        with pytest.raises(TimeoutError):
            server.accept()
        assert page.evaluate("window.hacked") is None
        context.close()
