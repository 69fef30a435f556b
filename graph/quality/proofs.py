"""Checks of evidence: every edge has a statement, every quote stands in its text and names both ends, every inference follows again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..assembly.evidence import statement_of
from ..assembly.inference import infer
from ..assembly.records import Records, edges_of, is_asserted, said_by
from ..assembly.restore import restored
from ..assembly.unproven import unproven
from ..core.errors import GraphError, VocabularyError
from ..core.iris import passage_iri
from ..core.model import Basis, Passage, Statement
from ..core.rules import rule
from ..core.schema import load_schema
from .findings import Finding

_QUOTING: tuple[Basis, ...] = ("stated", "proposed")
"""Bases whose statements quote a text."""
_OWN_RULES = {"overlay.": "curated", "infer.": "inferred", "proposed.": "proposed"}
"""The subjects of rules of one basis alone."""
_ANY_NAME = ("overlay.", "proposed.")
"""Subjects whose rules are named by files and formats, and not listed in the ontology."""


def check_statements(records: Records) -> Iterator[Finding]:
    """Every edge has a statement, and each basis has what it needs (contract section 5)."""
    known = {said.iri: said for said in said_by(records)}
    for edge in edges_of(records):
        if not edge.statements:
            yield Finding("statements", f"no statement for {edge.subject} {edge.relation} {edge.object}")
    for said in said_by(records):
        if said.basis == "stated" and not said.passages:
            yield Finding("statements", f"{said.iri} is stated but quotes nothing")
        if said.basis not in _QUOTING and said.passages:
            yield Finding("statements", f"{said.iri} is {said.basis} but quotes a text")
        if said.basis == "proposed":
            yield from _proposed(said)
        if said.basis == "curated" and not said.source:
            yield Finding("statements", f"{said.iri} is curated but has no source")
        if said.basis in ("stated", "inferred") and (said.source or said.note):
            yield Finding("statements", f"{said.iri} is {said.basis} but has the source of a person's assertion")
        if said.wording and not any(said.wording in passage.exact for passage in said.passages):
            yield Finding("statements", f"{said.iri} says its role as {said.wording}, which no passage of it does")
        if said.basis == "inferred" and not said.premises:
            yield Finding("statements", f"{said.iri} is inferred from nothing")
        if said.basis != "inferred" and said.premises:
            yield Finding("statements", f"{said.iri} is {said.basis} but has premises")
        for premise in said.premises:
            used = known.get(premise.statement)
            if used is None:
                yield Finding("statements", f"{said.iri} rests on {premise.statement}, which is no statement")
            elif used.basis in ("inferred", "proposed"):
                yield Finding("statements", f"{said.iri} rests on {premise.statement}, which is {used.basis} itself")


def _proposed(said: Statement) -> Iterator[Finding]:
    """A proposal quotes a text and names its tool, by a name and an IRI."""
    if not said.passages:
        yield Finding("statements", f"{said.iri} is proposed but quotes nothing")
    if not said.source or not said.source.url or not said.source.title:
        yield Finding("statements", f"{said.iri} is proposed but names no tool")
    if said.value is not None:
        yield Finding("statements", f"{said.iri} proposes an attribute and no edge")


def check_candidates(records: Records) -> Iterator[Finding]:
    """What only tools name joins nothing that the graph asserts, and would be of a class that its edges may join."""
    schema = load_schema()
    candidates = {node.iri: str(node.attrs.get("yf:proposedClass", "")).removeprefix("yf:") for node, _ in records.entries("Candidate")}
    for iri, cls in candidates.items():
        if cls not in schema.classes:
            yield Finding("statements", f"{iri} is proposed as a {cls}, which is no class of the ontology")
    if not candidates:
        return
    classes = {node.iri: candidates.get(node.iri, node.cls) for node, _ in records.entries()}
    for edge in edges_of(records):
        ends = classes[edge.subject], classes[edge.object]
        if edge.subject not in candidates and edge.object not in candidates:
            continue
        if is_asserted(edge):
            yield Finding("statements", f"{edge.subject} {edge.relation} {edge.object} is asserted of what is only proposed")
        elif all(end in schema.classes for end in ends) and not schema.allows(ends[0], edge.relation, ends[1]):
            yield Finding("statements", f"{edge.subject} {edge.relation} {edge.object} does not go from {ends[0]} to {ends[1]}")


def check_names(records: Records) -> Iterator[Finding]:
    """The IRI of a statement and of a passage is made of what it says, as the assembler makes it."""
    for said in said_by(records):
        edge = said.subject, said.relation, said.object
        made = statement_of(edge, *said[4:10], value=said.value, base=records.base).iri
        if said.iri != made:
            yield Finding("names", f"{said.iri} is not the IRI of a statement that says this: {made} is")
    for passage in records.passages():
        made = passage_iri(passage.key, *passage.span, records.base)
        if passage.iri != made:
            yield Finding("names", f"{passage.iri} is not the IRI of a passage at this place: {made} is")


def check_rules(records: Records) -> Iterator[Finding]:
    """Every rule is known, and says what it may say."""
    named: dict[tuple[str, str], str] = {}
    for said in said_by(records):
        named.setdefault((said.rule, said.relation), said.iri)
        if any(said.rule.startswith(subject) != (said.basis == basis) for subject, basis in _OWN_RULES.items()):
            yield Finding("rules", f"{said.iri} is {said.basis}, which the rule {said.rule} is not for")
    for (name, relation), iri in named.items():
        if name.startswith(_ANY_NAME):
            continue
        try:
            states = rule(name).states
        except VocabularyError:
            yield Finding("rules", f"{iri}: no rule {name}")
            continue
        if states and relation not in states:
            yield Finding("rules", f"{iri}: the rule {name} states no {relation}")


def check_quotes(records: Records) -> Iterator[Finding]:
    """Every quote stands at its place in its text, and a stated edge's ends are named in its quotes."""
    texts = ((document.key, document.text) for document, _ in records.documents())
    key, text = next(texts, ("", ""))
    for named, passages in groupby(records.passages(), key=lambda passage: passage.key):
        while key < named:
            key, text = next(texts, ("\U0010ffff", ""))
        for passage in passages:
            yield from _placed(passage, text if key == named else "")
    yield from _named(records)


