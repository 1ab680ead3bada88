from __future__ import annotations

import codecs
import json
import os
from pathlib import Path

import pytest

from npextract.errors import InputError
from npextract.reading.encodings import Decoded, decode, decode_file
from npextract.reading.files import find_files, inputs_of, read_inputs

RUSSIAN = (
    "Совет Безопасности Организации Объединенных Наций принял резолюцию 1540 (2004).\r\n"
    "Государства – участники Договора обязаны представлять доклады Комитету."
)
ENGLISH = "The Security Council adopted resolution 1540 (2004).\nStates shall report to the Committee."


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("cp1251", b""),
        ("koi8-r", b""),
        ("cp866", b""),
    ],
)
def test_russian_in_any_encoding(encoding: str, mark: bytes):
    text = RUSSIAN.replace("–", "-")
    assert decode(mark + text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_english_in_any_encoding(encoding: str):
    assert decode(ENGLISH.encode(encoding), "a.txt") == ENGLISH


def test_western_letters_of_an_old_encoding():
    french = "Le Conseil de sécurité a adopté à l'unanimité la résolution relative à la non-prolifération."
    assert decode(french.encode("cp1252"), "a.txt") == french


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [RUSSIAN, ENGLISH])
def test_utf_16_without_a_mark(encoding: str, text: str):
    assert decode(text.encode(encoding), "a.txt") == text


def test_line_ends_and_inner_marks_stay():
    assert decode("a\r\nb\rc\n\ufeffd".encode(), "a.txt") == "a\r\nb\rc\n\ufeffd"


def test_no_text_is_a_text():
    assert decode(b"", "a.txt") == decode(codecs.BOM_UTF8, "a.txt") == ""


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (RUSSIAN.encode() * 3 + b"\xff", RUSSIAN * 3 + "\ufffd"),
        (RUSSIAN.encode()[:-2], RUSSIAN[:-2] + "\ufffd"),
        (b"The Council\x92s " + "“Côte d’Ivoire – Türkiye”".encode(), "The Council\ufffds “Côte d’Ivoire – Türkiye”"),
        (codecs.BOM_UTF8 + ENGLISH.encode() + b"\x92", ENGLISH + "\ufffd"),
        (codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le") + b"\x04", RUSSIAN + "\ufffd"),
        (codecs.BOM_UTF16_BE + b"\xd8\x00" + ENGLISH.encode("utf-16-be"), "\ufffd" + ENGLISH),
        (ENGLISH.encode("utf-16-le") + b"\n", ENGLISH + "\ufffd"),
    ],
    ids=range(7),
)
def test_a_few_bytes_that_are_in_no_encoding_cost_only_themselves(data: bytes, text: str):
    decoded = decode_file(data, "a.txt")
    assert decoded.text == text
    (warning,) = decoded.warnings
    assert warning.startswith("encoding:")
    assert warning.endswith(": 1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_zero_bytes_at_the_end_are_no_text(encoding: str):
    text = RUSSIAN.replace("–", "-")
    decoded = decode_file(text.encode(encoding) + bytes(512), "a.txt")
    assert decoded.text == text
    (warning,) = decoded.warnings
    assert warning.startswith("damaged:")


def test_english_with_a_few_western_bytes_is_in_an_old_encoding():
    text = "The Council’s resolution 1540 (2004) – “as is”. " * 9
    assert decode_file(text.encode("cp1252"), "a.txt") == Decoded(text)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.html", "a.eml"])
def test_the_reader_warns_of_bytes_that_could_not_be_read(name: str):
    before = {"a.jsonl": b'{"text": "IAEA"}\n{"text": "', "a.eml": b"Subject: x\n\n"}.get(name, b"")
    after = {"a.jsonl": b'"}\n'}.get(name, b"")
    *others, bad = inputs_of(before + "Россия и Иран".encode() + b"\xd0" + after, name)
    assert bad.text.endswith("Россия и Иран\ufffd")
    assert len(bad.document.warnings) == 1
    assert all(not other.document.warnings for other in others)


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (codecs.BOM_UTF8 + b"\xff\xff", "encoding", "utf-8"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", "encoding", "utf-16"),
        (bytes(range(256)) * 9, "binary", "binary"),
        (bytes(900), "binary", "binary"),
        (bytes(range(128, 256)) * 9, "encoding", "UTF-8"),
    ],
)
def test_what_is_no_text_says_so(data: bytes, code: str, word: str):
    with pytest.raises(InputError) as caught:
        decode(data, "folder/a.txt")
    assert caught.value.code == code
    assert caught.value.source == "folder/a.txt"
    assert str(caught.value).startswith("folder/a.txt: ")
    assert word in str(caught.value)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(200), "program"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(200)), "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x78\x9f\x3e\x22\x01\x00" + bytes(9), "Outlook"),
    ],
)
def test_a_format_that_is_not_read_is_named(data: bytes, word: str):
    (only,) = inputs_of(data, "a.txt")
    assert only.error is not None
    assert only.error.code == "unsupported-format"
    assert word in str(only.error)


