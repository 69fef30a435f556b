"""Text that lost its paragraphs, and text that stands twice.

Some copies run a whole document together (…意见如下：一、总体要求（一）指导思想。…). Its enumerators part it again, where they count on
from one to the next and stand where one may begin. Such copies often say the same once more in paragraphs; the copy with more headings stays.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from ..core.rules import fixed_pattern
from ..text.numerals import parse_count
from .raw import Pieces

_STOPS = "。！？；：”）)"
_HEADING = 45
"""A heading without a stop is no longer than this; right behind one, the next enumerator needs no stop before it."""
_LONG = 400
"""A paragraph this long (in characters) may be a document in one stream."""
_REPEATED = 0.9
_FEWEST = 4
_MOST_WORK = 100_000_000
"""How many comparisons of characters the search for repeated headings may cost."""
_END = 8
_CLAUSE = re.compile(r"[。；，]")
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]?")
TWICE = "the text stands in this copy twice: the copy with fewer headings is left out"
CUT = "the copy lost its paragraphs: its enumerators part it again"


_RANKS = {level: rank for rank, level in enumerate("DEFABCG")}
"""The levels of `pages.stream_mark` from the highest to the lowest."""
_FEWEST_GLUED = 2
"""So many enumerators that stand right behind a heading without a mark between them show that paragraphs were lost."""


class _Cut(NamedTuple):
    place: int
    level: str
    glued: bool


def drop_repeats(pieces: Pieces, warnings: list[str]) -> Pieces:
    """Leave out one of two copies of a text: long paragraphs of which nearly every sentence stands in other lines once more, or those lines.

    A sentence is known again by its end: a heading without a stop belongs to the next sentence in a stream, and to none in a line.
    """
    if not any(len(text) >= _LONG for _, text in pieces):
        return pieces
    ends = [Counter(_ends(text)) for _, text in pieces]
    if not any(len(found) > 1 and len(text) >= _LONG for found, (_, text) in zip(ends, pieces, strict=True)):
        return pieces
    left = Counter[str]()
    for found in ends:
        left.update(found)
    streams: set[int] = set()
    for index, (found, (kind, text)) in enumerate(zip(ends, pieces, strict=True)):
        again = sum(count for end, count in found.items() if left[end] > count)
        if kind != "row" and len(text) >= _LONG and again >= max(_FEWEST, _REPEATED * found.total()):
            left.subtract(found)
            streams.add(index)
    if not streams:
        return pieces
    region = range(min(streams), max(streams) + 1)
    said = {end for index in region for end in ends[index]}
    lines = {index for index, found in enumerate(ends) if index not in region and found and said.issuperset(found)}
    warnings.append(TWICE)
    if _enumerators(pieces, streams) <= _enumerators(pieces, lines):
        return [piece for index, piece in enumerate(pieces) if index not in streams]
    among = _headings_among(pieces, streams, lines)
    headings = [text for index in sorted(among) if (text := pieces[index][1]) and fixed_pattern("pages.stream_mark").match(text)]
    kept = [(index, piece) for index, piece in enumerate(pieces) if index not in lines | among]
    return [(kind, part) for index, (kind, text) in kept for part in (_cut_behind(text, headings) if index in streams else [text])]


def _cut_behind(text: str, headings: list[str]) -> list[str]:
    """Cut a stream behind what stands as a heading of its own in the other copy: there it runs on into its text."""
    places = {at + len(heading) for heading in headings if (at := text.find(heading)) >= 0}
    return [part for start, end in pairwise(sorted({0, len(text), *places})) if (part := text[start:end].strip())]


def _headings_among(pieces: Pieces, streams: set[int], lines: set[int]) -> set[int]:
    """Find the short lines without a stop that the streams say, too; in those they run on into the sentence that follows."""
    between = [index for index in range(min(lines, default=0), len(pieces)) if index not in streams and len(pieces[index][1]) <= _HEADING]
    stream = "".join("".join(pieces[index][1].split()) for index in sorted(streams))
    if len(between) * len(stream) > _MOST_WORK:
        return set()
    return {index for index in between if "".join(pieces[index][1].split()) in stream}


def _enumerators(pieces: Pieces, chosen: set[int]) -> int:
    """Count the different enumerators (with what follows them) in some of the lines: the copy that kept more headings is the better one."""
    counts: dict[str, int] = {}
    texts = [pieces[index][1] for index in sorted(chosen)]
    return len({text[cut.place : cut.place + _END] for text in texts for cut in _cuts(text, counts)})


def _ends(text: str) -> list[str]:
    return [sentence[-_END:] for match in _SENTENCE.finditer(text) if len(sentence := "".join(match[0].split())) >= _END]


def cut_streams(pieces: Pieces, warnings: list[str]) -> Pieces:
    """Cut paragraphs at enumerators that count on, where the document shows that it lost its paragraphs."""
    counts: dict[str, int] = {}
    cuts = [_cuts(text, counts) if kind in ("paragraph", "item") else [] for kind, text in pieces]
    inside = [cut for found in cuts for cut in found if cut.place]
    if sum(1 for cut in inside if cut.level in "ADF") < 2 and sum(1 for cut in inside if cut.glued) < _FEWEST_GLUED:
        return pieces
    warnings.append(CUT)
    done: Pieces = []
    for (kind, text), found in zip(pieces, cuts, strict=True):
        places = sorted({0, len(text), *(cut.place for cut in found)})
        done += [(kind, piece) for start, end in pairwise(places) if (piece := text[start:end].strip())]
    return done


def _cuts(text: str, counts: dict[str, int]) -> list[_Cut]:
    """Find the enumerators of a paragraph that count on; `counts` holds the last number of each level and is brought on."""
    found: list[_Cut] = []
    last = _Cut(0, "", glued=False)
    for match in fixed_pattern("pages.stream_mark").finditer(text):
        level, place = match.lastgroup or "", match.start()
        level = level.upper()
        between = text[max(last.place, place - _HEADING - 1) : place].rstrip()
        after_stop = not between or between[-1] in _STOPS
        after_heading = last.level != "" and _RANKS[last.level] < _RANKS[level] and len(between) <= _HEADING and not _CLAUSE.search(between)
        if place and not (after_stop or (after_heading and level != "G")):
            continue
        if level != "G":
            # （一） and articles, and 1. as well, may count on through a whole document.
            number = parse_count(match[level.lower()]) or 0
            if number != 1 and number != counts.get(level, 0) + 1:
                continue
            counts[level] = number
        elif not place or not found:
            continue
        last = _Cut(place, level, glued=bool(place) and not after_stop)
        found.append(last)
    return found

