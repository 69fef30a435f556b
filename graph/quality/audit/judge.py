"""Whether what another tool extracted holds: its quote, its ends, its classes and its relation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import ReadError
from ...core.schema import Schema
from ...core.vocabulary import Vocabulary
from .items import Item
from .locate import Found, Located

_LEFT_OUT = re.compile(r"[\s《》〈〉<>“”\"]+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one item: its quote's fate, the text it was looked for in, and all that speaks against it."""

    item: Item
    found: Found
    document: str
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Tell whether nothing speaks against the item."""
        return not self.faults


class Texts:
    """The texts of a folder by their names, each read when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.txt"))}
        if not self._paths:
            raise ReadError("no texts (*.txt) in this folder", file=folder)
        self._located: dict[str, Located] = {}

    def names(self) -> list[str]:
        """Give the names of all texts."""
        return list(self._paths)

    def resolve(self, document: str) -> str:
        """Give the text that a tool's name of a document means: by its name with or without ending; the only one where there is one."""
        for name in (document, document.removesuffix(".txt"), Path(document).stem):
            if name in self._paths:
                return name
        return next(iter(self._paths)) if len(self._paths) == 1 else ""

    def text(self, name: str) -> Located:
        """Give a text by its name.

        Raises `ReadError` when it cannot be read.
        """
        if name not in self._located:
            path = self._paths[name]
            try:
                self._located[name] = Located(path.read_bytes().decode("utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                raise ReadError(f"cannot read the text: {error}", file=path) from error
        return self._located[name]


def judge(items: Iterable[Item], texts: Texts, schema: Schema, vocabulary: Vocabulary) -> Iterator[Judgement]:
    """Judge items one by one, in their order.

    Raises `ReadError` when a text cannot be read.
    """
    for item in items:
        document, found, faults = _quote(item, texts)
        faults += _ends(item, vocabulary)
        faults += _types(item, schema)
        yield Judgement(item, found, document, tuple(faults))


def _quote(item: Item, texts: Texts) -> tuple[str, Found, list[str]]:
    """Find an item's quote: in the document that it names, else in the first that has it."""
    named = texts.resolve(item.document)
    if item.document and not named:
        return "", Found("nowhere"), [f"no text of the name {item.document}"]
    if item.chunk:
        return _in_chunk(item, texts, [named] if named else texts.names())
    return _nearest(item.quote, texts, [named] if named else texts.names(), named, item.start, item.end)


def _nearest(
    quote: str, texts: Texts, names: list[str], where: str = "", start: int = -1, end: int = -1
) -> tuple[str, Found, list[str]]:
    """Find a quote in the first of some texts that has it, or what is most like it; `where` is said of one that stands nowhere."""
    best = Found("nowhere")
    for name in names:
        found = texts.text(name).find(quote, start, end)
        if found.alike > best.alike:
            best, where = found, name
        if found.verdict == "verbatim":
            break
    return where, best, _told(best, where, texts)


def _in_chunk(item: Item, texts: Texts, names: list[str]) -> tuple[str, Found, list[str]]:
    """Find a quote whose place is counted in a stretch that the tool read, and that stretch in the text."""
    inside = Located(item.chunk).find(item.quote, item.start, item.end)
    if inside.verdict != "verbatim":
        faults = {
            "elsewhere": f"stands at {inside.span.start} of its chunk and not at {item.start}",
            "altered": f"its chunk has {item.chunk[inside.span.start : inside.span.end]}",
        }
        return "", inside, [faults.get(inside.verdict, "its chunk does not have it")]
    return _nearest(item.quote, texts, names)


def _told(found: Found, document: str, texts: Texts) -> list[str]:
    if found.verdict == "elsewhere":
        return [f"stands at {found.span.start}-{found.span.end} and not where it is said to"]
    if found.verdict == "altered":
        return [f"altered: the text has {texts.text(document).text[found.span.start : found.span.end]}"]
    return ["stands nowhere in the text"] if found.verdict == "nowhere" else []


def _bare(text: str) -> str:
    return _LEFT_OUT.sub("", text)


def _names(vocabulary: Vocabulary, label: str, cls: str) -> Iterator[str]:
    """Give the other names of what a label stands for; of any class where the tool gives none."""
    for named in [cls] if cls else ("Organization", "Industry", "Technology"):
        entry = vocabulary.entry(named, label)
        if entry is not None:
            yield from (entry.label, *entry.aliases)


def _ends(item: Item, vocabulary: Vocabulary) -> list[str]:
    """Tell which ends of an edge the quote does not name, by their labels or by names that the vocabulary knows them by."""
    if not item.is_edge:
        return []
    quote = _bare(item.quote)
    faults = []
    for name, label, cls in (("subject", item.subject, item.subject_cls), ("object", item.object, item.object_cls)):
        if not label:
            faults.append(f"has no {name}")
        elif not any(known and _bare(known) in quote for known in (label, *_names(vocabulary, label, cls))):
            faults.append(f"its quote does not name the {name} {label}")
    if item.subject and item.subject == item.object:
        faults.append("joins a thing to itself")
    return faults


def _types(item: Item, schema: Schema) -> list[str]:
    """Tell which classes and relations the ontology does not have, and ends that the relation does not join."""
    faults = [f"no class {cls} in the ontology" for cls in (item.cls, item.subject_cls, item.object_cls) if cls and cls not in schema.classes]
    if not item.is_edge:
        return faults
    relation = item.relation.removeprefix("yf:")
    if relation not in schema.relations:
        return [*faults, f"no relation {item.relation} in the ontology" if item.relation else "has no relation"]
    if not faults and item.subject_cls and item.object_cls and not schema.allows(item.subject_cls, relation, item.object_cls):
        faults.append(f"{relation} does not go from {item.subject_cls} to {item.object_cls}")
    return faults


def tally(judgements: Iterable[Judgement]) -> Mapping[str, int]:
    """Count judgements by the fate of the quote, and those that hold."""
    counts: Counter[str] = Counter()
    for judgement in judgements:
        counts[judgement.found.verdict] += 1
        counts["holds"] += judgement.holds
    return counts
