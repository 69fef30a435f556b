"""What search engines and harvesters look for: schema.org in pages, a sitemap, robots.txt."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from ..core.labels import words_of
from ..core.namespaces import LICENCE
from ..query.cards import Card
from .facts import Facts
from .links import Links, local

MOST_ADDRESSES = 50_000
"""Addresses that one sitemap may list (sitemaps.org, protocol)."""
# The class of schema.org that says most of a node of a class.
_TYPES = {
    "Plan": "Legislation", "SourceDocument": "CreativeWork", "CitedDocument": "Legislation", "Organization": "GovernmentOrganization",
    "Place": "Place", "Indicator": "DefinedTerm", "Industry": "DefinedTerm", "Technology": "DefinedTerm", "Domain": "DefinedTerm",
}  # fmt: skip


def _script(data: dict[str, Any]) -> str:
    """Write JSON for a script element: no "<" of its own may end the element."""
    whole = {"@context": "https://schema.org", **{key: value for key, value in data.items() if value}}
    return json.dumps(whole, ensure_ascii=False).replace("<", "\\u003c")


def node_data(card: Card, facts: Facts, links: Links, site: str) -> str:
    """Describe a node's page in schema.org's words; the node's own IRI is what the page is about."""
    said = {attribute.property: attribute.values for attribute in card.attributes if attribute.values}
    issuers = [edge.object for edge in card.edges_out if edge.relation == "issuedBy"]
    node = card.node
    return _script(
        {
            "@type": _TYPES.get(node.cls, "Thing"),
            "@id": node.iri,
            "url": site + links.of(node.iri),
            "name": node.label,
            "alternateName": [*([node.en] if node.zh and node.en else []), *(text for _, text in card.names)],
            "legislationIdentifier": next(iter(said.get("dcterms:identifier", ())), "") if node.cls == "Plan" else "",
            "datePublished": next(iter(said.get("dcterms:issued", said.get("dcterms:date", ()))), ""),
            "legislationPassedBy": [{"@type": "GovernmentOrganization", "@id": iri, "name": facts.nodes.named(iri).label} for iri in issuers],
        }
    )


def dataset_data(facts: Facts, site: str) -> str:
    """Describe the data in schema.org's words, as dataset searches read it."""
    files = [
        {"@type": "DataDownload", "name": name, "contentUrl": f"{site}/data/{name}", "encodingFormat": media}
        for name, media in facts.downloads.items()
    ]
    return _script(
        {
            "@type": "Dataset",
            "@id": f"{site}/void#dataset",
            "url": f"{site}/void",
            "name": words_of("dataset.title")[0],
            "alternateName": words_of("dataset.title")[1],
            "description": describing(facts)[0][1],
            "license": LICENCE,
            "creditText": words_of("dataset.rights")[0],
            "inLanguage": "zh",
            "isAccessibleForFree": True,
            "distribution": files,
        }
    )


def describing(facts: Facts) -> tuple[tuple[str, str], tuple[str, str]]:
    """Say in Chinese and English what the data hold."""
    plans, texts = len(facts.nodes.plans), len(facts.texts)
    return (
        ("zh", f"{plans} 份政策规划及其 {texts} 份来源文件的知识图谱：机构、任务、指标与目标值等 {facts.entities} 个节点，每条边都有原文为证。"),
        (
            "en",
            f"A knowledge graph of {plans} policy plans and {texts} source documents: {facts.entities} nodes (bodies, tasks, indicators, targets), "
            "with the passage of the source text behind every edge.",
        ),
    )


def addresses(facts: Facts, links: Links) -> Iterator[str]:
    """Give the paths of all pages: those of the server, the ontology's terms, texts, and nodes."""
    yield from ("/", "/query", "/void", "/ontology", "/shapes", "/concepts")
    yield from (f"/text/{local(key)}" for key in facts.texts)
    yield from (links.of(iri) for iri in sorted(set(facts.nodes.all())))


def sitemap(paths: Iterable[str], site: str) -> str:
    """Write a sitemap (sitemaps.org, protocol)."""
    listed = "".join(f"<url><loc>{escape(site + path)}</loc></url>\n" for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</urlset>\n'


def sitemap_index(count: int, site: str) -> str:
    """Write the index of several sitemaps."""
    listed = "".join(f"<sitemap><loc>{escape(site)}/sitemap-{number}.xml</loc></sitemap>\n" for number in range(1, count + 1))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</sitemapindex>\n'
