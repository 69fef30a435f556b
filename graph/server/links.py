"""Where things stand on this server: entities under /id/, texts under /text/, and nothing but http links outside."""

from __future__ import annotations

from urllib.parse import quote

from ..core.namespaces import YF
from ..core.schema import Schema
from ..query.nodes import Quote


def local(path: str) -> str:
    """Percent-encode a path for a link; slashes stay."""
    return quote(path, safe="/~+")


class Links:
    """Makes links for one graph."""

    def __init__(self, base: str, schema: Schema) -> None:
        self._base = base
        self._schema = schema

    def of(self, iri: str) -> str:
        """Give the link to a resource: its page here, itself if it is on the web, empty for anything else.

        >>> from yangfan.core.schema import load_schema
        >>> links = Links("https://w3id.org/yangfan/id/", load_schema())
        >>> links.of("https://w3id.org/yangfan/id/industry/医"), links.of("javascript:alert(1)")
        ('/id/industry/%E5%8C%BB', '')
        """
        if iri.startswith(self._base):
            return "/id/" + local(iri.removeprefix(self._base))
        name = iri.removeprefix(YF)
        if name != iri:
            if name in self._schema.relations:
                return self.relation(name)
            return self.cls(name) if name in self._schema.classes else ""
        return iri if iri.startswith(("http://", "https://")) else ""

    def relation(self, name: str) -> str:
        """Give the link to a relation's page."""
        return f"/id/relation/{local(name)}"

    def cls(self, name: str) -> str:
        """Give the link to a class's page."""
        return f"/id/class/{local(name)}"

    def quote(self, quote: Quote) -> str:
        """Give the link to a quote's place in its text."""
        return f"/text/{local(quote.key)}#{quote.start}-{quote.end}"
