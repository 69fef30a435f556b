"""What can go wrong, each with a name; the command line turns any of them into one line and exit code 2."""

from __future__ import annotations

import unicodedata

_UNSAFE = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])


def printable(text: object) -> str:
    r"""Give a text in which nothing can steer a terminal or a page: control characters, directions and halves of a pair are spelt out.

    >>> printable("计划\x1b[2J.md"), printable("a\u202eb")
    ('计划\\x1b[2J.md', 'a\\u202eb')
    """
    said = str(text)
    if said.isprintable():
        return said
    return "".join(char.encode("unicode_escape").decode() if unicodedata.category(char) in _UNSAFE else char for char in said)


_LONGEST = 200
"""How much is told of a fault that nobody foresaw."""


class YangfanError(Exception):
    """A fault that the user can mend: says the file and the place where there is one.

    The command line prints ``str(error)`` as one line on standard error and exits with code 2.
    """

    def __init__(self, message: str, *, file: object = None, line: int | None = None) -> None:
        place = "" if file is None else f"{file}:{line}: " if line is not None else f"{file}: "
        super().__init__(printable(" ".join(f"{place}{message}".split())))
        self.file = file
        self.line = line


def reason_of(error: Exception) -> str:
    """Say in one line why a document or a plan is set aside; a fault that nobody foresaw is named by its kind."""
    if isinstance(error, YangfanError):
        return str(error)
    told = " ".join(str(error).split())[:_LONGEST]
    return f"an unforeseen fault ({type(error).__name__}{': ' if told else ''}{told})"


class Stopped(BaseException):
    """A signal asks the program to stop: what was begun is cleared away, and the exit code is 128 and the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


class ReadError(YangfanError):
    """A source document cannot be read: missing, empty, binary, of an unknown encoding or with broken front matter."""


class ScanError(ReadError):
    """A document is pictures of text; carries how many pages."""

    def __init__(self, message: str, *, file: object = None, pages: int = 0) -> None:
        super().__init__(message, file=file)
        self.pages = pages


class VocabularyError(YangfanError):
    """A file in `ontology/` is not what the program needs: a missing column, an ambiguous alias, an unknown class."""


class OverlayError(YangfanError):
    """An overlay names an unknown node, lacks a source, or carries a bad date or value."""


class GraphError(YangfanError):
    """The assembler refuses an edge: dangling, duplicate, or against the relation's domain or range."""


class OutputError(YangfanError):
    """The output folder or file cannot be written."""


class NameNotFound(YangfanError):
    """No node bears the name that was asked for; carries the nearest names."""


class AmbiguousName(YangfanError):
    """Several nodes bear the name that was asked for; carries the candidates."""


class QueryError(YangfanError):
    """A SPARQL query cannot be parsed or run."""


class CheckError(YangfanError):
    """What was built is not what it claims to be; nothing was written."""


class MissingLibrary(YangfanError, ImportError):
    """A library that is not installed; says what to type."""

    def __init__(self, library: str, requirement: str) -> None:
        super().__init__(f"this needs {library}; type: pip install '{requirement}'")
