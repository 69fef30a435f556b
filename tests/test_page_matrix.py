"""Who does what by when, and how far it is to a target: the matrix, bullets, declared counts."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

import yangfan as yf
from benchmarks.generate import generate
from tests.page_browser import Picture, launch, legend_count, saved, watch, write_page
from tests.page_sample import Sample, named
from yangfan.core.model import Attributes, Described

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)


@pytest.fixture(scope="module")
def duties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with duties in two roles, a deadline, a fall, and a count whose members nobody lists."""
    sample = Sample()
    buoys, drones = named("Measure", "建设近海浮标网", "推广无人机巡检")
    bureau, finance = named("Organization", "滨海市海洋局", "滨海市财政局")
    sample.say(buoys, "ledBy", [bureau], "近海浮标网")
    sample.say(buoys, "supportedBy", [finance], "近海浮标网")
    sample.say(drones, "ledBy", [bureau], "无人机")
    sample.say(buoys, "dueBy", named("Deadline", "2025年底"), "近海浮标网")
    cover, fall = named("Indicator", "近海5G覆盖率")[0], named("Target", "渔船能耗 变化 = -15%（2026年）")[0]
    sample.say(cover, "hasTarget", [fall], "61.5%")
    change: Attributes = {"yf:comparator": "=", "yf:value": Decimal(-15), "yf:unitText": "%", "yf:change": True, "yf:year": 2026}
    sample.described.append(Described(fall, change))
    unlisted = named("Declaration", "九个部门")[0]
    sample.say(sample.plan, "declares", [unlisted], "会同")
    sample.described.append(Described(unlisted, {"yf:count": 9, "yf:noun": "部门", "yf:holds": False}))
    part = named("Declaration", "等8部门")[0]
    sample.say(sample.plan, "declares", [part], "会同")
    told: Attributes = {"yf:count": 8, "yf:noun": "部门", "yf:holds": False, "yf:listOpen": True}
    sample.described.append(Described(part, {**told, "yf:memberLabel": ("市发展改革委", "市财政局")}))
    return write_page(sample.finish(), tmp_path_factory.mktemp("duties"))


def test_the_matrix_says_who_does_what_in_which_role_by_when(browser: Browser, duties: Path) -> None:
    window = watch(browser, duties)
    page = window.go()
    page.get_by_role("button", name="分工", exact=True).click()
    expect(page.get_by_role("heading", name="写明谁负责或何时完成的：2 项举措、2 个机构")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name="建设近海浮标网", exact=True))
    expect(row).to_contain_text("2025年底")
    lead = row.get_by_role("button", name="滨海市海洋局 牵头 建设近海浮标网")
    assert (lead.inner_text(), row.get_by_role("button", name="滨海市财政局 参与").inner_text()) == ("●", "○")
    # The body with more to do comes first.
    heads = page.get_by_role("columnheader").all_inner_texts()
    assert [text.split("\n")[0] for text in heads] == ["任务", "期限", "滨海市海洋局", "滨海市财政局"]
    lead.click()
    expect(page.get_by_role("tabpanel").get_by_role("blockquote")).to_contain_text("建设近海浮标网")
    page.get_by_role("columnheader").get_by_role("button", name="滨海市海洋局").click()
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_contain_text("滨海市海洋局：1 份计划、2 项举措")
    assert window.faults == []


def test_the_matrix_follows_what_is_chosen_and_is_saved_with_its_quotes(browser: Browser, duties: Path) -> None:
    page = watch(browser, duties).go("#v=matrix&a=organization/滨海市财政局")
    expect(page.get_by_role("heading", name="写明谁负责或何时完成的：1 项举措、1 个机构")).to_be_visible()
    page = watch(browser, duties).go("#v=matrix")
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV 清单（含数值、单位、年份）").read_text("utf-8-sig"))))
    assert [(row["任务"], row["机构"], row["角色"], row["期限"]) for row in rows] == [
        ("建设近海浮标网", "滨海市海洋局", "牵头", "2025年底"),
        ("建设近海浮标网", "滨海市财政局", "参与", "2025年底"),
        ("推广无人机巡检", "滨海市海洋局", "牵头", ""),
    ]
    assert all("。" in row["原文"] for row in rows)
    book = openpyxl.load_workbook(io.BytesIO(saved(page, "XLSX 工作簿（含原文）").read_bytes()))
    assert book["清单"].max_row == 4


