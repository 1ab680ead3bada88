from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from npextract.cli import app
from npextract.corpus.report import write_report
from npextract.errors import CorpusError, InputError
from one_part import broken, given, rows, write

ENGLISH = """The President: I call on the representative of Kazakhstan.

Mr. Sadykov (Kazakhstan): We support Security Council resolution 1540 (2004), the NPT and the CWC.
The NPT is the cornerstone. The parties to the NPT met in Geneva."""
RUSSIAN = "Россия поддерживает резолюцию 1540 (2004) Совета Безопасности и ДНЯО. В ДНЯО участвует и Казахстан."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    inputs = [
        given("pv/1.txt", ENGLISH, title="Verbatim record", date="2004-05-01", symbol="S/PV.1"),
        given("ru/2.html", RUSSIAN, format="html", date="2010", title="Заявление"),
        given("ru/3.txt", "Россия и Китай."),
        given("4.pdf", "India and Pakistan.", format="pdf", pages=[(0, 1), (6, 2)]),
        given("5.txt", "Nothing here."),
        broken("6.pdf", "has no text layer", "no-text-layer"),
    ]
    return write(tmp_path_factory.mktemp("report") / "out", rows(inputs))


class Blocks(HTMLParser):
    """What an HTML parser sees: the tags, their attributes, and what stands in scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self.open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.tags.append((tag, known))
        first = tag in ("script", "style") or (tag == "title" and "title" not in self.raw)  # pictures have titles too
        self.open = known.get("id") or tag if first else ""

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open:
            self.raw[self.open] = self.raw.get(self.open, "") + data


def read(page: Path) -> Blocks:
    return Blocks(page.read_text(encoding="utf-8"))


def data(page: Path, block: str) -> Any:
    return json.loads(read(page).raw[block])


def test_the_page_has_what_the_corpus_has(corpus: Path, tmp_path: Path):
    written = write_report(corpus, tmp_path / "r.html")
    index = data(written.target, "index")
    entities = {e[0]: e for e in index["entities"]}
    assert (written.documents, written.texts, written.statements) == (5, 5, ())
    assert index["totals"] == {"documents": 5, "mentions": 18, "entities": 9, "names": 0, "failures": 1}
    npt = entities["treaty:NPT"]
    assert npt[2:5] == ["treaty", "Treaty on the Non-Proliferation of Nuclear Weapons",
                        "Договор о нераспространении ядерного оружия"]  # fmt: skip
    assert npt[5:11] == [5, 2, 3, 2, 2004, 2010], "mentions, documents, in English, in Russian, first and last year"
    assert npt[11] == [["NPT", 3], ["ДНЯО", 2]]
    assert npt[12] == [["state:KAZ", 3]]
    assert [d[0] for d in index["documents"]] == ["4.pdf", "5.txt", "pv/1.txt", "ru/2.html", "ru/3.txt"]
    assert index["documents"][2][1:7] == ["Verbatim record", "S/PV.1", "2004-05-01", 2004, "en", "text"]
    place = [e[0] for e in index["entities"]].index("treaty:NPT")
    assert data(written.target, "postings")[place] == [2, 3, 3, 2]


def test_a_text_has_its_mentions_with_names_and_facts(corpus: Path, tmp_path: Path):
    page = write_report(corpus, tmp_path / "r.html").target
    body = data(page, "text-2")
    assert body["text"] == ENGLISH
    found = [(ENGLISH[start:end], body["entities"][entity][1], role, facts)
             for start, end, entity, _, role, *_, facts in body["mentions"]]  # fmt: skip
    assert ("1540", "res:S/RES/1540(2004)") not in [f[:2] for f in found]
    assert ("NPT", "treaty:NPT", None, {"speech": "state:KAZ"}) in found
    pages = [m[-1]["page"] for m in data(page, "text-0")["mentions"]]
    assert pages == [1, 2]


def test_speakers_members_and_candidates_have_names(tmp_path: Path):
    inputs = [given("1.txt", "The member states of the CSTO, including Belarus. Georgia won.", date="2010-01-01")]
    found = rows(inputs)
    found["mentions"][0] |= {"speaker": "state:KAZ", "candidates": ["org:NATO"]}
    assert '"members"' in found["mentions"][0]["attrs"]
    page = write_report(write(tmp_path / "out", found), tmp_path / "r.html").target
    names = data(page, "index")["names"]
    assert names["state:KAZ"] == ["Kazakhstan", "Казахстан"]
    assert names["org:NATO"][0] == "North Atlantic Treaty Organization"
    assert "state:ARM" in names, "a member of the CSTO in 2010"


def test_names_without_identifier_are_one_entity_across_documents(tmp_path: Path):
    inputs = [given(f"{n}.txt", "Россия и Китай.", lang="ru") for n in range(2)]
    found = rows(inputs)
    for n in (0, 2):
        found["mentions"][n] |= {"id": None, "cluster": 1, "kind": "organization", "name_en": None, "name_ru": None}
        found["entities"][n] |= {"id": None, "cluster": 1, "kind": "organization", "name_en": None, "name_ru": "Фонд"}
    page = write_report(write(tmp_path / "out", found), tmp_path / "r.html").target
    entity = data(page, "index")["entities"][0]
    assert entity[:9] == ["?organization:Фонд", None, "organization", None, "Фонд", 2, 2, 0, 2]
    assert data(page, "text-0")["entities"][0] == ["?organization:Фонд", None, "organization", None, "Фонд"]
    assert data(page, "index")["totals"]["names"] == 1


def test_the_same_corpus_gives_the_same_bytes(corpus: Path, tmp_path: Path):
    pages = [write_report(corpus, tmp_path / f"{n}.html").target.read_bytes() for n in range(2)]
    assert pages[0] == pages[1]
    assert not list(tmp_path.glob("*.part"))


def test_several_parts_are_one_corpus(tmp_path: Path):
    texts = [given(f"{n}.txt", text) for n, text in enumerate([ENGLISH, RUSSIAN, "Китай"])]
    whole = write(tmp_path / "whole", rows(texts))
    for n, text in enumerate(texts):
        write(tmp_path / "parts", rows([text]), part=n)
    pages = [write_report(out, tmp_path / f"{out.name}.html").target for out in (whole, tmp_path / "parts")]
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_a_folder_may_have_any_name(corpus: Path, tmp_path: Path):
    strange = tmp_path / "a'b [1]* ?.parquet"
    shutil.copytree(corpus, strange)
    assert write_report(strange, tmp_path / "r.html").documents == 5


def test_what_is_left_out_is_said(corpus: Path, tmp_path: Path):
    written = write_report(corpus, tmp_path / "r.html", documents=1)
    index = data(written.target, "index")
    assert [d[0] for d in index["documents"] if d[-1]] == ["pv/1.txt"], "the one with the most different entities"
    (statement,) = written.statements
    assert statement.startswith("Showing the text of 1 of 5 documents")
    assert statement in written.target.read_text(encoding="utf-8")
    assert [block for block in read(written.target).raw if block.startswith("text-")] == ["text-2"]
    assert data(written.target, "postings") == data(write_report(corpus, tmp_path / "a.html").target, "postings")


def test_long_texts_are_left_out_unless_asked_for(monkeypatch: pytest.MonkeyPatch, corpus: Path, tmp_path: Path):
    monkeypatch.setattr("npextract.corpus.report._CHARACTERS", 100)
    written = write_report(corpus, tmp_path / "r.html")
    full = {d[0] for d in data(written.target, "index")["documents"] if d[-1]}
    assert full == {"ru/2.html", "5.txt"} or (written.texts < 5 and "pv/1.txt" not in full)
    assert write_report(corpus, tmp_path / "r.html", every=True).texts == 5
    assert write_report(corpus, tmp_path / "r.html", documents=5).texts == 5


def test_lists_that_are_cut_off_are_said(monkeypatch: pytest.MonkeyPatch, corpus: Path, tmp_path: Path):
    for name, most in {"_ENTITIES": 2, "_LISTED": 3, "_FAILURES": 0}.items():
        monkeypatch.setattr(f"npextract.corpus.report.{name}", most)
    written = write_report(corpus, tmp_path / "r.html")
    index = data(written.target, "index")
    assert (len(index["documents"]), len(index["entities"])) == (3, 2)
    assert [s.split(",")[0] for s in written.statements[1:]] == [
        "Listing 3 of 5 documents",
        "Listing 2 of 9 entities and names",
        "Listing 0 of 1 failures.",
    ]
    assert index["totals"]["documents"] == 5


def test_pictures_are_in_the_page_itself(corpus: Path, tmp_path: Path):
    page = write_report(corpus, tmp_path / "r.html").target.read_text(encoding="utf-8")
    labels = re.findall(r'<svg [^>]*aria-label="([^"]*)"', page)
    assert {
        "Documents by year",
        "Documents by language",
        "Documents by entity and year",
        "Documents that name both",
    } <= {*labels}
    assert "3 documents have no date" in page
    assert "no-text-layer" in page and "has no text layer" in page


def test_a_corpus_without_documents(tmp_path: Path):
    found = rows([broken("a.pdf", "is empty", "empty")])
    written = write_report(write(tmp_path / "out", found), tmp_path / "r.html")
    assert (written.documents, written.texts) == (0, 0)
    page = written.target.read_text(encoding="utf-8")
    assert "is empty" in page
    assert "nothing to draw" not in page
    assert write_report(write(tmp_path / "nil", rows([])), tmp_path / "n.html").documents == 0


HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<!--<script>",
    "]]>",
    "{{7*7}}{% raw %}",
    "javascript:window.hacked=1",
    "a\x00b\u2028c\u2029d\u202ee",
    "'\"><svg onload=window.hacked=1>",
    "&lt;b&gt;",
    "</style><style>body{display:none}",
    "</title></textarea></noscript>",
]


def hostile_rows(text: str) -> dict[str, list[dict[str, Any]]]:
    """A corpus in which every text is hostile."""
    found = rows(
        [given(f"{text}.txt", f"Russia {text} and the NPT {text}", title=text, symbol=text, date="2004-01-01")]
    )
    found["documents"][0] |= {"warnings": [f"{text}: {text}"], "ontology": text, "format": text}
    extra = {"name_en": text, "name_ru": text, "speaker": text, "rule": text, "flags": [text], "candidates": [text]}
    found["mentions"][0] |= extra | {"attrs": json.dumps({"members": [text], "speech": text, "paragraph": text})}
    found["entities"][0] |= {"name_en": text, "name_ru": text}
    found["failures"] = [{"file": text, "id": text, "source": text, "code": text, "message": text}]
    return found


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_never_markup(text: str, tmp_path: Path):
    page = write_report(write(tmp_path / "out", hostile_rows(text)), tmp_path / "r.html", title=text).target
    blocks = read(page)
    scripts = [attributes for tag, attributes in blocks.tags if tag == "script"]
    assert [s.get("id") for s in scripts] == [None, "index", "postings", "text-0"]
    assert sum(tag == "style" for tag, _ in blocks.tags) == 1
    assert not any(tag in ("img", "iframe", "object", "embed", "base", "form") for tag, _ in blocks.tags)
    assert not any(name.startswith("on") or name == "style" for _, attributes in blocks.tags for name in attributes)
    targets = [value for _, attributes in blocks.tags for name, value in attributes.items() if name in ("href", "src")]
    assert all(value and (value.startswith("#") or value == "data:,") for value in targets)
    assert data(page, "text-0")["text"].startswith(f"Russia {text}")
    assert not set(blocks.raw["index"]) & set("<>&\u2028\u2029\x00")


def test_the_policy_allows_this_script_and_style_alone(corpus: Path, tmp_path: Path):
    blocks = read(write_report(corpus, tmp_path / "r.html").target)
    (policy,) = (a["content"] for tag, a in blocks.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    for kind in ("script", "style"):
        digest = b64encode(sha256(blocks.raw[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_the_script_makes_no_markup_of_text(corpus: Path, tmp_path: Path):
    script = read(write_report(corpus, tmp_path / "r.html").target).raw["script"]
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function(", "fetch", "import("):
        assert word not in script


def test_what_is_no_corpus(tmp_path: Path):
    with pytest.raises(CorpusError, match="npextract batch") as caught:
        write_report(tmp_path, tmp_path / "r.html")
    assert caught.value.code == "no-corpus"


def test_a_corpus_that_cannot_be_read(tmp_path: Path):
    out = write(tmp_path / "out", rows([given("a.txt", "Russia")]))
    (out / "mentions" / "000001.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(CorpusError) as caught:
        write_report(out, tmp_path / "r.html")
    assert caught.value.code == "damaged-corpus"
    assert not list(tmp_path.glob("r.html*"))


def test_a_place_that_cannot_be_written(corpus: Path, tmp_path: Path):
    with pytest.raises(InputError) as caught:
        (tmp_path / "file").touch()
        write_report(corpus, tmp_path / "file" / "r.html")
    assert caught.value.code == "unwritable"


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


def test_the_command(corpus: Path, tmp_path: Path):
    result = run(corpus, "-o", tmp_path / "r.html", "--documents", "2", "--title", "Доклад")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "2 of 5 documents with their text" in result.stderr
    assert "--documents all shows every one" in result.stderr
    assert read(tmp_path / "r.html").raw["title"] == "Доклад"
    assert "5 of 5" in run(corpus, "-o", tmp_path / "all.html", "--documents", "all").stderr


@pytest.mark.parametrize("arguments", [("--documents", "-1"), ("--documents", "many"), ("--documents", "²")])
def test_what_the_command_does_not_understand(corpus: Path, arguments: tuple[str, ...]):
    assert run(corpus, *arguments).exit_code == 2
    assert run("no-such-folder").exit_code == 2
    assert run(corpus.parent).exit_code == 2
