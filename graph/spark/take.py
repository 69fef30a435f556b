"""The third stage: a group (a plan with its documents) is assembled, checked and taken apart into what is its own and what it shares.

Its own are the named graphs of its documents, as blocks of quads, and rows of the tables; of what it shares with other groups it gives what
it knows: nodes, and edges that leave them. The functions that assemble and check are those of every build.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..assembly.assemble import assemble_plan
from ..assembly.builder import GraphBuilder
from ..assembly.citations import citations, led
from ..assembly.evidence import origin_of
from ..assembly.proposals import CANDIDATE, Refused, propose
from ..assembly.records import GraphRecords, graph_name, said_by
from ..assembly.told import views
from ..assembly.unproven import Unproven
from ..core.errors import reason_of
from ..core.iris import document_iri
from ..core.model import BASES, PROPOSED, Basis, Edge, Entry, Mention, Node, Proposal, Reading
from ..core.schema import load_schema
from ..corpus.encoding import pack_nodes, unpack_proposal
from ..formats import parquet
from ..formats.ntriples import quad_lines
from ..formats.rdf import Block, blocks_of, node_block, part_blocks, part_items
from ..quality.check import check_records
from ..quality.findings import Finding, set_aside
from ..quality.proven import proven
from ..quality.shapes import check_shapes
from .wire import Record, pack, unpack

Told = Mapping[str, Mapping[str, Node]]


class Group(NamedTuple):
    """A plan (its IRI; empty for a document about none) with its readings in the order of their keys, and what others know of it.

    meant says of a document (its key) which of the works that it cites (by their places) are plans of the folder; names are those by which
    other plans cite it; overlays are (file name, content), proposals what other tools propose of its documents, in their order.
    """

    plan: str
    names: tuple[str, ...]
    readings: tuple[Reading, ...]
    meant: dict[str, dict[int, Mention]]
    overlays: tuple[tuple[str, bytes], ...] = ()
    proposals: tuple[Proposal, ...] = ()


class Taken(NamedTuple):
    """What a group came to: records; or what is wrong with it, and of its records those that tell which proposals cannot stand in it."""

    records: list[Record]
    fault: str = ""


def take(group: Group) -> Taken:
    """Assemble, check and take apart a group; whatever is wrong with it is its own fault, and told. What a quote does not prove is left out."""
    refused: list[Record] = []
    try:
        checked, left = proven(partial(_checked, group))
        refused += _refused(group, checked.unfit)
        if checked.findings:
            return Taken(refused, set_aside(checked.findings))
        return Taken([*refused, *_left(group, left.values()), *_apart(group, checked.records, checked.told)])
    except Exception as error:
        # The boundary of one plan: the rest of the folder is built whatever happens here.
        return Taken(refused, set_aside([Finding("document", reason_of(error))]))


class _Checked(NamedTuple):
    """A group as it was assembled: its records, what is wrong, the nodes as each document tells them, and proposals that cannot stand in it."""

    records: GraphRecords
    findings: list[Finding]
    told: Told
    unfit: list[Refused]


def _checked(group: Group, without: Collection[str]) -> _Checked:
    """Assemble a group without some statements (their IRIs), and check it."""
    builder = assembled(group, without)
    unfit = propose(builder, group.proposals)
    graph = builder.finish()
    records = GraphRecords(graph)
    return _Checked(records, [*check_records(records), *check_shapes(records)], graph.graph["told"], unfit)


def assembled(group: Group, without: Collection[str] = ()) -> GraphBuilder:
    """Put a group's documents together, citations resolved, without some statements (their IRIs)."""
    with tempfile.TemporaryDirectory() as folder:
        overlays = [Path(folder, str(number), name) for number, (name, _) in enumerate(group.overlays)]
        for path, (_, content) in zip(overlays, group.overlays, strict=True):
            path.parent.mkdir()
            path.write_bytes(content)
        readings = map(partial(_led, group.meant), group.readings)
        return assemble_plan(group.plan, readings, group.names, overlays, without=without)


def _left(group: Group, left: Iterable[Unproven]) -> Iterator[Record]:
    """Give the statements of a group that are left out, each with its document's name and the reason."""
    names = {reading.document.key: reading.document.name for reading in group.readings}
    for rank, one in enumerate(left):
        key = one.statement.passages[0].key
        yield Record("left", f"{key}\n{rank:09}", pack([names[key], one.remark]))


def _refused(group: Group, refused: Iterable[Refused]) -> Iterator[Record]:
    """Give the proposals that cannot stand in a group's graph, in their order, under the group's first document."""
    for rank, one in enumerate(refused):
        yield Record("refused", f"{group.readings[0].document.key}\n{rank:09}", pack([*one]))


def refused_in(data: bytes) -> Refused:
    """Read back which proposal cannot stand in a graph, and why."""
    proposal, reason = unpack(data)
    return Refused(unpack_proposal(proposal), reason)


def _led(meant: dict[str, dict[int, Mention]], reading: Reading) -> Reading:
    """Let a document's citations lead to the plans that they mean."""
    found = meant.get(reading.document.key)
    if not found:
        return reading
    works = list(citations(reading))
    return led(reading, {works[nth]: plan for nth, plan in found.items()})


