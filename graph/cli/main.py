"""The command line: a group whose verbs are imported only when they are called, so that `--help` is quick."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..core.errors import Stopped, YangfanError
from ..core.language import say, translated
from .nearest import did_you_mean
from .speech import choose_language, speaking

# verb → what the list of verbs says of it; the verb itself lives in a module of this package under the same name.
VERBS = {
    "build": "Read documents and write the graph with all its exports.",
    "query": "Ask the graph in SPARQL, or run a query of the library.",
    "plans": "List the plans of a folder: issuers, numbers, periods, counts.",
    "show": "Show one node: labels, attributes, edges in and out with their quotes.",
    "path": "Show the shortest connections between two nodes, with quotes.",
    "check": "Check exports: shapes, statements, quotes, declared counts.",
    "diff": "Compare two builds or two plans: added, dropped, changed.",
    "evaluate": "Score extraction against gold files: precision, recall, F1.",
    "audit": "Hold another tool's extractions against the texts that they quote.",
    "serve": "Serve SPARQL, entity pages and the network page on loopback.",
    "view": "Open the network page in the browser.",
    "export": "Write one export format to a file or standard output.",
    "publish": "Load the graphs into a SPARQL 1.1 Graph Store server.",
}


class Verbs(click.Group):
    """A group that knows its verbs by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the verbs in the order in which they are used."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb's module and give its command."""
        if cmd_name not in VERBS:
            return None
        command = getattr(import_module(f".{cmd_name}", __package__), cmd_name)
        assert isinstance(command, click.Command)
        return speaking(command)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb of a command line; an unknown one is told with what it looks like."""
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            # Whoever gives a document where a verb stands wants it built.
            hint = did_you_mean(f"build {name}", [f"build {name}"]) if Path(name).exists() else did_you_mean(name, VERBS)
            ctx.fail(say("No such verb '{name}'.", name=name) + hint)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs from the table above, without importing any."""
        with formatter.section(say("Verbs")):
            formatter.write_dl([(verb, say(meaning)) for verb, meaning in VERBS.items()])


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
