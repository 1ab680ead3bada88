from __future__ import annotations

import pytest
from packages import epub_of, zip_of

from npextract.errors import InputError
from npextract.reading.epub import read_epub


def chapter(text: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x.dtd">'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>{text}</body></html>'
    )


CHAPTERS = {"2.xhtml": chapter("<h1>One</h1><p>Совет&nbsp;Безопасности</p>"), "1.xhtml": chapter("<nav>two</nav>")}


def test_chapters_are_read_in_the_spines_order():
    assert read_epub(epub_of(CHAPTERS), "a.epub").text == "One\n\nСовет\u00a0Безопасности\n\ntwo"


def test_the_reader_warns_of_bytes_that_could_not_be_read():
    book = read_epub(epub_of({"1.xhtml": chapter("<p>Россия и Иран</p>").encode() + b"\xd0"}), "a.epub")
    assert book.text.startswith("Россия и Иран")
    assert book.warnings == ("encoding: not all is utf-8; characters that could not be read: 1",)


def test_what_the_book_declares():
    declared = "<dc:title>Сборник</dc:title><dc:language>ru</dc:language><dc:date>2012-05-01T00:00Z</dc:date>"
    metadata = read_epub(epub_of(CHAPTERS, metadata=declared), "a.epub").metadata
    assert (metadata.title, metadata.lang, metadata.date) == ("Сборник", "ru", "2012-05-01")


@pytest.mark.parametrize(
    ("method", "code"),
    [("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "encrypted"), ("http://www.idpf.org/2008/embedding", None)],
)
def test_encrypted_books_say_so_but_fonts_may_be(method: str, code: str | None):
    encryption = f'<encryption><EncryptedData><EncryptionMethod Algorithm="{method}"/></EncryptedData></encryption>'
    try:
        read_epub(epub_of(CHAPTERS, encryption=encryption), "a.epub")
    except InputError as error:
        assert error.code == code
    else:
        assert code is None


@pytest.mark.parametrize(
    "data", [zip_of({"mimetype": "application/epub+zip"}), epub_of(CHAPTERS)[:200], epub_of({"a": ""})[:-40]]
)
def test_what_is_damaged_says_so(data: bytes):
    with pytest.raises(InputError) as caught:
        read_epub(data, "a.epub")
    assert caught.value.code == "damaged"


def test_an_empty_book_has_no_text():
    assert read_epub(epub_of({"a.xhtml": ""}), "a.epub").text == ""
