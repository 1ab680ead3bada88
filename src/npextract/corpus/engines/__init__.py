"""Where a batch's files are read: in processes of this machine, or on a cluster. All give the same results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from npextract.corpus.engines.local import run_local
from npextract.corpus.folder import Folder
from npextract.corpus.recipe import Recipe
from npextract.corpus.supervisor import Outcome

Engine = Callable[[Iterable[str], Recipe, Folder, int], Iterator[Outcome]]
"""Reads the named files of a folder with so many workers; gives what became of each, in any order."""


def _run_on_ray(files: Iterable[str], recipe: Recipe, folder: Folder, workers: int) -> Iterator[Outcome]:
    from npextract.corpus.engines.on_ray import run_on_ray

    return run_on_ray(files, recipe, folder, workers)


ENGINES: Final[dict[str, Engine]] = {"local": run_local, "ray": _run_on_ray}
"""The engines by name."""
