"""Labels of attributes and of inverse relations in both languages, for the page; the ontology holds those of `yf:`."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from .errors import VocabularyError
from .model import BASES
from .namespaces import ONTOLOGY, PREFIXES, YF, expand
from .schema import load_schema


def paired(file: str) -> dict[str, str]:
    """Read a table of Chinese words with their English.

    Raises `VocabularyError` for a table that is not there or not such a one.
    """
    return {row[0]: row[1] for row in _lines(file, 2)}


def _worded(file: str) -> dict[str, tuple[str, str]]:
    """Read a table of names with their words in Chinese and in English."""
    return {name: (zh, en) for name, zh, en in _lines(file, 3)}


def _lines(file: str, columns: int) -> list[list[str]]:
    try:
        lines = (ONTOLOGY / "vocabulary" / file).read_text(encoding="utf-8").splitlines()[1:]
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if any(len(row) != columns for row in rows):
            raise ValueError(f"not {columns} columns in each line")
    except (OSError, ValueError) as error:
        raise VocabularyError(f"cannot read the vocabulary: {error}", file=file) from error
    return rows


@cache
def _wording() -> dict[str, tuple[str, str]]:
    """Read what the program words itself: attributes of other vocabularies that a node may carry, and headings."""
    return _worded("wording.tsv")


@cache
def reason_words() -> dict[str, tuple[str, str]]:
    """Give the words of each reason for which a sentence counts as context.

    >>> reason_words()["annex"]
    ('附件', 'An annex that is no plan')
    """
    return _worded("reasons.tsv")


@cache
def _units() -> dict[str, tuple[str, str]]:
    return _worded("units_en.tsv")


def english_unit(unit: str) -> tuple[str, str] | None:
    """Give a unit's English words, of one and of many: both empty for a counter, which English leaves out; None where there are none.

    A unit of two parts is put together from them; where a part has no words, the whole has none.

    >>> english_unit("元"), english_unit("个/万人"), english_unit("吨/年"), english_unit("没有")
    (('yuan', 'yuan'), ('per 10,000 people', 'per 10,000 people'), ('tonne per year', 'tonnes per year'), None)
    """
    if not unit or unit.isascii():
        return unit, unit
    if (words := _units().get(unit)) is not None or "/" not in unit:
        return words
    above, below = map(english_unit, unit.split("/", 1))
    if above is None or below is None or not below[0]:
        return None
    one, many = (f"{part} per {below[0]}".lstrip() for part in above)
    return one, many


def words_of(name: str) -> tuple[str, str]:
    """Give a wording of the program in Chinese and in English; the name itself where there is none.

    >>> words_of("build.run"), words_of("nobody:wrote")
    (('图谱构建', 'Build of the graph'), ('nobody:wrote', 'nobody:wrote'))
    """
    return _wording().get(name, (name, name))


def status_words(status: str) -> tuple[str, str]:
    """Say how good a curated source is, in Chinese and in English; a status without words goes by its name.

    >>> status_words("draft"), status_words("rumour")
    (('征求意见稿', 'consultation draft'), ('rumour', ''))
    """
    name = f"status.{status}"
    words = words_of(name)
    return (status, "") if words[0] == name else words


def in_both(name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Give a wording with the language of each, Chinese first."""
    zh, en = words_of(name)
    return ("zh", zh), ("en", en)


@cache
def basis_words() -> dict[str, tuple[str, str]]:
    """Give the labels of the three bases of a statement."""
    labels = _labels()[0]
    return {basis: (labels[YF + basis]["zh"], labels[YF + basis]["en"]) for basis in BASES}


@cache
def _labels() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Give the labels of everything in the ontology by IRI and language, and the inverse of each relation."""
    label, inverse = PREFIXES["rdfs"] + "label", PREFIXES["owl"] + "inverseOf"
    labels: dict[str, dict[str, str]] = {}
    inverses: dict[str, str] = {}
    for triple in ox.parse(path=str(ONTOLOGY / "yangfan.ttl"), format=ox.RdfFormat.TURTLE):
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        if isinstance(triple.object, ox.Literal) and triple.predicate.value == label and triple.object.language:
            labels.setdefault(triple.subject.value, {})[triple.object.language] = triple.object.value
        elif isinstance(triple.object, ox.NamedNode) and triple.predicate.value == inverse:
            inverses[triple.subject.value] = triple.object.value
    return labels, inverses


def inverse_words() -> dict[str, tuple[str, str]]:
    """Give the Chinese and English labels of each relation read backwards, by the relation's local name."""
    labels, inverses = _labels()
    found = {}
    for relation, inverse in inverses.items():
        words = labels.get(inverse, {})
        found[relation.removeprefix(YF)] = (words.get("zh", ""), words.get("en", ""))
    return found


def attribute_words(curie: str) -> tuple[str, str, str]:
    """Give an attribute's Chinese and English label and its datatype's IRI ("" when the ontology names none)."""
    try:
        iri = expand(curie)
    except KeyError:
        return curie, curie, ""
    words = _labels()[0].get(iri, {})
    zh, en = words_of(curie)
    return words.get("zh", zh), words.get("en", en), load_schema().datatypes.get(iri, "")
