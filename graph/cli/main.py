"""The command line: a group whose verbs are imported only when they are called, so that `--help` is quick."""

from __future__ import annotations

import errno
import os
import re
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click

from ..core.errors import Stopped, YangfanError
from ..core.language import say, translated
from ..core.version import __version__
from .nearest import did_you_mean
from .speech import choose_language, speaking

_FIRST = ("build", "query", "plans", "show", "path", "check", "diff", "evaluate", "audit", "serve", "view", "export", "publish")
"""The verbs in the order in which they are used; one that is not among them comes behind, by its name."""
_HEAD = re.compile(r'"""The verb `(\w+)`: (.+)"""')


def _folder() -> Path:
    """Give the folder of the verbs' modules, also where Python imports them from a zip file (`spark-submit --py-files`)."""
    folder = Path(__file__).parent
    if folder.is_dir():
        return folder
    import zipfile

    archive = folder.parent.parent
    return cast(Path, zipfile.Path(archive, f"{folder.relative_to(archive).as_posix()}/"))


def _said(path: Path) -> str:
    """Give what a verb's module says of it in its first line; empty for a module that is no verb's."""
    try:
        with path.open(encoding="utf-8") as stream:
            head = _HEAD.match(stream.readline())
    except OSError:
        return ""
    return head[2][0].upper() + head[2][1:] if head and head[1] == path.stem else ""


@cache
def verbs() -> dict[str, str]:
    """Give the verbs with what the list of verbs says of each: the modules of this package whose first line names one."""
    said = {path.stem: text for path in _folder().iterdir() if path.suffix == ".py" and (text := _said(path))}
    return {name: said[name] for name in sorted(said, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))}


_SPENT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.EIO)
"""What the machine has no more of, or what may not be used of it: space on a disk (a quota, `ulimit -f`), open files (`ulimit -n`)."""


class Verbs(click.Group):
    """A group that knows its verbs by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the verbs in the order in which they are used."""
        return list(verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb's module and give its command."""
        if not cmd_name.isidentifier() or not _said(_folder() / f"{cmd_name}.py"):
            return None
        command = getattr(import_module(f".{cmd_name}", __package__), cmd_name)
        assert isinstance(command, click.Command)
        return speaking(command)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb of a command line; an unknown one is told with what it looks like."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            # Whoever gives a document where a verb stands wants it built.
            hint = did_you_mean(f"build {name}", [f"build {name}"]) if Path(name).exists() else did_you_mean(name, verbs())
            ctx.fail(say("No such verb '{name}'.", name=name) + hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs by the first lines of their modules, without importing any."""
        with formatter.section(say("Verbs")):
            formatter.write_dl([(verb, say(meaning)) for verb, meaning in verbs().items()])


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="yangfan")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Read policy plans into a knowledge graph in which every edge shows the sentence that says so.

    Without a verb, builds the documents of corpus/ into exports/.

    \b
    Examples:
      yangfan
      yangfan show 智慧医疗
      yangfan build my-plan.html --out my-exports
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(cli.get_command(ctx, "build"))  # type: ignore[arg-type]


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; a fault that the user can mend is one line on standard error and exit code 2."""
    try:
        choose_language(sys.argv[1:] if arguments is None else arguments)
        speaking(cli)
        return cli.main(args=arguments, prog_name="yangfan", standalone_mode=True)
    except OSError as error:
        if error.errno not in _SPENT:
            raise
        # Met outside the writing of exports: what is printed goes to a full disk, or no file can be opened any more.
        with suppress(OSError):
            click.echo(f"yangfan: {say('cannot go on: {reason}', reason=error.strerror)}", err=True)
        # Nothing of it is left to be written when the process ends.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(2)
    except Stopped as stopped:
        click.echo(f"yangfan: {say('stopped; the previous exports stand, or the new ones whole')}", err=True)
        sys.exit(stopped.code)
    except YangfanError as error:
        fault = translated(str(error))
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == __package__.partition(".")[0]:
            raise
        fault = say("{library} is not installed for this Python; type: uv sync (in a checkout), or pip install yangfan", library=error.name)
    click.echo(f"yangfan: {fault}", err=True)
    sys.exit(2)
