"""What copies break and add, mended on folded lines: titles over two lines, broken paragraphs, flattened tables, furniture.

Every step looks at a line and its neighbours only, so the time is linear in the text. A step that is not sure leaves the
lines as they are.
"""

from __future__ import annotations

import re

from graph.readers.fields import fields, put
from graph.readers.raw import Pieces
from graph.readers.tables import tidy_cell

_ENUMERATOR = re.compile(
    r"第[一二三四五六七八九十百\d]{1,5}[篇编部分章节条，,、：]|[一二三四五六七八九十]{1,3}(?:、|是)|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,3}(?:[.．](?!\d)|、)|\d{1,2}(?:[.．]\d{1,2}){1,3}(?!\d)|[①-⑳]|——|[—●•■◆]|专[栏题] ?[\d一二三四五六七八九十]|附[件录表](?:\d|[：:]|$)"
)
_TITLE_NOUN = (
    r"(?:通知|意见|方案|规划|计划|纲要|办法|决定|批复|函|公告|通告|公报|目录|清单|细则|规定|条例|措施|指南|规范|报告|要点|"
    r"预案|章程|答记者问|解读|说明|决议|命令|令|政策|安排|标准|指引)"
)
_TITLE_END = re.compile(rf"{_TITLE_NOUN}(?:[（(][^（）()]*[)）])*[》”]?$")
_TITLE_CUT = re.compile(r"(?:关于|印发|转发|发布|公布|批转|《[^》]*)$")
_BODY_END = re.compile(r"(?:中央|国务院|[部委局厅院府会署行]|办公室)$")
_LONGEST_TITLE = 110
_SPACED = re.compile(r"(?:(?<=^)|(?<= ))[\u4e00-\u9fff](?: [\u4e00-\u9fff]){3,}(?= |$)")

_STOPS = "。！？；：:…!?;）)”’》】〕」"
_INNER_STOP = re.compile(r"[。！？；](?![”’）)])")
_CLAUSE = re.compile(r"[。！？；：，）]")
_LONG = 80
"""A paragraph this long without a stop at its end was cut, whatever else it looks like."""
_PLACES = re.compile(r"(?:责任|牵头|配合|实施|主办|协办|参与|指导|负责)(?:单位|部门|主体|司局)?[：:]")

_DROPPED_HEADINGS = frozenset(["政策全文", "基本信息", "正文", "文章正文", "原文", "文件全文", "文章来源"])
_FILE_HEADING = re.compile(r"文档 ?[：:].*\.(?:md|docx?|pdf|txt|html?)$")
_FILE_PARTS = re.compile(r"^文档 ?[：:] ?|\.\w+$")
_FILE = re.compile(r"[^。]*\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|pptx?|jpe?g|png)(?: ?[（(]\w+[)）])?$", re.IGNORECASE)
_LINKS_BLOCK = re.compile(r"[【\[]?(?:原文下载|相关附件|附件下载|下载附件|高亮说明|相关链接|相关阅读|相关文章|延伸阅读|相关新闻|推荐阅读)[】\]]?[：:]?$")
_PAGE_WORDS = re.compile(
    r"(?:[【\[|｜/]? ?(?:打印(?:本页|页面|文章)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|列表)|分享(?:到|至)?|微信|微博|收藏|字体|字号|大|中|小|"
    r"首页|上一篇|下一篇|扫一扫(?:在手机打开当前页)?|我要纠错|手机版|网站地图|联系我们|设为首页|加入收藏|复制链接|无障碍浏览|TOP|RSS)[】\]：:]? ?)+$"
)
_FOOTER = re.compile(
    r"(?:©|Copyright|版权所有|技术支持[：:]|(?:主办|承办)单位[：:]|[（(]?(?:责任)?编辑[：:])|.*(?:ICP备|公网安备|网站标识码)", re.IGNORECASE
)
_BOTTOM = 12
"""How many lines from the end a page's footer may take."""
_TOP = 16
"""How many lines from the top a copy's fields (发布时间：… 来源：…) may take."""


