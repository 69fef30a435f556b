"""Check that a graph is what it claims to be.

A build checks its records before it writes them. `check` reads the files back into records, as anyone could who has only the files, and
checks those, that every other file has their content, and that no file was changed since the build.
"""

from __future__ import annotations

from pathlib import Path

from ..assembly.records import GraphRecords, Records
from ..core.errors import ReadError
from ..formats.manifest import differences
from ..formats.registry import FORMATS
from .copies import check_copies
from .findings import Finding
from .nodes import check_declarations, check_nodes, check_targets
from .proofs import check_candidates, check_inferences, check_names, check_quotes, check_rules, check_statements
from .reported import check_report
from .shapes import CHECKED, told, validate


def check_exports(folder: Path) -> list[Finding]:
    """Run every check on a folder of exports and give what was found; an empty list is a clean bill.

    Raises `ReadError` when a file is missing or cannot be read.
    """
    from ..formats.load import load_graph

    problems: list[tuple[str, str]] = []
    graph = load_graph(folder, problems)
    records = GraphRecords(graph)
    return [
        *(Finding("files", message) for message in differences(folder)),
        *(Finding(check, message) for check, message in problems),
        *check_turtle(folder),
        *check_records(records),
        *check_names(records),
        *check_inferences(records),
        *check_copies(folder, records),
        *check_report(folder, records),
    ]


def check_turtle(folder: Path) -> list[Finding]:
    """Validate the Turtle of a folder of exports.

    Raises `ReadError` when a file is missing or cannot be read.
    """
    return told(validate(_turtle(folder)))


def check_shacl(folder: Path) -> tuple[bool, str]:
    """Validate a folder of exports and give whether it conforms, and the validation report in Turtle (SHACL, 3.6).

    Raises `ReadError` when a file is missing or cannot be read.
    """
    report = validate(_turtle(folder))
    return report.conforms, report.serialize("turtle")


def _turtle(folder: Path) -> str:
    return "\n".join(_load(folder / name) for name in (FORMATS[form].file for form in CHECKED))


def _load(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ReadError(error.strerror or "cannot be read", file=path) from error
    except UnicodeDecodeError as error:
        raise ReadError(f"not UTF-8 at byte {error.start}", file=path) from error


def check_records(records: Records) -> list[Finding]:
    """Check nodes, statements and passages against each other and against the texts."""
    return [finding for check in CHECKS for finding in check(records)]


CHECKS = (check_statements, check_candidates, check_rules, check_quotes, check_nodes, check_declarations, check_targets)
"""What is checked of every graph, before it is written and when it is read back."""
