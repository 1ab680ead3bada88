"""E-mail: a message's text, with the head lines that name people and days, and what is attached to it.

Browsers save web pages in the same form.
"""

from __future__ import annotations

import email
import email.header
import email.utils
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import Message
from functools import cache, partial
from typing import Final

from npextract.errors import InputError
from npextract.reading.encodings import decode, decode_file
from npextract.reading.html import decode_as, decode_html, page_text
from npextract.reading.layout import lay_out, without_controls
from npextract.reading.names import distinct, safe_name
from npextract.reading.source import Metadata, SourceText
from npextract.reading.titles import declared_title

MOST_MESSAGES: Final = 100_000
"""How many messages of one mailbox are read."""
MOST_PARTS: Final = 2_000
"""How many parts of one message are looked at."""
_SHORT: Final = 200
_FAR_MORE: Final = 4
"""A plain text of at most so many letters gives way to one in HTML with more than so many times as many."""
_HEAD_LINES: Final = ("From", "To", "Cc", "Date")
_LONGEST_LINE: Final = 2_000
_FIELD: Final = re.compile(rb"(?:From |[!-9;-~]{1,76}:)")
_ENVELOPE: Final = re.compile(
    rb"^From (?=[^\r\n]{0,998}\d:\d\d)[^\r\n]{0,998}\d{4}[^\r\n]{0,40}\r?\n(?=>?From |[!-9;-~]{1,76}:)", re.MULTILINE
)
"""The line that begins each message of a mailbox, "From name Thu Nov 26 10:00:00 2020", before a head line."""
_QUOTED_ENVELOPE: Final = re.compile(rb"^>(>{0,99}From )", re.MULTILINE)
_SUFFIXES: Final = {"text/html": ".html", "text/plain": ".txt", "application/pdf": ".pdf", "application/rtf": ".rtf"}
_SIGNATURES: Final = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_LONG_FIELD: Final = re.compile(
    rb"^(content-(?:type|disposition):(?:[^\r\n]|\r?\n[ \t]){2000})(?:[^\r\n]|\r?\n[ \t])+",
    re.IGNORECASE | re.MULTILINE,
)
"""A field whose parameters the standard library would need long for; what is too long is cut."""
_Reader = Callable[[Message], SourceText]
"""From a part to its text. Raises InputError."""
_BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
"""What the standard library raises for headers and parts that are broken."""


def read_mail(data: bytes, source: str) -> SourceText:
    """A message: subject, head lines and text. Of a saved web page its text. Raises InputError for what is neither."""
    message = _parse(data, source)
    subject = _header(message, "Subject")
    if _is_saved_page(message):
        return _read_page(message, declared_title(subject), source)
    lines = [f"{name}: {value}" for name in _HEAD_LINES if (value := _header(message, name))]
    body, warnings = _body(message, partial(_read_part, source=source))
    text, _ = lay_out([subject, "\n".join(lines), *(part.text for part in body)])
    metadata = Metadata(title=declared_title(subject), date=_date(message))
    return SourceText(text, "mail", metadata, warnings=warnings)


def _is_saved_page(message: Message) -> bool:
    """Whether a browser saved the message, as web pages are: with the address of the page (RFC 2557)."""
    children = _children(message) if message.get_content_type() == "multipart/related" else []
    root = children[0] if children else message
    return bool(_header(message, "Snapshot-Content-Location")) or (
        root.get_content_type() == "text/html" and bool(_header(root, "Content-Location"))
    )


def _read_page(message: Message, title: str | None, source: str) -> SourceText:
    """A saved web page, with what is in its frames. The message's date is the day of saving, not that of the page."""
    body, warnings = _body(message, partial(_read_part, source=source, whole=False))
    text, _ = lay_out(part.text for part in body)
    declared = body[0].metadata if body else Metadata()
    return SourceText(text, "html", replace(declared, title=declared.title or title), warnings=warnings)


def _parse(data: bytes, source: str) -> Message:
    """The message; raises InputError for bytes that do not begin with a field."""
    start = data.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if not _FIELD.match(start):
        raise InputError("does not begin like a mail message; it may be damaged", source=source, code="damaged")
    try:
        message = email.message_from_bytes(_LONG_FIELD.sub(rb"\1", start))
    except _BROKEN as error:
        raise InputError(f"is a mail message that cannot be read: {error}", source=source, code="damaged") from None
    return message


