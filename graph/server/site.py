"""The pages: entities, relations and classes at /id/, texts, search, the query page, the data's description."""

from __future__ import annotations

import json
import re
from contextvars import ContextVar
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ..core.kinds import value_words
from ..core.labels import attribute_words, basis_words, inverse_words, status_words, words_of
from ..core.namespaces import LICENCE, ONTOLOGY, YF
from ..core.rules import rule_label
from ..formats.load import curie
from ..page.gloss import DOCUMENTS, gloss
from ..page.marks import mark_path
from ..query.about import answer_of
from ..query.cards import Card, card_of, class_text, node_data
from ..query.library import grouped_library
from ..query.nodes import Edge, named
from ..query.run import prefixes, write_triples
from ..query.search import Line
from ..query.sheet import Cell, Sheet
from ..query.store import DEFAULT
from ..query.tables import handle, label_of, short
from ..query.workbook import MEDIA, sheet_csv, sheet_xlsx
from . import discovery
from .ask import Asked
from .facts import Facts
from .ledger import ledger_of, summary_of
from .links import Links, local
from .negotiate import CHINESE, GRAPHS, HTML, JSON, Form, by_name, choose
from .picture import legend_of, picture_of, title_of
from .protocol import Refused
from .published import PUBLISHED, entries, written
from .reading import drawn_from, lines_of, quoted_stretches
from .resource import describe

_HERE = Path(__file__).parent
MOST_LISTED = 300
_REFUSED = {400: "wrong", 404: "missing", 406: "form", 408: "busy", 413: "large", 415: "form", 429: "busy", 503: "busy"}
LANGUAGE: ContextVar[str] = ContextVar("language", default=CHINESE)
"""The language of the reader whose request is answered. Every page holds both; this says which is shown."""


