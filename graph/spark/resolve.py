"""The second stage: which plan of the folder a citation means, without anybody holding all plans.

Plans and citations meet under what they share, a number or a title (`assembly.citations.Plans` says by which rules), in sorted order: the
plans of a title come by day, so that of those issued before a citing document the last is the best that came by. Two plans of
each place that keeps plans of its own are kept in mind at a time, however many bear one title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..assembly.citations import near, title_key
from ..core.model import Mention
from ..corpus.groups import Entry, named_by
from .read import FIRST, LAST
from .wire import Record, pack, unpack

Key = tuple[str, str, int, str, int]
"""What plans and citations share; the day; plan, plan from outside or citation; the document's key, and the place of the work in it."""
_PLAN, _OTHER, _CITATION = range(3)


def terms(entry: Entry) -> Iterator[tuple[Key, bytes]]:
    """Give what a document brings to the index: its plan by number and title, the plans from outside it follows up, and its citations."""
    plan, day, group = entry.plan, str(entry.issued or ""), entry.group
    if plan:
        known = pack(plan)
        yield (f"t{title_key(plan.label)}", day or FIRST, _PLAN, entry.key, 0), known
        if plan.number:
            yield (f"n{plan.number}", "", _PLAN, entry.key, 0), known
    for nth, (work, number) in enumerate(entry.cited):
        if work.cls == "Plan" and work.number:
            yield (f"n{work.number}", "", _OTHER, entry.key, nth), pack(work)
        asked = pack([group, entry.key, nth, work, plan])
        if number:
            yield (f"n{number}", "", _CITATION, entry.key, nth), asked
        else:
            yield (f"t{title_key(work.label)}", day or LAST, _CITATION, entry.key, nth), asked


def term_of(key: Key) -> str:
    """Give what decides where a record of the index goes."""
    return key[0]


def resolved(index: Iterable[tuple[Key, bytes]]) -> Iterator[Record]:
    """Go through a sorted part of the index; gives what each citation means, and by which names plans are cited (for their groups)."""
    for term, records in groupby(index, key=lambda record: term_of(record[0])):
        by_title = term.startswith("t")
        best: dict[str, list[tuple[str, str, str, Mention]]] = {}
        for (_, day, kind, _, _), data in records:
            if kind != _CITATION:
                plan = Mention(*unpack(data))
                if by_title:
                    best[plan.keeper] = _best([*best.get(plan.keeper, ()), (day, plan.number, plan.label, plan)])
                elif kind == _PLAN or not best:
                    best.setdefault(plan.keeper, [("", "", "", plan)])
                continue
            group, key, nth, work_, by_ = unpack(data)
            work, by = Mention(*work_), Mention(*by_) if by_ else None
            known = (next((one for one in listed if not by_title or one[-1] != by), None) for listed in best.values())
            could = {one[-1]: one for one in known if one is not None}
            meant = near(could, by)
            found = max(meant, key=could.__getitem__) if meant and by_title else next(iter(meant), None)
            if found is not None and found != work:
                yield Record("meant", group, pack([key, nth, found]))
            yield from (Record("name", iri, pack(name)) for iri, name in named_by(by, work, work if found is None else found))


def _best(known: list[tuple[str, str, str, Mention]]) -> list[tuple[str, str, str, Mention]]:
    """Keep the last plan by day, number and label, and the last that is another one: a plan does not cite itself."""
    ordered = sorted(known, reverse=True)
    other = next((one for one in ordered if one[-1] != ordered[0][-1]), None)
    return ordered[:1] if other is None else [ordered[0], other]
