"""What CONTRIBUTING.md shows is all that it takes: a format, a class, a relation added to a copy of the project is then everywhere."""

from __future__ import annotations

import base64
import csv
import json
import re
import zlib
from pathlib import Path
from typing import Any

from tests.adding import Copy
from tests.samples_checked import PLAN

# What no recogniser finds is given by hand, as a recogniser or a rule would give it; the check then says what is wrong with it.
BUILD = """
import json
from pathlib import Path
from yangfan import pipeline
from yangfan.assembly import assemble as assembling
from yangfan.core.model import Claim, Mention
from yangfan.quality.check import check_exports

real = assembling.infer

def more(builder):
    real(builder)
    {more}

assembling.infer = more
pipeline.check_records = lambda records: []
assert pipeline.build([Path("plan.md")], Path("out")).findings == []
found = check_exports(Path("out"))
print(json.dumps([[one.check, one.message] for one in found]))
"""


def built(folder: Path, kind: str, more: str) -> tuple[Copy, list[tuple[str, str]]]:
    """Give a copy to which a kind is added and that has built a plan, and what its check found in what it built."""
    copy = Copy(folder / kind, kind)
    (copy.folder / "plan.md").write_text(PLAN, encoding="utf-8")
    done = copy.run("-c", BUILD.format(more=more))
    assert done.returncode == 0, done.stderr
    return copy, [(check, message) for check, message in json.loads(done.stdout)]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def page(path: Path) -> dict[str, Any]:
    packed = re.search(r'id="graph-data">([^<]*)<', path.read_text(encoding="utf-8"))
    assert packed
    held: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed[1])))
    return held


def test_a_format_is_built_listed_offered_exported_and_documented(tmp_path: Path) -> None:
    copy, found = built(tmp_path, "format", "pass")
    written = (copy.folder / "out" / "outline.md").read_text(encoding="utf-8")
    assert written.startswith("- 海州市渔港建设行动计划（2024—2026年）: 建设渔港平台\n")
    assert "outline.md" in json.loads((copy.folder / "out" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert found == []
    assert "outline" in copy.yangfan("export", "--help")
    assert copy.yangfan("export", "outline", "--data", "out") == written


def test_a_class_is_in_every_export_on_the_page_in_the_report_and_checked(tmp_path: Path) -> None:
    copy, found = built(tmp_path, "class", 'builder.node(Mention("Port", "海州港"))')
    out = copy.folder / "out"
    assert found[0] == ("nodes", "https://w3id.org/yangfan/id/port/海州港 stands alone: no edge leads to it or away")
    # What nobody says anything of is in no named graph.
    assert all(check == "copies" and message.startswith("graph.trig: lacks ") for check, message in found[1:])
    assert [row["label_zh"] for row in rows(out / "nodes.csv") if row[":LABEL"] == "Port"] == ["海州港"]
    assert "# ── 港口 Port (1) ──" in (out / "graph.ttl").read_text(encoding="utf-8")
    assert '"type": "Port"' in (out / "graph.jsonld").read_text(encoding="utf-8")
    for name in ("graph.graphml", "graph.gexf", "report.md", "report.json"):
        assert "Port" in (out / name).read_text(encoding="utf-8"), name
    legend = {name: rest for name, *rest in page(out / "graph.html")["classes"]}
    assert legend["Port"][:2] == ["港口", "Port"]
    assert {"navy", "square"} <= {part for part in legend["Port"] if isinstance(part, str)}


def test_a_relation_is_in_every_export_on_the_page_in_the_report_and_can_be_scored(tmp_path: Path) -> None:
    more = """
    plan = builder.nodes_of("Plan")[0]
    task, place = builder.nodes_of("Task", plan)[0], builder.nodes_of("Place")[0]
    builder.conclude(task, "servesPlace", place, "infer.domain_named_in_action", (plan, "hasTask", task))
    """
    copy, found = built(tmp_path, "relation", more)
    out = copy.folder / "out"
    # The rule that was lent for it neither states it nor concludes it.
    assert sorted({check for check, _ in found}) == ["inferences", "rules"]
    assert all("servesPlace" in message for _, message in found)
    (edge,) = [row for row in rows(out / "edges.csv") if row[":TYPE"] == "servesPlace"]
    assert (edge["object_zh"], edge["basis"]) == ("海州市", "inferred")
    for name in ("graph.ttl", "evidence.ttl", "graph.trig", "graph.jsonld", "graph.graphml", "graph.gexf", "report.md", "report.json"):
        assert "servesPlace" in (out / name).read_text(encoding="utf-8"), name
    relations = {name: rest for name, *rest in page(out / "graph.html")["relations"]}
    assert relations["servesPlace"][:4] == ["服务地点", "serves place", "服务任务", "is served by"]
    told = copy.run("-c", "from yangfan.quality.evaluate import predicates; print(predicates()['servesPlace'])")
    assert told.stdout.strip() == "False"


def test_a_reader_is_found_in_a_folder_by_its_ending_and_its_documents_are_read(tmp_path: Path) -> None:
    with_reader = Copy(tmp_path / "copy", "reader")
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "plan.org").write_text(
        "#+TITLE: 海州市渔港行动计划（2024—2026年）\n\n* 一、重点任务\n\n（一）建设深海装备基地。开展码头岸电建设。\n", encoding="utf-8"
    )
    out = tmp_path / "out"
    with_reader.yangfan("build", str(folder), "--out", str(out))
    assert '"建设深海装备基地"@zh' in (out / "graph.ttl").read_text(encoding="utf-8")
    assert 'yf:format "org"' in (out / "graph.ttl").read_text(encoding="utf-8")
