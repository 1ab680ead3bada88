"""A batch that is killed again and again, and resumed, gives what an undisturbed one gives."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final

from rich.table import Table

from benchmarks.batch.run import ENVIRONMENT, batch_command, digest, run_batch
from benchmarks.batch.settings import Settings
from benchmarks.corpora.make import make_corpus

_GROUP_SHARE: Final = 0.4
"""How often all processes are killed, not only the main one."""
_SHORTEST: Final = 2.5
_SHORT: Final = 2.5
"""How long a batch that is killed all the times lives from start to kill at most: in seconds, and in calm times a kill.
"""
_ORPHANS: Final = 15.0
"""How long workers may live on without their main process, in seconds."""


def measure_kills(settings: Settings) -> bool:
    """Kill batches at random moments; their exports must not differ from an undisturbed one's.

    One batch is killed all the times, soon after each start; then others at any moment, half as often together.
    """
    folder = settings.scratch / "files"
    make_corpus(folder, settings.texts, settings.files, seed=settings.seed)
    calm = settings.scratch / "calm"
    seconds = run_batch(folder, calm, profile=settings.profile)
    wanted = digest(calm)
    random = Random(settings.seed)
    counts: Counter[str] = Counter()
    table = Table("batch", "each start lives up to", "killed", "same")
    same: list[bool] = []

    def kill_a_batch(longest: float, most: int) -> int:
        out = settings.scratch / f"killed-{len(same)}"
        killed = _kill_and_resume(folder, out, settings.profile, random, longest, most, counts)
        run_batch(folder, out, profile=settings.profile, resume=True)
        same.append(digest(out) == wanted)
        table.add_row(str(len(same)), f"{longest:.1f} s", str(killed), "yes" if same[-1] else "NO")
        return killed

    kill_a_batch(max(_SHORTEST, _SHORT * seconds / settings.kills), settings.kills)
    left = settings.kills // 2
    while left:
        left -= kill_a_batch(seconds, left)
    said = f"main process alone: {counts['main']}, all: {counts['group']}; workers left behind: {counts['orphans']}"
    settings.show(f"kills of a batch of {seconds:.1f} s", table, said)
    return all(same) and not counts["orphans"]


def _kill_and_resume(
    folder: Path, out: Path, profile: str, random: Random, longest: float, most: int, counts: Counter[str]
) -> int:
    """Start a batch, kill it at a random moment, resume it … until it ends or there were enough kills; how many."""
    for killed in range(most):
        command = batch_command(folder, out, profile=profile, resume=killed > 0)
        process = subprocess.Popen(
            command, env=ENVIRONMENT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(random.uniform(0.1, longest))
        except subprocess.TimeoutExpired:
            how = "group" if random.random() < _GROUP_SHARE else "main"
            counts[how] += 1
            counts["orphans"] += kill(process, how)
        else:
            return killed
    return most


def kill(process: subprocess.Popen[bytes], how: str) -> int:
    """Kill a process, or its whole group; gives how many of its children had to be killed afterwards."""
    import psutil

    children = psutil.Process(process.pid).children(recursive=True)
    if how == "group":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=_ORPHANS)
    for child in alive:
        child.kill()
    time.sleep(0.05)
    return len(alive)
