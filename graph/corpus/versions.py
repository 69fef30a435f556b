"""What decides a result besides its sources: the code, the ontology with its vocabulary and rules, the libraries, the limits of reading."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from functools import cache

from ..core.limits import limits
from ..core.namespaces import ONTOLOGY, PACKAGE

_LIBRARIES = (
    # What documents are read with.
    "python-docx", "pypdfium2", "selectolax", "pyyaml", "lxml", "olefile", "striprtf", "rapidocr",
    # What names are found with.
    "ahocorasick-rs",
    # What graphs are assembled, checked and drawn with.
    "networkx", "shacl", "pyvis", "jinja2", "pyarrow",
)  # fmt: skip
"""Libraries of which another version may give another result."""


@cache
def code_version() -> str:
    """Give a digest of all that can decide a result: every file of the package but compiled ones, and the whole ontology.

    No list of sources stands here that a moved module could be missing from.
    """
    digest = hashlib.sha256(__name__.encode())
    for folder in (PACKAGE, ONTOLOGY):
        for path in sorted(folder.glob("**/*.*")):
            if path.suffix != ".pyc" and path.is_file():
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def library_versions() -> str:
    """Give the versions of Python and of the libraries that documents are read and graphs are made with."""
    from importlib.metadata import PackageNotFoundError, version

    found = [f"python {sys.version_info.major}.{sys.version_info.minor}"]
    for name in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            found.append(f"{name} {version(name)}")
    return ", ".join(found)


def read_limits() -> str:
    """Give the limits that decide whether a document is read."""
    bounds = limits()
    return f"{bounds.text} characters, {bounds.file} MB, {bounds.statements} statements"


def version_of_all() -> str:
    """Give all of it in one text."""
    return "\0".join((code_version(), library_versions(), read_limits()))
