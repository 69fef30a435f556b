"""Markdown as it is found: front matter, crawled headers (`**发布日期**: …`), headings, bold runs, HTML bodies.

A CommonMark parser would take the enumerators (1. 2. 3.) for lists and lose them, and read deep indents as code; the
marks are therefore taken off line by line, and only HTML bodies go to an HTML parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..core.errors import ReadError
from ..core.vocabulary import load_vocabulary
from .fields import known, put
from .furniture import file_title
from .html import read_html
from .paged import drop_page_breaks
from .plain import unwrap
from .raw import Pieces, Raw

_HTML_BODY = re.compile(r"<(?:p|div|table|section|article|strong|span|br)\b[^>]*>", re.IGNORECASE)
_HEADER = re.compile(
    r"\s*(?:[-*+]\s+)?(?:\*\*|__)\s*(?P<name>[^*_：:]{2,8}?)\s*[:：]?\s*(?:\*\*|__)\s*(?P<colon>[:：]?)\s*(?P<value>.*?)\s*$"
)
_LINK = re.compile(r"!?\[(?P<text>[^\[\]]*)\]\((?P<url>[^()\s]*)[^()]*\)")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_RULE = re.compile(r"\s*(?:(?:[-*_]\s*){3,}|={3,}\s*|`{3,}.*|~{3,}.*)$")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_ITEM = re.compile(r"\s*[-*+]\s+(?=\S)")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_TABLE_RULE = re.compile(r"\s*\|?(?:\s*(?::-+:?|-+:|-{2,})\s*\|)+\s*:?-*:?\s*$")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_MARKED = re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+\S|^[ \t]*(?:[-*+][ \t]+)?\*\*[^*：:\n]{2,8}(?:\*\*[ \t]*[:：]|[:：]\*\*)")
_KEYS = {
    "author": "author", "date": "date", "source": "source", "url": "url", "link": "url", "title": "title", "number": "number",
}  # fmt: skip
_KEY_LINE = re.compile(r"[\w-]+\s*:(?:\s|$)")
_CLOSED = re.compile(r"(?m)\n---[ \t]*\r?$")
_LONGEST_FIELD = 4000
_LONGEST_FRONT = 100_000
_EMPHASIS = re.compile(r"(?:(?<=[\s。；，：、])|^)\*(?=[^\s*])(?P<text>[^*\n]*[^\s*\\])\*(?=[\s。；，：、]|$)")
"""*…* between marks or spaces: an asterisk inside a word is a product or refers to a note."""
_SPACES = "\u2002\u2003\u3000 \t"


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text without a format of its own bears Markdown's marks: headings, front matter, bold field names."""
    return text.lstrip("\ufeff \t\r\n").startswith("---\n") or _MARKED.search(text) is not None


def split_front_matter(text: str, name: str) -> tuple[dict[str, str], str]:
    """Split YAML front matter from the body; values are kept as text.

    Raises `ReadError` with the line when the front matter is no valid YAML mapping, or when nothing closes it.
    """
    lead = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if not text.startswith("---", lead) or text[lead + 3 : lead + 4] not in ("\n", "\r", " "):
        return {}, text
    first_line = text[:lead].count("\n") + 1
    opened = text.find("\n", lead)
    closed = _CLOSED.search(text, opened) if opened >= 0 else None
    if closed is None:
        if opened >= 0 and _KEY_LINE.match(text, opened + 1):
            raise ReadError("broken front matter: no closing ---", file=name, line=first_line)
        return {}, text
    metadata = _mapping(text[opened + 1 : closed.start() + 1], name, first_line)
    if not metadata:
        return {}, text
    body = text[closed.end() :].strip()
    found: dict[str, str] = {}
    for key, value in metadata.items():
        if isinstance(value, (dict, list)):
            continue
        if str(key) in _KEYS:
            found[_KEYS[str(key)]] = str(value).strip()
        else:
            put(found, str(key), str(value))
    return found, body


def _mapping(block: str, name: str, first_line: int) -> dict[Any, Any]:
    """Read YAML whose scalars all stay texts: a date, a clock or a number of a thousand digits is what is written there."""
    import yaml

    if len(block) > _LONGEST_FRONT:
        raise ReadError(f"broken front matter: longer than {_LONGEST_FRONT:,} characters", file=name, line=first_line)
    try:
        read = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line if mark is None else first_line + mark.line + 1
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise ReadError(f"broken front matter: {problem}", file=name, line=line) from error
    except (ValueError, RecursionError) as error:
        raise ReadError(f"broken front matter: {type(error).__name__}", file=name, line=first_line) from error
    return read if isinstance(read, dict) else {}


def _unmark(line: str) -> str:
    if "[" in line:
        line = _LINK.sub(lambda m: m["text"], _IMAGE.sub("", line))
    if "<" in line:
        line = _TAG.sub("", line)
    if "&" in line:
        from html import unescape

        line = unescape(line)
    if "*" in line:
        line = _EMPHASIS.sub(lambda m: m["text"], line)
    if "\\" in line:
        line = re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", line)
    return line.replace("**", "").replace("__", "").replace("`", "")


def _is_bold(line: str) -> bool:
    bare = line.strip(_SPACES)
    return bare.startswith("**") and bare.endswith("**") and len(bare) > 4


def read_lines(lines: Iterable[str], metadata: dict[str, str], kind: str = "paragraph") -> Pieces:
    """Take the marks off lines of Markdown; crawled header fields go to the metadata. Plain lines get the given kind."""
    pieces: Pieces = []
    for line in lines:
        start = line.lstrip(_SPACES)
        if not start:
            continue
        first = start[0]
        if first not in "#*-+_|>=`~!<:" and "**" not in line:
            pieces.append((kind, _unmark(line)))
            continue
        if first == ">":
            line = line[_QUOTE.match(line).end() :] if _QUOTE.match(line) else line  # type: ignore[union-attr]
        header = _HEADER.match(line) if first in "*-+_" and len(line) < _LONGEST_FIELD else None
        if header and known(name := header["name"].strip().replace(" ", "")):
            value = header["value"]
            if "[" in value:
                value = _LINK.sub(lambda m: m["url"] or m["text"], value)
            put(metadata, name, value)
            continue
        if header and header["name"].strip() in load_vocabulary().role("page.annex") and not header["value"]:
            continue
        if _RULE.match(line) or _TABLE_RULE.match(line):
            continue
        if first == "|" and line.rstrip().endswith("|"):
            cells = [_unmark(cell).strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])]
            pieces.append(("row", "\t".join(cells)))
        elif heading := _HEADING.match(line):
            pieces.append(("heading", _unmark(line[heading.end() :]).rstrip(" #")))
        elif item := _ITEM.match(line):
            pieces.append(("item", _unmark(line[item.end() :])))
        else:
            pieces.append(("bold" if _is_bold(line) else kind, _unmark(line)))
    return pieces


def read_markdown(text: str, name: str) -> Raw:
    """Read Markdown into (kind, text) lines and metadata.

    Raises `ReadError` for broken front matter.
    """
    metadata, body = split_front_matter(text, name)
    if "<" in body and len(_HTML_BODY.findall(body)) >= 3:
        raw = read_html(body, name)
        return Raw(raw.pieces, {**raw.metadata, **metadata})
    pieces = read_lines(unwrap(drop_page_breaks(body).splitlines(), apart="#*-+|>=`~!["), metadata)
    if "title" not in metadata:
        title = next((line for kind, line in pieces[:3] if kind == "heading"), "")
        if title:
            metadata["title"] = file_title(title)
    return Raw(pieces, metadata)
