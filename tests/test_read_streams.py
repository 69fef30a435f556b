"""Copies that lost their paragraphs are parted at their enumerators; of a text that stands twice the better copy stays."""

from __future__ import annotations

from yangfan.core.model import Document
from yangfan.readers.read import read_bytes

BODY = [
    "一、总体要求",
    "（一）指导思想。坚持节水优先、空间均衡，统筹建设与管理，推动水务治理体系和治理能力现代化。",
    "（二）主要目标。到2027年，建成监测点500个。管网漏损率降到8%以内。",
    "二、重点任务",
    "（三）建设感知网络。加快建设覆盖城乡的水务感知网络，完善数据资源体系。推进监测设备统一编码。",
    "（四）强化应用。支持企业开展场景创新，培育一批示范企业。推广一批节水产品。",
    "三、保障措施",
    "（五）加强组织领导。市水务局要加强统筹协调，各区要抓好落实。定期开展评估。",
    "（六）加大资金支持。统筹用好各类专项资金，引导社会资本参与。完善财政支持政策。",
]
HEAD = "某市人民政府关于推进智慧水务发展的实施意见"
LETTER = "各区人民政府，市政府各部门：为提升水务治理水平，经市政府研究同意，现提出如下意见。"


def read(*lines: str) -> Document:
    return read_bytes("\n".join(lines).encode(), "plan.txt", ".txt")


def texts(document: Document) -> list[str]:
    return document.text.split("\n")


def test_a_text_in_one_stream_is_parted_at_the_enumerators_that_count_on() -> None:
    assert texts(read(HEAD, LETTER + "".join(BODY))) == [HEAD, LETTER, *BODY]


def test_articles_and_bullets_of_a_stream_are_parted_too() -> None:
    articles = ["第一章 总则", "第一条为了规范水务管理，制定本办法。", "第二条在本市从事供水活动，适用本办法。"]
    articles += ["第二章 供水", "第三条供水单位应当保证水质。"]
    assert texts(read("某市供水管理办法", "".join(articles))) == ["某市供水管理办法", *articles]
    listed = ["——政府主导。加强统筹。", "——企业主体。加大投入。"]
    stream = "一、原则坚持以下原则。" + "".join(listed) + "二、任务（一）建设。加快建设。三、保障（一）组织。加强组织。"
    assert [text for text in texts(read(HEAD, stream)) if text.startswith("——")] == listed


def test_a_reference_to_another_item_parts_nothing() -> None:
    stream = LETTER + "".join(BODY).replace("定期开展评估。", "按照本意见第（四）项定期开展评估。")
    assert "各区要抓好落实。按照本意见第（四）项定期开展评估。" in "\n".join(texts(read(HEAD, stream)))


def test_an_ordinary_document_with_a_list_in_a_sentence_stays_as_it_is() -> None:
    lines = [HEAD, "一、工作内容", "主要包括：（一）建设监测点；（二）完善平台；（三）推广产品。", "二、工作要求", "各区要抓好落实。"]
    assert texts(read(*lines)) == lines


def test_of_a_text_that_stands_twice_the_paragraphs_stay() -> None:
    lines = [f"{line}各区各部门要结合实际抓好落实，按年度报告进展情况{index}。" for index, line in enumerate(BODY)]
    document = read(HEAD, LETTER, *lines, "【打印】", LETTER + "".join(lines))
    assert texts(document) == [HEAD, LETTER, *lines]
    assert "the text stands in this copy twice: the copy with fewer headings is left out" in document.warnings


def test_of_a_text_that_stands_twice_the_copy_that_kept_its_headings_stays() -> None:
    lines = [f"{line}各区各部门要结合实际抓好落实，按年度报告进展情况{index}。" if "（" in line else line for index, line in enumerate(BODY)]
    without = [line for line in lines if line not in ("一、总体要求", "三、保障措施")]
    document = read(HEAD, LETTER + "".join(lines), LETTER, *without)
    assert texts(document) == [HEAD, LETTER, *lines]


def test_a_stream_is_cut_behind_the_headings_of_the_copy_that_goes() -> None:
    lead = "加快补齐短板，完善水务设施体系，提升城乡供水保障能力。"
    lines = [f"{line}各区各部门要结合实际抓好落实，按年度报告进展情况{index}。" if "（" in line else line for index, line in enumerate(BODY)]
    lines.insert(lines.index("二、重点任务") + 1, lead)
    without = [line for line in lines if line not in ("一、总体要求", "三、保障措施")]
    assert texts(read(HEAD, LETTER + "".join(lines), LETTER, *without)) == [HEAD, LETTER, *lines]
    # Nothing says there where the heading ends.
    assert f"二、重点任务{lead}" in texts(read(HEAD, LETTER + "".join(lines)))


def test_what_a_site_prints_around_a_text_goes_and_its_fields_are_kept() -> None:
    lines = ["2025-03-20 19:05 来源：", "某报字号：默认大超大|打印收藏留言|", *BODY, "【我要纠错】责任编辑：张三", "索引号：0001/2025-00145"]
    document = read(HEAD, *lines, "主题分类：", "工业、交通\\水务", "发文机关：某市人民政府", "发文字号：某政发〔2025〕5号")
    assert texts(document) == [HEAD, *BODY]
    assert document.metadata["source"] == "某报"
    assert (document.metadata["date"], document.metadata["number"]) == ("2025-03-20", "某政发〔2025〕5号")


def test_headings_that_run_into_their_items_behind_a_space_are_parted_in_any_width_of_brackets() -> None:
    found = read(
        HEAD,
        "一、重点工作 (一)优化热源结构 1、推进集中供热扩面。更换老旧管网。(责任单位:县住建局)2、发展地热供暖。建设示范村10、20个。"
        "(二)提升建筑能效 3、改造农房。更换门窗。",
    )
    assert texts(found)[1:] == [
        "一、重点工作",
        "(一)优化热源结构",
        "1、推进集中供热扩面。更换老旧管网。(责任单位:县住建局)",
        "2、发展地热供暖。建设示范村10、20个。",
        "(二)提升建筑能效",
        "3、改造农房。更换门窗。",
    ]
