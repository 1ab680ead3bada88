"""Texts that nobody should write, and files that are no texts: no crash, no hang, no silence."""

from __future__ import annotations

import gc
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import ids, rules
from npextract.corpus.reading import extract_inputs
from npextract.reading.files import read_inputs
from test_properties import check

NAMES = "Россия и МАГАТЭ; Security Council resolution 1540 (2004)"
NAMED = ["state:RUS", "org:IAEA", "res:S/RES/1540(2004)", "org:UNSC"]


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\t \r\n\f\v", "\u00a0\u2003\u200b", "\ufeff", "\ufeff\ufeff\n\n", "\0"], ids=ascii
)
def test_nothing_to_read(text: str):
    document = rules().extract(text)
    assert (document.text, document.mentions, document.error) == (text, (), None)


@pytest.mark.parametrize(
    "text", ["...", "?!" * 50, "«»()[]{}", "- - -", "1 2 3", "* * *", "___", "| | |", "\\", "](", "«", "—"]
)
def test_nothing_but_punctuation(text: str):
    assert rules().extract(text).mentions == ()


@pytest.mark.parametrize(
    "noise",
    [
        "\ud800",
        "\udfff\ud800",
        "\0",
        "\x01\x07\x1b[31m",
        "\x7f\x80\x9f",
        "\ufffe\uffff",
        "\u202e",
        "🇺🇳",
        "\u0301" * 30,
        "\U0010ffff",
        "İ",
        "ﷺ",
    ],
    ids=ascii,
)
def test_names_beside_noise(noise: str):
    document = rules().extract(f"{noise} {NAMES} {noise}")
    check(document)
    assert [m.id for m in document.mentions] == NAMED
    json.loads(document.to_json())


def test_line_ends_of_windows_and_of_old_macs():
    text = "Совет\nБезопасности\n\nThe IAEA\nand the\nChemical Weapons\nConvention"
    assert ids(text) == ["org:UNSC", "org:IAEA", "treaty:CWC"]
    assert ids(text.replace("\n", "\r\n")) == ids(text.replace("\n", "\r")) == ids(text)


def test_both_scripts_in_one_line():
    text = "МАГАТЭ (IAEA) и NPT/ДНЯО; الأمم المتحدة 联合国 Ελλάδα ÇÖĞ"
    assert ids(text) == ["org:IAEA", "org:IAEA", "treaty:NPT", "treaty:NPT"]


def test_names_in_random_characters():
    random_ = random.Random(1540)
    for _ in range(20):
        noise = "".join(chr(random_.choice((random_.randrange(0x500), random_.randrange(0x11000)))) for _ in range(300))
        document = rules().extract(f"{noise}\n\n{NAMES}.\n\n{noise}", lang="ru")
        check(document)
        assert {m.id for m in document.mentions} >= set(NAMED)


# Size: the time grows with the text's length, not faster.