def test_no_plan_of_a_folder_is_left_without_a_mark(browser: Browser, tmp_path: Path) -> None:
    graph = generate(2400)
    plans = [node for node, data in graph.nodes(data=True) if data["cls"] == "Plan"]
    tasks = {plan: [node for node, data in graph.nodes(data=True) if data.get("plan") == plan and data["cls"] == "Measure"] for plan in plans}
    for n in range(50):
        graph.add_node(f"https://example.org/{n}", cls="Organization", zh=f"海州市第{n}渔港管理局", en="", alt=(), attrs={})
        for task in tasks[plans[0]][:2]:
            graph.add_edge(task, f"https://example.org/{n}", key="ledBy", statements=())
    graph.add_node("https://example.org/few", cls="Organization", zh="丙山县商务局", en="", alt=(), attrs={})
    graph.add_edge(tasks[plans[1]][0], "https://example.org/few", key="ledBy", statements=())
    page = watch(browser, write_page(graph, tmp_path)).go("#v=matrix")
    # There are more bodies than columns, and the only one of this plan has least to do.
    expect(page.get_by_role("button", name="再显示")).to_be_visible()
    expect(page.get_by_role("row").get_by_role("button", name="丙山县商务局：1 项")).to_be_attached()


def test_bodies_that_plans_share_stand_first_in_the_matrix_of_a_folder(browser: Browser, tmp_path: Path) -> None:
    works = {
        "渔业振兴行动计划": ("建设渔港", "海州市渔业局", "更新渔船", "海州市渔业局", "筹集资金", "海州市财政局"),
        "古镇修缮实施方案": ("修缮古镇", "海州市文旅局", "安排资金", "海州市财政局"),
    }
    for name, told in works.items():
        pairs = zip("一二三", told[::2], told[1::2], strict=False)
        tasks = (f"（{number}）{work}。做好{work}工作。（责任单位：{body}）\n\n" for number, work, body in pairs)
        (tmp_path / f"{name}.md").write_text(f"# 海州市{name}\n\n二、主要任务\n\n{''.join(tasks)}", encoding="utf-8")
    page = watch(browser, write_page(yf.build(tmp_path).nx, tmp_path)).go("#v=matrix")
    heads = page.get_by_role("columnheader").filter(has_text="海州市").all_inner_texts()
    # The fishery bureau has more to do, and only the finance bureau has something to do in both.
    assert heads[0].split()[0] == "海州市财政局"
    assert len(heads) == 3


def test_where_no_text_says_who_does_what_the_matrix_names_who_issued_the_plan(browser: Browser, tmp_path: Path) -> None:
    page = watch(browser, write_page(Sample().finish(), tmp_path)).go("#v=matrix")
    expect(page.get_by_text("文中没有写明由谁负责或何时完成的任务。")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="滨海市海洋局").click()
    expect(page.get_by_role("heading", level=2, name="滨海市海洋局").first).to_be_visible()


def test_a_target_is_a_way_from_its_base_and_a_fall_is_drawn_as_one(browser: Browser, duties: Path) -> None:
    page = watch(browser, duties).go("#v=glance")
    card = page.get_by_role("region", name="指标与目标值")
    item = card.get_by_role("listitem").filter(has_text="近海5G覆盖率")
    # From 61.5 % of 2023 to more than 85 % in 2026; what is fulfilled lies beyond the target, not before it.
    expect(item).to_contain_text("61.5% 2023 年 已知 → > 85% 2026 年 目标")
    rising = item.get_by_role("img", name="上升 61.5% → > 85%")
    assert float(rising.locator(".base").get_attribute("x") or 0) == pytest.approx(61.1, abs=0.5)
    assert float(rising.locator(".fits").get_attribute("x") or 0) == pytest.approx(85)
    falling = item.get_by_role("img", name="下降 基期 → 变化量 −15%")
    way = falling.locator(".way")
    assert float(way.get_attribute("x2") or 0) < float(way.get_attribute("x1") or 0)
    # A figure alone has no scale, and gets no bar.
    expect(card.get_by_role("listitem").filter(has_text="海洋经济增加值").get_by_role("img")).to_have_count(0)


def test_declared_counts_stand_with_their_document_and_unlisted_ones_are_no_failure(
    browser: Browser, duties: Path
) -> None:
    page = watch(browser, duties).go("#v=glance")
    card = page.get_by_role("region", name="声明数量核对")
    expect(card).to_contain_text("声明于：《滨海市智慧海洋“远航”行动计划（2024-2026年）》解读")
    row = {name: card.get_by_role("row").filter(has_text=name) for name in ("3大专项行动", "6个行业", "九个部门", "等8部门")}
    expect(row["3大专项行动"]).to_contain_text("✓ 相符")
    expect(row["6个行业"]).to_contain_text("✗ 不符")
    expect(row["九个部门"]).to_contain_text("文中未列出成员")
    # The text says itself that it names some of them only.
    expect(row["等8部门"]).to_contain_text("列出 2 个，名单未尽")
    expect(row["等8部门"]).not_to_contain_text("✗")
    row["3大专项行动"].get_by_role("button", name="在原文中查看").click()
    expect(page.get_by_role("tab", name="原文")).to_have_attribute("aria-selected", "true")


