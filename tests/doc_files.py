"""Word 97 files for the tests: a compound file ([MS-CFB]) with a text and its piece table ([MS-DOC]), and nothing else."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write(text: str, *, compressed: str = "", flags: int = 0x0200, magic: int = 0xA5EC) -> bytes:
    """Write a text with its marks; `compressed` stands behind it in a piece of one byte a character."""
    start = 0x600
    wide, narrow = text.encode("utf-16-le"), compressed.encode("cp1252")
    main = bytearray(max(4096, start + len(wide) + len(narrow)))
    struct.pack_into("<H", main, 0, magic)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<i", main, 0x4C, len(text) + len(compressed))
    main[start : start + len(wide)] = wide
    main[start + len(wide) : start + len(wide) + len(narrow)] = narrow
    places = [0, len(text)] + ([len(text) + len(compressed)] if compressed else [])
    pieces = [struct.pack("<HIH", 0, start, 0)]
    if compressed:
        pieces.append(struct.pack("<HIH", 0, (start + len(wide)) * 2 | 0x4000_0000, 0))
    table = struct.pack(f"<{len(places)}I", *places) + b"".join(pieces)
    clx = b"\x01\x02\x00ab" + b"\x02" + struct.pack("<I", len(table)) + table
    struct.pack_into("<II", main, 0x01A2, 0, len(clx))
    return compound({"WordDocument": bytes(main), "1Table": clx})


def compound(streams: dict[str, bytes]) -> bytes:
    """Write a compound file of some streams; all are made long enough to stand in sectors of their own."""
    bodies = {name: content.ljust(max(4096, -(-len(content) // _SECTOR) * _SECTOR), b"\0") for name, content in streams.items()}
    fat: list[int] = []
    starts: dict[str, int] = {}
    for name, body in bodies.items():
        starts[name] = len(fat)
        count = len(body) // _SECTOR
        fat += [len(fat) + n + 1 for n in range(count - 1)] + [_END]
    directory = len(fat)
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, body) in enumerate(bodies.items(), start=1):
        right = number + 1 if number < len(bodies) else _FREE
        entries.append(_entry(name, 2, starts[name], len(body), right=right))
    listed = b"".join(entries)
    listed = listed.ljust(-(-len(listed) // _SECTOR) * _SECTOR, b"\0")
    count = len(listed) // _SECTOR
    fat += [len(fat) + n + 1 for n in range(count - 1)] + [_END]
    size = -(-(len(fat) + 8) // 128)
    first = len(fat)
    fat += [_FAT] * size
    fat += [_FREE] * (size * 128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, size, directory, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *range(first, first + size), *[_FREE] * (109 - size))
    return head + b"".join(bodies.values()) + listed + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    return (
        wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, _FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)
    )
