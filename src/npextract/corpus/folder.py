"""Folders of files, on this machine or anywhere that fsspec reaches ("s3://bucket/archive")."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from npextract.corpus.parts import MANIFEST, open_file_system
from npextract.errors import InputError
from npextract.reading.files import find_files
from npextract.reading.names import is_passed_over, is_passed_over_folder

_NAME: Final = b'"npextract"'
"""What stands in the manifest of a corpus."""
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its path or URL."""

    url: str

    @classmethod
    def at(cls, path: str | Path) -> Folder:
        """The folder at a path or URL, known by the same name from any other folder."""
        folder = cls(str(path))
        return cls(str(folder.path.absolute())) if folder.is_local else folder

    @property
    def is_local(self) -> bool:
        """Whether it is a path of this machine."""
        return "://" not in self.url or self.url.startswith("file://")

    @property
    def path(self) -> Path:
        """Its path, where it is local."""
        return Path(self.url.removeprefix("file://"))

    def is_same(self, other: Folder) -> bool:
        """Whether both are one folder."""
        if self.is_local and other.is_local:
            return self.path.resolve() == other.path.resolve()
        return self.url.rstrip("/") == other.url.rstrip("/")

    def files(self, without: Folder | None = None) -> Iterator[str]:
        """The names of the files in it and in its folders, with "/", in a fixed order; none of those in `without`.

        A folder in it that cannot be listed is among them, with "/" at its end: to read it fails with the reason.
        Raises OSError where the folder itself cannot be listed.
        """
        if self.is_local:
            yield from _local_files(self.path, without)
        else:
            yield from _remote_files(self.url, without)

    def size(self, name: str) -> int | None:
        """The bytes that a file has; None where that cannot be known."""
        try:
            return (self.path / name).stat().st_size if self.is_local else int(self._remote().size(self._key(name)))
        except OSError:
            return None

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file's bytes; None where it cannot be read."""
        digest = hashlib.sha256()
        try:
            with (self.path / name).open("rb") if self.is_local else self._remote().open(self._key(name)) as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
        except OSError:
            return None
        return digest.hexdigest()

    def read(self, name: str, most: int) -> bytes:
        """A file's bytes; raises InputError where it cannot be read, is no file, or has more than `most` bytes."""
        try:
            size = self._regular_size(name)
            if size > most:
                message = f"has {size / 1e6:,.0f} MB; files of up to {most / 1e6:,.0f} MB are read (--largest)"
                raise InputError(message, source=name, code="too-large")
            if self.is_local:
                return (self.path / name).read_bytes()
            data: bytes = self._remote().cat_file(self._key(name))
            return data
        except OSError as error:
            raise InputError(error.strerror or str(error), source=name, code="unreadable") from None

    def _regular_size(self, name: str) -> int:
        if not self.is_local:
            return int(self._remote().size(self._key(name)) or 0)
        if name.endswith("/"):
            os.scandir(self.path / name).close()
            raise InputError("could not be listed when the batch began", source=name, code="unreadable")
        status = (self.path / name).stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError("is no regular file but a pipe, socket or device", source=name, code="unreadable")
        return status.st_size

    def _remote(self) -> Any:
        from fsspec.core import url_to_fs

        return url_to_fs(self.url)[0]

    def _key(self, name: str) -> str:
        from fsspec.core import url_to_fs

        return f"{str(url_to_fs(self.url)[1]).rstrip('/')}/{name}"


def _local_files(root: Path, without: Folder | None) -> Iterator[str]:
    if not root.is_dir():
        raise NotADirectoryError(f"{root} is no folder")
    excluded = without.path.resolve() if without is not None and without.is_local else None
    unlisted: list[Path] = []
    for path in find_files(
        root, lambda folder: folder.resolve() != excluded and not _is_corpus(folder), unlisted.append
    ):
        yield path.relative_to(root).as_posix()
    for folder in unlisted:
        yield f"{folder.relative_to(root).as_posix()}/"


def _remote_files(url: str, without: Folder | None) -> Iterator[str]:
    store = open_file_system(url)
    fs, root = store.fs, store.root
    try:
        found = fs.find(root)
        there = bool(found) or fs.exists(root)
    except Exception as error:  # whatever the library of the place raises, for want of a key or of a network
        raise InputError(f"cannot be listed: {type(error).__name__}: {error}", source=url, code="unreadable") from None
    if not there:
        raise InputError("is not there, or cannot be listed", source=url, code="unreadable")
    names = [key.removeprefix(root).lstrip("/") for key in sorted(found)]
    corpora = [name.removesuffix(MANIFEST) for name in names if name.endswith(f"/{MANIFEST}")]
    passed_over = tuple(folder for folder in corpora if _NAME in fs.cat_file(f"{root}/{folder}{MANIFEST}"))
    if without is not None and not without.is_local:
        passed_over += (open_file_system(without.url).root.removeprefix(root).strip("/") + "/",)
    for name in names:
        *folders, last = name.split("/")
        if not (is_passed_over(last) or any(map(is_passed_over_folder, folders)) or name.startswith(passed_over)):
            yield name


def _is_corpus(folder: Path) -> bool:
    """Whether a folder holds an earlier result of a batch, which is no document."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            return _NAME in file.read(_BLOCK)
    except OSError:
        return False