def _header(message: Message, name: str) -> str:
    """A head line, decoded, on one line; the empty string where there is none."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return _decoded(str(raw))


def _decoded(raw: str) -> str:
    """A value of a head line, whose encoded words may be in a charset that they only claim to be in."""
    try:
        chunks = email.header.decode_header(" ".join(raw[:_LONGEST_LINE].split()))
    except _BROKEN:
        chunks = [(raw[:_LONGEST_LINE], None)]
    text = ""
    for chunk, charset in chunks:
        if charset is None:
            chunk = _raw_bytes(chunk)
        text += _decode(chunk if isinstance(chunk, bytes) else chunk.encode(), charset)
    return " ".join(without_controls(text).split())


def _raw_bytes(chunk: str | bytes) -> bytes:
    """What stands outside of encoded words, for which the standard library has escapes where it is not ASCII."""
    text = chunk if isinstance(chunk, str) else chunk.decode("raw-unicode-escape", "replace")
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _decode(data: bytes, charset: str | None) -> str:
    declared = decode_as(data, charset or "us-ascii")
    if declared is not None:
        return declared.text
    try:
        return decode(data, "")
    except InputError:
        return data.decode("utf-8", "replace")


def _date(message: Message) -> str | None:
    """The day on which the message was sent, where the sender was."""
    try:
        sent = email.utils.parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent.date().isoformat()


def _body(message: Message, read: _Reader) -> tuple[list[SourceText], tuple[str, ...]]:
    """The message's own texts, and what of them could not be read."""
    read = cache(read)
    texts: list[SourceText] = []
    refused: list[InputError] = []
    for part in _own_parts(message, read):
        try:
            texts.append(read(part))
        except InputError as reason:
            refused.append(reason)
    if refused and not texts:
        raise refused[0]
    warnings = [warning for text in texts for warning in text.warnings]
    if refused:
        warnings.append(f"left-out: texts of the message that could not be read: {len(refused)}")
    return texts, tuple(warnings)


def _own_parts(message: Message, read: _Reader) -> list[Message]:
    """The parts that are the message's own text, in order; of those that say the same only the best."""
    letters = cache(partial(_letters, read=read))
    own: dict[int, list[Message]] = {}
    for part in reversed(list(_parts(message))):
        held = [own[id(child)] for child in _children(part) if id(child) in own]
        if part.get_content_type() == "multipart/alternative":
            own[id(part)] = _best(held, letters)
        elif part.get_content_type() in ("text/plain", "text/html") and not _is_attached(part):
            own[id(part)] = [part]
        else:
            own[id(part)] = [inner for parts in held for inner in parts]
    return own[id(message)]


def _best(alternatives: list[list[Message]], letters: Callable[[Message], int]) -> list[Message]:
    """Of parts that say the same the plain ones rather than those in HTML, unless these say far more: then the plain
    ones are blank, or only say that there is HTML.
    """
    kinds: dict[bool, list[Message]] = {True: [], False: []}
    for parts in alternatives:
        kinds[any(part.get_content_subtype() == "html" for part in parts)] += parts
    plain, rich = kinds[False], kinds[True]
    said = sum(map(letters, plain))
    if said > _SHORT or (said and sum(map(letters, rich)) <= _FAR_MORE * said):
        return plain
    return rich or plain


def _letters(part: Message, read: _Reader) -> int:
    """How many letters and digits a text has: none, where it only seems to be one, or cannot be read."""
    try:
        return sum(map(str.isalnum, read(part).text))
    except InputError:
        return 0


def _read_part(part: Message, source: str, *, whole: bool = True) -> SourceText:
    """A part's text; `whole` keeps all that a page in HTML shows."""
    raw = _payload(part)
    declared = _charset(part)
    if part.get_content_subtype() == "html":
        page = (decode_as(raw, declared) if declared else None) or decode_html(raw, source)
        return replace(page_text(page.text, whole=whole), warnings=page.warnings)
    found = decode_as(raw, declared or "utf-8") or decode_file(raw, source)
    text = without_controls(found.text.replace("\r\n", "\n").replace("\r", "\n"))
    return SourceText(text, "mail", warnings=found.warnings)


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except _BROKEN:
        return None


