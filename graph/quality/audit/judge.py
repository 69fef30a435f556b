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
        for name in named_by(document):
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


def named_by(document: str) -> tuple[str, ...]:
    """Give the names by which a tool's name of a document may be meant, those that are meant before others first."""
    return (document, document.removesuffix(".txt"), Path(document).stem)


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
        named = texts.resolve(item.document)
        alone = judge_alone(item, named, schema, vocabulary)
        if alone is None:
            where, found = _first(item, [named] if named else texts.names(), named, texts)
            alone = judge_in(item, where, found, texts, schema, vocabulary)
        yield alone


def judge_alone(item: Item, named: str, schema: Schema, vocabulary: Vocabulary) -> Judgement | None:
    """Judge an item that no text need be asked of: it names one that there is not, or its own chunk does not have its quote."""
    if item.document and not named:
        return _judged(item, "", Found("nowhere"), f"no text of the name {item.document}", None, schema, vocabulary)
    if item.chunk:
        inside = Located(item.chunk).find(item.quote, item.start, item.end)
        if inside.verdict != "verbatim":
            faults = {
                "elsewhere": f"stands at {inside.span.start} of its chunk and not at {item.start}",
                "altered": f"its chunk has {item.chunk[inside.span.start : inside.span.end]}",
            }
            return _judged(item, "", inside, faults.get(inside.verdict, "its chunk does not have it"), None, schema, vocabulary)
    return None


def find(item: Item, text: Located, *, altered: bool = True) -> Found:
    """Give what becomes of an item's quote in one text; `altered` is whether to look for one that is only like it, which is dear."""
    # A place in a chunk is none in the text.
    place = (-1, -1) if item.chunk else (item.start, item.end)
    return text.find(item.quote, *place, altered=altered)


def nearness(found: Found, document: str) -> tuple[float, bool, str]:
    """Give by what one text (its name) has a quote before another: what sorts first counts."""
    return -found.alike, found.verdict != "verbatim", document


def _first(item: Item, names: Iterable[str], where: str, texts: Texts) -> tuple[str, Found]:
    """Find a quote in the text that has it best; `where` is said of one that stands nowhere."""
    best = Found("nowhere")
    for name in names:
        found = find(item, texts.text(name))
        if found.alike and nearness(found, name) < nearness(best, where or name):
            best, where = found, name
        if found.verdict == "verbatim":
            break
    return where, best


def judge_in(item: Item, document: str, found: Found, texts: Texts, schema: Schema, vocabulary: Vocabulary) -> Judgement:
    """Judge an item by what became of its quote in a text; the text is empty where none has it."""
    fault = {
        "elsewhere": f"stands at {found.span.start}-{found.span.end} and not where it is said to",
        "altered": f"altered: the text has {texts.text(document).text[found.span.start : found.span.end]}" if document else "",
        "nowhere": "stands nowhere in the text",
    }.get(found.verdict, "")
    return _judged(item, document, found, fault, texts.heads(document) if document else None, schema, vocabulary)


def _judged(
    item: Item, document: str, found: Found, fault: str, heads: Heads | None, schema: Schema, vocabulary: Vocabulary
) -> Judgement:
    unnamed, above = _ends(item, vocabulary, heads, found.span.start)
    faults = (*filter(None, [fault]), *unnamed, *_types(item, schema))
    return Judgement(item, found, document, faults, tuple(above))


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
