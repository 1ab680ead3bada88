"""ZIP archives that cannot be read, or not wholly, or must not be unpacked."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Final

from benchmarks.corpora.made import Container, Maker, Part, whole
from benchmarks.corpora.packages import pack
from benchmarks.corpora.texts import Text, join
from npextract.reading.files import DEEPEST

_LOCAL: Final = b"PK\x03\x04"
_CENTRAL: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 1
"""The flag of members that are encrypted."""
_CHUNK: Final = 2**20
_BOMB: Final = 2 * 2**30
"""What the bomb unpacks to, in bytes."""


def _cut(random: Random, texts: Sequence[Text]) -> bytes:
    data = pack({"one.txt": join(texts), "two.txt": join(texts)})
    return data[: len(data) // 2]


WHOLE_BROKEN_ARCHIVES: Final[dict[str, tuple[str, str, Maker]]] = {"zip-cut": (".zip", "damaged", _cut)}


def _encrypted_member(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    data = bytearray(pack({"open.txt": join(texts), "secret.txt": random.randbytes(500)}))
    data[data.rindex(_LOCAL) + 6] |= _ENCRYPTED
    data[data.rindex(_CENTRAL) + 8] |= _ENCRYPTED
    return bytes(data), [whole(f"{path}/open.txt", texts), Part(f"{path}/secret.txt", code="encrypted")]


def _bad_checksum(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    data = pack({"spoiled.txt": b"The Council decided ", "whole.txt": join(texts)}, stored=("spoiled.txt",))
    data = data.replace(b"decided", b"defiled", 1)
    return data, [Part(f"{path}/spoiled.txt", code="damaged"), whole(f"{path}/whole.txt", texts)]


def _too_deep(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    """More archives in each other than are opened; a text beside the innermost that is."""
    names = [f"{number}.zip" for number in range(DEEPEST + 1, 0, -1)]
    data = pack({"text.txt": join(texts)})
    for name in names:
        data = pack({name: data})
    return data, [Part("/".join([path, *reversed(names)]), code="too-deep")]


def _bomb(random: Random, texts: Sequence[Text], path: str) -> tuple[bytes, list[Part]]:
    """Some kilobytes that unpack to gigabytes, beside a good member."""
    data = pack({"good.txt": join(texts), "bomb.zip": _zeros_zipped()})
    return data, [whole(f"{path}/good.txt", texts), Part(f"{path}/bomb.zip/zeros.txt", code="too-large")]


@cache
def _zeros_zipped() -> bytes:
    """A ZIP of one member of zeros, whose compressed form repeats that of a part of it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    chunk = packer.compress(bytes(_CHUNK)) + packer.flush(zlib.Z_FULL_FLUSH)
    body = chunk * (_BOMB // _CHUNK) + packer.flush()
    check = 0
    for _ in range(_BOMB // _CHUNK):
        check = zlib.crc32(bytes(_CHUNK), check)
    name = b"zeros.txt"
    fields = struct.pack("<5H3I2H", 20, 0, zlib.DEFLATED, 0, 33, check, len(body), _BOMB, len(name), 0)
    local = _LOCAL + fields + name + body
    central = _CENTRAL + struct.pack("<H", 20) + fields + struct.pack("<3H2I", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 1, 1, len(central), len(local), 0)


PARTLY_BROKEN_ARCHIVES: Final[dict[str, tuple[str, Container]]] = {
    "zip-encrypted-member": (".zip", _encrypted_member),
    "zip-bad-checksum": (".zip", _bad_checksum),
    "zip-too-deep": (".zip", _too_deep),
    "zip-bomb": (".zip", _bomb),
}
