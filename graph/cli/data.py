"""What several verbs take alike: the folder they read (`--data DIR`, or DIR alone where a verb takes nothing else), text or JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..core.files import EXPORTS
from ..core.language import say
from .nearest import Choice

Function = Callable[..., Any]


def data_option(function: Function) -> Function:
    """Give a verb the option `--data`; it is called with `data`, the folder (exports/ unless given)."""
    return click.option(
        "--data", type=click.Path(path_type=Path), default=EXPORTS, show_default="exports", metavar="DIR", help="The exports folder."
    )(function)


def _either(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path:
    """Take the folder from the argument or the option; both at once are a mistake."""
    given = ctx.params.pop("given", None)
    if given is not None and value is not None:
        raise click.UsageError(say("give the folder once: as DIR or with --data"), ctx)
    return given or value or EXPORTS


def data_folder(function: Function) -> Function:
    """Give a verb that takes nothing else its folder as `[DIR]` or `--data DIR`; it is called with `folder`."""
    option = click.option("--data", "folder", type=click.Path(path_type=Path), metavar="DIR", callback=_either, help="The exports folder, as DIR is.")
    argument = click.argument("given", required=False, metavar="[DIR]", type=click.Path(path_type=Path), is_eager=True)
    return argument(option(function))


def text_or_json(function: Function) -> Function:
    """Give a verb that shows something to read the option `--format`; it is called with `form`, text or json."""
    return click.option(
        "--format", "form", type=Choice(["text", "json"]), default="text", show_default=True, help="Text to read, or JSON."
    )(function)
