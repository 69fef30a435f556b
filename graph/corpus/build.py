"""The assembling of a corpus: group by plan, take the groups apart into the store, put together what is shared."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from ..assembly.citations import Plans
from ..assembly.overlay import Overlay
from ..assembly.proposals import Refused
from ..core.errors import OutputError
from ..core.model import Proposal
from ..core.namespaces import BASE
from ..formats.registry import FOLDERS, FORMATS
from ..formats.text import write_text
from ..quality.findings import Finding
from .groups import Group, grouped, names_of, number_warnings, plans_of
from .plans import Setting, Taken, Workshop
from .pool import Crew
from .read import Corpus, Folders, Told, batches
from .shared import unite
from .store import Store
from .stored import StoreRecords
from .tally import Tally


@lru_cache(maxsize=1)
def _workshop(setting: Path) -> Workshop:
    """Give this process' workshop; the setting travels as a file, once a process and not with every job."""
    return Workshop(Setting.unpack(setting.read_bytes()))


def _take(setting: Path, groups: list[tuple[int, Group]]) -> Taken:
    return _workshop(setting).take(groups)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A corpus in its store: where that is, what was counted, the groups that were set aside with what was found, overlays not used."""

    store: Path
    tally: Tally
    aside: list[tuple[Group, list[Finding]]]
    plans: int
    """How many groups there were."""
    unused: list[Overlay]
    refused: list[Refused]
    base: str = BASE

    def records(self) -> StoreRecords:
        """Open the store as ordered streams of records."""
        return StoreRecords(Store(self.store), self.tally, self.base)


def assemble_corpus(
    corpus: Corpus,
    overlays: list[Overlay],
    folders: Folders,
    work: Path,
    crew: Crew,
    *,
    proposals: list[Proposal] | None = None,
    told: Told | None = None,
    base: str = BASE,
) -> Assembled:
    """Assemble and check all plans of a corpus into a store in the folder `work`.

    A plan in which anything is wrong, or that knows a shared node as another thing than the plans before it, is set aside, and the rest is
    built. Raises `OutputError` when the store cannot be written.
    """
    plans, others = plans_of(corpus.entries)
    known = Plans(plans, others)
    corpus.shared_numbers = number_warnings(corpus.entries, base)
    names = names_of(corpus.entries, known, base)
    groups, unused = grouped(corpus.entries, overlays, names, known, base)
    setting = work / "setting.json"
    aside: dict[int, list[Finding]] = {}
    try:
        setting.write_bytes(Setting(plans, others, folders, proposals or [], base).pack())
        while True:
            listed = [(number, group) for number, group in enumerate(groups) if number not in aside]
            with closing(Store(work / "store.sqlite", fresh=True)) as store:
                filled = _filled(store, listed, setting, folders, crew, told)
                aside.update(filled.aside)
                united, clashing = unite(store, frozenset(group.plan for number, group in listed if number not in aside))
                if not clashing:
                    filled.tally.add(united)
                    break
            # Rare enough for all to be done again without the plans that do not fit beside the others.
            aside.update({number: [Finding("nodes", clashing[group.key])] for number, group in listed if group.key in clashing})
            (work / "store.sqlite").unlink()
        corpus.fault = corpus.fault or filled.fault
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror or error}", file=work) from error
    except sqlite3.Error as error:
        raise OutputError(f"cannot keep records here: {error}", file=work) from error
    found = [(groups[number], aside[number]) for number in sorted(aside)]
    return Assembled(work / "store.sqlite", filled.tally, found, len(groups), unused, filled.refused, base)


def _filled(store: Store, groups: list[tuple[int, Group]], setting: Path, folders: Folders, crew: Crew, told: Told | None) -> Taken:
    """Assemble and check plans into the store, or take them from the cache; give what they came to, their rows left out."""
    cache = folders.open()
    all_, missing = Taken(), []
    for number, group in groups:
        kept = cache.get_plan(group.basis) if folders.lasting else None
        if kept is None:
            missing.append((number, group))
            continue
        store.add(kept[0])
        all_.tally.add(kept[1])
        all_.documents += len(group.documents)
    count = sum(len(group.documents) for _, group in groups)
    for taken in crew.run(partial(_take, setting), batches(missing)):
        store.add(taken.rows)
        all_.tally.add(taken.tally)
        all_.aside.update(taken.aside)
        all_.fault = all_.fault or taken.fault
        all_.refused += taken.refused
        all_.documents += taken.documents
        if told:
            told("assembling and checking", all_.documents, count)
    store.index()
    return all_


def _write(assembled: Assembled, folder: Path, name: str) -> str:
    if name in FOLDERS:
        FOLDERS[name].write(assembled.records(), folder / FOLDERS[name].folder)
    else:
        write_text(folder / FORMATS[name].file, FORMATS[name].write(assembled.records()))
    return name


def write_all(assembled: Assembled, folder: Path, crew: Crew, formats: Iterable[str], *, told: Told | None = None) -> None:
    """Write formats, several at once where there are processes; the page first, which takes longest."""
    names = sorted(formats, key=lambda name: name != "html")
    for number, _ in enumerate(crew.run(partial(_write, assembled, folder), names), start=1):
        if told:
            told("writing", number, len(names))