def glue(left: str, right: str) -> str:
    """Join the two halves of a broken line: no space between Chinese characters, one between two Latin words.

    >>> glue("集中采购", "和使用试点方案"), glue("open", "source")
    ('集中采购和使用试点方案', 'open source')
    """
    latin = left[-1:].isascii() and right[:1].isascii() and left[-1:].isalpha() and right[:1].isalpha()
    return f"{left} {right}" if latin else left + right


def starts_item(text: str) -> bool:
    """Tell whether a line begins with an enumerator, a box's title or an attachment's mark."""
    return _ENUMERATOR.match(text) is not None


def is_title(text: str) -> bool:
    """Tell whether a line reads like the title of an official document: it ends with a kind of document and is no sentence."""
    return len(text) <= _LONGEST_TITLE and _TITLE_END.search(text) is not None and "。" not in text and not starts_item(text)


def _letterspaced(text: str) -> str:
    """Take the spaces out of a spaced-out title (国 家 粮 食 应 急 预 案); two or three characters may be two words."""
    return _SPACED.sub(lambda m: m[0].replace(" ", ""), text) if " " in text else text


def find_title(pieces: Pieces, proposed: str = "") -> str:
    """Find the title among a document's first lines: the proposed one where the text bears it, else what is set as one.

    That is the first lines that are centred, bold or headings and together end with a kind of document; "" when there is none.
    """
    wanted = _bare(proposed)
    if len(wanted) >= 6 and any(_bare(text) == wanted for _, text in pieces[:12]):
        return proposed
    whole = ""
    for kind, text in pieces[:8]:
        if kind not in ("centre", "bold", "heading"):
            if whole:
                break
            continue
        whole = glue(whole, " ".join(text.split()))
        if is_title(whole):
            return _letterspaced(whole)
    return ""


def file_title(heading: str) -> str:
    """Give the title in a heading that a converter made of the file's name (文档：某计划.md); other headings stay as they are."""
    heading = heading.strip()
    return _FILE_PARTS.sub("", heading) if _FILE_HEADING.match(heading) else heading


def drop_furniture(pieces: Pieces, metadata: dict[str, str]) -> Pieces:
    """Leave out what a page or a crawler put around the text; its fields (发布时间：… 来源：…) go to the metadata."""
    kept: Pieces = []
    in_links = False
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
        if index >= len(pieces) - _BOTTOM and _FOOTER.match(text):
            continue
        if len(kept) < _TOP and (found := fields(text)):
            for name, value in found:
                put(metadata, name, value)
            continue
        kept.append((kind, text))
    return kept


def join_titles(pieces: Pieces, title: str) -> Pieces:
    """Put titles together again that a copy broke over several lines (国务院关于印发 / “十四五”…规划的通知).

    Lines that make up the document's known title always join; others only where they are set alike (bold, headings or
    centred) and together end with a kind of document (…方案, …的通知), or where the first half asks for a second.
    """
    wanted = _bare(title)
    done: Pieces = []
    index = 0
    while index < len(pieces):
        kind, text = pieces[index]
        if kind == "row" or len(text) > 60 or text[-1] in "。；：，" or starts_item(text):
            done.append(pieces[index])
            index += 1
            continue
        text = _letterspaced(text)
        taken = _title_lines(pieces, index, kind, text, wanted)
        for _, following in pieces[index + 1 : index + taken]:
            text = glue(text, _letterspaced(following))
        done.append((kind, text))
        index += taken
    return done


