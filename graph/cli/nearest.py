"""Did you mean: what a mistyped word of the command line looks like, among the words that are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from ..core.language import say


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give a question to put behind a refusal, with the known words that look like the unknown one; empty where none does.

    >>> did_you_mean("querry", ["query", "show"]), did_you_mean("xyz", ["query", "show"])
    (" Did you mean 'query'?", '')
    """
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), list(known), 2, 0.6)
    return " " + say("Did you mean {words}?", words=say(" or ").join(repr(name) for name in near)) if near else ""


class Choice(click.Choice):  # type: ignore[type-arg,unused-ignore]
    """A choice that says which of its words a mistyped one looks like."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Take one of the words; raises `click.BadParameter` with the nearest for any other."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            self.fail(error.message + did_you_mean(str(value), map(str, self.choices)), param, ctx)
