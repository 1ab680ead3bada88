"""The texts that are measured on: the project's own, or any JSON Lines file with `text` and `lang`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


def own_texts() -> dict[str, list[str]]:
    """The project's gold texts by language. They are few: caches make them look faster than fresh text."""
    return read_texts([ROOT / "gold" / "gold.jsonl"])


def read_texts(paths: Iterable[Path]) -> dict[str, list[str]]:
    """Texts by language, from JSON Lines."""
    texts: dict[str, list[str]] = {"en": [], "ru": []}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record.get("lang") in texts:
                texts[record["lang"]].append(record["text"])
    return texts


def megabytes(texts: Sequence[str]) -> float:
    """The size of texts as UTF-8, in millions of bytes."""
    return sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
