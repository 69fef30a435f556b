"""Which statements their quotes do not prove: a quote names both ends of its edge, by one of the names that the graph knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ..core.model import Basis, Node, Statement
from ..core.rules import fixed_pattern
from ..text.bare import bare_label
from .records import Records, edges_of

_STATED: tuple[Basis, ...] = ("stated",)
_BRACKET = re.compile(r"（[^（）]*）")
_FARTHEST = 48
"""How many characters may stand between two parts of a name; the rules allow fewer."""
_SHARING = ("Indicator", "Organization")
"""The classes whose names a list may say with one end for all (甲镇和乙镇人民政府)."""
_FILED = "plan.file_name"
_COMPOSED = {"Declaration", "Target", "Observation", "SourceDocument", "Deadline", "Period", "Frequency"}


class Unproven(NamedTuple):
    """A statement whose quotes do not name an end of its edge: the edge's ends and that end, by their labels."""

    statement: Statement
    subject: str
    object: str
    label: str

    @property
    def remark(self) -> str:
        """Say that the statement is left out, and why."""
        return f"{self.subject} {self.statement.relation} {self.object} is left out: its quote does not name {self.label}"


def unproven(records: Records, bases: Collection[Basis] = _STATED) -> Iterator[Unproven]:
    """Give the statements of some bases whose quotes do not name both ends; labels that the program composed (targets, counts) are left out."""
    labels: dict[str, str] = {}
    nodes = {node.iri: node for node, _ in records.entries() if node.cls not in _COMPOSED}
    names: dict[str, list[str]] = {}
    bare: dict[str, str] = {}
    held: set[tuple[str, str]] = set()
    """Nodes (their IRIs) that were found to be named in a quote: one line says many things of one body."""
    filed: set[str] | None = None
    for edge in edges_of(records):
        ends = [nodes[end] for end in (edge.subject, edge.object) if end in nodes]
        for said in edge.statements:
            if said.basis not in bases:
                continue
            quotes = []
            for passage in said.passages:
                if passage.iri not in bare:
                    bare[passage.iri] = bare_label(passage.exact)
                quotes.append(bare[passage.iri])
            quoted = quotes[0] if len(quotes) == 1 else "".join(quotes)
            for node in ends:
                if (node.iri, quoted) in held:
                    continue
                known = names.get(node.iri)
                if known is None:
                    known = names[node.iri] = _names_of(node)
                if any(map(quoted.__contains__, known)):
                    held.add((node.iri, quoted))
                    continue
                unbracketed = _BRACKET.sub("", quoted)
                parted = node.cls in _SHARING and any(_in_parts(name, quoted) for name in known)
                if not parted and not any(name in unbracketed for name in known):
                    if node.cls == "Plan":
                        filed = _named_after_files(records) if filed is None else filed
                        if node.iri in filed:
                            continue
                    labels = labels or {one.iri: one.zh for one, _ in records.entries()}
                    yield Unproven(said, labels[edge.subject], labels[edge.object], node.zh)


def _named_after_files(records: Records) -> set[str]:
    """Give the plans whose texts bear no title, so that they have the names of their files, which no quote can hold."""
    found = [edge for edge in edges_of(records) if edge.relation == "describes"]
    return {edge.object for edge in found if all(said.rule == _FILED for said in edge.statements)}


def _in_parts(name: str, quoted: str) -> bool:
    """Tell whether a quote names an indicator in two parts: members of a list share an end, or a clause carries on the subject before it.

    >>> _in_parts("肉类冷链流通率", "果蔬、肉类、水产品冷链流通率分别达到30%、57%、70%"), _in_parts("肉类冷链流通率", "冷链流通率达到30%，肉类除外")
    (True, False)
    >>> _in_parts("海洋生产总值占比", "海洋生产总值达到900亿元，占比15%"), _in_parts("海洋生产总值占比", "海洋生产总值达到900亿元。渔业占比15%")
    (True, False)
    >>> _in_parts("渔民占比", "渔民1.2万人，占15.6%"), _in_parts("渔民占比", "渔民1.2万人，占总数")
    (True, False)
    """
    between, carried = fixed_pattern("proofs.between").fullmatch, fixed_pattern("proofs.carried").fullmatch
    share = fixed_pattern("proofs.share").search(name)
    if share and (at := quoted.find(name[: share.start()])) >= 0 and fixed_pattern("proofs.makes_up").match(quoted, at + share.start()):
        return True
    for cut in range(1, len(name) - 1):
        head, end = name[:cut], name[cut:]
        at = quoted.find(head)
        while at >= 0:
            start = at + cut
            tail = quoted.find(end, start, start + _FARTHEST + len(end))
            if tail >= 0 and (between(quoted, start, tail) or carried(quoted, start, tail + 1)):
                return True
            at = quoted.find(head, at + 1)
    return False


def _names_of(node: Node) -> list[str]:
    return [bare for name in (node.zh, node.en, *(name for _, name in node.alt)) if (bare := bare_label(name))]
