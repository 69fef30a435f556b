"""Options that bound what a document may cost, for every verb that reads documents."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..core.limits import OPTIONS, VARIABLES, Limits


class Place(click.ParamType[Path | str]):
    """A file, a folder, `-`, or an address of the web or of a file system, which stays a text."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """Keep an address as it is, and make a path of everything else."""
        return value if isinstance(value, str) and "://" in value else Path(value)


Command = TypeVar("Command", bound=Callable[..., Any])
_HELP = {
    "seconds": "Seconds of work that reading one document may take.",
    "memory": "MiB of memory that reading one document may take.",
    "text": "Characters of text that one document may give.",
    "file": "MB that the file of one document may have.",
    "extract_seconds": "Seconds of work that extracting from one document may take.",
    "extract_memory": "MiB of memory that extracting from one document may take.",
    "statements": "Statements that one document may give.",
}


def reading_limits(command: Command) -> Command:
    """Give a command the options of the limits; they are set in the environment, which the processes of a build inherit."""
    for name, default in reversed(Limits()._asdict().items()):
        variable = VARIABLES[name]

        def keep(_: click.Context, __: click.Parameter, value: int | None, variable: str = variable) -> None:
            if value is not None:
                os.environ[variable] = str(value)

        command = click.option(
            OPTIONS[name],
            type=click.IntRange(1, 999_999_999),
            metavar="N",
            expose_value=False,
            callback=keep,
            help=f"{_HELP[name]} [{default:,}; ${variable}]",
        )(command)
    return command
