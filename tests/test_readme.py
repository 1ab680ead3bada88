"""The README's example runs and prints what the README says, in both languages, and both READMEs are in step."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.ru.md")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)


def blocks(name: str) -> list[tuple[str, str]]:
    return FENCE.findall((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", READMES)
def test_the_example_prints_what_the_readme_says(name: str):
    (language, code), (_, expected), *_ = blocks(name)
    assert language == "python"
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, name, "exec"), {})
    assert out.getvalue() == expected


def test_both_readmes_show_the_same_blocks():
    def shown(name: str) -> list[str]:
        return [re.sub(r" *#.*", "", body) for _, body in blocks(name)]

    english, russian = map(shown, READMES)
    assert english == russian


@pytest.mark.parametrize("name", READMES)
def test_the_commands_are_targets_of_the_makefile(name: str):
    targets = re.findall(r"^make (\w+)", (ROOT / name).read_text(encoding="utf-8"), re.M)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets[:2] == ["demo", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.M) for target in targets)


@pytest.mark.parametrize("name", READMES)
def test_links_lead_to_files(name: str):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert all((ROOT / link).exists() for link in links)
