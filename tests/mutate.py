"""Which guards of the rules would be missed: each is dropped in turn, and the examples of its rule are tried again.

    python -m tests.mutate                 # guards: when and unless, limits, lookarounds and anchors of templates
    python -m tests.mutate --alternatives  # each alternative of a template besides
    python -m tests.mutate industries      # the rules of one subject

A guard whose loss no example notices is either not needed or not shown. This is no part of the tests: it says how good the examples are.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tests.rule_examples import made_of
from yangfan.core import rules
from yangfan.core.rules import Rule, all_rules
from yangfan.core.vocabulary import VOCABULARY, Vocabulary

Mutant = tuple[str, Rule]
"""What was dropped, and the rule without it."""


def _groups(template: str) -> Iterator[tuple[int, int]]:
    """Give where each group of a regular expression begins and ends, its brackets included."""
    opened: list[int] = []
    in_class = False
    at = 0
    while at < len(template):
        char = template[at]
        if char == "\\":
            at += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
            # A bracket that comes first in a class is one of its characters.
            at += 1 + (template[at + 1] == "^")
            at -= template[at] != "]"
        elif char == "(":
            opened.append(at)
        elif char == ")":
            yield opened.pop(), at + 1
        at += 1


def _choices(body: str) -> list[str]:
    """Split a piece of regular expression at the bars that stand in no group and no class."""
    held = {place for start, end in _groups(body) for place in range(start, end)}
    held |= {place for match in re.finditer(r"\[\^?\]?[^\]]*\]|\{[^}]*\}", body) for place in range(*match.span())}
    bars = [at for at, char in enumerate(body) if char == "|" and at not in held]
    edges = [-1, *bars, len(body)]
    return [body[low + 1 : high] for low, high in pairwise(edges)]


def guards_of(rule: Rule) -> Iterator[Mutant]:
    """Give the rule without each of its guards."""
    for name in rule.when:
        yield f"when {name}", replace(rule, when=tuple(other for other in rule.when if other != name))
    for name in rule.unless:
        yield f"unless {name}", replace(rule, unless=tuple(other for other in rule.unless if other != name))
    for key, value in rule.limits.items():
        loose = 999 if key.startswith(("longest", "most")) else 0
        yield f"{key} {value}", replace(rule, limits={**rule.limits, key: loose})
    for key, template in rule.templates.items():
        for start, end in _groups(template):
            if template[start + 1 : start + 3] in ("?=", "?!") or template[start + 1 : start + 4] in ("?<=", "?<!"):
                yield f"{key} {template[start:end]}", _with(rule, key, template[:start] + template[end:])
        if template.endswith("$") and not template.endswith("\\$"):
            yield f"{key} $", _with(rule, key, template[:-1])
        if template.startswith("^"):
            yield f"{key} ^", _with(rule, key, template[1:])
    if rule.tried == "whole":
        yield "tried whole", replace(rule, tried="start")


def alternatives_of(rule: Rule) -> Iterator[Mutant]:
    """Give the rule without each alternative of its templates."""
    for key, template in rule.templates.items():
        stretches = [(0, len(template))]
        stretches += [
            (start + len(opening[0]), end - 1)
            for start, end in _groups(template)
            if (opening := re.compile(r"\((?:\?(?:P<\w+>|:|=|!|<=|<!))?").match(template, start))
        ]
        for low, high in stretches:
            choices = _choices(template[low:high])
            for at in range(len(choices) if len(choices) > 1 else 0):
                left = "|".join(choices[:at] + choices[at + 1 :])
                yield f"{key} {choices[at]!r} of {template[low:high][:40]}", _with(rule, key, template[:low] + left + template[high:])


def _with(rule: Rule, key: str, template: str) -> Rule:
    return replace(rule, templates={**rule.templates, key: template})


def noticed(rule: Rule, mutant: Rule) -> bool:
    """Tell whether an example of the rule comes out otherwise with the mutant in its place."""
    table = rules.rules_of(rule.name.partition(".")[0])
    table[rule.name] = mutant
    try:
        # What is compiled is kept by vocabulary: a new one has nothing of the old rule.
        for kept in (rules.template, rules.pattern, rules.finders, rules.fixed_pattern):
            kept.cache_clear()
        vocabulary = Vocabulary(VOCABULARY)
        return any(made_of(mutant, example.text, vocabulary) != example.gives for example in rule.examples)
    except (re.error, LookupError):
        return True
    finally:
        table[rule.name] = rule


def main() -> int:
    """Drop one thing after another; print what nobody notices, and how much was noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("subjects", nargs="*", help="subjects to try (all)")
    parser.add_argument("--alternatives", action="store_true", help="drop alternatives of templates, not guards")
    options = parser.parse_args()
    made = alternatives_of if options.alternatives else guards_of
    dropped = seen = 0
    for rule in list(all_rules()):
        if options.subjects and rule.name.partition(".")[0] not in options.subjects:
            continue
        for what, mutant in made(rule):
            dropped += 1
            if noticed(rule, mutant):
                seen += 1
            else:
                print(f"not noticed: {rule.name}: {what}")
    print(f"{seen} of {dropped} noticed ({seen / dropped if dropped else 1:.1%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
