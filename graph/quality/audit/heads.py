"""The lines above a place of a text that a reader has in mind there: its title, and the heads of the items that the place stands in.

Texts come without markup, so heads are told by their enumerators: an item ends where one of its own kind begins, or one of a kind above.
"""

from __future__ import annotations

from bisect import bisect_right

from ...core.model import Span
from ...core.rules import fixed_pattern
from ...text.bare import bare_label

_TITLE_WITHIN = 10
"""How many lines from the top a title may stand in (a number and a date may stand above it)."""
_CLOSING = "。：:；;，,、 "


class Heads:
    """The title and the heads of a text.

    >>> heads = Heads("远帆计划\\n一、壮大产业\\n（一）海洋\\n发展深海装备。\\n二、其他\\n完。")
    >>> heads.naming(["壮大产业"], 24), heads.naming(["壮大产业"], 36), heads.naming(["远帆计划"], 36)
    (Span(start=7, end=11), None, Span(start=0, end=4))
    """

    def __init__(self, text: str) -> None:
        self._titles: dict[str, Span] = {}
        self._starts: list[int] = []
        self._open: list[tuple[tuple[str, Span], ...]] = []
        enumerated = fixed_pattern("outline.start")
        open_: list[tuple[str, str, Span]] = []
        start = 0
        for number, line in enumerate(text.split("\n")):
            end = start + len(line)
            opener = enumerated.match(line)
            if opener:
                kind = opener.lastgroup or ""
                kinds = [known for known, _, _ in open_]
                del open_[kinds.index(kind) if kind in kinds else len(open_) :]
                span = Span(start + opener.end(), end)
                open_.append((kind, bare_label(line[opener.end() :].strip(_CLOSING)), span))
                self._starts.append(start)
                self._open.append(tuple((head, at) for _, head, at in open_))
            elif number < _TITLE_WITHIN and line.strip():
                self._titles.setdefault(bare_label(line), Span(start, end))
            start = end + 1

    def naming(self, names: list[str], place: int) -> Span | None:
        """Give the head or title above a place that is one of some names (in their bare form); none where there is none."""
        at = bisect_right(self._starts, place) - 1
        for head, span in reversed(self._open[at] if at >= 0 else ()):
            if head in names and span.end <= place:
                return span
        return next((span for title, span in self._titles.items() if title in names and span.end <= place), None)