HOSTILE: dict[str, Callable[[int], str]] = {
    "one word": lambda n: "я" * n,
    "one word in capitals": lambda n: "Ж" * n,
    "spaces": lambda n: " " * n,
    "line ends": lambda n: " \n" * (n // 2),
    "brackets open": lambda n: "[" * n,
    "brackets open and close": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "parentheses": lambda n: "(" * n,
    "links begun": lambda n: "[a](" * (n // 4),
    "links in links": lambda n: "[" * (n // 6) + "a" + "](b)" * (n // 6),
    "images": lambda n: "![a](b" * (n // 6),
    "stars": lambda n: "*" * n,
    "stars between letters": lambda n: "a*b_" * (n // 4),
    "underscores": lambda n: "_a" * (n // 2),
    "escapes": lambda n: "\\[" * (n // 2),
    "digits": lambda n: "1" * n,
    "digits in parentheses": lambda n: "1 (2" * (n // 4),
    "digits and brackets": lambda n: "1540 (2004) [" * (n // 13),
    "digits and slashes": lambda n: "71/258/" * (n // 7),
    "soft hyphens": lambda n: "a\u00ad" * (n // 2),
    "marks": lambda n: "e" + "\u0301" * n,
    "marked letters": lambda n: "e\u0301" * (n // 2),
    "ligatures": lambda n: "ﬁ" * n,
    "divided words": lambda n: "ab-\n" * (n // 4),
    "addresses": lambda n: "a@b." * (n // 4),
    "web addresses": lambda n: "http://a" * (n // 8),
    "quotation marks": lambda n: "«" * n,
    "control characters": lambda n: "\x01\x02" * (n // 2),
    "surrogates": lambda n: "\ud800" * n,
    "names": lambda n: "ООН " * (n // 4),
    "names run together": lambda n: "ООН" * (n // 3),
    "weak names": lambda n: "Georgia, " * (n // 9),
    "decoys": lambda n: "South Georgia " * (n // 14),
    "resolutions": lambda n: "резолюция " * (n // 10),
    "citations": lambda n: "resolution 1540 (2004), " * (n // 24),
    "a long list": lambda n: "resolutions " + "1540 (2004), " * (n // 13),
    "committees": lambda n: "Комитет по Комитету, " * (n // 21),
    "symbols": lambda n: "A/1/" * (n // 4),
    "symbols with points": lambda n: "A/1" + ".a" * (n // 2),
    "ministries": lambda n: "Ministry of Foreign Affairs of " * (n // 31),
    "anaphors": lambda n: "The UN. The Council met. " * (n // 25),
    "definitions": lambda n: "Комитет 1540 («Комитет») " * (n // 25),
    "anaphors of one paragraph": lambda n: "The 1540 Committee met. " + "The Committee spoke. " * (n // 21),
    "many definitions": lambda n: "".join(f"IAEA (IA{i:X}) " for i in range(n // 12)),
    "numbers in words": lambda n: "resolution " + "one hundred " * (n // 12),
    "paragraphs": lambda n: "paragraph " + "1, " * (n // 3) + "of resolution 1540",
    "dates": lambda n: "resolution of 28 April 2004 " * (n // 28),
    "speakers": lambda n: "\nMr. A (Kenya): Yes. " * (n // 20),
    "a speaker without end": lambda n: "\nMr. " + "a " * (n // 2),
    "sides": lambda n: "North and South " * (n // 16),
    "numbers with sessions": lambda n: "resolution 50/9 of it. " * (n // 23),
    "treaties that share a noun": lambda n: "Treaties of " + "Rarotonga, " * (n // 11),
    "turkish capitals": lambda n: "İ" * n,
}


def timed(text: str) -> float:
    """The processor's time for a text, whatever else the machine does, and whatever else there is to tidy up."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    rules().extract(text)
    taken = time.process_time() - start
    gc.enable()
    return taken


def assert_linear(make: Callable[[int], str], size: int) -> None:
    """Four times the text takes less than eight times the time, at the best of some tries: quadratic time would be
    sixteen times as long, and a busy machine does not make it twice as long at each of them.
    """
    once = four = float("inf")
    for _ in range(6):
        once, four = min(once, timed(make(size // 2))), min(four, timed(make(2 * size)))
        if four < 0.05 or four < 8 * once:
            return
    pytest.fail(f"four times the text takes {four / once:.1f} times as long")


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_linear_time(make: Callable[[int], str]):
    assert_linear(make, 100_000)


@pytest.mark.parametrize(
    ("make", "size"),
    [(lambda n: "zж" * (n // 2), 3_000), (lambda n: "A-" * (n // 2), 5_000), (lambda n: "A." * (n // 2), 5_000)],
    ids=["letters of both scripts", "letters and hyphens", "letters and points"],
)
def test_hostile_words_take_linear_time(make: Callable[[int], str], size: int):
    assert_linear(make, size)


def test_a_long_list_of_bare_numbers():
    def reading(numbers: int) -> float:
        return timed("resolutions " + "1540, " * numbers)

    # Four times the numbers: linear time is four times as long, quadratic sixteen times.
    assert min(reading(16_000) / reading(4_000) for _ in range(2)) < 7


@pytest.mark.parametrize(
    "text", ["[" * 1_000_000, "*" * 1_000_000, "1(" * 500_000], ids=["brackets", "stars", "digits"]
)
def test_a_megabyte_of_markup(text: str):
    start = time.perf_counter()
    document = rules().extract(f"{text}\n\n{NAMES}")
    assert time.perf_counter() - start < 20
    assert [m.id for m in document.mentions] == NAMED


def test_ten_megabytes_without_a_space():
    text = "нераспространение" * 600_000
    assert len(text) > 10_000_000
    start = time.perf_counter()
    document = rules().extract(text)
    assert time.perf_counter() - start < 40
    assert (len(document.text), document.mentions) == (len(text), ())


def test_a_long_document_is_read_to_its_end():
    text = f"{NAMES}.\n\n" * 4000
    mentions = rules().extract(text).mentions
    assert len(mentions) == 4000 * len(NAMED)
    assert text[mentions[-1].start :].startswith("Security Council")


def test_deep_nesting_of_markup():
    text = "*" * 3 + "[" * 500 + "МАГАТЭ" + "](x)" * 500 + "*" * 3
    assert ids(text) == ["org:IAEA"]


# Files.


def read(path: Path) -> list[tuple[str | None, list[str | None]]]:
    """The error code and the identifiers of each text of a file."""
    return [
        (d.error["code"] if d.error else None, [m.id for m in d.mentions])
        for d in extract_inputs(rules(), read_inputs(path))
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251", "koi8-r", "cp866"])
def test_files_in_any_encoding(tmp_path: Path, encoding: str):
    path = tmp_path / "a.txt"
    path.write_bytes(
        "Совет Безопасности подтвердил приверженность Договору (ДНЯО).\r\nМАГАТЭ доложило об этом.".encode(encoding)
    )
    assert read(path) == [(None, ["org:UNSC", "treaty:NPT", "org:IAEA"])]


def test_a_byte_order_mark_is_not_in_the_text(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffМАГАТЭ".encode())
    (document,) = extract_inputs(rules(), read_inputs(path))
    assert (document.text, document.mentions[0].start) == ("МАГАТЭ", 0)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"%PDF-1.7\n1 0 obj", "damaged"),
        ("a.txt", b"PK\x03\x04docx", "damaged"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.txt", b"\xff\xfe\x00\xd8", "encoding"),
        ("a.jsonl", b"%PDF-1.7", "damaged"),
        ("a.jsonl", b"{]", "bad-record"),
        ("a.jsonl", b'{"text": 7}', "bad-record"),
        ("missing.txt", None, "unreadable"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes | None, code: str):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    (document,) = extract_inputs(rules(), read_inputs(path))
    assert document.error is not None
    assert document.error["code"] == code
    assert name in document.error["message"]
    assert (document.text, document.mentions, document.lang) == ("", (), "und")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_an_empty_file_is_an_empty_text(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(b"")
    assert read(tmp_path / name) == [(None, [])]


def test_a_file_of_no_records_has_none(tmp_path: Path):
    (tmp_path / "a.jsonl").write_bytes(b"\n\n  \n")
    assert read(tmp_path / "a.jsonl") == []
