"""Compound files (MS-CFB), in which Office 97 wrote documents and today's Office puts encrypted ones."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

_SECTOR: Final = 512
_LEAST: Final = 4096
"""The size below which a stream would have to lie in the mini stream."""
_FREE: Final = 0xFFFFFFFF
_END: Final = 0xFFFFFFFE
_TABLE: Final = 0xFFFFFFFD
_ROOT, _STREAM = 5, 2


def make_compound(names: Sequence[str]) -> bytes:
    """A compound file with two or three streams, whose names come shortest first, as its directory sorts them."""
    each = _LEAST // _SECTOR
    starts = [2 + number * each for number in range(len(names))]
    chains = [following for start in starts for following in (*range(start + 1, start + each), _END)]
    table = struct.pack("<128I", *([_TABLE, _END, *chains] + [_FREE] * (126 - len(chains))))
    entries = [_entry("Root Entry", _ROOT, _FREE, 1, _END, 0)]
    for number, (name, start) in enumerate(zip(names, starts, strict=True), 1):
        entries.append(_entry(name, _STREAM, number + 1 if number < len(names) else _FREE, _FREE, start, _LEAST))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    header = struct.pack("<8s16x5H6x10I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                         0, 1, 1, 0, _LEAST, _END, 0, _END, 0, 0)  # fmt: skip
    header += struct.pack("<108I", *[_FREE] * 108)
    streams = b"".join(bytes([number % 251 for number in range(_LEAST)]) for _ in names)
    return header + table + directory + streams


def _entry(name: str, type: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16x4x16xIQ", encoded, len(encoded) + 2, type, 1, _FREE, right, child, start, size
    )  # fmt: skip
