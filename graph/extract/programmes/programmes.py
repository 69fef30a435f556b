"""Named programmes in running text: 实施智能制造工程, 深入实施“蓝色粮仓”行动, “东数西算”; one name is one node for all plans.

What the plan itself heads an action or a project is its own and no programme, unless the table of programmes knows it.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from ...core.model import Mention, Span
from ...core.rules import rule
from ...text.sentences import behind_last
from ..context import Context
from ..deadlines.work import Work
from ..gazetteer import PROGRAMME, names_of_tables

_NAMED, _QUOTED, _KNOWN = "programmes.named", "programmes.quoted", "programmes.known"
_QUOTES = re.compile(r"[“”\s]")
_LEAD = 12
_SHORTEST = 4
_ENOUGH = 2
"""How many sentences prove a programme of one plan or task: a plan may name its own on every page."""
_LONGEST_TITLE = 60


def find_programmes(ctx: Context, work: Work) -> None:
    """Add the programmes that the plan and its tasks name, each with what they are to it."""
    if ctx.plan is None or not ctx.has_work:
        return
    finder = _Finder(ctx, work)
    finder.named()
    finder.quoted()
    finder.known()
    finder.claim()


class _Finder:
    """Finds programmes in one document; a place that was read once is not read again."""

    def __init__(self, ctx: Context, work: Work) -> None:
        self._ctx = ctx
        self._work = work
        self._own = {_bare(label) for cls in ("Action", "Project") for label in ctx.found(cls)}
        self._rows = work.rows
        self._taken: list[Span] = []
        """The places that were read, in the order of the text; none shares anything with another."""
        self._found: dict[tuple[Mention, Mention], dict[str, list[tuple[tuple[Span, ...], str]]]] = {}

    def named(self) -> None:
        """Take what stands behind a verb of carrying out, and what a list goes on with."""
        ctx = self._ctx
        further, others = ctx.pattern(_NAMED, "further"), ctx.pattern(_NAMED, "others")
        for match in ctx.everywhere(_NAMED):
            clause = behind_last(ctx.text, "\n。，；", 0, match.start())
            if others.search(ctx.text, clause, match.start()):
                continue
            relation = self._relation(match[0][: match.start("list") - match.start()])
            found: re.Match[str] | None = match
            while found:
                parts = ctx.pattern("programmes.two").split(found["list"])
                for part in parts:
                    at = ctx.text.index(part, found.start("list"))
                    self._add(relation, part, Span(at, at + len(part)), _NAMED)
                found = further.match(ctx.text, found.end())

    def quoted(self) -> None:
        """Take names in quotation marks wherever they stand."""
        ctx = self._ctx
        for match in ctx.everywhere(_QUOTED):
            relation = self._carried(Span(*match.span()))
            self._add(relation, match["inner"] or match["name"] + match["noun"], Span(*match.span()), _QUOTED)
            # 与“甲”工程、乙行动衔接: what the list goes on with is a name as well.
            found = ctx.pattern(_NAMED, "further").match(ctx.text, match.end())
            while found:
                self._add(relation, found["list"], Span(*found.span("list")), _QUOTED)
                found = ctx.pattern(_NAMED, "further").match(ctx.text, found.end())

    def known(self) -> None:
        """Take the names of the table wherever they stand; what goes on behind a name is not the programme itself."""
        no_name = self._ctx.pattern(_KNOWN, "no_name")
        for named in self._ctx.once(names_of_tables)[PROGRAMME]:
            if not no_name.match(self._ctx.text, named.end):
                self._add(self._carried(named), self._ctx.text[named.start : named.end], named, _KNOWN)

    def claim(self) -> None:
        """Claim what was found: a programme that is carried out is not merely referred to as well."""
        for (subject, programme), relations in self._found.items():
            if len(relations) > 1:
                relations.pop("refersTo", None)
            for relation, said in relations.items():
                for spans, how in said[:_ENOUGH]:
                    self._ctx.claim(subject, relation, programme, spans, how)

    def _carried(self, name: Span) -> str:
        """Tell what the verb before a name says; where the name is no whole object of it, it is only referred to."""
        ctx = self._ctx
        if not ctx.pattern(_KNOWN, "ends").match(ctx.text, name.end):
            return "refersTo"
        verb = ctx.pattern(_KNOWN, "verb").search(ctx.text, max(0, name.start - _LEAD), name.start)
        return self._relation(verb[0]) if verb else "refersTo"

    def _relation(self, verb: str) -> str:
        if self._ctx.pattern(_NAMED, "start").search(verb):
            return "starts"
        return "continues" if self._ctx.pattern(_NAMED, "goes_on").search(verb) else "implements"

    def _add(self, relation: str, name: str, place: Span, how: str) -> None:
        ctx = self._ctx
        assert ctx.plan is not None
        label = _bare(name)
        at = bisect_left(self._taken, (place.start + 1,))
        beside = self._taken[max(0, at - 1) : at + 1]
        if any(start < place.end and place.start < end for start, end in beside) or _in_title(ctx.text, place.start):
            return
        if not ctx.vocabulary.knows("Programme", label) and (
            ctx.pattern(_NAMED, "no_name").match(label)
            or not _SHORTEST <= len(label) <= rule(_NAMED).limit("longest")
            or any(label.endswith(own) or own.endswith(label) for own in self._own)
        ):
            return
        self._taken.insert(at, place)
        sentence = ctx.sentence(place.start)
        if self._told(place, sentence):
            relation = "refersTo"
        programme = Mention("Programme", ctx.vocabulary.canonical("Programme", label))
        if programme.label != label:
            ctx.describe(programme, {}, (label,))
        around = self._work.around(place.start)
        row = self._rows.at(place.start)
        if row:
            self._note(row[1], relation, programme, (row[0],), how)
        elif around:
            self._note(around[0], relation, programme, (sentence, ctx.head_span(around[1])), how)
        self._note(ctx.plan, relation, programme, ctx.with_plan(sentence), how)

    def _note(self, subject: Mention, relation: str, programme: Mention, spans: tuple[Span, ...], how: str) -> None:
        self._found.setdefault((subject, programme), {}).setdefault(relation, []).append((spans, how))

    def _told(self, place: Span, sentence: Span) -> bool:
        """Tell whether a sentence tells what was done (近年来，实施了…工程) and sets nothing."""
        ctx = self._ctx
        if ctx.regex("told.past").search(ctx.text, sentence.start, place.start):
            return True
        item = ctx.outline.at(place.start)
        return item is not None and any(holder.role == "rationale" for holder in (item, *ctx.outline.ancestors(item)))


def _bare(label: str) -> str:
    return _QUOTES.sub("", label)


def _in_title(text: str, position: int) -> bool:
    """Tell whether a place stands in the title of a work (《…》)."""
    opened = text.rfind("《", max(0, position - _LONGEST_TITLE), position)
    return opened >= 0 and text.find("》", opened, position) < 0
