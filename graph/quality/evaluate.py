"""Score extraction against gold files: precision, recall and F1 by relation and document, with what was missed and wrong.

A gold file is a table `subject<TAB>predicate<TAB>object` written by hand; `|` separates labels that are equally right, `PLAN` stands for the
document's plan. `# file:` names the document and `# sha256:` its hash, so that a score is never taken against another text. A long document
may be annotated for some predicates alone: `# only: target cites` names them, and nothing else is scored. A relation that the ontology does not
call `yf:scored "always"` is scored where a file has rows of it or says `# also: setIn dueBy`: then it is annotated in full.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from ..core.errors import ReadError
from ..core.model import Attributes, Mention, Reading, Span
from ..core.schema import load_schema
from ..core.vocabulary import Vocabulary, load_vocabulary
from ..extract import extract
from ..readers.read import read_file
from ..text.numerals import plain

_ATTRIBUTES = ("title", "number")
_VALUES = ("target", "observation")
"""Predicates of which gold files hold the values of the object and not its name."""
_AMOUNT = re.compile(r"(?P<names>.+) (?P<amount>(?:=|>=?|<=?|~|change) \S+ \S+ \S+)$")
_MARKS = re.compile(r"[\s“”\"'‘’《》〈〉<>*_]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a gold file: the labels that are right for the subject and the object."""

    subjects: frozenset[str]
    predicate: str
    objects: frozenset[str]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Found:
    """One extracted fact: every name of its subject and object, and the sentence it came from.

    holder are the names of the task whose text holds the subject, where that is a measure, or a provision of which an instrument is said.
    """

    subjects: frozenset[str]
    predicate: str
    objects: frozenset[str]
    text: str
    sentence: str
    holder: frozenset[str] = frozenset()


@dataclass(slots=True)
class Score:
    """How one relation of one document was extracted."""

    right: int = 0
    missed: list[Row] = field(default_factory=list)
    wrong: list[Found] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Give the share of what was found that is right; 1 where nothing was found."""
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Give the share of what is right that was found; 1 where there was nothing to find."""
        wanted = self.right + len(self.missed)
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of precision and recall."""
        total = 2 * self.right + len(self.wrong) + len(self.missed)
        return 2 * self.right / total if total else 1.0


@cache
def predicates() -> dict[str, bool]:
    """Give every predicate that a gold file may hold, and whether each of them holds it.

    They are read from the ontology: a relation that is added can be scored at once, and none is forgotten.
    """
    found = dict.fromkeys(_ATTRIBUTES, True)
    for relation in load_schema().relations.values():
        found[relation.scored_as] = found.get(relation.scored_as, False) or relation.always
    return found


def _bare(label: str) -> str:
    return _MARKS.sub("", label).replace("(", "（").replace(")", "）").replace(",", "，").strip("。，；：、")


def read_gold(path: Path) -> tuple[dict[str, str], list[Row]]:
    """Read a gold file: its header (title, file, sha256, annotator) and its rows.

    Raises `ReadError` with the line for a row that has no three columns or an unknown predicate.
    """
    header: dict[str, str] = {}
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot read the gold file: {error}", file=path) from error
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            key, colon, value = line[1:].partition(":")
            if colon:
                header.setdefault(key.strip(), value.strip())
            continue
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != 3:
            raise ReadError("a gold row has three columns parted by tabs", file=path, line=number)
        subject, predicate, object_ = (cell.strip() for cell in cells)
        if predicate not in predicates():
            raise ReadError(f"unknown predicate {predicate}", file=path, line=number)
        rows.append(Row(_alternatives(subject), predicate, _objects(predicate, object_), line.replace("\t", " | "), number))
    return header, rows


def _alternatives(cell: str) -> frozenset[str]:
    """Give the labels of a cell; those of a target or observation are its indicator's, each with its amount (甲|乙 = 5 家 2027)."""
    amount = _AMOUNT.fullmatch(cell)
    if amount:
        return frozenset(f"{_bare(part)} {_normal_target(amount['amount'])}" for part in amount["names"].split("|"))
    return frozenset(_bare(part) for part in cell.split("|"))


def _objects(predicate: str, cell: str) -> frozenset[str]:
    if predicate in ("target", "observation"):
        return frozenset(_normal_target(part.strip()) for part in cell.split("|"))
    if predicate == "declares":
        # 三大工程|3大工程: 甲;乙;丙, or each way of writing it with members of its own: 三大工程: 甲;乙|三大工程: 甲工程;乙工程.
        heads: list[str] = []
        told: set[str] = set()
        for part in cell.split("|"):
            head, colon, members = part.rpartition(":")
            heads.append(head if colon else part)
            if colon:
                names = ";".join(sorted(_bare(m) for m in members.split(";")))
                told.update(f"{_bare(h).strip()}:{names}" for h in heads)
                heads = []
        return frozenset(told)
    return _alternatives(cell)


