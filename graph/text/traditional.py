"""Traditional characters as simplified ones, for look-up: from a table and without a converter's dictionaries.

A look-up folds both what is typed and what is looked for, so that one character for one is enough: words that the two scripts
write otherwise (軟體 for 软件) are other names, and aliases where they are wanted.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..core.errors import VocabularyError
from ..core.namespaces import ONTOLOGY


@cache
def load_traditional(path: Path = ONTOLOGY / "traditional.tsv") -> dict[int, str]:
    """Give the simplified form of each traditional character, by code point as `str.translate` wants it.

    Raises `VocabularyError` when the table is missing or a line of it is not a character, a tab and its other forms.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"cannot read the table of traditional characters: {error}", file=path.name) from error
    found: dict[int, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("#"):
            continue
        simplified, tab, forms = line.partition("\t")
        if len(simplified) != 1 or not tab or not forms:
            raise VocabularyError("a line reads: character, tab, its traditional forms", file=path.name, line=number)
        found.update(dict.fromkeys(map(ord, forms), simplified))
    return found


def simplified(text: str) -> str:
    """Write a text in simplified characters, one for one.

    >>> simplified("5G應用揚帆行動計劃"), simplified("行动计划")
    ('5G应用扬帆行动计划', '行动计划')
    """
    return text if text.isascii() else text.translate(load_traditional())
