"""Two plans side by side on one page: slopes between their targets, their work in two columns, the words of both documents."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.page_browser import Watched, launch, watch
from tests.places import ROOT, Run
from yangfan.page.side_by_side import render_comparison
from yangfan.page.slopes import difference, slope
from yangfan.quality.plans import Aim, Comparison, Plan, Said, Work, compare_plans

browser = pytest.fixture(scope="module")(launch)
AXE = Path(__file__).parent / "page" / "node_modules" / "axe-core" / "axe.min.js"
PAIR = ROOT / "tests" / "pairs" / "harbour"
HOSTILE = ("</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", '"><svg onload=alert(3)>', "{{ 7*7 }}{% raw %}", "行\u2028二\u202e")


def aim(value: str, unit: str = "家", year: int = 2025, *, change: bool = False, high: str = "") -> Aim:
    return Aim("某指标", "=", Decimal(value), Decimal(high or value), unit, year, change)


def hostile() -> Comparison:
    """Give two plans that say nothing but dangerous texts."""
    sides = [
        Plan(
            text,
            [Work(f"{side}{n}", "Task", label, said=Said(label, label)) for n, label in enumerate(HOSTILE)],
            [replace(aim(str(n)), indicator=label, unit=label, said=Said(label, label)) for n, label in enumerate(HOSTILE)],
            number=text, issuers=HOSTILE,
        )
        for side, text in enumerate(HOSTILE[:2])
    ]  # fmt: skip
    return compare_plans(*sides)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Build the pair and let the verb write its page."""
    folder = tmp_path_factory.mktemp("pair")
    (folder / "plans").mkdir()
    for side in ("before", "after"):
        (folder / "plans" / f"{side}.md").write_bytes((PAIR / f"{side}.md").read_bytes())
    assert run("build", folder / "plans", "--out", folder / "out").returncode == 0
    done = run("diff", "海政发〔2021〕1号", "海政发〔2024〕9号", "--data", folder / "out", "--html", folder / "two.html")
    assert done.returncode == 1, done.stderr
    return folder / "two.html"


@pytest.fixture
def window(browser: Browser, written: Path) -> Watched:
    return watch(browser, written)


def test_a_slope_has_nought_on_its_scale_and_falls_where_the_value_does() -> None:
    drawn = slope(aim("30"), aim("15"))
    assert drawn is not None
    assert drawn.before is not None
    assert drawn.after is not None
    assert drawn.nought is not None
    assert drawn.before[0] < drawn.after[0] < drawn.nought
    assert round(2 * (drawn.nought - drawn.after[0]), 1) == round(drawn.nought - drawn.before[0], 1)


def test_a_target_that_is_a_fall_runs_below_nought() -> None:
    drawn = slope(aim("-10", "%", change=True), aim("-15", "%", change=True))
    assert drawn is not None
    assert drawn.before is not None
    assert drawn.after is not None
    assert drawn.nought is not None
    assert drawn.nought < drawn.before[0] < drawn.after[0]


def test_a_range_is_a_stretch_and_a_target_without_a_number_has_no_slope() -> None:
    drawn = slope(aim("10", high="20"), aim("20"))
    assert drawn is not None
    assert drawn.before is not None
    assert drawn.before[0] > drawn.before[1]
    assert slope(Aim("某指标", "", None, None, "", 2025, False), None) is None


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (aim("20"), aim("30"), (Decimal("50.0"), "percent")),
        (aim("30", "%"), aim("60", "%"), (Decimal(30), "points")),
        (aim("-10", "%", change=True), aim("-15", "%", change=True), (Decimal(-5), "points")),
        (aim("0"), aim("5"), None),
        (aim("10", high="20"), aim("30"), None),
    ],
)
def test_by_how_much_a_value_changes_is_told_only_where_it_can_be(before: Aim, after: Aim, found: object) -> None:
    assert difference(before, after) == found


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert render_comparison(hostile()) == render_comparison(hostile())


def test_a_page_that_cannot_be_written_leaves_the_old_one(run: Run, written: Path, tmp_path: Path) -> None:
    done = run("diff", written.parent / "out", "海政发〔2024〕9号", "--data", written.parent / "out", "--html", tmp_path / "two.html")
    assert (done.returncode, "name one of them" in done.stderr) == (2, True)
    done = run("diff", "海政发〔2021〕1号", "海政发〔2024〕9号", "--data", written.parent / "out", "--html", tmp_path / "none" / "two.html")
    assert done.returncode == 2
    assert "cannot write here" in done.stderr
    assert list(tmp_path.iterdir()) == []


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_text(name, exact=True))


