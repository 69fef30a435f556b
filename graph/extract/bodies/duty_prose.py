"""Duties that a sentence of a task's text states: 甲部要会同乙部开展年度评估, 由甲局牵头，乙局配合, 甲局负责监测，乙局负责通报.

A sentence is read clause by clause. A clause says who acts (nothing but named bodies, and those of every place), with which verb of duty,
and what is done, or nothing more: then it stands for what the clauses beside it say. Who helps or guides does so beside one that acts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import dropwhile
from typing import NamedTuple

from ...core.model import Mention, Span
from ...core.vocabulary import Vocabulary
from ...text.sentences import clauses_in
from ..context import Context
from ..locations.layout import short_own
from ..locations.names import place_end
from ..outline import Item
from ..words import known_names
from .duty_owners import named_above
from .duty_rules import Duty, claim_duty, relation_of
from .names import is_body, last_characters, levels, may_name, names_in
from .places import place_of

_FARTHEST_GIFT = 60
_LONGEST_LIST = 60
_SHORTEST_REST = 2
_SHORTEST_VERB = 2
_SHORTEST_NAME = 3
_NEAR = 5
"""Within how many characters 各 stands in the name of the bodies of every place."""
_OPENS = "（(〔【［[〖"
"""Brackets, whose duties are read as those of a line."""
_COMMA = "，"
_BESIDE = ("supportedBy", "guidedBy")


class _Said(NamedTuple):
    """What a clause says: bodies and their relation, whether it says no more, and where it says their role in words."""

    relation: str
    names: tuple[str, ...]
    is_bare: bool
    wording: Span | None = None
    is_plain: bool = True
    """Whether the clause is enough; where it says of what a body is in charge in a noun alone, another one has to say so too."""


class Prose:
    """Reads the sentences of a document's tasks for duties; the words that may state one are looked for once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        # An answer tells of what somebody did as well: there 由 alone says who is to do something.
        told = [match.start() for match in ctx.regex("role.put" if ctx.is_interpretation else "role.said").finditer(ctx.text)]
        acts = () if ctx.is_interpretation else ctx.everywhere("responsibility.subject")
        self._places = sorted({*told, *(match.start() for match in acts)})

    def says(self, low: int, high: int) -> bool:
        """Tell whether a stretch holds a word that says who does what."""
        at = bisect_left(self._places, low)
        return at < len(self._places) and self._places[at] < high

    def claim(self, item: Item, task: Mention) -> None:
        """Add the bodies that a sentence of an item's own text names, where it says that they do it, and with whom."""
        # An item whose first clause is its head has no body: what is said of it stands behind that clause.
        low = min(item.head.end, item.body.start)
        for start, end in ((low, item.body.end), item.tail):
            if end > start and self.says(start, end):
                for sentence in self._ctx.sentences_in(start, end):
                    # What a row of a table says is its own, and not the item's that it stands below.
                    if self.says(*sentence) and may_name(self._ctx, sentence) and self._ctx.text.find("\t", *sentence) < 0:
                        of = named_above(self._ctx, item, sentence)
                        self._claim(of, self._ctx.tasks.get(of.start, task), sentence)

    def _claim(self, item: Item, task: Mention, sentence: Span) -> None:
        """Add what the clauses of a sentence say, one after the other."""
        ctx = self._ctx
        if ctx.regex("ledger.procedure").search(ctx.text, *sentence):
            # 本方案自印发之日起施行，由甲局负责解释: of the paper, and not of the task that it stands behind.
            return
        clauses = _clauses(ctx, sentence)
        if ctx.is_interpretation:
            clauses = list(dropwhile(lambda clause: not self.says(*clause), clauses))
        for match in ctx.within(sentence, "responsibility.mechanism") if not ctx.is_interpretation else ():
            # 建立由甲局牵头，乙局、丙局等部门参加的联席会议制度: those that are named take part in it.
            parts = (("ledBy", "bodies", "said"), ("supportedBy", "with", "along"))
            for relation, who, wording in parts:
                duty = Duty(relation, _named(ctx, Span(*match.span(who))), Span(*match.span(wording)))
                for name in duty.names if not any(map(ctx.find("responsibility.at_large"), duty.names)) else ():
                    claim_duty(ctx, task, duty, name, (sentence, ctx.head_span(item)), "responsibility.prose")
        read: list[_Said | None] = []
        for clause in clauses:
            former = read[-1] if read else None
            # 甲局负责统筹协调，牵头建立会商机制: the second clause is of the same bodies.
            leads = former is not None and former.relation == "responsibleBody"
            goes_on = ctx.find("responsibility.leads")(ctx.text, *clause) if leads else None
            read.append(_Said("ledBy", former.names, False, Span(*goes_on.span())) if former and goes_on else _read(ctx, clause))
        for said in _accepted(read):
            duty = Duty(said.relation, list(said.names), said.wording)
            for name in said.names:
                claim_duty(ctx, task, duty, name, (sentence, ctx.head_span(item)), "responsibility.prose")


