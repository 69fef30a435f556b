"""Policy instruments that tasks use: subsidies, tax relief, funds, procurement, pilots …, in the scheme of `instruments.tsv`.

Each instrument has its own rule in `ontology/rules/instruments.yaml`; the words that it finds are a name of the instrument there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...core.errors import VocabularyError
from ...core.model import Attributes, Iri, Mention, Span
from ...core.rules import rules_of, template
from ...core.vocabulary import Vocabulary
from ...core.words import skipping
from ...text.sentences import before_first, behind_last
from ..context import Context
from ..deadlines.work import Work
from ..gazetteer import INSTRUMENT, names_of_tables

_SUBJECT, _USED = "instruments", "instruments.used"
_IT = re.compile(r"\(\?P<it\d?>([^()]*)")


@cache
def _rules(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Give the rules of each name of the table: those that find it, or a name that may stand within or across it (引导基金 in 政府引导基金).

    Raises `VocabularyError` for a rule that finds what is no name of the table: it would never be tried.
    """
    names = [name for name, _ in vocabulary.names("Instrument")]
    found: dict[str, set[str]] = {name: set() for name in names}
    for rule in rules_of(_SUBJECT).values():
        for word in [] if rule.states else (word for it in _IT.findall(template(vocabulary, rule.name)) for word in it.split("|")):
            if word not in found:
                raise VocabularyError(f"{rule.name} finds {word}, which is no name of instruments.tsv", file=f"{_SUBJECT}.yaml")
            for name in names:
                if word in name or any(name.endswith(word[:size]) for size in range(1, len(word))):
                    found[name].add(rule.name)
    return {name: frozenset(rules) for name, rules in found.items()}


@cache
def _pattern(vocabulary: Vocabulary, rules: frozenset[str]) -> re.Pattern[str]:
    """Give one pattern of some rules; what it found is the last group that took part."""
    parts = [template(vocabulary, name) for name in rules_of(_SUBJECT) if name in rules]
    return re.compile(skipping("|".join(_IT.sub(r"(\1", part) for part in parts)))


def _clauses(ctx: Context) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Give the clauses that name an instrument at all, each with the rules that may say how it is named there."""
    rules, start, end, meant = _rules(ctx.vocabulary), 0, 0, frozenset[str]()
    for first, last in ctx.once(names_of_tables)[INSTRUMENT]:
        if first >= end:
            if end:
                yield start, end, meant
            start = behind_last(ctx.text, "，。\n；", end, first)
            end = before_first(ctx.text, "，。\n；", last, len(ctx.text))
            meant = frozenset()
        meant |= rules[ctx.text[first:last]]
    if end:
        yield start, end, meant


def instrument(ctx: Context, name: str) -> Mention:
    """Give the instrument of a name and say of which side it is."""
    label = ctx.vocabulary.canonical("Instrument", name)
    mention = Mention("Instrument", label)
    entry = ctx.vocabulary.entry("Instrument", label)
    attrs: Attributes = {"skos:inScheme": Iri("yf:policyInstruments")}
    if entry:
        attrs["skos:broader"] = Iri(f"yf:{entry.kind}Side")
    ctx.describe(mention, attrs, (name,) if name != label else ())
    return mention


def to_consumers(ctx: Context, sentence: Span, name: str) -> str:
    """Give what a word for support means in its sentence: of a trade-in or of vouchers it is the support of consumers (以旧换新，按售价给予补贴)."""
    whose = ctx.pattern(_USED, "to_consumers").search(ctx.text, *sentence) if ctx.pattern(_USED, "same").fullmatch(name) else None
    return whose[0] if whose else name


def find_instruments(ctx: Context, work: Work) -> None:
    """Add the instruments that the text of each task says it uses. What a review tells of is none."""
    if ctx.plan is None or not ctx.tasks or not ctx.has_work:
        return
    past, rows, whose = ctx.regex("told.past"), work.rows, ctx.vocabulary.word("particle.of")
    for start, end, rules in _clauses(ctx):
        if ctx.text.startswith(whose, end - len(whose)) and end < ctx.sentence(start).end - 1:
            # 企业主导制定国家标准的，给予奖励: what must be so for it is no instrument.
            continue
        for match in _pattern(ctx.vocabulary, rules).finditer(ctx.text, start, end):
            sentence = ctx.sentence(match.start())
            name = to_consumers(ctx, sentence, match[match.lastindex or 0])
            row = rows.at(match.start())
            around = None if row else work.around(match.start())
            if not ctx.vocabulary.knows("Instrument", name) or past.search(ctx.text, sentence.start, match.end()):
                continue
            if row:
                # A row that names a task of its own speaks of that, and of nothing above the table.
                ctx.claim(row[1], "usesInstrument", instrument(ctx, name), (row[0],), _USED)
            elif around:
                ctx.claim(around[0], "usesInstrument", instrument(ctx, name), (sentence, ctx.head_span(around[1])), _USED)
