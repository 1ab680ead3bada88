"""Keeps numpy's matrix products on the calling thread.

The products of the Russian tagger are too small to gain from threads, and OpenBLAS's threads wait by
spinning: with one worker process a core, which is how a batch runs, they made it eight times slower.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np


@contextmanager
def one_thread() -> Iterator[None]:
    """While it lasts, OpenBLAS uses one thread, in the whole process; afterwards as many as before.

    It is known how to tell the OpenBLAS inside numpy's own wheels; with another BLAS nothing is done, and
    the results are the same, only later.
    """
    controls = _openblas()
    if controls is None:
        yield
        return
    count, set_count = controls
    before = count()
    set_count(1)
    try:
        yield
    finally:
        set_count(before)


@cache
def _openblas() -> tuple[Callable[[], int], Callable[[int], object]] | None:
    """The functions that answer and set OpenBLAS's number of threads."""
    package = Path(np.__file__).parent
    for folder in (package.with_name("numpy.libs"), package / ".dylibs"):
        for path in folder.glob("*openblas*"):
            library = ctypes.CDLL(str(path))  # loaded already: this is only a handle to it
            for name in ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads"):
                if hasattr(library, name.format("set")):
                    return getattr(library, name.format("get")), getattr(library, name.format("set"))
    return None
