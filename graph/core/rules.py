"""Rules as data: `ontology/rules/<subject>.yaml`, an entry a rule, with its templates, limits, guards and examples.

A rule's name begins with its subject, which is the name of its file. The files are a small part of YAML (`_parse` says which), read without
a YAML library because every start of the program reads them; a subject is read when its first rule is asked for, a pattern compiled
when it is first used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .errors import VocabularyError
from .namespaces import ONTOLOGY
from .needles import needles
from .vocabulary import Vocabulary, load_vocabulary
from .words import grouped_pattern, guarded_pattern, trie_pattern

RULES = ONTOLOGY / "rules"

ANY = "any"
"""The last part of a rule that stands for all of its subject whose names are not known beforehand (one an overlay file)."""
MATCH = "match"
"""The key of the only template that most rules have."""
NEEDS = "needs"
"""The key of a cheap pattern that stands within whatever the main template matches: lines without it are not searched."""
HAN = r"[^\W\da-zA-Z_]"
"""One Chinese character: this compiles fifty times faster than a range of code points."""
_PLACE = re.compile(r"\{([a-z][a-z0-9_.|*]*)\}")
_BEGINS = re.compile(r"(?:^|\|)(?:\((?:\?:|\?P<\w+>)?)*$")
"""What stands before the beginning of an alternative."""
_LISTS = ("states", "when", "unless")
_TEXTS = ("zh", "en")
_TRIED = ("anywhere", "start", "whole")


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what a rule makes of it; `gives` is empty for a text that it must leave."""

    text: str
    gives: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    zh and en say what it is to a reader of policies; states names the relations that it claims (none for a part that other rules use).
    templates are regular expressions in which `{role}` stands for the words of a role; limits are whole numbers; when and unless name guards
    that must, and must not, hold. tried says where a part's template is put to a text: anywhere, at its start, or to the whole of it.
    """

    name: str
    zh: str = ""
    en: str = ""
    states: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    tried: str = _TRIED[0]
    templates: dict[str, str] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    def limit(self, key: str) -> int:
        """Give a limit of the rule, e.g. how many members a list must have at least."""
        return self.limits[key]


@cache
def rules_of(subject: str) -> dict[str, Rule]:
    """Give the rules of a subject by name, in the order of the file.

    Raises `VocabularyError` for a file that is missing or is not of the form that `_parse` reads.
    """
    return _parse(RULES / f"{subject}.yaml")


def rule(name: str) -> Rule:
    """Give a rule by its name.

    Raises `VocabularyError` where there is none: a recogniser would silently find nothing.
    """
    subject = name.partition(".")[0]
    try:
        return rules_of(subject)[name]
    except KeyError:
        raise VocabularyError(f"no rule {name}", file=f"{subject}.yaml") from None


def all_rules() -> Iterator[Rule]:
    """Give every rule of every subject, in the order of the files' names."""
    for path in sorted(RULES.glob("*.yaml")):
        yield from rules_of(path.stem).values()


def rule_label(name: str, lang: str) -> str:
    """Say what a rule is in a language (`zh` or `en`); its own name where nothing stands there for it.

    >>> rule_label("industries.opened", "en")
    'a list that a word of priority opens and a field closes'
    >>> rule_label("overlay.5g", "en")
    'added by a person, with a source'
    >>> rule_label("somebody.else", "zh")
    'somebody.else'
    """
    subject = name.partition(".")[0]
    for candidate in (name, f"{subject}.{ANY}"):
        try:
            known = rule(candidate)
        except VocabularyError:
            continue
        return (known.zh if lang == "zh" else known.en) or name
    return name


@cache
def has_template(name: str, key: str) -> bool:
    """Tell whether a rule has a template of a key."""
    return key in rule(name).templates


@cache
def template(vocabulary: Vocabulary, name: str, key: str = MATCH) -> str:
    """Give a template with its places filled, as one group.

    A place holds the words of a role (`{industry.field}`), of several (`{adverb|verb.work}`), of all whose names begin alike (`{count.*}`),
    another rule's template (`{numerals.small}`), one Chinese character (`{han}`), the units of
    `units.tsv` (`{units}`) or those that are a number by themselves (`{units.round}`).
    """
    known = rule(name)
    if key not in known.templates:
        raise VocabularyError(f"the rule {name} has no template {key}", file=f"{name.partition('.')[0]}.yaml")

    def fill(place: re.Match[str]) -> str:
        names = place[1]
        if names == "han":
            return HAN
        if names == "units":
            return grouped_pattern(vocabulary.units)
        if names == "units.round":
            return grouped_pattern(text for text, unit in vocabulary.units.items() if unit.is_round)
        if "." in names and "|" not in names and "*" not in names and names not in vocabulary.words:
            return template(vocabulary, names)
        words = _words(vocabulary, names)
        # What a template begins with is for the search to pass over; further in, one look tells that none of many words stands there.
        begins = _BEGINS.search(known.templates[key], 0, place.start())
        return f"(?:{trie_pattern(words) if begins else guarded_pattern(words)})"

    return f"(?:{_PLACE.sub(fill, known.templates[key])})"