def _payload(part: Message) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _BROKEN:
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _parts(message: Message) -> Iterator[Message]:
    """The message and all its parts, each before those in it, without looking into attached messages; their number is
    bounded.
    """
    stack: list[Message] = [message]
    for _ in range(MOST_PARTS):
        if not stack:
            return
        part = stack.pop()
        stack.extend(reversed(_children(part)))
        yield part


def _children(part: Message) -> list[Message]:
    payload = part.get_payload() if part.is_multipart() and part.get_content_maintype() != "message" else None
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something."""
    return (part for part in _parts(message) if not _children(part))


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(_file_name(part))
    except _BROKEN:
        return False


def _file_name(part: Message) -> str:
    try:
        return _decoded(part.get_filename() or "")
    except _BROKEN:
        return ""


def open_mail(data: bytes, source: str) -> Iterator[tuple[str, bytes | InputError]]:
    """What is attached to a message, by its file's name. Signatures, pictures and the like are passed over."""
    taken: set[str] = set()
    for part in _leaves(_parse(data, source)):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload() if part.is_multipart() else None
            message = inner[0] if isinstance(inner, list) and inner else None
            name = _file_name(part) or "message"
            name = name if name.lower().endswith(".eml") else f"{name}.eml"
            member = _bytes_of(message, source) if isinstance(message, Message) else b""
        elif kind in _SIGNATURES or part.get_content_maintype() in ("image", "audio", "video"):
            continue
        elif _is_attached(part):
            name = _file_name(part) or f"attachment{_SUFFIXES.get(kind, '')}"
            member = _encrypted(f"{source}/{name}") if _is_encrypted(part) else _payload(part)
        elif _is_encrypted(part):
            name = "encrypted.asc" if kind == "application/pgp-encrypted" else "smime.p7m"
            member = _encrypted(f"{source}/{name}")
        else:
            continue
        own = distinct(safe_name(name.replace("/", "_")), taken)
        taken.add(own)
        yield own, member


def _is_encrypted(part: Message) -> bool:
    """Whether a part is an S/MIME envelope (RFC 8551, section 3.3) or encrypted with PGP (RFC 3156)."""
    kind = part.get_content_type()
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return str(part.get_param("smime-type") or "enveloped-data").lower() == "enveloped-data"
    return kind == "application/pgp-encrypted"


def _encrypted(source: str) -> InputError:
    return InputError("is encrypted; save the message decrypted", source=source, code="encrypted")


def _bytes_of(message: Message, source: str) -> bytes | InputError:
    """An attached message in its raw form."""
    try:
        return message.as_bytes()
    except (*_BROKEN, KeyError, UnicodeError) as error:
        return InputError(f"holds a message that cannot be read: {error}", source=source, code="damaged")


def open_mbox(data: bytes, source: str) -> Iterator[tuple[str, bytes | InputError]]:
    """The messages of a mailbox in order, as "1.eml", "2.eml" … Raises InputError for what is no mailbox."""
    starts = [m.start() for m in _ENVELOPE.finditer(data) if m.start() == 0 or _follows_blank_line(data, m.start())]
    if not starts or data[: starts[0]].strip():
        raise InputError('does not begin with a "From " line, as mailboxes do', source=source, code="damaged")
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), 1):
        if number > MOST_MESSAGES:
            message = f"{len(starts) - MOST_MESSAGES} of its {len(starts)} messages were not read; the limit is "
            yield "…", InputError(f"{message}{MOST_MESSAGES}", source=source, code="too-large")
            return
        _, _, message_bytes = data[start:end].partition(b"\n")
        yield f"{number}.eml", _QUOTED_ENVELOPE.sub(rb"\1", message_bytes)


def _follows_blank_line(data: bytes, at: int) -> bool:
    return data[max(0, at - 4) : at].replace(b"\r", b"").endswith(b"\n\n")
