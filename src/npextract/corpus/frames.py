"""Messages between a supervisor and its worker: a header in JSON, and bytes that go with it."""

from __future__ import annotations

import json
import struct
from typing import IO, Any, Final

_LENGTHS: Final = struct.Struct("<IQ")

Header = dict[str, Any]


def write_frame(stream: IO[bytes], header: Header, payload: bytes | memoryview = b"") -> None:
    """Send a message; OSError where the other side is gone."""
    encoded = json.dumps(header).encode("ascii")
    stream.write(_LENGTHS.pack(len(encoded), len(payload)) + encoded)
    if payload:
        stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Header, bytes]:
    """The next message; EOFError where the other side is gone, also in the middle of one."""
    header_length, payload_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    header: Header = json.loads(_exactly(stream, header_length))
    return header, _exactly(stream, payload_length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
