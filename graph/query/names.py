"""From a name to its node: any label or alias in any language, an identifier, an IRI, a CURIE, the end of an IRI, or pinyin.

A name that several nodes bear is never decided by chance: the candidates are listed, each with a form that is unique.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ..core.errors import AmbiguousName, NameNotFound
from ..core.iris import segment
from ..core.namespaces import PREFIXES
from ..text.traditional import simplified

_QUOTES = str.maketrans("", "", "《》〈〉“”\"'「」")
_MOST = 6


def fold(name: str) -> str:
    """Fold what a person may type in another way: width, case, white space, quotation marks, traditional characters.

    >>> fold(" 《５Ｇ应用“扬帆”行动计划》 ") == fold("5g應用揚帆行動計劃")
    True
    """
    return simplified("".join(unicodedata.normalize("NFKC", name).casefold().translate(_QUOTES).split()))


@lru_cache(maxsize=100_000)
def _folded(name: str) -> str:
    return fold(name)


@cache
def registered_labels() -> dict[str, list[tuple[str, str]]]:
    """Give each name of the registry, folded, with the classes and labels that it stands for."""
    from ..core.vocabulary import load_vocabulary

    found: dict[str, list[tuple[str, str]]] = {}
    for (cls, label), entry in load_vocabulary().entries.items():
        for name in (*entry.aliases, *entry.aliases_en):
            found.setdefault(fold(name), []).append((cls, label))
    return found


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that a search found, the name by which it was found, and how well it fits (0 is best)."""

    iri: str
    name: str
    rank: int