def _normal_target(cell: str) -> str:
    """Write a gold target in one way: numbers plain, units as they stand but for the counter of a unit that has its own (个工作日).

    Of two ways to write one unit (日, 天) it is the one that targets bear.
    """
    parts, counter, units = cell.split(), load_vocabulary().word("unit.counter"), load_vocabulary().units
    # 个月 is a unit by itself; 个工作日 is 工作日.
    parts = [part if part in units and units[part].unit_text == part else part.removeprefix(counter) or part for part in parts]
    parts = [units[part].unit_text if part in units and units[part].multiplier == 1 else part for part in parts]
    return " ".join(str(plain(Decimal(p))) if re.fullmatch(r"-?\d+(\.\d+)?", p) and not re.fullmatch(r"20\d\d", p) else p for p in parts)


def target_text(attrs: Attributes) -> str:
    """Write a target as gold files do: `>= 5 款 2027`, `3..5 个 2025` under `=`, `change -15 % 2025`."""
    lower = attrs.get("yf:lower")
    amount = f"{lower}..{attrs.get('yf:upper')}" if lower is not None else str(attrs.get("yf:value"))
    sign = "change" if attrs.get("yf:change") else str(attrs.get("yf:comparator"))
    return f"{sign} {amount} {attrs.get('yf:unitText', '-')} {attrs.get('yf:period', attrs.get('yf:year', '-'))}"


def facts(reading: Reading, vocabulary: Vocabulary) -> list[Found]:
    """Give what was extracted from one document in the terms of gold files."""
    text = reading.document.text
    described = {d.mention: d for d in reading.described}
    measured = {c.object: c.subject for c in reading.claims if c.relation in ("hasTarget", "hasObservation")}

    def names(mention: Mention) -> frozenset[str]:
        if mention in measured:
            amount = target_text(described[mention].attrs)
            return frozenset(f"{name} {amount}" for name in names(measured[mention]))
        if mention == reading.plan:
            return frozenset(["PLAN"])
        if mention.cls == "SourceDocument":
            return frozenset(["SOURCE"])
        alt = described[mention].alt if mention in described else ()
        entry = vocabulary.entry(mention.cls, mention.label)
        known = (entry.label, *entry.aliases) if entry else ()
        return frozenset(_bare(name) for name in (mention.label, *alt, *known))

    def quote(spans: tuple[Span, ...]) -> str:
        return text[spans[0].start : spans[0].end].replace("\n", " ") if spans else ""

    found: dict[tuple[str, frozenset[str], frozenset[str], str], Found] = {}

    def add(
        predicate: str,
        subjects: frozenset[str],
        objects: frozenset[str],
        shown: str,
        sentence: str,
        holder: frozenset[str] = frozenset(),
        own: str = "",
    ) -> None:
        # Two targets of one amount, each for a place of its own, are two.
        found.setdefault((predicate, subjects, objects, own), Found(subjects, predicate, objects, shown, sentence, holder))

    if reading.plan:
        plan = frozenset(["PLAN"])
        titles = (reading.plan.label, *(described[reading.plan].alt if reading.plan in described else ()))
        add("title", plan, frozenset(_bare(t) for t in titles), f"PLAN | title | {reading.plan.label}", "")
        if reading.plan.number:
            add("number", plan, frozenset([_bare(reading.plan.number)]), f"PLAN | number | {reading.plan.number}", "")
    relations = load_schema().relations
    holders = {c.object: c.subject for c in reading.claims if c.relation == "hasMeasure"}
    givers = {c.object: c.subject for c in reading.claims if c.relation == "hasProvision"}
    issued = {(c.object, c.subject.label) for c in reading.claims if c.relation == "dueBy" and c.subject.cls == "CitedDocument"}
    for claim in reading.claims:
        if claim.subject in holders and holders[claim.subject] == reading.plan:
            # What is said of a measure is scored by its task; this one, of a phase of the plan, has none, and gold files name no measures.
            continue
        predicate = relations[claim.relation].scored_as
        subjects = names(claim.subject)
        if claim.relation == "dueBy":
            # 出台《某办法》 and 某办法 are due by one and the same date, which gold files write once.
            due = [title for deadline, title in issued if deadline == claim.object]
            if claim.subject.cls == "Measure" and any(f"《{title}》" in claim.subject.label for title in due):
                continue
            if claim.subject.cls == "CitedDocument":
                wording = {c.subject for c in reading.claims if c.object == claim.object and f"《{claim.subject.label}》" in c.subject.label}
                subjects |= frozenset(name for measure in wording for name in names(measure))
                holders.update((claim.subject, holders[measure]) for measure in wording if measure in holders)
                # 2026年底前，甲局制定《某办法》: of what no measure says, the task whose text says it holds the document.
                beside = [c.subject for c in reading.claims if (c.relation, c.object, c.spans[0]) == ("dueBy", claim.object, claim.spans[0])]
                tasks = [holders.get(subject, subject) for subject in beside if subject.cls != "CitedDocument"]
                holders.update((claim.subject, task) for task in tasks)
        subject = "PLAN" if claim.subject == reading.plan else claim.subject.label
        if predicate in _VALUES:
            written = target_text(described[claim.object].attrs)
            add(predicate, subjects, frozenset([written]), f"{subject} | {predicate} | {written}", quote(claim.spans), own=claim.object.label)
        elif predicate != "declares":
            # What a provision gives by, gold files may write of the task alone that makes it.
            over = holders.get(claim.subject) or (givers.get(claim.subject) if predicate == "usesInstrument" else None)
            holder = names(over) if over else frozenset()
            add(predicate, subjects, names(claim.object), f"{subject} | {predicate} | {claim.object.label}", quote(claim.spans), holder)
        else:
            attrs = described[claim.object].attrs
            labels = attrs.get("yf:memberLabel", ())
            # An open list (甲、乙等9部门) names some of its members: gold files hold the counts whose members the text lists.
            if isinstance(labels, tuple) and labels and (attrs["yf:holds"] or 2 * len(labels) > Decimal(str(attrs["yf:count"]))):
                members = ";".join(sorted(_bare(str(m)) for m in labels))
                written = f"{_bare(claim.object.label)}:{members}"
                # 场馆4座，分别为…: gold files put the count before the noun, wherever it stands.
                counted = f"{_bare(str(attrs['yf:count']) + str(attrs['yf:noun']))}:{members}"
                add("declares", subjects, frozenset([written, counted]), f"{subject} | declares | {written}", quote(claim.spans))
    return list(found.values())


