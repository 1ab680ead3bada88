"""Inputs as documents: what their heads say, what the extractor finds in them, and on which page it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from npextract.corpus.heading import find_metadata
from npextract.document import Document, Mention, failed
from npextract.extractor import Extractor
from npextract.reading.files import Input
from npextract.reading.source import SourceText

_AT_A_TIME: Final = 64


def read_documents(
    extractor: Extractor, inputs: Iterable[Input], lang: str | None = None, *, trace: bool = False
) -> Iterator[tuple[Input, Document]]:
    """Each input with its document, in order; the documents of those that could not be read carry the reason.

    `lang` overrules the language that a record declares; `trace` as for `Extractor.extract`.
    """
    inputs = iter(inputs)
    while chunk := list(islice(inputs, _AT_A_TIME)):
        good = [item for item in chunk if item.error is None]
        metadata = [find_metadata(item.document, item.source) for item in good]
        documents = extractor.extract_many(
            [item.text for item in good],
            ids=[item.id for item in good],
            sources=[item.source for item in good],
            langs=[lang or _known_language(item.document) for item in good],
            dates=[known.date for known in metadata],
            trace=trace,
        )
        found = iter(metadata)
        for item in chunk:
            if item.error is None:
                yield item, locate(replace(next(documents), metadata=next(found)), item.document)
            else:
                version = extractor.ontology.version
                yield item, failed(item.id, item.source, version, item.error.code, str(item.error))


def _known_language(document: SourceText) -> str | None:
    """The language that a record declares. What files declare is often the template's, and theirs are many texts in
    two languages, so that it is found paragraph by paragraph.
    """
    return document.metadata.lang if document.format == "records" else None


def extract_inputs(
    extractor: Extractor, inputs: Iterable[Input], lang: str | None = None, *, trace: bool = False
) -> Iterator[Document]:
    """The documents of `read_documents` alone."""
    return (document for _, document in read_documents(extractor, inputs, lang, trace=trace))


def locate(document: Document, source: SourceText) -> Document:
    """The document with the page and the boxes of each mention, and with what its reader warned of."""
    if source.pages or source.boxes is not None:
        document = replace(document, mentions=tuple(_located(mention, source) for mention in document.mentions))
    return replace(document, warnings=(*source.warnings, *document.warnings)) if source.warnings else document


def _located(mention: Mention, source: SourceText) -> Mention:
    attrs = dict(mention.attrs)
    if (page := source.page_of(mention.start)) is not None:
        attrs["page"] = page
    if boxes := source.boxes_of(mention.start, mention.end):
        attrs["boxes"] = [list(box) for box in boxes]
    return replace(mention, attrs=attrs)