def _accepted(clauses: list[_Said | None]) -> Iterator[_Said]:
    """Give what counts: who acts, and who helps or guides beside one that acts, before it or behind it."""
    acts, several = False, sum(said is not None and said.relation == "responsibleBody" for said in clauses) > 1
    for index, said in enumerate(clauses):
        if said is None or not (said.is_plain or several or acts):
            # What is done may stand between: 甲局牵头，制定办法，乙局配合.
            continue
        ahead = clauses[index + 1] if index + 1 < len(clauses) else None
        beside = said.relation in _BESIDE and said.is_bare
        if not beside or acts or (ahead is not None and ahead.relation not in _BESIDE):
            acts = True
            yield said


def _clauses(ctx: Context, sentence: Span) -> list[Span]:
    """Give the clauses of a sentence; 牵头、 ends one as well (甲局牵头、乙局配合)."""
    found = list[Span]()
    if not any(ctx.within(sentence, "responsibility.parted")):
        return clauses_in(ctx.text, *sentence)
    parted = ctx.pattern("responsibility.parted")
    for clause in clauses_in(ctx.text, *sentence):
        start = clause.start
        for mark in parted.finditer(ctx.text, *clause):
            found.append(Span(start, mark.end()))
            start = mark.end()
        found.append(Span(start, clause.end) if start > clause.start else clause)
    return found


def _read(ctx: Context, clause: Span) -> _Said | None:
    """Read one clause; None where it says of nobody what they do: most name no body at all."""
    if not may_name(ctx, clause):
        return None
    joins = next((word for word in ctx.vocabulary.role("role.with") if ctx.text.startswith(word, clause.start)), "")
    if joins:
        # 甲局牵头，会同乙局印发: they help.
        names = _others(ctx, clause.start + len(joins), clause.end, places=True)[0]
        return _Said("supportedBy", tuple(names), True, Span(clause.start, clause.start + len(joins))) if names else None
    under = ctx.find("responsibility.under")(ctx.text, *clause)
    if under and (names := _named(ctx, Span(*under.span("bodies")))):
        return _Said("guidedBy", tuple(names), True, Span(*under.span("said")))
    match = ctx.find("responsibility.actor")(ctx.text, *clause) if ctx.find("responsibility.verb")(ctx.text, *clause) else None
    names = _named(ctx, Span(*match.span("bodies"))) if match else []
    if match is None or not names:
        by = ctx.find("responsibility.by")(ctx.text, *clause)
        return _put(ctx, clause, by) or _of_role(ctx, clause) or (None if by else _acting(ctx, clause))
    start, verb, wording = match.end(), match["verb"], Span(*match.span("said"))
    relation, along = relation_of(ctx, verb), verb in ctx.vocabulary.role("role.with")
    if along:
        others, start = _others(ctx, start, clause.end, places=True)
        if not start:
            return None
        names += others
        duty = ctx.pattern("responsibility.duty").match(ctx.text, start, clause.end)
        start = duty.end() if duty else start
    if ctx.find("responsibility.ends")(ctx.text, start, clause.end):
        # 由甲中心提供技术指导 says so by itself.
        return _Said(relation, tuple(names), match["by"] is None, wording)
    if clause.end - start < _SHORTEST_REST or ctx.find("responsibility.no_duty")(ctx.text, start, clause.end):
        # 甲局负责人…, 甲局负责的项目, 甲局会同乙局开展了…, 甲中心负责（为…）提供技术支持.
        return None
    # 甲部要指导各地开展…: what it must do, and not what everybody does.
    guides = match["must"] and verb == ctx.vocabulary.word("role.guided") and ctx.find("responsibility.places")(ctx.text, start, clause.end)
    # 由甲集团承担泵站运维 puts it in charge of that.
    put = match["by"] and ctx.find("responsibility.charge")(ctx.text, start, clause.end)
    general = ctx.find("responsibility.only_bare")(verb) and not guides and not match["charged"] and not put
    if general and not ctx.find("responsibility.daily")(ctx.text, start, clause.end):
        # 甲局落实政策, 甲局指导各区: what everybody does.
        return None
    if relation in _BESIDE:
        # 甲局配合乙局开展检查.
        start = _others(ctx, start, clause.end)[1] or start
    own = match["more"] or match["charged"] or verb in ctx.vocabulary.role("role.assumes")
    own = own or ctx.find("responsibility.put")(ctx.text, start, clause.end)
    own = own or (match["each"] and ctx.find("responsibility.own")(ctx.text, start, clause.end))
    plain = own or along or guides or _works(ctx, start, clause.end) or ctx.find("responsibility.charge")(ctx.text, start, clause.end) is not None
    if not plain and (match["each"] or relation != "responsibleBody"):
        return None
    return _Said(relation, tuple(names), False, wording, bool(plain))


