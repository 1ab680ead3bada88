"""The engine for a cluster that runs Ray. Each actor keeps one worker process, just as a thread does on one machine.

The driver, which runs the batch, hands out files by name and writes what comes back; the actors read the files from
where the folder's URL leads. Needs the extra `npextract[ray]`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, Final

from npextract.corpus.folder import Folder
from npextract.corpus.recipe import Recipe
from npextract.corpus.supervisor import Outcome, Supervisor
from npextract.errors import WorkerError

_TRIES: Final = 3
"""How often a file is tried whose actor is lost with its machine."""


class _Keeper:
    """What an actor does: it keeps a worker process."""

    def __init__(self, recipe: str, url: str) -> None:
        self._supervisor = Supervisor(Recipe.from_json(recipe), Folder(url))

    def read(self, file: str) -> tuple[tuple[bytes, ...], bytes, int]:
        outcome = self._supervisor.read(file)
        return outcome.payloads, outcome.row, outcome.failures

    def close(self) -> None:
        self._supervisor.close()


def run_on_ray(files: Iterable[str], recipe: Recipe, folder: Folder, workers: int) -> Iterator[Outcome]:
    """Read files in `workers` actors, one file in flight each, on the cluster that is running or at the address in
    `RAY_ADDRESS`; without one, on a cluster started here. Raises WorkerError where Ray is missing.
    """
    try:
        import ray
    except ImportError:
        raise WorkerError("the engine 'ray' is not installed: pip install 'npextract[ray]'") from None
    started = not ray.is_initialized()
    if started:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
        ray.init(log_to_driver=False, include_dashboard=False, configure_logging=False)
    try:
        yield from _run(ray, iter(files), recipe, folder, workers)
    finally:
        if started:
            ray.shutdown()


def _run(ray: Any, todo: Iterator[str], recipe: Recipe, folder: Folder, workers: int) -> Iterator[Outcome]:
    actor_class = ray.remote(num_cpus=1)(_Keeper)

    def hire() -> Any:
        return actor_class.remote(recipe.to_json(), folder.url)

    flying: dict[Any, tuple[Any, str, int]] = {}
    """Reference → the actor, the file, and how often it was tried."""

    def send(actor: Any, file: str | None, tries: int = 1) -> None:
        if file is not None:
            flying[actor.read.remote(file)] = actor, file, tries

    for _ in range(workers):
        file = next(todo, None)
        if file is not None:
            send(hire(), file)
    while flying:
        (ready,), _ = ray.wait(list(flying), num_returns=1)
        actor, file, tries = flying.pop(ready)
        try:
            payloads, row, failures = ray.get(ready)
        except ray.exceptions.RayActorError as error:
            if tries >= _TRIES:
                raise WorkerError(f"{file}: lost {tries} actors while it was read: {error}") from None
            send(hire(), file, tries + 1)
            continue
        except ray.exceptions.RayTaskError as error:
            raise WorkerError(str(error.cause)) from None
        send(actor, next(todo, None))
        yield Outcome(file, tuple(payloads), row, failures)
