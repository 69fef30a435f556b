"""RDF 1.2: each statement reifies its edge as a triple term, `<<( s p o )>>`, for stores that take them (RDF 1.2 N-Triples, 2; RDF 1.2 Schema, 5).

The content is that of `graph.ttl` and `evidence.ttl`: where those name the subject, the predicate and the object of a statement, the one
triple `rdf:reifies` holds all three.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ..assembly.records import Records
from ..core.namespaces import PREFIXES
from .ntriples import iri, term
from .rdf import Block, graph_blocks
from .text import Text, write_text

_RDF = PREFIXES["rdf"]
REIFIED = tuple(f"{_RDF}{name}" for name in ("subject", "predicate", "object"))
REIFIES = f"{_RDF}reifies"
FILE = "graph.nt"


def triple_lines(block: Block) -> Iterator[str]:
    """Write a resource, a triple a line."""
    subject, told = iri(block.subject), dict(block.properties)
    if all(name in told for name in REIFIED):
        ends = " ".join(term(one) for name in REIFIED for one in islice(told[name], 1))
        yield f"{subject} <{REIFIES}> <<( {ends} )>> .\n"
    for predicate, objects in block.properties:
        if predicate not in REIFIED:
            yield from (f"{subject} <{predicate}> {term(object_)} .\n" for object_ in objects)


def triple_term_files(records: Records, folder: Path) -> None:
    """Write `graph.nt` into a folder.

    Raises `OutputError` when it cannot be written.
    """
    lines = (line for block in graph_blocks(records) for line in triple_lines(block))
    write_text(folder / FILE, Text(lines))
