"""The licences of what the package requires and ships, read from the metadata of what is installed. Run: python -m tests.licences

Prints a table in Markdown of every distribution that the package and its extras require, directly or through others, with its version and its
licence (PEP 639's expression, else the classifiers, else the old field). Ends with 1 where one has a licence outside the list of `ALLOWED`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from typing import NamedTuple

from packaging.requirements import Requirement

EXTRAS = ("ocr", "parquet", "pandas", "docs")
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "FTL", "ISC", "MIT", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip
"""SPDX identifiers that a program under Apache-2.0 may depend on: permissive ones, and MPL-2.0, whose duties stay with its own files."""
_SPDX = {
    "Apache Software License": "Apache-2.0", "Apache 2.0": "Apache-2.0", "BSD License": "BSD-3-Clause", "BSD": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause", "ISC License (ISCL)": "ISC", "MIT License": "MIT", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0", "dependency licenses": "FTL",
}  # fmt: skip
"""What older metadata call a licence; pypdfium2's last words mean what PDFium is built of (FreeType's licence among them, all permissive)."""


class Licence(NamedTuple):
    """A distribution with its version and its licences, by SPDX identifiers where these are known."""

    name: str
    version: str
    licences: tuple[str, ...]


def required(name: str, extras: tuple[str, ...] = EXTRAS) -> list[Licence]:
    """Give what a distribution requires here, and what that requires in turn; without itself."""
    found: dict[str, Licence] = {}
    queue: list[tuple[str, tuple[str, ...]]] = [(name, extras)]
    while queue:
        wanted, asked = queue.pop()
        try:
            one = distribution(wanted)
        except PackageNotFoundError:
            continue
        key = re.sub(r"[-_.]+", "-", wanted).lower()
        if key != name:
            if key in found:
                continue
            found[key] = Licence(key, one.version, tuple(licences(one.metadata.get_all)))
        for line in one.requires or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *asked)):
                queue.append((needed.name, tuple(needed.extras)))
    return [found[key] for key in sorted(found)]


def licences(field: object) -> Iterator[str]:
    """Give the licences that some metadata name: the expression's, else the classifiers', else the field's."""
    assert callable(field)
    expression = (field("License-Expression") or [""])[0]
    classifiers = [line.rpartition(" :: ")[2] for line in field("Classifier") or [] if line.startswith("License :: OSI Approved :: ")]
    old = (field("License") or [""])[0].splitlines()[:1]
    for stated in [expression] if expression else classifiers or old:
        for part in re.split(r" AND | OR |, ", stated):
            yield _SPDX.get(part.strip(), part.strip())


def forbidden(found: list[Licence]) -> list[Licence]:
    """Give those that have no licence, or one outside the list."""
    return [one for one in found if not one.licences or not ALLOWED.issuperset(one.licences)]


def main() -> None:
    """Print the table."""
    found = required("yangfan")
    print("| distribution | version | licence |\n|---|---|---|")
    for one in found:
        print(f"| {one.name} | {one.version} | {', '.join(one.licences)} |")
    for one in (bad := forbidden(found)):
        print(f"{one.name} {one.version}: {', '.join(one.licences) or 'no licence'} is outside the list", file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
