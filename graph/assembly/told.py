"""What each document alone tells of its nodes: its named graph holds that and no more.

Most builds have one document, and many readers of a graph never ask, so a reading is gone through again only when they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..core.model import Mention, Node, Reading
from ..core.vocabulary import Vocabulary
from .known import Names, known_of, known_of_document

LATE = "\U0010ffff"
"""Sorts after every document's key: what people and rules add gives way to what texts say."""
Place = tuple[str, int, int]
"""Where a node is first named: the document's key, the offset, and which claim of that place it was (lists keep their order)."""


class Telling(NamedTuple):
    """What one document tells of a node: where it first names it, its attributes and names."""

    place: Place
    attrs: dict[str, Any]
    names: Names


class Told(Mapping[str, dict[str, Node]]):
    """The nodes as each document tells them, by the document's IRI, made when they are first asked for."""

    def __init__(self, documents: Iterable[str], tell: Callable[[str], dict[str, Node]]) -> None:
        self._documents = tuple(documents)
        self._tell = tell
        self._made: dict[str, dict[str, Node]] = {}

    def __getitem__(self, document: str) -> dict[str, Node]:
        if document not in self._made:
            if document not in self._documents:
                raise KeyError(document)
            self._made[document] = self._tell(document)
        return self._made[document]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def views(node: Node, told: Mapping[str, Mapping[str, Node]], keys: Mapping[str, str]) -> Iterator[tuple[str, Node]]:
    """Give what is known of a node that several plans share: it as each document tells it, under the document's key and in the order of these,
    then under `LATE` the node itself, where it is more than they tell; keys are those of the documents by IRI.
    """
    found = sorted((keys[document], nodes[node.iri]) for document, nodes in told.items() if node.iri in nodes)
    yield from found
    if not found or any((view.alt, view.attrs) != (node.alt, node.attrs) for _, view in found) or node.curated:
        yield LATE, node


def tellings(
    reading: Reading, source: str, vocabulary: Vocabulary, iri_of: Callable[[Mention, str], str], base: str
) -> dict[str, Telling]:
    """Give what a reading tells of each node, by IRI; source is its document's IRI, and iri_of makes that of a mention of a plan (its IRI)."""
    key = reading.document.key
    told = {source: Telling((key, 0, 0), known_of_document(vocabulary, reading.document)[2], set())}
    plan = iri_of(reading.plan, "") if reading.plan else ""
    resolved: dict[Mention, str] = {}

    def tell(mention: Mention, place: Place) -> None:
        iri = resolved.get(mention)
        if iri is None and mention.cls == "SourceDocument":
            iri = resolved[mention] = source
        elif iri is None:
            iri = resolved[mention] = iri_of(mention, plan)
            label = vocabulary.canonical(mention.cls, mention.label)
            if iri not in told:
                told[iri] = Telling(place, *known_of(vocabulary, mention, label, base)[1:])
            told[iri].names.update((("zh", mention.label), ("zh", label)))
        if place < told[iri].place:
            told[iri] = told[iri]._replace(place=place)

    if reading.plan:
        tell(reading.plan, (key, 0, 0))
    for rank, (subject, _, object_, spans, _, _) in enumerate(reading.claims):
        place = (key, spans[0].start, rank)
        tell(subject, place)
        tell(object_, place)
    for described in reading.described:
        mention = described.mention
        iri = resolved.get(mention) or (source if mention.cls == "SourceDocument" else iri_of(mention, plan))
        if iri in told:
            _, attrs, names = told[iri]
            for curie, value in described.attrs.items():
                attrs.setdefault(curie, value)
            names.update(("zh", name) for name in described.alt)
    return told
