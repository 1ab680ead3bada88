from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npextract.errors import InputError
from npextract.reading.html import page_text, read_html

SENTENCE = "The Security Council adopted resolution 1540 (2004) on the non-proliferation of weapons. "
RUSSIAN = "Совет Безопасности принял резолюцию 1540 (2004) о нераспространении оружия массового уничтожения. "
ARTICLE = "".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(8))
MENU = "<div class='menu'><ul>" + "".join(f"<li><a href='/{n}'>Menu {n}</a></li>" for n in range(30)) + "</ul></div>"


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


BODIES = {
    "<p>one</p><p>two</p>": "one\n\ntwo",
    "<p>one<br>two  \n three</p>": "one\ntwo three",
    "<h1>Title</h1>text<div>more</div>end": "Title\n\ntext\n\nmore\n\nend",
    "<ul><li>China<li>Iran</ul>": "China\n\nIran",
    "<table><tr><th>State<th>Year<tr><td>Iran<td>1970</table>": "State | Year\n\nIran | 1970",
    "<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>": "a\n\nb\n\nc",
    "<table><tr><td><table><tr><td>a<td>b</table></td><td>c</td></tr></table>": "a | b | c",
    "1540 (2004)<sup><a href='#1'>1</a></sup>, which": "1540 (2004)¹, which",
    "a<script>no</script><style>no</style><!-- no -->b": "ab",
    "a<span hidden>no</span><i style='display: none'>no</i> b": "a b",
    "<pre>one\n  two</pre>": "one\ntwo",
    "Россия&nbsp;&laquo;и&raquo; &#1057;&#1064;&#1040;": "Россия\u00a0«и» США",
    "<nav>menu</nav><p>text</p><footer>imprint</footer>": "text",
    "<main><header>In the article</header><p>text</p><footer>Source: TASS</footer></main>": (
        "In the article\n\ntext\n\nSource: TASS"
    ),
    "<header><h1>Headline</h1></header><p>text</p>": "Headline\n\ntext",
    "<td>no row</td> here": "no row\n\nhere",
    "": "",
}


@pytest.mark.parametrize(("body", "text"), BODIES.items(), ids=range(len(BODIES)))
def test_a_body_becomes_text(body: str, text: str):
    assert page_text(page(body)).text == text


def test_the_main_text_leaves_menus_out():
    text = page_text(page(f"{MENU}<h1>Council acts</h1><div class='article'>{ARTICLE}</div>{MENU}")).text
    assert text.startswith("Council acts\n\n0. The Security Council")
    assert "7. The Security Council" in text
    assert "Menu" not in text


def test_nothing_is_lost_for_the_main_text():
    """Two texts on one page, of which heuristics like to take one."""
    other = "".join(f"<div><p>{n}: {RUSSIAN * 2}</p></div>" for n in range(10))
    text = page_text(page(f"<article>{ARTICLE}</article><div class='comments related'>{other}</div>")).text
    assert all(f"{n}. The Security" in text for n in range(8))
    assert all(f"{n}: Совет" in text for n in range(10))


@pytest.mark.parametrize(
    "markup",
    [
        "<body style='visibility:hidden'><span hidden>no</span><p>Iran met Iraq.</p></body>",
        "<html hidden><body><i style='display:none'>no</i><p>Iran met Iraq.</p></body></html>",
        "<body>&nbsp;<div style='display:none'><p>Iran <b hidden>met</b> Iraq.</p></div></body>",
        "<body><script>no</script><noscript><p>Iran met Iraq.</p></noscript></body>",
        "<frameset><frame src=a><noframes><body>Iran <b>met</b> Iraq.</body></noframes></frameset>",
        "<body><p>Iran met Iraq.</p><noscript>no</noscript><noframes><p>no</p></noframes></body>",
    ],
    ids=range(6),
)
def test_what_is_hidden_is_read_where_nothing_else_is_shown(markup: str):
    document = page_text(markup)
    assert (document.text, document.warnings) == ("Iran met Iraq.", ())


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<frameset><frame src=a><frame src=b></frameset>", "2 frames"),
        ("<body><iframe src=a></iframe></body>", "1 frames"),
        ("<body><script>load()</script></body>", "no-text"),
    ],
)
def test_a_page_without_text_says_so(markup: str, said: str):
    document = page_text(markup)
    assert document.text == ""
    assert document.warnings[0].startswith("no-text:")
    assert said in document.warnings[0]


