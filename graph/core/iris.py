"""IRIs of nodes, documents, passages and statements: readable, and the same for the same input everywhere.

An IRI hangs on the node alone (its class, label and, for what belongs to one plan, the plan), so that reading another
document never renames a node. Labels stay readable: letters and digits of any script stand as they are (RFC 3987).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache

from .model import Mention
from .namespaces import BASE, YF
from .rules import fixed_pattern

# What may stand unchanged in the last segment: letters, digits, and a few marks that are safe in IRIs and in Turtle.
_LOST = re.compile(r"[^\w+.-]+|\.$")
_WHOLE = re.compile(r"(?!-)[\w+.-]*[\w+]")
_SEGMENTS = {"SourceDocument": "document", "CitedDocument": "work", "IndicatorCategory": "category"}
_LONGEST = 60
_APART, _UNIQUE = 16, 32
"""Digits of the hashes that keep labels apart (64 bits) and that name documents and statements (128 bits)."""


def digest(text: str, length: int = 16) -> str:
    """Give the first hexadecimal digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:length]


def stream_digest(texts: Iterable[str], separator: str, length: int = 16) -> str:
    """Give the digest of texts joined by a separator, of which no more than one is in memory.

    >>> stream_digest(["a", "b"], "-") == digest("a-b")
    True
    """
    found, joint = hashlib.sha256(), b""
    for text in texts:
        found.update(joint + text.encode("utf-8"))
        joint = separator.encode("utf-8")
    return found.hexdigest()[:length]


def slug(label: str) -> str:
    """Make an IRI segment of a label; where that loses something, a short hash keeps different labels apart.

    >>> slug("智慧医疗")
    '智慧医疗'
    >>> slug("工信部联通信〔2021〕77号")
    '工信部联通信-2021-77'
    >>> slug("打好“团体赛”")
    '打好-团体赛-271c4e7a054ac3ed'
    """
    if len(label) <= _LONGEST and _WHOLE.fullmatch(label):
        return label
    number = fixed_pattern("documents.number").match(label)
    if number:
        label = "-".join(number.groups())
    kept = _LOST.sub("-", label).strip("-")
    if kept == label and len(label) <= _LONGEST:
        return kept
    return f"{kept[:_LONGEST].strip('-.')}-{digest(label, _APART)}".lstrip("-")


@cache
def segment(cls: str) -> str:
    """Give the path segment of a class.

    >>> segment("IndicatorCategory"), segment("Action")
    ('category', 'action')
    """
    return _SEGMENTS.get(cls) or re.sub(r"(?<!^)(?=[A-Z])", "-", cls).lower()


def node_iri(cls: str, label: str, qualifier: str = "", plan: str = "", base: str = BASE) -> str:
    """Give a node's IRI; `plan` is the plan's IRI for what belongs to one plan, else empty."""
    name = slug(label) if not qualifier else f"{slug(label)}-{slug(qualifier)}"
    return f"{plan}/{segment(cls)}/{name}" if plan else f"{base}{segment(cls)}/{name}"


def plan_iri(mention: Mention, label: str, base: str = BASE) -> str:
    """Give a plan's IRI: its document number where it has one, else its label; and the place that keeps it, where others may have the same.

    Its title may be given with or without the years. label is the mention's own or the one that it is an alias of.
    """
    return node_iri("Plan", mention.number or label, mention.keeper, base=base)


def rule_iri(name: str) -> str:
    """Give the IRI of a rule, in the ontology's namespace.

    >>> rule_iri("industries.opened")
    'https://w3id.org/yangfan/ontology#rule-industries.opened'
    """
    return f"{YF}rule-{slug(name)}"


def document_iri(key: str, base: str = BASE) -> str:
    """Give the IRI of a source document."""
    return f"{base}document/{key}"


def document_key(title: str, text: str) -> str:
    """Name a document by its title and its text's hash: two copies that differ keep apart, equal ones are one."""
    return f"{_LOST.sub('-', title).strip('-.')[:24].strip('-.')}-{digest(text, _UNIQUE)}".lstrip("-")


def passage_iri(key: str, start: int, end: int, base: str = BASE) -> str:
    """Give the IRI of a passage: the code points from `start` to `end` of a document's text."""
    return f"{base}passage/{key}/{start}-{end}"


def statement_iri(subject: str, relation: str, object_: str, origin: str, base: str = BASE) -> str:
    """Give the IRI of one statement about an edge; `origin` tells its statements apart (rule, document, place, source)."""
    return f"{base}statement/{digest(chr(31).join((subject, relation, object_, origin)), _UNIQUE)}"
