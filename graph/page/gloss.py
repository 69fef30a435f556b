"""What can be told in English of a title that has none: the kind of document and the names in it that the vocabulary knows.

It is no translation: it says what stands in the title, the plan's years, and at most its industries; a title of which nothing is known gets none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ..core.kinds import document_kinds, kind_of
from ..core.labels import paired
from ..core.vocabulary import load_vocabulary

if TYPE_CHECKING:
    import networkx as nx

DOCUMENTS = frozenset({"Plan", "SourceDocument", "CitedDocument"})
"""The classes whose labels are titles."""

_TOPICS = ("Place", "Industry", "Technology", "Programme")
_LEAST, _MOST_FIELDS = 2, 3


@cache
def _known(classes: tuple[str, ...]) -> tuple[dict[str, str], int]:
    """Give the English label of every name of these classes that has one in the vocabulary, and the length of the longest name."""
    vocabulary = load_vocabulary()
    found: dict[str, str] = {}
    for cls in classes:
        for name, label in vocabulary.names(cls):
            english, _ = vocabulary.english_label(cls, label)
            if english and len(name) >= _LEAST:
                found.setdefault(name, english)
    if classes == _TOPICS:
        # What plans are about by words of their titles, of which no node is made.
        for name, english in paired("topics.tsv").items():
            found.setdefault(name, english)
    return found, max(map(len, found), default=0)


def named_in(title: str, classes: tuple[str, ...] = _TOPICS) -> list[str]:
    """Give the English names of what a title names, in its order, each once; of names that begin alike the longest.

    >>> named_in("上海市人工智能行动计划")
    ['Shanghai', 'Artificial intelligence']
    """
    known, longest = _known(classes)
    found: dict[str, None] = {}
    start = 0
    while start < len(title):
        ends = range(min(len(title), start + longest), start + _LEAST - 1, -1)
        end = next((end for end in ends if title[start:end] in known), 0)
        if end:
            found[known[title[start:end]]] = None
        start = end or start + 1
    return list(found)


def years_of(attrs: Mapping[str, Any]) -> str:
    """Give the years of a plan from its first to its last.

    >>> years_of({"yf:startYear": "2021", "yf:endYear": "2025"}), years_of({})
    ('2021–2025', '')
    """
    return "–".join(dict.fromkeys(str(attrs[key]) for key in ("yf:startYear", "yf:endYear") if key in attrs))


def gloss(title: str, attrs: Mapping[str, Any], industries: Sequence[str] = ()) -> str:
    """Say in English what a title tells: kind, names, years; "" where nothing of it is known.

    A title that names no topic is told by the English names of the plan's own `industries`, said to be these, or else by who it names.

    >>> gloss("上海市人工智能行动计划", {"yf:startYear": "2021", "yf:endYear": "2023"})
    'Action plan: Shanghai, Artificial intelligence (2021–2023)'
    >>> gloss("某省实施方案", {}, ["Rural tourism"]), gloss("某事之情况", {})
    ('Implementation scheme; industries: Rural tourism', '')
    """
    kind = document_kinds().get(kind_of(title))
    bare = title.removesuffix(kind.zh) if kind else title
    # Of who issues a document only the place says what it is about.
    issuer, about, matter = bare.partition(load_vocabulary().role("title.about")[0])
    names = list(dict.fromkeys([*named_in(issuer, ("Place",)), *named_in(matter)])) if about else named_in(bare)
    told = kind.en if kind else ""
    if not names and industries:
        told = "; ".join(part for part in (told, f"industries: {', '.join(industries[:_MOST_FIELDS])}") if part)
    else:
        told = ": ".join(part for part in (told, ", ".join(names or named_in(bare, ("Organization",)))) if part)
    years = years_of(attrs)
    return f"{told}{f' ({years})' if years else ''}" if told else ""


def gloss_of(graph: nx.MultiDiGraph[str], node: str) -> str:
    """Give the gloss of a document's title; "" of one that has an English name."""
    data = graph.nodes[node]
    if data["en"] or data["cls"] not in DOCUMENTS:
        return ""
    named = (graph.nodes[o]["en"] for _, o, relation in graph.out_edges(node, keys=True) if relation == "hasIndustry")
    return gloss(data["zh"], data["attrs"], [english for english in named if english])
