"""Records as plain lists, texts and numbers in JSON and back: what the cache of readings and the store on disk hold.

Nothing that is read back can run anything, whoever put it there: a file that does not hold what it should is a `ValueError` and no more.
The order of a record's fields is that of its class. Several records of one encoding share their passages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from ..core.model import (
    Account,
    Attributes,
    Claim,
    Described,
    Document,
    Edge,
    Entry,
    Iri,
    Line,
    Mention,
    Node,
    Passage,
    Premise,
    Proposal,
    Reading,
    Source,
    Span,
    Statement,
    Value,
)

Record = TypeVar("Record")
Wire = Any
"""What JSON holds; everything that comes back from a file is checked while records are made of it."""

_KINDS = {bool: "b", int: "i", Decimal: "d", date: "t", Iri: "r", str: "s"}


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def dumps(value: Wire) -> bytes:
    """Write a value as JSON."""
    return _encoded(value).encode("utf-8", "surrogatepass")


def loads(data: bytes) -> Wire:
    """Read a value back; raises `ValueError` for what is no JSON."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


def value_out(value: Value) -> str:
    """Write a value of an attribute with its kind.

    >>> value_out(Decimal("40")), value_out(Iri("unit:PERCENT")), value_out(True)
    ('d40', 'runit:PERCENT', 'b1')
    """
    kind = _KINDS[type(value)]
    return f"{kind}{int(value) if isinstance(value, bool) else value}"


def value_in(text: str) -> Value:
    """Read a value of an attribute back.

    >>> value_in("d40"), value_in("b1"), value_in("t2021-07-05")
    (Decimal('40'), True, datetime.date(2021, 7, 5))
    """
    kind, told = text[0], text[1:]
    if kind == "s":
        return told
    if kind == "i":
        return int(told)
    if kind == "d":
        return Decimal(told)
    if kind == "b":
        return told == "1"
    if kind == "t":
        return date.fromisoformat(told)
    if kind == "r":
        return Iri(told)
    raise ValueError(f"no kind of value: {kind!r}")


def attributes_out(attrs: Attributes) -> Wire:
    """Write attributes: a value as text, several as a list."""
    return {curie: [*map(value_out, v)] if isinstance(v, tuple) else value_out(v) for curie, v in attrs.items()}


def attributes_in(wire: Wire) -> Attributes:
    """Read attributes back."""
    return {curie: tuple(map(value_in, v)) if isinstance(v, list) else value_in(v) for curie, v in wire.items()}


# the graph's records


def passages_out(passages: Iterable[Passage]) -> Wire:
    """Write passages; what those of one document have in common is written once: how their IRIs begin, the document's IRI and key."""
    sources: dict[tuple[str, str, str], int] = {}
    listed = []
    for iri, document, key, (start, end), *told in passages:
        source = iri.removesuffix(f"{start}-{end}"), document, key
        listed.append([sources.setdefault(source, len(sources)), start, end, *told])
    return [list(sources), listed]


def passages_in(wire: Wire) -> list[Passage]:
    """Read passages back."""
    sources, listed = wire
    found = []
    for number, start, end, *told in listed:
        begun, document, key = sources[number]
        found.append(Passage(f"{begun}{start}-{end}", document, key, Span(start, end), *told))
    return found


class Packer:
    """Writes records that share their passages: a passage is written once, and statements say which they quote."""

    def __init__(self) -> None:
        self._passages: dict[str, int] = {}
        self._listed: list[Passage] = []

    def statement(self, said: Statement) -> Wire:
        """Write a statement without what it is about, which stands beside it; most have no more than passages."""
        quotes = []
        for passage in said.passages:
            number = self._passages.get(passage.iri)
            if number is None:
                number = self._passages[passage.iri] = len(self._listed)
                self._listed.append(passage)
            quotes.append(number)
        iri, _, _, _, basis, rule, _, premises, source, note, value, wording = said
        if not premises and not source and not note and value is None:
            return [iri, basis, rule, quotes, wording]
        told = None if value is None else value_out(value)
        return [iri, basis, rule, quotes, wording, premises, source and _source_out(source), note, told]

    def node(self, node: Node) -> Wire:
        """Write a node."""
        curated = [[said.relation, said.object, self.statement(said)] for said in node.curated]
        return [*node[:5], attributes_out(node.attrs), node.plan, curated]

    def edge(self, edge: Edge) -> Wire:
        """Write an edge without its subject."""
        _, relation, object_, labels, statements = edge
        return [relation, object_, labels, [*map(self.statement, statements)]]

    def entry(self, entry: Entry) -> Wire:
        """Write a node with its edges."""
        return [self.node(entry.node), [*map(self.edge, entry.edges)]]

    def pack(self, records: Wire) -> bytes:
        """Give what was written, with the passages."""
        return dumps([passages_out(self._listed), records])


