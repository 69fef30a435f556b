"""The namespaces of contract section 2, and the CURIEs that attributes are keyed by."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
"""Where the code lies: `graph/` in a checkout, `yangfan/` where the package is installed."""


def _ontology() -> Path:
    """Find the ontology, whose files are read as files; out of a zip file that Python imports from (a wheel on its way to Spark's workers)
    it is unpacked beside it, once.
    """
    for folder in (PACKAGE / "ontology", PACKAGE.parent / "ontology"):
        if folder.is_dir():
            return folder
    import os
    import shutil
    import tempfile
    import zipfile

    place = PACKAGE.parent.with_name(f"{PACKAGE.parent.name}.ontology")
    inner = f"{PACKAGE.name}/ontology/"
    if not place.is_dir():
        made = Path(tempfile.mkdtemp(dir=place.parent))
        with zipfile.ZipFile(PACKAGE.parent) as archive:
            archive.extractall(made, [name for name in archive.namelist() if name.startswith(inner)])
        try:
            os.rename(made / inner, place)
        except OSError:
            # Another process was quicker.
            if not place.is_dir():
                raise
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return place


ONTOLOGY = _ontology()
"""Where the ontology lies: inside the installed package, beside the code in a checkout."""

YF = "https://w3id.org/yangfan/ontology#"
BASE = "https://w3id.org/yangfan/id/"

ONTOLOGY_IRI, SHAPES_IRI = "https://w3id.org/yangfan/ontology", "https://w3id.org/yangfan/shapes"
CONTEXT_IRI, CONCEPTS_IRI = "https://w3id.org/yangfan/context.jsonld", "https://w3id.org/yangfan/concepts"
"""Where the ontology, the SHACL shapes, the JSON-LD context and the concept schemes are published."""

LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
"""The licence of what the program writes, as `LICENSE` holds it; quotes belong to their sources."""

PREFIXES: dict[str, str] = {
    "yf": YF,
    "yfc": f"{CONCEPTS_IRI}#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "qb": "http://purl.org/linked-data/cube#",
    "schema": "https://schema.org/",
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
    "eli": "http://data.europa.eu/eli/ontology#",
}


def expand(curie: str) -> str:
    """Give the full IRI of a CURIE; a full IRI is given back as it is.

    Raises `KeyError` for a prefix that is not declared.
    """
    if curie.startswith(("http://", "https://", "urn:")):
        return curie
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local
