"""The grammar of citations: resolutions, documents, and committees named by a resolution."""

from npextract.finders.references.finder import ReferenceFinder

__all__ = ["ReferenceFinder"]