def _apart(group: Group, records: GraphRecords, told: Told) -> Iterator[Record]:
    """Give the records of a group; told are the nodes that each document (its IRI) tells of."""
    schema = load_schema()
    shared = {name for name, declared in schema.classes.items() if declared.scope != "plan"} - {"SourceDocument"}
    yield from _graphs(records)
    tally: Counter[tuple[str, str]] = Counter()
    asserted: dict[str, list[str]] = {}
    for said in said_by(records):
        tally["statements", said.basis] += 1
        if said.basis == "proposed":
            tally["tools", said.rule.removeprefix(PROPOSED)] += 1
        yield Record("statements", said.iri, pack(parquet.statement_row(said)))
        if said.basis != "stated":
            for iri in filter(None, (said.subject, said.object)):
                listed = asserted.setdefault(iri, [])
                if said.basis not in listed:
                    listed.append(said.basis)
    for entry in records.entries():
        node = entry.node
        bases = asserted.get(node.iri, [])
        if node.cls in shared:
            yield from _known(node, group, told, records.base, bases)
            yield from _leaving(entry, bases, records.base)
            kind = "edges" if node.iri == group.plan else "said"
            for edge in entry.edges:
                tally[counted_as(edge.basis), edge.relation] += kind == "edges"
                yield Record(kind, _edge_key(edge), pack(parquet.edge_row(edge) if kind == "edges" else _edge_state(edge)))
        else:
            if node.cls == CANDIDATE:
                tally["candidates", str(node.attrs["yf:proposedClass"]).removeprefix("yf:")] += 1
            else:
                tally["nodes", node.cls] += 1
            yield Record("nodes", node.iri, pack(parquet.node_row(node)))
            for basis in bases:
                graph = graph_name(basis, records.base)
                yield _block(graph, node.iri, quad_lines([node_block(_of_basis(entry, basis))], graph))
            for edge in entry.edges:
                tally[counted_as(edge.basis), edge.relation] += 1
                yield Record("edges", _edge_key(edge), pack(parquet.edge_row(edge)))
    for passage in records.passages():
        tally["passages", ""] += 1
        yield Record("passages", f"{passage.key}\n{passage.span.start:09}-{passage.span.end:09}", pack(parquet.passage_row(passage)))
    for document, _ in records.documents():
        yield Record("documents", document.key, pack(parquet.document_row(document, records.base)))
        yield Record("source", document.key, b"")
    yield Record("tally", "", pack([[kind, name, count] for (kind, name), count in sorted(tally.items())]))


def counted_as(basis: Basis) -> str:
    """Give under what an edge is counted by its strongest basis: what is only proposed is counted apart."""
    return "proposed" if basis == "proposed" else "edges"


def _block(graph: str, iri: str, lines: Iterable[str]) -> Record:
    return Record("quads", f"{graph}\n{iri}", pack("".join(lines)))


def _graphs(records: GraphRecords) -> Iterator[Record]:
    """Give a document's named graph as one block, and what the group asserts in the common graphs as a block a resource."""
    common = {graph_name(basis, records.base) for basis in BASES}
    for part in records.parts():
        if part.name not in common:
            yield _block(part.name, "", quad_lines(part_blocks(part), part.name))
            continue
        for item in part_items(part):
            if isinstance(item, Block):
                # Every group that uses a rule says the same of it.
                yield Record("common", f"{part.name}\n{item.subject}", pack("".join(quad_lines([item], part.name))))
            elif not isinstance(item, Entry):
                yield _block(part.name, item.iri, quad_lines(blocks_of(item), part.name))


def _of_basis(entry: Entry, basis: str) -> Entry:
    return Entry(entry.node, tuple(edge for edge in entry.edges if any(said.basis == basis for said in edge.statements)))


def _leaving(entry: Entry, bases: Iterable[str], base: str) -> Iterator[Record]:
    """Give the edges of a shared node that stand in the common graphs; the node itself is written when it has been put together."""
    bare = {*quad_lines([node_block(Entry(entry.node, ()))])}
    for basis in bases:
        graph = graph_name(basis, base)
        lines = (line for line in quad_lines([node_block(_of_basis(entry, basis))]) if line not in bare)
        for line in lines:
            yield Record("common", f"{graph}\n{entry.node.iri}", pack(f"{line[:-3]} <{graph}> .\n"))


def _known(node: Node, group: Group, told: Told, base: str, bases: list[str]) -> Iterator[Record]:
    """Give what the group knows of a shared node: what each document tells of it, then what else it knows; of its own plan, all."""
    first = group.readings[0].document.key
    if node.iri == group.plan:
        yield Record("known", node.iri, pack(["", "", True, bases, _packed(node)]))
        return
    keys = {document_iri(reading.document.key, base): reading.document.key for reading in group.readings}
    for nth, (key, view) in enumerate(views(node, told, keys)):
        # Where it stands is told once, whoever tells of it first.
        yield Record("known", node.iri, pack([key, first, False, [] if nth else bases, _packed(view)]))


def _packed(node: Node) -> str:
    return pack_nodes([node]).decode("utf-8", "surrogatepass")


def _edge_key(edge: Edge) -> str:
    return f"{edge.subject}\n{edge.relation}\n{edge.object}"


def _edge_state(edge: Edge) -> list[object]:
    best = min(edge.statements, key=lambda said: (BASES.index(said.basis), origin_of(said)))
    return [BASES.index(best.basis), origin_of(best), parquet.edge_row(edge)]
