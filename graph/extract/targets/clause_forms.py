"""Clauses that say more than a noun and its number: capabilities, lists that share a tail, work on so many things, funds, other plans' figures."""

from __future__ import annotations

import re
from functools import cached_property

from ...core.model import Span
from ...text.enumerations import clean, split_list
from ...text.numerals import parse_count
from ...text.sentences import clauses_in
from ..bodies.names import is_body
from ..context import Context
from ..locations.names import places_from
from .indicator_names import Namer
from .noun_phrases import LONGEST, Nouns
from .quantities import Quantity
from .target_statements import Stater
from .years import State

_SEPARATORS = "、，, "
_SHORTEST = 2
_LONGEST_SHORT = 4
_NEAR = 24
_YEARS = re.compile(r"20\d\d")


class Forms:
    """Reads such clauses with the words of one vocabulary; each form tells whether it has taken the clause."""

    def __init__(self, ctx: Context, namer: Namer, stater: Stater) -> None:
        self._ctx, self._namer, self._stater = ctx, namer, stater
        self._on = ctx.vocabulary.role("target.on")[0]
        self._claimed_by = ctx.vocabulary.role("claimed.by")
        self._own = [name.strip("《》") for name in ctx.plan_names]

    @cached_property
    def _capability(self) -> re.Pattern[str]:
        return self._ctx.pattern("clauses.capability")

    @cached_property
    def _worked(self) -> re.Pattern[str]:
        return self._ctx.pattern("clauses.worked_on")

    def capability(self, clause: Span, found: list[Quantity], sentence: Span, state: State) -> bool:
        """Take what so much of can be made or handled: 具备年产8万吨甲料、30万吨乙料的能力."""
        if self._ctx.text.find(self._ability[-1], *clause) < 0:
            return False
        match = self._capability.search(self._ctx.text, *clause)
        if match is None:
            return False
        inside = [q for q in found if match.start("list") <= q.start and q.end <= match.end("list")]
        things = self._things(inside, match.end("list"))
        if len(inside) == 1 and not things[0]:
            # 形成年处理废旧纺织品15万吨能力: the thing stands before its number.
            things = [self._ctx.text[match.start("list") : inside[0].reach].replace(" ", "")]
            if not things[0]:
                # 形成年产6000吨能力: of what the sentence so far, or the item that it stands in, is about.
                said = self._ctx.text[self._ctx.text.rfind("\n", 0, sentence.start) + 1 : sentence.end]
                of = next((name for name in (self._namer.site, self._namer.product) if name and name in said), "")
                self._stater.state(f"{of}{match['verb']}{self._ability}", inside[0], state, sentence, of or match["verb"])
                return True
        if not inside or not all(len(thing) >= _SHORTEST for thing in things):
            return False
        for quantity, thing in zip(inside, things, strict=True):
            self._stater.state(f"{thing}{match['verb']}{self._ability}", quantity, state, sentence, thing)
        return True

    @cached_property
    def _ability(self) -> str:
        return self._ctx.vocabulary.role("target.ability")[0]

    def worked_on(self, clause: Span, found: list[Quantity], sentence: Span, state: State) -> bool:
        """Take how many of several things are worked on: 对60个乡、4万户的改造. One with a name of its own is read as any other."""
        match = self._worked.search(self._ctx.text, *clause) if self._ctx.text.find(self._on, *clause) >= 0 else None
        if match is None:
            return False
        inside = [q for q in found if match.start("list") <= q.start and q.end <= match.end("list")]
        if any(q.is_time or q.is_money or q.is_ratio for q in inside):
            return False
        things = self._things(inside, match.end("list"))
        if not inside or (len(inside) == 1 and len(things[0]) >= _SHORTEST):
            return False
        for quantity, thing in zip(inside, things, strict=True):
            label = thing if len(thing) >= _SHORTEST else match["work"] + (thing or quantity.unit.unit_text)
            self._stater.state(label, quantity, state, sentence)
        return True

    def _things(self, quantities: list[Quantity], end: int) -> list[str]:
        """Give what stands behind each number of a list, up to the next."""
        text = self._ctx.text
        stops = [q.start for q in quantities[1:]] + [end]
        marks = _SEPARATORS + "".join(self._ctx.vocabulary.role("list.joins"))
        return [text[q.end : stop].strip(marks).replace(" ", "") for q, stop in zip(quantities, stops, strict=False)]

    def fund(self, clause: Span, found: list[Quantity], sentence: Span, state: State) -> bool:
        """Take the size of a fund that is set up: 设立总规模20亿元的产业基金."""
        quantity, text = found[0], self._ctx.text
        fund = self._ctx.pattern("clauses.fund").match(text, quantity.end, clause.end)
        if not fund or not quantity.is_money or not self._ctx.pattern("clauses.founds").search(text, clause.start, quantity.start):
            return False
        self._stater.state(fund["fund"], quantity, state, sentence)
        return True

    def respectively(self, clause: Span, previous: Span | None, found: list[Quantity], sentence: Span, state: State) -> None:
        """Pair nouns or years with values: 甲、乙分别达到60%和80%; nothing is guessed where their numbers differ."""
        text = self._ctx.text
        at = next(place for word in self._ctx.vocabulary.role("target.each_own") if (place := text.find(word, *clause)) >= 0)
        dated = self._ctx.find("nouns.year_behind")(text[clause.start : at])
        until = clause.start + dated.start() if dated and dated.start() else at
        nouns = self._undated(self._members(clause.start, until, len(found)))
        nouns, behind = self._parted(nouns) if len(nouns) == len(found) else (nouns, "")
        done = self._done(nouns) if len(nouns) == len(found) else []
        nouns = done or (shared_tail(self._ctx, self._namer.nouns, nouns) if len(nouns) == len(found) else nouns)
        if len(nouns) == len(found) and (thing := behind or self._of_places(nouns, text[at : found[0].reach])):
            # 滨湖区、南山县分别新增渔港3个、5个: of one indicator, each for its place.
            self._namer.subject = thing
        # 建成渔港9个，滨湖区、南山县分别不少于5个和3个: of what was counted last.
        parts = nouns if len(nouns) == len(found) and all(map(self._namer.nouns.is_place, nouns)) else []
        if parts and not self._namer.subject:
            # 滨湖区、南山县分别完成5个、3个: of what is not said.
            return
        if not self._namer.nouns.cut(text[clause.start : until]) and len(self._namer.beside) == len(found):
            # 地方标准20项、团体标准50项；到2028年，累计分别达到60项和120项: of what was counted side by side before.
            done = nouns = [self._namer.nouns.unadded(label) for label in self._namer.beside]
        years = _years_in(self._ctx, clause.start, at) or (_years_in(self._ctx, *previous) if previous else [])
        span = self._ctx.find("nouns.years_span")(text, clause.start, at) if len(years) != len(found) else None
        if span and int(span["last"]) - int(span["first"]) + 1 == len(found):
            # 2026—2028年分别建设5万亩、6万亩、7万亩: a value of each year.
            years = list(range(int(span["first"]), int(span["last"]) + 1))
        several = self._ctx.find("clauses.several")(text, clause.start, at)
        if several and parse_count(several["count"]) == len(found):
            thing = self._namer.nouns.built(text[several.end() : at]) or self._namer.nouns.cut(text[several.end() : at])
            places = self._places_before(Span(sentence.start, clause.start), len(found))
            if thing and (places or several["level"] is None):
                # 两个片区集聚演艺企业分别达到80家、50家: of one indicator, each for a place that has a name before or none.
                for index, quantity in enumerate(found):
                    self._stater.state(thing, quantity, state, sentence, part=places[index] if places else "")
                return
        lead = found[0]
        if found[-1].tail and not any(quantity.tail for quantity in found[:-1]):
            # 分别降至36%、60%、75%以下: what stands behind the last one is said of all.
            found = [quantity._replace(comparator=found[-1].comparator, marked=True) for quantity in found]
            lead = found[0]
        # The same thing for every year, named before the first of its values is stated.
        around = text[span.end() if span else clause.start : at], text[at + _SHORTEST : lead.reach], text[found[-1].end : clause.end]
        by_year = len(years) == len(found)
        yearly = self._of_years(*around, previous) if by_year else ""
        for index, quantity in enumerate(found):
            own = quantity if quantity.kind != "bare" else _like(quantity, lead)
            part = parts[index] if parts else ""
            if parts:
                label, spot = self._namer.subject, state
            elif by_year:
                label, spot = yearly, State(years[index], state.base, state.is_goal)
            elif len(nouns) == len(found) and all(len(noun) > 1 for noun in nouns):
                label, spot = nouns[index] if done else self._namer.nouns.cut(nouns[index]), state
            else:
                return
            if _SHORTEST <= len(label) <= LONGEST:
                self._stater.state(label, own, spot, sentence, part=part)
                if by_year:
                    # 2026年、2027年分别改造2500户、3000户，其中滨湖区不少于600户: of what was done in both years.
                    self._namer.count(label, own)

    def _of_years(self, named: str, does: str, behind: str, previous: Span | None) -> str:
        """Name what has a value in each of several years: before them (改造分别为…), between them and the values, in the clause before, or behind."""
        nouns, before = self._namer.nouns, self._ctx.text[previous.start : previous.end] if previous else ""
        label = nouns.cut(self._ctx.pattern("clauses.years").sub("", named, count=1))
        # 2026年、2027年分别改造渔船200艘、300艘: what is done each year stands behind.
        label = label or nouns.built(does, works=True)
        label = label or self._namer.again(does, before) or self._namer.worked(does, before)
        # 2026年、2027年分别更新改造1500台、2500台老旧电梯; without a thing it is the work itself.
        return label or nouns.behind(behind) or nouns.done(does)

    def each(self, clause: Span, found: list[Quantity], sentence: Span, state: State) -> bool:
        """Take what each of several places has of what was counted last: 其中滨湖区、南山县各3家."""
        text, quantity = self._ctx.text, found[0]
        each = text[clause.start : quantity.reach].rstrip().endswith(self._ctx.vocabulary.role("org.each"))
        if len(found) != 1 or not self._namer.subject or not each:
            return False
        places = self._members(clause.start, quantity.reach - 1)
        if not places or not all(map(self._namer.nouns.is_place, places)):
            return False
        for place in places:
            self._stater.state(self._namer.subject, quantity, state, sentence, part=place)
        return True

    def _undated(self, nouns: list[str]) -> list[str]:
        """Give the names of a list without the year before the first of them, where it is a place (到2030年滨湖区、南山县)."""
        first = self._namer.nouns.cut_leads(nouns[0]) if nouns else ""
        return [first, *nouns[1:]] if first and self._namer.nouns.is_place(first) else nouns

    def each_year(self, clause: Span, found: list[Quantity], sentence: Span, state: State) -> bool:
        """Take what is done in each of several years (2026年、2027年各新建渔港3个): a target of each."""
        text = self._ctx.text
        years = self._ctx.find("nouns.years_each")(text, *clause) if len(found) == 1 else None
        label = self._namer.nouns.built(text[years.end() : found[0].reach], works=True) if years else ""
        if not years or not _SHORTEST <= len(label) <= LONGEST:
            return False
        self._namer.subject, literal = label, self._namer.nouns.with_verb(text[years.end() : found[0].reach], label)
        for year in _YEARS.findall(years[0]):
            self._stater.state(label, found[0], State(int(year), None, state.is_goal), sentence, literal)
        return True

    def _members(self, start: int, end: int, expected: int | None = None) -> list[str]:
        """Give the names that a stretch lists, behind a 其中."""
        text = self._ctx.text
        among = self._ctx.find("names.among")(text, start, end) or self._ctx.find("names.where")(text, start, end)
        return [clean(text[s.start : s.end]) for s in split_list(text, among.end() if among else start, end, expected)]

    def _places_before(self, before: Span, count: int) -> tuple[str, ...]:
        """Give the so many places that a clause of a stretch begins with, behind its verb: 引导甲市、乙市错位布局; none where it names other ones."""
        for clause in clauses_in(self._ctx.text, *before):
            start = self._ctx.prefixes("verb.measure", "adverb").skip(self._ctx.text, clause.start)
            listed = places_from(self._ctx.vocabulary, self._ctx.text, start, clause.end)
            if listed and len(listed.names) == count:
                return listed.names
        return ()

    def _of_places(self, nouns: list[str], behind: str) -> str:
        """Give what several places each build (渔港 in 滨湖区、南山县分别建成渔港3个、5个); empty where they are no places."""
        each = next((word for word in self._ctx.vocabulary.role("target.each_own") if behind.startswith(word)), "")
        places = all(map(self._namer.nouns.is_place, nouns))
        return self._namer.nouns.built(behind[len(each) :]) if places else ""

    def _parted(self, nouns: list[str]) -> tuple[list[str], str]:
        """Part the last of several places from what all of them have (滨湖区、南山县渔港); "" where nothing stands behind."""
        is_place, last = self._namer.nouns.is_place, nouns[-1]
        if len(nouns) < _SHORTEST or not all(map(is_place, nouns[:-1])):
            return nouns, ""
        cut = next((cut for cut in range(_SHORTEST, len(last) - 1) if is_place(last[:cut])), 0)
        thing = self._namer.nouns.built(last[cut:]) if cut else ""
        if not thing or thing.startswith(self._ctx.vocabulary.word("particle.of")):
            # 新增和更新的环卫车…占比: the verbs describe the thing, and nothing is built.
            thing = self._namer.nouns.cut(last[cut:]) if cut else ""
        return ([*nouns[:-1], last[:cut]], thing) if thing else (nouns, "")

    def _done(self, nouns: list[str]) -> list[str]:
        """Give what several verbs are each done to, where only the last one names it: 新建、改建冷库 are two; none for anything else."""
        verbs = [self._namer.nouns.verbs(self._namer.nouns.cut_leads(noun)) for noun in nouns[:-1]]
        last = nouns[-1]
        verb = self._namer.nouns.verb_of(last)
        thing = last[len(verb) :]
        return [*(done + thing for done in verbs), last] if verbs and all(verbs) and verb and len(thing) >= _SHORTEST else []

    def of_others(self, sentence: Span) -> bool:
        """Tell whether a sentence tells what another body's plan sets: 《全省规划》提出，到2028年…; 省政府要求到2028年…."""
        text = self._ctx.text
        if not any(text.find(word, sentence.start, min(sentence.end, sentence.start + _NEAR)) >= 0 for word in self._claimed_by):
            return False
        match = self._ctx.pattern("clauses.attributed").match(text, *sentence)
        if match is None:
            return False
        if match["body"]:
            return is_body(self._ctx, match["body"])
        title = match["title"].replace(" ", "")
        # 《行动方案》提出: the short form of a title, and nobody's name before it.
        short = len(title) <= _LONGEST_SHORT and title.endswith(self._ctx.vocabulary.role("plan.noun")) and not match["whose"]
        return not short and not any(title in name or name in title for name in self._own)


