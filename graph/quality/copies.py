"""Every export holds one content: the nodes, edges and statements of `graph.ttl` and `evidence.ttl`, read back from each other file.

A file is read in its own way and compared with what the same records come to in its terms; a large folder's page, which shows an
overview, is compared in what it shows. Files that a build left out are not missed: the manifest says which there were.
"""

from __future__ import annotations

import base64
import csv
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox

from ..assembly.records import GraphRecords, Records, edges_of
from ..core.errors import MissingLibrary
from ..formats.entailed import entailed_blocks
from ..formats.nquads import shard_name
from ..formats.parquet import TABLES, library, read_table
from ..formats.rdf import graph_blocks
from ..formats.registry import FOLDERS, FORMATS, SMALL
from ..formats.tables import EDGE_HEADER, NODE_HEADER, csv_lines, edge_data, edge_row, node_data, node_row
from ..formats.triple_terms import FILE as TRIPLE_TERMS
from ..formats.triple_terms import REIFIED, REIFIES
from .findings import Finding
from .shapes import CHECKED

_UNREADABLE = (
    OSError, ValueError, LookupError, TypeError, SyntaxError, EOFError, ElementTree.ParseError, csv.Error, zlib.error, MissingLibrary,
)  # fmt: skip
_MOST = 5
"""How many differences of a file are told; the rest are counted."""
Content = dict[str, str]
"""What a file holds: what a thing is called, and what is told of it."""
Triples = set[ox.Triple]


class Original:
    """What the other files of a folder are compared with: the records that were read from its Turtle, and the Turtle's triples, read once."""

    def __init__(self, folder: Path, records: GraphRecords) -> None:
        self.records = records
        self._folder = folder

    @cached_property
    def triples(self) -> Triples:
        """The triples of `graph.ttl` and `evidence.ttl`."""
        return set().union(*(_triples((self._folder / FORMATS[form].file).read_bytes(), ox.RdfFormat.TURTLE) for form in CHECKED))


def check_copies(folder: Path, records: GraphRecords) -> Iterator[Finding]:
    """Compare each export of a folder with the records that were read from its Turtle."""
    original = Original(folder, records)
    files = {folder / FORMATS[name].file: read for name, read in _READERS.items()}
    folders = {folder / FOLDERS[name].folder: read for name, read in _FOLDER_READERS.items()}
    for path, read in (files | folders).items():
        if not (path.is_dir() if path in folders else path.is_file()):
            continue
        try:
            differences = list(read(path, original))
        except _UNREADABLE as error:
            yield Finding("copies", f"{path.name}: cannot be read: {' '.join(str(error).split())[:200]}")
            continue
        yield from (Finding("copies", f"{path.name}: {difference}") for difference in differences[:_MOST])
        if len(differences) > _MOST:
            yield Finding("copies", f"{path.name}: {len(differences) - _MOST} more differences")


def _compared(found: Content, wanted: Content) -> Iterator[str]:
    for name in wanted.keys() - found.keys():
        yield f"lacks {name}"
    for name in found.keys() - wanted.keys():
        yield f"has {name}, which graph.ttl and evidence.ttl do not have"
    for name in wanted.keys() & found.keys():
        if found[name] != wanted[name]:
            yield f"{name}: {_difference(found[name], wanted[name])}"


def _difference(found: str, wanted: str) -> str:
    """Give the place where two texts begin to differ, with some words before it."""
    at = next((place for place, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b), min(len(found), len(wanted)))
    start = max(0, at - 20)
    return f"{found[start : at + 20]!r} where the Turtle has {wanted[start : at + 20]!r}"


# RDF


def _triples(data: bytes, form: ox.RdfFormat) -> Triples:
    return {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in ox.parse(data, format=form)}


def _rdf_differences(found: Triples, wanted: Triples) -> Iterator[str]:
    yield from sorted(f"lacks {_shown(triple)}" for triple in wanted - found)
    yield from sorted(f"has {_shown(triple)}, which graph.ttl and evidence.ttl do not have" for triple in found - wanted)


def _shown(triple: ox.Triple) -> str:
    return f"{triple.subject} {triple.predicate} {triple.object}"[:300]


def _jsonld(path: Path, original: Original) -> Iterator[str]:
    yield from _rdf_differences(_triples(path.read_bytes(), ox.RdfFormat.JSON_LD), original.triples)


def _trig(path: Path, original: Original) -> Iterator[str]:
    yield from _quad_differences(ox.parse(path.read_bytes(), format=ox.RdfFormat.TRIG), original)


def _nquads(path: Path, original: Original) -> Iterator[str]:
    """The shards are numbered without a gap, hold no quad twice, and together what the TriG holds."""
    shards = sorted(path.iterdir())
    if [shard.name for shard in shards] != [shard_name(number) for number in range(len(shards))]:
        raise ValueError("its shards are not numbered one by one from 0")
    quads = [quad for shard in shards for quad in ox.parse(gzip.decompress(shard.read_bytes()), format=ox.RdfFormat.N_QUADS)]
    if len(set(quads)) < len(quads):
        yield "a quad stands there twice"
    yield from _quad_differences(quads, original)


