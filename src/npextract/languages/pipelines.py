"""The neural pipelines of all languages, each loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from npextract.languages.detect import Paragraph
from npextract.languages.spans import NerSpan, Pipeline
from npextract.reading.view import View


def _load_russian() -> Pipeline:
    from npextract.languages.russian import RussianPipeline

    return RussianPipeline()


def _load_english() -> Pipeline:
    from npextract.languages.english import EnglishPipeline

    return EnglishPipeline()


LOADERS: Final[Mapping[str, Callable[[], Pipeline]]] = {"ru": _load_russian, "en": _load_english}


class Pipelines:
    """Reads paragraphs with their language's pipeline. Not for two threads at once."""

    def __init__(self, loaders: Mapping[str, Callable[[], Pipeline]] = LOADERS) -> None:
        self._loaders = loaders
        self._loaded: dict[str, Pipeline] = {}

    def __getstate__(self) -> Mapping[str, Callable[[], Pipeline]]:
        return self._loaders

    def __setstate__(self, loaders: Mapping[str, Callable[[], Pipeline]]) -> None:
        self._loaders, self._loaded = loaders, {}

    def pipeline(self, lang: str) -> Pipeline:
        """The pipeline of a language, loaded."""
        if lang not in self._loaded:
            self._loaded[lang] = self._loaders[lang]()
        return self._loaded[lang]

    def spans(self, views: Sequence[View], paragraphs: Sequence[Sequence[Paragraph]]) -> list[list[NerSpan]]:
        """The named entities of each view, in order; paragraphs in languages without a pipeline have none."""
        found: list[list[NerSpan]] = [[] for _ in views]
        for lang in self._loaders:
            places = [
                (number, part)
                for number, parts in enumerate(paragraphs)
                for part in parts
                if part.lang == lang and _worth_reading(views[number].text, part)
            ]
            if places:
                texts = [views[number].text[part.start : part.end] for number, part in places]
                for (number, part), spans in zip(places, self.pipeline(lang).entities(texts), strict=True):
                    found[number] += (NerSpan(s.start + part.start, s.end + part.start, s.label) for s in spans)
        for spans in found:
            spans.sort()
        return found


def _worth_reading(text: str, part: Paragraph) -> bool:
    """Whether a paragraph has letters at all."""
    return any(c.isalpha() for c in text[part.start : min(part.end, part.start + 2000)])
