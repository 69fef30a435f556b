"""Turtle and TriG that a person enjoys reading: blocks in a given order under headings, one property a line.

rdflib's own serializers order by IRI and cannot group or head sections: the layout is ours
(RDF 1.1 Turtle, 2 and 6.5; RDF 1.1 TriG, 2.2). The same blocks give the same bytes everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain

from ..assembly.records import Records
from ..core.iris import segment
from ..core.labels import words_of
from ..core.model import Entry, Passage
from ..core.namespaces import PREFIXES
from ..core.schema import Class, load_schema
from ..core.stream import Stretch
from ..core.version import __version__
from .entailed import back_properties, entailed_edges, entails, onward_properties
from .forms import Form, Forms, Kind, Writing, model
from .rdf import (
    Block,
    Item,
    Literal,
    RuleBlocks,
    Term,
    blocks_of,
    node_block,
    part_items,
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
_ESCAPED, _ESCAPE = re.compile(r"([+/])"), r"\\\1"
_PLAIN = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "boolean")}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r'[\\"\n\r\t]')
_INSET = "    "
_IRI_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_KNOWN = 8_192
"""How many IRIs a writer keeps in mind with their names."""


class Shortener(dict[str, str]):
    """What IRIs are written as, made when they are first asked for: with the longest prefix that fits. Remembers which prefixes it used."""

    def __init__(self, prefixes: dict[str, str], beside: Shortener | None = None) -> None:
        """Write under some prefixes; what another that has the same ones has made short is not made so again."""
        super().__init__()
        self.prefixes = prefixes
        # Namespaces end in "/" or "#": the candidates are the stretches of an IRI up to such a mark.
        self._by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._made: dict[str, tuple[str, str]] = beside._made if beside else {}
        """What anyone of them has made, with the prefix."""
        self._stems: dict[str, tuple[str, str]] = beside._stems if beside else {}
        """What IRIs begin with up to their last mark, as it is written, with the prefix; empty where no name begins so."""
        self.used: set[str] = set()

    def __missing__(self, iri: str) -> str:
        """Write an IRI: as a prefixed name where the grammar allows, else in angle brackets."""
        made = self._made.get(iri)
        if made is None:
            if len(self._made) == _KNOWN:
                self._made.clear()
            made = self._made[iri] = self._shorten(iri)
        if len(self) == _KNOWN:
            self.clear()
        self[iri], prefix = made
        if prefix:
            self.used.add(prefix)
        return made[0]

    def _shorten(self, iri: str) -> tuple[str, str]:
        # Thousands of IRIs differ in what follows their last mark alone.
        begun, mark, local = iri.rpartition("/")
        if "#" in local:
            begun, mark, local = iri.rpartition("#")
        stem = begun + mark
        known = self._stems.get(stem)
        if known is None:
            if len(self._stems) == _KNOWN:
                self._stems.clear()
            known = self._stems[stem] = self._stem(stem)
        begun, prefix = known
        if prefix:
            # Most are digits, or two numbers; and what may not begin a name may yet stand behind a mark in it.
            digits = local.isascii() and local[:1] != "-" and local.replace("-", "0").isalnum()
            if digits or _LOCAL.fullmatch(local if begun[-1] == ":" else f"_{local}"):
                return begun + (_ESCAPED.sub(_ESCAPE, local) if "+" in local else local), prefix
        return self._longest(iri)

    def _stem(self, stem: str) -> tuple[str, str]:
        """Write what IRIs begin with under the longest prefix that it allows."""
        end = len(stem)
        while (end := max(stem.rfind("/", 0, end), stem.rfind("#", 0, end))) > 0:
            prefix, local = self._by_namespace.get(stem[: end + 1]), stem[end + 1 :]
            if prefix is not None and (not local or _LOCAL.fullmatch(local)):
                return f"{prefix}:{_ESCAPED.sub(_ESCAPE, local)}", prefix
        return "", ""

    def _longest(self, iri: str) -> tuple[str, str]:
        end = len(iri)
        while (end := max(iri.rfind("/", 0, end), iri.rfind("#", 0, end))) > 0:
            prefix = self._by_namespace.get(iri[: end + 1])
            if prefix is not None and _LOCAL.fullmatch(iri, end + 1):
                return f"{prefix}:{_ESCAPED.sub(_ESCAPE, iri[end + 1 :])}", prefix
        # IRIREF may hold no white space, quotes or brackets: escape them (6.4), though our own IRIs never do.
        return f"<{_IRI_UNSAFE.sub(lambda m: f'%{ord(m[0]):02X}', iri)}>", ""

    def term(self, term: Term) -> str:
        """Write a resource or a literal."""
        return self[term] if isinstance(term, str) else self.literal(term)

    def literal(self, literal: Literal) -> str:
        """Write a literal."""
        text, language, datatype = literal
        if datatype in _PLAIN and (datatype[-7:] != "decimal" or "." in text):
            return text
        if language:
            return f'"{escaped(text)}"@{language}'
        return f'"{escaped(text)}"^^{self[datatype]}' if datatype else f'"{escaped(text)}"'


def escaped(text: str) -> str:
    """Write what stands between the quotes of a literal; hardly a text has anything to escape."""
    plain = text.isprintable() and '"' not in text and "\\" not in text
    return text if plain else _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)


_TYPE = PREFIXES["rdf"] + "type"


def format_block(block: Block, names: Shortener, indent: str = "") -> str:
    """Lay out one resource: its name, its types beside it, then one property a line."""
    return f"{indent}{names[block.subject]} {format_properties(block.properties, names, indent)}"


def format_properties(properties: Iterable[tuple[str, Iterable[Term]]], names: Shortener, indent: str = "") -> str:
    """Lay out what stands behind the name of a resource."""
    lines, literal = [], names.literal
    for predicate, objects in properties:
        verb = "a" if predicate == _TYPE else names[predicate]
        told = [names[one] if isinstance(one, str) else literal(one) for one in objects]
        joint = f" ,\n{indent}        " if len(told) > 3 else " , "
        lines.append(f"{verb} {joint.join(told)}")
    body = f" ;\n{indent}    ".join(lines)
    return f"{body} .\n"


def block_texts(block: Block, names: Shortener) -> Iterator[str]:
    """Lay out one resource bit by bit, as `format_block` does: one whose properties may have as many values as there are documents."""
    between_ = f"{names[block.subject]} "
    for predicate, objects in block.properties:
        yield f"{between_}{'a' if predicate == _TYPE else names[predicate]} "
        yield from between(" ,\n        " if len(objects) > 3 else " , ", map(names.term, objects))
        between_ = " ;\n    "
    yield " .\n"


def head(title: str, used: set[str], prefixes: dict[str, str]) -> str:
    """Write what stands above Turtle: a title as a comment and the prefixes in use."""
    declared = "".join(f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in prefixes if prefix in used)
    return f"# {title}\n\n{declared}"


def prefixes_of(records: Records) -> dict[str, str]:
    """Give the prefixes of a graph's Turtle: the fixed ones, one a class of nodes, and short ones where there is one plan or text."""
    plan, key = (next(iter(names)) if len(names) == 1 else "" for names in (records.plans, records.keys))
    return _prefixes(records.base, plan, key)


