"""The picture of an answer as SVG: plans at the left, their tasks beside them, targets at the right; needs no script.

Cards are measured and set by the network page's own layout (`page/layout`), so that no words leave their card and none covers another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..page.layout.boxes import GAP, MARGIN, Piece, grid, one, row, stack
from ..page.layout.measure import FONT, GLYPH, LINE, OF_PLANS, PAD_X, PAD_Y, Box, card, card_lines, ems
from ..page.marks import mark_path
from ..query.about import Answer
from ..query.nodes import Nodes

MOST_DRAWN = 60
"""How many tasks, and how many targets, a picture shows."""
_NESTED = 32
"""Up to how many tasks and targets together tasks stand below the tasks that hold them."""
_TALL = 400
"""From what height on a plan's branches stand below it in columns, and no longer beside it."""
_TAG, _WIDTH, _STEP, _BAND = 16, 1090, 52, 22


class Drawn(NamedTuple):
    """A card: its node, left, top and size, its lines of text with where each begins, its mark and the words above it."""

    iri: str
    left: float
    top: float
    width: float
    height: float
    lines: list[tuple[float, float, str]]
    mark: str
    tag: str


@dataclass(slots=True)
class Picture:
    """What is drawn: its size, cards, lines between them as paths, grounds behind a plan and all that is its own, and how much it leaves out."""

    width: float
    height: float
    cards: list[Drawn] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    bands: list[tuple[float, float, float, float]] = field(default_factory=list)
    omitted: int = 0


def title_of(answer: Answer, nodes: Nodes) -> tuple[str, str]:
    """Give what the answer counts, in Chinese and in English: 3 份计划、14 项任务、6 个目标; measures are no tasks here."""
    measures = sum(nodes.class_of(task) == "Measure" for task in answer.tasks)
    counts = (
        (len(answer.plans), "{} 份计划", "plan"),
        (len(answer.tasks) - measures, "{} 项任务", "task"),
        (measures, "{} 项举措", "measure"),
        (len(answer.targets), "{} 个目标", "target"),
    )
    there = [(count, zh, en) for count, zh, en in counts if count]
    return "、".join(zh.format(count) for count, zh, _ in there), ", ".join(f"{count} {en}{'s' * (count > 1)}" for count, _, en in there)


def picture_of(answer: Answer, nodes: Nodes, *, english: bool = False) -> Picture | None:
    """Draw an answer, in English as far as there are words; None where no plan says anything of it that could be drawn."""
    if not answer.plans or not (answer.tasks or answer.targets):
        return None
    return _Drawing(answer, nodes, english).picture()


