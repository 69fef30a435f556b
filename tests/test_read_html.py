"""HTML as ministries publish it: bold headings, split titles, tables, menus and footers around the text."""

from __future__ import annotations

import pytest

from yangfan.core.errors import ReadError
from yangfan.core.model import Document
from yangfan.readers.read import read_bytes

BODY = "<p>为加快智慧水务建设，制定本方案。</p><p>2025年3月1日</p>"


def read(markup: str) -> Document:
    return read_bytes(markup.encode(), "page.html", ".html")


def lines(document: Document) -> list[str]:
    return [f"{line.kind}: {document.text[line.start : line.end]}" for line in document.lines]


def test_a_title_over_several_bold_lines_is_one_line() -> None:
    bold = '<p style="text-align: center"><span style="font-weight: bold">{}</span></p>'
    page = "<title>关于印发智慧水务建设试点工作方案的通知</title>" + "".join(map(bold.format, ("关于印发智慧水务", "建设试点工作", "方案的通知")))
    assert lines(read(page + BODY))[0] == "bold: 关于印发智慧水务建设试点工作方案的通知"


def test_a_title_that_the_page_does_not_name_is_joined_where_its_lines_are_set_alike() -> None:
    page = '<p align="center"><b>关于印发《智慧水务建设</b></p><p align="center"><b>试点方案》的通知</b></p>' + BODY
    document = read(page + '<p align="center"><b>智慧水务建设</b></p><center>试点方案</center>')
    assert document.metadata["title"] == "关于印发《智慧水务建设试点方案》的通知"
    assert lines(document)[0] == "bold: 关于印发《智慧水务建设试点方案》的通知"


def test_bold_headings_below_each_other_stay_apart() -> None:
    page = "<h1>某市智慧水务方案</h1><p><b>一、总体要求</b></p><p><b>（一）主要目标</b></p><p><b>附件</b></p><p><b>重点任务清单</b></p>"
    assert lines(read(page))[1:] == ["bold: 一、总体要求", "bold: （一）主要目标", "bold: 附件", "bold: 重点任务清单"]


def test_a_spaced_out_title_is_closed_up() -> None:
    page = "<title>关于印发智慧水务应急预案的函</title><center><b>关于印发</b></center><center><b>智 慧 水 务 应 急 预 案 的 函</b></center>"
    assert lines(read(page + BODY))[0] == "bold: 关于印发智慧水务应急预案的函"


def test_spaces_indents_and_wrapped_source_lines_are_folded() -> None:
    page = "<h1>某市方案</h1><p>&nbsp;&nbsp;&nbsp;&emsp;加快\n  建设&nbsp;&nbsp;5G\n网络。<br>&#12288;&#12288;强化应用。</p>"
    assert lines(read(page))[1:] == ["paragraph: 加快建设5G网络。", "paragraph: 强化应用。"]


def test_the_page_title_loses_the_name_of_the_site() -> None:
    assert read(f"<title>某市智慧水务方案_某市人民政府网</title>{BODY}").metadata["title"] == "某市智慧水务方案"
    assert read(f"<title>某市智慧水务方案 - 水务局</title><h1>某市智慧水务方案</h1>{BODY}").metadata["title"] == "某市智慧水务方案"
    assert read(f"<title>某市智慧水务方案（2024—2027年）_政策文件|某市</title>{BODY}").metadata["title"] == "某市智慧水务方案（2024—2027年）"
    assert read(f'<title>首页</title><meta name="ArticleTitle" content="某市智慧水务方案">{BODY}').metadata["title"] == "某市智慧水务方案"


def test_tables_of_data_become_rows_with_their_merged_cells_told() -> None:
    page = (
        "<h1>某市方案</h1><table><caption>专栏1 主要指标</caption><tr><th>序 号</th><th>指<br>标</th><th colspan=2>目标值</th><th>属性</th></tr>"
        "<tr><td>1</td><td>覆盖率</td><td>80%</td><td>95%</td><td rowspan=2>约束性</td></tr>"
        "<tr><td>2</td><td><p>监测<span>点</span></p></td><td>100</td><td>500</td></tr><tr><td colspan=5>其他</td></tr></table>"
    )
    assert lines(read(page))[1:] == [
        "paragraph: 专栏1 主要指标",
        "row: 序号\t指标\t目标值\t\t属性",
        "row: 1\t覆盖率\t80%\t95%\t约束性",
        "row: 2\t监测点\t100\t500\t约束性",
        "row: 其他",
    ]