def test_one_text_a_file(tmp_path: Path):
    path = tmp_path / "a.md"
    path.write_bytes(codecs.BOM_UTF8 + "# ООН\r\n".encode())
    (only,) = read_inputs(path)
    assert (only.text, only.id, only.source, only.error) == ("# ООН\r\n", path.as_posix(), path.as_posix(), None)
    (named,) = read_inputs(path, "a.md")
    assert (named.id, named.source) == ("a.md", "a.md")


def test_records_keep_their_identifiers_and_order():
    lines = ['{"id": 7, "text": "а"}', "", '{"text": "b", "lang": "en"}', ' {"id": "x", "text": "\\ud800"}\r']
    inputs = list(inputs_of("\n".join(lines).encode(), "in.jsonl"))
    assert [(i.id, i.text, i.document.metadata.lang) for i in inputs] == [
        ("7", "а", None),
        ("in.jsonl:3", "b", "en"),
        ("x", "\ud800", None),
    ]
    assert {i.source for i in inputs} == {"in.jsonl"}


@pytest.mark.parametrize(
    ("line", "identifier"),
    [
        ("nothing", "in.jsonl:2"),
        ('{"text": "a"', "in.jsonl:2"),
        ("[1]", "in.jsonl:2"),
        ('"text"', "in.jsonl:2"),
        ('{"id": "q"}', "q"),
        ('{"id": "q", "text": null}', "q"),
        ('{"id": "q", "text": "a", "lang": 5}', "q"),
        ("[" * 100_000, "in.jsonl:2"),
    ],
    ids=lambda value: value[:20],
)
def test_a_bad_record_is_an_input_with_the_reason(line: str, identifier: str):
    first, bad, last = inputs_of(('{"text": "a"}\n' + line + '\n{"text": "c"}').encode(), "in.jsonl")
    assert first.error is last.error is None
    assert bad.error is not None
    assert bad.error.code == "bad-record"
    assert bad.error.source == "in.jsonl:2"
    assert (bad.id, bad.text) == (identifier, "")


def test_a_record_with_a_huge_number():
    first, second = inputs_of(b'{"text": "a", "n": ' + b"1" * 5000 + b'}\n{"text": "b"}', "in.jsonl")
    assert first.text == "a" or first.error is not None
    assert second.text == "b"


def test_a_record_may_hold_separators_that_are_no_line_ends():
    text = "a\u2028b\u2029c\x85d\x0be"
    (only,) = inputs_of(json.dumps({"text": text}, ensure_ascii=False).encode(), "in.jsonl")
    assert only.text == text


def test_what_cannot_be_opened_is_an_input_too(tmp_path: Path):
    (missing,) = read_inputs(tmp_path / "missing.txt")
    (folder,) = read_inputs(tmp_path)
    for bad in (missing, folder):
        assert bad.error is not None
        assert bad.error.code == "unreadable"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_an_input_too(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("secret")
    path.chmod(0)
    (bad,) = read_inputs(path)
    assert bad.error is not None


def test_all_files_of_a_folder_are_found_but_for_hidden_ones(tmp_path: Path):
    names = ["README", "a.jsonl", "c.TXT", "x.pdf", "b/a.MD", "b/z.unheard-of", "d/e/f.markdown"]
    for name in [*names, ".git/config", "b/.DS_Store", "b/~$z.docx", "Thumbs.db"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)] == names
    assert len(list(find_files(tmp_path, lambda folder: folder.name != "b"))) == 5
