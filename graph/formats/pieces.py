"""What the files of a folder hold of one plan, written while its records are in memory: the texts that a store keeps.

A file of a folder is put together of such texts and of those of nodes that several plans share, which are written when the plans have
been put together. The same Turtle is what the shapes are checked against, so that what is checked is what is written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from ..assembly.coverage import coverage
from ..assembly.records import Records, said_by
from ..core.model import Account, Document, Entry, Part, Passage, Statement
from ..core.stream import Stretch
from .ledger import ledger_lines
from .nquads import part_quads
from .rdf import Block, Item, RuleBlocks, blocks_of, node_block, part_items
from .report import document_row
from .tables import edge_lines, node_lines
from .turtle import (
    Shortener,
    entailed_text,
    folder_forms,
    folder_prefixes,
    format_block,
    format_blocks,
    head,
    part_whole,
)


class Pieces:
    """Writes the texts of one plan with its documents, under the prefixes that a folder of several plans has."""

    def __init__(self, records: Records, owned: Collection[str], wanted: Collection[str] = ()) -> None:
        """Write texts of a graph: owned are the IRIs of the nodes that it has for itself, wanted the formats of several files, by name."""
        self._quads = "nquads" in wanted
        self._prefixes = folder_prefixes(records.base)
        self._nodes = Shortener(self._prefixes)
        self._others, self._evidence, self._entailed, self._trig = (Shortener(self._prefixes, self._nodes) for _ in range(4))
        self._described: dict[str, tuple[Entry, Block, str]] = {}
        for entry in records.entries():
            block = node_block(entry)
            names = self._nodes if block.subject in owned else self._others
            self._described[block.subject] = entry, block, format_block(block, names)
        forms = folder_forms(records.base, self._evidence)
        self._written: dict[str, str] = {}
        """The texts of statements and passages by IRI."""
        for said in said_by(records):
            self._written[said.iri] = forms.statement(said)
        for passage in records.passages():
            self._written[passage.iri] = forms.passage(passage)
        self._alike = _with_grounds(forms.laid, records)
        self._rules = format_blocks(RuleBlocks(records.rules), self._evidence)
        self._accounts = {document.key: json.dumps(document_row(document, covered)) for document, covered in coverage(records)}

    @property
    def used(self) -> dict[str, frozenset[str]]:
        """The prefixes that the texts use, by the file that they are for."""
        nodes, evidence = frozenset(self._nodes.used), frozenset(self._evidence.used)
        trig = nodes | self._others.used | evidence | self._trig.used
        return {"turtle": nodes, "evidence": evidence, "entailed": frozenset(self._entailed.used), "trig": trig}

    def of_entries(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Write some nodes with their edges, by what is made of them."""
        written = self._written
        return {
            "turtle": "\n".join([self._described[node.iri][2] for node, _ in entries]),
            "evidence": "\n".join([written[said.iri] for _, edges in entries for edge in edges for said in edge.statements]),
            "curated": "\n".join([written[said.iri] for node, _ in entries for said in node.curated]),
            "entailed": entailed_text(entries, self._entailed),
            "nodes": node_lines(entries),
            "edges": edge_lines(entries),
        }

    def of_document(self, document: Document, ledger: Sequence[Account], passages: Iterable[Passage], part: Part) -> Mapping[str, Stretch]:
        """Write a document's passages, its named graph, its ledger and its row in the report, by what is made of it."""
        items = [self._block(item) if isinstance(item, Entry) else item for item in part_items(part)]
        texts: dict[str, Stretch] = {
            "passages": "\n".join([self._written[passage.iri] for passage in passages]),
            "trig": part_whole(part.name, "\n".join(map(self._inside, items)), self._trig),
            "ledger": ledger_lines(document, ledger, part),
            "account": self._accounts[document.key],
        }
        if self._quads:
            texts["nquads"] = b"".join(part_quads(part.name, items))
        return texts

    def _block(self, entry: Entry) -> Block:
        """Describe a node as a document tells it; it may know less of it than the plan does."""
        known, block, _ = self._described[entry.node.iri]
        return block if entry == known else node_block(entry)

    def _inside(self, item: Item) -> str:
        """Write what a named graph holds, as it was written for another file."""
        if isinstance(item, (Statement, Passage)):
            return self._written[item.iri]
        _, block, text = self._described.get(item.subject, (None, None, "")) if isinstance(item, Block) else (None, None, "")
        return text if block is item else format_blocks(blocks_of(item), self._trig)

    def turtle(self) -> str:
        """Give what the plan says as one Turtle document for the shapes: the texts of its nodes, and evidence.

        Of the statements and passages that one form gave it holds the first with what that rests on. The shapes see of a statement no more
        than its own properties and the classes of what it is derived from, and of a passage no more than its own properties: these are the
        same in all of a form. That a quote is not empty and starts before it ends is seen to of each (`yangfan.quality.proofs`).
        """
        used = self._nodes.used | self._others.used | self._evidence.used
        nodes = (text for _, _, text in self._described.values())
        return "\n".join([head("", used, self._prefixes), *nodes, *(self._written[iri] for iri in self._alike), self._rules])


def _with_grounds(some: Iterable[Statement | Passage], records: Records) -> dict[str, None]:
    """Give the IRIs of some statements and passages, and of those that they are derived from."""
    said = {one.iri: one for one in said_by(records)}
    found: dict[str, None] = {}
    waiting = list(some)
    for one in waiting:
        if one.iri not in found:
            found[one.iri] = None
            if isinstance(one, Statement):
                waiting += one.passages
                waiting += [said[premise.statement] for premise in one.premises if premise.statement in said]
    return found
