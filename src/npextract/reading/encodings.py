"""Bytes as text, in whatever encoding they are."""

from __future__ import annotations

import codecs
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
_SAMPLE: Final = 200_000
"""How many bytes are enough to tell an old encoding."""


def decode(data: bytes, source: str) -> str:
    """The text of a file's bytes: by its byte order mark, as UTF-8, or by an old Cyrillic encoding's letters.

    Line ends stay as they are; the mark itself is dropped. Raises InputError for what is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(f"marked as {encoding}, but is not: {error}", source=source, code="encoding") from None
    if b"\0" in data[:_SAMPLE]:
        return _decode_with_zeros(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, source)


def _decode_with_zeros(data: bytes, source: str) -> str:
    """Text with zero bytes is UTF-16 whose mark was lost, if every second byte is the high one of our alphabets."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        letters = len(high) - sample.count(b"\0\0")
        if sum(high.count(byte) for byte in _HIGH_BYTES) > _MOST * len(high) and letters > len(high) / 2:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise InputError("is binary, not text", source=source, code="binary")


def _decode_legacy(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:_SAMPLE], cp_isolation=_CYRILLIC_ENCODINGS).best()
    if guess is None:
        raise InputError(
            "is in an encoding that could not be told; convert it to UTF-8", source=source, code="encoding"
        )
    return data.decode(guess.encoding, errors="replace")
