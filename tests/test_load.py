"""Exports read back are the graph that they were written from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.generate import generate
from tests.samples import sample_graph, write_exports
from yangfan.core.errors import QueryError, ReadError
from yangfan.formats.load import curie, load_graph

if TYPE_CHECKING:
    import networkx as nx


def assert_same(loaded: nx.MultiDiGraph[str], graph: nx.MultiDiGraph[str]) -> None:
    """Compare two graphs in nodes, attributes, edges, statements and texts, order included."""
    assert list(loaded.nodes(data=True)) == list(graph.nodes(data=True))
    assert list(loaded.edges(keys=True, data=True)) == list(graph.edges(keys=True, data=True))
    assert loaded.graph["base"] == graph.graph["base"]
    texts = [{iri: (d.key, d.text) for iri, d in g.graph["documents"].items()} for g in (loaded, graph)]
    assert texts[0] == texts[1]


def test_the_sample_comes_back_whole(tmp_path: Path) -> None:
    graph = sample_graph()
    assert_same(load_graph(write_exports(graph, tmp_path)), graph)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nodes=st.integers(400, 900), seed=st.integers(0, 99))
def test_generated_graphs_come_back_whole(tmp_path: Path, nodes: int, seed: int) -> None:
    graph = generate(nodes, seed=seed)
    assert_same(load_graph(write_exports(graph, tmp_path)), graph)


def test_the_seed_comes_back_whole(seed_exports: Path, seed_graph: nx.MultiDiGraph[str]) -> None:
    assert_same(load_graph(seed_exports), seed_graph)


def test_what_is_loaded_is_written_again_to_the_same_bytes(tmp_path: Path) -> None:
    first = write_exports(sample_graph(), tmp_path / "first")
    second = write_exports(load_graph(first), tmp_path / "second")
    for name in ("graph.ttl", "evidence.ttl", "graph.trig"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"graph\.ttl: cannot read"):
        load_graph(tmp_path)
    folder = write_exports(sample_graph(), tmp_path / "exports")
    (folder / "texts" / "yuanfan-0001.txt").unlink()
    with pytest.raises(ReadError, match="yuanfan-0001"):
        load_graph(folder)
    (folder / "graph.ttl").write_text("<a:s> <a:p>\n", encoding="utf-8")
    with pytest.raises(QueryError, match=r"graph\.ttl:\d: no valid Turtle"):
        load_graph(folder)


def test_an_iri_is_shortened_only_where_a_prefix_fits_whole() -> None:
    assert curie("http://qudt.org/vocab/unit/PERCENT") == "unit:PERCENT"
    assert curie("http://qudt.org/vocab/unit/a/b") == "http://qudt.org/vocab/unit/a/b"
    assert curie("https://w3id.org/yangfan/ontology#") == "https://w3id.org/yangfan/ontology#"
