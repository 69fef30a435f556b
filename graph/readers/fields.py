"""What a copy says about its document: field names as sites and crawlers write them, and lines made of such fields."""

from __future__ import annotations

import re
from functools import cache

from ..core.vocabulary import load_vocabulary
from ..text.dates import DAY_AND_TIME

_KEYS = ("date", "source", "author", "url", "number", "title")
"""Keys of `Document.metadata`; the names of each as copies write them have the role `field.<key>`."""
_EMPTY = ("", "-", "--", "None", "null", "N/A")
_LONGEST_NAME = 30


@cache
def _names() -> dict[str, str]:
    """Give the key of each field's name."""
    vocabulary = load_vocabulary()
    return {name: key for key in _KEYS for name in vocabulary.role(f"field.{key}")}


@cache
def _field() -> re.Pattern[str]:
    """Give the pattern of a field's name; sites space names out to equal widths: 索 引 号, 来 源."""
    names = sorted((*_names(), *load_vocabulary().role("field.idle")), key=len, reverse=True)
    return re.compile(rf"(?P<name>{'|'.join(' ?'.join(name) for name in names)}) ?[：:]")


def known(name: str) -> bool:
    """Tell whether a field's name is one that copies carry above or below the text."""
    return name in _names() or name in load_vocabulary().role("field.idle")


def put(metadata: dict[str, str], name: str, value: str) -> None:
    """Keep a field under its key; the first value stays. What says "nothing", or is no publisher, is not kept.

    An address given as the source (来源: https://…) is the address; a clause given as the publisher (发布机构: 加快布局) is a
    crawler's mistake.
    """
    key, words = _names().get(name), load_vocabulary()
    value = value.strip(" \t|｜;；")
    if key is None or value in _EMPTY or value in words.role("field.nothing"):
        return
    if key == "source" and value.startswith(("http://", "https://")):
        key = "url"
    if key == "source" and (value.startswith(words.role("field.clause")) or len(value) > _LONGEST_NAME):
        return
    metadata.setdefault(key, value)


def fields(text: str) -> list[tuple[str, str]]:
    """Take a line apart that is made of nothing but fields (发布时间：2021-07-13 来源：某司); any other line gives none.

    The cells of a table's row, parted by tabs, are read alike. A field's value holds no full stop.
    """
    if "：" not in text and ":" not in text:
        # The card of a site's table: each name in a cell of its own, with its value in the next one.
        cells = [cell.strip() for cell in text.split("\t")] if "\t" in text else []
        names = [name.replace(" ", "") for name in cells[::2]]
        return list(zip(names, cells[1::2], strict=True)) if cells and len(cells) % 2 == 0 and all(map(known, filter(None, names))) else []
    line = text.replace("\t", " ")
    marks = list(_field().finditer(line))
    if not marks or "。" in line:
        return []
    lead = line[: marks[0].start()].strip(" |｜")
    if lead:
        # A site sets the date before the source without a name: 2024-03-01 10:00 来源：某报.
        day = DAY_AND_TIME.fullmatch(lead)
        if day is None:
            return []
        return [(load_vocabulary().word("field.published"), day[0]), *fields(line[marks[0].start() :])]
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    return [(mark["name"].replace(" ", ""), line[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)]
