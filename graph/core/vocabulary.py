"""The vocabulary in `ontology/vocabulary/`: names, aliases, what must never merge, trigger words, English labels.

Adding a body, an industry, an alias, a unit or a trigger word is a line in one of these tables and no code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from .errors import VocabularyError
from .namespaces import ONTOLOGY

VOCABULARY = ONTOLOGY / "vocabulary"


@dataclass(frozen=True, slots=True)
class Entry:
    """A named thing: the label that its node bears, its English label, its other names, what it is matched with."""

    cls: str
    label: str
    en: str
    aliases: tuple[str, ...]
    aliases_en: tuple[str, ...] = ()
    code: str = ""
    match: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as texts write it: what to multiply the number by, the unit that then remains, QUDT's name of it.

    kind is `time`, `money`, `ratio` or empty.
    """

    text: str
    multiplier: Decimal
    unit_text: str
    qudt: str
    kind: str = ""

    @property
    def is_round(self) -> bool:
        """Tell whether the unit is a number by itself (突破千亿元): of ten thousand at least, of money of a hundred."""
        return self.multiplier >= (100 if self.kind == "money" else 10_000)


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A span of years that texts call by a name: “十四五” is 2021 to 2025."""

    name: str
    start: int
    end: int
    en: str


class _Roles(dict[str, tuple[str, ...]]):
    """The trigger words of each role; to ask for one that `words.tsv` does not have is a fault: a recogniser would silently find nothing."""

    def __missing__(self, role: str) -> tuple[str, ...]:
        raise VocabularyError(f"no words for the role {role}", file="words.tsv")


class Vocabulary:
    """All tables, indexed for look-up by class and name."""

    def __init__(self, folder: Path = VOCABULARY) -> None:
        self._folder = folder
        self._canonical: dict[tuple[str, str], str] = {}
        self.entries: dict[tuple[str, str], Entry] = {}
        self.never: dict[tuple[str, str, str], str] = {}
        self.words = _Roles()
        self.units: dict[str, Unit] = {}
        self.english: dict[tuple[str, str], tuple[str, str]] = {}
        for line, row in self._rows("never_merge.tsv", 4):
            cls, a, b, why = row[:4]
            if not why:
                raise VocabularyError("a reason is missing", file="never_merge.tsv", line=line)
            self.never[cls, a, b] = self.never[cls, b, a] = why
        self._load_entries()
        for line, row in self._rows("aliases.tsv", 3):
            self._add(Entry(row[0], row[1], "", _split(row[2])), "aliases.tsv", line)
        roles: dict[str, list[str]] = {}
        for _, row in self._rows("words.tsv", 2):
            roles.setdefault(row[0], []).append(row[1])
        self.words = _Roles({role: tuple(words) for role, words in roles.items()})
        for line, row in self._rows("units.tsv", 5):
            try:
                unit = Unit(row[0], Decimal(row[1] or "1"), row[2] or row[0], row[3], row[4])
            except ArithmeticError as error:
                raise VocabularyError(f"no number: {row[1]!r}", file="units.tsv", line=line) from error
            # Some copies write the slash as wide as a character (太比特／秒).
            self.units[row[0]] = self.units[row[0].replace("/", "／")] = unit
        for _, row in self._rows("labels_en.tsv", 4):
            self.english[row[0], row[1]] = (row[2], row[3])
        self.role: Callable[[str], tuple[str, ...]] = self.words.__getitem__
        """Gives the trigger words of a role; raises `VocabularyError` for one that `words.tsv` does not have."""

    def _rows(self, name: str, columns: int) -> Iterator[tuple[int, list[str]]]:
        try:
            lines = (self._folder / name).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise VocabularyError(f"cannot read the vocabulary: {error}", file=name) from error
        for number, line in enumerate(lines[1:], start=2):
            if not line.strip() or line.startswith("#"):
                continue
            cells = [cell.strip() for cell in line.split("\t")]
            if not cells[0] or not cells[1 if columns > 1 else 0]:
                raise VocabularyError("the first two columns must be filled", file=name, line=number)
            yield number, cells + [""] * (columns - len(cells))

    def _load_entries(self) -> None:
        for line, row in self._rows("organizations.tsv", 6):
            label, en, aliases, aliases_en = row[:4]
            self._add(Entry("Organization", label, en, _split(aliases), _split(aliases_en)), "organizations.tsv", line)
        for line, row in self._rows("industries.tsv", 6):
            code, label, en, aliases, broader, match = row[:6]
            # A policy industry (智慧医疗) has no code of its own; it is matched with, or narrower than, coded ones.
            entry = Entry("Industry", label, en, _split(aliases), (), "" if code == "-" else code, _split(match), _split(broader))
            self._add(entry, "industries.tsv", line)
        for cls, name in (("Technology", "technologies.tsv"), ("Programme", "programmes.tsv")):
            for line, row in self._rows(name, 3):
                self._add(Entry(cls, row[0], row[1], _split(row[2])), name, line)
        for line, row in self._rows("instruments.tsv", 4):
            self._add(Entry("Instrument", row[0], row[1], _split(row[3]), kind=row[2]), "instruments.tsv", line)
        for line, row in self._rows("places.tsv", 5):
            code, label, en, aliases, kind = row[:5]
            self._add(Entry("Place", label, en, _split(aliases), (), "" if code == "-" else code, kind=kind), "places.tsv", line)

    def _add(self, entry: Entry, file: str, line: int) -> None:
        key = (entry.cls, self._canonical.get((entry.cls, entry.label), entry.label))
        known = self.entries.get(key)
        if known:
            entry = Entry(
                entry.cls, known.label, known.en or entry.en, known.aliases + entry.aliases, known.aliases_en,
                known.code, known.match, known.broader, known.kind,
            )  # fmt: skip
        self.entries[key] = entry
        for name in (entry.label, *entry.aliases):
            owner = self._canonical.setdefault((entry.cls, name), entry.label)
            if owner != entry.label:
                raise VocabularyError(f"{name} already names {owner}, not {entry.label}", file=file, line=line)
            if (entry.cls, entry.label, name) in self.never:
                raise VocabularyError(f"{entry.label} and {name} must never merge", file=file, line=line)

    @cached_property
    def periods(self) -> tuple[NamedPeriod, ...]:
        """Give the spans of years that have a name, read when they are first asked for."""
        return tuple(NamedPeriod(row[0], int(row[1]), int(row[2]), row[3]) for _, row in self._rows("periods.tsv", 4))

    def canonical(self, cls: str, name: str) -> str:
        """Give the label of the one node that bears this name in its class; an unknown name is its own label."""
        return self._canonical.get((cls, name), name)

    def knows(self, cls: str, name: str) -> bool:
        """Tell whether the name stands in the tables of this class."""
        return (cls, name) in self._canonical

    def entry(self, cls: str, label: str) -> Entry | None:
        """Give the entry of a label or alias, if there is one."""
        return self.entries.get((cls, self.canonical(cls, label)))

    def names(self, cls: str) -> Iterator[tuple[str, str]]:
        """Give every name of a class with the label it stands for."""
        return ((name, label) for (named, name), label in self._canonical.items() if named == cls)

    def english_label(self, cls: str, label: str) -> tuple[str, str]:
        """Give the English label and whose translation it is (`own` or `official`); empty when there is none."""
        translated = self.english.get((cls, label)) or self.english.get(("*", label))
        if translated:
            return translated
        entry = self.entries.get((cls, label))
        return (entry.en, "official" if cls == "Organization" else "own") if entry and entry.en else ("", "")

    def word(self, role: str) -> str:
        """Give the one word of a role, e.g. of how the program words a label (`wording.year`)."""
        return self.role(role)[0]


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def load_vocabulary(folder: Path = VOCABULARY) -> Vocabulary:
    """Load the tables once a process.

    Raises `VocabularyError` for a missing file or column and for an alias that names two things.
    """
    return Vocabulary(folder)
