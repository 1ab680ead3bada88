"""The engine for one machine: each worker process has a thread here that keeps it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from npextract.corpus.folder import Folder
from npextract.corpus.recipe import Recipe
from npextract.corpus.supervisor import Outcome, Supervisor

_PATIENCE: Final = 5.0
"""How many seconds a thread has to end when its worker is gone."""


def run_local(files: Iterable[str], recipe: Recipe, folder: Folder, workers: int) -> Iterator[Outcome]:
    """Read files in `workers` processes, one file in flight each; raises WorkerError where none can be started.

    Closing the iterator ends all processes at once.
    """
    todo = iter(files)
    lock = threading.Lock()
    supervisors = [Supervisor(recipe, folder) for _ in range(workers)]
    # Bounded, so that workers wait for whoever writes the results, and memory stays flat.
    results: queue.Queue[Outcome | BaseException | None] = queue.Queue(4 * workers)
    stopped = threading.Event()

    def put(item: Outcome | BaseException | None) -> None:
        while not stopped.is_set():
            with suppress(queue.Full):
                results.put(item, timeout=0.5)
                break

    def keep(supervisor: Supervisor) -> None:
        try:
            while not stopped.is_set():
                with lock:
                    file = next(todo, None)
                if file is None:
                    break
                put(supervisor.read(file))
            put(None)
        except BaseException as error:  # the thread's end must be known to the one who waits
            put(error)
        finally:
            supervisor.close()

    threads = [threading.Thread(target=keep, args=(supervisor,), daemon=True) for supervisor in supervisors]
    for thread in threads:
        thread.start()
    running = workers
    try:
        while running:
            item = results.get()
            if item is None:
                running -= 1
            elif isinstance(item, BaseException):
                raise item
            else:
                yield item
    finally:
        stopped.set()
        for supervisor in supervisors:
            supervisor.close()
        for thread in threads:  # none may still be at work when the interpreter ends
            thread.join(_PATIENCE)