def _rdf12(path: Path, original: Original) -> Iterator[str]:
    """Triple terms hold what the Turtle says of a statement's edge in three triples."""
    found: Triples = set()
    for quad in ox.parse((path / TRIPLE_TERMS).read_bytes(), format=ox.RdfFormat.N_TRIPLES):
        if quad.predicate.value == REIFIES and isinstance(quad.object, ox.Triple):
            edge = quad.object.subject, quad.object.predicate, quad.object.object
            found |= {ox.Triple(quad.subject, ox.NamedNode(name), end) for name, end in zip(REIFIED, edge, strict=True)}
        else:
            found.add(quad.triple)
    yield from _rdf_differences(found, original.triples)


def _quad_differences(quads: Iterable[ox.Quad], original: Original) -> Iterator[str]:
    named: Triples = set()
    names = set()
    default: Triples = set()
    for quad in quads:
        if isinstance(quad.graph_name, ox.DefaultGraph):
            default.add(quad.triple)
        else:
            named.add(quad.triple)
            names.add(quad.graph_name.value)
    yield from _rdf_differences(named, original.triples)
    for name in sorted(names ^ set(original.records.names)):
        yield f"{'has' if name in names else 'lacks'} the named graph {name}"
    told = {triple.subject.value for triple in default if isinstance(triple.subject, ox.NamedNode)}
    for name in sorted(names - told):
        yield f"its default graph does not tell of {name}"


def _entailments(records: Records) -> Triples:
    triples = ((s, p, o) for block in entailed_blocks(records) for s, p, o in block.triples() if isinstance(o, str))
    return {ox.Triple(ox.NamedNode(s), ox.NamedNode(p), ox.NamedNode(o)) for s, p, o in triples}


def _entailed(path: Path, original: Original) -> Iterator[str]:
    """What is entailed follows from the edges, no less and no more."""
    yield from _rdf_differences(_triples(path.read_bytes(), ox.RdfFormat.TURTLE), _entailments(original.records))


def _written(_: Path, original: Original) -> Iterator[str]:
    """Turtle holds what the records that were read from it come to: nothing was passed over in reading."""
    blocks = graph_blocks(original.records)
    wanted = {(s, p, o if isinstance(o, str) else o.text) for block in blocks for s, p, o in block.triples()}
    found = {
        (_plain(triple.subject), triple.predicate.value, _plain(triple.object)) for triple in original.triples
    }
    for subject, predicate, object_ in sorted(found - wanted):
        yield f"{subject} {predicate} {object_[:100]} is no part of the graph or its evidence"


def _plain(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)


# tables


def _rows(path: Path, header: Iterable[str], key: Callable[[list[str]], str]) -> Content:
    found: Content = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for number, row in enumerate(csv.reader(stream)):
            if not number:
                if row != list(header):
                    raise ValueError("its header is another")
            elif key(row) in found:
                raise ValueError(f"{key(row)} stands there twice")
            else:
                found[key(row)] = "\t".join(row)
    return found


def _cells(row: Iterable[object]) -> list[str]:
    """Give a row as it is read back from a table."""
    return next(csv.reader([csv_lines([row])]))


def _nodes(path: Path, original: Original) -> Iterator[str]:
    wanted = {node.iri: "\t".join(_cells(node_row(node))) for node, _ in original.records.entries()}
    yield from _compared(_rows(path, NODE_HEADER, lambda row: row[0]), wanted)


def _edges(path: Path, original: Original) -> Iterator[str]:
    def key(row: list[str]) -> str:
        return " ".join(row[:3])

    wanted = {key(cells): "\t".join(cells) for cells in (_cells(edge_row(edge)) for edge in edges_of(original.records))}
    yield from _compared(_rows(path, EDGE_HEADER, key), wanted)


def _parquet(path: Path, original: Original) -> Iterator[str]:
    """Each table has the columns and the rows that the same records come to."""
    library()
    for name in sorted({file.name for file in path.iterdir()} - {f"{name}.parquet" for name in TABLES}):
        yield f"has {name}, which is no table"
    for name, table in TABLES.items():
        wanted = {_key(row, name): _row(row) for row in table.rows(original.records)}
        found: Content = {}
        for row in read_table(path / f"{name}.parquet", table):
            if found.setdefault(_key(row, name), told := _row(row)) is not told:
                yield f"{name}.parquet: {_key(row, name)} stands there twice"
        yield from (f"{name}.parquet: {difference}" for difference in _compared(found, wanted))


def _key(row: dict[str, Any], table: str) -> str:
    return " ".join(str(row[name]) for name in (("subject", "relation", "object") if table == "edges" else ("iri",)))


