"""Titles of official documents: what reads like one, and how a copy that broke one over several lines is mended."""

from __future__ import annotations

import re
from itertools import takewhile

from ..core.rules import fixed_pattern
from .raw import Pieces

_STOP = re.compile(r"[。；！]")
_LONGEST_TITLE = 110
_SHORTEST_TITLE = 8
_TOP = 16
"""How many lines from the top the body that issues a document may stand on a line of its own above the title."""


def glue(left: str, right: str) -> str:
    """Join the two halves of a broken line: no space between Chinese characters, one between two Latin words.

    >>> glue("集中采购", "和使用试点方案"), glue("open", "source")
    ('集中采购和使用试点方案', 'open source')
    """
    latin = left[-1:].isascii() and right[:1].isascii() and left[-1:].isalpha() and right[:1].isalpha()
    return f"{left} {right}" if latin else left + right


def glue_all(lines: list[str]) -> str:
    """Join the lines of one paragraph, as `glue` joins two, in time linear in their length."""
    parts: list[str] = []
    for line in lines:
        if parts:
            parts.append(glue(parts[-1][-1:], line[:1])[1:-1])
        parts.append(line)
    return "".join(parts)


def starts_item(text: str) -> bool:
    """Tell whether a line begins with an enumerator, a box's title or an attachment's mark."""
    return fixed_pattern("titles.enumerator").match(text) is not None


def is_title(text: str) -> bool:
    """Tell whether a line reads like the title of an official document: it ends with a kind of document and is no sentence."""
    return len(text) <= _LONGEST_TITLE and fixed_pattern("titles.end").search(text) is not None and "。" not in text and not starts_item(text)


def _is_letterhead(text: str) -> bool:
    """Tell whether a line is the head of an official paper (某市人民政府文件) or its number, which stand above the title and belong to none."""
    return fixed_pattern("titles.letterhead").fullmatch("".join(text.split())) is not None


def _letterspaced(text: str) -> str:
    """Take the spaces out of a spaced-out title (国 家 粮 食 应 急 预 案); two or three characters may be two words."""
    parts = text.split(" ")
    singles = sum(1 for part in parts if len(part) == 1 and not part.isascii())
    return "".join(parts) if singles >= 4 and singles >= len(parts) - 1 else text


def find_title(pieces: Pieces, proposed: str = "") -> str:
    """Find the title among a document's first lines: the proposed one where the text bears it, else what is set as one.

    That is the first lines that are centred, bold or headings and together end with a kind of document; else what stands above
    everything else as a heading or centred, whatever it ends with (…发展行动). A mark above the title (附件4) is none.
    "" when there is no title.
    """
    wanted = _bare(proposed)
    if len(wanted) >= 6 and not _is_letterhead(wanted) and any(_bare(text) == wanted for _, text in pieces[:12]):
        return proposed
    lines = below_mark(pieces[:8])
    if title := _set_as_title(lines):
        return title
    heading = lines[:1] if lines and lines[0][0] == "heading" else []
    apart = [text for _, text in heading or takewhile(lambda piece: piece[0] == "centre", lines)]
    whole = glue_all([_letterspaced(" ".join(text.split())) for text in apart])
    sound = _SHORTEST_TITLE <= len(whole) <= _LONGEST_TITLE and len(apart) <= 4 and not starts_item(whole)
    return whole if sound and not _STOP.search(whole) else ""


def below_mark(pieces: Pieces) -> Pieces:
    """Give a document's first lines without the attachment's mark (附件, 附件4) above them."""
    return pieces[1:] if pieces and fixed_pattern("titles.attachment").match(" ".join(pieces[0][1].split())) else pieces


def _set_as_title(pieces: Pieces) -> str:
    whole = ""
    for index, (kind, text) in enumerate(pieces):
        if kind not in ("centre", "bold", "heading"):
            if whole:
                break
            continue
        if _is_letterhead(text):
            whole = ""
            continue
        whole = glue(whole, " ".join(text.split()))
        if is_title(whole):
            rest = pieces[index + 1][1] if _has_rest(whole, pieces[index + 1 : index + 2]) else ""
            return _letterspaced(whole) + rest
    return ""


