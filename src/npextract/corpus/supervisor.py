"""One worker process and its keeper: a file is read within bounds of time and memory, and nothing else is harmed.

A worker that dies, hangs or grows too large is killed and replaced. The text that it was reading is tried once more in
a fresh worker, unless it ran out of time, and then counts as failed; the other texts of its file are read all the same.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from npextract.corpus.folder import Folder
from npextract.corpus.frames import Header, read_frame, write_frame
from npextract.corpus.recipe import Recipe
from npextract.corpus.rows import encode_rows, file_key, storable
from npextract.errors import WorkerError

_TICK: Final = 0.2
"""How often, in seconds, a busy worker is looked at."""
_START: Final = 300.0
"""How long, in seconds, a worker may take to begin."""
_STARTS: Final = 10
_PAUSE: Final = 0.3
"""How often it is tried to start one, and how many seconds longer each time it is waited before."""
_READINGS: Final = 5_000
"""After how many files a worker is replaced, so that what libraries leak does not add up."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file."""

    file: str
    payloads: tuple[bytes, ...]
    """The rows, encoded by `npextract.corpus.rows.encode_rows`."""
    row: bytes
    """Its row of the table `files`, encoded likewise."""
    failures: int
    """How many of its texts could not be read."""


@dataclass(slots=True)
class _Attempt:
    """How far the reading of a file has come, over the deaths of workers."""

    file: str
    done: int = 0
    careful: bool = False
    skip: dict[str, tuple[str, str]] = field(default_factory=dict)
    payloads: list[bytes] = field(default_factory=list)
    suspects: set[str] = field(default_factory=set)
    """What a worker died of once already."""


class _StoppedError(Exception):
    """A worker was killed or died; the reason's code and message are its arguments."""


class Supervisor:
    """Keeps one worker process. Used by one thread; `close` may be called by another."""

    def __init__(self, recipe: Recipe, folder: Folder) -> None:
        self._recipe = recipe
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[tuple[Header, bytes] | None] = queue.SimpleQueue()
        self._readings = 0
        self._looked = 0.0
        """When the worker's memory was looked at, by the monotonic clock."""
        self._closed = False

    def read(self, file: str) -> Outcome:
        """Read a file; raises WorkerError where no worker can be started."""
        attempt = _Attempt(file)
        while True:
            if self._process is None or self._readings >= _READINGS:
                self._start()
            try:
                return self._try(attempt)
            except _StoppedError as stopped:
                self._kill()
                if self._closed:
                    raise WorkerError("the batch was stopped") from None
                code, message, current, texts = stopped.args
                if current in attempt.skip:  # it is no text that ends workers
                    return _given_up(attempt, code, message, self._recipe.mark)
                _learn(attempt, code, message, current, texts)

    def close(self) -> None:
        """End the worker at once."""
        self._closed = True
        self._kill()

    def _try(self, attempt: _Attempt) -> Outcome:
        """Have the worker read the file on from where the attempt stands; _StoppedError if that comes to an end."""
        process = self._process
        assert process is not None and process.stdin is not None
        order = {"file": attempt.file, "done": attempt.done, "careful": attempt.careful, "skip": attempt.skip}
        self._readings += 1
        current, texts = attempt.file, 1
        size = self._folder.size(attempt.file) or 0
        limit = self._recipe.time_limit(size)
        began = time.monotonic()
        try:
            write_frame(process.stdin, order)
        except OSError:
            raise _StoppedError("worker-died", _death(process), current, texts) from None
        while True:
            if self._is_too_large(process.pid):
                message = f"took more than {self._recipe.megabytes} MB of memory (--memory)"
                raise _StoppedError("memory", message, current, texts)
            try:
                answer = self._answers.get(timeout=_TICK)
            except queue.Empty:
                if time.monotonic() - began > limit:
                    raise _StoppedError(
                        "timeout", f"took more than {limit:.0f} s (--timeout)", current, texts
                    ) from None
                continue
            if answer is None:
                raise _StoppedError("worker-died", _death(process), current, texts)
            header, payload = answer
            match header["type"]:
                case "begin":
                    current, texts, began = header["what"], header["texts"], time.monotonic()
                case "rows":
                    attempt.payloads.append(payload)
                    attempt.done = header["done"]
                case "end":
                    return Outcome(attempt.file, tuple(attempt.payloads), payload, header["failures"])

    def _is_too_large(self, pid: int) -> bool:
        """Whether the worker holds too much memory; looked at by the clock, for one may grow while it answers."""
        if time.monotonic() - self._looked < _TICK:
            return False
        self._looked = time.monotonic()
        return _resident(pid) > self._recipe.megabytes * 1_000_000

    def _start(self) -> None:
        """Start a worker; one that is killed before it is ready, as for want of memory, is given another chance."""
        for attempt in range(_STARTS):
            time.sleep(_PAUSE * attempt)
            process = self._spawn()
            try:
                answer = self._answers.get(timeout=_START)
            except queue.Empty:
                answer = None
            if answer is not None and answer[0]["type"] == "ready":
                if (size := _resident(process.pid) // 1_000_000) >= self._recipe.megabytes:
                    self._kill()
                    limit = f"{self._recipe.megabytes} MB (--memory)"
                    raise WorkerError(f"a worker takes {size} MB before it reads anything; {limit} are too little")
                return
            reason = answer[0]["message"] if answer else _death(process)
            self._kill()
            if answer is not None or (process.returncode or 0) > 0:
                break
        raise WorkerError(f"no worker could be started: {reason}")

    def _spawn(self) -> subprocess.Popen[bytes]:
        self._kill()
        arguments = [sys.executable, "-m", "npextract.corpus.worker", self._recipe.to_json(), self._folder.url]
        # A process group of its own: Ctrl-C is the supervisor's to hear.
        group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {}
        process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), **group,
        )  # fmt: skip
        assert process.stdout is not None
        self._process = process
        self._readings = 0
        self._answers = queue.SimpleQueue()
        threading.Thread(target=_pass_on, args=(process.stdout, self._answers), daemon=True).start()
        if self._closed:
            self._kill()
            raise WorkerError("the batch was stopped")
        return process

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()