def compare(
    rows: list[Row], found: list[Found], only: frozenset[str] = frozenset(), also: frozenset[str] = frozenset()
) -> dict[str, Score]:
    """Match what was found with gold rows, one to one within each predicate.

    `only` names the predicates annotated, where not all are; `also` those that not every gold file holds and this one does, with or without rows.
    What is said of a measure, and the instrument of a provision, may be written of the task whose text holds it, once for all that it holds: a second
    one is neither right nor wrong.
    """
    scores: dict[str, Score] = {}
    waiting: dict[str, list[Row]] = {}
    for row in rows:
        waiting.setdefault(row.predicate, []).append(row)
        scores.setdefault(row.predicate, Score())
    annotated = {row.predicate for row in rows} | also
    matched: list[Row] = []
    of_measures: list[Found] = []
    for fact in found:
        if fact.predicate not in annotated and not predicates()[fact.predicate]:
            continue
        if only and fact.predicate not in only:
            continue
        score = scores.setdefault(fact.predicate, Score())
        candidates = waiting.get(fact.predicate, [])
        match = next((r for r in candidates if r.objects & fact.objects and r.subjects & fact.subjects), None)
        if match is not None:
            candidates.remove(match)
            matched.append(match)
            score.right += 1
        elif fact.holder:
            of_measures.append(fact)
        else:
            score.wrong.append(fact)
    for fact in of_measures:
        candidates = waiting.get(fact.predicate, [])
        same = [r for r in (*candidates, *matched) if r.predicate == fact.predicate and r.objects & fact.objects and r.subjects & fact.holder]
        if not same:
            scores[fact.predicate].wrong.append(fact)
        elif same[0] in candidates:
            candidates.remove(same[0])
            matched.append(same[0])
            scores[fact.predicate].right += 1
    for predicate, rest in waiting.items():
        scores[predicate].missed.extend(rest)
    return scores


def score_file(gold: Path, folders: list[Path]) -> tuple[str, dict[str, Score]]:
    """Extract the document that a gold file annotates and score it; also give the document's title.

    Raises `ReadError` when the document is in none of the folders or is not the one that was annotated.
    """
    header, rows = read_gold(gold)
    name = header.get("file", "")
    path = next((folder / name for folder in folders if name and (folder / name).is_file()), None)
    if path is None:
        raise ReadError(f"the document {name or '(no `# file:` line)'} is not here", file=gold)
    wanted = header.get("sha256", "")
    if wanted and hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
        raise ReadError("the document is not the one that was annotated (sha256 differs)", file=path)
    vocabulary = load_vocabulary()
    reading = extract(read_file(path), vocabulary)
    return header.get("title", name), compare(
        rows, facts(reading, vocabulary), frozenset(header.get("only", "").split()), frozenset(header.get("also", "").split())
    )


def total(scores: list[dict[str, Score]]) -> dict[str, Score]:
    """Add up scores of several documents by predicate."""
    result: dict[str, Score] = {}
    for by_predicate in scores:
        for predicate, score in by_predicate.items():
            sum_ = result.setdefault(predicate, Score())
            sum_.right += score.right
            sum_.missed.extend(score.missed)
            sum_.wrong.extend(score.wrong)
    return result


def micro(scores: dict[str, Score]) -> Score:
    """Add up all predicates of a score."""
    return total([{"all": score} for score in scores.values()]).get("all", Score())
