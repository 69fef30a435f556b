"""Words in the source texts: an index over pairs of characters, for Chinese has no spaces and half of its words have two characters.

SQLite's FTS5 finds phrases of tokens. A run of Chinese characters becomes its pairs and at last its final character (工业园 → 工业 业园 园), a run of
Latin letters or digits one token. So a phrase is found wherever its characters stand side by side, 互联 in 工业互联网 too, which FTS5's own
trigram tokens cannot do for words of two characters. Text is folded first as names are: width, case, traditional characters.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..text.traditional import simplified

_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
MOST = 60
DAMAGED = sqlite3.Error
"""What an index in a file raises when it is damaged, locked, or the disk is full."""
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text in which words were found: the document's key, the line's place, and its stretches with whether they are the words.

    Start and end count in code points of the text. What is far from the words is left out (…).
    """

    key: str
    start: int
    end: int
    stretches: tuple[tuple[str, bool], ...]


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold a text character by character; give it and where each folded character comes from."""
    parts, places = [], []
    for place, character in enumerate(simplified(text)):
        for folded in unicodedata.normalize("NFKC", character).casefold():
            parts.append(folded)
            places.append(place)
    return "".join(parts), places


def _tokens(run: str) -> list[str]:
    return [run] if run.isascii() else [*(run[place : place + 2] for place in range(len(run) - 1)), run[-1]]


def indexed(text: str) -> str:
    """Give a text as its tokens, apart by spaces.

    >>> indexed("推进5G应用。")
    '推进 进 5g 应用 用'
    """
    return " ".join(token for run in _RUN.findall(_folded(text)[0]) for token in _tokens(run))


def phrase(words: str) -> str:
    """Give what FTS5 is asked for words that stand side by side; empty where they hold no letter.

    The last run may go on in the text: its final character is sought only where it stands alone, then as a beginning.

    >>> phrase("互联"), phrase("5G应"), phrase("医")
    ('"互联"', '"5g 应" *', '"医" *')
    """
    runs = _RUN.findall(_folded(words)[0])
    if not runs:
        return ""
    last = runs[-1]
    ends = last.isascii() or len(last) == 1
    tokens = [token for run in runs[:-1] for token in _tokens(run)] + ([last] if ends else _tokens(last)[:-1])
    return f'"{" ".join(tokens)}"' + (" *" if ends else "")


class Texts:
    """The index of some source texts, in memory or in a file."""

    def __init__(self, path: Path | None = None) -> None:
        # Pages are made by one thread at a time, though not always by the same.
        self._database = sqlite3.connect(path or ":memory:", check_same_thread=False)

    def fill(self, texts: Iterable[tuple[str, str]]) -> None:
        """Index texts, each with its key, line by line."""
        with self._database as database:
            database.execute("CREATE TABLE line (key TEXT, start INTEGER, text TEXT)")
            database.execute("CREATE VIRTUAL TABLE found USING fts5(tokens, content='', tokenize='unicode61 remove_diacritics 0')")
            for key, text in texts:
                start = 0
                for line in text.split("\n"):
                    if line.strip():
                        row = database.execute("INSERT INTO line VALUES (?, ?, ?)", (key, start, line)).lastrowid
                        database.execute("INSERT INTO found (rowid, tokens) VALUES (?, ?)", (row, indexed(line)))
                    start += len(line) + 1

    def search(self, text: str, most: int = MOST) -> tuple[list[Line], int]:
        """Find the lines that hold all words of a text, the best first; words are apart by spaces. Gives at most `most`, and how many there are."""
        words = [word for word in text.encode("utf-8", "replace").decode("utf-8").split() if phrase(word)]
        if not words:
            return [], 0
        asked = " AND ".join(map(phrase, words))
        count = self._database.execute("SELECT COUNT(*) FROM found WHERE found MATCH ?", (asked,)).fetchone()[0]
        rows = self._database.execute(
            "SELECT key, start, text FROM found JOIN line ON line.rowid = found.rowid WHERE found MATCH ? ORDER BY rank, key, start LIMIT ?",
            (asked, most),
        )
        return [Line(key, start, start + len(line), tuple(_marked(line, words))) for key, start, line in rows], int(count)


def _marked(line: str, words: list[str]) -> Iterator[tuple[str, bool]]:
    """Cut a line into stretches with whether they are words that were sought; what is far from any becomes an ellipsis."""
    folded, places = _folded(line)
    marks = [False] * len(line)
    for word in words:
        sought = re.escape(_folded(word)[0])
        for match in re.finditer(sought, folded):
            for place in places[match.start() : match.end()]:
                marks[place] = True
    near = [False] * len(line)
    for place in (place for place, mark in enumerate(marks) if mark):
        for other in range(max(place - _AROUND, 0), min(place + _AROUND, len(line))):
            near[other] = True
    if not any(near):
        near = [place < 2 * _AROUND for place in range(len(line))]
    place = 0
    while place < len(line):
        kind = (marks[place], near[place])
        end = place
        while end < len(line) and (marks[end], near[end]) == kind:
            end += 1
        yield (line[place:end], True) if kind[0] else (line[place:end] if kind[1] else "…", False)
        place = end


def texts_at(path: Path, texts: Iterable[tuple[str, str]]) -> Texts:
    """Open the index in a file, made whole in one step where there is none."""
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".indexing-") as folder:
            made = Texts(Path(folder) / "texts")
            made.fill(texts)
            made._database.close()
            with contextlib.suppress(FileExistsError):
                (Path(folder) / "texts").rename(path)
    return Texts(path)
