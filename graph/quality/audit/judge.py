"""Whether what another tool extracted holds: its quote, its ends, its classes and its relation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...core.errors import ReadError
from ...core.model import Span
from ...core.schema import Schema
from ...core.vocabulary import Vocabulary
from ...text.bare import bare_label
from .heads import Heads
from .items import Item
from .locate import Found, Located


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one item: its quote's fate, the text it was looked for in, and all that speaks against it.

    above are lines above the quote that name an end which the quote does not: the title, the head of an item.
    """

    item: Item
    found: Found
    document: str
    faults: tuple[str, ...]
    above: tuple[Span, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether nothing speaks against the item."""
        return not self.faults


class Texts:
    """Texts by their names, each read when it is first needed."""

    def __init__(self, readers: Mapping[str, Callable[[], str]], aliases: Mapping[str, str] | None = None) -> None:
        self._readers = readers
        self._aliases = aliases or {}
        self._located: dict[str, Located] = {}
        self._heads: dict[str, Heads] = {}

    @classmethod
    def of_folder(cls, folder: Path) -> Texts:
        """Give the texts of a folder (*.txt) by their names without the ending.

        Raises `ReadError` for a folder without any.
        """
        paths = sorted(folder.glob("*.txt"))
        if not paths:
            raise ReadError("no texts (*.txt) in this folder", file=folder)
        return cls({path.stem: partial(_text_of, path) for path in paths})

    def names(self) -> list[str]:
        """Give the names of all texts."""
        return list(self._readers)

    def resolve(self, document: str) -> str:
        """Give the text that a tool's name of a document means, with or without ending; the only one where there is one."""
        for name in (document, document.removesuffix(".txt"), Path(document).stem):
            if name in self._readers:
                return name
            if name in self._aliases:
                return self._aliases[name]
        return next(iter(self._readers)) if len(self._readers) == 1 else ""

    def text(self, name: str) -> Located:
        """Give a text by its name.

        Raises `ReadError` when it cannot be read.
        """
        if name not in self._located:
            self._located[name] = Located(self._readers[name]())
        return self._located[name]

    def heads(self, name: str) -> Heads:
        """Give the title and the heads of a text."""
        if name not in self._heads:
            self._heads[name] = Heads(self.text(name).text)
        return self._heads[name]


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot read the text: {error}", file=path) from error


def judge(items: Iterable[Item], texts: Texts, schema: Schema, vocabulary: Vocabulary) -> Iterator[Judgement]:
    """Judge items one by one, in their order.

    Raises `ReadError` when a text cannot be read.
    """
    for item in items:
        document, found, faults = _quote(item, texts)
        unnamed, above = _ends(item, vocabulary, texts.heads(document) if document else None, found.span.start)
        faults += unnamed
        faults += _types(item, schema)
        yield Judgement(item, found, document, tuple(faults), tuple(above))


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


def _names(vocabulary: Vocabulary, label: str, cls: str) -> Iterator[str]:
    """Give the other names of what a label stands for; of any class where the tool gives none."""
    for named in [cls] if cls else ("Organization", "Industry", "Technology"):
        entry = vocabulary.entry(named, label)
        if entry is not None:
            yield from (entry.label, *entry.aliases)


def _ends(item: Item, vocabulary: Vocabulary, heads: Heads | None, place: int) -> tuple[list[str], list[Span]]:
    """Tell which ends of an edge neither the quote nor a line above it names, by labels or names that the vocabulary knows; and those lines."""
    if not item.is_edge:
        return [], []
    quote = bare_label(item.quote)
    faults: list[str] = []
    above: list[Span] = []
    for name, label, cls in (("subject", item.subject, item.subject_cls), ("object", item.object, item.object_cls)):
        if not label:
            faults.append(f"has no {name}")
            continue
        known = [bare for one in (label, *_names(vocabulary, label, cls)) if (bare := bare_label(one))]
        if any(one in quote for one in known):
            continue
        if head := heads.naming(known, place) if heads and place >= 0 else None:
            above.append(head)
        else:
            faults.append(f"its quote does not name the {name} {label}")
    if item.subject and item.subject == item.object:
        faults.append("joins a thing to itself")
    return faults, list(dict.fromkeys(above))


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
