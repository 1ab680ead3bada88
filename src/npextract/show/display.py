"""Where a document is shown: in a notebook, or on a terminal."""

from __future__ import annotations

import sys

from npextract.document import Document


def show_document(document: Document) -> None:
    """Highlighted in a notebook, as a table elsewhere."""
    if _in_notebook():
        from IPython.display import HTML, display

        display(HTML(document.to_html()))  # type: ignore[no-untyped-call]
    else:
        from rich.console import Console

        from npextract.show.table import print_document

        print_document(document, Console())


def _in_notebook() -> bool:
    """Whether a kernel that can show HTML runs this code."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and hasattr(shell, "kernel")
