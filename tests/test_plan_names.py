"""Plans of one title or number from several places are several plans; what does not name its place belongs to the only one there is."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from tests.test_corpus import cells, contents, plant
from yangfan.assembly.assemble import assemble
from yangfan.assembly.citations import Plans
from yangfan.core.model import Mention
from yangfan.core.vocabulary import load_vocabulary
from yangfan.corpus.groups import plan_iri
from yangfan.extract import extract
from yangfan.formats.registry import FORMATS, export
from yangfan.pipeline import build, read_sources
from yangfan.quality.check import check_exports
from yangfan.readers.read import read_bytes

TITLE = "数字渔业发展行动计划"


def issued(place: str, *, number: str = "", title: str = TITLE, count: int = 12, rests_on: str = "有关部署", day: str = "2024年3月5日") -> str:
    """A plan whose title names no place, sent out by the government of one; no such place exists."""
    return "\n\n".join(
        [
            f"---\ntitle: {place}人民政府关于印发《{title}》的通知\n---",
            *([number] if number else []),
            f"现将《{title}》印发给你们，请认真贯彻落实。",
            f"{place}人民政府",
            day,
            f"# {title}",
            f"为落实{rests_on}，推动智慧渔业应用大数据技术，制定本计划。",
            "## 一、重点任务",
            "（一）建设智慧渔港。整合现有资源，服务智慧渔业行业。（农业农村部负责）",
            f"（二）培育示范渔场。到2026年，示范渔场数量达到{count}个。（财政部牵头）",
        ]
    ) + "\n"


def plans(out: Path) -> list[str]:
    found = cells(out, "nodes.csv", {":LABEL": "Plan"})
    return sorted(row["iri:ID"].rpartition("/")[2] for row in found)


def key(text: str) -> str:
    reading = extract(read_bytes(text.encode(), "plan.md", ".md"), load_vocabulary())
    assert reading.plan is not None
    return plan_iri(reading.plan).rpartition("/")[2]


def test_two_plans_of_one_title_from_two_places_are_two(tmp_path: Path) -> None:
    files = plant(tmp_path / "in", {"a.md": issued("海州市", count=12), "b.md": issued("云岭省临川市", count=30)})
    assert build(files, tmp_path / "out").findings == []
    assert plans(tmp_path / "out") == [f"{TITLE}-临川市", f"{TITLE}-海州市"]
    targets = cells(tmp_path / "out", "edges.csv", {":TYPE": "setBy"})
    assert {row[":END_ID"].rpartition("-")[2] for row in targets} == {"临川市", "海州市"}
    assert check_exports(tmp_path / "out") == []
    graph, _ = assemble(read_sources(files))
    for name in FORMATS:
        assert (tmp_path / "out" / FORMATS[name].file).read_bytes() == export(graph, name), name


def by_body(body: str, number: str = "", title: str = TITLE, count: int = 12) -> str:
    """A plan that a body of the whole country sent out."""
    return issued("海州市", title=title, number=number, count=count).replace("海州市人民政府", body)


def test_two_plans_of_one_title_from_two_ministries_are_two(tmp_path: Path) -> None:
    files = plant(tmp_path / "in", {"a.md": by_body("农业农村部"), "b.md": by_body("科技部", count=30)})
    assert build(files, tmp_path / "out").findings == []
    assert plans(tmp_path / "out") == [f"{TITLE}-农业农村部", f"{TITLE}-科学技术部"]
    targets = cells(tmp_path / "out", "edges.csv", {":TYPE": "setBy"})
    assert {row[":END_ID"].rpartition("-")[2] for row in targets} == {"农业农村部", "科学技术部"}
    assert check_exports(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("number", "title", "wanted"),
    [("农发〔2024〕6号", TITLE, "农发-2024-6"), ("", f"农业农村部{TITLE}", f"农业农村部{TITLE}")],
)
def test_a_plan_with_a_number_or_its_body_in_the_title_is_known_by_that(number: str, title: str, wanted: str) -> None:
    assert key(by_body("农业农村部", number, title)) == wanted


def test_one_number_that_two_places_use_is_that_of_two_plans(tmp_path: Path) -> None:
    number = "市政发〔2024〕6号"
    files = {"a.md": issued("海州市", number=number), "b.md": issued("临川市", number=number, title="海洋牧场建设方案", count=30)}
    built = build(plant(tmp_path / "in", files), tmp_path / "out")
    assert built.findings == []
    assert plans(tmp_path / "out") == ["市政发-2024-6-临川市", "市政发-2024-6-海州市"]
    assert built.report["warnings"].get("b.md", []) == []
    assert check_exports(tmp_path / "out") == []


def test_a_title_or_number_that_names_its_place_names_the_plan_as_before() -> None:
    assert key(issued("海州市", title="海州市数字渔业发展行动计划")) == "海州市数字渔业发展行动计划"
    assert key(issued("海州市", number="海州政发〔2024〕6号")) == "海州政发-2024-6"
    assert key(issued("海州市", number="海渔规〔2024〕6号")) == "海渔规-2024-6"
    assert key(issued("云岭省海州市", number="市政办发〔2024〕6号")) == key(issued("海州市", number="市政办发〔2024〕6号"))


def test_what_explains_a_plan_and_names_its_place_stays_with_it(tmp_path: Path) -> None:
    explained = "\n\n".join(
        [
            f"---\ntitle: 《{TITLE}》解读\n---",
            f"近日，海州市农业农村局联合海州市财政局等2部门印发《{TITLE}》（下称《行动计划》）。",
            "## 一、《行动计划》出台的背景是什么？",
            "《行动计划》重点推进智慧渔业等行业，应用物联网技术。",
            "## 二、《行动计划》有哪些内容？",
            "《行动计划》明确了责任分工。",
        ]
    )
    files = plant(tmp_path / "in", {"a.md": issued("云岭省海州市"), "b.md": issued("临川市", count=30), "z.md": explained})
    assert build(files, tmp_path / "out").findings == []
    assert plans(tmp_path / "out") == [f"{TITLE}-临川市", f"{TITLE}-海州市"]
    described = cells(tmp_path / "out", "edges.csv", {":TYPE": "describes"})
    assert sorted(row[":END_ID"].rpartition("-")[2] for row in described) == ["临川市", "海州市", "海州市"]


@pytest.mark.parametrize(("place", "meant"), [("海州市", ["海州市"]), ("临川市", ["临川市"]), ("望江市", [])])
def test_a_citation_means_the_plan_of_its_own_place_or_none_of_several(tmp_path: Path, place: str, meant: list[str]) -> None:
    citing = issued(place, title=f"{place}渔港建设方案", rests_on=f"《{TITLE}》", day="2025年3月5日")
    files = {"a.md": issued("海州市"), "b.md": issued("临川市", count=30), "c.md": citing}
    assert build(plant(tmp_path / "in", files), tmp_path / "out").findings == []
    cited = [row[":END_ID"] for row in cells(tmp_path / "out", "edges.csv", {":TYPE": "cites"})]
    assert [iri.rpartition("-")[2] for iri in cited if "/plan/" in iri] == meant


def test_a_number_of_two_quite_different_titles_is_said_and_survived(tmp_path: Path) -> None:
    number = "海州政发〔2024〕6号"
    files = {"a.md": issued("海州市", number=number), "b.md": issued("海州市", number=number, title="海洋牧场建设方案", count=30)}
    built = build(plant(tmp_path / "in", files), tmp_path / "out")
    assert built.findings == []
    (said,) = (text for texts in built.report["warnings"].values() for text in texts if number in text)
    # Which of them is named depends on the keys of the documents.
    assert said in [f"{number} is also the number of {title}: both are taken for one plan" for title in (TITLE, "海洋牧场建设方案")]
    assert check_exports(tmp_path / "out") == []


def test_another_place_with_the_same_title_renames_nothing(tmp_path: Path) -> None:
    one = plant(tmp_path / "in", {"a.md": issued("海州市")})
    two = plant(tmp_path / "in", {"a.md": issued("海州市"), "b.md": issued("临川市", count=30)})
    build(one, tmp_path / "one")
    build(two, tmp_path / "two")
    assert {row["iri:ID"] for row in cells(tmp_path / "one", "nodes.csv", {})} < {row["iri:ID"] for row in cells(tmp_path / "two", "nodes.csv", {})}
    assert contents(tmp_path / "one")["graph.ttl"] != contents(tmp_path / "two")["graph.ttl"]


def test_both_engines_resolve_citations_alike_whatever_places_plans_have() -> None:
    from yangfan.corpus.groups import Entry
    from yangfan.spark.resolve import resolved, terms
    from yangfan.spark.wire import unpack

    rng = random.Random(7)
    found = 0
    for _ in range(200):
        entries = []
        for n in range(8):
            number = rng.choice(("", "", "市政发〔2024〕6号", "海州政发〔2024〕6号"))
            plan = Mention("Plan", rng.choice((TITLE, "海洋牧场建设方案", "海州市渔港方案")), number, keeper=rng.choice(("", "海州市", "临川市")))
            titles = [rng.choice((TITLE, "海洋牧场建设方案")) for _ in range(rng.randrange(3))]
            cited = {Mention("CitedDocument", title): rng.choice(("", "", "市政发〔2024〕6号")) for title in titles}
            day = rng.choice((None, date(2023, 1, 5), date(2024, 3, 5)))
            entries.append(Entry(f"key-{n}", plan, day, (), (), tuple(cited.items())))
        plans = Plans([(entry.plan, entry.issued) for entry in entries if entry.plan])
        local = set()
        for entry in entries:
            works = dict(entry.cited)
            meant = plans.meant(works, entry.plan, entry.issued)
            local |= {(entry.key, nth, meant[work]) for nth, work in enumerate(works) if work in meant}
        index = sorted(record for entry in entries for record in terms(entry))
        spark = {(key, nth, Mention(*plan)) for kind, _, data in resolved(index) if kind == "meant" for key, nth, plan in [unpack(data)]}
        assert spark == local
        found += len(local)
    assert found > 200
