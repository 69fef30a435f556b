"""What copies break, mended on folded lines: broken titles and paragraphs, flattened tables, things around the text.

Every step looks at a line and its neighbours only, so the time is linear in the text. A step that is not sure leaves the
lines as they are.
"""

from __future__ import annotations

import re

from ..core.rules import fixed_pattern
from ..core.vocabulary import load_vocabulary
from ..text.numerals import parse_count
from .furniture import drop_furniture
from .raw import Pieces
from .streams import cut_streams, drop_repeats
from .titles import closes_name, glue, join_titles, starts_item

_STOPS = "。！？；：:…!?;）)”’》】〕」"
_INNER_STOP = re.compile(r"[。！？；](?![”’）)])")
_CLAUSE = re.compile(r"[。！？；：，）]")
_RUNNING = re.compile(r"[，。；](?![^（(]*[）)])")
_CELLS = re.compile(r"[\d%％] [\d＞≥≤<>]")
_BESIDE = r"[\u4e00-\u9fff，。；：、（）《》“”]"
_GAP = re.compile(rf"(?<={_BESIDE}) (?=\d)|(?:(?<=[\d%％‰])|(?<=\d[A-Za-z])) (?={_BESIDE})")
_UNIT = re.compile(r"[^\W\d_]{1,4}[，、。；]")
"""What a line begins with that goes on from a number at the end of the line before (…品牌30 | 个，…)."""
_LONG = 60
"""A paragraph this long without a stop at its end was cut, whatever else it looks like."""
_LONG_CLAUSES = 36
"""So was one this long of several clauses: headings and titles are shorter or have fewer."""
_LONGEST_CELL = 80
_ITEM = re.compile(r"(\d{1,3})(?:[.．](?!\d)|、)")
_NEXT = 5
"""The item that follows stands within so many lines."""
_LONGEST = 5000
"""No paragraph grows beyond this by joining (in characters), so that the time stays linear."""


def mend(pieces: Pieces, metadata: dict[str, str], warnings: list[str]) -> Pieces:
    """Mend folded lines, step by step; fields that stand in the text go to the metadata, what a reader should be told to the warnings."""
    pieces = close_gaps(rebuild_tables(drop_furniture(pieces, metadata)))
    pieces = part_headings(part_glued(join_broken(join_titles(pieces, metadata.get("title", "")))))
    # What a copy says twice is left out last, so that nothing is joined over the gap.
    pieces = cut_streams(drop_repeats(pieces, warnings), warnings)
    return settle(pieces)


def close_gaps(pieces: Pieces) -> Pieces:
    """Take out of running text the spaces that some editors put around numbers (到 2028 年，建成 5G 基站 20 个); Latin words keep theirs.

    A line without a clause outside brackets, or with numbers side by side, may be cells that stand apart.
    """
    return [(kind, _closed(text) if " " in text and kind != "row" else text) for kind, text in pieces]


def _closed(text: str) -> str:
    """Close the spaces of one line, but for the one behind its enumerator (01 建设渔港。, 第三条 2026年起…)."""
    if not _RUNNING.search(text) or _CELLS.search(text):
        return text
    enumerator = fixed_pattern("titles.spaced_number").match(text)
    at = enumerator.end() if enumerator else 0
    return text[:at] + _GAP.sub("", text[at:])


def join_broken(pieces: Pieces) -> Pieces:
    """Join paragraphs that a copy broke in the middle of a sentence.

    The first half must be seen to be unfinished: an open bracket, a comma at its end, or a sentence that has begun behind a
    full stop and has no stop of its own. The second half must not begin like an item and must itself close something.
    """
    done: Pieces = []
    for kind, text in pieces:
        if done and kind in ("paragraph", "item") and done[-1][0] in ("paragraph", "item") and done[-1][1][-1] not in _STOPS:
            before = done[-1][1]
            follows = not starts_item(text) or (before[-1] in "，、" and fixed_pattern("titles.ordinals").match(text) is not None)
            if len(before) < _LONGEST and kind == "paragraph" and follows and _continues(before, text):
                done[-1] = (done[-1][0], glue(before, text))
                continue
        done.append((kind, text))
    return done


