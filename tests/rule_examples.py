"""What a rule makes of a text: how the examples in `ontology/rules/` are tried.

A rule that states relations is tried by reading a small plan that holds the text (⏎ parts its paragraphs, ↵ the rows of a table;
a first one that begins with # is the title): it gives the objects of its claims, each once. A part is put to the text itself: it gives
what it matches, or what its group `it` (`it2` … in further alternatives) does, match by match.
"""

from __future__ import annotations

import re

from tests.extracting import document
from yangfan.assembly.assemble import assemble
from yangfan.core.model import Document
from yangfan.core.rules import Rule, all_rules, finder, pattern
from yangfan.core.vocabulary import Vocabulary
from yangfan.extract import extract

BREAK = "⏎"
ROW = "↵"
TITLE = "海州市渔港建设行动计划（2024—2026年）"
EXAMPLES = [(rule, example) for rule in all_rules() for example in rule.examples]


def made_of(rule: Rule, text: str, vocabulary: Vocabulary) -> str:
    """Give what a rule makes of a text: labels joined by 、, or matches by a bar; empty when it leaves the text."""
    return "、".join(_claimed(rule, text, vocabulary)) if rule.states else " | ".join(_matched(rule, text, vocabulary))


def _matched(rule: Rule, text: str, vocabulary: Vocabulary) -> list[str]:
    compiled = pattern(vocabulary, rule.name)
    groups = [name for name in compiled.groupindex if name.removeprefix("it").isdigit() or name == "it"]
    text = text.replace(f" {BREAK} ", "\n")
    if rule.tried == "anywhere":
        return [_it(match, groups) for match in compiled.finditer(text)]
    match = finder(vocabulary, rule.name)(text)
    return [_it(match, groups)] if match else []


def _it(match: re.Match[str], groups: list[str]) -> str:
    return next((match[group] for group in groups if match[group]), "" if groups else match[0]).strip()


def _claimed(rule: Rule, text: str, vocabulary: Vocabulary) -> list[str]:
    found = [extract(_document(part), vocabulary) for part in text.split(f" {BREAK}{BREAK} ")]
    if rule.name.startswith("infer."):
        graph, _ = assemble(found)
        said = [
            graph.nodes[object_]["zh"]
            for _, object_, data in graph.edges(data=True)
            for statement in data["statements"]
            if statement.rule == rule.name
        ]
    else:
        said = [claim.object.label for reading in found for claim in reading.claims if claim.rule == rule.name]
    return list(dict.fromkeys(said))


def _document(text: str) -> Document:
    lines = text.replace(f" {ROW} ", "\n").split(f" {BREAK} ")
    title = lines.pop(0).removeprefix("# ") if lines[0].startswith("# ") else TITLE
    return document(*lines, title=title)
