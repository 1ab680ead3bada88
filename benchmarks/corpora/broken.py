"""Files that cannot be read, or not wholly, and the reasons that a reader must give."""

from __future__ import annotations

import base64
import gzip
import os
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.corpora.broken_archives import PARTLY_BROKEN_ARCHIVES, WHOLE_BROKEN_ARCHIVES
from benchmarks.corpora.compound import make_compound
from benchmarks.corpora.docx import make_docx
from benchmarks.corpora.epub import make_epub
from benchmarks.corpora.made import Container, Maker, Part, whole
from benchmarks.corpora.mail import make_with_attachment
from benchmarks.corpora.odt import odt_members
from benchmarks.corpora.packages import pack, unpack
from benchmarks.corpora.pdf import make_document, make_locked, make_scan
from benchmarks.corpora.plain import record
from benchmarks.corpora.texts import Text, join

Placer = Callable[[Path], None]
"""Puts something at a path that is no file of bytes."""


def _pdf_cut(random: Random, texts: Sequence[Text]) -> bytes:
    """Cut off before the catalog, without which no page is found, however much a reader repairs."""
    data = make_document(random, texts)
    return data[: data.index(b"/Type /Catalog") - 100]


def _pdf_without_pages(random: Random, texts: Sequence[Text]) -> bytes:
    objects = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 3\n0000000000 65535 f \n" + rows
    return data + table + b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)