def _learn(attempt: _Attempt, code: str, message: str, current: str, texts: int) -> None:
    """Take from a worker's end what is to be done otherwise next time."""
    if texts > 1:
        attempt.careful = True
    elif code == "timeout" or current in attempt.suspects:
        attempt.skip[current] = (code, message)
    else:
        attempt.suspects.add(current)


def _given_up(attempt: _Attempt, code: str, message: str, mark: str) -> Outcome:
    """The file's outcome where its reading always ends the worker: what was read of it, and a failure."""
    reason = f"{attempt.file}: {message}, again and again"
    file = file_key(attempt.file)
    failure = {"file": file, "id": file, "source": file, "code": code, "message": storable(reason)}
    payload = encode_rows({"documents": [], "mentions": [], "entities": [], "failures": [failure]})
    row = {"file": file, "sha256": None, "bytes": 0, "documents": attempt.done, "failures": 1, "recipe": mark}
    return Outcome(attempt.file, (*attempt.payloads, payload), encode_rows({"files": [row]}), 1)


def _pass_on(stdout: IO[bytes], answers: queue.SimpleQueue[tuple[Header, bytes] | None]) -> None:
    """Put each of a worker's messages into a queue, and at its end None."""
    try:
        while True:
            answers.put(read_frame(stdout))
    except (EOFError, OSError, ValueError):
        answers.put(None)


def _environment() -> dict[str, str]:
    """A worker's: the package is found where this process found it, and arithmetic takes one thread."""
    package = str(Path(__file__).resolve().parents[2])
    paths = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return os.environ | threads | {"PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))}


def _death(process: subprocess.Popen[bytes]) -> str:
    """How a process ended, in words."""
    try:
        code = process.wait(5)
    except subprocess.TimeoutExpired:
        return "the process that read it fell silent"
    if code < 0:
        return f"the process that read it was ended by {signal.Signals(-code).name}"
    return f"the process that read it ended with exit code {code}"


def _resident(pid: int) -> int:
    """The memory that a process holds, in bytes; 0 where it is gone."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
