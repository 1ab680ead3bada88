"""The project's own gold: from the marked texts beside this script to `gold.jsonl`.

    python gold/build.py            writes gold.jsonl
    python gold/build.py --check    says whether it is current; exit code 1 if it is not
    python gold/build.py --agreement    compares the marks with those of a second reader, in `second/`

Markup: [[surface|id]] or [[surface|id|form]], nested where mentions nest. The form is name (which need not be
said), adjective or anaphor; an identifier like org:nil is a name that the ontology does not know. Of an odd run
of opening brackets the first one is text. A file begins with lines "#key: value" and an empty line.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from npextract.evaluate import GoldDocument, marks_of, score
from npextract.ontology import load

FOLDER = Path(__file__).parent
GOLD = FOLDER / "gold.jsonl"
KINDS = {
    "state": "state",
    "org": "organization",
    "treaty": "treaty",
    "concept": "concept",
    "res": "resolution",
    "doc": "document",
}
_HEAD = re.compile(r"^#(\w+): (.*)$", re.MULTILINE)
_TOKEN = re.compile(
    r"(?P<open>\[{2,})|\|(?P<kind>[a-z]+):(?P<name>[^|\[\]\s]+)(?:\|(?P<form>name|adjective|anaphor))?\]\]"
)


def parse(marked: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text of a marked one, and its mentions in text order, outermost first."""
    text = ""
    starts: list[int] = []
    mentions: list[dict[str, Any]] = []
    done = 0
    for token in _TOKEN.finditer(marked):
        text += marked[done : token.start()]
        done = token.end()
        if token["open"]:
            text += "[" * (len(token["open"]) % 2)
            starts += [len(text)] * (len(token["open"]) // 2)
        elif starts:
            mentions.append(_mention(text, starts.pop(), token))
        else:
            raise ValueError(f"{token[0]!r} closes nothing, behind {text[-40:]!r}")
    text += marked[done:]
    if starts:
        raise ValueError(f"not closed: {text[starts[-1] : starts[-1] + 40]!r}")
    return text, sorted(mentions, key=lambda m: (m["start"], -m["end"]))


def _mention(text: str, start: int, token: re.Match[str]) -> dict[str, Any]:
    kind, identifier = KINDS.get(token["kind"]), f"{token['kind']}:{token['name']}"
    surface = text[start:]
    if not kind or not surface.strip() or surface != surface.strip():
        raise ValueError(f"no mention: {surface!r} as {identifier}")
    known = token["name"] == "nil" or kind in ("resolution", "document") or identifier in load()
    if not known:
        raise ValueError(f"{surface!r}: the ontology has no {identifier}")
    return {
        "start": start, "end": len(text), "text": surface, "kind": kind,
        "id": None if token["name"] == "nil" else identifier, "form": token["form"] or "name",
    }  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    """The record of a marked file."""
    head, _, body = path.read_bytes().decode("utf-8").partition("\n\n")
    keys = dict(_HEAD.findall(head))
    try:
        text, mentions = parse(body)
        return {"id": keys["id"], "lang": keys["lang"], "genre": keys["genre"], "text": text, "mentions": mentions}
    except (KeyError, ValueError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def build(folder: Path = FOLDER) -> str:
    """The content of gold.jsonl: a record a line, in the order of the files' names."""
    return "".join(json.dumps(read(path), ensure_ascii=False) + "\n" for path in sorted(folder.glob("*.marked")))


def agreement(folder: Path = FOLDER) -> Iterator[str]:
    """How far a second reader, who had not seen the first one's marks, agrees: a measure a line."""
    first, second = ({r["id"]: r for r in map(read, sorted(f.glob("*.marked")))} for f in (folder, folder / "second"))
    golds = [GoldDocument(key, first[key]["text"], None, marks_of(first[key]["mentions"])) for key in second]
    if any(first[key]["text"] != second[key]["text"] for key in second):
        raise ValueError("a text of the second reader is not the first one's")
    scores = score(golds, [marks_of(record["mentions"]) for record in second.values()])
    yield f"{len(golds)} texts read twice"
    for name in ("span", "span organization", "link", "entities", "adjective", "anaphor"):
        yield f"{name:18} F1 {scores[name].f1:.3f}"


def main(arguments: Sequence[str]) -> int:
    """Write gold.jsonl, or with --check only look."""
    if "--agreement" in arguments:
        print(*agreement(), sep="\n")
        return 0
    content = build()
    if "--check" in arguments:
        current = GOLD.is_file() and GOLD.read_text(encoding="utf-8") == content
        print(f"{GOLD.name} is {'current' if current else 'out of date: run python gold/build.py'}")
        return 0 if current else 1
    GOLD.write_text(content, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
