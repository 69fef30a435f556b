"""What of another tool's file may be taken into a graph: the items against which nothing speaks, as proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ...assembly.proposals import TOLD, Proposed
from ...core.model import Proposal
from ...core.schema import load_schema
from ...core.vocabulary import load_vocabulary
from .judge import Judgement, Texts, judge
from .sources import form_of, read_items

_TOOLS = {"langextract": "LangExtract", "docling_graph": "docling-graph", "graphrag": "GraphRAG"}


def proposals_of(files: Sequence[Path], texts: Mapping[str, Callable[[], str]], aliases: Mapping[str, str]) -> Proposed:
    """Read other tools' files and hold them against some texts (by the key of their document; aliases are other names of these).

    Raises `ReadError` for a file that cannot be read.
    """
    proposed = Proposed()
    known = Texts(texts, aliases)
    for file in files:
        take_in(proposed, file, list(judge(read_items(file), known, load_schema(), load_vocabulary())))
    return proposed


def take_in(proposed: Proposed, file: Path, judgements: Sequence[Judgement]) -> None:
    """Take in what holds of one file, and tell how much of it does not."""
    holding = [one for one in judgements if one.holds]
    proposed.proposals.extend(_proposal(one, one.item.tool or _TOOLS.get(form_of(file)) or file.stem, file.name) for one in holding)
    faulty = [one for one in judgements if not one.holds]
    if faulty:
        told = [f"{one.item.place}: {one.faults[0]}" for one in faulty[:TOLD]]
        proposed.warnings[file.name] = [f"{len(holding)} of {len(judgements)} items hold; the others are left out", *told]


def aliases_of(keys: Mapping[Path, str]) -> dict[str, str]:
    """Give the names by which a tool may mean documents (their files with their keys): a file's, with or without ending; of two the first."""
    return {name: key for path, key in sorted(keys.items(), reverse=True) for name in (path.stem, path.name)}


def _proposal(one: Judgement, tool: str, file: str) -> Proposal:
    item = one.item
    ends = (item.subject, item.relation.removeprefix("yf:"), item.object, item.subject_cls, item.object_cls)
    if not item.is_edge:
        ends = ("", "", item.quote.strip(), "", item.cls)
    return Proposal(one.document, (one.found.span, *one.above), *ends, tool, file, item.place)
