"""Fetched documents as web archives keep them: one record of a WARC file (ISO 28500:2017), the document with its address and date.

The record's block is the document itself (type ``resource``); its media type and the address tell how a text is marked up.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Container
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from ..core.errors import ReadError
from .raw import Raw
from .reader import Reader

_HEAD_END = b"\r\n\r\n"
_LONGEST_HEAD = 20_000
_MEDIA = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/markdown": ".md", "text/plain": ".txt", "application/pdf": ".pdf",
    "application/ofd": ".ofd", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
_META = re.compile(rb"(?i)<meta[^>]+charset")


def write_warc(data: bytes, address: str, accessed: datetime, media: str) -> bytes:
    """Write a document with its address and the time (UTC) when it was fetched as a WARC record."""
    identity = hashlib.sha256(f"{address} {accessed.isoformat()}".encode()).hexdigest()
    uuid = f"{identity[:8]}-{identity[8:12]}-5{identity[13:16]}-8{identity[17:20]}-{identity[20:32]}"
    head = [
        "WARC/1.1", "WARC-Type: resource", f"WARC-Target-URI: {address}", f"WARC-Date: {accessed:%Y-%m-%dT%H:%M:%SZ}",
        f"WARC-Record-ID: <urn:uuid:{uuid}>", f"Content-Type: {media or 'application/octet-stream'}", f"Content-Length: {len(data)}",
    ]  # fmt: skip
    return "\r\n".join(head).encode("utf-8") + _HEAD_END + data + _HEAD_END


def read_warc(data: bytes, name: str, endings: Container[str], reader_of: Callable[[bytes, str], Reader]) -> Raw:
    """Read the document of a WARC record; its address and the day on which it was fetched become metadata.

    `endings` are the file endings that are known, and `reader_of` finds the reader for some bytes and an ending.

    Raises `ReadError` for a damaged record, one that holds no document, and what the document's own reader refuses.
    """
    end = data.find(_HEAD_END, 0, _LONGEST_HEAD)
    if end < 0:
        raise ReadError("a damaged web archive (WARC): its head does not end", file=name)
    fields = {}
    for line in data[:end].decode("utf-8", "replace").split("\r\n")[1:]:
        key, _, value = line.partition(":")
        fields[key.strip().lower()] = value.strip()
    if fields.get("warc-type") != "resource":
        raise ReadError("a web archive (WARC) whose first record is no resource", file=name)
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) < 12 and end + 4 + int(length) <= len(data)):
        raise ReadError("a damaged web archive (WARC): its record is shorter than it says", file=name)
    body = data[end + 4 : end + 4 + int(length)]
    address, media = fields.get("warc-target-uri", ""), fields.get("content-type", "")
    if not body.strip():
        raise ReadError("an empty document", file=address or name)
    reader = reader_of(body, _ending(address, media, endings))
    if ".warc" in reader.endings or not reader.endings:
        raise ReadError(f"{reader.name}, no document", file=address or name)
    raw = reader.read(_declared(body, media) if reader.is_text else body, address or name)
    metadata = {**raw.metadata, "url": address, "accessed": _day(fields.get("warc-date", "")), "format": reader.endings[0][1:]}
    return Raw(raw.pieces, {key: value for key, value in metadata.items() if value}, raw.warnings)


def _day(moment: str) -> str:
    try:
        return date.fromisoformat(moment[:10]).isoformat()
    except ValueError:
        return ""


def _ending(address: str, media: str, endings: Container[str]) -> str:
    """Give the file ending that a document's media type or address means; "" where neither says."""
    named = posixpath.splitext(unquote(urlsplit(address).path))[1].lower()
    said = _MEDIA.get(media.partition(";")[0].strip().lower(), "")
    return said if said and not (said == ".txt" and named in endings) else named if named in endings else ""


def _declared(body: bytes, media: str) -> bytes:
    """Bring a text whose encoding only the server declares into UTF-8; one that declares or marks its own is left as it is."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w-]+)", media, re.IGNORECASE)
    if charset is None or _META.search(body[:4096]) or body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return body
    name = "gb18030" if charset[1].lower() in ("gb2312", "gbk", "gb_2312-80") else charset[1]
    try:
        return body.decode(name).encode("utf-8")
    except (LookupError, UnicodeError):
        return body