def test_shares_by_basis_are_counted_as_the_legend_counts(browser: Browser, duties: Path) -> None:
    page = watch(browser, duties).go("#v=glance")
    card = page.get_by_role("region", name="依据构成")
    for basis in ("原文明示", "规则推断", "人工补充"):
        assert card.get_by_role("listitem").filter(has_text=basis).get_by_role("strong").inner_text().strip() == (
            legend_count(page, basis)
        )


def test_the_ends_of_each_targets_scale_are_written(browser: Browser, duties: Path) -> None:
    page = watch(browser, duties).go("#v=glance")
    one = page.get_by_role("region", name="指标与目标值").get_by_role("listitem").filter(has_text="近海5G覆盖率")
    expect(one.get_by_text("0", exact=True).first).to_be_visible()
    expect(one.get_by_text("100%", exact=True).first).to_be_visible()


@pytest.fixture(scope="module")
def two_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of two short plans that share a body."""
    folder = tmp_path_factory.mktemp("folder")
    tasks = (
        "（一）建设渔港。新建渔港2座。（责任单位：海州市农业农村局、海州市财政局）\n\n"
        "（二）发展冷链。建设冷库3座。（责任单位：海州市农业农村局）\n"
    )
    for name in ("渔业振兴行动计划", "海产加工实施方案"):
        (folder / f"{name}.md").write_text(f"# 海州市{name}\n\n二、主要任务\n\n{tasks}", encoding="utf-8")
    return write_page(yf.build(folder).nx, tmp_path_factory.mktemp("two"))


def test_the_matrix_of_a_folder_begins_with_its_plans_and_opens_into_their_tasks(browser: Browser, two_plans: Path) -> None:
    window = watch(browser, two_plans)
    page = window.go("#v=matrix")
    plan = page.get_by_role("button", name="海州市渔业振兴行动计划", expanded=False)
    expect(plan).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="建设渔港")).to_have_count(0)
    expect(page.get_by_role("main").get_by_text("任务数", exact=True)).to_be_visible()
    expect(page.get_by_role("columnheader", name="计划 ▸ 任务")).to_be_visible()
    many = page.get_by_role("button", name="海州市农业农村局：2 项任务 · 负责 · 海州市渔业振兴行动计划")
    assert many.inner_text() == "2"
    plan.click()
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name="建设渔港", exact=True))
    expect(row.get_by_role("button", name="海州市财政局 负责 建设渔港")).to_have_text("◆")
    page.get_by_role("button", name="海州市渔业振兴行动计划", expanded=True).click()
    expect(row).to_have_count(0)
    many.click()
    expect(page.get_by_role("tabpanel").get_by_role("blockquote")).to_have_count(2)
    assert window.faults == []


def test_a_body_that_leads_and_is_responsible_has_a_task_once(browser: Browser, tmp_path: Path) -> None:
    sample = Sample()
    buoys, drones = named("Measure", "建设近海浮标网", "推广无人机巡检")
    (bureau,) = named("Organization", "滨海市海洋局")
    for relation in ("ledBy", "responsibleBody"):
        sample.say(buoys, relation, [bureau], "近海浮标网")
    sample.say(drones, "ledBy", [bureau], "无人机")
    page = watch(browser, write_page(sample.finish(), tmp_path)).go("#v=matrix")
    expect(page.get_by_role("columnheader").filter(has_text="滨海市海洋局")).to_contain_text("2")
    page.get_by_role("columnheader").get_by_role("button", name="滨海市海洋局").click()
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_contain_text("2 项举措")


def test_a_role_is_said_once_for_the_tasks_of_a_plan_that_have_it(browser: Browser, tmp_path: Path) -> None:
    source = tmp_path / "plan.md"
    rest = "完善有关制度。（责任单位：海州市农业农村局）"
    tasks = f"（一）建设渔港。{rest}\n\n（二）发展冷链。{rest}"
    source.write_text(f"# 海州市渔业振兴行动计划\n\n二、主要任务\n\n{tasks}\n", encoding="utf-8")
    page = watch(browser, write_page(yf.build(source).nx, tmp_path)).go("#p=d&a=organization/海州市农业农村局")
    assert [words for words, _, _ in Picture(page).texts if words.startswith("负责")] == ["负责 · 2"]
    expect(page.get_by_role("tabpanel").get_by_role("heading", level=4, name="任务 · 负责")).to_have_text("任务 · 负责2")
