"""The values that flow through the program: texts and spans, mentions and claims, then the graph's records.

Everything here is frozen and small. Recognisers give claims; assembly makes nodes, edges, statements and passages of them, once,
and everything after it reads these records as ordered streams (`yangfan.assembly.records`). The graph of one build is also a plain
`networkx.MultiDiGraph` (`yangfan.assembly.builder`).
All offsets are Unicode code points in `Document.text`, the unit of `oa:TextPositionSelector` (Web Annotation, 4.2.2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Basis = Literal["stated", "inferred", "curated", "proposed"]
BASES: tuple[Basis, ...] = ("stated", "inferred", "curated", "proposed")
"""What a statement may rest on, the strongest first."""
PROPOSED = "proposed."
"""What the rules of proposals begin with; the name of the tool follows."""
ASSERTED = BASES[:3]
"""Of these a graph asserts what they say; what is only proposed it shows and does not assert."""


class Iri(str):
    """An attribute's value that is a resource and not a text, written as a CURIE (``unit:PERCENT``) or in full."""

    __slots__ = ()


Value = str | bool | int | Decimal | date | Iri
Attributes = dict[str, "Value | tuple[Value, ...]"]


class Span(NamedTuple):
    """A half-open stretch ``[start, end)`` of a document's text, in code points."""

    start: int
    end: int


class Line(NamedTuple):
    """One line of the text: where it stands, and what its markup said it is.

    kind is ``heading`` (a heading element or a Markdown heading), ``paragraph``, ``item`` (a list item), ``row`` (a table
    row; its cells are joined by a tab) or ``bold`` (a paragraph that is bold from end to end, which may be a heading or not).
    confidence is the lowest that the recogniser gave to the line of a scan, from 0 to 1, None for a line that was read.
    """

    start: int
    end: int
    kind: str = "paragraph"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source document as read: a text with one line per paragraph, heading, item or row, and its metadata.

    text is NFC with runs of white space folded; key is stable for the same title and text and is part of the document's
    IRI and of the name of its exported text. metadata holds ``title``, ``date``, ``author``, ``source``, ``url``, ``number`` …
    where the copy has them; warnings are what the reader has to say about the copy.
    """

    key: str
    name: str
    text: str
    lines: tuple[Line, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a curated assertion comes from: a title and an address, a date (a day, or a month), and how good it is.

    Of a proposal it is the tool: its name and its IRI, without a date or a status.
    """

    title: str
    url: str
    date: str
    status: str


class Mention(NamedTuple):
    """A node as a recogniser sees it: its class and label, before aliases are resolved and an IRI is given.

    What else a text gives tells two nodes of one label apart: a plan's document number; the label of the item that a task stands
    under (two tasks headed 加强组织领导); the year of a cited work (of two laws of one title); the place or plan that keeps a local body
    to itself (市科委 of two cities), or the place of a plan whose title or number others may have too; and which of several declared
    counts in the same words it is, from the second on.
    """

    cls: str
    label: str
    number: str = ""
    under: str = ""
    year: str = ""
    keeper: str = ""
    nth: int = 1

    @property
    def apart(self) -> str:
        """Give what tells the node apart from others of its class and label, beside its number; empty where nothing does."""
        return self.under or self.year or self.keeper or (str(self.nth) if self.nth > 1 else "")


class Claim(NamedTuple):
    """What a recogniser found: an edge between two mentions and the spans of text that say it.

    The first span is the sentence; the others are headings above it that the reader needs to understand it.
    wording holds the words of the text that say the relation (牵头, 会同), as they stand in a span; empty where none does.
    """

    subject: Mention
    relation: str
    object: Mention
    spans: tuple[Span, ...]
    rule: str
    wording: str = ""


class Described(NamedTuple):
    """Attributes and further names of a mention: ``attrs`` are keyed by CURIE, ``alt`` are further Chinese names."""

    mention: Mention
    attrs: Attributes = {}  # noqa: RUF012 - never changed
    alt: tuple[str, ...] = ()


