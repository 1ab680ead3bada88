"""Files as inputs: one text or many, whatever the format. What cannot be read is an input too, with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from npextract.errors import InputError
from npextract.reading.formats import Format, tell_format
from npextract.reading.names import is_passed_over, is_passed_over_folder
from npextract.reading.records import read_records
from npextract.reading.source import SourceText

DEEPEST: Final = 4
"""How many containers may lie in each other: a ZIP in a mail in a ZIP."""
_NOTHING: Final = SourceText("")


@dataclass(frozen=True, slots=True)
class Input:
    """A text to be read, or the reason why there is none."""

    id: str
    source: str
    document: SourceText = _NOTHING
    error: InputError | None = None

    @property
    def text(self) -> str:
        """The text; empty where there is an error."""
        return self.document.text


def read_inputs(path: Path, name: str | None = None) -> Iterator[Input]:
    """The texts of a file; a file or part of one that cannot be read is an Input with the reason. `name` is the
    source's name in the results, by default the path.
    """
    source = name or path.as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        yield _failed(source, InputError(error.strerror or str(error), source=source, code="unreadable"))
    else:
        yield from inputs_of(data, source)


def inputs_of(
    data: bytes, source: str, *, before: Callable[[str], None] = lambda source: None, depth: int = 0
) -> Iterator[Input]:
    """The texts in a file's bytes: one, for JSON Lines one a line, for containers all those of what is in them.

    `before` is told the name of the file, and of each file in a container, before it is read; what it raises as an
    InputError is taken for the reason why that file is not.
    """
    try:
        before(source)
        format = tell_format(data, source)
        if format.name == "records":
            for identifier, place, record in read_records(data, source):
                if isinstance(record, InputError):
                    yield Input(identifier, place, error=record)
                else:
                    yield Input(identifier, place, record)
        if format.reader is not None:
            yield Input(source, source, _read(format, data, source))
        for name, member in format.open(data, source):
            yield from _inputs_of_member(member, f"{source}/{name}", before, depth + 1)
    except InputError as reason:
        yield _failed(source, reason)


def _read(format: Format, data: bytes, source: str) -> SourceText:
    """The text of a file; a fault of a reader, or of the library that it uses, is the file's failure."""
    try:
        return format.read(data, source)
    except InputError:
        raise
    except Exception as fault:
        message = f"could not be read as {format.name}: {type(fault).__name__}: {fault}"
        raise InputError(message, source=source, code="internal-error") from fault


def _inputs_of_member(
    member: bytes | InputError, source: str, before: Callable[[str], None], depth: int
) -> Iterator[Input]:
    if isinstance(member, InputError):
        yield _failed(source, member)
    elif depth > DEEPEST:
        message = f"lies in {depth} containers, one in another; {DEEPEST} are opened"
        yield _failed(source, InputError(message, source=source, code="too-deep"))
    else:
        yield from inputs_of(member, source, before=before, depth=depth)


def _failed(source: str, reason: InputError) -> Input:
    return Input(source, source, error=reason)


def find_files(
    folder: Path,
    enter: Callable[[Path], bool] = lambda folder: True,
    unlisted: Callable[[Path], None] = lambda folder: None,
) -> Iterator[Path]:
    """All files under a folder, in a fixed order, but for hidden ones and what operating systems leave.

    Links to folders are not followed, so that a loop of links has an end; `enter` says of each folder whether to look
    into it; `unlisted` is told of those that cannot be. Raises OSError where that is the folder itself.
    """

    def tell(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise error
        unlisted(Path(error.filename))

    for parent, folders, files in os.walk(folder, onerror=tell):
        folders[:] = sorted(name for name in folders if not is_passed_over_folder(name) and enter(Path(parent, name)))
        yield from (Path(parent, name) for name in sorted(files) if not is_passed_over(name))
