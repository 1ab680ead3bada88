"""What is loaded when: nothing heavy without need, and never the packages that only build or compare."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

import pytest

from helpers import ROOT

SOURCES = sorted((ROOT / "src" / "npextract").rglob("*.py"))
NEVER = {"natasha", "yargy", "pymorphy2"}
HEAVY = {
    *NEVER,
    "spacy",
    "thinc",
    "numpy",
    "pandas",
    "pymorphy3",
    "yaml",
    "slovnet",
    "navec",
    "rich",
    "typer",
    "duckdb",
    "pyarrow",
    "fsspec",
    "IPython",
}


def loaded_after(code: str) -> set[str]:
    """The top-level packages that a fresh process has loaded after some code."""
    report = "; import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", code + report], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import npextract",
        "import npextract as npx; npx.extract('The IAEA and resolution 1540 (2004)', profile='rules')",
        "import npextract as npx; npx.extract('МАГАТЭ, резолюция 1540 (2004)', profile='rules').to_json()",
        "import npextract as npx; npx.ontology().find('ДНЯО')",
        "import npextract as npx; npx.Extractor()",  # pipelines come with the first text
        "import npextract.schema",
    ],
)
def test_nothing_heavy_is_loaded_without_need(code: str):
    assert loaded_after(code) & HEAVY == set()


def test_importing_the_package_loads_no_matcher():
    assert (
        loaded_after("import npextract") & {"ahocorasick_rs", "charset_normalizer", "concurrent", "multiprocessing"}
        == set()
    )


def modules(tree: ast.AST) -> set[str]:
    """The modules that a module imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def imports(tree: ast.AST) -> set[str]:
    """The top-level packages that a module imports."""
    return {name.partition(".")[0] for name in modules(tree)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_module_imports_what_it_must_not(path):
    assert imports(ast.parse(path.read_text(encoding="utf-8"))) & NEVER == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_nothing_is_evaluated_or_unpickled(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert imports(tree) & {"pickle", "marshal", "shelve", "dill", "joblib"} == set()
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert calls & {"eval", "exec", "compile", "__import__"} == set()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT / "src").as_posix())
def test_no_module_can_reach_the_network(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert imports(tree) & {"socket", "http", "requests", "httpx", "aiohttp", "ftplib"} == set()
    assert "urllib" not in imports(tree) or modules(tree) & {"urllib", "urllib.request"} == set()
