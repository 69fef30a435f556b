"""What recognisers share: the text and its outline, the vocabulary, the plan, and what has been found so far."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from ..core.model import Attributes, Claim, Described, Document, Line, Mention, Span
from ..core.rules import MATCH, NEEDS, finders, has_template, needed_by, pattern
from ..core.vocabulary import Vocabulary
from ..text.sentences import Sentences
from .outline import Item, Outline
from .words import prefixes, role_regex, suffixes

SOURCE = Mention("SourceDocument", "")
"""The document that is being read; the assembler knows which one it is."""
_TREE = frozenset(["hasTask", "hasSafeguard", "hasAction", "hasProject", "includesProject"])
_Found = TypeVar("_Found")
_NEAR = 400
"""How far above a statement a sentence may stand that names the plan for it."""


class Context:
    """One document under extraction. Recognisers read it and add claims to it; nothing is ever taken back."""

    # More attributes than Python keeps at fixed places of an object without this.
    __slots__ = (
        "_claims", "_compared", "_described", "_line_starts", "_members", "_named", "_of", "_once", "_sentences", "bodies", "containers",
        "document", "find", "first_place", "has_work", "is_body", "is_interpretation", "lists", "members", "outline", "parent_of", "pattern", "plan",
        "plan_names", "plan_span", "prefixes", "regex", "restated", "sentence", "sentences_in", "suffixes", "tasks", "text",
        "vocabulary", "warnings", "work",
    )  # fmt: skip

    def __init__(self, document: Document, outline: Outline, vocabulary: Vocabulary) -> None:
        self.document = document
        self.text = document.text
        self.outline = outline
        self.vocabulary = vocabulary
        self.plan: Mention | None = None
        self.plan_names: tuple[str, ...] = ()
        self.plan_span = Span(0, 0)
        self.is_interpretation = False
        self.has_work = True
        self.warnings: list[str] = []
        self.tasks: dict[int, Mention] = {}
        """The mention of each outline item that is a task, project, safeguard …, by the item's start."""
        self.containers: set[int] = set()
        """The starts of the items that only group others (总体要求, 重点任务, 保障措施)."""
        self.work: dict[str, bool] = {}
        """Whether a head names work, by head: asked again and again of parents and siblings."""
        self.is_body: dict[str, bool] = {}
        """Whether a name is that of a body, by name: asked again and again of the same."""
        self.members: dict[tuple[str, tuple[bool | str, ...]], tuple[str, ...]] = {}
        """The bodies that a member of a list names, by its words and what is told of the list: asked again and again of the same."""
        self.lists: dict[Span, tuple[str, ...]] = {}
        """The names of the list of bodies that stands in a stretch."""
        self.parent_of: dict[Mention, Mention] = {}
        self.first_place: dict[Mention, Span] = {}
        """Where each action was first stated."""
        self.restated: list[tuple[Mention, Span]] = []
        """Targets that a sentence says again without their year, each with that sentence."""
        self.bodies: dict[str, Claim] = {}
        """The claim that first names each body, by its label."""
        self._claims: list[Claim] = []
        self._of: dict[str, list[Claim]] = defaultdict(list)
        self._compared: set[Claim] = set()
        self._described: dict[Mention, Described] = {}
        self._members: dict[str, dict[str, Mention]] = defaultdict(dict)
        # What is asked for many thousand times a document is bound to the vocabulary once.
        self.pattern = partial(pattern, vocabulary)
        """Gives a rule's template as a compiled pattern."""
        self.find = finders(vocabulary).__getitem__
        """Gives the way in which a rule's template is put to a text (search, match or fullmatch)."""
        self.regex = partial(role_regex, vocabulary)
        """Gives the compiled pattern of all words of some roles, on request `before` or `after` two pieces of pattern."""
        self.prefixes = partial(prefixes, vocabulary)
        """Gives the words of some roles as prefixes."""
        self.suffixes = partial(suffixes, vocabulary)
        """Gives the words of some roles as suffixes."""
        self._sentences = Sentences(self.text)
        self.sentence = self._sentences.at
        """Gives the sentence around a position."""
        self.sentences_in = self._sentences.within
        """Gives the sentences of a stretch."""
        self._line_starts = [line.start for line in document.lines]
        self._named: list[int] | None = None
        self._once: dict[Callable[[Context], Any], Any] = {}

    # what was found

    def claim(self, subject: Mention, relation: str, object_: Mention, spans: tuple[Span, ...], rule: str, wording: str = "") -> None:
        """Add an edge with the passages that say it, and the words by which they do; the same one twice is one."""
        if len(spans) > 1:
            spans = _each_once(spans)
        known_claims, claim = len(self._compared), Claim(subject, relation, object_, spans, rule, wording)
        self._compared.add(claim)
        if len(self._compared) == known_claims:
            return
        self._claims.append(claim)
        self._of[relation].append(claim)
        self._members[subject.cls].setdefault(subject.label, subject)
        known = self._members[object_.cls].setdefault(object_.label, object_)
        if relation in _TREE:
            self.parent_of.setdefault(object_, subject)
        if object_.cls == "Action" and known is object_:
            self.first_place.setdefault(object_, spans[0])
        elif object_.cls == "Organization":
            self.bodies.setdefault(object_.label, claim)

    def add(self, relation: str, cls: str, claims: dict[str, Claim]) -> None:
        """Add claims of one relation about mentions of a class that nothing has claimed before, by their labels: nothing needs to be compared."""
        self._claims += claims.values()
        self._of[relation] += claims.values()
        self._members[cls].update({label: claim[2] for label, claim in claims.items()})

    def describe(self, mention: Mention, attrs: Attributes | None = None, alt: tuple[str, ...] = ()) -> None:
        """Add attributes and further names to a mention."""
        known = self._described.get(mention)
        if known:
            attrs = {**(attrs or {}), **known.attrs}
            alt = tuple(dict.fromkeys(known.alt + alt))
        self._described[mention] = Described(mention, attrs or {}, alt)

    def found(self, cls: str) -> dict[str, Mention]:
        """Give the mentions of a class so far, by label."""
        return self._members[cls]

    def claims(self) -> tuple[Claim, ...]:
        """Give all claims in the order in which they were made."""
        return tuple(self._claims)

    def claims_of(self, relation: str) -> tuple[Claim, ...]:
        """Give the claims of one relation so far, in the order in which they were made."""
        return tuple(self._of.get(relation, ()))

    def attrs_of(self, mention: Mention) -> Attributes:
        """Give the attributes of a mention so far; none for one that nothing describes."""
        known = self._described.get(mention)
        return known.attrs if known else {}

    def described(self) -> tuple[Described, ...]:
        """Give all descriptions in the order in which they were made."""
        return tuple(self._described.values())

    # where things stand

    def sentences(self) -> Sentences:
        """Give all sentences of the text, in order."""
        return self._sentences

    def once(self, find: Callable[[Context], _Found]) -> _Found:
        """Give what a function finds in the text, its outline or claims that no step adds to any more; it looks once, whoever else asks."""
        if find not in self._once:
            self._once[find] = find(self)
        found: _Found = self._once[find]
        return found

    def lines_in(self, start: int, end: int) -> list[Line]:
        """Give the lines that have a part in a stretch."""
        lines = self.document.lines
        first = max(bisect_right(self._line_starts, start) - 1, 0)
        last = bisect_left(self._line_starts, end)
        return [line for line in lines[first:last] if line.end > start]

    def head_span(self, item: Item) -> Span:
        """Give an item's head with its enumerator: the heading as a reader sees it."""
        return item.heading

    def asks(self, item: Item) -> bool:
        """Tell whether an item's head is a question."""
        return item.kind == "question" or self.text[item.head.end : item.head.end + 1] in ("？", "?")

    def plan_near(self, position: int) -> Span:
        """Give the passage that names the plan for a statement at this position.

        The heading above or a sentence between it and the statement, when it names the plan; else the plan's title. In a
        plan's own text, which rarely names itself, the title at its top is the heading above everything.
        """
        places = self._places_of_plan()
        item = self.outline.at(position)
        low = max(0, position - _NEAR)
        while item is not None:
            at = bisect_left(places, item.start)
            if at < len(places) and places[at] < item.head.end and self.names_plan(self.head_span(item)):
                return Span(item.start, item.head.end)
            low = item.start
            item = self.outline.items[item.parent] if item.parent >= 0 else None
        at = bisect_left(places, position) - 1
        if at >= 0 and places[at] >= low:
            sentence = self.sentence(places[at])
            if self.names_plan(sentence):
                return sentence
        return self.plan_span

    def _places_of_plan(self) -> list[int]:
        """Give the places where the text names the plan, found once."""
        if self._named is None:
            found: set[int] = set()
            for name in self.plan_names:
                at = self.text.find(name)
                while at >= 0:
                    found.add(at)
                    at = self.text.find(name, at + len(name))
            self._named = sorted(found)
        return self._named

    def names_plan(self, span: Span) -> bool:
        """Tell whether a passage names the plan."""
        return any(self.text.find(name, span.start, span.end) >= 0 for name in self.plan_names)

    def named_in(self) -> list[Span]:
        """Give the sentences that name the plan, each once, in order."""
        return [span for span in dict.fromkeys(map(self.sentence, self._places_of_plan())) if self.names_plan(span)]

    def with_plan(self, span: Span) -> tuple[Span, ...]:
        """Give a passage, and the one that names the plan when it does not do so itself."""
        return (span,) if self.names_plan(span) else (span, self.plan_near(span.start))

    # trigger words

    def everywhere(self, rule: str, key: str = MATCH) -> Iterator[re.Match[str]]:
        """Give all places of the text where a rule's template stands, in order.

        A text without the words that the template needs is not searched, and of a text only the lines with what the rule says that each
        match `needs`.
        """
        words = needed_by(self.vocabulary, rule, key)
        if words and not _holds(self.text, words, 0, len(self.text)):
            return iter(())
        if key == MATCH and has_template(rule, NEEDS):
            return self._in_lines(rule)
        return self.pattern(rule, key).finditer(self.text)

    def within(self, span: Span, rule: str, key: str = MATCH) -> Iterator[re.Match[str]]:
        """Give all places of a stretch where a rule's template stands; one without the words that the template needs is not searched."""
        text, (start, end) = self.text, span
        words = needed_by(self.vocabulary, rule, key)
        if words and not _holds(text, words, start, end):
            return iter(())
        return self.pattern(rule, key).finditer(text, start, end)

    def _in_lines(self, rule: str) -> Iterator[re.Match[str]]:
        """Give all places where a rule's template stands in a line that holds what the rule needs."""
        text, end = self.text, 0
        for needed in self.pattern(rule, NEEDS).finditer(text):
            if needed.start() >= end:
                start, end = text.rfind("\n", 0, needed.start()) + 1, text.find("\n", needed.end())
                end = len(text) if end < 0 else end
                yield from self.pattern(rule).finditer(text, start, end)


def _holds(text: str, words: tuple[str, ...], start: int, end: int) -> bool:
    for word in words:  # noqa: SIM110 - no generator: this is asked of every rule and text
        if text.find(word, start, end) >= 0:
            return True
    return False


def _each_once(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Leave out spans that are empty or were given before; most claims have two, a sentence and a heading, and nothing to leave out."""
    if len(spans) == 2:
        (start, end), (low, high) = spans
        if start < end and low < high and (start != low or end != high):
            return spans
    return tuple(dict.fromkeys([span for span in spans if span[1] > span[0]]))
