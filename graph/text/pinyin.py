"""Pinyin without tones for search: how the characters of a label may be read, from a table and without a heavy library.

The table `ontology/vocabulary/pinyin.tsv` lists, for each syllable, the characters for which it is the usual reading and
those that may also be read so. Reading it takes a few milliseconds, where importing a pinyin library takes a quarter of a
second; a search tries every reading of a character, so that no dictionary of words is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ..core.errors import VocabularyError
from ..core.vocabulary import VOCABULARY

_MOST_FORMS = 8


@cache
def load_readings(path: Path = VOCABULARY / "pinyin.tsv") -> dict[str, tuple[str, ...]]:
    """Give the readings of each character, the usual one first; ü is written v.

    Raises `VocabularyError` when the table is missing or a line of it has no syllable.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"cannot read the table of readings: {error}", file=path.name) from error
    usual: dict[str, tuple[str, ...]] = {}
    also: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("#"):
            continue
        syllable, *cells = line.split("\t")
        if not (syllable.isascii() and syllable.isalpha()):
            raise VocabularyError(f"no syllable: {syllable!r}", file=path.name, line=number)
        for readings, characters in zip((usual, also), cells, strict=False):
            for character in characters:
                readings[character] = (*readings.get(character, ()), syllable)
    for character, further in also.items():
        usual[character] = usual.get(character, ()) + further
    return usual


def readings_of(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give the readings of the characters that occur in the texts, sorted by character.

    >>> readings_of(["5G智慧"])
    {'慧': ('hui',), '智': ('zhi',)}
    """
    known = load_readings()
    found: set[str] = set().union(*texts)
    return {character: known[character] for character in sorted(found) if character in known}


def pinyin_forms(label: str) -> tuple[str, ...]:
    """Give the ways in which a label may be typed: in full and by initials, at most eight of each, lower case.

    Characters without a reading stand as they are; white space is dropped.

    >>> pinyin_forms("智慧医疗")
    ('zhihuiyiliao', 'zhyl')
    """
    known = load_readings()
    spelt, initials = [""], [""]
    for character in "".join(label.lower().split()):
        readings = known.get(character, (character,))
        if len(spelt) * len(readings) > _MOST_FORMS:
            readings = readings[:1]
        spelt = [form + reading for form in spelt for reading in readings]
        initials = [form + reading[0] for form in initials for reading in readings]
    return tuple(dict.fromkeys((*spelt, *initials)))
