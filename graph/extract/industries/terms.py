"""Technologies, industries and scenarios that a text names: inside a task (`concerns`, `usesTechnology`), else in the document.

Names come from the vocabulary; scenarios from how texts list them (远程医疗、在线教育等数字公共服务) and from the form X+Y.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...core.model import Mention, Span
from ...core.rules import rule
from ...core.vocabulary import Vocabulary
from ...text.enumerations import clean, split_list
from ...text.sentences import behind_last
from ..context import SOURCE, Context
from ..gazetteer import TERM, classes_of_terms, gazetteer, names_of_tables

_LATIN = re.compile(r"[0-9A-Za-z]")
_JOINED = re.compile(r"\+")
_FIRST = re.compile(r"[0-9A-Za-z]{2,10}$")


def names_in(vocabulary: Vocabulary, text: str, named: Iterable[Span]) -> list[tuple[int, str, str]]:
    """Give the technologies and industries of a text by where names of them stand: (place, class, name as it stands)."""
    classes = classes_of_terms(vocabulary)
    return [(start, classes[text[start:end]], text[start:end]) for start, end in named if _apart(text, start, end)]


def _apart(text: str, start: int, stop: int) -> bool:
    """A name in Latin letters or digits must not continue: AI is not in AIDS, 5G not in 25G."""
    first, last = text[start], text[stop - 1]
    return not (first.isascii() and _LATIN.match(first) and _LATIN.match(text[start - 1 : start])) and not (
        last.isascii() and _LATIN.match(last) and _LATIN.match(text[stop : stop + 1])
    )


def find_terms(ctx: Context) -> None:
    """Add scenarios, then what each task concerns and uses, then what the document mentions besides."""
    if ctx.plan is None:
        return
    scenarios: list[Span] = []
    _scenarios(ctx, scenarios)
    taken = {place for start, end in scenarios for place in range(start, end)}
    listed = {ctx.vocabulary.canonical("Industry", label) for label in ctx.found("Industry")}
    used = ctx.pattern("terms.usesTechnology")
    said: set[tuple[Mention, str, str]] = set()
    for place, cls, name in names_in(ctx.vocabulary, ctx.text, ctx.once(names_of_tables)[TERM]):
        if place in taken:
            continue
        label = ctx.vocabulary.canonical(cls, name)
        holder, head = _task_at(ctx, place) or (SOURCE, None)
        relation = "mentions" if head is None else "concerns"
        if head is not None and cls == "Technology" and used.search(ctx.text, max(0, place - 20), place):
            relation = "usesTechnology"
        # The first sentence that names a thing is evidence enough; what the plan lists as its industries needs no mention.
        if (holder, relation, label) in said or (head is None and label in listed):
            continue
        said.add((holder, relation, label))
        spans = (ctx.sentence(place), *((head,) if head else ()))
        ctx.claim(holder, relation, Mention(cls, name), spans, f"terms.{relation}")


def _task_at(ctx: Context, place: int) -> tuple[Mention, Span] | None:
    item = ctx.outline.at(place)
    while item is not None:
        mention = ctx.tasks.get(item.start)
        if mention is not None:
            return mention, ctx.head_span(item)
        item = ctx.outline.items[item.parent] if item.parent >= 0 else None
    return None


def _scenarios(ctx: Context, taken: list[Span]) -> None:
    """Find scenarios: lists closed by 等…应用/服务/场景, and compounds such as 5G+X whose first part is a technology."""
    verbs, least = ctx.pattern("terms.scenarios", "verb"), rule("terms.scenarios").limit("least")
    for match in ctx.everywhere("terms.scenarios", "tail"):
        low = behind_last(ctx.text, "。；，：\n", max(0, match.start() - 120), match.start())
        verb = verbs.match(ctx.text, low, match.start())
        if verb is None:
            continue
        spans = split_list(ctx.text, verb.end(), match.start())
        names = [clean(ctx.text[s.start : s.end]) for s in spans]
        if len(names) < least or not all(2 <= len(name) <= 14 and not re.search(r"[，。《》]", name) for name in names):
            continue
        for name, span in zip(names, spans, strict=True):
            if not ctx.vocabulary.knows("Technology", name) and not ctx.vocabulary.knows("Industry", name):
                taken.append(span)
                _scenario(ctx, name, ctx.sentence(span.start))
    industries = ctx.found("Industry")
    for plus in _JOINED.finditer(ctx.text):
        first = _FIRST.search(ctx.text, max(0, plus.start() - 10), plus.start())
        compound = ctx.pattern("terms.compound").match(ctx.text, first.start()) if first else None
        if compound is None or not ctx.vocabulary.knows("Technology", compound["a"]):
            continue
        name = compound["name"]
        if any(name.startswith(label) or label.startswith(name) for label in industries):
            continue
        name = ctx.regex("compound.end").split(name)[0]
        if len(name) <= len(compound["a"]) + 2:
            continue
        span = Span(compound.start(), compound.start() + len(name))
        taken.append(span)
        sentence = ctx.sentence(compound.start())
        scenario = _scenario(ctx, name, sentence)
        within = [Span(span.start + low, span.start + high) for low, high in gazetteer(ctx.vocabulary, name)[TERM]]
        for _, cls, part in names_in(ctx.vocabulary, ctx.text, within):
            if cls == "Technology":
                ctx.claim(scenario, "usesTechnology", Mention("Technology", part), (sentence,), "terms.compound")


def _scenario(ctx: Context, name: str, sentence: Span) -> Mention:
    scenario = Mention("Scenario", name)
    task = _task_at(ctx, sentence.start)
    if task is None:
        ctx.claim(SOURCE, "mentions", scenario, (sentence,), "terms.scenarios")
    else:
        ctx.claim(task[0], "concerns", scenario, (sentence, task[1]), "terms.scenarios")
    return scenario
