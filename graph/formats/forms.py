"""Statements and passages as text, by forms: of a plan's many hundreds most differ in their IRIs, quotes and places alone.

What a statement or a passage comes to is said in one place, `yangfan.formats.rdf`. A form is what a writer makes of a model that has marks
where those stand; a statement or a passage that has more to it than a model is laid out by the writer itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import itemgetter

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


class _Form:
    """A text with places for some of what is put in, which may be wanted more than once."""

    def __init__(self, text: str) -> None:
        def place(marked: re.Match[str]) -> str:
            order.append(int(marked[1]) + (_SELECTORS.index(marked[2]) + 1 if marked[2] else 0))
            return "%s"

        order: list[int] = []
        self._text = _MARKED.sub(place, text.replace("%", "%%"))
        self._pick = itemgetter(*order)

    def filled(self, *told: object) -> str:
        """Give the text with what is told in its places."""
        text: str = self._text % self._pick(told)
        return text


class Forms:
    """Writes statements and passages by forms, each made when it is first needed."""

    def __init__(self, layout: Layout, iris: Mapping[str, str], escaped: Callable[[str], str]) -> None:
        """Write as `layout` does: iris are IRIs as it writes them (one that has no prefix in angle brackets), escaped is what it makes of a text."""
        self._layout, self._iris, self._escaped = layout, iris, escaped
        self._statements: dict[tuple[str, str, str, bool, int, int], _Form] = {}
        self._passages: dict[str, _Form] = {}
        self.laid: list[Statement | Passage] = []
        """The first of each form, and all that fitted none."""

    def statement(self, said: Statement) -> str:
        """Write a statement."""
        iri, subject, relation, object_, basis, rule, passages, premises, source, note, value, wording = said
        if source or note or value is not None:
            self.laid.append(said)
            return self._layout((statement_block(said),))
        key = relation, basis, rule, bool(wording), len(passages), len(premises)
        form = self._statements.get(key)
        if form is None:
            self.laid.append(said)
            quoted = tuple([_QUOTED._replace(iri=_mark(4 + nth)) for nth in range(len(passages))])
            used = tuple([one._replace(statement=_mark(4 + len(passages) + nth)) for nth, one in enumerate(premises)])
            model = said._replace(
                iri=_mark(0), subject=_mark(1), object=_mark(2), wording=wording and _mark(3), passages=quoted, premises=used
            )
            form = self._statements[key] = _Form(self._layout((statement_block(model),)))
        iris = self._iris
        derived = [*[iris[one.iri] for one in passages], *[iris[one.statement] for one in premises]]
        return form.filled(iris[iri], iris[subject], iris[object_], wording and self._escaped(wording), *derived)

    def passage(self, passage: Passage) -> str:
        """Write a passage with its selectors."""
        iri, document, _, (start, end), exact, prefix, suffix, confidence = passage
        if confidence is not None:
            self.laid.append(passage)
            return self._layout(passage_blocks(passage))
        form = self._passages.get(document)
        if form is None:
            self.laid.append(passage)
            form = self._passages[document] = _Form(self._layout(passage_blocks(_QUOTED._replace(document=document))))
        name, escaped = self._iris[iri], self._escaped
        # The names of the selectors go on from that of the passage.
        body, end_ = (name[:-1], ">") if name[-1] == ">" else (name, "")
        quote, position = (f"{selector}{end_}" for selector in selectors(body))
        return form.filled(name, quote, position, escaped(exact), escaped(prefix), escaped(suffix), start, end)