def shared_tail(ctx: Context, nouns_of: Nouns, nouns: list[str]) -> list[str]:
    """Give each noun of a list the tail that only its last one bears: 门诊、住院电子票据使用率 are two rates; none where the tail is not clear.

    The last noun's own part is told by the one before it: it ends alike (公路, 铁路), or is as long (门诊, 住院).
    """
    measured = nouns_of.is_measure
    last = nouns[-1]
    level, levelled = ctx.find("names.level"), ctx.find("names.levelled")(last)
    if levelled and all(map(level, nouns[:-1])):
        # 国家级、省级品牌: levels of one thing.
        return [*(noun + levelled["thing"] for noun in nouns[:-1]), last]
    if len(nouns) < _SHORTEST or not measured(last) or any(measured(noun) for noun in nouns[:-1]):
        return nouns
    former = nouns_of.cut(nouns[-2]) or nouns[-2]
    alike = next((cut for cut in range(_SHORTEST, len(last) - 1) if last[cut - 1] == former[-1]), 0)
    cut = alike or (len(former) if len(last) - len(former) >= _SHORTEST else 0)
    # 肉类、水产品冷链流通率: a character that ends names goes with the name.
    cut += not alike and last[cut : cut + 1] in ctx.vocabulary.role("noun.end")
    return [*(noun + last[cut:] for noun in nouns[:-1]), last] if cut else []


def _years_in(ctx: Context, start: int, end: int) -> list[int]:
    return [int(m["year"]) for m in ctx.within(Span(start, end), "nouns.year") if not m["base"]]


def _like(quantity: Quantity, lead: Quantity) -> Quantity:
    """Give a value of a list the comparator and kind that its first value bears."""
    return Quantity(
        quantity.start, quantity.end, quantity.reach, lead.kind, lead.comparator if not quantity.marked else quantity.comparator,
        quantity.lower, quantity.upper, quantity.unit, quantity.marked, quantity.word, quantity.tail, quantity.reduced,
    )  # fmt: skip
