"""Bytes as text, in whatever encoding they are."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from npextract.errors import InputError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CYRILLIC_ENCODINGS: Final = ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "cp1252"]
_HIGH_BYTES: Final = (b"\x00", b"\x04", b"\x20")
"""The high bytes of UTF-16 letters, Latin and Cyrillic, and of its dashes and quotation marks."""
_MOST: Final = 0.9
_MOST_LOST: Final = 0.2
"""The share of a text's characters that may be in another encoding; of UTF-8 without a mark, of those beyond ASCII. It
is above 0.5 where Russian in an old encoding is read as UTF-8.
"""
_ASCII: Final = bytes(range(128))
_LOST: Final = "\ufffd"
_SAMPLE: Final = 200_000
"""How many bytes are enough to tell an old encoding."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what of its bytes could not be read."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, source: str) -> str:
    """The text of `decode_file` alone."""
    return decode_file(data, source).text


def decode_file(data: bytes, source: str) -> Decoded:
    """The text of a file's bytes: by its byte order mark, as UTF-8, or by an old Cyrillic encoding's letters.

    Line ends stay as they are; the mark itself is dropped. Raises InputError for what is no text.
    """
    found = _decode(data, source)
    text = found.text.rstrip("\0")
    if text == found.text:
        return found
    return Decoded(text, (*found.warnings, "damaged: the file ends in zero bytes; it may be cut off"))


def _decode(data: bytes, source: str) -> Decoded:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            marked = _decode_with_gaps(data[len(mark) :], encoding)
            if marked is None:
                raise InputError(f"marked as {encoding}, but is not", source=source, code="encoding")
            return marked
    if b"\0" in (data.rstrip(b"\0") or data)[:_SAMPLE]:
        return _decode_with_zeros(data, source)
    return decode_utf8(data) or _decode_legacy(data, source)


def decode_utf8(data: bytes) -> Decoded | None:
    """The text in UTF-8, but for a few bytes; None where it is no UTF-8."""
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_with_gaps(data, "utf-8", outside=len(data) - len(data.translate(None, _ASCII)))


def _decode_with_gaps(data: bytes, encoding: str, *, outside: int = 0) -> Decoded | None:
    """The text in an encoding, but for a few bytes; None where they are not few. So many of its characters, `outside`,
    say nothing of the encoding.
    """
    text = data.decode(encoding, "replace")
    lost = text.count(_LOST) - data.count(_LOST.encode(encoding))
    return _with_gaps(text, lost, encoding) if lost <= _MOST_LOST * (len(text) - outside) else None


def _with_gaps(text: str, lost: int, encoding: str) -> Decoded:
    warning = f"encoding: not all is {encoding}; characters that could not be read: {lost}"
    return Decoded(text, (warning,) if lost else ())


def _decode_with_zeros(data: bytes, source: str) -> Decoded:
    """Text with zero bytes is UTF-16 whose mark was lost, if every second byte is the high one of our alphabets."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        letters = len(high) - sample.count(b"\0\0")
        if sum(high.count(byte) for byte in _HIGH_BYTES) > _MOST * len(high) and letters > len(high) / 2:
            found = _decode_with_gaps(data, encoding)
            if found is not None:
                return found
    raise InputError("is binary, not text", source=source, code="binary")


def _decode_legacy(data: bytes, source: str) -> Decoded:
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE].rstrip(b"\0"), cp_isolation=_CYRILLIC_ENCODINGS).best()
    if guess is None:
        raise InputError(
            "is in an encoding that could not be told; convert it to UTF-8", source=source, code="encoding"
        )
    text = data.decode(guess.encoding, errors="replace")
    return _with_gaps(text, text.count(_LOST), guess.encoding)
