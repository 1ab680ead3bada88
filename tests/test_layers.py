"""Imports go one way: each layer knows those before it, never those behind it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from helpers import ROOT

PACKAGE = ROOT / "src" / "npextract"
LAYERS = [
    "version", "errors", "schema", "reading", "languages", "ontology", "context", "finders", "resolve", "discourse",
    "document", "explain", "assemble", "show", "extractor", "evaluate", "reliability", "doctor", "corpus", "cli",
    "__init__", "__main__",
]  # fmt: skip
LATE = {("document", "show"), ("document", "explain")}
"""Imports inside a function that go the other way: a document can show and explain itself."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def is_for_types(node: ast.If) -> bool:
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imported_layers(tree: ast.Module, *, late: bool) -> set[str]:
    """The layers that a module imports when it is imported itself, or (`late`) inside its functions."""
    inside = {n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
    typing = {n for i in tree.body if isinstance(i, ast.If) and is_for_types(i) for n in ast.walk(i)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if node in typing or (node in inside) is not late:
            continue
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "npextract" else [f"npextract.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("npextract.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_layers_before_its_own(path: Path):
    layer = layer_of(path)
    assert layer in LAYERS, f"{layer} is new: give it a place in LAYERS"
    allowed = {layer, *LAYERS[: LAYERS.index(layer)]}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert imported_layers(tree, late=False) <= allowed
    late = {other for other in imported_layers(tree, late=True) if (layer, other) not in LATE}
    assert late <= allowed


def test_every_layer_is_there():
    assert {layer_of(path) for path in MODULES} == set(LAYERS)


def test_discourse_stands_between_the_resolver_and_the_extractor():
    users = {
        layer_of(path)
        for path in MODULES
        if "discourse" in imported_layers(ast.parse(path.read_text(encoding="utf-8")), late=False)
    }
    assert users == {"assemble", "extractor"}
    assert LAYERS.index("resolve") < LAYERS.index("discourse") < LAYERS.index("assemble") < LAYERS.index("extractor")


@pytest.mark.parametrize("layer", ["languages", "ontology"])
def test_languages_and_ontology_do_not_know_each_other(layer: str):
    other = {"languages": "ontology", "ontology": "languages"}[layer]
    for path in (PACKAGE / layer).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert other not in imported_layers(tree, late=False) | imported_layers(tree, late=True)


def test_modules_are_small():
    long = {path.name: n for path in MODULES if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert long == {}


def test_no_relative_imports():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}:{node.lineno}"
