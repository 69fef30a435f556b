"""Policy instruments that tasks use: subsidies, tax relief, funds, procurement, pilots …, in the scheme of `instruments.tsv`.

Each instrument has its own rule in `ontology/rules/instruments.yaml`; the words that it finds are a name of the instrument there.
"""

from __future__ import annotations

import re
from functools import cache

from ...core.model import Attributes, Iri, Mention
from ...core.rules import rules_of, template
from ...core.vocabulary import Vocabulary
from ...core.words import scanned_pattern, skipping
from ...text.sentences import behind_last
from ..context import Context
from ..deadlines.work import Work

_SUBJECT, _USED = "instruments", "instruments.used"
_STOP = re.compile(r"[，。；\n]")
_IT = re.compile(r"\(\?P<it\d?>")


@cache
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Give one pattern of all instruments; what it found is the last group that took part."""
    parts = [template(vocabulary, rule.name) for rule in rules_of(_SUBJECT).values() if not rule.states]
    return re.compile(skipping("|".join(_IT.sub("(", part) for part in parts)))


@cache
def _names(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(scanned_pattern(name for name, _ in vocabulary.names("Instrument")))


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


def find_instruments(ctx: Context, work: Work) -> None:
    """Add the instruments that the text of each task says it uses. What a review tells of is none."""
    if ctx.plan is None or not ctx.tasks or not ctx.has_work:
        return
    past, pattern = ctx.regex("told.past"), _pattern(ctx.vocabulary)
    rows = work.rows
    read = 0
    # Only clauses that name an instrument at all are read for how they name it.
    for named in _names(ctx.vocabulary).finditer(ctx.text):
        if named.start() < read:
            continue
        start = behind_last(ctx.text, "，。\n；", read, named.start())
        stop = _STOP.search(ctx.text, named.end())
        read = stop.start() if stop else len(ctx.text)
        for match in pattern.finditer(ctx.text, start, read):
            name = match[match.lastindex or 0]
            sentence = ctx.sentence(match.start())
            row = rows.at(match.start())
            around = None if row else work.around(match.start())
            if not ctx.vocabulary.knows("Instrument", name) or past.search(ctx.text, sentence.start, match.end()):
                continue
            if row:
                # A row that names a task of its own speaks of that, and of nothing above the table.
                ctx.claim(row[1], "usesInstrument", instrument(ctx, name), (row[0],), _USED)
            elif around:
                ctx.claim(around[0], "usesInstrument", instrument(ctx, name), (sentence, ctx.head_span(around[1])), _USED)
