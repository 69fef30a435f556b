"""What a copy says about its document: field names as sites and crawlers write them, and lines made of such fields."""

from __future__ import annotations

import re

NAMES = {
    "发布日期": "date", "发布时间": "date", "发文日期": "date", "成文日期": "date", "印发日期": "date", "日期": "date",
    "发布机构": "source", "发文机关": "source", "发文单位": "source", "发布单位": "source", "信息来源": "source",
    "文章来源": "source", "稿件来源": "source", "来源": "source", "作者": "author",
    "原文链接": "url", "原文地址": "url", "链接": "url", "网址": "url",
    "文件编号": "number", "发文字号": "number", "文号": "number", "发文文号": "number",
    "文件名称": "title", "文件标题": "title", "标题": "title", "名称": "title",
}  # fmt: skip
"""Field name → key of `Document.metadata`."""
_IDLE = (
    "检索时间", "检索关键词", "更新时间", "分类", "文档类型", "栏目", "索引号", "主题分类", "主题词", "公开方式", "公开范围",
    "信息分类", "体裁分类", "生成日期", "废止日期", "有效性", "时效性", "关键词", "浏览次数", "阅读次数", "点击数", "浏览量", "字体",
    "字号", "责任编辑", "编辑", "打印", "分享", "发布人",
)  # fmt: skip
# Sites space names out to equal widths: 索 引 号, 来 源.
_FIELD = re.compile(rf"(?P<name>{'|'.join(' ?'.join(name) for name in sorted((*NAMES, *_IDLE), key=len, reverse=True))}) ?[：:]")
_DAY = re.compile(r"\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?(?: ?\d{1,2}[:：]\d{2}(?::\d{2})?)?")
_NOTHING = frozenset(["", "无", "暂无", "不详", "未知", "-", "--", "None", "null", "N/A"])
_VERBS = ("加快", "推进", "推动", "促进", "加强", "完善", "深化", "提升", "实施", "持续", "全面", "关于", "坚持")
_LONGEST_NAME = 30


def known(name: str) -> bool:
    """Tell whether a field's name is one that copies carry above or below the text."""
    return name in NAMES or name in _IDLE


def put(metadata: dict[str, str], name: str, value: str) -> None:
    """Keep a field under its key; the first value stays. What says "nothing", or is no publisher, is not kept.

    An address given as the source (来源: https://…) is the address; a clause given as the publisher (发布机构: 加快布局) is a
    crawler's mistake.
    """
    key = NAMES.get(name)
    value = value.strip(" \t|｜;；")
    if key is None or value in _NOTHING:
        return
    if key == "source" and value.startswith(("http://", "https://")):
        key = "url"
    if key == "source" and (value.startswith(_VERBS) or len(value) > _LONGEST_NAME):
        return
    metadata.setdefault(key, value)


def fields(text: str) -> list[tuple[str, str]]:
    """Take a line apart that is made of nothing but fields (发布时间：2021-07-13 来源：某司); any other line gives none.

    The cells of a table's row, parted by tabs, are read alike. A field's value holds no full stop.
    """
    if "：" not in text and ":" not in text:
        return []
    line = text.replace("\t", " ")
    marks = list(_FIELD.finditer(line))
    if not marks or "。" in line:
        return []
    lead = line[: marks[0].start()].strip(" |｜")
    if lead:
        # A site sets the date before the source without a name: 2024-03-01 10:00 来源：某报.
        day = _DAY.fullmatch(lead)
        if day is None:
            return []
        return [("发布时间", day[0]), *fields(line[marks[0].start() :])]
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    return [(mark["name"].replace(" ", ""), line[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)]
