"""The engine for clusters, on a real one of two workers that runs on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from reading_back import digest, rows
from test_batch import many

from npextract.corpus.batch import run_batch
from npextract.corpus.recipe import Recipe

RULES = Recipe("rules")


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """A cluster."""
    found = pytest.importorskip("ray", reason="the extra 'ray' is not installed")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    found.init(num_cpus=2, log_to_driver=False, include_dashboard=False, configure_logging=False)
    yield found
    found.shutdown()


def test_a_cluster_finds_what_one_machine_finds(ray: Any, tmp_path: Path):
    docs = many(tmp_path / "docs", 60)
    run_batch(docs, tmp_path / "local", RULES)
    run_batch(docs, tmp_path / "ray", RULES, engine="ray", workers=2)
    assert digest(tmp_path / "ray") == digest(tmp_path / "local")
    assert run_batch(docs, tmp_path / "ray", RULES, engine="ray", workers=2, resume=True).read == 0


def test_limits_hold_on_a_cluster_too(ray: Any, tmp_path: Path):
    docs = many(tmp_path / "docs", 3)
    (docs / "long.txt").write_text("The delegations of Iran and Iraq spoke of resolution 1540 (2004). " * 200_000)
    recipe = Recipe("rules", seconds=3.0, seconds_per_megabyte=0)
    run_batch(docs, tmp_path / "out", recipe, engine="ray", workers=2)
    assert [(f["id"], f["code"]) for f in rows(tmp_path / "out", "failures")] == [("long.txt", "timeout")]


def test_an_actor_that_is_lost_is_replaced(ray: Any, tmp_path: Path):
    docs = many(tmp_path / "docs", 40)
    run_batch(docs, tmp_path / "calm", RULES)
    lost: list[psutil.Process] = []

    def lose(done: int, total: int, failed: int) -> None:
        if done == 10:
            for worker in {p.pid: p for p in map(_keeper_of, _all_workers())}.values():
                worker.kill()
                lost.append(worker)

    run_batch(docs, tmp_path / "out", RULES, engine="ray", workers=2, progress=lose)
    assert lost
    assert digest(tmp_path / "out") == digest(tmp_path / "calm")


def _all_workers() -> list[psutil.Process]:
    """The worker processes on this machine whose keeper is an actor."""
    found = [p for p in psutil.process_iter() if "npextract.corpus.worker" in " ".join(_command(p))]
    return [p for p in found if "ray::" in " ".join(_command(_keeper_of(p)))]


def _keeper_of(process: psutil.Process) -> psutil.Process:
    parent = process.parent()
    assert parent is not None
    return parent


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