def _docx_cut(random: Random, texts: Sequence[Text]) -> bytes:
    data = make_docx(random, texts)
    return data[: len(data) // 2]


def _docx_bad_xml(random: Random, texts: Sequence[Text]) -> bytes:
    members = unpack(make_docx(random, texts))
    document = members["word/document.xml"]
    return pack(members | {"word/document.xml": document[: len(document) // 3]})


def _odt_without_content(random: Random, texts: Sequence[Text]) -> bytes:
    members = odt_members(texts)
    del members["content.xml"]
    return pack(members, stored=("mimetype",))


def _odt_encrypted(random: Random, texts: Sequence[Text]) -> bytes:
    members = odt_members(texts)
    entry = '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"'
    manifest = str(members["META-INF/manifest.xml"]).replace(
        entry + "/>",
        entry + '><manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AAAA">'
        '<manifest:algorithm manifest:algorithm-name="Blowfish CFB" manifest:initialisation-vector="AAAA"/>'
        '<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:iteration-count="1024" '
        'manifest:salt="AAAA"/></manifest:encryption-data></manifest:file-entry>',
    )
    return pack(
        members | {"content.xml": random.randbytes(2000), "META-INF/manifest.xml": manifest}, stored=("mimetype",)
    )


def _epub_without(name: str) -> Maker:
    def make(random: Random, texts: Sequence[Text]) -> bytes:
        members = unpack(make_epub(random, texts))
        del members[name]
        return pack(members, stored=("mimetype",))

    return make


def _epub_protected(random: Random, texts: Sequence[Text]) -> bytes:
    """Its chapters are encrypted, as shops do."""
    members = unpack(make_epub(random, texts))
    chapters = [name for name in members if "chapter" in name]
    data = "".join(
        '<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
        f'<enc:CipherData><enc:CipherReference URI="{name}"/></enc:CipherData></enc:EncryptedData>'
        for name in chapters
    )
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        f'xmlns:enc="http://www.w3.org/2001/04/xmlenc#">{data}</encryption>'
    )
    locked = {name: random.randbytes(1000) for name in chapters}
    return pack(members | locked | {"META-INF/encryption.xml": encryption.encode()}, stored=("mimetype",))


def _spreadsheet(random: Random, texts: Sequence[Text]) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    )
    workbook = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
    return pack({"[Content_Types].xml": types, "xl/workbook.xml": workbook})


def _picture(random: Random, texts: Sequence[Text]) -> bytes:
    from PIL import Image

    buffer = BytesIO()
    Image.new("1", (64, 64), 1).save(buffer, "PNG")
    return buffer.getvalue()


def _program(random: Random, texts: Sequence[Text]) -> bytes:
    return b"\x7fELF\x02\x01\x01" + bytes(9) + random.randbytes(4000)


def _gzip(random: Random, texts: Sequence[Text]) -> bytes:
    return gzip.compress(join(texts).encode(), mtime=0)


def _noise(random: Random, texts: Sequence[Text]) -> bytes:
    return b"\x01\x00\x02" + random.randbytes(4000)


def _false_mark(random: Random, texts: Sequence[Text]) -> bytes:
    english = join(texts)
    russian = " Совет" * (len(english) // 10)  # a few such bytes would cost a warning only
    return b"\xef\xbb\xbf" + (english + russian).encode("cp1251", "replace")


WHOLE: Final[dict[str, tuple[str, str, Maker]]] = {
    "pdf-cut": (".pdf", "damaged", _pdf_cut),
    "pdf-password": (".pdf", "encrypted", make_locked),
    "pdf-header-only": (".pdf", "damaged", lambda random, texts: b"%PDF-1.7\n"),
    "pdf-without-pages": (".pdf", "damaged", _pdf_without_pages),
    "pdf-scan": (".pdf", "no-text-layer", make_scan),
    "pdf-empty-file": (".pdf", "damaged", lambda random, texts: b""),
    "pdf-is-program": (".pdf", "unsupported-format", _program),
    "pdf-is-zeros": (".pdf", "damaged", lambda random, texts: bytes(5000)),
    "docx-bad-xml": (".docx", "damaged", _docx_bad_xml),
    "docx-cut": (".docx", "damaged", _docx_cut),
    "docx-encrypted": (
        ".docx",
        "encrypted",
        lambda random, texts: make_compound(["EncryptionInfo", "EncryptedPackage"]),
    ),
    "docx-empty-file": (".docx", "damaged", lambda random, texts: b""),
    "old-word": (".doc", "unsupported-format", lambda random, texts: make_compound(["1Table", "WordDocument"])),
    "spreadsheet": (".xlsx", "unsupported-format", _spreadsheet),
    "odt-without-content": (".odt", "damaged", _odt_without_content),
    "odt-encrypted": (".odt", "encrypted", _odt_encrypted),
    "epub-without-container": (".epub", "damaged", _epub_without("META-INF/container.xml")),
    "epub-without-package": (".epub", "damaged", _epub_without("OEBPS/content.opf")),
    "epub-protected": (".epub", "encrypted", _epub_protected),
    "gzip": (".txt.gz", "unsupported-format", _gzip),
    "text-false-mark": (".txt", "encoding", _false_mark),
    "text-is-noise": (".txt", "binary", _noise),
    "text-is-picture": (".txt", "unsupported-format", _picture),
    "html-is-zeros": (".html", "binary", lambda random, texts: bytes(5000)),
    **WHOLE_BROKEN_ARCHIVES,
}
"""Way → suffix, code and maker of files that give one input, which cannot be read."""


def _records_bad_line(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    lines = record(texts[0]) + '{"id": "cut", "text": "Сов\n' + "".join(map(record, texts[1:]))
    rest = [whole(text.id, [text]) for text in texts[1:]]
    return lines.encode(), [whole(texts[0].id, texts[:1]), Part(f"{path}:2", code="bad-record"), *rest]


def _records_wrong_type(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    lines = record(texts[0]) + '{"id": "wrong", "text": 1540}\n' + '["no", "object"]\n'
    bad = [Part("wrong", code="bad-record"), Part(f"{path}:3", code="bad-record")]
    return lines.encode(), [whole(texts[0].id, texts[:1]), *bad]


def _text_odd_utf16(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    """All but the last letter can be read."""
    return join(texts).encode("utf-16")[:-1], [whole(path, texts)]


def _mail_bad_attachment(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    data = make_with_attachment(texts, "report.docx", _docx_cut(random, texts))
    return data, [whole(path, texts), Part(f"{path}/report.docx", code="damaged")]


def _mail_encrypted(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    """Only its head can be read; what it says is in an encrypted part (S/MIME)."""
    body = base64.encodebytes(b"\x30\x82" + random.randbytes(1500)).replace(b"\n", b"\r\n")
    data = (
        b"From: documents@archive.example\r\nTo: reader@archive.example\r\nSubject: Encrypted\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\r\n'
        b'Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="smime.p7m"\r\n\r\n' + body
    )
    return data, [Part(path), Part(f"{path}/smime.p7m", code="encrypted")]


PARTLY: Final[dict[str, tuple[str, Container]]] = {
    "records-bad-line": (".jsonl", _records_bad_line),
    "records-wrong-type": (".jsonl", _records_wrong_type),
    "text-odd-utf16": (".txt", _text_odd_utf16),
    "mail-bad-attachment": (".eml", _mail_bad_attachment),
    "mail-encrypted": (".eml", _mail_encrypted),
    **PARTLY_BROKEN_ARCHIVES,
}
"""Way → suffix and maker of files of which a part cannot be read."""


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere.txt")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


PLACED: Final[dict[str, tuple[str, str, Placer]]] = {"dangling-link": (".txt", "unreadable", _dangling)}
"""Way → suffix, code and placer of what is in a folder like a file and is none."""
if hasattr(os, "mkfifo"):
    PLACED["pipe"] = (".txt", "unreadable", _pipe)
