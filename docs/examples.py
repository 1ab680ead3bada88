"""The examples of the documentation are what really is printed: this script runs them and writes their output in.

    python docs/examples.py            runs every example and writes its output into the page
    python docs/examples.py --check    says which pages are out of date; exit code 1 if any is

An example is a fenced block: `console`, where lines that begin with "$ " are commands, run in the repository's root,
or `pycon`, where lines that begin with ">>> " or "... " are Python; the blocks of a page share their names.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
ROOT = DOCS.parent
_BLOCK = re.compile(r"^```(?P<language>console|pycon)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_ENVIRONMENT = os.environ | {
    "COLUMNS": "88",
    "NO_COLOR": "1",
    "PYTHONIOENCODING": "utf-8",
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
}


def run_console(body: str) -> str:
    """The commands of a block, each with what it prints to both outputs."""
    commands = [line for line in body.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_output_of(command[2:])}" for command in commands)


def _output_of(command: str) -> str:
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env=_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    lines = done.stdout.decode("utf-8").splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def run_python(body: str, names: dict[str, Any]) -> str:
    """The statements of a block, each with what it prints."""
    parts = []
    for example in doctest.DocTestParser().get_examples(body):
        first, *more = example.source.splitlines()
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(example.source, "<example>", "single"), names)
        parts.append(
            "".join([f">>> {first}\n", *(f"... {line}".rstrip() + "\n" for line in more)]) + printed.getvalue()
        )
    return "".join(parts)


def refresh(page: str) -> str:
    """A page with the output of its examples."""
    names: dict[str, Any] = {}

    def replace(block: re.Match[str]) -> str:
        body = block["body"]
        output = run_console(body) if block["language"] == "console" else run_python(body, names)
        return f"```{block['language']}\n{output}```"

    return _BLOCK.sub(replace, page)


def main(arguments: Sequence[str]) -> int:
    """Refresh the pages, or with --check only look."""
    os.chdir(ROOT)
    stale = []
    for path in sorted(DOCS.glob("*.md")):
        page = path.read_text(encoding="utf-8")
        fresh = refresh(page)
        if fresh != page:
            stale.append(path)
            if "--check" not in arguments:
                path.write_text(fresh, encoding="utf-8", newline="\n")
    for path in stale:
        print(f"{path.relative_to(ROOT)} {'is out of date' if '--check' in arguments else 'refreshed'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
