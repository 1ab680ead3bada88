"""The parts of a corpus: how their files are called, which parts count, and how files are read and written whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from npextract.corpus.tables import TABLES
from npextract.errors import CorpusError

MANIFEST: Final = "corpus.json"
"""The file that says that a folder is a corpus, and of which schema."""
_PARTIAL: Final = ".part"
_PARQUET: Final = b"PAR1"
"""The end of a Parquet file."""
COMMITS: Final = "commits"
"""The folder of the commits: `commits/000001.json` says that part 1 is whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a corpus that was written whole."""

    number: int
    rows: Mapping[str, int]
    """Table → how many rows it has in this part; a table without any may have no file."""


def table_name(table: str, part: int) -> str:
    """The file of a part's table, under the corpus's folder."""
    return f"{table}/{part:06}.parquet"


def commit_name(part: int) -> str:
    """The file that says that a part is whole."""
    return f"{COMMITS}/{part:06}.json"


@dataclass(frozen=True, slots=True)
class FileSystem:
    """The folder of a corpus, here or anywhere that fsspec reaches."""

    url: str
    """As it was asked for, for messages."""
    fs: Any
    """An fsspec file system."""
    root: str
    """The folder's path in it."""
    is_local: bool

    def path(self, name: str) -> str:
        """The path of a file of the corpus, for `fs`."""
        return f"{self.root}/{name}"

    def make_folders(self, names: Iterable[str]) -> None:
        """Make the folders that are not there; object stores need none."""
        for name in names:
            self.fs.makedirs(self.path(name), exist_ok=True)

    def numbers(self, folder: str) -> list[int]:
        """The numbers of the parts that have a file in a folder, in order. What else lies there is passed over."""
        paths = map(PurePosixPath, self._names(folder))
        return sorted(int(p.stem) for p in paths if p.stem.isdecimal() and p.suffix in (".json", ".parquet"))

    def partials(self, folder: str) -> list[str]:
        """The names of what `write` left there when it was stopped in the middle."""
        names = (PurePosixPath(path).name for path in self._names(folder))
        return sorted(f"{folder}/{name}" for name in names if name.endswith(_PARTIAL))

    def _names(self, folder: str) -> list[str]:
        """What lies in a folder, as paths for `fs`; nothing where there is none."""
        try:
            found: list[str] = self.fs.ls(self.path(folder), detail=False)
        except (FileNotFoundError, NotADirectoryError):
            return []
        return found

    def read(self, name: str) -> bytes:
        """A file's bytes; raises FileNotFoundError."""
        data: bytes = self.fs.cat_file(self.path(name))
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a file so that it is there whole or not at all."""
        path = self.path(name)
        if not self.is_local:
            self.fs.pipe_file(path, data)  # an object appears when it is whole
            return
        partial = f"{path}{_PARTIAL}"
        with open(partial, "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)  # noqa: PTH105

    def ends_with(self, name: str, end: bytes) -> bool:
        """Whether a file's last bytes are these."""
        return bool(self.fs.tail(self.path(name), len(end)) == end)

    def exists(self, name: str) -> bool:
        """Whether a file is there."""
        return bool(self.fs.exists(self.path(name)))

    def size(self, name: str) -> int:
        """The bytes of a file."""
        return int(self.fs.size(self.path(name)) or 0)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with suppress(FileNotFoundError):
            self.fs.rm_file(self.path(name))


def open_file_system(url: str) -> FileSystem:
    """The folder at a path or URL; CorpusError where its protocol is not known or not installed."""
    from fsspec.core import url_to_fs
    from fsspec.implementations.local import LocalFileSystem

    try:
        fs, root = url_to_fs(url)
    except (ValueError, ImportError) as error:
        raise CorpusError(f"cannot be reached: {error}", path=url, code="no-corpus") from None
    # What is listed once may be changed by another process.
    fs.invalidate_cache()
    return FileSystem(url, fs, str(root).rstrip("/"), isinstance(fs, LocalFileSystem))


def clear(files: FileSystem) -> None:
    """Remove a corpus, and nothing else that lies in its folder: first the commits, so that no half of it counts."""
    for folder in (COMMITS, *TABLES):
        for part in files.numbers(folder):
            files.remove(commit_name(part) if folder == COMMITS else table_name(folder, part))
    files.remove(MANIFEST)


def live_parts(files: FileSystem) -> list[Part]:
    """The parts whose rows are the corpus, by number: those with a commit that no other commit replaces.

    Raises CorpusError for a commit that cannot be read.
    """
    numbers = files.numbers(COMMITS)
    names = [files.path(commit_name(number)) for number in numbers]
    try:
        # Not `cat`, which takes names for patterns.
        contents = files.fs.cat_ranges(names, None, None, on_error="raise") if names else []
    except FileNotFoundError as error:
        raise damaged(f"{error.filename or error} has gone", files.url) from None
    commits = [_read_commit(content, commit_name(n), files.url) for n, content in zip(numbers, contents, strict=True)]
    replaced = {old for part, olds in commits for old in olds if old != part.number}
    return [part for part, _ in commits if part.number not in replaced]


def _read_commit(content: bytes, name: str, url: str) -> tuple[Part, Sequence[int]]:
    """A part, and the numbers of those that it replaces."""
    commit = read_json(content, name, url)
    number, rows, olds = commit.get("part"), commit.get("rows"), commit.get("replaces", [])
    if not isinstance(number, int) or not isinstance(rows, dict) or not isinstance(olds, list):
        raise damaged(f"{name} is no commit", url)
    return Part(number, rows), olds


def read_json(content: bytes, name: str, url: str) -> dict[str, Any]:
    """The object in a file of a corpus; CorpusError where there is none."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        raise damaged(f"{name} is not JSON", url) from None
    if not isinstance(value, dict):
        raise damaged(f"{name} is no object", url)
    return value


def check_tables(files: FileSystem, parts: Iterable[Part]) -> None:
    """Raise CorpusError where a part lacks a table, or one has no end: the corpus would count less than it says."""
    for table in TABLES:
        there = set(files.numbers(table))
        for part in parts:
            name = table_name(table, part.number)
            if part.rows.get(table) and (part.number not in there or not files.ends_with(name, _PARQUET)):
                raise damaged(f"{name} is missing or not whole", files.url)


def damaged(what: str, url: str) -> CorpusError:
    """The error for a corpus that has a broken file."""
    return CorpusError(f"{what}; run the batch again into a new folder", path=url, code="damaged-corpus")