def _put(ctx: Context, clause: Span, by: re.Match[str] | None) -> _Said | None:
    """Read a clause that says what bodies do without a verb of duty.

    由 puts them in charge of it (实施细则由甲局会同乙局制定), they must or do so at a time (甲局要在6月底前制定…, 甲局每季度通报), or they are
    asked to (委托甲院开展评估), or several do so together (甲局联合乙局建成…).
    """
    end = clause.end
    if by:
        names, start = _others(ctx, by.end(), end)
        joint = ctx.find("responsibility.jointly")(ctx.text, by.end(), end) if names else None
        if joint and joint.end("bodies") == start and (more := _others(ctx, joint.end(), end))[0]:
            names, start = names + more[0], more[1]
        if names and start == end and ctx.text.startswith(_COMMA, end):
            # 由甲大学联合乙公司，在丙区建设…: what they do stands behind the comma.
            start, end = end + 1, ctx.sentence(clause.start).end
    else:
        when = ctx.pattern("responsibility.dated").search(ctx.text, clause.start + _SHORTEST_NAME, min(end, clause.start + _LONGEST_LIST))
        names, start = (_named(ctx, Span(clause.start, when.start())), when.start()) if when else _joined(ctx, clause)
    if not names:
        return None
    then = ctx.find("responsibility.dated")(ctx.text, start, end) or (by and ctx.find("responsibility.where")(ctx.text, start, end))
    asked = by is not None and by["asked"] is not None
    does = ctx.find("responsibility.put")(ctx.text, then.end() if then else start, end)
    authority, operator, leads = ctx.find("responsibility.authority"), ctx.find("responsibility.operator"), levels(ctx.vocabulary)
    gives = ctx.find("responsibility.provides")(ctx.text, start, end)
    # 省农业科学院每年发布名录: a house of a level acts by itself, any other where 由 says so.
    if does and not gives and (asked or all(authority(name) or ((by or name.startswith(leads)) and operator(name)) for name in names)):
        return _Said("responsibleBody", tuple(names), False, Span(*by.span("said")) if by else None)
    return None


def _is_one(ctx: Context, name: str, first: str) -> bool:
    """Tell whether a name is that of one authority, or of one kind in every place (各乡镇文化站), as a clause may begin with it.

    It begins with a level (市审计局, 县中医院) or a place, is known, or issued the plan; 报市政府 and 各级人民政府 are none. `first` is the
    first name of its list.
    """
    if ctx.find("responsibility.at_large")(name):
        return False
    if name.startswith(levels(ctx.vocabulary)):
        return any(ctx.find(f"responsibility.{kind}")(name) for kind in ("authority", "operator"))
    if name.startswith(ctx.once(_here)) and ctx.find("responsibility.operator")(name):
        # 海州渔业集团有限公司要建立台账: an enterprise that bears the name of the plan's place is one.
        return True
    known = ctx.vocabulary.knows("Organization", name) or place_end(ctx.vocabulary, name) > 0 or name in ctx.once(_issuers)
    return ctx.find("responsibility.authority")(name) is not None and (known or _is_each(ctx, name, first))


def _issuers(ctx: Context) -> tuple[str, ...]:
    """Give the bodies that issued the plan: its text names them by themselves, whatever they begin with."""
    return tuple(claim.object.label for claim in ctx.claims_of("issuedBy"))


