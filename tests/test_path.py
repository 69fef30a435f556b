"""`path`: the shortest connections between two nodes, each edge with its quote."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest

from benchmarks.generate import generate
from tests.places import Run
from tests.samples import sample_graph, write_exports
from yangfan.query.nodes import Nodes
from yangfan.query.paths import shortest_paths
from yangfan.query.store import from_networkx


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_exports(sample_graph(), tmp_path_factory.mktemp("exports"))


def test_a_path_shows_every_edge_with_its_direction_and_quote(run: Run, folder: Path) -> None:
    shown = run("path", "智慧教育", "边缘计算", "--data", folder).stdout
    assert shown.startswith("1. 2 edges\n智慧教育\n  ↓ advanced by\n")
    assert "inferred: same-domain" in shown
    assert "  ↓ uses technology\n      “实施社会民生服务行动" in shown


def test_all_shortest_connections_are_given_and_no_longer_one(run: Run, folder: Path) -> None:
    found = json.loads(run("path", "智慧医疗", "智慧教育", "--data", folder, "--format", "json").stdout)
    middles = {path["nodes"][1]["class"] for path in found["paths"]}
    assert found["length"] == 2
    assert middles == {"Plan", "Domain", "Action"}
    assert found["more"] is False
    first = json.loads(run("path", "智慧医疗", "智慧教育", "--data", folder, "--format", "json", "--most", "1").stdout)
    assert (len(first["paths"]), first["more"]) == (1, True)


def test_nodes_of_a_class_can_be_left_out(run: Run, folder: Path) -> None:
    arguments = ("path", "智慧医疗", "智慧教育", "--data", folder, "--without", "Plan", "--without", "Task")
    found = json.loads(run(*arguments, "--format", "json").stdout)
    assert [path["nodes"][1]["class"] for path in found["paths"]] == ["Domain"]


def test_unconnected_nodes_are_told_to_be_so(run: Run, folder: Path) -> None:
    done = run("path", "智慧医疗", "无边机构", "--data", folder)
    assert (done.returncode, done.stdout) == (0, "no connection between 智慧医疗 and 无边机构\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("智慧医疗", "智能医疗"), "are the same node"),
        (("智慧医疗", "信息消费"), "names 2 nodes"),
        (("智慧医疗", "智慧教育", "--without", "Nothing"), "no such class"),
    ],
)
def test_bad_ends_are_one_clear_line(run: Run, folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run("path", *arguments, "--data", folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_lengths_agree_with_networkx_on_a_generated_graph() -> None:
    graph = generate(400)
    nodes = Nodes(from_networkx(graph))
    plain = graph.to_undirected()
    iris = sorted(graph)
    for start, end in zip(iris[::40], iris[20::40], strict=False):
        paths, _ = shortest_paths(nodes, start, end, most=3)
        assert len(paths[0].steps) == nx.shortest_path_length(plain, start, end)
        for path in paths:
            assert (path.nodes[0], path.nodes[-1]) == (start, end)
            for (a, b), step in zip(zip(path.nodes, path.nodes[1:], strict=False), path.steps, strict=True):
                assert step
                assert all({edge.subject, edge.object} == {a, b} and edge.proofs for edge in step)
