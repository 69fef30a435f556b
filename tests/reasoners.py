"""What OWL 2 DL tools say of RDF files: violations of the profile, and whether HermiT and Pellet find them consistent together.

`python -m tests.reasoners FILE...` prints the violations and one line a reasoner. The tools are those that owlready2 carries: HermiT, Pellet,
and the OWL API with its profile checker. They need Java.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_REIFIED = {f"{_RDF}{name}" for name in ("subject", "predicate", "object")}
"""Reserved by OWL 2 (Structural Specification, 2.4): statements about edges are no part of what a reasoner may read."""


def merged(files: Iterable[Path]) -> list[ox.Triple]:
    """Give the triples of some files without the terms by which RDF reifies."""
    quads = (quad for file in files for quad in ox.parse(path=file))
    return list({quad.triple: None for quad in quads if quad.predicate.value not in _REIFIED})


def violations(file: Path) -> list[str]:
    """Give what the OWL API's checker says against OWL 2 DL; starts a Java machine in this process."""
    import jpype
    import owlready2

    folder = Path(owlready2.__file__).parent / "pellet"
    jpype.startJVM(classpath=[str(jar) for jar in sorted(folder.glob("*.jar"))])
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    ontology = manager.loadOntologyFromOntologyDocument(jpype.JClass("java.io.File")(str(file)))
    report = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")().checkOntology(ontology)
    return sorted(" ".join(str(violation).split())[:200] for violation in report.getViolations())


def verdicts(file: Path) -> Iterator[tuple[str, bool]]:
    """Tell of each reasoner whether it finds the file consistent and every class satisfiable."""
    import owlready2

    folder = Path(owlready2.__file__).parent
    jars = os.pathsep.join(map(str, sorted((folder / "pellet").glob("*.jar"))))
    hermit = _java(str(folder / "hermit" / "HermiT.jar"), "org.semanticweb.HermiT.cli.CommandLine", "-k", "-U", file.as_uri())
    yield "HermiT", "#Thing is satisfiable." in hermit and hermit.endswith("'owl:Nothing':\n\towl:Nothing\n")
    # Its other way in, Jena, is newer than Java 17 in the packages of today.
    yield "Pellet", _java(jars, "pellet.Pellet", "unsat", str(file)).strip() == "Found no unsatisfiable concepts."


def _java(classes: str, *arguments: str) -> str:
    done = subprocess.run(["java", "-cp", classes, *arguments], capture_output=True, text=True, timeout=200)
    return done.stdout


def main(names: list[str]) -> int:
    """Check the files together and give 0 where nothing is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        triples = merged(map(Path, names))
        file = Path(folder) / "merged.owl"
        ox.serialize(triples, str(file), format=ox.RdfFormat.RDF_XML)
        found = violations(file)
        print(*found, sep="\n", end="\n" if found else "")
        told = list(verdicts(file))
    for name, consistent in told:
        print(f"{name}: {'consistent' if consistent else 'inconsistent'}")
    return int(bool(found) or not all(consistent for _, consistent in told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