def _here(ctx: Context) -> tuple[str, ...]:
    """Give the short name of the plan's own place, by which houses of it are named (海州 of 海州市); none where the plan has no place."""
    short = short_own(ctx, ctx.once(place_of))
    return (short,) if len(short) >= _SHORTEST_VERB else ()


def _is_each(ctx: Context, name: str, first: str) -> bool:
    """Tell whether a name of a list is that of the bodies of every place; 各 reaches over what stands behind it (各乡镇人民政府、街道办事处)."""
    every, each = ctx.find("bodies.every"), ctx.vocabulary.role("org.each")[0]
    return bool(every(name) or (every(first) and every(each + name)))


@cache
def _levels_of(vocabulary: Vocabulary) -> frozenset[str]:
    """Give the characters that names of districts, counties and towns end in."""
    return frozenset(word[-1] for word in (*levels(vocabulary), *vocabulary.role("place.township")))


def _may_begin_with_one(ctx: Context, clause: Span) -> bool:
    """Tell cheaply whether a clause may begin with such a name: it does with a level, a place or a known body, or 各 is near."""
    text, (start, end) = ctx.text, clause
    if not any(ctx.find(f"responsibility.{kind}")(text, start, min(end, start + _LONGEST_LIST)) for kind in ("office", "house")):
        return False
    near = ctx.vocabulary.role("org.each")[0]
    return (
        text.startswith(levels(ctx.vocabulary), start)
        or text.find(near, start, start + _NEAR) >= 0
        or known_names(ctx.vocabulary, "Organization").at(text, start) > 0
        or place_end(ctx.vocabulary, text, start) > 0
        or text.startswith((*ctx.once(_issuers), *ctx.once(_here)), start)
        or ctx.pattern("bodies.by").match(text[start:end]) is not None
    )


def _acting(ctx: Context, clause: Span) -> _Said | None:
    """Read a clause of a plan whose subject are named bodies (市审计局对资金使用情况开展审计, 县融媒体中心开设专栏): they do it."""
    if ctx.is_interpretation or ctx.text[clause.start] in _OPENS or ctx.find("responsibility.pays")(ctx.text, *clause):
        return None
    leading = ctx.find("responsibility.leading")(ctx.text, *clause)
    if leading and (names := _named(ctx, Span(*leading.span("bodies")))):
        return _Said("ledBy", tuple(names), True, Span(*leading.span("said")))
    if not _may_begin_with_one(ctx, clause):
        return None
    names, start = _others(ctx, clause.start, clause.end)
    if not names or not all(_is_one(ctx, name, names[0]) for name in names):
        return None
    dated = ctx.find("responsibility.dated")(ctx.text, start, clause.end)
    start = dated.end() if dated else start
    # 甲局对改造项目，按投资额的40%给予补助: what it gives stands in the clauses behind.
    gives = ctx.find("responsibility.provides")(ctx.text, start, clause.end + _FARTHEST_GIFT)
    if gives or ctx.find("responsibility.no_duty")(ctx.text, start, clause.end):
        return None
    acts = ctx.find("responsibility.acts")(ctx.text, start, clause.end)
    start = acts.end() if acts else start
    if ctx.find("responsibility.minds")(ctx.text, start, clause.end) or ctx.find("responsibility.provides")(ctx.text, start, clause.end):
        return None
    verbs, adverbs = ctx.prefixes("verb.measure", "verb.work", "target.build"), ctx.prefixes("adverb")
    opens = adverbs.skip(ctx.text, start)
    does = verbs.skip(ctx.text, opens)
    if not ((acts and (acts["does"] or acts["must"])) or does > opens) or ctx.text.startswith(ctx.vocabulary.role("particle.of"), does):
        # 甲局建立的台账 is what it has done.
        return None
    return _Said("responsibleBody", tuple(names), False)


def _joined(ctx: Context, clause: Span) -> tuple[list[str], int]:
    """Give the bodies that act together (甲局联合乙局建成…, 甲局、乙局联合出台…), and where what they do begins."""
    match = ctx.find("responsibility.jointly")(ctx.text, *clause)
    names = _named(ctx, Span(*match.span("bodies"))) if match else []
    if match is None or not names:
        return [], 0
    others, start = _others(ctx, match.end(), clause.end)
    return names + others, start or match.end()