class Account(NamedTuple):
    """What became of a sentence that no edge quotes: context for a named reason, or open (not understood).

    reason is a name of `ontology/vocabulary/reasons.tsv`.
    """

    span: Span
    state: Literal["context", "open"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was found in one document: its plan, the claims and descriptions, and what the reader should be told."""

    document: Document
    plan: Mention | None
    claims: tuple[Claim, ...]
    described: tuple[Described, ...]
    warnings: tuple[str, ...] = ()
    ledger: tuple[Account, ...] = ()


class Proposal(NamedTuple):
    """An edge that another tool proposes, its quote found word for word in a document: its ends by label and class, and who says so.

    relation is empty where the tool names one thing and no edge; then object is the thing. spans are the quote, and behind it lines above
    that name an end which the quote does not (the title, a heading). file and place say where the tool says so.
    """

    document: str
    spans: tuple[Span, ...]
    subject: str
    relation: str
    object: str
    subject_cls: str
    object_cls: str
    tool: str
    file: str
    place: str


class Passage(NamedTuple):
    """A quoted stretch of a document: IRI, the document's IRI and key, the span, the quote and what stands before and after it.

    confidence is the lowest of the lines of a scan that it is quoted from, None where the text was read and not recognised.
    """

    iri: str
    document: str
    key: str
    span: Span
    exact: str
    prefix: str
    suffix: str
    confidence: float | None = None


class Premise(NamedTuple):
    """What an inference used: the IRI of a statement, and the edge that it is about (empty where the graph does not hold it)."""

    statement: str
    subject: str = ""
    relation: str = ""
    object: str = ""


class Statement(NamedTuple):
    """Why an edge, or an attribute that a person gave, stands (contract section 5).

    relation is the local name of a relation and object the IRI of a node; where a person asserted an attribute or a name of a node,
    relation is that property's CURIE, object is empty and value holds what was asserted. A stated one has passages, of one document; an
    inferred one has premises; source and note belong to a curated one. A proposed one has passages, and the tool as its source.
    wording holds the very words of a passage by which it says the role of a body (牵头, 会同, 按职责分工负责); empty where none says it.
    """

    iri: str
    subject: str
    relation: str
    object: str
    basis: Basis
    rule: str
    passages: tuple[Passage, ...] = ()
    premises: tuple[Premise, ...] = ()
    source: Source | None = None
    note: str = ""
    value: Value | None = None
    wording: str = ""

    @property
    def document(self) -> str:
        """Give the IRI of the source document that says it; empty for what no document says, a tool's proposal about one included."""
        return self.passages[0].document if self.passages and self.basis != "proposed" else ""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Give where the passages stand."""
        return tuple(passage.span for passage in self.passages)


class Node(NamedTuple):
    """A node: its IRI, class, labels in both languages ("" where there is none) and other names (language, text), attributes by CURIE.

    plan is the IRI of the plan that it belongs to, where its class is scoped so; curated are the statements behind attributes and names
    that a person gave.
    """

    iri: str
    cls: str
    zh: str
    en: str = ""
    alt: tuple[tuple[str, str], ...] = ()
    attrs: Attributes = {}  # noqa: RUF012 - never changed
    plan: str = ""
    curated: tuple[Statement, ...] = ()


class Edge(NamedTuple):
    """An edge: its ends (IRIs) and its relation, the Chinese labels of its ends, and every statement that says so."""

    subject: str
    relation: str
    object: str
    labels: tuple[str, str]
    statements: tuple[Statement, ...]

    @property
    def basis(self) -> Basis:
        """Give the strongest basis of its statements: stated before inferred before curated before proposed."""
        if len(self.statements) == 1:
            return self.statements[0].basis
        return min((statement.basis for statement in self.statements), key=BASES.index)


class Entry(NamedTuple):
    """A node with the edges that leave it, in the order in which a graph has them; of a node of very many they need not be in memory."""

    node: Node
    edges: Collection[Edge]


class Continued(Entry):
    """More edges of a node that an entry before it has told of."""

    __slots__ = ()


class Part(NamedTuple):
    """A named graph: its IRI, its nodes with the edges that it holds, and its statements, those of attributes last; to be read once."""

    name: str
    entries: Iterable[Entry]
    statements: Iterable[Statement]
