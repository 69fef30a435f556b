"""The verb `show`: show one node: labels, attributes, edges in and out with their quotes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from ..core.language import spoken
from ..query.cards import card_data, card_lines, card_of
from ..query.nodes import Nodes
from ..query.run import names_of
from ..query.store import open_store
from .data import data_option, text_or_json

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "head": {"fg": "cyan"},
    "edge": {},
    "quote": {"dim": True},
}


def echo(lines: Iterable[tuple[str, str]]) -> None:
    """Write styled lines; the styles vanish where standard output is no terminal."""
    for style, text in lines:
        click.echo(click.style(text, **STYLES[style]) if style else text)


@click.command(short_help="Show one node with its edges and quotes.")
@click.argument("name")
@data_option
@text_or_json
def show(name: str, data: Path, form: str) -> None:
    """Show one node: labels, attributes, edges in and out, each with its quote.

    NAME is a label or alias in any language, in simplified or traditional characters or in pinyin (zhyl), a document
    number, an IRI, or the end of one (industry/智慧医疗). When several nodes bear it, they are listed.

    \b
    Examples:
      yangfan show 智慧医疗
      yangfan show industry/信息消费 --format json
    """
    nodes = Nodes(open_store(data, named=False))
    card = card_of(nodes, names_of(nodes).resolve(name))
    if form == "json":
        click.echo(json.dumps(card_data(card, nodes), ensure_ascii=False, indent=2))
    else:
        echo(card_lines(card, nodes, spoken()))
