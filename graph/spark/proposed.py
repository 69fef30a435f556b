"""What other tools propose is held against the documents that it quotes, where these lie.

An item that names its document is held against that one. One that names none is looked for in all of them, word for word, and where it
stands nowhere once more for what it may have been altered from. What a document makes of an item travels as a judgement; of several
the nearest stays (`quality.audit.judge` says which that is), so that the driver holds one an item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ..assembly.proposals import Proposed
from ..core.errors import ReadError
from ..core.schema import load_schema
from ..core.vocabulary import load_vocabulary
from ..quality.audit.items import Item
from ..quality.audit.judge import Judgement, Texts, find, judge_alone, judge_in, named_by, nearness
from ..quality.audit.locate import Found
from ..quality.audit.sources import BESIDE, read_items
from ..quality.audit.taken import take_in
from .files import Files
from .read import reading_in
from .wire import place

_PARTS = 8
"""How many tasks put judgements together; there is one an item."""
Meant = tuple[int, tuple[str, ...], str]
"""What a name means: by key before by file, of several files the first; and the key."""


class Asked(NamedTuple):
    """An item that is looked for: its number, itself, and the key of the document that it names, empty for one that names none."""

    number: int
    item: Item
    document: str


class Sight(NamedTuple):
    """What a document makes of an item, with the IRI of the document's group."""

    judgement: Judgement
    group: str


def fetched(files: Files, paths: Sequence[str], folder: Path) -> list[Path]:
    """Bring other tools' files here from where they lie, each under its own name, with the tables of texts that are read beside them.

    Raises `ReadError` for one that cannot be had.
    """
    found = []
    for number, path in enumerate(paths):
        here = folder / str(number)
        here.mkdir()
        found.append(here / PurePosixPath(path).name)
        files.fetch(path, found[-1])
        beside = path.rpartition("/")[0] + f"/{BESIDE}"
        if found[-1].suffix == Path(BESIDE).suffix and files.exists(beside):
            files.fetch(beside, here / BESIDE)
    return found


def items_of(paths: Sequence[Path], places: Sequence[str]) -> list[list[Item]]:
    """Read other tools' files, which came from some places.

    Raises `ReadError`, with the place, for one that cannot be read.
    """
    found = []
    for path, came in zip(paths, places, strict=True):
        try:
            found.append(read_items(path))
        except ReadError as error:
            raise ReadError(str(error).replace(f"{path.parent}/", f"{came.rpartition('/')[0]}/")) from error
    return found


def judged(files: Mapping[Path, Sequence[Item]], entries: Any, rows: Any) -> tuple[Proposed, list[str]]:
    """Hold items against the documents: gives what holds, and the groups that the proposals belong to.

    entries are the documents by key, each once; rows have key, group and reading of each.
    """
    schema, vocabulary = load_schema(), load_vocabulary()
    listed = [item for items in files.values() for item in items]
    wanted = frozenset(name for item in listed for name in named_by(item.document))
    named_so = entries.mapPartitions(partial(bearers, wanted=wanted)).reduceByKey(min, _PARTS, placed)
    meant = {name: key for name, (_, _, key) in named_so.collect()}
    several = entries.keys().take(2)
    only = several[0] if len(several) == 1 else ""
    found: dict[int, Sight] = {}
    asked = []
    for number, item in enumerate(listed):
        named = next((meant[name] for name in named_by(item.document) if name in meant), only)
        alone = judge_alone(item, named, schema, vocabulary)
        if alone is None:
            asked.append(Asked(number, item, named))
        else:
            found[number] = Sight(alone, "")
    for altered in (False, True):
        asked = [one for one in asked if one.number not in found]
        if asked:
            told = rows.context.broadcast(asked)
            seen = rows.mapPartitions(partial(sights, told=told, altered=altered)).reduceByKey(nearer, _PARTS)
            found.update(seen.collect())
            told.destroy()
    for one in asked:
        if one.number not in found:
            found[one.number] = Sight(judge_in(one.item, "", Found("nowhere"), Texts({}), schema, vocabulary), "")
    proposed, groups, number = Proposed(), list[str](), 0
    for file, items in files.items():
        theirs = [found[number + nth] for nth in range(len(items))]
        number += len(items)
        take_in(proposed, file, [one.judgement for one in theirs])
        groups += [one.group for one in theirs if one.judgement.holds]
    return proposed, groups


def placed(name: str) -> int:
    """Give the task that a name goes to."""
    return place(name, _PARTS)


def bearers(pairs: Iterable[tuple[str, tuple[str, bytes]]], wanted: frozenset[str]) -> Iterator[tuple[str, Meant]]:
    """Give the documents that bear names which are asked for: by their key, or as their file."""
    for key, (file, _) in pairs:
        path = PurePosixPath(file)
        if key in wanted:
            yield key, (0, (), key)
        for name in {path.stem, path.name} & wanted:
            yield name, (1, path.parts, key)


def sights(rows: Iterable[Any], told: Any, altered: bool) -> Iterator[tuple[int, Sight]]:
    """Give what documents make of the items that are looked for in them; nothing where they have nothing like it."""
    schema, vocabulary = load_schema(), load_vocabulary()
    everywhere = [one for one in told.value if not one.document]
    theirs: dict[str, list[Asked]] = {}
    for one in told.value:
        theirs.setdefault(one.document, []).append(one)
    for row in rows:
        asked = (*theirs.get(row.key, ()), *everywhere)
        if row.fault or not asked:
            continue
        document = reading_in(bytes(row.reading)).document
        texts = Texts({document.key: lambda text=document.text: text})  # type: ignore[misc]
        for one in asked:
            seen = find(one.item, texts.text(document.key), altered=altered)
            if seen.alike:
                yield one.number, Sight(judge_in(one.item, document.key, seen, texts, schema, vocabulary), row.group)


def nearer(one: Sight, other: Sight) -> Sight:
    """Give the better of what two documents make of an item."""
    return min(one, other, key=lambda sight: nearness(sight.judgement.found, sight.judgement.document))
