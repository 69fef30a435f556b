"""Statements and passages as text, by forms: of a plan's many hundreds most differ in their IRIs, quotes and places alone.

What a statement or a passage comes to is said in one place, `yangfan.formats.rdf`. A form is what a writer makes of a model that has marks
where those stand; a statement or a passage that has more to it than a model is laid out by the writer itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import AnyStr, Generic

from ..core.model import Passage, Span, Statement
from .rdf import Block, passage_blocks, selectors, statement_block

Layout = Callable[[tuple[Block, ...]], str]
_SELECTORS = selectors("")
_MARKED = re.compile(f"<?\ue000(\\d+)\ue001({'|'.join(_SELECTORS)})?>?")


def _mark(nth: int) -> str:
    """Stand in a model for the nth of what is put in: between characters for private use, which every writer leaves as they are."""
    return f"\ue000{nth}\ue001"


# A passage, its selectors, then what they hold.
_QUOTED = Passage(_mark(0), "", "", Span(_mark(6), _mark(7)), _mark(3), _mark(4), _mark(5))  # type: ignore[arg-type]


class _Form(Generic[AnyStr]):
    """A text with places for some of what is put in, which may be wanted more than once."""

    def __init__(self, text: str, kept: Callable[[str], AnyStr]) -> None:
        def place(marked: re.Match[str]) -> str:
            order.append(int(marked[1]) + (_SELECTORS.index(marked[2]) + 1 if marked[2] else 0))
            return "%s"

        order: list[int] = []
        self._text: AnyStr = kept(_MARKED.sub(place, text.replace("%", "%%")))
        self._pick = itemgetter(*order)

    def filled(self, *told: AnyStr) -> AnyStr:
        """Give the text with what is told in its places."""
        text: AnyStr = self._text % self._pick(told)
        return text


class Forms(Generic[AnyStr]):
    """Writes statements and passages of one plan by forms, each made when it is first needed."""

    def __init__(self, layout: Layout, iris: Mapping[str, AnyStr], escaped: Callable[[str], str], kept: Callable[[str], AnyStr]) -> None:
        """Write as `layout` does, in texts or in bytes, which kept makes of a text.

        iris are IRIs as it writes them (one that has no prefix in angle brackets), escaped is what it makes of what it quotes.
        """
        self._layout, self._escaped = layout, escaped
        self._iris: Mapping[str, AnyStr] = iris
        self._kept: Callable[[str], AnyStr] = kept
        self._statements: dict[tuple[str, str, str, bool, int, int], _Form[AnyStr]] = {}
        self._passages: dict[str, _Form[AnyStr]] = {}
        self._close: AnyStr = kept(">")
        self._selectors: list[AnyStr] = [kept(selector) for selector in _SELECTORS]
        self.laid: list[Statement | Passage] = []
        """The first of each form, and all that fitted none."""

    def statement(self, said: Statement) -> AnyStr:
        """Write a statement."""
        passages, premises, wording = said.passages, said.premises, said.wording
        if said.source or said.note or said.value is not None:
            self.laid.append(said)
            return self._kept(self._layout((statement_block(said),)))
        key = said.relation, said.basis, said.rule, bool(wording), len(passages), len(premises)
        form = self._statements.get(key)
        if form is None:
            self.laid.append(said)
            quoted = tuple([_QUOTED._replace(iri=_mark(4 + nth)) for nth in range(len(passages))])
            used = tuple([one._replace(statement=_mark(4 + len(passages) + nth)) for nth, one in enumerate(premises)])
            model = said._replace(
                iri=_mark(0), subject=_mark(1), object=_mark(2), wording=wording and _mark(3), passages=quoted, premises=used
            )
            form = self._statements[key] = _Form(self._layout((statement_block(model),)), self._kept)
        iris = self._iris
        told = [iris[said.iri], iris[said.subject], iris[said.object], self._text(wording)]
        told.extend(map(iris.__getitem__, [passage.iri for passage in said.passages]))
        told.extend(map(iris.__getitem__, [premise.statement for premise in said.premises]))
        return form.filled(*told)

    def passage(self, passage: Passage) -> AnyStr:
        """Write a passage with its selectors."""
        iri, document, _, (start, end), exact, prefix, suffix, confidence = passage
        if confidence is not None:
            self.laid.append(passage)
            return self._kept(self._layout(passage_blocks(passage)))
        form = self._passages.get(document)
        if form is None:
            self.laid.append(passage)
            form = self._passages[document] = _Form(self._layout(passage_blocks(_QUOTED._replace(document=document))), self._kept)
        name, text, kept = self._iris[iri], self._text, self._kept
        # The names of the selectors go on from that of the passage.
        if name.endswith(self._close):
            quote, position = (name[:-1] + selector + self._close for selector in self._selectors)
        else:
            quote, position = (name + selector for selector in self._selectors)
        return form.filled(name, quote, position, text(exact), text(prefix), text(suffix), kept(str(start)), kept(str(end)))

    def _text(self, text: str) -> AnyStr:
        return self._kept(self._escaped(text))