class Unpacker:
    """Reads back what a `Packer` gave."""

    def __init__(self, data: bytes) -> None:
        passages, self.records = loads(data)
        self._passages = passages_in(passages)

    def statement(self, wire: Wire, subject: str, relation: str, object_: str) -> Statement:
        """Read a statement about something back."""
        iri, basis, rule, quotes, wording, *more = wire
        passages = self._passages
        quoted = tuple([passages[number] for number in quotes])
        if not more:
            return Statement(iri, subject, relation, object_, basis, rule, quoted, wording=wording)
        premises, source, note, value = more
        return Statement(
            iri,
            subject,
            relation,
            object_,
            basis,
            rule,
            quoted,
            tuple([Premise(*premise) for premise in premises]) if premises else (),
            Source(*source) if source else None,
            note,
            None if value is None else value_in(value),
            wording,
        )

    def node(self, wire: Wire) -> Node:
        """Read a node back."""
        iri, cls, zh, en, alt, attrs, plan, curated = wire
        names = tuple([(language, text) for language, text in alt]) if alt else ()
        said = tuple([self.statement(one, iri, relation, object_) for relation, object_, one in curated])
        return Node(iri, cls, zh, en, names, attributes_in(attrs), plan, said)

    def edge(self, wire: Wire, subject: str) -> Edge:
        """Read an edge from a node back."""
        relation, object_, (label, other), said = wire
        return Edge(subject, relation, object_, (label, other), tuple([self.statement(one, subject, relation, object_) for one in said]))

    def entry(self, wire: Wire) -> Entry:
        """Read a node with its edges back."""
        node, edges = wire
        return Entry(self.node(node), tuple([self.edge(edge, node[0]) for edge in edges]))


def _pack_all(write: Callable[[Packer, Record], Wire], records: Iterable[Record]) -> bytes:
    packer = Packer()
    return packer.pack([write(packer, record) for record in records])


def _unpack_all(read: Callable[[Unpacker, Wire], Record], data: bytes) -> list[Record]:
    unpacker = Unpacker(data)
    return [read(unpacker, wire) for wire in unpacker.records]


def pack_entries(entries: Iterable[Entry]) -> bytes:
    """Write nodes with their edges."""
    return _pack_all(Packer.entry, entries)


def unpack_entries(data: bytes) -> list[Entry]:
    """Read nodes with their edges back."""
    return _unpack_all(Unpacker.entry, data)


def pack_nodes(nodes: Iterable[Node]) -> bytes:
    """Write nodes."""
    return _pack_all(Packer.node, nodes)


def unpack_nodes(data: bytes) -> list[Node]:
    """Read nodes back."""
    return _unpack_all(Unpacker.node, data)


def pack_edges(edges: Sequence[Edge]) -> bytes:
    """Write edges that leave one node; there is one at least."""
    packer = Packer()
    return packer.pack([edges[0].subject, *map(packer.edge, edges)])


def unpack_edges(data: bytes) -> list[Edge]:
    """Read edges that leave one node back."""
    unpacker = Unpacker(data)
    subject, *edges = unpacker.records
    return [unpacker.edge(edge, subject) for edge in edges]


def pack_passages(passages: Sequence[Passage]) -> bytes:
    """Write passages."""
    return dumps(passages_out(passages))


def unpack_passages(data: bytes) -> list[Passage]:
    """Read passages back."""
    return passages_in(loads(data))


# documents and readings


def _source_out(source: Source) -> Wire:
    return [source.title, source.url, source.date, source.status]


def document_out(document: Document) -> Wire:
    """Write a document as it was read."""
    return [document.key, document.name, document.text, document.lines, document.metadata, document.warnings]


def document_in(wire: Wire) -> Document:
    """Read a document back."""
    key, name, text, lines, metadata, warnings = wire
    return Document(key, name, text, tuple([Line(*line) for line in lines]), metadata, tuple(warnings))


def pack_document(document: Document, ledger: Sequence[Account]) -> bytes:
    """Write a document and what was noted of its sentences."""
    return dumps([document_out(document), ledger])


def unpack_document(data: bytes) -> tuple[Document, tuple[Account, ...]]:
    """Read a document and what was noted of its sentences back."""
    document, ledger = loads(data)
    return document_in(document), _ledger_in(ledger)


def _ledger_in(wire: Wire) -> tuple[Account, ...]:
    return tuple([Account(Span(*span), *told) for span, *told in wire])


def unpack_proposal(wire: Wire) -> Proposal:
    """Make a proposal of what was written of it."""
    key, spans, *rest = wire
    return Proposal(key, tuple([Span(*span) for span in spans]), *rest)


def pack_reading(reading: Reading) -> Wire:
    """Write a reading; a mention, which many claims share, is written once."""
    numbers: dict[Mention, int] = {}

    def number(mention: Mention) -> int:
        return numbers.setdefault(mention, len(numbers))

    claims = [[number(c.subject), c.relation, number(c.object), c.spans, c.rule, c.wording] for c in reading.claims]
    described = [[number(d.mention), attributes_out(d.attrs), d.alt] for d in reading.described]
    plan = None if reading.plan is None else number(reading.plan)
    return [document_out(reading.document), plan, claims, described, reading.warnings, reading.ledger, list(numbers)]


def unpack_reading(wire: Wire) -> Reading:
    """Read a reading back."""
    document, plan, claims, described, warnings, ledger, listed = wire
    mentions = [Mention(*mention) for mention in listed]
    return Reading(
        document_in(document),
        None if plan is None else mentions[plan],
        tuple([Claim(mentions[s], r, mentions[o], tuple([Span(*span) for span in spans]), *told) for s, r, o, spans, *told in claims]),
        tuple([Described(mentions[m], attributes_in(attrs), tuple(alt)) for m, attrs, alt in described]),
        tuple(warnings),
        _ledger_in(ledger),
    )