def _row(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


# networks


def _told(values: Iterable[tuple[str, str]]) -> str:
    return "\t".join(f"{name}={value}" for name, value in sorted(values))


def _network(records: Records, *, labelled: bool) -> Content:
    """Give what a network file is to hold; in GEXF a node's label stands apart from its values."""
    wanted: Content = {}
    for node, _ in records.entries():
        wanted[node.iri] = _told((name, _text(value)) for name, value in node_data(node).items() if not labelled or name != "label")
        if labelled:
            wanted[node.iri] += f"\tlabel={node_data(node)['label']}"
    for edge in edges_of(records):
        wanted[f"{edge.subject} {edge.relation} {edge.object}"] = _told((name, _text(value)) for name, value in edge_data(edge).items())
    return wanted


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _graphml(path: Path, original: Original) -> Iterator[str]:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(path).getroot()
    keys = {key.get("id", ""): key.get("attr.name", "") for key in root.iter(f"{space}key")}
    found: Content = {}
    for element in (*root.iter(f"{space}node"), *root.iter(f"{space}edge")):
        values = [(keys[data.get("key", "")], data.text or "") for data in element.iter(f"{space}data")]
        _put(found, element, values, _told(values))
    yield from _compared(found, _network(original.records, labelled=False))


def _gexf(path: Path, original: Original) -> Iterator[str]:
    space = "{http://www.gexf.net/1.2draft}"
    root = ElementTree.parse(path).getroot()
    keys = {key.get("id", ""): key.get("title", "") for key in root.iter(f"{space}attribute")}
    found: Content = {}
    for element in (*root.iter(f"{space}node"), *root.iter(f"{space}edge")):
        values = [(keys[value.get("for", "")], value.get("value", "")) for value in element.iter(f"{space}attvalue")]
        labelled = f"\tlabel={element.get('label')}" if element.tag.endswith("node") else ""
        _put(found, element, values, _told(values) + labelled)
    yield from _compared(found, _network(original.records, labelled=True))


def _put(found: Content, element: ElementTree.Element, values: list[tuple[str, str]], told: str) -> None:
    name = element.get("id", "")
    if element.tag.endswith("edge"):
        name = f"{element.get('source')} {dict(values).get('relation', '')} {element.get('target')}"
    if name in found:
        raise ValueError(f"{name} stands there twice")
    found[name] = told


# the page

_PACKED = re.compile(r'<script type="text/plain" id="(graph|evidence)-data">([^<]*)</script>')


def _html(path: Path, original: Original) -> Iterator[str]:
    """The page shows the nodes and edges with their attributes, and as many statements of each edge, from the same texts."""
    from ..assembly.evidence import base_of, documents_of
    from ..page.columns import drawn_edges, drawn_nodes, pack_columns
    from ..page.proof import pack_evidence

    packed = dict(_PACKED.findall(path.read_text(encoding="utf-8")))
    graph, evidence = (json.loads(zlib.decompress(base64.b64decode(packed[name], validate=True))) for name in ("graph", "evidence"))
    whole = original.records.picture()
    if len(whole) > SMALL and len(graph["nodes"]["zh"]) != len(whole):
        # The page of a large folder shows some of its nodes.
        labels = {data["zh"] for _, data in whole.nodes(data=True)}
        yield from (f"has a node {label}, which the graph does not have" for label in graph["nodes"]["zh"] if label not in labels)
        return
    columns = json.loads(json.dumps(pack_columns(drawn_nodes(whole), drawn_edges(whole), {}, base_of(whole))))
    for part in ("nodes", "edges"):
        for column, values in columns[part].items():
            if column != "fold" and graph[part][column] != values:
                yield f"its {part} differ in {column}"
    proofs = json.loads(json.dumps(pack_evidence(whole)))
    for column in ("rules", "passages", "counts", "curated", "basis", "rule", "doc", "at", "source", "note", "wording", "from"):
        if evidence[column] != proofs[column]:
            yield f"its statements differ in {column}"
    texts = {document.key: document.text for document in documents_of(whole).values()}
    shown = {document["key"]: document["text"] for document in evidence["documents"]}
    for key in sorted(texts.keys() | shown.keys()):
        if texts.get(key) != shown.get(key):
            yield f"its text of {key} is another"


_READERS: dict[str, Callable[[Path, Original], Iterator[str]]] = {
    "turtle": _written,
    "entailed": _entailed,
    "trig": _trig,
    "jsonld": _jsonld,
    "graphml": _graphml,
    "gexf": _gexf,
    "nodes": _nodes,
    "edges": _edges,
    "html": _html,
}
"""How each format is read back; evidence is read with the Turtle."""
_FOLDER_READERS: dict[str, Callable[[Path, Original], Iterator[str]]] = {"parquet": _parquet, "nquads": _nquads, "rdf12": _rdf12}