def join_titles(pieces: Pieces, title: str) -> Pieces:
    """Put titles together again that a copy broke over several lines (国务院关于印发 / “十四五”…规划的通知).

    Lines that make up the document's known title always join; others only where they are set alike (bold, headings or
    centred) and together end with a kind of document (…方案, …的通知), or where the first half asks for a second.
    """
    wanted = _bare(title)
    done: Pieces = []
    index = 0
    while index < len(pieces):
        kind, text = pieces[index]
        if kind == "apart" and index + 1 < len(pieces) and pieces[index + 1][0] in ("apart", "paragraph") and closes_name(text, pieces[index + 1][1]):
            # A name that is opened and not closed is sure to go on, wherever its lines stand.
            done.append((kind, glue(text, pieces[index + 1][1])))
            index += 2
            continue
        if kind in ("row", "apart") or len(text) > 60 or text[-1] in "。；：，" or starts_item(text) or _is_letterhead(text):
            done.append(pieces[index])
            index += 1
            continue
        text = _letterspaced(text)
        taken = _title_lines(pieces, index, kind, text, wanted)
        for _, following in pieces[index + 1 : index + taken]:
            text = glue(text, _letterspaced(following))
        if _has_rest(text, pieces[index + taken : index + taken + 1]):
            text, taken = glue(text, pieces[index + taken][1]), taken + 1
        done.append((kind, text))
        index += taken
    return done


def _has_rest(title: str, following: Pieces) -> bool:
    """Tell whether the line behind a title is its end (…关于印发甲行动方案 | （2026—2028年）的通知)."""
    return bool(following) and following[0][0] != "row" and is_title(title) and fixed_pattern("titles.rest").fullmatch(following[0][1]) is not None


def _title_lines(pieces: Pieces, index: int, kind: str, text: str, wanted: str) -> int:
    """Count the lines from `index` on that make up one title; 1 when there is nothing to join."""
    bare = _bare(text)
    known = len(wanted) > len(bare) >= 4 and wanted.startswith(bare)
    styled = kind in ("bold", "centre") and len(text) >= 8 and not fixed_pattern("titles.end").search(text)
    cut = fixed_pattern("titles.cut").search(text) is not None
    body = index < _TOP and fixed_pattern("titles.body_end").search(text) is not None
    if not (known or styled or cut or body):
        return 1
    whole = text
    for offset in range(1, 5):
        if index + offset >= len(pieces):
            break
        next_kind, following = pieces[index + offset]
        ended = following[-1] in "。；：，" or fixed_pattern("titles.day").search(following)
        if next_kind in ("row", "apart") or len(following) > 60 or ended or starts_item(following) or _is_letterhead(following):
            break
        whole = glue(whole, _letterspaced(following))
        if wanted and _bare(whole) == wanted:
            return offset + 1
        ends = fixed_pattern("titles.end").search(whole) is not None and len(whole) <= _LONGEST_TITLE
        about = body and offset == 1 and fixed_pattern("titles.about").match(following)
        if ends and ((cut and offset == 1) or about or (styled and next_kind == kind)):
            return offset + 1
        if not (styled and next_kind == kind) and not (known and wanted.startswith(_bare(whole))):
            break
    return 1


def closes_name(text: str, following: str) -> bool:
    """Tell whether a line ends within the name of a document (《…) that the next one closes.

    >>> closes_name("根据《海州市渔港", "条例》，制定本方案。"), closes_name("根据《渔港条例》", "（试行）》")
    (True, False)
    """
    if text.rfind("《") <= text.rfind("》") or starts_item(following):
        return False
    return 0 <= following.find("》", 0, _LONGEST_TITLE) < (following.find("《") if "《" in following else len(following))


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("“", "").replace("”", "").replace('"', "")