def _of_role(ctx: Context, clause: Span) -> _Said | None:
    """Read a clause that gives bodies a role by its name: 责任单位为甲局, 以甲局为牵头单位."""
    for rule in ("responsibility.role_is", "responsibility.is_role"):
        match = ctx.find(rule)(ctx.text, *clause)
        if match is not None and (names := _named(ctx, Span(*match.span("bodies")))):
            return _Said(relation_of(ctx, match["role"]), tuple(names), False, Span(*match.span("said")))
    return None


def _works(ctx: Context, start: int, end: int) -> bool:
    """Tell whether a place begins with what is done: a verb of work, or when and of what it is (每年对…开展评价)."""
    verbs, adverbs = ctx.prefixes("verb.measure", "verb.work", "verb.effect"), ctx.prefixes("adverb")
    # 统一 may be the adverb or the verb.
    opens = verbs.at(ctx.text, adverbs.skip(ctx.text, start)) or verbs.at(ctx.text, start)
    return opens > 0 or ctx.find("responsibility.then")(ctx.text, start, end) is not None


def _none(name: str) -> None:
    """Take no name for that of a place."""


def _named(ctx: Context, span: Span, *, places: bool = False) -> list[str]:
    """Give the bodies of a list that holds nothing but named bodies, and those of every place (各镇街); with `places` also 滨湖区、南山县."""
    every, kinds = ctx.find("bodies.every"), ctx.vocabulary.role("org.suffix")
    name = ctx.text[span.start : span.end]
    place = ctx.pattern("locations.name").fullmatch if places else _none
    if not (ctx.find("bodies.mixed")(name) or name.find(name[:1], 1) > 0 or is_body(ctx, name) or every(name) or place(name)):
        # One name by itself, and none of a body: most stretches that are tried.
        return []
    names = names_in(ctx, span)
    # 由政府组织: the kind of a body, and none of them.
    named = (name not in kinds and is_body(ctx, name) and not _begins_with_work(ctx, name) for name in names)
    told = [_is_each(ctx, name, names[0]) or place(name) or body for name, body in zip(names, named, strict=True)]
    return names if told and all(told) else []


def _begins_with_work(ctx: Context, name: str) -> bool:
    """Tell whether what looks like a body's name is a verb (部署), or one with the body that it is done to (督促市海洋局); 审计局 is a name."""
    size = 0 if ctx.vocabulary.knows("Organization", name) else ctx.prefixes("verb.measure", "verb.work").at(name)
    return size > 0 and (size == len(name) or is_body(ctx, name[size:]))


@cache
def _longer(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Give the endings of names that are longer than a verb."""
    return tuple(word for word in vocabulary.role("org.suffix") if len(word) > _SHORTEST_VERB)


def _others(ctx: Context, start: int, end: int, *, places: bool = False) -> tuple[list[str], int]:
    """Give the bodies that stand between 会同 and what is done, and where that begins; 0 where none are told apart.

    With `places` they may be named by their places alone (会同滨湖区、南山县).
    """
    verbs, adverbs = ctx.prefixes("verb.measure", "verb.work", "verb.effect"), ctx.prefixes("adverb")
    unnamed = ctx.vocabulary.role("org.unnamed")
    ends = [ctx.find(f"responsibility.{part}") for part in ("then", "dated", "where", "duty", "put", "acts")]
    farthest = min(end, start + _LONGEST_LIST)
    # Behind 等 and with unnamed bodies among them a list may end anyhow.
    lasts = None if ctx.find("responsibility.loose")(ctx.text, start, farthest) else last_characters(ctx.vocabulary)
    if places and lasts is not None:
        lasts |= _levels_of(ctx.vocabulary)
    for stop in range(start + 2, farthest + 1):
        if lasts is not None and ctx.text[stop - 1] not in lasts:
            continue
        closed = stop == end or ctx.text[stop] in "，。；"
        # A verb of one character may be a part of a name (银保监会).
        if not (closed or verbs.at(ctx.text, adverbs.skip(ctx.text, stop)) >= _SHORTEST_VERB or any(part(ctx.text, stop, end) for part in ends)):
            continue
        if ctx.text.startswith(unnamed, start):
            return [], stop
        # 发展改革委 begins like a verb: the list ends where all of it are bodies.
        # 会同市委督查室开展…: 督查 is a verb, and the name goes on.
        if not ctx.text.startswith(_longer(ctx.vocabulary), stop) and (names := _named(ctx, Span(start, stop), places=places)):
            return names, stop
        if ctx.find("bodies.of_field")(ctx.text, start, stop):
            # 会同省空管部门: it is said of what field they are, and not which.
            return [], stop
    return [], 0
