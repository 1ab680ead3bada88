"""Options that take several words: `--all res:1540 treaty:CWC org:CSTO`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand


class SeveralValues(TyperCommand):
    """A command whose repeatable options take all words up to the next option.

    Click knows only options that are repeated (`--all a --all b`), so the words are written so for it. Arguments stand
    before such an option: behind it they would be taken for its words.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line."""
        several = {
            name for parameter in self.params if getattr(parameter, "multiple", False) for name in parameter.opts
        }
        for word, following in pairwise([*args, "--"]):
            if word in several and following.startswith("-") and following != "-":
                raise typer.BadParameter(f"{word} needs a word behind it, or several", ctx=ctx)
        try:
            return super().parse_args(ctx, list(repeat_options(args, several)))
        except typer.BadParameter as error:
            if type(error).__name__ != "MissingParameter":
                raise
            message = (
                f"missing; behind {', '.join(sorted(several))} all words are theirs, so what is no option comes first"
            )
            raise typer.BadParameter(message, ctx=ctx, param=error.param) from None


def repeat_options(args: Sequence[str], several: set[str]) -> Iterator[str]:
    """The words of a command line with each option of `several` repeated before each of its words."""
    option: str | None = None
    first = False
    for at, word in enumerate(args):
        if word == "--":
            yield from args[at:]
            return
        if word in several:
            option, first = word, True
            yield word
        elif word.startswith("-") and word != "-":
            option = None
            yield word
        elif option is None or first:
            first = False
            yield word
        else:
            yield option
            yield word
