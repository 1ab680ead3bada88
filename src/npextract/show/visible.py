"""Text that can be shown anywhere: what is invisible or turns the direction of writing is made visible."""

from __future__ import annotations

from typing import Final

import regex

_UNSAFE: Final = regex.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters but for tab and line feed, line separators, directional controls, what UTF-8 or XML lacks."""


def visible(text: str) -> str:
    """The text with a sign for each character that would not show: "␀" for NUL, "⟨U+202E⟩" for one that turns text.

    A carriage return goes; a lone surrogate becomes U+FFFD.
    """
    return _UNSAFE.sub(lambda match: _sign(ord(match[0])), text)


def _sign(code: int) -> str:
    if code == 0x0D:
        return ""
    if code < 0x20:
        return chr(0x2400 + code)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"⟨U+{code:04X}⟩"
