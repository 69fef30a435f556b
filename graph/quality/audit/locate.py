"""Where a quote stands in a text: at the place that is claimed, elsewhere, altered, or nowhere.

An altered quote is found by the runs of four characters that it shares with the text: the diagonal that most of them lie on says
where to look, and a stretch of the quote's length there is compared. Both take time linear in the text and the quote.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ...core.model import Span

Verdict = Literal["verbatim", "elsewhere", "altered", "nowhere"]
_GRAM = 4
_COMMON = 64
"""A run that stands in more places than this tells nothing."""
_SLACK = 12
"""How far around the diagonal an alteration may reach."""
NOWHERE = Span(-1, -1)
ALIKE = 0.6
"""From which share of common characters on a stretch is the altered quote (twice the matches over both lengths)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a quote: the verdict, where the text has it (or what it was altered from), and how alike they are."""

    verdict: Verdict
    span: Span = NOWHERE
    alike: float = 0.0


class Located:
    """A text that quotes are looked for in; what is needed for altered ones is made when the first is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._grams: dict[str, list[int]] | None = None

    def find(self, quote: str, start: int = -1, end: int = -1, *, altered: bool = True) -> Found:
        """Find a quote that claims to stand at `[start, end)`; without a claim any place will do. One that is altered is looked for if asked.

        >>> text = Located("到2025年，建成示范区三个。培育企业20家。")
        >>> text.find("培育企业20家", 15, 22).verdict, text.find("培育企业20家", 0, 7).verdict
        ('verbatim', 'elsewhere')
        >>> text.find("到2025年建成示范区五个").verdict, text.find("没有这样的话").verdict
        ('altered', 'nowhere')
        """
        if not quote.strip():
            return Found("nowhere")
        if 0 <= start < end <= len(self.text) and self.text[start:end] == quote:
            return Found("verbatim", Span(start, end), 1.0)
        at = self._nearest(quote, start)
        if at >= 0:
            return Found("elsewhere" if start >= 0 or end >= 0 else "verbatim", Span(at, at + len(quote)), 1.0)
        return self._altered(quote) if altered else Found("nowhere")

    def _nearest(self, quote: str, start: int) -> int:
        """Give where the quote stands, nearest to the place that is claimed; -1 when it stands nowhere."""
        after = self.text.find(quote, max(start, 0))
        before = self.text.rfind(quote, 0, max(start, 0) + len(quote) - 1) if start > 0 else -1
        if before < 0 or after < 0:
            return max(before, after)
        return before if start - before < after - start else after

    def _altered(self, quote: str) -> Found:
        if self._grams is None:
            self._grams = defaultdict(list)
            for at in range(len(self.text) - _GRAM + 1):
                places = self._grams[self.text[at : at + _GRAM]]
                if len(places) <= _COMMON:
                    places.append(at)
        lines: Counter[int] = Counter()
        for at in range(len(quote) - _GRAM + 1):
            places = self._grams.get(quote[at : at + _GRAM], [])
            if len(places) <= _COMMON:
                lines.update((place - at) // _SLACK for place in places)
        best = Found("nowhere")
        for line, _ in lines.most_common(3):
            low = max(0, line * _SLACK - _SLACK)
            window = self.text[low : low + len(quote) + 3 * _SLACK]
            matcher = SequenceMatcher(None, window, quote, autojunk=False)
            blocks = [block for block in matcher.get_matching_blocks() if block.size]
            if not blocks:
                continue
            first, last = blocks[0].a, blocks[-1].a + blocks[-1].size
            alike = 2 * sum(block.size for block in blocks) / (last - first + len(quote))
            if alike > best.alike:
                best = Found("altered" if alike >= ALIKE else "nowhere", Span(low + first, low + last), round(alike, 3))
        return best
