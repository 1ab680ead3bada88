from __future__ import annotations

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npextract.corpus.heading import find_metadata
from npextract.errors import InputError
from npextract.reading.files import inputs_of
from npextract.reading.mail import open_mail, open_mbox, read_mail
from npextract.reading.source import Metadata

HEAD = b"From: a@b.example\r\nSubject: Draft\r\nDate: Thu, 26 Nov 2020 23:30:00 +0300\r\n"


def message(text: str = "Совет Безопасности", *, charset: str = "utf-8", **options: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Мария Ковалева <m@example.org>"
    made["To"] = "IAEA Secretariat <iaea@example.org>"
    made["Subject"] = "Резолюция 1540 (2004)"
    made["Date"] = "Thu, 26 Nov 2020 23:30:00 +0300"
    made.set_content(text, charset=charset, **options)
    return made


def read(data: bytes) -> str:
    return read_mail(data, "a.eml").text


@pytest.mark.parametrize("charset", ["utf-8", "koi8-r", "cp1251"])
@pytest.mark.parametrize("cte", ["base64", "quoted-printable", "8bit"])
def test_a_message_becomes_text(charset: str, cte: str):
    document = read_mail(message(charset=charset, cte=cte).as_bytes(), "a.eml")
    assert document.text == (
        "Резолюция 1540 (2004)\n\n"
        "From: Мария Ковалева <m@example.org>\nTo: IAEA Secretariat <iaea@example.org>\n"
        "Date: Thu, 26 Nov 2020 23:30:00 +0300\n\nСовет Безопасности"
    )
    assert (document.metadata.title, document.metadata.date) == ("Резолюция 1540 (2004)", "2020-11-26")


@pytest.mark.parametrize("declared", ["koi8-r", "us-ascii", "no-such-charset", "utf-8"])
def test_a_wrong_charset_is_seen_through(declared: str):
    text = "Совет Безопасности принял резолюцию 1540 (2004) о нераспространении оружия массового уничтожения. " * 3
    data = HEAD + f"Content-Type: text/plain; charset={declared}\r\n\r\n".encode() + text.encode("cp1251")
    assert text.strip() in read(data)


@pytest.mark.parametrize("charset", ["a\0b", "", "=?x?=", "utf-16", "hex", "idna"])
def test_a_charset_that_is_none(charset: str):
    data = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + "Совет".encode()
    assert read(data).endswith("Совет")
    assert list(open_mail(data, "a.eml")) == []


def test_a_subject_in_raw_bytes():
    data = b"From: a@b.example\nSubject: " + "Проект резолюции Совета Безопасности".encode("cp1251") + b"\n\ntext"
    assert read(data).startswith("Проект резолюции Совета Безопасности\n\n")


def test_plain_text_is_read_rather_than_html():
    made = message("the plain text")
    made.add_alternative("<p>the <b>HTML</b></p>", subtype="html")
    assert read(made.as_bytes()).endswith("the plain text")


def test_html_is_read_where_there_is_no_plain_text():
    made = message()
    made.set_content("<table><tr><td>Iran<td>1970</table><nav>all</nav>", subtype="html")
    assert read(made.as_bytes()).endswith("Iran | 1970\n\nall")


@pytest.mark.parametrize("blank", ["\r\n", "\u00a0\r\n", "\u200b"])
def test_html_is_read_where_the_plain_text_is_blank(blank: str):
    made = message(blank)
    made.add_alternative("<p>Iran and the IAEA</p>", subtype="html")
    assert read(made.as_bytes()).endswith("Iran and the IAEA")


@pytest.mark.parametrize("plain", ["Your mail client does not support HTML.", "See the HTML version"])
def test_html_is_read_where_the_plain_text_only_says_that_there_is_html(plain: str):
    made = message(plain)
    made.add_alternative("<p>Iran and the IAEA signed a safeguards agreement.</p>" * 9, subtype="html")
    assert plain not in read(made.as_bytes())
    assert read(made.as_bytes()).count("Iran and the IAEA") == 9


def test_a_short_plain_text_is_read_rather_than_the_same_in_html():
    made = message("Iran and the IAEA signed.")
    made.add_alternative("<p>Iran and the <b>IAEA</b> signed.</p><p>This message was sent to all.</p>", subtype="html")
    assert read(made.as_bytes()).endswith("Iran and the IAEA signed.")


def test_texts_of_both_kinds_are_read_in_order():
    made = EmailMessage()
    made["Subject"] = "Draft"
    made.set_content("<p>Iran and the IAEA</p>", subtype="html")
    made.make_mixed()
    for text, disposition in (("the list's footer", "inline"), ("notes", "attachment")):
        made.add_attachment(text, disposition=disposition)
    assert read(made.as_bytes()) == "Draft\n\nIran and the IAEA\n\nthe list's footer"


def test_alternatives_among_other_texts():
    made = message("the plain text")
    made.add_alternative("<p>the HTML</p>", subtype="html")
    made.add_attachment("a footer", disposition="inline")
    assert read(made.as_bytes()).endswith("the plain text\n\na footer")


def test_a_plain_text_is_read_where_the_html_cannot_be():
    made = message("short")
    made.add_alternative(bytes(range(256)), maintype="text", subtype="html")
    assert read(made.as_bytes()).endswith("short")


def test_html_that_cannot_be_read_is_not_passed_over_for_a_blank_text():
    made = message(" ")
    made.add_alternative(bytes(range(256)), maintype="text", subtype="html")
    with pytest.raises(InputError):
        read(made.as_bytes())


def test_one_text_is_read_where_another_cannot_be():
    made = message("the plain text")
    made.add_attachment(bytes(range(256)), maintype="text", subtype="plain", disposition="inline")
    document = read_mail(made.as_bytes(), "a.eml")
    assert document.text.endswith("the plain text")
    assert document.warnings[0].startswith("left-out:")


@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "us-ascii"])
def test_a_message_in_utf_8_but_for_a_byte(declared: str):
    text = "Совет Безопасности принял резолюцию 1540 (2004). " * 3
    data = HEAD + f"Content-Type: text/plain; charset={declared}\r\n\r\n".encode() + text.encode() + b"\xd0"
    document = read_mail(data, "a.eml")
    assert document.text.endswith(text + "\ufffd")
    assert document.warnings[0].startswith("encoding:")


