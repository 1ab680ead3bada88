"""Keeps numpy's matrix products on the calling thread.

The products of the Russian tagger are too small to gain from threads, and OpenBLAS's threads wait for each
other by spinning: with a worker process on every core, which is how a batch runs, they cost several times
the work itself.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np


class _Controls(NamedTuple):
    """OpenBLAS's own functions for its number of threads."""

    threads: Callable[[], int]
    set_threads: Callable[[int], object]


class _State:
    """How many calls of `one_thread` are under way in this process, and what the first of them found."""

    lock = threading.Lock()
    users = 0
    before = 1


@contextmanager
def one_thread() -> Iterator[None]:
    """While it lasts, OpenBLAS uses one thread, in the whole process; after the last, as many as before.

    It is known how to tell the OpenBLAS inside numpy's own wheels; with another BLAS nothing is done, and
    the results are the same, only later.
    """
    controls = _openblas()
    if controls is None:
        yield
        return
    with _State.lock:
        if _State.users == 0:
            _State.before = controls.threads()
            controls.set_threads(1)
        _State.users += 1
    try:
        yield
    finally:
        with _State.lock:
            _State.users -= 1
            if _State.users == 0:
                controls.set_threads(_State.before)


@cache
def _openblas() -> _Controls | None:
    """The functions of the OpenBLAS that numpy brought, if it brought one."""
    package = Path(np.__file__).parent
    for folder in (package.with_name("numpy.libs"), package / ".dylibs"):
        for path in sorted(folder.glob("*openblas*")):
            library = ctypes.CDLL(str(path))  # loaded already: this is only a handle to it
            for name in ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads"):
                if hasattr(library, name.format("set")):
                    return _Controls(getattr(library, name.format("get")), getattr(library, name.format("set")))
    return None
