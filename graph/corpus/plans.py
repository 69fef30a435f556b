"""One plan with its documents: assembled, checked, and given to the store as records."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..assembly.assemble import assemble_plan
from ..assembly.builder import GraphBuilder
from ..assembly.proposals import Refused, propose
from ..assembly.records import GraphRecords
from ..core.errors import OutputError, reason_of
from ..core.model import Proposal, Reading
from ..core.namespaces import BASE
from ..quality.check import check_records
from ..quality.findings import Finding
from ..quality.proven import proven
from ..quality.shapes import check_shapes
from .encoding import dumps, loads, unpack_proposal
from .groups import Group
from .known import KnownPlans
from .read import Folders, kept_reading
from .shelf import Shelf
from .spool import Rows, Spool
from .store import merge
from .tally import Tally


@dataclass(frozen=True, slots=True)
class Setting:
    """What every group needs to know of the corpus: where its index stands, which knows the plans, and where readings are kept."""

    index: Path
    folders: Folders
    proposals: list[Proposal]
    base: str = BASE
    wanted: tuple[str, ...] = ()
    """The formats of several files that will be written, by name: what can be written of a plan while it is in memory then is."""

    def pack(self) -> bytes:
        """Write the setting, for other processes to read."""
        told = (self.index, self.folders.cache, self.folders.spare)
        return dumps([[*map(str, told)], self.folders.lasting, self.proposals, self.base, self.wanted])

    @classmethod
    def unpack(cls, data: bytes) -> Setting:
        """Read a setting back."""
        (index, kept, spare), lasting, proposals, base, wanted = loads(data)
        folders = Folders(Path(kept), Path(spare), lasting)
        return cls(Path(index), folders, [*map(unpack_proposal, proposals)], base, tuple(wanted))


@dataclass(slots=True)
class Taken:
    """What some groups came to: rows for the store, counts, the groups that were set aside with the reason, how many documents they were.

    fault says why the plans could not be kept for the next build.
    """

    rows: Rows = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    aside: dict[int, list[Finding]] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    """Proposals that cannot stand in their plan's graph."""
    left: list[tuple[Path, str]] = field(default_factory=list)
    """Statements that were left out, because their quotes do not prove them: of which file, and why."""
    documents: int = 0
    fault: str = ""


class _Checked(NamedTuple):
    """A group as it was assembled: its records, what is wrong, its shelf, and the proposals that cannot stand in it."""

    records: GraphRecords
    findings: list[Finding]
    shelf: Shelf
    unfit: list[Refused]


class Workshop:
    """Takes groups apart; one a process."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.cache = setting.folders.open()
        self.plans = KnownPlans.at(setting.index)
        self.spool = Spool(setting.index.parent)

    def readings(self, group: Group) -> list[Reading]:
        """Give a group's readings, citations resolved.

        Raises `ReadError` when a document changed or went away since it was read.
        """
        read = (kept_reading(path, kept, self.cache) for path, kept in group.documents)
        return [self.plans.lead(reading) for reading in read]

    def take(self, groups: list[tuple[int, Group]]) -> Taken:
        """Assemble and check some groups, each with its number, and take them apart; one in which anything is wrong is set aside."""
        taken = Taken()
        for number, group in groups:
            taken.documents += len(group.documents)
            try:
                rows, tally, findings, left = self._taken(group, taken.refused)
            except (OutputError, sqlite3.Error):
                raise
            except Exception as error:
                # The boundary of one plan: the rest of the folder is built whatever happens here.
                findings = [Finding("document", reason_of(error))]
            if findings:
                taken.aside[number] = findings
            else:
                taken.left += left
                # What is left out is told by every build, so such a plan is made by each.
                if self.setting.folders.lasting and not left:
                    self.cache.put_plan(group.basis, rows, tally)
                merge(taken.rows, self.spool.spooled(rows))
                taken.tally.add(tally)
        taken.fault = self.cache.fault
        return taken

    def _taken(self, group: Group, refused: list[Refused]) -> tuple[Rows, Tally, list[Finding], list[tuple[Path, str]]]:
        readings = self.readings(group)
        checked, left = proven(partial(self._checked, group, readings))
        shelf = checked.shelf
        refused += checked.unfit
        if checked.findings:
            return {}, Tally(), checked.findings, []
        files = {reading.document.key: path for reading, (path, _) in zip(readings, group.documents, strict=True)}
        return shelf.rows(), shelf.tally(), [], [(files[one.statement.passages[0].key], one.remark) for one in left.values()]

    def _checked(self, group: Group, readings: list[Reading], without: Collection[str]) -> _Checked:
        """Assemble a group without some statements, and check it."""
        builder = self._assembled(group, readings, without)
        unfit = propose(builder, self.setting.proposals)
        graph = builder.finish()
        records = GraphRecords(graph)
        shelf = Shelf(builder, group, records, graph.graph["told"], self.setting.wanted)
        return _Checked(records, [*check_records(records), *check_shapes(records, shelf.turtle())], shelf, unfit)

    def _assembled(self, group: Group, readings: list[Reading], without: Collection[str]) -> GraphBuilder:
        return assemble_plan(group.plan, readings, group.names, group.overlays, self.setting.base, without)
