"""From the rows of a report to its page. Nothing in the rows can become markup, script or style.

What is drawn at once goes through Jinja2 with autoescape; what the script shows later stands in blocks of JSON, in
which no character means anything to an HTML parser, and which the script makes into text nodes only. The page's own
policy lets run no other script than this one, and fetches nothing.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final

import regex
from markupsafe import Markup

from npextract.show.report.model import Report
from npextract.show.report.pictures import PLURALS, draw
from npextract.show.visible import visible

_ESCAPES: Final = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029\x7f"}
"""What must not stand in a script's block: HTML would see a tag or a comment, old JavaScript the end of a line."""
_SURROGATE: Final = regex.compile("[\ud800-\udfff]")


def render(report: Report, texts: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[str]:
    """The page, piece by piece; `texts` are documents with their places in `report.documents`, taken one by one."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_shown, trim_blocks=True, keep_trailing_newline=True
    )
    style, script = _part("report.css"), _part("report.js")
    index = {
        "entities": [entity.row() for entity in report.entities],
        "documents": report.documents,
        "names": report.names,
        "kinds": PLURALS,
        **report.words,
        "totals": report.totals,
    }
    yield from environment.from_string(_part("report.html.jinja")).generate(
        report=report,
        pictures=draw(report),
        plurals=PLURALS,
        version=version("npextract"),
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        index=json_block(index),
        postings=json_block(report.postings),
        texts=((number, json_block(text)) for number, text in texts),
    )


def json_block(value: object) -> Markup:
    """JSON for a script's block of data: no character in it means anything to an HTML parser."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        line = line.replace(character, escape)
    return Markup(_SURROGATE.sub("\ufffd", line))


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _shown(value: Any) -> Any:
    """What Jinja2 prints: markup of our own as it is, text with its invisible characters made visible."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