def _words(vocabulary: Vocabulary, names: str) -> Iterator[str]:
    for name in names.split("|"):
        if name.endswith("*"):
            for role, words in vocabulary.words.items():
                if role.startswith(name[:-1]):
                    yield from words
        else:
            yield from vocabulary.role(name)


@cache
def pattern(vocabulary: Vocabulary, name: str, key: str = MATCH) -> re.Pattern[str]:
    """Give a rule's template as a compiled pattern, compiled once."""
    return re.compile(template(vocabulary, name, key)[3:-1])


@cache
def needed_by(vocabulary: Vocabulary, name: str, key: str = MATCH) -> tuple[str, ...]:
    """Give strings of which a text must hold one for a rule's template to stand in it; empty where none can be told."""
    return needles(template(vocabulary, name, key))


@cache
def fixed_pattern(name: str, key: str = MATCH) -> re.Pattern[str]:
    """Give a template that needs no words of its own, for functions that are handed a text alone."""
    known = rule(name).templates[key]
    # Most hold no place to be filled: no vocabulary is read for them.
    return pattern(load_vocabulary(), name, key) if _PLACE.search(known) else re.compile(known)


class _Finders(dict[str, Callable[..., re.Match[str] | None]]):
    """The ways in which parts are put to a text, by the part's name, each made when it is first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, name: str) -> Callable[..., re.Match[str] | None]:
        compiled = pattern(self._vocabulary, name)
        self[name] = {"anywhere": compiled.search, "start": compiled.match, "whole": compiled.fullmatch}[rule(name).tried]
        return self[name]


@cache
def finders(vocabulary: Vocabulary) -> _Finders:
    """Give the ways in which parts are put to a text: search, match or fullmatch, as the part's entry says (`tried`)."""
    return _Finders(vocabulary)


def finder(vocabulary: Vocabulary, name: str) -> Callable[..., re.Match[str] | None]:
    """Give the way in which one part is put to a text."""
    return finders(vocabulary)[name]


def _parse(path: Path) -> dict[str, Rule]:
    r"""Read a file of rules.

    It is YAML of this form alone: a rule's name at the margin; two spaces in, `key: value`, the value plain, in single quotes, a list in
    brackets, or `|-` with lines four spaces in, whose line breaks fall away; and under `examples:`, four spaces in, `- text -> result`.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"cannot read the rules: {error}", file=path.name) from error
    found: dict[str, Rule] = {}
    name, key, values, examples = "", "", {}, []  # type: str, str, dict[str, str], list[Example]

    def close(number: int) -> None:
        if name:
            if name in found:
                raise VocabularyError(f"{name} stands here twice", file=path.name, line=number)
            found[name] = _rule(name, values, tuple(examples), path.name, number)

    for number, line in enumerate(lines, start=1):
        if line.startswith("    - ") and key == "examples":
            text, arrow, gives = _unquoted(line[6:]).rpartition("->")
            if not arrow:
                raise VocabularyError("an example is a text, an arrow and what it gives", file=path.name, line=number)
            examples.append(Example(text.strip(), gives.strip()))
        elif line.startswith("    ") and key and values.get(key, "").startswith("|"):
            values[key] += line.strip()
        elif line.startswith("  ") and line[2:3].isalpha() and ":" in line:
            key, _, value = line.strip().partition(":")
            values[key] = value.strip()
        elif line[:1].isalpha() and line.endswith(":"):
            close(number)
            name, key, values, examples = line[:-1], "", {}, []
        elif line.strip() and not line.lstrip().startswith("#"):
            raise VocabularyError("this is not how a rule is written", file=path.name, line=number)
    close(len(lines))
    return found


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith("'") and value.endswith("'") and len(value) > 1:
        return value[1:-1].replace("''", "'")
    return value.removeprefix("|-")


def _rule(name: str, values: dict[str, str], examples: tuple[Example, ...], file: str, line: int) -> Rule:
    """Make a rule of the values of its entry: what is neither text, list nor number is a template."""
    lists, templates, limits = {}, {}, {}  # type: dict[str, tuple[str, ...]], dict[str, str], dict[str, int]
    for key, raw in values.items():
        if key in _LISTS:
            lists[key] = tuple(part.strip() for part in raw.strip("[]").split(",") if part.strip())
        elif raw.isdigit():
            limits[key] = int(raw)
        elif key not in (*_TEXTS, "tried", "examples"):
            templates[key] = _unquoted(raw)
    tried = values.get("tried", _TRIED[0])
    if tried not in _TRIED:
        raise VocabularyError(f"{name} is tried {tried}, not {' or '.join(_TRIED)}", file=file, line=line)
    zh, en = (_unquoted(values.get(key, "")) for key in _TEXTS)
    return Rule(name, zh, en, **lists, tried=tried, templates=templates, limits=limits, examples=examples)