def test_what_is_attached_lies_in_the_message():
    inner = message("inner text")
    made = message("outer text")
    made.add_attachment(b"data", maintype="application", subtype="pdf", filename="доклад.pdf")
    made.add_attachment(b"data 2", maintype="application", subtype="pdf", filename="../доклад.pdf")
    made.add_attachment("notes", filename="a.txt")
    made.add_attachment(b"pixels", maintype="image", subtype="png", filename="logo.png")
    made.add_attachment(inner)
    members = dict(open_mail(made.as_bytes(), "a.eml"))
    assert list(members) == ["доклад.pdf", ".._доклад.pdf", "a.txt", "message.eml"]
    assert members["доклад.pdf"] == b"data"
    assert "notes" not in read(made.as_bytes())
    found = {item.source: item.text for item in inputs_of(made.as_bytes(), "a.eml") if not item.error}
    assert list(found) == ["a.eml", "a.eml/a.txt", "a.eml/message.eml"]
    assert found["a.eml/message.eml"].endswith("inner text")


@pytest.mark.parametrize("kind", ["pkcs7-signature", "x-pkcs7-signature", "pgp-signature"])
def test_signatures_are_passed_over(kind: str):
    made = message()
    made.add_attachment(b"\x30\x80\x06\x09", maintype="application", subtype=kind, filename="smime.p7s")
    made.add_attachment("notes", filename="a.txt")
    assert [name for name, _ in open_mail(made.as_bytes(), "a.eml")] == ["a.txt"]


def test_names_that_are_taken():
    made = message()
    for text in ("one", "two"):
        made.add_attachment(text, filename="a.txt")
    assert [name for name, _ in open_mail(made.as_bytes(), "a.eml")] == ["a.txt", "a (2).txt"]


def test_a_saved_web_page():
    made = EmailMessage()
    made["From"] = "<Saved by a browser>"
    made["Subject"] = "News"
    made.set_content("<h1>Council acts</h1><p>Совет</p>", subtype="html", charset="cp1251")
    made.add_related(b"x", maintype="image", subtype="png", cid="<1>")
    assert read(made.as_bytes()).endswith("Council acts\n\nСовет")
    assert list(open_mail(made.as_bytes(), "a.mht")) == []


PAGE = (
    "<html lang=ru><head><meta property='article:published_time' content='2021-03-05'><title>Page</title></head><body>"
    "<nav><a href=/>Menu</a></nav><main><h1>Council acts</h1><p>Совет</p></main></body></html>"
).encode()
SAVED_HEAD = b"From: <Saved by a browser>\nSubject: Subject\nDate: Tue, 11 Jun 2024 12:00:00 -0000\n"
LOCATION = b"Content-Location: https://mid.example/1\n"
HTML = b"Content-Type: text/html; charset=utf-8\n"
RELATED = b'Content-Type: multipart/related; type="text/html"; boundary=b\n'


