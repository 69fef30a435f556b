"""The graph over HTTP: a read-only SPARQL 1.1 endpoint, a query page, entity pages, texts, search and the network page."""
