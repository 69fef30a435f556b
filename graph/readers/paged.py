"""Pages that a converter wrote one below the other: page numbers in lines of their own, a running head below each."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from .plain import WIDEST, columns
from .titles import starts_item

_MARK = re.compile(r"(?m)^[ \t]*[-—–－] ?(\d{1,3}) ?[-—–－][ \t]*$")
_FEWEST = 2
_LONGEST_HEAD = 60
_APART = "#*-+|>=`~![<"
_CLAUSE = re.compile("[，。；]")
_STOPS = "。！？；：:…!?;"


def drop_page_breaks(text: str) -> str:
    """Leave out page numbers (— 3 —) and the heads below them; a sentence goes on over the break.

    A head is what several pages begin with, or the name of a paper that the text itself gives (《…规划》).

    Only a text whose marks count on is taken for paged, or one with a mark within a bracket; any other comes back as it is.
    """
    numbers = [int(number) for number in _MARK.findall(text)]
    if (len(numbers) < _FEWEST and not _within_bracket(text)) or any(later <= earlier for earlier, later in pairwise(numbers)):
        return text
    first, *pages = (page.strip() for page in _MARK.split(text)[::2])
    said = Counter(_head(page) for page in pages)
    # Where lines were wrapped, the halves stay lines: `plain.unwrap` joins them with the rest of their paragraph.
    joint = "\n" if max(map(columns, text.splitlines())) <= WIDEST else ""
    parts = [first]
    for page in pages:
        head = _head(page)
        running = head and (said[head] >= _FEWEST or f"《{head}》" in text)
        rest = page.partition("\n")[2].lstrip() if running else page
        parts += [joint if _goes_on(parts[-1], rest) else "\n\n", rest]
    return "".join(parts)


def _within_bracket(text: str) -> bool:
    """Tell whether a mark stands in the middle of a bracket (…各乡镇人民政 | — 3 — | 府）), where only a page can end."""
    mark = _MARK.search(text)
    before, after = (text[: mark.start()].rstrip().rpartition("\n")[2], text[mark.end() :].lstrip().partition("\n")[0]) if mark else ("", "")
    return before.count("（") > before.count("）") and 0 <= after.find("）") < (after + "（").find("（")


def _goes_on(before: str, after: str) -> bool:
    """Tell whether the last sentence of a page is unfinished and the next page begins with no heading, item or row."""
    last = before.rpartition("\n")[2]
    return _CLAUSE.search(last) is not None and last[-1] not in _STOPS + _APART and after[:1] not in _APART and not starts_item(after)


def _head(page: str) -> str:
    """Give the first line of a page, without spaces; empty where it is long or a sentence."""
    line = page.partition("\n")[0].strip()
    return line if len(line) <= _LONGEST_HEAD and line[-1:] not in _STOPS else ""
