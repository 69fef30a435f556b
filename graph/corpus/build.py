"""The assembling of a corpus: group by plan, take the groups apart into the store, put together what is shared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from ..assembly.overlay import Overlay
from ..assembly.proposals import Refused
from ..core.errors import OutputError
from ..core.model import Proposal
from ..core.namespaces import BASE
from ..core.stream import batches
from ..formats.registry import FOLDERS, FORMATS
from ..formats.text import write_text
from ..quality.findings import Finding
from .groups import Group
from .index import Index
from .plans import Setting, Taken, Workshop
from .pool import Crew
from .read import AT_ONCE, Folders, Told
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
    left: list[tuple[Path, str]]
    """Statements that were left out: of which file, and why."""
    base: str = BASE

    def records(self) -> StoreRecords:
        """Open the store as ordered streams of records."""
        return StoreRecords(Store(self.store), self.tally, self.base)


def assemble_corpus(
    index: Index,
    overlays: list[Overlay],
    folders: Folders,
    work: Path,
    crew: Crew,
    *,
    proposals: list[Proposal] | None = None,
    wanted: Sequence[str] = (),
    told: Told | None = None,
    base: str = BASE,
) -> Assembled:
    """Assemble and check all plans of a corpus into a store in the folder `work`; wanted are formats that will be written when asked.

    A plan in which anything is wrong, or that knows a shared node as another thing than the plans before it, is set aside, and the rest is
    built. Raises `OutputError` when the store cannot be written.
    """
    setting = work / "setting.json"
    aside: dict[int, list[Finding]] = {}
    try:
        plans = index.resolve(base)
        theirs, unused = index.plans_of(overlays)
        groups = partial(index.groups, plans, theirs, base)
        setting.write_bytes(Setting(index.path, folders, proposals or [], base, tuple(wanted)).pack())
        while True:
            with closing(Store(work / "store.sqlite", fresh=True)) as store:
                filled, count = _filled(store, groups(), aside, setting, folders, crew, len(index), told)
                aside.update(filled.aside)
                united, clashing = unite(store)
                if not clashing:
                    filled.tally.add(united)
                    break
            # Rare enough for all to be done again without the plans that do not fit beside the others.
            again = enumerate(groups())
            aside.update({number: [Finding("nodes", clashing[group.key])] for number, group in again if group.key in clashing})
            (work / "store.sqlite").unlink()
        index.fault = index.fault or filled.fault
        found = [(group, aside[number]) for number, group in enumerate(groups()) if number in aside] if aside else []
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror or error}", file=work) from error
    return Assembled(work / "store.sqlite", filled.tally, found, count, unused, filled.refused, sorted(filled.left), base)


def _filled(
    store: Store,
    groups: Iterable[Group],
    aside: Collection[int],
    setting: Path,
    folders: Folders,
    crew: Crew,
    documents: int,
    told: Told | None,
) -> tuple[Taken, int]:
    """Assemble and check plans into the store, or take them from the cache, but for those (by number) that are set aside.

    Gives what they came to, their rows left out, and how many groups there were.
    """
    cache = folders.open()
    all_ = Taken()
    count = 0

    def missing() -> Iterator[tuple[int, Group]]:
        nonlocal count
        for number, group in enumerate(groups):
            count += 1
            kept = cache.get_plan(group.basis) if folders.lasting and number not in aside else None
            if kept is not None:
                store.add(kept[0])
                all_.tally.add(kept[1])
                all_.documents += len(group.documents)
            elif number not in aside:
                yield number, group

    for taken in crew.run(partial(_take, setting), batches(missing(), AT_ONCE)):
        store.add(taken.rows)
        all_.tally.add(taken.tally)
        all_.aside.update(taken.aside)
        all_.fault = all_.fault or taken.fault
        all_.refused += taken.refused
        all_.left += taken.left
        all_.documents += taken.documents
        if told:
            told("assembling and checking", all_.documents, documents)
    store.index()
    return all_, count


def _write(assembled: Assembled, folder: Path, name: str) -> str:
    if name in FOLDERS:
        FOLDERS[name].write(assembled.records(), folder / FOLDERS[name].folder)
    else:
        write_text(folder / FORMATS[name].file, FORMATS[name].write(assembled.records()))
    return name


_DEAREST = ("nquads", "parquet", "html")
"""What takes longest to write is begun first."""


def write_all(
    assembled: Assembled, folder: Path, crew: Crew, formats: Iterable[str], meanwhile: Callable[[], None], *, told: Told | None = None
) -> None:
    """Write formats, several at once where there are processes; and do in this one, meanwhile, what else there is to do."""
    names = sorted(formats, key=lambda name: _DEAREST.index(name) if name in _DEAREST else len(_DEAREST))
    written = crew.begin(partial(_write, assembled, folder), names)
    meanwhile()
    for number, _ in enumerate(written, start=1):
        if told:
            told("writing", number, len(names))
