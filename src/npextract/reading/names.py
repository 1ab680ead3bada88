"""Names of files and of what lies in containers: which are passed over, and how they are made harmless."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count
from typing import Final

_SYSTEM_FILES: Final = frozenset({"thumbs.db", "desktop.ini"})
_SYSTEM_FOLDERS: Final = frozenset({"__macosx"})
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST_PART: Final = 200
"""In characters; file systems hold 255 bytes."""


def is_passed_over(name: str) -> bool:
    """Whether a file is hidden, a lock file of an office program, or one that operating systems leave."""
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES


def is_passed_over_folder(name: str) -> bool:
    """Whether a folder is hidden, or one that operating systems put into archives."""
    return name.startswith(".") or name.lower() in _SYSTEM_FOLDERS


def safe_name(name: str) -> str:
    """A relative path with "/" that leads nowhere else: "../a.txt" is "a.txt"; "unnamed" where nothing is left."""
    parts = _UNPRINTABLE.sub("_", name).replace("\\", "/").split("/")
    kept = [part.strip()[:_LONGEST_PART] for part in parts if part.strip() not in ("", ".", "..")]
    if kept and _DRIVE.fullmatch(kept[0]):
        del kept[0]
    return "/".join(kept) or "unnamed"


def distinct(name: str, taken: Container[str]) -> str:
    """The name, or where it is taken already the name with a number: "a (2).txt"."""
    if name not in taken:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem or "/" in suffix:
        stem, dot, suffix = name, "", ""
    return next(other for n in count(2) if (other := f"{stem} ({n}){dot}{suffix}") not in taken)
