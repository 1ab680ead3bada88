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
_ORPHANS: Final = 15.0
"""How long workers may live on without their main process, in seconds."""


def measure_kills(settings: Settings) -> bool:
    """Kill batches at random moments; their exports must not differ from an undisturbed one's."""
    folder = settings.scratch / "files"
    make_corpus(folder, settings.texts, settings.files, seed=settings.seed)
    calm = settings.scratch / "calm"
    seconds = run_batch(folder, calm, profile=settings.profile)
    wanted = digest(calm)
    random = Random(settings.seed)
    counts: Counter[str] = Counter()
    table = Table("batch", "killed", "same")
    kept = True
    number = 0
    while counts["main"] + counts["group"] < settings.kills:
        number += 1
        out = settings.scratch / f"killed-{number}"
        before = counts["main"] + counts["group"]
        _kill_and_resume(folder, out, settings, random, seconds, counts)
        run_batch(folder, out, profile=settings.profile, resume=True)
        same = digest(out) == wanted
        kept &= same
        table.add_row(str(number), str(counts["main"] + counts["group"] - before), "yes" if same else "NO")
    said = f"main process alone: {counts['main']}, all: {counts['group']}; workers left behind: {counts['orphans']}"
    settings.show(f"{settings.kills} kills of a batch of {seconds:.1f} s", table, said)
    return kept and not counts["orphans"]


def _kill_and_resume(
    folder: Path, out: Path, settings: Settings, random: Random, seconds: float, counts: Counter[str]
) -> None:
    """Start a batch, kill it at a random moment, resume it … until it ends or there were enough kills."""
    resume = False
    while counts["main"] + counts["group"] < settings.kills:
        command = batch_command(folder, out, profile=settings.profile, resume=resume)
        process = subprocess.Popen(
            command, env=ENVIRONMENT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(random.uniform(0.1, seconds))
        except subprocess.TimeoutExpired:
            how = "group" if random.random() < _GROUP_SHARE else "main"
            counts[how] += 1
            counts["orphans"] += kill(process, how)
            resume = True
        else:
            return


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