class Site:
    """Makes the pages of one graph; every value is escaped by the template engine."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._backwards = inverse_words()
        self.links = Links(facts.base, facts.nodes.schema)
        self.environment = Environment(
            # The page of the network and the site have one mark.
            loader=FileSystemLoader((_HERE / "templates", _HERE.parent / "page")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals.update(
            facts=facts,
            nodes=facts.nodes,
            schema=facts.nodes.schema,
            links=self.links,
            bases=basis_words(),
            hue=lambda cls: facts.nodes.schema.classes[cls].colour,
            short=lambda iri: short(iri, facts.base),
            handle=lambda iri: handle(iri, facts.base),
            label_of=lambda iri: label_of(iri, facts.nodes),
            attribute_words=attribute_words,
            value_words=value_words,
            by_plan=self.by_plan,
            role=self.role,
            told=lambda node: gloss(node.zh, {}) if node.cls in DOCUMENTS else "",
            rule_label=rule_label,
            mark_path=mark_path,
            status_words=status_words,
            searched="",
            structured="",
        )

    def page(self, template: str, **values: Any) -> bytes:
        """Fill a template."""
        return self.environment.get_template(template).render(language=LANGUAGE.get(), **values).encode("utf-8", "replace")

    def by_plan(self, card: Card) -> list[tuple[str, list[tuple[str, bool, list[Edge]]]]]:
        """Group a node's edges by the plan of the other end, and those of each plan by role: relation and whether it is read backwards.

        What several plans share comes first, under no plan; so does everything of a node that belongs to a plan itself.
        """
        nodes, here = self.facts.nodes, card.node.iri
        alone = bool(nodes.plan_of(here)) or len(nodes.plans) < 2
        plans: dict[str, dict[tuple[str, bool], list[Edge]]] = {}
        for edges, backwards in ((card.edges_out, False), (card.edges_in, True)):
            for edge in edges:
                plan = "" if alone else nodes.plan_of(edge.subject if backwards else edge.object)
                plans.setdefault(plan, {}).setdefault((edge.relation, backwards), []).append(edge)
        listed = sorted(plans.items(), key=lambda entry: (bool(entry[0]), nodes.named(entry[0]).label if entry[0] else ""))
        return [(plan, [(name, backwards, edges) for (name, backwards), edges in roles.items()]) for plan, roles in listed]

    def role(self, relation: str, backwards: bool) -> tuple[str, str]:
        """Give the words of a relation in both languages, as it is read from the node that the page is about."""
        declared = self.facts.nodes.schema.relations[relation]
        words = self._backwards.get(relation, ("", "")) if backwards else (declared.zh, declared.en)
        return words if any(words) else (declared.zh, declared.en)

    def failure(self, status: int, reason: str, near: list[str]) -> bytes:
        """Make the page of a refusal: what it means in words, and the names that are near to the one that was asked for.

        The reason is the program's own line, in English; status is that of HTTP (RFC 9110, 15.5 and 15.6).
        """
        return self.page("error.html", words=words_of(f"refused.{_REFUSED.get(status, 'other')}"), reason=reason, near=near)

    # entities

    def form(self, accept: str, asked: str, offered: tuple[Form, ...]) -> Form:
        """Choose a page's form by `?format=` or the Accept header; raises `Refused` (400, 406)."""
        form = by_name(asked, offered) if asked else choose(accept, offered)
        if form is None:
            known = ", ".join(form.name if asked else form.media for form in offered)
            raise Refused(400 if asked else 406, f"this comes as {known}")
        return form

    def entity(self, path: str, accept: str, asked: str, site: str = "") -> tuple[Form, bytes] | str:
        """Give the page or the RDF of what stands at /id/PATH, or the place to which it redirects.

        Raises `Refused` (404) for what the graph does not know.
        """
        passage = re.fullmatch(r"passage/(.+)/(\d+-\d+)", path)
        form = self.form(accept, asked, (HTML, *GRAPHS))
        if passage and form.name == "html":
            return f"/text/{local(passage[1])}#{passage[2]}"
        kind, _, name = path.partition("/")
        schema = self.facts.nodes.schema
        if kind == "relation" and name in schema.relations:
            return form, self._term(name, form, relation=True)
        if kind == "class" and name in schema.classes:
            return form, self._term(name, form, relation=False)
        try:
            iri = self.facts.base + path
            known = any(True for _ in self.facts.store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT))
        except ValueError:
            known = False
        if not known:
            raise Refused(404, f"no entity at /id/{path}")
        if form.name != "html":
            return form, write_triples(describe(self.facts.nodes, iri), form.name)
        return form, self._html(iri, site)

    def _html(self, iri: str, site: str) -> bytes:
        nodes = self.facts.nodes
        cls = nodes.class_of(iri)
        if cls == "Statement":
            return self._statement(iri)
        if nodes.node(iri) is None or not cls:
            quads = self.facts.store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT)
            said = sorted(((quad.predicate, quad.object) for quad in quads), key=str)
            return self.page("resource.html", iri=iri, said=said)
        card = card_of(nodes, iri)
        structured = discovery.node_data(card, self.facts, self.links, site)
        answer = answer_of(nodes, iri)
        picture = picture_of(answer, nodes, english=LANGUAGE.get() == "en")
        about: dict[str, Any] = {"picture": picture}
        if picture:
            about |= {"counts": title_of(answer, nodes), "legend": legend_of(picture.cards, nodes)}
        return self.page("node.html", card=card, text_key=self._text_key(card), structured=structured, **about)

    def _text_key(self, card: Card) -> str:
        keys = [a.values[0] for a in card.attributes if a.property == "dcterms:identifier" and a.values]
        return keys[0] if keys and keys[0] in self.facts.texts else ""

    def _statement(self, iri: str) -> bytes:
        nodes = self.facts.nodes
        edge, said = nodes.edge_of(iri), nodes.said(iri)
        assert said is not None
        return self.page(
            "statement.html",
            proof=nodes.proof(iri),
            edge=edge,
            subject=said[0],
            relation=edge.relation if edge else "",
            property=curie(said[1]),
            value=said[2].value,
        )

    def _term(self, name: str, form: Form, *, relation: bool) -> bytes:
        nodes, iri = self.facts.nodes, YF + name
        quads = list(ox.parse(path=ONTOLOGY / "yangfan.ttl", format=ox.RdfFormat.TURTLE))
        about = [quad for quad in quads if quad.subject == ox.NamedNode(iri)]
        if form.name != "html":
            return write_triples([ox.Triple(q.subject, q.predicate, q.object) for q in about], form.name)
        definitions = [q.object for q in about if q.predicate == named("skos:definition")]
        texts = sorted((d for d in definitions if isinstance(d, ox.Literal)), key=lambda d: d.language != "zh")
        items: list[Any]
        if relation:
            items = [edge for edge in nodes.all_edges() if edge.relation == name]
            query = f"SELECT ?subject ?object WHERE {{ ?subject yf:{name} ?object }}"
        else:
            kind = self.facts.store.quads_for_pattern(None, named("rdf:type"), ox.NamedNode(iri), DEFAULT)
            items = sorted(quad.subject.value for quad in kind if isinstance(quad.subject, ox.NamedNode))
            query = f"SELECT ?node WHERE {{ ?node a yf:{name} }}"
        term = nodes.schema.relations[name] if relation else nodes.schema.classes[name]
        return self.page(
            "term.html",
            term=term,
            iri=iri,
            relation=relation,
            definitions=[text.value for text in texts],
            items=items[:MOST_LISTED],
            total=len(items),
            all=f"/query?query={local(query)}",
        )

    # texts

    def text(self, key: str, accept: str, asked: str) -> tuple[Form, bytes]:
        """Give a source text as a page with what the graph draws from it, or as it was exported; raises `Refused` (404)."""
        path = self.facts.text_file(key) if key in self.facts.texts else None
        if path is None:
            raise Refused(404, f"no text at /text/{key}")
        form = self.form(accept, asked, (HTML, Form("txt", "text/plain")))
        if form.name == "txt":
            return form, path.read_bytes()
        text = path.read_text(encoding="utf-8")
        iri = self.facts.texts[key]
        title, drawn = self.facts.nodes.named(iri).label, drawn_from(self.facts.nodes, iri)
        ledger = ledger_of(self.facts.folder, key)
        stretches = ledger or quoted_stretches(place for group in drawn for _, place in group.edges)
        told = summary_of(ledger) if ledger else None
        lines = lines_of(text, stretches)
        return form, self.page("text.html", title=title, iri=iri, lines=lines, text=text, drawn=drawn, told=told, words_of=words_of)

    # search, query, data

    def search(self, text: str, accept: str, asked: str) -> tuple[Form, bytes]:
        """Give the nodes that a text finds by their names, and the lines of source texts that hold its words, as a page or as JSON."""
        form = self.form(accept, asked, (HTML, JSON))
        nodes = self.facts.nodes
        hits = self.facts.names.search(text[:200])
        lines, total = self.facts.search_texts(text[:200])
        if form.name == "json":
            found = [
                {
                    **node_data(nodes.named(hit.iri)),
                    "label": class_text(nodes.class_of(hit.iri), nodes),
                    "name": hit.name,
                    "url": self.links.of(hit.iri),
                }
                for hit in hits
            ]
            texts = [
                {
                    "document": self.facts.texts[line.key],
                    "title": nodes.named(self.facts.texts[line.key]).label,
                    "start": line.start,
                    "end": line.end,
                    "text": "".join(part for part, _ in line.stretches),
                    "url": f"/text/{local(line.key)}#{line.start}-{line.end}",
                }
                for line in lines
            ]
            data = {"query": text, "hits": found, "texts": texts, "lines": total}
            return form, json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")
        near = self.facts.names.nearest(text[:200]) if text and not (hits or lines) else []
        groups = [(self.facts.texts[key], list(part)) for key, part in groupby(sorted(lines, key=self._place), attrgetter("key"))]
        return form, self.page("search.html", searched=text, hits=hits, near=near, groups=groups, total=total, listed=len(lines))

    def _place(self, line: Line) -> tuple[str, int]:
        return line.key, line.start

    def query(self, asked: Asked) -> bytes:
        """Make the query page."""
        if asked.drawing:
            drawing = json.loads(asked.drawing)
            for node in drawing["nodes"]:
                node["url"], node["hue"] = self.links.of(node.pop("iri")), self.facts.nodes.schema.classes[node["class"]].colour
            asked.drawing = json.dumps(drawing, ensure_ascii=False)
        known = prefixes(self.facts.base)
        return self.page("query.html", asked=asked, groups=grouped_library(), prefixes=known)

    def download(self, asked: Asked, form: str, site: str) -> tuple[bytes, str, str]:
        """Write an answer for a spreadsheet (`xlsx` or `csv`); gives the bytes, the media type and a file name. Raises `Refused`."""
        if asked.error:
            raise Refused(400, asked.error)
        sheet = asked.sheet or Sheet((("answer", "答案", "answer"),), ((Cell("是 true" if asked.truth else "否 false"),),))
        name = asked.named.name if asked.named else "answer"
        if form == "csv":
            return sheet_csv(sheet), "text/csv", f"{name}.csv"
        about = {"问题 Question": f"{asked.named.title_zh} {asked.named.title_en}" if asked.named else "SPARQL"}
        if asked.named:
            about["说明 About"] = f"{asked.named.description_zh} {asked.named.description_en}"
            about |= {f"{p.zh} {p.en}": asked.given[p.name] for p in asked.named.parameters}
        about["行数 Rows"] = str(asked.total)
        about["来源 Source"] = "；".join(words_of("dataset.title")) + f" · {site}/query?{asked.address}"
        rights = "".join(words_of("dataset.rights"))
        about["许可 Licence"] = f"{LICENCE} · {rights}"
        about["SPARQL"] = asked.text
        links = {cell.iri: self.links.of(cell.iri) for row in sheet.rows for cell in row if cell.iri}
        whole = {iri: f"{site}{link}" if link.startswith("/") else link for iri, link in links.items() if link}
        return sheet_xlsx(sheet, about, whole), MEDIA, f"{name}.xlsx"

    def published(self, path: str, accept: str, asked: str) -> tuple[Form, bytes]:
        """Give the ontology or the shapes as a page or in RDF, or the context as it is."""
        publication = PUBLISHED[path]
        if publication.file.suffix == ".jsonld":
            return Form("jsonld", "application/ld+json"), publication.file.read_bytes()
        form = self.form(accept, asked, (HTML, *GRAPHS))
        if form.name != "html":
            return form, written(publication, form.name)
        classes, relations = entries() if path == "ontology" else ([], [])
        text = "" if classes else publication.file.read_text(encoding="utf-8")
        return form, self.page("published.html", publication=publication, classes=classes, relations=relations, text=text)

    def sitemap(self, number: int, site: str) -> bytes:
        """Give the sitemap: all pages (0), or their part of a number where they are too many for one file. Raises `Refused` (404)."""
        paths = list(discovery.addresses(self.facts, self.links))
        parts = [paths[at : at + discovery.MOST_ADDRESSES] for at in range(0, len(paths), discovery.MOST_ADDRESSES)]
        if number == 0:
            whole = discovery.sitemap(paths, site) if len(parts) == 1 else discovery.sitemap_index(len(parts), site)
            return whole.encode("utf-8")
        if number > len(parts):
            raise Refused(404, f"no part {number} of the sitemap")
        return discovery.sitemap(parts[number - 1], site).encode("utf-8")

    def data(self, site: str) -> bytes:
        """Make the page of the data's description."""
        texts = [(key, self.facts.nodes.named(iri).label) for key, iri in self.facts.texts.items()]
        return self.page("void.html", texts=texts, structured=discovery.dataset_data(self.facts, site), published=PUBLISHED.values())
