"""From a name to its node: every kind of name, ambiguity, nearness, search."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.samples import sample_graph
from yangfan.core.errors import AmbiguousName, NameNotFound, VocabularyError
from yangfan.core.namespaces import BASE
from yangfan.query.names import Names, fold
from yangfan.query.nodes import Nodes
from yangfan.query.run import names_of
from yangfan.query.store import from_networkx
from yangfan.text.traditional import load_traditional, simplified

MEDICINE = f"{BASE}industry/智慧医疗"
NAMES = names_of(Nodes(from_networkx(sample_graph())))


@pytest.mark.parametrize(
    "name",
    [
        "智慧医疗",
        "智能医疗",
        " 智慧 医疗 ",
        "“智慧医疗”",
        MEDICINE,
        f"<{MEDICINE}>",
        "industry/智慧医疗",
        "/industry/智慧医疗",
        "智慧醫療",
        "智能醫療",
        "zhihuiyiliao",
        "Zhi hui yi liao",
        "ZHYL",
    ],
)
def test_a_node_is_found_by_any_of_its_names(name: str) -> None:
    assert NAMES.resolve(name) == MEDICINE


def test_a_plan_is_found_by_title_number_and_short_form() -> None:
    found = {NAMES.resolve(n) for n in ("《５ｇ应用“远帆”行动计划（2021-2023年）》", "工信部联〔2021〕7号", "远帆计划")}
    assert len(found) == 1


def test_a_name_of_several_nodes_lists_them_each_with_a_form_that_is_unique() -> None:
    with pytest.raises(AmbiguousName) as caught:
        NAMES.resolve("信息消费")
    assert "信息消费 (industry/信息消费)" in str(caught.value)
    assert "信息消费 (domain/信息消费)" in str(caught.value)
    assert NAMES.resolve("industry/信息消费") != NAMES.resolve("domain/信息消费")


def test_pinyin_of_several_nodes_lists_them_with_their_chinese_labels() -> None:
    with pytest.raises(AmbiguousName, match=r"^xxxf names 2 nodes; say which: 信息消费 \(.*\); 信息消费 \("):
        NAMES.resolve("xxxf")


def test_a_label_in_traditional_characters_is_found_by_simplified_ones() -> None:
    names = Names([(f"{BASE}plan/x", "氫能產業發展計劃", "label")], BASE)
    assert names.resolve("氢能产业发展计划") == names.resolve("氫能產業發展計劃") == f"{BASE}plan/x"


def test_the_table_of_traditional_characters_maps_to_simplified_ones_alone() -> None:
    table = load_traditional()
    assert len(table) > 2500
    assert not {ord(target) for target in table.values()} & table.keys(), "folding twice must change nothing"
    common = "國務院關於印發數字經濟發展規劃與產業轉型實施專項行動計劃辦公廳後裡為發展醫療衛生體繫環境標準網絡"
    assert simplified(common) == "国务院关于印发数字经济发展规划与产业转型实施专项行动计划办公厅后里为发展医疗卫生体系环境标准网络"


def test_a_broken_line_of_that_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "traditional.tsv"
    path.write_text("simplified\ttraditional\n万万\t萬\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"^traditional\.tsv:2: "):
        load_traditional(path)


@pytest.mark.parametrize("name", ["智慧医料", "zhihuiyil", "慧医"])
def test_an_unknown_name_tells_the_nearest(name: str) -> None:
    with pytest.raises(NameNotFound, match=r"nearest: .*智慧医疗"):
        NAMES.resolve(name)


def test_a_name_that_resembles_nothing_says_only_that() -> None:
    with pytest.raises(NameNotFound, match=r"^no node is named ☂☂☂$"):
        NAMES.resolve("☂☂☂")


def test_search_puts_the_best_fit_first() -> None:
    names = Names(
        [("a:1", "智慧医疗平台", "label"), ("a:2", "智慧医疗", "label"), ("a:3", "新智慧医疗", "label")], "a:"
    )
    assert [hit.iri for hit in names.search("智慧医疗")] == ["a:2", "a:1", "a:3"]
    assert [hit.iri for hit in names.search("zhyl")] == ["a:2", "a:1", "a:3"]
    assert names.search("") == []
    assert names.search("xyz") == []


def test_folding_forgets_width_case_space_and_quotation_marks() -> None:
    assert fold("《５Ｇ Apps》") == fold("5g apps") == "5gapps"
