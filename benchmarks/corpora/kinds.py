"""The formats of good files, and how often each is made."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from benchmarks.corpora.docx import make_docx
from benchmarks.corpora.epub import make_epub
from benchmarks.corpora.made import Container, Maker, Part, whole
from benchmarks.corpora.mail import make_alternative, make_mail, make_with_attachment
from benchmarks.corpora.odt import make_odt
from benchmarks.corpora.packages import pack
from benchmarks.corpora.pdf import make_document, make_mended, make_record
from benchmarks.corpora.plain import ENCODINGS, make_records, make_text
from benchmarks.corpora.rtf import make_rtf, make_rtf_unicode
from benchmarks.corpora.texts import Text
from benchmarks.corpora.web import make_html, make_html_1251, make_markdown

SINGLE: Final[dict[str, tuple[str, Maker]]] = {
    "pdf-document": (".pdf", make_document),
    "pdf-record": (".pdf", make_record),
    "pdf-mended": (".pdf", make_mended),
    "docx": (".docx", make_docx),
    "odt": (".odt", make_odt),
    "rtf": (".rtf", make_rtf),
    "rtf-unicode": (".rtf", make_rtf_unicode),
    "html": (".html", make_html),
    "html-1251": (".htm", make_html_1251),
    "markdown": (".md", make_markdown),
    "epub": (".epub", make_epub),
    "mail-base64": (".eml", make_mail("utf-8", "base64")),
    "mail-1251": (".eml", make_mail("windows-1251", "quoted-printable")),
    "mail-koi8": (".eml", make_mail("koi8-r", "8bit")),
    "mail-alternative": (".eml", make_alternative),
    **{f"text-{encoding}": (".txt", make_text(encoding)) for encoding in ENCODINGS},
}
"""Format → suffix and maker, for files that are one document."""

OLD: Final = frozenset({"text-cp1251", "text-koi8-r", "text-cp866", "mail-koi8", "mail-1251", "html-1251"})
"""The formats that are worth testing in Russian only."""

_MEMBERS: Final = ("text-utf-8", "text-cp1251", "docx", "pdf-document", "html", "rtf", "odt")


def _make_zip(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    """A document for each text, in folders, with what operating systems leave in archives."""
    members: dict[str, bytes | str] = {}
    parts = []
    for number, text in enumerate(texts, 1):
        suffix, make = SINGLE[random.choice(_MEMBERS)]
        name = f"{random.choice(('', 'annex/', 'Приложение/'))}{number}{suffix}"
        members[name] = make(random, [text])
        parts.append(whole(f"{path}/{name}", [text]))
    return pack(members | {"__MACOSX/._1.txt": b"\0\5\x16\7", "Thumbs.db": b"\xd0\xcf"}), parts


def _make_records(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    return make_records(random, texts), [whole(text.id, [text]) for text in texts]


def _make_mail(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    """A message with a document attached, whose name is not ASCII."""
    suffix, make = SINGLE[random.choice(("docx", "pdf-document", "rtf"))]
    name = f"Документ{suffix}"
    data = make_with_attachment(texts[:1], name, make(random, texts[1:] or texts))
    return data, [whole(path, texts[:1]), whole(f"{path}/{name}", texts[1:] or texts)]


def _make_empty(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    """A text of no characters is a text: it can be read."""
    return b"", [Part(path)]


SEVERAL: Final[dict[str, tuple[str, Container]]] = {
    "zip": (".zip", _make_zip),
    "records": (".jsonl", _make_records),
    "mail-attachment": (".eml", _make_mail),
    "text-empty": (".txt", _make_empty),
}
"""Format → suffix and maker, for files that hold several documents or none of the texts."""

COMMON: Final = ("pdf-document", "pdf-document", "pdf-record", "docx", "docx", "html", "text-utf-8")
"""What folders are full of; it is made more often than the rest."""