@pytest.mark.browser
def test_two_plans_stand_side_by_side_with_titles_numbers_and_periods(window: Watched) -> None:
    page = window.go()
    expect(page.get_by_role("heading", level=1, name="两份规划对照")).to_be_visible()
    for words in ("海州市渔港经济区建设行动计划（2021—2023年）", "海政发〔2021〕1号", "2021–2023", "海政发〔2024〕9号", "2024–2026"):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()
    before = page.get_by_text("海政发〔2021〕1号").bounding_box()
    after = page.get_by_text("海政发〔2024〕9号").bounding_box()
    assert before is not None
    assert after is not None
    assert before["x"] + before["width"] < after["x"]
    assert (window.requests, window.faults) == ([window.address], [])


@pytest.mark.browser
def test_a_target_says_from_what_to_what_in_which_year_and_how_it_moved(window: Watched) -> None:
    page = window.go()
    for name, told in (
        ("渔业龙头企业", r"≥ 20 家\s*2023年.*另一年份更高.*\+50%.*≥ 30 家\s*2026年"),
        ("海水养殖产量", r"45万吨.*另一年份更低.*−6\.7%.*42万吨"),
        ("单位养殖产量能耗", r"−10%.*另一年份更低.*−5 个百分点 · 降幅加大.*−15%"),
    ):
        expect(row(page, name)).to_contain_text(re.compile(told, re.DOTALL), use_inner_text=True)
    ends = row(page, "海水养殖产量").locator("svg circle").evaluate_all("dots => dots.map(dot => dot.getBoundingClientRect().y)")
    assert ends[0] < ends[1], "a decrease is drawn as one"


@pytest.mark.browser
def test_work_is_chosen_by_what_became_of_it_and_the_address_remembers(window: Watched) -> None:
    page = window.go()
    chooser = page.get_by_role("group", name="筛选任务")
    chooser.get_by_role("button", name="新增").click()
    expect(page.get_by_text("建设智慧渔港", exact=True)).to_be_visible()
    expect(page.get_by_text("推进渔港文化传承", exact=True)).to_be_hidden()
    page.reload()
    expect(chooser.get_by_role("button", name="新增")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("推进渔港文化传承", exact=True)).to_be_hidden()
    chooser.get_by_role("button", name="全部").click()
    expect(page.get_by_text("推进渔港文化传承", exact=True)).to_be_visible()


@pytest.mark.browser
def test_reworded_work_marks_the_words_that_differ_and_quotes_both_documents(window: Watched) -> None:
    page = window.go()
    work = page.get_by_role("region", name="任务")
    one = work.get_by_role("listitem").filter(has_text="水产品加工").filter(has_text="做强")
    assert one.get_by_role("deletion").all_inner_texts() == ["发展"]
    assert one.get_by_role("insertion").all_inner_texts() == ["做强", "精深"]
    one.get_by_text("原文").click()
    expect(one.get_by_text("引导加工企业进入园区，建设水产品加工园。")).to_be_visible()
    expect(one.get_by_text("扩建水产品加工园，引导加工企业集聚。")).to_be_visible()


@pytest.mark.browser
def test_one_switch_changes_the_language_and_large_numbers_with_it(window: Watched) -> None:
    page = window.go()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1, name="Two plans side by side")).to_be_visible()
    expect(page.get_by_text("450,000 tonnes")).to_be_visible()
    expect(page.get_by_role("group", name="Choose targets").get_by_role("button", name="lower for another year")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=2, name="Work")).to_be_visible()


@pytest.mark.browser
def test_it_opens_in_english_for_a_reader_of_english_unless_the_link_says_chinese(browser: Browser, written: Path) -> None:
    window = watch(browser, written, locale="en-US")
    expect(window.go().get_by_role("heading", level=1, name="Two plans side by side")).to_be_visible()
    # What a title tells of itself stands below it.
    expect(window.page.get_by_text(re.compile("^(Action|Implementation|Plan|Work|Measures|Several|Opinions)")).first).to_be_visible()
    expect(window.go("#l=zh").get_by_role("button", name="English")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "dark"), [(1366, False), (1366, True), (390, False)])
def test_it_fits_its_window_and_axe_finds_nothing(browser: Browser, written: Path, width: int, dark: bool) -> None:
    window = watch(browser, written, width=width, dark=dark)
    page = window.go()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("data-theme") == ("dark" if dark else "light")
    if not AXE.is_file():
        pytest.skip("needs axe-core: npm install in tests/page")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations.map((one) => one.id + ': ' + one.nodes.map((n) => n.html).join(' '))")
    assert found == []


@pytest.mark.browser
def test_a_printed_page_leaves_the_tools_out(window: Watched) -> None:
    page = window.go()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="English")).to_be_hidden()
    expect(page.get_by_text("打造低碳").first).to_be_visible()


@pytest.mark.browser
def test_nothing_that_a_plan_says_runs(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(render_comparison(hostile()), encoding="utf-8")
    window = watch(browser, path)
    page = window.go()
    expect(page.get_by_text(HOSTILE[1]).first).to_be_attached()
    assert (window.requests, window.faults) == ([path.as_uri()], [])