def _title_lines(pieces: Pieces, index: int, kind: str, text: str, wanted: str) -> int:
    """Count the lines from `index` on that make up one title; 1 when there is nothing to join."""
    bare = _bare(text)
    known = len(wanted) > len(bare) >= 4 and wanted.startswith(bare)
    styled = kind in ("bold", "centre") and len(text) >= 8 and not _TITLE_END.search(text)
    cut = _TITLE_CUT.search(text) is not None
    body = index < _TOP and _BODY_END.search(text) is not None
    if not (known or styled or cut or body):
        return 1
    whole = text
    for offset in range(1, 5):
        if index + offset >= len(pieces):
            break
        next_kind, following = pieces[index + offset]
        if next_kind == "row" or len(following) > 60 or following[-1] in "。；：，日" or starts_item(following):
            break
        whole = glue(whole, _letterspaced(following))
        if wanted and _bare(whole) == wanted:
            return offset + 1
        ends = _TITLE_END.search(whole) is not None and len(whole) <= _LONGEST_TITLE
        if ends and ((cut and offset == 1) or (body and offset == 1 and following.startswith("关于")) or (styled and next_kind == kind)):
            return offset + 1
        if not (styled and next_kind == kind) and not (known and wanted.startswith(_bare(whole))):
            break
    return 1


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("“", "").replace("”", "").replace('"', "")


def join_broken(pieces: Pieces) -> Pieces:
    """Join paragraphs that a copy broke in the middle of a sentence.

    The first half must be seen to be unfinished: an open bracket, a comma at its end, or a sentence that has begun behind a
    full stop and has no stop of its own. The second half must not begin like an item and must itself close something.
    """
    done: Pieces = []
    for kind, text in pieces:
        if done and kind in ("paragraph", "item") and done[-1][0] in ("paragraph", "item") and done[-1][1][-1] not in _STOPS:
            before = done[-1][1]
            if kind == "paragraph" and not starts_item(text) and _continues(before, text):
                done[-1] = (done[-1][0], glue(before, text))
                continue
        done.append((kind, text))
    return done


def _continues(before: str, text: str) -> bool:
    if before[-1] in "，、,":
        return True
    opened = max(before.rfind("（"), before.rfind("("))
    if opened > max(before.rfind("）"), before.rfind(")")):
        closed = re.search(r"[）)]", text[:120])
        return closed is not None and not re.search(r"[（(]", text[: closed.start()])
    if not (text[-1] in _STOPS or _INNER_STOP.search(text)) or not _CLAUSE.search(text):
        return False
    stops = [match.end() for match in _INNER_STOP.finditer(before)]
    last = before[stops[-1] :] if stops else before
    if _PLACES.match(last):
        return False
    return bool(stops) or (len(before) > _LONG and not starts_item(before))


def rebuild_tables(pieces: Pieces) -> Pieces:
    """Put flattened tables together again: cells that stand one to a line, from 序号 on, with a running number in each row.

    The header gives the number of columns; rows are taken as long as their numbers run on.
    """
    done: Pieces = []
    index = 0
    while index < len(pieces):
        kind, text = pieces[index]
        if kind == "row" or text.replace(" ", "") != "序号":
            done.append(pieces[index])
            index += 1
            continue
        width = next((n for n in range(2, 9) if index + n < len(pieces) and pieces[index + n][1] == "1"), 0)
        rows = 0
        while width and _is_row(pieces[index + width * (rows + 1) : index + width * (rows + 2)], rows + 1, width):
            rows += 1
        if rows < 2:
            done.append(pieces[index])
            index += 1
            continue
        for row in range(rows + 1):
            start = index + row * width
            done.append(("row", "\t".join(cell for _, cell in pieces[start : start + width])))
        index += width * (rows + 1)
    return done


def _is_row(cells: Pieces, number: int, width: int) -> bool:
    return len(cells) == width and cells[0][1] == str(number) and all(len(text) <= _LONG for _, text in cells)


def settle(pieces: Pieces) -> Pieces:
    """Give every line one of the kinds that a `Line` may have."""
    return [("paragraph", text) if kind == "centre" else (kind, text) for kind, text in pieces]


def mend(pieces: Pieces, metadata: dict[str, str]) -> Pieces:
    """Mend folded lines, step by step; fields that stand in the text are added to the metadata."""
    pieces = rebuild_tables(drop_furniture(pieces, metadata))
    return settle(join_broken(join_titles(pieces, metadata.get("title", ""))))
