from __future__ import annotations

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages import docx_of, epub_of, odt_of, p, zip_of

from npextract.errors import InputError
from npextract.reading import archive
from npextract.reading.archive import open_zip, tell_package
from npextract.reading.files import inputs_of
from npextract.reading.formats import tell_format


def names(data: bytes) -> list[str]:
    return [name for name, _ in open_zip(data, "a.zip")]


def codes(data: bytes) -> dict[str, str | None]:
    return {name: getattr(member, "code", None) for name, member in open_zip(data, "a.zip")}


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (docx_of(p("a")), "docx"),
        (odt_of("<text:p>a</text:p>"), "odt"),
        (epub_of({"a.xhtml": "<p>a</p>"}), "epub"),
        (zip_of({"a.txt": "a"}), "zip"),
        (zip_of({}), "zip"),
    ],
)
def test_what_a_container_is(data: bytes, format: str):
    assert tell_package(data, "a") == format


@pytest.mark.parametrize(
    ("parts", "source", "code", "word"),
    [
        ({"[Content_Types].xml": "", "xl/workbook.xml": ""}, "a.xlsx", "unsupported-format", "Excel"),
        ({"[Content_Types].xml": "", "ppt/a.xml": ""}, "a.pptx", "unsupported-format", "PowerPoint"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "a.ods", "unsupported-format", "spreadsheet"),
        ({"mimetype": "application/vnd.oasis.opendocument.graphics"}, "a.odg", "unsupported-format", "PDF"),
        ({"META-INF/MANIFEST.MF": ""}, "a.jar", "unsupported-format", "Java"),
        ({"a.txt": ""}, "a.docx", "damaged", "Word"),
    ],
)
def test_what_is_not_read_says_so(parts: dict[str, str], source: str, code: str, word: str):
    with pytest.raises(InputError) as caught:
        tell_package(zip_of(parts), source)
    assert caught.value.code == code
    assert word in str(caught.value)


def test_files_come_in_the_order_of_their_names():
    parts = {
        "b.txt": "b",
        "a/2.txt": "2",
        "a/1.txt": "1",
        "a/": "",
        ".hidden/x": "",
        "__MACOSX/._a": "",
        "Thumbs.db": "",
    }
    assert list(open_zip(zip_of(parts), "a.zip")) == [("a/1.txt", b"1"), ("a/2.txt", b"2"), ("b.txt", b"b")]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/abs/a.txt", "abs/a.txt"),
        ("C:\\docs\\a.txt", "docs/a.txt"),
        ("a//./b.txt", "a/b.txt"),
        ("line\nbreak.txt", "line_break.txt"),
        ("документы/доклад.txt", "документы/доклад.txt"),
    ],
)
def test_names_lead_nowhere_else(name: str, safe: str):
    assert names(zip_of({name: "x"})) == [safe]


def test_names_that_are_one_when_made_safe():
    assert names(zip_of({"a.txt": "1", "../a.txt": "2", "./a.txt": "3"})) == ["a.txt", "a (2).txt", "a (3).txt"]


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "utf-8"])
def test_russian_names_without_the_mark_of_utf_8(encoding: str):
    name = "Доклад МАГАТЭ.txt"
    placeholder = "x" * len(name.encode(encoding))
    data = zip_of({placeholder: "text"}).replace(placeholder.encode(), name.encode(encoding))
    assert names(data) == [name]


def test_an_encrypted_file_says_so_and_the_others_are_read():
    data = bytearray(zip_of({"a.txt": "one", "b.txt": "two"}))
    data[6] |= 1  # the flag in the first file's own header, and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert codes(bytes(data)) == {"a.txt": "encrypted", "b.txt": None}


def test_a_damaged_file_says_so_and_the_others_are_read():
    data = zip_of({"a.txt": "first text", "b.txt": "second"}, zipfile.ZIP_STORED).replace(b"first", b"frist")
    assert codes(data) == {"a.txt": "damaged", "b.txt": None}


def test_a_compression_that_is_not_known():
    data = bytearray(zip_of({"a.txt": "one", "b.txt": "two"}))
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 99
    assert codes(bytes(data)) == {"a.txt": "damaged", "b.txt": None}


@pytest.mark.parametrize("cut", [30, 60, 100])
def test_an_archive_that_is_cut_off_says_so(cut: int):
    data = zip_of({"a.txt": "one" * 100, "b.txt": "two"})[:-cut]
    (item,) = inputs_of(data, "a.zip")
    assert item.error is not None
    assert item.error.code == "damaged"


def test_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch):
    bomb = zip_of({"bomb.txt": b"\0" * (20 << 20), "small.txt": "x"})
    assert codes(bomb) == {"bomb.txt": "too-large", "small.txt": None}
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 100)
    assert codes(zip_of({"a.txt": "x" * 101, "b.txt": "x" * 100})) == {"a.txt": "too-large", "b.txt": None}
    monkeypatch.setattr(archive, "LARGEST_ARCHIVE", 150)
    assert codes(zip_of({"a.txt": "x" * 100, "b.txt": "x" * 60, "c.txt": "x" * 50})) == {
        "a.txt": None, "b.txt": "too-large", "c.txt": None,
    }  # fmt: skip


def test_a_bomb_that_lies_about_its_size():
    honest = zip_of({"a.txt": b"\0" * 5000})
    lying = honest.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert codes(lying) == {"a.txt": "damaged"}


def test_more_files_than_are_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 2)
    *read, (_, rest) = open_zip(zip_of(dict.fromkeys("abcde", "x")), "a.zip")
    assert len(read) == 2
    assert isinstance(rest, InputError)
    assert "3 of its 5 files" in str(rest)


def test_archives_in_archives_have_an_end():
    data = zip_of({"a.txt": "x"})
    for _ in range(10):
        data = zip_of({"a.zip": data})
    (item,) = inputs_of(data, "a.zip")
    assert item.error is not None
    assert item.error.code == "too-deep"


def test_a_pdf_in_an_archive_does_not_make_it_one():
    assert tell_format(zip_of({"a.pdf": b"%PDF-1.7"}, zipfile.ZIP_STORED), "a.zip").name == "zip"


WHOLE = zip_of({"a.txt": "first", "b/c.txt": "second" * 50})


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=6), st.booleans())
def test_damage_raises_nothing_but_input_errors(at: int, junk: bytes, cut: bool):
    data = WHOLE[:at] if cut else WHOLE[:at] + junk + WHOLE[at + len(junk) :]
    try:
        list(open_zip(data, "a.zip"))
    except InputError as error:
        assert error.code == "damaged"
