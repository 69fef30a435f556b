"""Turtle and TriG that a person enjoys reading: blocks in a given order under headings, one property a line.

rdflib's own serializers order by IRI and cannot group or head sections: the layout is ours
(RDF 1.1 Turtle, 2 and 6.5; RDF 1.1 TriG, 2.2). The same blocks give the same bytes everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from ..assembly.records import Records, said_by
from ..core.iris import segment
from ..core.namespaces import PREFIXES
from ..core.schema import Class, load_schema
from ..core.version import __version__
from .rdf import (
    Block,
    Literal,
    RuleBlocks,
    Term,
    node_block,
    part_blocks,
    passage_blocks,
    provenance_blocks,
    statement_block,
)
from .text import Text, between

TITLE = "Yangfan: a policy plan as a knowledge graph. Licence: Apache-2.0; quotes belong to their sources."

# PN_LOCAL of the Turtle grammar (6.5), narrowed to what needs no thought; "+" and "/" are escaped (PN_LOCAL_ESC).
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
# A large set of characters costs 2 ms to compile: it stands here once.
_LOCAL = re.compile(f"(?![+/.\u00b7-])[{_BASE}0-9_+/.\u00b7-]+(?<![.\u00b7])")
_ESCAPED = re.compile(r"([+/])")
_PLAIN = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "boolean")}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\n\r\t]')
_IRI_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')


class Shortener:
    """Writes terms with the longest matching prefix and remembers which prefixes it used."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._prefixes = prefixes
        # Namespaces end in "/" or "#": the candidates are the stretches of an IRI up to such a mark.
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._known: dict[str, str] = {}
        self.used: set[str] = set()

    def iri(self, iri: str) -> str:
        """Write an IRI: as a prefixed name where the grammar allows, else in angle brackets."""
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._shorten(iri)
        return known

    def _shorten(self, iri: str) -> str:
        end = len(iri)
        while (end := max(iri.rfind("/", 0, end), iri.rfind("#", 0, end))) > 0:
            prefix = self._by_namespace.get(iri[: end + 1])
            if prefix is not None and _LOCAL.fullmatch(iri, end + 1):
                self.used.add(prefix)
                local = _ESCAPED.sub(r"\\\1", iri[end + 1 :])
                return f"{prefix}:{local}"
        # IRIREF may hold no white space, quotes or brackets: escape them (6.4), though our own IRIs never do.
        return f"<{_IRI_UNSAFE.sub(lambda m: f'%{ord(m[0]):02X}', iri)}>"

    def term(self, term: Term) -> str:
        """Write a resource or a literal."""
        return self.iri(term) if isinstance(term, str) else self._literal(term)

    def _literal(self, literal: Literal) -> str:
        text, language, datatype = literal
        if datatype in _PLAIN and (datatype[-7:] != "decimal" or "." in text):
            return text
        escaped = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
        if language:
            return f'"{escaped}"@{language}'
        return f'"{escaped}"^^{self.iri(datatype)}' if datatype else f'"{escaped}"'


_TYPE = PREFIXES["rdf"] + "type"


def format_block(block: Block, names: Shortener, indent: str = "") -> str:
    """Lay out one resource: its name, its types beside it, then one property a line."""
    lines = []
    for predicate, objects in block.properties:
        verb = "a" if predicate == _TYPE else names.iri(predicate)
        joint = f" ,\n{indent}        " if len(objects) > 3 else " , "
        lines.append(f"{verb} {joint.join(map(names.term, objects))}")
    first, *rest = lines
    body = "".join(f" ;\n{indent}    {line}" for line in rest)
    return f"{indent}{names.iri(block.subject)} {first}{body} .\n"


def head(title: str, used: set[str], prefixes: dict[str, str]) -> str:
    """Write what stands above Turtle: a title as a comment and the prefixes in use."""
    declared = "".join(f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in prefixes if prefix in used)
    return f"# {title}\n\n{declared}"


def prefixes_of(records: Records) -> dict[str, str]:
    """Give the prefixes of a graph's Turtle: the fixed ones, one a class of nodes, and short ones where there is one plan or text."""
    prefixes, base = dict(PREFIXES), records.base
    plans, keys = records.plans, records.keys
    for name, declared in load_schema().classes.items():
        path = segment(name)
        if declared.scope == "plan" and len(plans) == 1:
            prefixes[path] = f"{plans[0]}/{path}/"
        elif declared.scope != "plan":
            prefixes[path] = f"{base}{path}/"
    prefixes["statement"] = f"{base}statement/"
    prefixes["passage"] = f"{base}passage/{keys[0]}/" if len(keys) == 1 else f"{base}passage/"
    return prefixes


def turtle(title: str, sections: Iterable[tuple[str, Iterable[Block]]], prefixes: dict[str, str]) -> Text:
    """Write sections of blocks as Turtle: a title as a comment, the prefixes in use, a comment above each section."""
    names = Shortener(prefixes)

    def body() -> Iterator[str]:
        for heading, blocks in sections:
            yield f"\n# ── {heading} ──\n\n"
            yield from between("\n", (format_block(block, names) for block in blocks))

    return Text(body(), lambda: head(title, names.used, prefixes))


def node_sections(records: Records) -> Iterator[tuple[str, Iterator[Block]]]:
    """Give the nodes as blocks, grouped by class in the ontology's order, each group under its heading."""
    for name, declared in load_schema().classes.items():
        if records.classes[name]:
            yield f"{declared.zh} {declared.en} ({records.classes[name]})", map(node_block, records.entries(name))


def evidence_sections(records: Records) -> Iterator[tuple[str, Iterator[Block]]]:
    """Give the statements, the passages and the rules as blocks under headings."""
    rules = RuleBlocks()
    classes = load_schema().classes
    yield _heading(classes["Statement"], records.statements), map(statement_block, rules.watch(said_by(records)))
    yield _heading(classes["Passage"], records.quotes), chain.from_iterable(map(passage_blocks, records.passages()))
    # All statements have been written by now, and their rules are known.
    yield _heading(classes["Rule"], len(rules)), iter(rules)


def _heading(cls: Class, count: int) -> str:
    plural = cls.en if cls.en.endswith("s") else f"{cls.en}s"
    return f"{cls.zh} {plural} ({count})"


def graph_file(records: Records) -> Text:
    """Write `graph.ttl`: nodes with their edges."""
    return turtle(TITLE, node_sections(records), prefixes_of(records))


def evidence_file(records: Records) -> Text:
    """Write `evidence.ttl`: statements, passages and rules."""
    return turtle(TITLE, evidence_sections(records), prefixes_of(records))


def trig_file(records: Records) -> Text:
    """Write `graph.trig`: the run and the dataset, then the named graphs.

    There is one a source document, one for what was curated, one for what was inferred; each holds the nodes that its edges join, the
    edges, their statements, passages and rules. Their union is `graph.ttl` and `evidence.ttl` together.
    """
    prefixes = prefixes_of(records)
    names = Shortener(prefixes)

    def body() -> Iterator[str]:
        run = provenance_blocks(records.keys, records.names, __version__, records.base)
        yield "\n"
        yield from between("\n", (format_block(block, names) for block in run))
        for part in records.parts():
            yield f"\n{names.iri(part.name)} {{\n"
            yield from between("\n", (format_block(block, names, "    ") for block in part_blocks(part)))
            yield "}\n"

    return Text(body(), lambda: head(TITLE, names.used, prefixes))
