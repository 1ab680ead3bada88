"""The process that reads files for a supervisor: `python -m npextract.corpus.worker`.

It takes orders on standard input and answers on standard output (see `npextract.corpus.frames`). Before each document
it says which one it begins, so that the supervisor knows whom to blame if it dies, takes too long or too much memory.
It ends when its standard input does, at once.
"""

from __future__ import annotations

import hashlib
import os
import queue
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from importlib.abc import MetaPathFinder
from itertools import islice
from types import ModuleType
from typing import IO, Final

from npextract.corpus.folder import Folder
from npextract.corpus.frames import Header, read_frame, write_frame
from npextract.corpus.reading import read_documents
from npextract.corpus.recipe import Recipe
from npextract.corpus.rows import encode_rows, file_key, rows_of
from npextract.document import Document, failed
from npextract.errors import InputError, NpextractError
from npextract.extractor import Extractor
from npextract.reading.files import Input, inputs_of

_AT_A_TIME: Final = 64
_CHARACTERS: Final = 1_000_000
"""How many texts of one file are read together, and how many characters of them."""


def main() -> None:
    """Take orders until there are none."""
    # What libraries print must not get between the messages.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _leave_pandas_out()
    orders: queue.SimpleQueue[Header] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    recipe = Recipe.from_json(sys.argv[1])
    folder = Folder(sys.argv[2])
    try:
        extractor = Extractor(recipe.profile, ontology=[Folder(path).path for path in recipe.ontology] or None)
    except NpextractError as error:
        write_frame(answers, {"type": "fatal", "message": str(error)})
        return
    write_frame(answers, {"type": "ready", "ontology": extractor.ontology.version})
    while True:
        read_file(extractor, recipe, folder, orders.get(), answers)


def _leave_pandas_out() -> None:
    """Let Arrow look for pandas in vain, which it does once: to import it takes half a second and 40 MB for nothing."""
    import pyarrow as pa

    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    pa.array([""], pa.string())
    sys.meta_path.remove(finder)


class _NoPandas(MetaPathFinder):
    """Says that there is no pandas."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def _listen(stdin: IO[bytes], orders: queue.SimpleQueue[Header]) -> None:
    """Pass on what comes; when the supervisor is gone, end the process, whatever it is doing."""
    try:
        while True:
            orders.put(read_frame(stdin)[0])
    except (EOFError, OSError, ValueError):
        os._exit(0)


def read_file(extractor: Extractor, recipe: Recipe, folder: Folder, order: Header, answers: IO[bytes]) -> None:
    """Read one file: its rows in one or more messages, and at last what it was.

    The order says how many of its texts are `done` already, which files and texts to `skip` and why, and whether to
    read one text at a time.
    """
    name = order["file"]
    skip: Mapping[str, Sequence[str]] = order["skip"]

    def before(source: str) -> None:
        write_frame(answers, {"type": "begin", "what": source, "texts": 1})
        if source in skip:
            code, message = skip[source]
            raise InputError(message, source=source, code=code)

    digest, size = None, 0
    inputs: Iterator[Input]
    try:
        write_frame(answers, {"type": "begin", "what": name, "texts": 1})
        data = folder.read(name, recipe.largest * 1_000_000)
    except InputError as error:
        inputs = iter([Input(name, name, error=error)])
    else:
        digest, size = hashlib.sha256(data).hexdigest(), len(data)
        inputs = inputs_of(data, name, before=before)
        del data
    count = failures = 0
    at_a_time = 1 if order["careful"] else _AT_A_TIME
    for chunk in _chunks(inputs, at_a_time):
        first = count + 1
        count += len(chunk)
        wanted = [_skipped(item, skip, n) for n, item in enumerate(chunk, first)]
        failures += sum(item.error is not None for item in wanted)
        if count <= order["done"]:
            continue
        write_frame(answers, {"type": "begin", "what": f"#{first}", "texts": len(chunk)})
        read = _read_each(extractor, wanted, recipe.lang)
        failures += sum(document.error is not None and item.error is None for item, document in read)
        write_frame(answers, {"type": "rows", "done": count}, encode_rows(rows_of(name, read, first)))
    facts = {"sha256": digest, "bytes": size, "documents": count - failures, "failures": failures}
    row = {"file": file_key(name), "recipe": recipe.mark, **facts}
    write_frame(answers, {"type": "end", "failures": failures}, encode_rows({"files": [row]}))


def _chunks(inputs: Iterator[Input], at_a_time: int) -> Iterator[list[Input]]:
    """The texts of a file in lots of bounded size."""
    while chunk := list(islice(inputs, 1)):
        characters = len(chunk[0].text)
        while len(chunk) < at_a_time and characters < _CHARACTERS and (following := list(islice(inputs, 1))):
            chunk += following
            characters += len(following[0].text)
        yield chunk


def _read_each(extractor: Extractor, inputs: list[Input], lang: str | None) -> list[tuple[Input, Document]]:
    """The documents of some texts; a fault of the program in one of them is that one's failure."""
    try:
        return list(read_documents(extractor, inputs, lang))
    except Exception as fault:
        if len(inputs) > 1:
            return [pair for item in inputs for pair in _read_each(extractor, [item], lang)]
        (item,) = inputs
        reason = f"{item.id}: could not be read because of a fault in npextract: {type(fault).__name__}: {fault}"
        return [(item, failed(item.id, item.source, extractor.ontology.version, "internal-error", reason))]


def _skipped(item: Input, skip: Mapping[str, Sequence[str]], number: int) -> Input:
    """The input, or one with the reason why the `number`-th text of the file is not to be read."""
    reason = skip.get(f"#{number}")
    if reason is None or item.error is not None:
        return item
    return Input(item.id, item.source, error=InputError(reason[1], source=item.id, code=reason[0]))


if __name__ == "__main__":
    main()
