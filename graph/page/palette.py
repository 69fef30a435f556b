"""The hues of classes as numbers, for formats that hold colours: read from the page's own style sheet, the one place of theirs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ..core.schema import load_schema

_HUE = re.compile(r"--(\w+): #([0-9a-f]{6});")
_STEP = 0.22


def hues() -> dict[str, tuple[int, int, int]]:
    """Give red, green and blue of each colour of the light theme by its name.

    >>> hues()["navy"]
    (27, 58, 107)
    """
    style = (Path(__file__).parent / "style" / "colours.css").read_text(encoding="utf-8")
    light = style[: style.index('[data-theme="dark"]')]
    return {name: (int(value[:2], 16), int(value[2:4], 16), int(value[4:], 16)) for name, value in _HUE.findall(light)}


@cache
def class_colours() -> dict[str, tuple[int, int, int]]:
    """Give each class a colour: its hue, paler for each class before it that has the same hue, since a dot has no mark."""
    known = hues()
    before: dict[str, int] = {}
    found = {}
    for name, cls in load_schema().classes.items():
        step = before[cls.colour] = before.get(cls.colour, -1) + 1
        pale = min(0.7, step * _STEP)
        red, green, blue = (round(part + (255 - part) * pale) for part in known[cls.colour])
        found[name] = (red, green, blue)
    return found
