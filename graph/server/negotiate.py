"""Which form an answer takes: the Accept header with its weights against the forms that there are (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: its short name, the media type it is sent as, and the further types that ask for it."""

    name: str
    media: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The Content-Type header: text formats say that they are UTF-8."""
        return f"{self.media}; charset=utf-8" if self.media.startswith("text/") else self.media


CHINESE = "zh-CN"
HTML = Form("html", "text/html", ("application/xhtml+xml",))
JSON = Form("json", "application/json")
RESULTS = (
    Form("json", "application/sparql-results+json", ("application/json",)),
    Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Form("csv", "text/csv"),
    Form("tsv", "text/tab-separated-values"),
)
GRAPHS = (
    Form("ttl", "text/turtle", ("application/x-turtle", "text/n3", "text/rdf+n3")),
    Form("nt", "application/n-triples", ("text/plain",)),
    Form("jsonld", "application/ld+json", ("application/json",)),
    Form("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
    Form("trig", "application/trig", ("application/x-trig",)),
    Form("nq", "application/n-quads", ("text/x-nquads",)),
)


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


@lru_cache(maxsize=256)
def ranges_of(accept: str) -> tuple[tuple[str, float], ...]:
    """Cut an Accept header into media ranges with their weights; parameters other than q do not count.

    >>> ranges_of("text/csv;q=0.5, */*; q=0.1")
    (('text/csv', 0.5), ('*/*', 0.1))
    """
    found = []
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media:
            weights = [_weight(p[2:].strip()) for p in parameters if p.startswith("q=")]
            found.append((media, weights[0] if weights else 1.0))
    return tuple(found)


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Give the weight of a media type: the most special range that fits it decides."""
    for pattern in (media, media.partition("/")[0] + "/*", "*/*"):
        weights = [weight for named, weight in ranges if named == pattern]
        if weights:
            return max(weights)
    return 0.0


def choose(accept: str, offered: Sequence[Form]) -> Form | None:
    """Choose the form that the client likes best, the first offered among equals; none when it takes none of them.

    A form that is asked for by another of its types is sent as that type.
    """
    ranges = ranges_of(accept) or (("*/*", 1.0),)
    best: Form | None = None
    weight = 0.0
    for form in offered:
        quality = _quality(form.media, ranges)
        if quality > weight:
            best, weight = form, quality
    for form in offered:
        for media in form.also:
            quality = max((w for named, w in ranges if named == media), default=0.0)
            if quality > weight:
                best, weight = Form(form.name, media), quality
    return best


def by_name(name: str, offered: Sequence[Form]) -> Form | None:
    """Give the offered form of this short name or media type."""
    return next((form for form in offered if name in (form.name, form.media)), None)


def language_of(accept: str) -> str:
    """Choose the language of a page by the Accept-Language header (RFC 9110, 12.5.4): Chinese for those who take it first or say nothing.

    >>> language_of("de, zh;q=0.5"), language_of("zh-Hans;q=0.9, en;q=0.8"), language_of("")
    ('en', 'zh-CN', 'zh-CN')
    """
    ranges = [(name, weight) for name, weight in ranges_of(accept) if weight > 0]
    best = max(ranges, key=lambda entry: entry[1])[0] if ranges else "*"
    return CHINESE if best == "*" or best.split("-")[0] == "zh" else "en"