def test_tables_that_lay_out_the_page_are_read_as_text() -> None:
    inner = "<table><tr><td>指标</td><td>值</td></tr><tr><td>覆盖率</td><td>95%</td></tr></table>"
    page = f"<table><tr><td>导语。</td><td><p>一、总则</p><p>各区要落实。</p>{inner}</td></tr><tr><td></td><td></td></tr></table>"
    assert lines(read("<h1>某市方案</h1>" + page))[1:] == [
        "paragraph: 导语。", "paragraph: 一、总则", "paragraph: 各区要落实。", "row: 指标\t值", "row: 覆盖率\t95%",
    ]  # fmt: skip


def test_menus_footers_buttons_and_paths_go() -> None:
    page = (
        '<nav><a href="/">首页</a></nav><div class="top-menu"><a>政策</a><a>机构</a></div><ul><li><a>政策文件</a></li><li><a>办事</a></li></ul>'
        "<p>当前位置：<a>首页</a> &gt; <a>政策</a> &gt; 正文</p><h1>某市方案</h1><p>字体：大 中 小 打印 关闭窗口</p>"
        f"{BODY}<p>按照<a>《水务条例》</a>执行。</p><div class='share'>分享到微信</div><p>上一篇：<a>某局通知</a></p><p><a>附件.pdf</a></p>"
        "<footer>联系电话：0000</footer><p>版权所有：某市水务局</p><p>某ICP备00000000号-1</p><p style='display:none'>隐藏</p>"
    )
    assert lines(read(page)) == [
        "heading: 某市方案", "paragraph: 为加快智慧水务建设，制定本方案。", "paragraph: 2025年3月1日", "paragraph: 按照《水务条例》执行。",
    ]  # fmt: skip


def test_the_fields_of_a_policy_page_become_metadata() -> None:
    page = (
        "<table><tr><td>索 引 号：</td><td>0001/2025-1</td><td>主题分类：</td><td>水利</td></tr><tr><td>发文机关：</td><td>某市水务局</td>"
        "<td>成文日期：</td><td>2025年03月01日</td></tr><tr><td>标　　题：</td><td>某市智慧水务方案</td><td>发文字号：</td>"
        "<td>某水发〔2025〕3号</td></tr></table>"
    )
    document = read(page + "<p>某市智慧水务方案</p><p>一、总则</p>")
    assert document.metadata == {
        "source": "某市水务局", "date": "2025-03-01", "title": "某市智慧水务方案", "number": "某水发〔2025〕3号", "format": "html",
    }  # fmt: skip
    assert lines(document) == ["paragraph: 某市智慧水务方案", "paragraph: 一、总则"]


def test_an_attachment_named_in_the_text_stays() -> None:
    assert "paragraph: 附件：重点任务清单" in lines(read(f"<h1>某市方案</h1>{BODY}<p>附件：重点任务清单</p>"))


def test_numbered_lists_come_with_their_numbers() -> None:
    page = "<h1>某市方案</h1><ol><li>建设网络。</li><li>建设平台。</li></ol><ul><li>开放场景。</li></ul><ol><li>一、总则</li></ol>"
    assert lines(read(page))[1:] == ["item: 1. 建设网络。", "item: 2. 建设平台。", "item: 开放场景。", "item: 一、总则"]


def test_a_declared_charset_is_used() -> None:
    page = f"<html><head><meta charset='gb2312'><title>某市方案</title></head><body>{BODY}</body></html>"
    document = read_bytes(page.encode("gb18030"), "page.htm", ".htm")
    assert document.text.startswith("某市方案\n为加快")


def test_elements_nested_beyond_measure_are_a_clear_fault() -> None:
    with pytest.raises(ReadError, match="the elements of this page are nested too deeply"):
        read("<div>" * 50_000 + BODY)


@pytest.mark.parametrize(
    "markup",
    ["<table><tr><td rowspan=999999 colspan=999999>一</td><td>二</td></tr><tr><td>三</td></tr></table>", "<td colspan=x>文</td>"],
)
def test_absurd_spans_do_no_harm(markup: str) -> None:
    assert len(read(f"<h1>某市方案</h1>{markup}").text) < 5000
