"""What the files of a folder hold of one plan, written while its records are in memory: the texts that a store keeps.

A file of a folder is put together of such texts and of those of nodes that several plans share, which are written when the plans have
been put together. The same Turtle is what the shapes are checked against, so that what is checked is what is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from ..assembly.records import Records
from ..core.model import Account, Document, Entry, Part, Passage
from .forms import Forms
from .ledger import ledger_lines
from .nquads import part_quads
from .rdf import RuleBlocks, node_block
from .tables import edge_lines, node_lines
from .turtle import (
    Shortener,
    entailed_text,
    escaped,
    folder_prefixes,
    format_block,
    format_blocks,
    head,
    nodes_text,
    part_text,
)


class Pieces:
    """Writes the texts of one plan with its documents, under the prefixes that a folder of several plans has."""

    def __init__(self, records: Records, wanted: Collection[str] = ()) -> None:
        """Write texts of a graph; wanted are the formats of several files that will be written, by name."""
        self._quads = "nquads" in wanted
        self._prefixes = folder_prefixes(records.base)
        self._nodes = Shortener(self._prefixes)
        self._evidence, self._entailed, self._trig = (Shortener(self._prefixes, self._nodes) for _ in range(3))
        forms = Forms(lambda blocks: format_blocks(blocks, self._evidence), self._evidence, escaped)
        self._said: dict[str, str] = {}
        self._curated: dict[str, str] = {}
        for node, edges in records.entries():
            for edge in edges:
                for said in edge.statements:
                    self._said[said.iri] = forms.statement(said)
            for said in node.curated:
                self._curated[said.iri] = forms.statement(said)
        self._quotes = {passage.iri: forms.passage(passage) for passage in records.passages()}
        self._written = self._said | self._quotes
        self._rules = format_blocks(RuleBlocks(records.rules), self._evidence)

    @property
    def used(self) -> dict[str, frozenset[str]]:
        """The prefixes that the texts use, by the file that they are for."""
        evidence = frozenset(self._evidence.used)
        trig, entailed = evidence | self._trig.used, frozenset(self._entailed.used)
        return {"turtle": frozenset(self._nodes.used), "evidence": evidence, "entailed": entailed, "trig": trig}

    def of_entries(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Write some nodes with their edges, by what is made of them."""
        said = (one.iri for _, edges in entries for edge in edges for one in edge.statements)
        curated = (one.iri for node, _ in entries for one in node.curated)
        return {
            "turtle": nodes_text(entries, self._nodes),
            "evidence": "\n".join([self._said[iri] for iri in said]),
            "curated": "\n".join([self._curated[iri] for iri in curated]),
            "entailed": entailed_text(entries, self._entailed),
            "nodes": node_lines(entries),
            "edges": edge_lines(entries),
        }

    def of_document(self, document: Document, ledger: Sequence[Account], passages: Iterable[Passage], part: Part) -> dict[str, str]:
        """Write a document's passages, its named graph and its ledger, by what is made of it."""
        texts = {
            "passages": "\n".join([self._quotes[passage.iri] for passage in passages]),
            "trig": "".join(part_text(part, self._trig, self._written)),
            "ledger": ledger_lines(document, ledger, part),
        }
        if self._quads:
            texts["nquads"] = "".join(part_quads(part))
        return texts

    def turtle(self, nodes: Iterable[str], others: Iterable[Entry]) -> str:
        """Give all that the plan says as one Turtle document: the texts of its own nodes, other nodes, and the evidence."""
        names = Shortener(self._prefixes, self._nodes)
        shared = [format_block(node_block(entry), names) for entry in others]
        used = names.used | self._nodes.used | self._evidence.used
        texts = chain(nodes, shared, self._said.values(), self._curated.values(), self._quotes.values(), (self._rules,))
        return "\n".join([head("", used, self._prefixes), *texts])
