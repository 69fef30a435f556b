"""The library's queries as data: each a `sh:SPARQLExecutable` in the form of the SIB's sparql-examples, with its question in both languages.

    python -m yangfan.query.examples     write `ontology/queries/examples.ttl`

The form: https://github.com/sib-swiss/sparql-examples; SHACL Advanced Features, 5 (SPARQL executables).
"""

from __future__ import annotations

import re

from ..core.namespaces import BASE, PREFIXES
from .library import QUERIES, NamedQuery, load_library

EXAMPLES = QUERIES / "examples.ttl"
_HERE = "https://w3id.org/yangfan/queries/"
_FORM = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE | re.IGNORECASE)
_KINDS = {"select": "sh:SPARQLSelectExecutable", "ask": "sh:SPARQLAskExecutable", "construct": "sh:SPARQLConstructExecutable"}
_COMMENT = re.compile(r"^#.*\n", re.MULTILINE)


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _example(query: NamedQuery) -> str:
    """Write one query: its questions, its prefixes, its text."""
    found = _FORM.search(query.text)
    form = found[1].lower() if found else "select"
    body = _COMMENT.sub("", query.text).strip()
    lines = [
        f"<{_HERE}{query.name}> a sh:SPARQLExecutable , {_KINDS[form]} ;",
        f'    rdfs:label "{_text(query.title_zh)}"@zh , "{_text(query.title_en)}"@en ;',
        f'    rdfs:comment "{_text(query.description_zh)}"@zh , "{_text(query.description_en)}"@en ;',
        f"    sh:prefixes <{_HERE}prefixes> ;",
        f'    sh:{form} "{_text(body)}" .',
    ]
    return "\n".join(lines) + "\n"


def examples_turtle() -> str:
    """Give the whole library as Turtle, one block a query, in the order of their names."""
    prefixes = {**PREFIXES, "id": BASE}
    declared = " ,\n".join(f"        <{_HERE}prefixes/{name}>" for name in prefixes)
    head = [
        "# The named queries in the form of sparql-examples. Written by `python -m yangfan.query.examples`; do not edit.",
        "",
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "",
        f"<{_HERE}prefixes>\n    sh:declare\n{declared} .",
        "",
    ]
    blocks = [
        f'<{_HERE}prefixes/{name}> sh:prefix "{name}" ; sh:namespace "{namespace}"^^xsd:anyURI .' for name, namespace in prefixes.items()
    ]
    return "\n".join([*head, *blocks, "", *(_example(query) for query in load_library().values())])


if __name__ == "__main__":
    EXAMPLES.write_text(examples_turtle(), encoding="utf-8")
