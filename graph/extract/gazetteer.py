"""Names of the vocabulary's tables in a text: those of all tables are found in one pass, whoever asks for them.

The pass is an automaton of all names (Aho and Corasick, Efficient String Matching, 1975): a pattern of as many alternatives takes five times
as long to compile and, table by table, three times as long to find them.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from ..core.model import Span
from ..core.vocabulary import Vocabulary
from .context import Context

TERM, INSTRUMENT, PROGRAMME = "term", "Instrument", "Programme"
"""What names are looked for: technologies and industries, which a text names alike, and the classes that have a table of their own."""
_SHORTEST = 2


class _Names(NamedTuple):
    """The automaton of all names, and for each of them in its order what it names."""

    automaton: AhoCorasick
    kinds: tuple[tuple[str, ...], ...]


@cache
def classes_of_terms(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the class of each name of a technology or an industry; what both tables have is a technology."""
    classes: dict[str, str] = {}
    for cls in ("Technology", "Industry"):
        for name, label in vocabulary.names(cls):
            entry = vocabulary.entry(cls, label)
            # The classification's own divisions (农业, 批发业 …) are too common as words to be named by chance.
            if not (entry and entry.code):
                classes.setdefault(name, cls)
    return classes


@cache
def _names(vocabulary: Vocabulary) -> _Names:
    kinds: dict[str, list[str]] = {}
    for kind in (TERM, INSTRUMENT, PROGRAMME):
        for name in classes_of_terms(vocabulary) if kind == TERM else [name for name, _ in vocabulary.names(kind)]:
            if len(name) >= _SHORTEST:
                kinds.setdefault(name, []).append(kind)
    return _Names(AhoCorasick(list(kinds)), tuple(map(tuple, kinds.values())))


def gazetteer(vocabulary: Vocabulary, text: str) -> dict[str, list[Span]]:
    """Give where names of each kind stand in a text, in order: of those that overlap the first one, of those that begin alike the longest.

    >>> from yangfan.core.vocabulary import load_vocabulary
    >>> text = "设立政府引导基金支持智慧医疗"
    >>> {kind: [text[start:end] for start, end in spans] for kind, spans in gazetteer(load_vocabulary(), text).items() if spans}
    {'term': ['智慧医疗'], 'Instrument': ['引导基金']}
    """
    automaton, kinds = _names(vocabulary)
    found: dict[str, list[tuple[int, int]]] = {kind: [] for kind in (TERM, INSTRUMENT, PROGRAMME)}
    for index, start, end in automaton.find_matches_as_indexes(_encodable(text), overlapping=True):
        for kind in kinds[index]:
            found[kind].append((start, -end))
    return {kind: _leftmost_longest(places) for kind, places in found.items()}


def _encodable(text: str) -> str:
    """Give a text whose lone surrogates, which no name holds, are other characters: the automaton reads UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _leftmost_longest(places: list[tuple[int, int]]) -> list[Span]:
    """Give the stretches that are left where none overlaps one before it; each is a start and a negative end, so that the longest comes first."""
    places.sort()
    kept: list[Span] = []
    reached = 0
    for start, negative in places:
        if start >= reached:
            reached = -negative
            kept.append(Span(start, reached))
    return kept


def names_of_tables(ctx: Context) -> dict[str, list[Span]]:
    """Give where names of each kind stand in the text of a document; looked for once, as `ctx.once(names_of_tables)`."""
    return gazetteer(ctx.vocabulary, ctx.text)