class Names:
    """All names of a graph, for exact look-up and for search."""

    def __init__(self, names: Iterable[tuple[str, str, str]], base: str) -> None:
        self.base = base
        self._exact: dict[str, dict[str, None]] = {}
        self._folded: dict[str, dict[str, None]] = {}
        self._label: dict[str, str] = {}
        self._names: list[tuple[str, str]] = []
        for iri, text, kind in names:
            # A node's label is shown in Chinese where it has one, whatever the order of the store.
            if self._label.setdefault(iri, text).isascii() and not text.isascii() and kind == "label":
                self._label[iri] = text
            self._exact.setdefault(text, {})[iri] = None
            self._folded.setdefault(fold(text), {})[iri] = None
            self._names.append((iri, text))

    def short(self, iri: str) -> str:
        """Give the shortest end of a node's IRI that names it alone, else the IRI itself."""
        parts = iri.split("/")
        for count in range(2, len(parts)):
            end = "/" + "/".join(parts[-count:])
            if sum(known.endswith(end) for known in self._label) == 1:
                return end[1:]
        return iri

    def unique(self, iri: str) -> str:
        """Give a node's label where it names the node alone, else the shortest end of its IRI that does."""
        label = self._label.get(iri, iri)
        return label if self.candidates(label) == [iri] else self.short(iri)

    def of_class(self, iris: Iterable[str]) -> list[str]:
        """Give the labels of some nodes, each so that it names its node alone."""
        return sorted(map(self.unique, iris))

    def _by_iri(self, name: str) -> list[str]:
        if name in self._label:
            return [name]
        prefix, colon, local = name.partition(":")
        if colon and prefix in PREFIXES and PREFIXES[prefix] + local in self._label:
            return [PREFIXES[prefix] + local]
        if colon and f"{self.base}{prefix}/{local}" in self._label:
            return [f"{self.base}{prefix}/{local}"]
        if "/" in name and not name.startswith(("http:", "https:")):
            return [iri for iri in self._label if iri.endswith("/" + name.lstrip("/"))]
        return []

    def candidates(self, name: str) -> list[str]:
        """Give the nodes that bear a name, sorted by IRI: as written, else folded."""
        name = name.strip()
        if name.startswith("<") and name.endswith(">") and name.count("<") == 1:
            name = name[1:-1]
        found = self._by_iri(name) or list(self._exact.get(name, ())) or list(self._folded.get(fold(name), ()))
        return sorted(found or self._registered(name))

    def _registered(self, name: str) -> list[str]:
        """Give the nodes that the registry of aliases knows by a name which no text of this graph uses (工信部)."""
        labels = registered_labels().get(fold(name), ())
        return [iri for cls, label in labels for iri in self._exact.get(label, ()) if f"/{segment(cls)}/" in iri]

    def spelt(self, name: str) -> list[str]:
        """Give the nodes one of whose names is spelt so in pinyin, in full or by initials, sorted by IRI."""
        wanted = fold(name)
        if not wanted.isascii() or not wanted:
            return []
        return sorted({iri for iri, text in self._names if not text.isascii() and wanted in _spellings(text)})

    def nearest(self, name: str, most: int = _MOST) -> list[str]:
        """Give names that look like an unknown one, the likeliest first."""
        from difflib import get_close_matches

        found = [text for _, text in sorted((hit.rank, hit.name) for hit in self.search(name, most))]
        close = get_close_matches(fold(name), list(self._folded), most, 0.5)
        found += [self._label[next(iter(self._folded[text]))] for text in close]
        return list(dict.fromkeys(found))[:most]

    def resolve(self, name: str) -> str:
        """Give the IRI of the one node that bears a name, or whose name is spelt so in pinyin.

        Raises `AmbiguousName` with the candidates, `NameNotFound` with the nearest names.
        """
        found = self.candidates(name) or self.spelt(name)
        # A plan's own text bears the plan's title: who names the title means the plan.
        works = [iri for iri in found if not iri.startswith(f"{self.base}document/")]
        if len(works) == 1:
            found = works
        # An industry and a technology of one name are one concept: the industry says which technology it matches.
        industries = [iri for iri in found if iri.startswith(f"{self.base}industry/")]
        if len(industries) == 1 and all(iri.startswith((f"{self.base}industry/", f"{self.base}technology/")) for iri in found):
            found = industries
        if len(found) == 1:
            return found[0]
        if not found:
            near = self.nearest(name)
            raise NameNotFound(f"no node is named {name}" + (f"; nearest: {'、'.join(near)}" if near else ""))
        listed = [f"{self._label[iri]} ({self.short(iri)})" for iri in found[:20]]
        more = f" and {len(found) - 20} more" if len(found) > 20 else ""
        raise AmbiguousName(f"{name} names {len(found)} nodes; say which: {'; '.join(listed)}{more}")

    def search(self, text: str, most: int = 50) -> list[Hit]:
        """Find nodes by a part of a label, alias or identifier, or by pinyin in full or by initials; best fit first."""
        wanted = fold(text)
        if not wanted:
            return []
        best: dict[str, Hit] = {}
        for iri, name in self._names:
            rank = _fit(wanted, name)
            if rank is not None and (iri not in best or rank < best[iri].rank):
                best[iri] = Hit(iri, name, rank)
        return sorted(best.values(), key=lambda hit: (hit.rank, len(hit.name), hit.name, hit.iri))[:most]


@lru_cache(maxsize=100_000)
def _spellings(name: str) -> tuple[str, ...]:
    from ..text.pinyin import pinyin_forms

    return tuple(fold(form) for form in pinyin_forms(name))


def _fit(wanted: str, name: str) -> int | None:
    """Tell how well a name fits: 0 equal, 1 begins so, 2 contains it, 3 to 5 the same in pinyin; none if not at all."""
    forms: list[tuple[str, ...]] = [(_folded(name),)]
    if wanted.isascii() and not name.isascii():
        forms.append(_spellings(name))
    for offset, spelt in zip((0, 3), forms, strict=False):
        for form in spelt:
            if form == wanted:
                return offset
            if form.startswith(wanted):
                return offset + 1
            if wanted in form:
                return offset + 2
    return None
