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


class WorkerError(NpextractError):
    """The processes that read a batch's files cannot be started, or were stopped."""

    code = "worker"


class CorpusError(NpextractError):
    """A folder is no corpus, or not one that can be used as it is asked for.

    Attributes: `path`, the folder or URL; `code`, the reason for machines: no-corpus, newer-corpus, damaged-corpus,
    changed-corpus, no-document, corpus (one is in the way, or in use).
    """

    code = "corpus"

    def __init__(self, message: str, *, path: str, code: str = "corpus") -> None:
        self.path = path
        self.code = code
        super().__init__(f"{path}: {message}")


class QueryError(NpextractError):
    """A query that a corpus cannot answer: it is no SQL, reads what is not there, is not allowed, or its conditions
    are none.

    Attributes: `query`, as it was asked; `code`, the reason for machines: not-sql, not-select, refused, too-big,
    not-a-date, not-a-kind, not-a-language.
    """

    code = "query"

    def __init__(self, message: str, *, query: str, code: str = "query") -> None:
        self.query = query
        self.code = code
        super().__init__(message)


class EntityError(NpextractError):
    """A name that means no entity, or several.

    Attributes: `text`, the name; `candidates`, the identifiers that may have been meant; `code`: unknown-entity or
    ambiguous-entity.
    """

    code = "entity"

    def __init__(self, message: str, *, text: str, candidates: tuple[str, ...] = (), code: str = "entity") -> None:
        self.text = text
        self.candidates = candidates
        self.code = code
        super().__init__(message)