def test_a_book_keeps_all():
    assert page_text(page("<nav>contents</nav><p>text</p>"), whole=True).text == "contents\n\ntext"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "utf-16"])
@pytest.mark.parametrize("declared", ["right", "no", "wrong"])
def test_russian_pages_in_any_encoding(encoding: str, declared: str):
    said = {"right": encoding, "no": "", "wrong": "iso-8859-1" if encoding != "cp1251" else "koi8-r"}[declared]
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={said}">' if said else ""
    data = page(f"<p>{RUSSIAN * 5}</p>", head).encode(encoding)
    assert read_html(data, "a.html").text == (RUSSIAN * 5).strip()


@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "iso-8859-1"])
def test_pages_in_utf_8_but_for_a_byte(declared: str):
    read = read_html(page(f"<p>{RUSSIAN}X", f"<meta charset={declared}>").encode().replace(b"X", b"\xd0"), "a.html")
    assert read.text == RUSSIAN + "\ufffd"
    assert read.warnings == ("encoding: not all is utf-8; characters that could not be read: 1",)


def test_western_pages_in_a_declared_encoding():
    text = "Le Conseil de sécurité a adopté à l'unanimité une résolution relative à la non-prolifération."
    data = page(f"<p>{text}</p>", "<meta charset=iso-8859-1>").encode("latin-1")
    assert read_html(data, "a.html").text == text


@pytest.mark.parametrize(
    ("head", "title", "date"),
    [
        ("<title>Council acts | UN News</title>", "Council acts | UN News", None),
        ('<title>x</title><meta property="og:title" content="Council acts">', "Council acts", None),
        ("<title>Untitled Document</title>", None, None),
        ('<meta property="article:published_time" content="2020-12-04T10:00:00Z">', None, "2020-12-04"),
        ('<meta name="citation_date" content="2020/12">', None, "2020-12"),
        ('<meta name="date" content="yesterday">', None, None),
        ('<script type="application/ld+json">{"datePublished": "2020-12-04T1"}</script>', None, "2020-12-04"),
    ],
)
def test_what_a_page_declares(head: str, title: str | None, date: str | None):
    metadata = page_text(page("<p>text</p>", head)).metadata
    assert (metadata.title, metadata.date) == (title, date)


def test_the_language_is_declared():
    assert page_text("<html lang='ru-RU'><body>text</body></html>").metadata.lang == "ru"


DEEP = 100_000


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * DEEP + "resolution 1540",
        "<b><table><tr><td>" * (DEEP // 10) + "resolution 1540",
        f"<p {'a' * 5_000_000}='x'>resolution 1540",
        f"<p title='{'x' * 5_000_000}'>resolution 1540",
        "resolution 1540" + "<!-- " * DEEP,
        "resolution 1540" + "<script>" * DEEP,
        "resolution 1540" + "<" * DEEP * 5,
        "resolution 1540" + "&" * DEEP * 5,
        "resolution 1540" + "<p>a" * DEEP,
        "resolution 1540" + "<a href=x>a</a>" * DEEP,
        "resolution 1540" + "<table>" * 1000 + "<tr><td>x" * DEEP,
        "resolution 1540" + "<td>x" * DEEP,
        "resolution 1540" + "<sup>" * 2000 + "1",
        "<p hidden>resolution 1540" + "<p hidden>a" * DEEP,
        "<noframes>resolution 1540" + "<p>a</noframes><noframes>" * DEEP,
    ],
    ids=range(15),
)
def test_hostile_pages_are_read_in_linear_time(body: str):
    begun = time.perf_counter()
    assert "resolution 1540" in page_text(page(body)).text
    assert time.perf_counter() - begun < 5


def test_what_is_no_text_says_so():
    with pytest.raises(InputError) as caught:
        read_html(bytes(range(256)) * 9, "a.html")
    assert caught.value.code == "binary"


_TAGS = [
    "<!--", "-->", "<nav>", "</nav>", "<body>", "<html hidden>", "<title>", "\0", "&#0;",
    "<frameset>", "<noframes>", "</noframes>", "<noscript>", "<p hidden>",
    "<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", "<br>", "<sup>", "1", "x ", "<a>", "<pre>",
]  # fmt: skip


@given(st.lists(st.sampled_from(_TAGS)))
def test_any_row_of_tags_is_read(tags: list[str]):
    page_text("".join(tags))
    page_text(page("".join(tags)), whole=True)
