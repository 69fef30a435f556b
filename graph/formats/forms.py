"""Statements and passages as text, by forms: of a plan's many hundreds most differ in their IRIs, quotes and places alone.

What a statement or a passage comes to is said in one place, `yangfan.formats.rdf`. A form is what a writer makes of a model that has marks
where those stand; a statement or a passage that has more to it than a model is laid out by the writer itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import AnyStr, Generic

from ..core.model import Passage, Premise, Span, Statement
from .rdf import Block, passage_blocks, selectors, statement_block

Kind = tuple[str, str, str, bool, int, int]
"""What statements of one form have in common: relation, basis and rule, whether they have words of a role, how many passages and premises."""
PASSAGE: Kind = ("", "", "", False, 0, 0)
"""Stands for a kind in asking for the form of passages."""
_SELECTORS = selectors("")
_MARKED = re.compile(f"<?\ue000(\\d+)\ue001({'|'.join(_SELECTORS)})?>?")


def _mark(nth: int) -> str:
    """Stand in a model for the nth of what is put in: between characters for private use, which every writer leaves as they are."""
    return f"\ue000{nth}\ue001"


GRAPH = _mark(0)
"""Stands for the named graph."""
_NAME = _mark(1)
# A passage, its selectors, then what they hold, and its document.
_QUOTED = Passage(_NAME, _mark(9), "", Span(_mark(7), _mark(8)), _mark(4), _mark(5), _mark(6))  # type: ignore[arg-type]
_FIRST = 5
"""From where on a statement's passages and premises come."""


def model(kind: Kind) -> tuple[Block, ...]:
    """Describe a statement of a kind, or a passage, with marks for what is put in."""
    if kind == PASSAGE:
        return passage_blocks(_QUOTED)
    relation, basis, rule, worded, passages, premises = kind
    marks = [_mark(nth) for nth in range(_FIRST, _FIRST + passages + premises)]
    quoted = tuple([_QUOTED._replace(iri=mark) for mark in marks[:passages]])
    said = Statement(_NAME, _mark(2), relation, _mark(3), basis, rule, quoted, tuple(map(Premise, marks[passages:])))  # type: ignore[arg-type]
    return (statement_block(said._replace(wording=_mark(4) if worded else "")),)


class Form(Generic[AnyStr]):
    """A text with places for some of what is put in, which may be wanted more than once."""

    def __init__(self, text: str, kept: Callable[[str], AnyStr]) -> None:
        """Take the text of a model, as text or as the bytes that kept makes of it."""

        def place(marked: re.Match[str]) -> str:
            order.append(int(marked[1]) + (_SELECTORS.index(marked[2]) + 1 if marked[2] else 0))
            return "%s"

        order: list[int] = []
        self._text: AnyStr = kept(_MARKED.sub(place, text.replace("%", "%%")))
        self._pick = itemgetter(*order)

    def filled(self, told: Sequence[AnyStr]) -> AnyStr:
        """Give the text with what is told in its places."""
        text: AnyStr = self._text % self._pick(told)
        return text


class Writing(Generic[AnyStr]):
    """How a writer writes: in text or in bytes (`kept` makes them of a text), IRIs, what it quotes, forms, and what fits none."""

    def __init__(
        self,
        kept: Callable[[str], AnyStr],
        iris: Mapping[str, AnyStr],
        escaped: Callable[[str], str],
        form: Callable[[Kind], Form[AnyStr]],
        layout: Callable[[tuple[Block, ...]], str],
        graph: str = "",
    ) -> None:
        """Take these; an IRI that has no prefix is written in angle brackets, and graph is the named graph as it is written."""
        self.iris: Mapping[str, AnyStr] = iris
        self.form: Callable[[Kind], Form[AnyStr]] = form
        self.kept: Callable[[str], AnyStr] = kept
        self.escaped, self.layout = escaped, layout
        self.graph: AnyStr = kept(graph)


class Forms(Generic[AnyStr]):
    """Writes the statements and passages of one plan by forms."""

    def __init__(self, writing: Writing[AnyStr]) -> None:
        self._writing: Writing[AnyStr] = writing
        self._known: dict[Kind, Form[AnyStr]] = {}
        self._close: AnyStr = writing.kept(">")
        self._selectors: list[AnyStr] = [writing.kept(selector) for selector in _SELECTORS]
        self.laid: list[Statement | Passage] = []
        """The first of each form, and all that fitted none."""

    def statement(self, said: Statement) -> AnyStr:
        """Write a statement."""
        iri, subject, relation, object_, basis, rule, passages, premises, source, note, value, wording = said
        if source or note or value is not None:
            self.laid.append(said)
            return self._writing.kept(self._writing.layout((statement_block(said),)))
        kind = relation, basis, rule, bool(wording), len(passages), len(premises)
        form = self._known.get(kind)
        if form is None:
            form = self._begun(kind, said)
        iris = self._writing.iris
        told = [self._writing.graph, iris[iri], iris[subject], iris[object_], self._text(wording)]
        told += [iris[passage.iri] for passage in passages]
        if premises:
            told += [iris[premise.statement] for premise in premises]
        return form.filled(told)

    def passage(self, passage: Passage) -> AnyStr:
        """Write a passage with its selectors."""
        if passage.confidence is not None:
            self.laid.append(passage)
            return self._writing.kept(self._writing.layout(passage_blocks(passage)))
        form = self._known.get(PASSAGE)
        if form is None:
            form = self._begun(PASSAGE, passage)
        name, text, kept = self._writing.iris[passage.iri], self._text, self._writing.kept
        # The names of the selectors go on from that of the passage.
        if name.endswith(self._close):
            quote, position = (name[:-1] + selector + self._close for selector in self._selectors)
        else:
            quote, position = (name + selector for selector in self._selectors)
        start, end = passage.span
        return form.filled(
            (
                self._writing.graph,
                name,
                quote,
                position,
                text(passage.exact),
                text(passage.prefix),
                text(passage.suffix),
                kept(str(start)),
                kept(str(end)),
                self._writing.iris[passage.document],
            )
        )

    def _begun(self, kind: Kind, first: Statement | Passage) -> Form[AnyStr]:
        self.laid.append(first)
        form = self._known[kind] = self._writing.form(kind)
        return form

    def _text(self, text: str) -> AnyStr:
        return self._writing.kept(self._writing.escaped(text)) if text else self._writing.kept(text)
