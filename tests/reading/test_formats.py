from __future__ import annotations

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
