from __future__ import annotations

import time

import pytest

from npextract.errors import InputError
from npextract.reading.formats import tell_format

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (b"{\\rtf1 x}", "a.doc", "rtf"),
        (b"<!DOCTYPE html><p>x", "a", "html"),
        (b"\xef\xbb\xbf <html>", "a.doc", "html"),
        (b"<!-- saved from url=(0014)about:internet -->\n<html>", "a.aspx", "html"),
        (b'<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE html>', "a.php", "html"),
        (b"<!-- a note -->\ntext", "a.log", "text"),
        (b"files that begin with %PDF-1.7", "a.txt", "text"),
        (b"<p>files that begin with %PDF-1.7", "a.html", "html"),
        (b"%PDF-1.7", "a.txt", "pdf"),
        (b"junk\n%PDF-1.7", "a.pdf", "pdf"),
        (b"plain", "a.eml", "mail"),
        (b"Received: by x\r\nMIME-Version: 1.0\r\n\r\ntext", "message", "mail"),
        (b"From: the beginning\n\ntext", "a", "text"),
        (b"{}", "a.jsonl", "records"),
    ],
)
def test_bytes_and_names_tell_the_format(data: bytes, name: str, format: str):
    assert tell_format(data, name).name == format


@pytest.mark.parametrize(
    ("stream", "code", "word"),
    [
        ("EncryptedPackage", "encrypted", "password"),
        ("__properties_version1.0", "unsupported-format", "Outlook"),
        ("WordDocument", "unsupported-format", "DOCX"),
    ],
)
def test_compound_files_say_what_they_are(stream: str, code: str, word: str):
    with pytest.raises(InputError) as caught:
        tell_format(OLE + stream.encode("utf-16-le"), "a.docx")
    assert caught.value.code == code
    assert word in str(caught.value)


@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (b'<?xml version="1.0"?>\n<office:document xmlns:office="x">', "a.fodt", "ODT"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "a.xml", "DOCX"),
        (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x">', "a.xml", "DOCX"),
    ],
)
def test_documents_as_one_xml_file_are_refused(data: bytes, name: str, word: str):
    with pytest.raises(InputError) as caught:
        tell_format(data, name)
    assert caught.value.code == "unsupported-format"
    assert word in str(caught.value)


def test_comments_are_skipped_in_linear_time():
    begun = time.perf_counter()
    for data in (b"<!-- a -->" * 100_000, b"<!--" * 100_000, b"<?" * 100_000):
        assert tell_format(data, "a").name == "text"
    assert time.perf_counter() - begun < 1
