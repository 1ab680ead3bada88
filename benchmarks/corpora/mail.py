"""E-mail in the encodings of its time, with attachments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from random import Random

from benchmarks.corpora.texts import Text, join, typed
from benchmarks.corpora.web import make_html


def make_mail(charset: str, transfer: str) -> Callable[[Random, Sequence[Text]], bytes]:
    """The maker of messages of one part in a charset and a transfer encoding ("base64", "quoted-printable", "8bit")."""

    def make(random: Random, texts: Sequence[Text]) -> bytes:
        message = _new_message(texts)
        message.set_content(typed(join(texts), charset) + "\n", charset=charset, cte=transfer)
        return message.as_bytes()

    return make


def make_alternative(random: Random, texts: Sequence[Text]) -> bytes:
    """A message that says the same as text and as HTML."""
    message = _new_message(texts)
    message.set_content(join(texts) + "\n", cte="quoted-printable")
    message.add_alternative(make_html(random, texts).decode(), subtype="html", cte="base64")
    message.set_boundary("==alternative==")
    return message.as_bytes()


def make_with_attachment(
    texts: Sequence[Text], name: str, data: bytes, type: str = "application/octet-stream"
) -> bytes:
    """A message with a file."""
    message = _new_message(texts)
    message.set_content(join(texts) + "\n", cte="base64")
    main, _, sub = type.partition("/")
    message.add_attachment(data, main, sub, filename=name)
    message.set_boundary("==mixed==")
    return message.as_bytes()


def _new_message(texts: Sequence[Text]) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Отдел документации <documents@archive.example>"
    message["To"] = "reader@archive.example"
    message["Date"] = "Mon, 04 May 2020 12:00:00 +0300"
    message["Subject"] = texts[0].title
    message["Message-ID"] = "<1@archive.example>"
    return message
