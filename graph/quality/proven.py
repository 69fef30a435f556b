"""A graph that is checked, and checked once more without the statements that their quotes do not prove, where that is what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Protocol, TypeVar

from ..assembly.records import Records
from ..assembly.unproven import Unproven, unproven
from .findings import Finding


class Checked(Protocol):
    """A graph as it was assembled: its records, and what is wrong with them."""

    @property
    def records(self) -> Records:
        """Give its nodes, edges and statements."""

    @property
    def findings(self) -> Sequence[Finding]:
        """Give what is wrong."""


Graph = TypeVar("Graph", bound=Checked)


def proven(check: Callable[[Collection[str]], Graph]) -> tuple[Graph, dict[str, Unproven]]:
    """Assemble and check a graph, without the statements that their quotes do not prove where anything is wrong; give these too, by their IRIs.

    `check` does both without some statements (their IRIs). It is called a second time only where there are any: rare enough for all to be done again.
    """
    checked = check(())
    left = {one.statement.iri: one for one in unproven(checked.records)} if checked.findings else {}
    return check(left) if left else checked, left
