"""Make a corpus: `python -m benchmarks.corpora FOLDER --files 600 [--texts FILE.jsonl …] [--manifest MADE.jsonl]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.corpora.make import SIZE, make_corpus
from benchmarks.corpora.texts import load, own


def main(argv: Sequence[str] | None = None) -> int:
    """Make the folder and print what is in it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpora", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="it must be empty or not exist")
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--texts", type=Path, nargs="+", help="JSON Lines with id, text and lang; default: the gold")
    parser.add_argument("--broken", type=float, default=0.05, help="the share of broken files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=SIZE, help="code points of text in a file, about")
    parser.add_argument("--manifest", type=Path, help="write what was made, as JSON Lines")
    arguments = parser.parse_args(argv)
    if arguments.folder.exists() and any(arguments.folder.iterdir()):
        parser.error(f"{arguments.folder} is not empty")
    texts = load(arguments.texts) if arguments.texts else own()
    made = make_corpus(
        arguments.folder, texts, arguments.files, broken=arguments.broken, seed=arguments.seed, size=arguments.size
    )
    if arguments.manifest:
        lines = (json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in made)
        arguments.manifest.write_text("".join(lines), encoding="utf-8")
    table = Table("", "files", "must fail as", title=str(arguments.folder), title_justify="left")
    codes = {one.kind: sorted({part.code for part in one.parts if part.code}) for one in made}
    for kind, count in sorted(Counter(one.kind for one in made).items()):
        table.add_row(kind, str(count), ", ".join(codes[kind]))
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