@pytest.mark.parametrize(
    "data",
    [
        SAVED_HEAD + b"Snapshot-" + LOCATION + RELATED + b"\n--b\n" + HTML + b"\n" + PAGE + b"\n--b--",
        SAVED_HEAD + RELATED + b"\n--b\n" + HTML + LOCATION + b"\n" + PAGE + b"\n--b--",
        SAVED_HEAD + HTML + LOCATION + b"\n" + PAGE,
    ],
    ids=range(3),
)
def test_a_page_that_a_browser_saved_is_read_as_a_page(data: bytes):
    document = read_mail(data, "a.mht")
    assert (document.text, document.format) == ("Council acts\n\nСовет", "html")
    assert document.metadata == Metadata(title="Page", date="2021-03-05", lang="ru")
    assert find_metadata(document, "a.mht").date == "2021-03-05"


def test_the_day_on_which_a_page_was_saved_is_not_its_date():
    data = SAVED_HEAD + HTML + LOCATION + "\n<p>Заявление\n<p>5 марта 2021 года\n<p>Совет".encode()
    document = read_mail(data, "a.mht")
    assert document.metadata == Metadata(title="Subject")
    assert find_metadata(document, "a.mht").date == "2021-03-05"


def test_frames_of_a_saved_page_are_read():
    frame = b"\n--b\n" + HTML + b"Content-Location: cid:frame\n\n<p>in a frame"
    data = SAVED_HEAD + RELATED + b"\n--b\n" + HTML + LOCATION + b"\n" + PAGE + frame + b"\n--b--"
    assert read_mail(data, "a.mht").text == "Council acts\n\nСовет\n\nin a frame"


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"no message at all"])
def test_what_is_no_message_says_so(data: bytes):
    with pytest.raises(InputError) as caught:
        read_mail(data, "a.eml")
    assert caught.value.code == "damaged"


def test_a_mailbox_holds_messages():
    body = b"Subject: %d\n\ntext\n>From here on\nFrom now on\n\n"
    data = b"".join(b"From a@b Thu Nov 26 10:00:00 2020\n" + body % n for n in (1, 2, 3))
    members = dict(open_mbox(data, "a.mbox"))
    assert list(members) == ["1.eml", "2.eml", "3.eml"]
    assert members["2.eml"] == b"Subject: 2\n\ntext\nFrom here on\nFrom now on\n\n"
    with pytest.raises(InputError):
        list(open_mbox(b"no mailbox", "a.mbox"))


@pytest.mark.parametrize(
    "prose",
    [
        b"From Vienna, 5 March 2021\nRussia replied to the IAEA.",
        b"From Vienna, 5 March 2021\nNote: Russia replied to the IAEA.",
        b"From Vienna, 5 March 2021, 10:00\nRussia replied to the IAEA.",
        b"From Vienna, 5 March 2021, 10:00\n\nRussia replied: no.",
    ],
    ids=range(4),
)
def test_prose_does_not_begin_a_message_of_a_mailbox(prose: bytes):
    body = b"From: a@b\r\nSubject: x\r\n\r\nIran signed.\r\n\r\n" + prose + b"\r\n\r\n"
    data = b"".join(b"From - Fri Mar  5 %s 2021\r\n" % time + body for time in (b"10:00:00", b"9:00:00 +0300"))
    assert [message for _, message in open_mbox(data, "a.mbox")] == [body, body]


@pytest.mark.parametrize(
    "data",
    [
        b"From: a\n" + b"Subject: " + b"=?utf-8?q?" * 50_000 + b"\n\ntext",
        b"To: " + b'"a' * 100_000 + b"\n\ntext",
        b"To: " + b"a@b," * 100_000 + b"\n\ntext",
        b"To: " + b"((" * 50_000 + b"\n\ntext",
        HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: multipart/mixed\n\n" * 20_000,
        HEAD
        + b"Content-Type: multipart/alternative; boundary=0\n\n"
        + b"".join(
            b"--%d\n\nx\n--%d\nContent-Type: multipart/alternative; boundary=%d\n\n" % (n, n, n + 1) for n in range(400)
        )
        + b"--400\nContent-Type: text/html\n\n<p>"
        + b"text " * 200_000
        + b"\n--400\n\nshort\n--400--",
        HEAD + b"Content-Type: text/plain; " + b"a*0=x; " * 50_000 + b"\n\ntext",
        HEAD + b"X: y\n" * 200_000 + b"\ntext",
        b"From " * 500_000,
    ],
    ids=range(9),
)
def test_hostile_messages_are_read_in_linear_time(data: bytes):
    begun = time.perf_counter()
    for item in inputs_of(data, "a.eml"):
        assert item.error is None or item.error.code
    assert time.perf_counter() - begun < 5


_LINES = [
    "From: a",
    "Subject: =?koi8-r?b?8NLJ?=",
    "Content-Type: multipart/mixed; boundary=x",
    "Date: 99",
    "--x",
    "--x--",
    "",
]


@given(st.lists(st.sampled_from(_LINES)))
def test_any_row_of_lines_is_read(lines: list[str]):
    for _ in inputs_of("\n".join(["From: x", *lines]).encode(), "a.eml"):
        pass