def _placed(passage: Passage, text: str) -> Iterator[Finding]:
    (start, end), exact, prefix, suffix = passage[3:7]
    if not 0 <= start < end or text[start:end] != exact or not exact:
        yield Finding("quotes", f"{passage.iri}: the text has {text[start:end][:30]!r} there, not {exact[:30]!r}")
    elif text[max(0, start - len(prefix)) : start] != prefix or text[end : end + len(suffix)] != suffix:
        yield Finding("quotes", f"{passage.iri}: the words around the quote differ")


def _named(records: Records) -> Iterator[Finding]:
    """Both ends of a stated edge and of a proposed one are named in its quotes."""
    for one in unproven(records, _QUOTING):
        yield Finding("quotes", f"{one.statement.iri}: {one.label} is not named in what it quotes")


def check_inferences(records: Records) -> Iterator[Finding]:
    """What is inferred is what the rules conclude again from the rest of the graph, no less and no more."""
    told = {_conclusion(said): said for said in said_by(records) if said.basis == "inferred"}
    try:
        builder = restored(records)
        infer(builder)
    except (GraphError, KeyError) as error:
        yield Finding("inferences", f"nothing can be concluded again: {error}")
        return
    again = {_conclusion(said) for said in builder.statements() if said.basis == "inferred"}
    for conclusion, said in told.items():
        if conclusion not in again:
            yield Finding("inferences", f"{said.iri}: {said.rule} does not conclude {said.subject} {said.relation} {said.object} from its premises")
    for subject, relation, object_, name, _ in sorted(again - told.keys(), key=lambda one: one[:4]):
        yield Finding("inferences", f"no statement for {subject} {relation} {object_}, which {name} concludes")


def _conclusion(said: Statement) -> tuple[str, str, str, str, frozenset[tuple[str, ...]]]:
    return said.subject, said.relation, said.object, said.rule, frozenset(premise[1:] for premise in said.premises)
