"""`plans` lists a folder's plans; names resolve through the registry; every verb takes its data the same way."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click
import pytest

from tests.places import ROOT, Run
from tests.samples import sample_graph, write_exports
from yangfan.cli.main import cli, verbs
from yangfan.core.errors import AmbiguousName
from yangfan.formats.load import load_graph
from yangfan.pipeline import build
from yangfan.query.names import Names
from yangfan.query.nodes import Nodes
from yangfan.query.plans import list_plans
from yangfan.query.store import load_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("plans")
    build([ROOT / "tests/documents" / name for name in ("marine-plan.md", "robotics-plan.md", "silver-economy-plan.txt")], found)
    return found


def test_the_counts_are_those_of_the_graph(folder: Path) -> None:
    graph = load_graph(folder)
    lines = list_plans(Nodes(load_store(folder)))
    assert len(lines) == 3
    tasks = {"Task", "Action", "Project", "Safeguard"}
    for line in lines:
        own = [node for node, data in graph.nodes(data=True) if data.get("plan") == line.iri]
        assert line.tasks == len([node for node in own if graph.nodes[node]["cls"] in tasks])
        assert line.measures == len([node for node in own if graph.nodes[node]["cls"] == "Measure"])
        assert line.targets == len([node for node in own if graph.nodes[node]["cls"] == "Target"])
        assert line.industries == len({object_ for _, object_, key in graph.out_edges(line.iri, keys=True) if key == "hasIndustry"})
        duties = {"responsibleBody", "ledBy", "supportedBy", "guidedBy"}
        assert line.bodies == len({o for s, o, key in graph.edges(keys=True) if key in duties and graph.nodes[s].get("plan") == line.iri})
        assert line.documents == len({s for s, _, key in graph.in_edges(line.iri, keys=True) if key == "describes"})
    assert any(line.targets for line in lines)


def test_a_plan_is_a_line_with_issuer_number_and_period(run: Run, tmp_path: Path) -> None:
    write_exports(sample_graph(), tmp_path)
    done = run("plans", "--data", tmp_path)
    head, line, total = done.stdout.splitlines()
    assert head.split() == ["issued", "number", "period", "tasks", "measures", "targets", "industries", "bodies", "plan", "and", "issuers"]
    assert line.split()[:8] == ["2021-07-05", "工信部联〔2021〕7号", "2021–2023", "3", "0", "2", "3", "1"]
    assert "5G应用“远帆”行动计划（2021-2023年）（工业和信息化部、教育部）" in line
    assert total == "1 plans"
    assert run("plans", "--data", tmp_path, "--lang", "zh").stdout.splitlines()[-1] == "1 份计划"


def test_the_list_comes_for_programs_too(run: Run, folder: Path) -> None:
    listed = json.loads(run("plans", "--data", folder, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run("plans", "--data", folder, "--format", "csv").stdout)))
    assert [row["iri"] for row in rows] == [line["iri"] for line in listed]
    assert [int(row["tasks"]) for row in rows] == [line["tasks"] for line in listed]
    assert [line["issued"] or "9999" for line in listed] == sorted(line["issued"] or "9999" for line in listed)


def test_a_folder_without_plans_has_an_empty_list(run: Run, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<a:s> <a:p> <a:o> .", encoding="utf-8")
    assert run("plans", "--data", tmp_path).stdout.splitlines()[-1] == "0 plans"
    assert run("plans", "--data", tmp_path, "--format", "csv").returncode == 0


BASE = "https://w3id.org/yangfan/id/"


def test_a_name_that_only_the_registry_knows_finds_its_node() -> None:
    names = Names([(f"{BASE}organization/工业和信息化部", "工业和信息化部", "label")], BASE)
    assert names.resolve("工信部") == f"{BASE}organization/工业和信息化部"
    assert names.resolve("MIIT") == f"{BASE}organization/工业和信息化部"


def test_a_name_of_the_graph_goes_before_one_of_the_registry() -> None:
    own = [(f"{BASE}organization/工业和信息化部", "工业和信息化部", "label"), (f"{BASE}plan/a", "工信部", "label")]
    assert Names(own, BASE).resolve("工信部") == f"{BASE}plan/a"


def test_a_registered_name_is_that_of_its_class_alone() -> None:
    both = [(f"{BASE}{cls}/工业和信息化部", "工业和信息化部", "label") for cls in ("organization", "technology")]
    assert Names(both, BASE).resolve("工信部") == f"{BASE}organization/工业和信息化部"
    with pytest.raises(AmbiguousName):
        Names(both, BASE).resolve("工业和信息化部")


@pytest.mark.parametrize("verb", [verb for verb in verbs() if verb not in ("build", "evaluate", "audit")])
def test_every_verb_that_reads_exports_takes_them_as_data(verb: str) -> None:
    command = cli.get_command(click.Context(cli), verb)
    assert command is not None
    options = {option: parameter for parameter in command.params for option in parameter.opts}
    assert "--data" in options
    assert options["--data"].metavar in ("DIR", "FILE") or options["--data"].name == "data"


@pytest.mark.parametrize("verb", ["check", "view"])
def test_a_folder_is_given_once(run: Run, tmp_path: Path, verb: str) -> None:
    both = run(verb, tmp_path, "--data", tmp_path)
    assert both.returncode == 2
    assert "give the folder once" in both.stderr
    assert run(verb, tmp_path).stderr == run(verb, "--data", tmp_path).stderr
