"""What a page or a crawler puts around a text, left out: menus, buttons, footers, lists of downloads, fields."""

from __future__ import annotations

import re

from .fields import fields, put
from .raw import Pieces
from .tables import tidy_cell

_DROPPED_HEADINGS = frozenset(["政策全文", "基本信息", "正文", "文章正文", "原文", "文件全文", "文章来源"])
_FILE_HEADING = re.compile(r"文档 ?[：:].*\.(?:md|docx?|pdf|txt|html?)$")
_FILE_PARTS = re.compile(r"^文档 ?[：:] ?|\.\w+$")
_FILE = re.compile(r"[^。]*\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|pptx?|jpe?g|png)(?: ?[（(]\w+[)）])?$", re.IGNORECASE)
_LINKS_BLOCK = re.compile(
    r"[【\[]?(?:原文下载|相关附件|附件下载|下载附件|高亮说明|相关链接|相关阅读|相关文章|相关新闻|延伸阅读|推荐阅读)[】\]]?[：:]?$"
)
_PAGE_WORDS = re.compile(
    r"(?:[【\[|｜/ ]*(?:打印(?:本页|页面|文章)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|列表)|分享(?:到|至)?|微信|微博|收藏|字体|字号|默认|"
    r"超大|特大|大|中|小|留言|繁体?|简体?|EN|登录|注册|邮箱?|微博|QQ空间|人民微博|我要留言|更多|>>|首页|上一篇|下一篇|"
    r"扫一扫(?:在手机打开当前页)?|我要纠错|手机版|网站地图|联系我们|设为首页|加入收藏|复制链接|无障碍浏览|TOP|RSS)[】\]：:]?)+$"
)
_FOOTER = re.compile(
    r"(?:©|Copyright|[【\[（(]?我要纠错|版权所有|技术支持[：:]|[上下]一[篇条][：:]|(?:主办|承办)单位[：:]|[（(]?(?:责任)?编辑[：:])"
    r"|.*(?:ICP备|公网安备|网站标识码)",
    re.IGNORECASE,
)
_SIZES = re.compile(r"(?P<source>[^，。：]{0,20}?) ?(?:【|\[)?字[号体][：:](?=.{0,40}(?:打印|大.{0,3}中.{0,3}小|默认))[^。]{0,60}$")
_BOTTOM = 16
"""How many lines from the end a page's footer, or the index card that a site prints below a text, may take."""
_LONGEST_VALUE = 30
_TOP = 16
"""How many lines from the top a copy's fields (发布时间：… 来源：…) may take."""


def file_title(heading: str) -> str:
    """Give the title in a heading that a converter made of the file's name (文档：某计划.md); other headings stay as they are."""
    heading = heading.strip()
    return _FILE_PARTS.sub("", heading) if _FILE_HEADING.match(heading) else heading


def drop_furniture(pieces: Pieces, metadata: dict[str, str]) -> Pieces:
    """Leave out what a page or a crawler put around the text; its fields (发布时间：… 来源：…) go to the metadata."""
    kept: Pieces = []
    in_links = empty = False
    for index, (kind, text) in enumerate(pieces):
        if in_links and (kind == "item" or text[0] in "•·" or _FILE.match(text)):
            continue
        in_links = False
        if len(text) > 200:
            kept.append((kind, text))
            continue
        if kind == "row" and "\t" in text:
            text = "\t".join(map(tidy_cell, text.split("\t")))
        if text in _DROPPED_HEADINGS and kind != "paragraph":
            continue
        if _LINKS_BLOCK.match(text):
            in_links = True
            continue
        if _FILE_HEADING.match(text) or text == "--" or _PAGE_WORDS.match(text) or (kind == "item" and _FILE.match(text)):
            continue
        at_foot = index >= len(pieces) - _BOTTOM
        if at_foot and _FOOTER.match(text):
            continue
        if sizes := _SIZES.match(text):
            put(metadata, "来源", sizes["source"])
            continue
        if (len(kept) < _TOP or at_foot) and (found := fields(text)):
            for name, value in found:
                put(metadata, name, value)
            empty = at_foot and not found[-1][1]
            continue
        if empty and len(text) <= _LONGEST_VALUE and "。" not in text:
            # The value of a field that stands alone on the line above.
            continue
        empty = False
        kept.append((kind, text))
    return kept