def folder_prefixes(base: str) -> dict[str, str]:
    """Give the prefixes of the Turtle of several plans and texts."""
    return _prefixes(base)


def _prefixes(base: str, plan: str = "", key: str = "") -> dict[str, str]:
    prefixes = dict(PREFIXES)
    for name, declared in load_schema().classes.items():
        path = segment(name)
        if declared.scope != "plan":
            prefixes[path] = f"{base}{path}/"
        elif plan:
            prefixes[path] = f"{plan}/{path}/"
    prefixes["statement"] = f"{base}statement/"
    prefixes["passage"] = f"{base}passage/{key}/" if key else f"{base}passage/"
    return prefixes


Sections = Iterator[tuple[str, Iterator[Stretch]]]


def _sectioned(records: Records, sections: Callable[[Records, Shortener], Sections], *kept: str) -> Text:
    """Write sections as Turtle: a title as a comment, the prefixes in use, a comment above each section.

    kept are the names of the texts of which some may have been kept.
    """
    prefixes = prefixes_of(records)
    names = Shortener(prefixes)

    def body() -> Iterator[Stretch]:
        for heading, texts in sections(records, names):
            yield f"\n# ── {heading} ──\n\n"
            yield from between("\n", (text for text in texts if text))

    return Text(body(), lambda: head(TITLE, names.used.union(*map(records.used, kept)), prefixes))


@lru_cache(maxsize=4_096)
def _form(base: str, kind: Kind) -> tuple[Form[str], frozenset[str]]:
    """Give the form of statements of a kind, or of passages, under the prefixes of several plans, and those that it uses."""
    names = Shortener(folder_prefixes(base))
    return Form(format_blocks(model(kind), names), str), frozenset(names.used)


def folder_forms(base: str, names: Shortener) -> Forms[str]:
    """Give what writes statements and passages under the prefixes of several plans; names notes those in use."""

    def form(kind: Kind) -> Form[str]:
        made, used = _form(base, kind)
        names.used.update(used)
        return made

    return Forms(Writing(str, names, escaped, form, lambda blocks: format_blocks(blocks, names)))


def format_blocks(blocks: Iterable[Block], names: Shortener, indent: str = "") -> str:
    """Lay out several resources with a blank line between each two."""
    return "\n".join([format_block(block, names, indent) for block in blocks])


def nodes_text(entries: Iterable[Entry], names: Shortener) -> str:
    """Write nodes with their edges; of more edges that are all only proposed there is nothing to write."""
    return format_blocks((block for block in map(node_block, entries) if block.properties), names)