class _Drawing:
    def __init__(self, answer: Answer, nodes: Nodes, english: bool) -> None:
        self._answer = answer
        self._english = english
        self._nodes = nodes
        self._labels: dict[str, str] = {}
        # Where there is more than can be shown, what is a heading comes before what stands below it.
        tasks = sorted(answer.tasks, key=lambda iri: nodes.class_of(iri) == "Measure") if len(answer.tasks) > MOST_DRAWN else list(answer.tasks)
        self._tasks = tasks[:MOST_DRAWN]
        self._targets = list(answer.targets)[:MOST_DRAWN]
        self._omitted = len(answer.tasks) + len(answer.targets) - len(self._tasks) - len(self._targets)
        self._children = self._tree()
        self._heads = self._in_common()
        # Plans that hold their branches in a band: no lines lead to what stands inside.
        self._held: set[str] = set()

    def _tree(self) -> dict[str, list[str]]:
        """Give what stands beside each card: tasks at their plan or the task above them, targets at their task or plan."""
        shown = set(self._tasks)
        nested = len(shown) + len(self._targets) <= _NESTED
        children: dict[str, list[str]] = {}
        for task in self._tasks:
            above = self._answer.parents.get(task, "")
            children.setdefault(above if nested and above in shown else self._answer.owner.get(task, ""), []).append(task)
        for target in self._targets:
            task = self._answer.within.get(target, "")
            children.setdefault(task if task in shown else self._answer.owner.get(target, ""), []).append(target)
        return children

    def _in_common(self) -> dict[str, str]:
        """Give the words above the tasks of one place that have them in common: said once, at the first, with how many there are."""
        heads: dict[str, str] = {}
        for above in self._children:
            for tag, tasks in self._by_tag(above).items():
                if tag and len(tasks) > 1:
                    heads |= dict.fromkeys(tasks, "") | {tasks[0]: f"{tag} · {len(tasks)}"}
        return heads

    def _by_tag(self, above: str) -> dict[str, list[str]]:
        """Sort the tasks that stand at a card, with nothing of their own, by the words above them."""
        found: dict[str, list[str]] = {}
        for child in self._children.get(above, []):
            if child in self._answer.tasks and child not in self._children:
                found.setdefault(self._tag(child), []).append(child)
        return found

    def _label(self, iri: str) -> str:
        if iri not in self._labels:
            named = self._nodes.named(iri)
            self._labels[iri] = (named.en if self._english else "") or named.label
        return self._labels[iri]

    def _language(self, iri: str) -> str:
        return "en" if self._english and self._nodes.named(iri).en else "zh"

    def _tag(self, iri: str) -> str:
        """The roles of what is asked in a task or plan, and when a task is due."""
        relations = self._nodes.schema.relations
        said = self._answer.tasks.get(iri) or self._answer.plans.get(iri) or []
        # Who leads is responsible too: of two roles the one that says more.
        general = {above for name in said for above in relations[name].ancestors} | {"hasTask"}
        shown = [relations[name] for name in said if name not in general and "hasTask" not in relations[name].ancestors]
        roles = [relation.en if self._english else relation.zh for relation in shown]
        return " · ".join(filter(None, (*roles, self._answer.due.get(iri, ""))))

    def _scale(self, iri: str) -> float:
        return OF_PLANS if iri in self._answer.plans else 1

    def _card(self, iri: str) -> Box:
        return card(self._label(iri), self._language(iri), self._scale(iri))

    def _size(self, iri: str) -> Box:
        """The room that a card takes: its own and that of the words above it, unless these stand above several."""
        box, tag = self._card(iri), self._tag(iri)
        if iri in self._heads:
            return box
        return Box(max(box.width, int(ems(tag) * 11 + 6)), box.height + _TAG) if tag else box

    def _leaves(self, nodes: list[str], room: float) -> Piece:
        if len(nodes) <= 3:
            return self._headed(nodes, stack([one(node, self._size) for node in nodes], GAP, left=True))
        piece = self._headed(nodes, grid(nodes, self._size, max(room, max(self._size(node).width for node in nodes))))
        piece.regions.append(("bracket", nodes))
        return piece

    def _headed(self, nodes: list[str], piece: Piece) -> Piece:
        """Keep room for the words that a group of leaves has in common."""
        if not self._heads.get(nodes[0]):
            return piece
        headed = Piece()
        headed.put(piece, 0, _TAG)
        return headed

    def _below(self, iri: str) -> tuple[list[str], list[list[str]]]:
        """What stands at a card: those with something of their own, then leaves, tasks by their role and targets apart."""
        below = self._children.get(iri, [])
        bare = [child for child in below if child not in self._children]
        targets = [child for child in bare if child not in self._answer.tasks]
        return [child for child in below if child in self._children], [*self._by_tag(iri).values(), *([targets] if targets else [])]

    def _branch(self, iri: str, room: float) -> Piece:
        head, rest = one(iri, self._size), room - self._size(iri).width - _STEP
        branches, leaves = self._below(iri)
        parts = [self._branch(child, rest) for child in branches] + [self._leaves(listed, rest) for listed in leaves]
        return row([head, stack(parts, GAP + 4, left=True)], _STEP, middle=True) if parts else head

    def _band(self, plan: str) -> Piece:
        """A plan with all that is its own: beside it, or below it in columns where that would be tall."""
        beside = self._branch(plan, _WIDTH)
        if beside.height <= _TALL:
            return beside
        self._held.add(plan)
        branches, leaves = self._below(plan)
        room = _WIDTH - 2 * MARGIN
        grids = [self._headed(listed, grid(listed, self._size, room)) for listed in leaves]
        below = [_columns([self._branch(child, room) for child in branches], room), *grids]
        inner = stack([one(plan, self._size), *below], GAP + 7, left=True)
        framed = Piece(regions=[("band", [node for node, _, _ in inner.places])])
        framed.put(inner, MARGIN, MARGIN)
        framed.width, framed.height = _WIDTH, inner.height + 2 * MARGIN
        return framed

    def picture(self) -> Picture:
        plans = [plan for plan in self._answer.plans if plan in self._children]
        rest = [plan for plan in self._answer.plans if plan not in self._children]
        pieces = [self._band(plan) for plan in plans]
        if rest:
            pieces.append(grid(rest, self._size, _WIDTH))
        whole = stack(pieces, _BAND, left=True)
        made = Picture(whole.width + 2, whole.height + 2, omitted=self._omitted)
        made.cards = [self._drawn(*place) for place in whole.places]
        cards = {drawn.iri: drawn for drawn in made.cards}
        made.bands = [_around([cards[node] for node in nodes]) for name, nodes in whole.regions if name == "band"]
        made.lines = list(self._lines(cards, [nodes for name, nodes in whole.regions if name == "bracket"]))
        return made

    def _drawn(self, iri: str, x: float, y: float) -> Drawn:
        """Place a card in the room kept for it, whose centre is (x, y): at its left, below its words."""
        room, box, tag = self._size(iri), self._card(iri), self._heads.get(iri, self._tag(iri))
        left, top = x - room.width / 2 + 1, y + room.height / 2 - box.height + 1
        scale = self._scale(iri)
        lines = card_lines(self._label(iri), self._language(iri), scale)
        high = LINE[self._language(iri)] * scale
        begin = top + PAD_Y + high / 2 + FONT * scale * 0.36
        written = [(left + PAD_X + GLYPH, begin + number * high, line) for number, line in enumerate(lines)]
        mark = self._nodes.schema.classes[self._nodes.class_of(iri)].mark.split()[0]
        return Drawn(iri, left, top, box.width, box.height, written, mark_path(mark, left + PAD_X + 5, top + box.height / 2, 5), tag)

    def _lines(self, cards: dict[str, Drawn], groups: list[list[str]]) -> Iterator[str]:
        """Join each card to what stands beside it; a group in several columns is joined once, at its bracket."""
        grouped = {node for nodes in groups for node in nodes}
        for above, below in self._children.items():
            if above not in cards or above in self._held:
                continue
            for child in below:
                if child in cards and child not in grouped:
                    yield _curve(cards[above], cards[child].left, cards[child].top + cards[child].height / 2)
        for nodes in groups:
            held = [cards[node] for node in nodes]
            above = next((parent for parent, below in self._children.items() if nodes[0] in below), "")
            left, top, bottom = min(c.left for c in held) - 9, min(c.top for c in held), max(c.top + c.height for c in held)
            yield f"M{left + 5:.1f} {top:.1f}H{left:.1f}V{bottom:.1f}H{left + 5:.1f}"
            if above in cards and above not in self._held:
                yield _curve(cards[above], left, (top + bottom) / 2)


