"""OWL 2 DL as its own tools see it: the ontology with the seed's exports is in the profile and consistent, and what is not is told."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.reasoners import merged
from yangfan.core.namespaces import PREFIXES

ONTOLOGY = ROOT / "ontology" / "yangfan.ttl"
HEAD = "".join(f"@prefix {name}: <{PREFIXES[name]}> . " for name in ("yf", "rdf", "rdfs"))
pytestmark = pytest.mark.skipif(
    not shutil.which("java") or not all(map(importlib.util.find_spec, ("owlready2", "jpype"))), reason="needs Java, owlready2 and JPype"
)


def told(*files: Path) -> tuple[int, str]:
    """Ask in a process apart: a Java machine cannot be started twice in one."""
    done = subprocess.run([sys.executable, "-m", "tests.reasoners", *files], capture_output=True, text=True, cwd=ROOT, timeout=300)
    return done.returncode, done.stdout + done.stderr


def test_the_ontology_with_all_that_the_seed_exports_is_owl_2_dl_and_consistent(seed_exports: Path) -> None:
    """All but RDF's own reification terms, which OWL reserves: nodes, edges, passages, selectors, provenance, the dataset."""
    status, output = told(ONTOLOGY, seed_exports / "graph.trig")
    assert (status, output.splitlines()) == (0, ["HermiT: consistent", "Pellet: consistent"])


def test_a_term_that_is_not_declared_and_a_contradiction_are_told(tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text(HEAD + "yf:Harbour rdfs:subClassOf <urn:x:Place> . yf:a a yf:Target , yf:Observation .", encoding="utf-8")
    status, output = told(ONTOLOGY, file)
    assert status == 1
    assert "Use of undeclared class: <urn:x:Place>" in output
    assert output.splitlines()[-2:] == ["HermiT: inconsistent", "Pellet: inconsistent"]


def test_only_the_reification_terms_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "said.ttl"
    file.write_text(HEAD + "yf:s rdf:subject yf:a ; rdf:predicate yf:p ; rdf:object yf:b ; yf:basis yf:stated .", encoding="utf-8")
    assert [triple.predicate.value.partition("#")[2] for triple in merged([file])] == ["basis"]
