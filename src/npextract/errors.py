"""What can go wrong, said so that the reader knows what to do.

One root, `NpextractError`; each subclass carries the facts as typed attributes.
"""

from __future__ import annotations


class NpextractError(Exception):
    """The root of all errors that npextract raises on purpose."""

    code = "error"
    """A short, stable word for machines; it is the record's `error.code`."""


class OntologyError(NpextractError):
    """The ontology's sources or its compiled file cannot be used as they are.

    Attributes: `file` and `line` (1-based) say where, if known; `reason` is the message without them; `near` is a
    piece of the line that is wrong.
    """

    code = "ontology"

    def __init__(
        self, message: str, *, file: str | None = None, line: int | None = None, near: str | None = None
    ) -> None:
        self.file = file
        self.line = line
        self.near = near
        self.reason = message
        where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(where + message)


class ModelError(NpextractError):
    """A language model is missing or is not the one that was checked.

    Attributes: `model`, the name of the distribution that brings it.
    """

    code = "model"

    def __init__(self, message: str, *, model: str) -> None:
        self.model = model
        super().__init__(message)


class InputError(NpextractError):
    """An input could not be read as text.

    Attributes: `source`, the name of the input; `code`, the reason for machines.
    """

    code = "input"

    def __init__(self, message: str, *, source: str, code: str = "input") -> None:
        self.source = source
        self.code = code
        super().__init__(f"{source}: {message}")