def _columns(pieces: list[Piece], room: float) -> Piece:
    """Set pieces in as many columns as fit, each filled before the next and of about the same height."""
    best = stack(pieces, GAP + 6, left=True)
    for count in range(2, len(pieces) + 1):
        limit = sum(piece.height + GAP + 6 for piece in pieces) / count
        columns: list[list[Piece]] = [[]]
        high = 0.0
        for piece in pieces:
            if columns[-1] and high + piece.height / 2 > limit and len(columns) < count:
                columns.append([])
                high = 0.0
            columns[-1].append(piece)
            high += piece.height + GAP + 6
        tried = row([stack(column, GAP + 6, left=True) for column in columns], 34)
        if tried.width > room:
            break
        best = tried
    return best


def _around(cards: list[Drawn]) -> tuple[float, float, float, float]:
    """Give left, top, width and height of the ground behind a plan's cards and the words above them."""
    top, bottom = min(c.top - (_TAG if c.tag else 0) for c in cards), max(c.top + c.height for c in cards)
    return 1, top - MARGIN, _WIDTH, bottom - top + 2 * MARGIN


def _curve(card_: Drawn, x: float, y: float) -> str:
    begin, height = card_.left + card_.width, card_.top + card_.height / 2
    middle = (begin + x) / 2
    return f"M{begin:.1f} {height:.1f}C{middle:.1f} {height:.1f} {middle:.1f} {y:.1f} {x:.1f} {y:.1f}"


def legend_of(drawn: Iterable[Drawn], nodes: Nodes) -> list[str]:
    """Give the classes of the cards, in the order of the ontology."""
    return sorted({nodes.class_of(one_.iri) for one_ in drawn}, key=lambda cls: nodes.schema.classes[cls].rank)
