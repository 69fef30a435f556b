"""Why an answer may be empty: terms of a query that are written yf:… and that the ontology does not have."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox

from ..core.namespaces import ONTOLOGY, YF
from .run import Result
from .syntax import tokens, unescape

_DECLARED = re.compile(r"^yf:(\w+)\s", re.MULTILINE)


@cache
def ontology_terms() -> frozenset[str]:
    """Give the local names of all that the ontology declares: classes, relations, attributes and fixed values.

    Each begins a line of the file; a test holds this against what a parser finds. Every query asks, and parsing takes ten times as long.
    """
    return frozenset(_DECLARED.findall((ONTOLOGY / "yangfan.ttl").read_text(encoding="utf-8")))


def unknown_terms(text: str) -> list[str]:
    """Give the local names that a query takes from the ontology's namespace and that the ontology does not have.

    >>> unknown_terms("SELECT * { ?i a yf:Indutry ; yf:inDomain ?d ; rdfs:label 'yf:No' }")
    ['Indutry']
    """
    listed = list(tokens(unescape(text)))
    prefixes = {"yf"}
    for keyword, name, iri in zip(listed, listed[1:], listed[2:], strict=False):
        if keyword.kind == "word" and keyword.text.upper() == "PREFIX":
            (prefixes.add if iri.text == f"<{YF}>" else prefixes.discard)(name.text.removesuffix(":"))
    used: list[str] = []
    for token in listed:
        prefix, _, local = token.text.partition(":")
        if token.kind == "name" and prefix in prefixes and local:
            used.append(local.replace("\\", ""))
        elif token.kind == "iri" and token.text.startswith(f"<{YF}") and token.text != f"<{YF}>":
            used.append(token.text[1:-1].removeprefix(YF))
    return [name for name in dict.fromkeys(used) if name not in ontology_terms()]


def is_empty(result: Result) -> bool:
    """Tell whether an answer says nothing: no row, no triple, false, or one row of zeros and unbound cells alone.

    Takes rows or triples from the result: ask the query anew to print it.
    """
    if isinstance(result, ox.QueryBoolean):
        return not bool(result)
    if isinstance(result, ox.QueryTriples):
        return next(iter(result), None) is None
    first, second = next(result, None), next(result, None)
    if first is None or second is not None:
        return first is None
    cells = [first[column] for column in result.variables]
    return all(cell is None or (isinstance(cell, ox.Literal) and cell.value == "0") for cell in cells)


def hints(text: str) -> list[str]:
    """Give a line for each unknown term of a query, with the terms of the ontology that look like it.

    >>> hints("ASK { ?i a yf:Indutry }")
    ['the ontology has no yf:Indutry; did you mean yf:Industry or yf:Indicator?']
    """
    from difflib import get_close_matches

    lines = []
    for name in unknown_terms(text):
        # Classes begin with a capital and relations do not: who writes a class means one, but for a mere slip of case.
        same = {known.casefold(): known for known in sorted(ontology_terms()) if known[0].isupper() == name[0].isupper()}
        slip = [known for known in sorted(ontology_terms()) if known.casefold() == name.casefold()]
        near = slip or [same[found] for found in get_close_matches(name.casefold(), list(same), 2, 0.6)]
        meant = " or ".join(f"yf:{found}" for found in near)
        lines.append(f"the ontology has no yf:{name}" + (f"; did you mean {meant}?" if near else ""))
    return lines