def said_text(entries: Iterable[Entry], names: Shortener) -> str:
    """Write the statements of the edges that leave some nodes."""
    return format_blocks((statement_block(said) for _, edges in entries for edge in edges for said in edge.statements), names)


def curated_text(entries: Iterable[Entry], names: Shortener) -> str:
    """Write the statements of the attributes of some nodes."""
    return format_blocks((statement_block(said) for node, _ in entries for said in node.curated), names)


def entailed_text(entries: Iterable[Entry], names: Shortener) -> str:
    """Write what the edges that leave some nodes entail."""
    texts: list[str] = []
    named: dict[str, str] = {}
    for entry in entries:
        iri = entry.node.iri
        onward, back = entailed_edges(entry)
        if onward:
            texts.append(f"{names[iri]} {format_properties(onward_properties(onward), names)}")
        # The same leads back to a node from all that it has of a kind.
        told: dict[tuple[str, ...], str] = {}
        for other, inverses in back.items():
            if inverses not in told:
                told[inverses] = format_properties(back_properties(inverses, iri), names)
            texts.append(f"{names[other]} {told[inverses]}")
        for edge in entry.edges:
            if edge.relation not in named:
                named[edge.relation] = format_properties(entails(edge.relation), names)
            texts += [f"{names[said.iri]} {named[edge.relation]}" for said in edge.statements]
    return "\n".join(texts)


def quotes_text(passages: Iterable[Passage], names: Shortener) -> str:
    """Write passages with their selectors."""
    return format_blocks(chain.from_iterable(map(passage_blocks, passages)), names)


def node_sections(records: Records, names: Shortener) -> Sections:
    """Give the nodes, grouped by class in the ontology's order, each group under its heading."""
    for name, declared in load_schema().classes.items():
        if records.classes[name]:
            texts = records.entry_texts("turtle", lambda entries: nodes_text(entries, names), name)
            yield f"{declared.zh} {declared.en} ({records.classes[name]})", texts


def evidence_sections(records: Records, names: Shortener) -> Sections:
    """Give the statements, the passages and the rules under headings."""
    classes = load_schema().classes
    statements = chain(
        records.entry_texts("evidence", lambda entries: said_text(entries, names)),
        records.entry_texts("curated", lambda entries: curated_text(entries, names)),
    )
    yield _heading(classes["Statement"], records.statements), statements
    yield _heading(classes["Passage"], records.quotes), records.passage_texts("passages", lambda passages: quotes_text(passages, names))
    yield _heading(classes["Rule"], len(records.rules)), (format_block(block, names) for block in RuleBlocks(records.rules))


def entailed_sections(records: Records, names: Shortener) -> Sections:
    """Give what the edges entail, node by node."""
    yield " ".join(words_of("build.entailed")), records.entry_texts("entailed", lambda entries: entailed_text(entries, names))


def _heading(cls: Class, count: int) -> str:
    plural = cls.en if cls.en.endswith("s") else f"{cls.en}s"
    return f"{cls.zh} {plural} ({count})"


def graph_file(records: Records) -> Text:
    """Write `graph.ttl`: nodes with their edges."""
    return _sectioned(records, node_sections, "turtle")


def evidence_file(records: Records) -> Text:
    """Write `evidence.ttl`: statements, passages and rules."""
    return _sectioned(records, evidence_sections, "evidence")


def entailed_file(records: Records) -> Text:
    """Write `entailed.ttl`: what the edges entail, and by which statement."""
    return _sectioned(records, entailed_sections, "entailed")


def trig_file(records: Records) -> Text:
    """Write `graph.trig`: the run and the dataset, then the named graphs.

    There is one a source document, one for what was curated, one for what was inferred, one for what tools proposed; each holds the nodes
    that its edges join, the edges, their statements, passages and rules. Their union is `graph.ttl` and `evidence.ttl` together.
    """
    prefixes = prefixes_of(records)
    names = Shortener(prefixes)

    def body() -> Iterator[Stretch]:
        run = provenance_blocks(records.keys, records.names, __version__, records.base)
        yield "\n"
        for number, block in enumerate(run):
            yield "\n" if number else ""
            yield from block_texts(block, names)
        yield from records.part_texts("trig", lambda part: part_text(part.name, part_items(part), names))

    return Text(body(), lambda: head(TITLE, names.used | records.used("trig"), prefixes))


def part_text(name: str, items: Iterable[Item], names: Shortener) -> Iterator[str]:
    """Write a named graph bit by bit."""
    yield f"\n{names[name]} {{\n"
    yield from between("\n", (format_blocks(blocks_of(item), names, _INSET) for item in items))
    yield "}\n"


def part_whole(name: str, text: str, names: Shortener) -> str:
    """Write a named graph around the text of all that it holds."""
    return f"\n{names[name]} {{\n{inset(text)}}}\n"


def inset(text: str) -> str:
    """Set resources further in; a literal holds no line end that is not escaped."""
    return _INSET + text[:-1].replace("\n", f"\n{_INSET}").replace(f"\n{_INSET}\n", "\n\n") + "\n"
