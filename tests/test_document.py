from __future__ import annotations

import dataclasses
import json
import pickle
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given

from helpers import bug, rules
from npextract import Document, Mention
from npextract.document import SCHEMA, failed, sort_key
from strategies import messy_texts

TEXT = "Резолюция СБ ООН 1540 (2003) дополняет ДНЯО. Россия, российская сторона и Сенат США поддержали ДНЯО."


def make(text: str = "UN", **changes: object) -> Document:
    """A document with one mention over all of its text."""
    names = {"en": "United Nations", "ru": "Организация Объединенных Наций"}
    mention = Mention(
        0, len(text), text, "organization", "org:UN", "name", None, "en", 0.97, "names.name", None, None, (), names
    )
    return dataclasses.replace(Document("d1", "a.txt", "en", text, (mention,), "2026.11+sha0123456789ab"), **changes)


def test_the_record_has_the_keys_of_the_design():
    record = make().to_dict()
    assert list(record) == [
        "schema", "id", "source", "lang", "text", "ontology", "mentions", "entities", "warnings", "error",
    ]  # fmt: skip
    assert list(record["mentions"][0]) == [
        "start", "end", "text", "kind", "id", "form", "role", "lang", "score", "rule", "parent", "cluster", "flags",
        "name", "candidates", "attrs",
    ]  # fmt: skip
    assert list(record["entities"][0]) == ["id", "cluster", "kind", "name", "count"]
    assert record["schema"] == SCHEMA == "npextract/1"


def test_the_record_of_a_real_text():
    document = rules().extract(TEXT, id="d7", source="note.txt")
    record = document.to_dict()
    assert (record["id"], record["source"], record["lang"], record["error"]) == ("d7", "note.txt", "ru", None)
    assert record["ontology"] == rules().ontology.version
    first = record["mentions"][0]
    assert first["attrs"] == {"expected_year": 2004}
    assert first["flags"] == ["year-mismatch"]
    assert first["name"] == {
        "en": "Security Council resolution 1540 (2004)",
        "ru": "резолюция 1540 (2004) Совета Безопасности",
    }


def test_entities_count_names_and_adjectives_alike():
    rows = rules().extract(TEXT).entities
    counts = {row.id: row.count for row in rows}
    assert counts["treaty:NPT"] == 2
    assert counts["state:RUS"] == 2
    assert [row.first for row in rows] == sorted(row.first for row in rows)
    unknown = next(row for row in rows if row.id is None)
    assert (unknown.name, unknown.count) == ({"ru": "Сенат США"}, 1)


def test_what_could_not_be_decided_is_no_entity():
    document = rules().extract("SALT preceded SALT I and SALT II.")
    assert document.mentions[0].id is None
    assert [row.id for row in document.entities] == ["treaty:SALT-I", "treaty:SALT-II"]


def test_the_name_of_an_unknown_entity_is_on_one_line():
    mention = dataclasses.replace(make().mentions[0], text="Stimson\n  Center", id=None, name=None, cluster=0)
    assert make(mentions=(mention,)).entities[0].name == {"en": "Stimson Center"}


PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@given(messy_texts().filter(lambda text: not PAIR.search(text)))
def test_json_is_one_line_that_says_the_same(text: str):
    document = rules().extract(text)
    line = document.to_json()
    assert "\n" not in line
    assert "\r" not in line
    assert json.loads(line.encode("utf-8")) == document.to_dict()


@given(messy_texts())
def test_mentions_are_in_order(text: str):
    keys = [sort_key(m) for m in rules().extract(text).mentions]
    assert keys == sorted(set(keys))


def test_json_keeps_letters_and_escapes_what_has_no_encoding():
    line = make("Я\ud800Z\u2028").to_json()
    assert "Я" in line
    assert r"\ud800" in line
    assert json.loads(line.encode("utf-8"))["text"] == "Я\ud800Z\u2028"


@pytest.mark.parametrize(
    "text",
    [
        "\ud800",
        "a\udfffb",
        "\udc00\ud800",
        pytest.param(
            "\ud800\udc00 ООН", marks=bug("JSON reads two surrogates of a pair as one character: offsets move")
        ),
    ],
    ids=ascii,
)
def test_surrogates_survive(text: str):
    assert ascii(json.loads(make(text).to_json())["text"]) == ascii(text)


def test_a_frame_has_a_row_a_mention():
    frame = rules().extract(TEXT).to_frame()
    document = rules().extract(TEXT)
    assert len(frame) == len(document.mentions)
    assert list(frame["id"].dropna()) == [m.id for m in document.mentions if m.id]
    assert list(frame["start"]) == [m.start for m in document.mentions]
    assert frame["parent"].dtype == frame["cluster"].dtype == "Int64"
    assert frame.loc[1, "parent"] == 0
    assert frame.loc[0, "name_ru"] == "резолюция 1540 (2004) Совета Безопасности"


def test_an_empty_frame_has_the_same_columns():
    empty, full = rules().extract("").to_frame(), rules().extract(TEXT).to_frame()
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)


class Reader(HTMLParser):
    """Collects a page's text, and what it is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


HOSTILE = [
    "<script>alert(1)</script> UN",
    "</div></body> ООН </mark>",
    "\"><img src=x onerror=alert(1)> NATO & 'x'",
    "&lt;UN&gt; &amp; <!-- UN --> ]]> <![CDATA[ UN",
    "<mark>UN</mark>\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_html_is_only_what_we_wrote(text: str):
    reader = parsed(rules().extract(text, source=text, id=text).to_html())
    assert reader.tags <= {"div", "span", "mark"}
    assert reader.attributes <= {"class", "lang", "style", "title"}
    assert "".join(reader.text).endswith(text.replace("\ud800", "\ufffd"))


@given(messy_texts())
def test_html_shows_the_whole_text_with_all_mentions(text: str):
    document = rules().extract(text)
    html = document.to_html()
    reader = parsed(html)
    shown = "".join(reader.text).split("concept", 1)[1]
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert shown.replace("\r\n", "\n").replace("\r", "\n") == expected.replace("\r\n", "\n").replace("\r", "\n")
    assert html.count("<mark") == html.count("</mark>") == len(document.mentions)


def test_nested_mentions_are_nested_marks():
    html = rules().extract("резолюция СБ ООН 1540").to_html()
    assert html.count("<mark") == 3
    assert "</mark></mark>" in html


def test_a_notebook_shows_the_html():
    document = rules().extract("ООН")
    assert document._repr_html_() == document.to_html()


def test_show_prints_a_table_outside_notebooks(capsys: pytest.CaptureFixture[str]):
    rules().extract("ООН и [bold]НАТО[/bold]", id="[red]x[/red]").show()
    out = capsys.readouterr().out
    assert "org:UN" in out
    assert "org:NATO" in out
    assert "[red]x[/red]" in out


def test_documents_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        make().id = "other"
    with pytest.raises(dataclasses.FrozenInstanceError):
        make().mentions[0].start = 1


def test_documents_can_be_sent_to_other_processes():
    document = rules().extract(TEXT, trace=True)
    assert pickle.loads(pickle.dumps(document)) == document


def test_a_failed_input_has_a_record():
    record = failed("x", "x.pdf", "2026.11+sha0", "unsupported-format", "is a PDF file").to_dict()
    assert record["error"] == {"code": "unsupported-format", "message": "is a PDF file"}
    assert (record["text"], record["mentions"], record["entities"], record["lang"]) == ("", [], [], "und")
