"""Kinds of documents by the last words of their titles, and the IRIs of the concepts that the project publishes of its tables."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .errors import VocabularyError
from .labels import attribute_words, words_of
from .namespaces import ONTOLOGY

_BRACKET = re.compile(r"(?:（[^（）]*）|\([^()]*\)|[》」”\s])+$")


class Kind(NamedTuple):
    """A kind of documents: its names, and the kind above it (empty for the uppermost)."""

    zh: str
    en: str
    broader: str


@cache
def document_kinds() -> dict[str, Kind]:
    """Give the kinds by their Chinese names, in the order of the table.

    Raises `VocabularyError` when the table cannot be read, or a kind stands below one that is not there.
    """
    name = "document_kinds.tsv"
    try:
        lines = (ONTOLOGY / "vocabulary" / name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"cannot read the vocabulary: {error}", file=name) from error
    found: dict[str, Kind] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line and not line.startswith("#"):
            zh, en, broader = [*line.split("\t"), "", ""][:3]
            if broader and broader not in found:
                raise VocabularyError(f"no kind of documents: {broader!r}", file=name, line=number)
            found[zh] = Kind(zh, en, broader)
    return found


def kind_of(title: str) -> str:
    """Give the kind of a document by its title, the longest name that it ends with; empty where none fits.

    >>> kind_of("5G应用“扬帆”行动计划（2021-2023年）"), kind_of("某市情况")
    ('行动计划', '')
    """
    bare = _BRACKET.sub("", title)
    return next((bare[start:] for start in range(len(bare)) if bare[start:] in document_kinds()), "")


def scheme(name: str) -> str:
    """Give the CURIE of a concept scheme: gbt4754, industries, technologies, documents."""
    return f"yfc:{name}"


def kind_concept(kind: str) -> str:
    """Give the CURIE of a kind of documents."""
    return f"yfc:document-{kind}"


_SCHEMES = ("gbt4754", "industries", "technologies", "documents")


def value_words(value: str) -> tuple[str, str]:
    """Give an attribute's value in words, Chinese and English: terms of the ontology, kinds of documents and schemes by their labels.

    All else is given as it is.

    >>> value_words(kind_concept("行动计划")), value_words("yfc:industries"), value_words("2025-01-01")
    (('行动计划', 'Action plan'), ('政策行业', 'Industries that policy names'), ('2025-01-01', '2025-01-01'))
    """
    if value.startswith("yf:"):
        return attribute_words(value)[:2]
    if (name := value.removeprefix(scheme(""))) in _SCHEMES:
        return words_of(f"concepts.{name}")
    kind = document_kinds().get(value.removeprefix(kind_concept("")))
    return (kind.zh, kind.en) if kind and value == kind_concept(kind.zh) else (value, value)
