"""What must be known of a whole graph before it is written: counts, rules, prefixes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..assembly.records import counted
from ..core.model import Entry
from .encoding import Wire


@dataclass(slots=True)
class Tally:
    """Counts of nodes by class, of edges by relation and basis, of statements, passages and nodes without an English label.

    rules are the names of the rules of statements, used the prefixes of the texts that are kept, by the file that they are for.
    """

    classes: Counter[str] = field(default_factory=Counter)
    relations: dict[str, Counter[str]] = field(default_factory=dict)
    statements: int = 0
    passages: int = 0
    untranslated: int = 0
    rules: set[str] = field(default_factory=set)
    used: dict[str, set[str]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        self.classes.update(other.classes)
        for relation, bases in other.relations.items():
            self.relations.setdefault(relation, Counter()).update(bases)
        self.statements += other.statements
        self.passages += other.passages
        self.untranslated += other.untranslated
        self.rules |= other.rules
        for file, prefixes in other.used.items():
            self.used.setdefault(file, set()).update(prefixes)

    def count(self, entries: Iterable[Entry]) -> None:
        """Count nodes with the edges that leave them, and the statements of those edges."""
        for node, edges in entries:
            self.classes[node.cls] += 1
            self.untranslated += not node.en
            self.statements += sum(len(edge.statements) for edge in edges)
            for relation, bases in counted(edges).items():
                self.relations.setdefault(relation, Counter()).update(bases)

    def pack(self) -> Wire:
        """Write the tally."""
        used = {file: sorted(prefixes) for file, prefixes in self.used.items()}
        return [self.classes, self.relations, self.statements, self.passages, self.untranslated, sorted(self.rules), used]

    @classmethod
    def unpack(cls, wire: Wire) -> Tally:
        """Read a tally back."""
        classes, relations, statements, passages, untranslated, rules, used = wire
        by_relation = {relation: Counter(bases) for relation, bases in relations.items()}
        by_file = {file: set(prefixes) for file, prefixes in used.items()}
        return cls(Counter(classes), by_relation, statements, passages, untranslated, set(rules), by_file)
