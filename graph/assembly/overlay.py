"""Overlays: what people assert beside a document, each with its source. Everything they add is marked `curated`.

An overlay is a YAML file `<name>.overlay.yaml`. Its keys: `plan` (number or title of the plan that its names belong to), `sources`
(key → title, url, date, status), and lists of `issuers`, `aliases`, `targets`, `edges` and `attributes`, each entry naming its
source. The file is checked on load; a fault is one line with the file and the line number.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from ..core.errors import GraphError, OverlayError
from ..core.model import Attributes, Iri, Mention, Source
from ..extract.targets.target_statements import target_label
from ..text.amounts import COMPARATORS
from ..text.numerals import plain
from .builder import GraphBuilder

STATUSES = ("final_text", "final_media", "official", "interpretation", "analyst", "draft")
UNUSED = "its plan is not among the documents: nothing of it was used"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_DEEPEST, _MOST_VALUES, _MOST_DIGITS = 20, 100_000, 40
"""How deep and large an overlay may be when its aliases are written out, and how many digits a number of it may have."""


class _Map(dict[str, Any]):
    """A mapping that knows the line it stands on."""

    line: int = 0


def _value(node: yaml.Node, path: Path) -> Any:
    """Make plain values of a node; raises `OverlayError` where they nest too deeply or aliases make too many of them."""
    left = _MOST_VALUES

    def value(node: yaml.Node, depth: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or depth > _DEEPEST:
            raise OverlayError("nests too deeply or holds too many values, its aliases counted", file=path, line=node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            result = _Map((str(value(key, depth + 1)), value(entry, depth + 1)) for key, entry in node.value)
            result.line = node.start_mark.line + 1
            return result
        if isinstance(node, yaml.SequenceNode):
            return [value(item, depth + 1) for item in node.value]
        return node.value if node.tag != "tag:yaml.org,2002:null" else ""

    return value(node, 0)


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


class Overlay:
    """One overlay file, checked in itself; `apply` adds it to a graph."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
        except OSError as error:
            raise OverlayError(error.strerror or "cannot be read", file=path) from error
        except UnicodeDecodeError as error:
            raise OverlayError(f"not UTF-8 at byte {error.start}", file=path) from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "not valid YAML"
            raise OverlayError(problem, file=path, line=mark.line + 1 if mark else None) from error
        data = _value(node, path) if node is not None else None
        if not isinstance(data, _Map):
            raise OverlayError("an overlay is a mapping with `plan` and `sources`", file=path, line=1)
        self._data = data
        known = {"plan", "sources", "issuers", "aliases", "targets", "edges", "attributes"}
        for key in data:
            if key not in known:
                raise OverlayError(f"unknown key {key!r} (known: {', '.join(sorted(known))})", file=path, line=data.line)
        self.plan = self._text(data, "plan")
        self.sources = {key: self._source(key, entry) for key, entry in self._mapping("sources").items()}
        for section in ("issuers", "aliases", "targets", "edges", "attributes"):
            for entry in self._entries(section):
                self._source_of(entry)

    # reading

    def _fail(self, entry: _Map, message: str) -> OverlayError:
        return OverlayError(message, file=self.path, line=entry.line)

    def _text(self, entry: _Map, key: str) -> str:
        value = entry.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._fail(entry, f"{key} is missing")
        return value.strip()

    def _mapping(self, key: str) -> _Map:
        value = self._data.get(key)
        if not isinstance(value, _Map):
            raise self._fail(self._data, f"{key} is missing")
        return value

    def _entries(self, section: str) -> list[_Map]:
        entries = self._data.get(section) or []
        if not isinstance(entries, list) or not all(isinstance(entry, _Map) for entry in entries):
            raise self._fail(self._data, f"{section} is no list of entries")
        return entries

    def _source(self, key: str, entry: Any) -> Source:
        if not isinstance(entry, _Map):
            raise self._fail(self._data, f"source {key} has no title, url, date and status")
        url, status, day = self._text(entry, "url"), self._text(entry, "status"), self._text(entry, "date")
        if not url.startswith(("http://", "https://")) or any(mark in url for mark in ' <>"{}|\\^`') or not _has_host(url):
            raise self._fail(entry, f"source {key}: no web address: {url}")
        if status not in STATUSES:
            raise self._fail(entry, f"source {key}: unknown status {status} (known: {', '.join(STATUSES)})")
        try:
            date.fromisoformat(day if len(day) > 7 else f"{day}-01")
        except ValueError:
            raise self._fail(entry, f"source {key}: bad date {day} (write YYYY-MM-DD or YYYY-MM)") from None
        return Source(self._text(entry, "title"), url, day, status)

    def _source_of(self, entry: _Map) -> Source:
        key = self._text(entry, "source")
        if key not in self.sources:
            raise self._fail(entry, f"unknown source {key}")
        return self.sources[key]

    # applying

    def _who(self, entry: _Map) -> tuple[str, Source, str]:
        """Give the name under which an entry is asserted, its source, and its note."""
        rule = f"overlay.{self.path.name.removesuffix('.overlay.yaml')}"
        return rule, self._source_of(entry), str(entry.get("note", ""))

    def apply(self, builder: GraphBuilder, plan: str = "") -> bool:
        """Add the overlay's assertions, to a plan (its IRI) or to the one that it names; false when that is not in the graph.

        Raises `OverlayError` with the line for an unknown node, a bad value, or an edge that the ontology forbids.
        """
        plan = plan or builder.plan_named(self.plan)
        if not plan:
            return False
        for entry in self._entries("attributes"):
            self._attribute(builder, plan, entry)
        for entry in self._entries("issuers"):
            body = builder.node(Mention("Organization", self._text(entry, "name")))
            self._edge(builder, entry, plan, "issuedBy", body)
        for entry in self._entries("aliases"):
            iri = self._node(builder, plan, entry, self._text(entry, "class"), self._text(entry, "name"))
            builder.curate(iri, "skos:altLabel", self._text(entry, "alias"), *self._who(entry))
        for entry in self._entries("targets"):
            self._target(builder, plan, entry)
        for entry in self._entries("edges"):
            subject = self._end(builder, plan, entry, "subject")
            object_ = self._end(builder, plan, entry, "object")
            self._edge(builder, entry, subject, self._text(entry, "relation"), object_)
        return True

    def _edge(self, builder: GraphBuilder, entry: _Map, subject: str, relation: str, object_: str) -> None:
        try:
            builder.curate_edge(subject, relation, object_, *self._who(entry))
        except GraphError as error:
            raise self._fail(entry, str(error)) from error

    def _node(self, builder: GraphBuilder, plan: str, entry: _Map, cls: str, name: str) -> str:
        try:
            iri = builder.find(cls, name, plan)
        except GraphError as error:
            raise self._fail(entry, str(error)) from error
        if not iri:
            raise self._fail(entry, f"unknown node: {cls} {name}")
        return iri

    def _end(self, builder: GraphBuilder, plan: str, entry: _Map, key: str) -> str:
        """Find the node of one end, written `Class: label`, or `plan`."""
        value = entry.get(key)
        if value == "plan":
            return plan
        if not isinstance(value, _Map) or len(value) != 1:
            raise self._fail(entry, f"{key} is written {{Class: label}} or plan")
        cls, name = next(iter(value.items()))
        return self._node(builder, plan, entry, cls, str(name))

    def _attribute(self, builder: GraphBuilder, plan: str, entry: _Map) -> None:
        curie, value = self._text(entry, "property"), self._text(entry, "value")
        if curie == "dcterms:issued":
            try:
                builder.curate(plan, curie, date.fromisoformat(value), *self._who(entry))
            except ValueError:
                raise self._fail(entry, f"bad date {value} (write YYYY-MM-DD)") from None
        else:
            raise self._fail(entry, f"no attribute that an overlay may set: {curie} (known: dcterms:issued)")

    def _number(self, entry: _Map, key: str) -> Decimal:
        text = self._text(entry, key)
        try:
            number = Decimal(text)
            if abs(number.adjusted()) > _MOST_DIGITS:
                raise InvalidOperation
            return plain(number)
        except ArithmeticError:
            raise self._fail(entry, f"{key} is no number: {text}") from None

    def _target(self, builder: GraphBuilder, plan: str, entry: _Map) -> None:
        indicator = self._node(builder, plan, entry, "Indicator", self._text(entry, "indicator"))
        comparator, unit_text = self._text(entry, "comparator"), self._text(entry, "unit")
        if comparator not in COMPARATORS:
            raise self._fail(entry, f"unknown comparator {comparator} (known: {' '.join(COMPARATORS)})")
        year = self._text(entry, "year")
        if not (year.isdigit() and len(year) == 4):
            raise self._fail(entry, f"bad year {year}")
        attrs: Attributes = {"yf:comparator": comparator, "yf:unitText": unit_text, "yf:year": int(year)}
        unit = builder.vocabulary.units.get(unit_text)
        if unit and unit.qudt:
            attrs["qudt:hasUnit"] = Iri(unit.qudt)
        if "lower" in entry:
            attrs["yf:lower"], attrs["yf:upper"] = self._number(entry, "lower"), self._number(entry, "upper")
        else:
            attrs["yf:value"] = self._number(entry, "value")
        mention = Mention("Target", target_label(builder.label(indicator), attrs, int(year), builder.vocabulary))
        target = builder.node(mention, plan)
        builder.describe(target, attrs)
        self._edge(builder, entry, indicator, "hasTarget", target)
        self._edge(builder, entry, target, "setBy", plan)


def find_overlays(paths: list[Path]) -> list[Path]:
    """Give the overlay files beside or below some paths, sorted."""
    found: set[Path] = set()
    for path in paths:
        folder = path if path.is_dir() else path.parent
        found.update(folder.rglob("*.overlay.yaml") if path.is_dir() else folder.glob("*.overlay.yaml"))
    return sorted(found)