def _continues(before: str, text: str) -> bool:
    if before[-1] in "，、," or closes_name(before, text) or (before[-1].isdecimal() and _CLAUSE.search(before) and _UNIT.match(text)):
        return True
    opened = max(before.rfind("（"), before.rfind("("))
    if opened > max(before.rfind("）"), before.rfind(")")):
        closed = re.search(r"[）)]", text[:120])
        return closed is not None and not re.search(r"[（(]", text[: closed.start()])
    if not (text[-1] in _STOPS or _INNER_STOP.search(text)) or not _CLAUSE.search(text):
        return False
    stops = [match.end() for match in _INNER_STOP.finditer(before)]
    last = before[stops[-1] :] if stops else before
    if fixed_pattern("pages.duties").match(last):
        return False
    long = _LONG_CLAUSES if before.count("，") > 1 else _LONG
    return bool(stops) or (len(before) > long and not starts_item(before))


def part_glued(pieces: Pieces) -> Pieces:
    """Part items that a copy ran together (2.建设渔港。3.培育企业。), where the item between two others stands behind a stop in the first of them.

    The items of the document must count on: 2. holds 3., and 4. begins one of the next lines.
    """
    numbers = [_number(text) if kind in ("paragraph", "item") else 0 for kind, text in pieces]
    done: Pieces = []
    for index, (kind, text) in enumerate(pieces):
        following = next(filter(None, numbers[index + 1 : index + _NEXT]), 0)
        number = numbers[index]
        while number and number + 2 <= following <= number + _NEXT and (behind := re.search(rf"(?<=[。；）]) ?(?={number + 1}(?:[.．、]))", text)):
            done.append((kind, text[: behind.start()]))
            # A space keeps the number of the item apart from one that its text begins with (3.60个村 is item 3).
            mark = behind.end() + len(str(number + 1)) + 1
            text, number = f"{text[behind.end() : mark]}{' ' * text[mark : mark + 1].isdecimal()}{text[mark:]}", number + 1
        done.append((kind, text))
    return done


def part_headings(pieces: Pieces) -> Pieces:
    """Part a heading from the end of the paragraph that a copy ran it into (…。五、优化布局), where the headings count on: 四、 above, 六、 below."""
    majors = [_major(text) for _, text in pieces]
    done: Pieces = []
    above = 0
    for index, (kind, text) in enumerate(pieces):
        above = majors[index] or above
        behind = fixed_pattern("outline.heading_behind").search(text, max(0, len(text) - _LONG)) if above and kind != "row" else None
        number = parse_count(behind["major"]) if behind else None
        if behind and number == above + 1 and next(filter(None, majors[index + 1 :]), number + 1) == number + 1:
            done += [(kind, text[: behind.start()]), (kind, text[behind.start() :].strip())]
            above = number
            continue
        done.append((kind, text))
    return done


def _major(text: str) -> int:
    """Give the number of the heading of the first rank that a line is (四、…); 0 for any other."""
    match = fixed_pattern("outline.start").match(text)
    return parse_count(match["major"] or "") or 0 if match else 0


def _number(text: str) -> int:
    """Give the number that an item begins with; 0 for a line that is none."""
    match = _ITEM.match(text)
    return int(match[1]) if match else 0


def rebuild_tables(pieces: Pieces) -> Pieces:
    """Put flattened tables together again: cells that stand one to a line, from 序号 on, with a running number in each row.

    The header gives the number of columns; rows are taken as long as their numbers run on.
    """
    done: Pieces = []
    index = 0
    while index < len(pieces):
        kind, text = pieces[index]
        if kind == "row" or text.replace(" ", "") not in load_vocabulary().role("table.number"):
            done.append(pieces[index])
            index += 1
            continue
        width = next((n for n in range(2, 9) if index + n < len(pieces) and pieces[index + n][1] == "1"), 0)
        rows = 0
        while width and _is_row(pieces[index + width * (rows + 1) : index + width * (rows + 2)], rows + 1, width):
            rows += 1
        if rows < 2:
            done.append(pieces[index])
            index += 1
            continue
        for row in range(rows + 1):
            start = index + row * width
            done.append(("row", "\t".join(cell for _, cell in pieces[start : start + width])))
        index += width * (rows + 1)
    return done


def _is_row(cells: Pieces, number: int, width: int) -> bool:
    return len(cells) == width and cells[0][1] == str(number) and all(len(text) <= _LONGEST_CELL for _, text in cells)


def settle(pieces: Pieces) -> Pieces:
    """Give every line one of the kinds that a `Line` may have."""
    return [("paragraph", text) if kind in ("centre", "apart") else (kind, text) for kind, text in pieces]
