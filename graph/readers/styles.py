"""Paragraph styles of a DOCX file: what a paragraph inherits from its style and from those that the style is based on.

Office Open XML, ECMA-376 part 1: 17.7 (styles).
"""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Styles:
    """The paragraph styles of one document, given its styles part."""

    def __init__(self, root: Any) -> None:
        self._elements = {style.get(_W + "styleId"): style for style in root.iter(_W + "style")}
        self._default = next(
            (i for i, s in self._elements.items() if s.get(_W + "type") == "paragraph" and s.get(_W + "default") in ("1", "true")), ""
        )
        self._known: dict[tuple[str, str], Any] = {}

    def name(self, identity: str) -> str:
        """Give a style's name in lower case."""
        element = self._elements.get(identity)
        name = None if element is None else element.find(_W + "name")
        return "" if name is None else (name.get(_W + "val") or "").lower()

    def find(self, identity: str | None, path: str) -> Any:
        """Find an element in a style's definition or in those that it is based on."""
        identity = identity or self._default
        if (identity, path) not in self._known:
            found, current = None, identity
            for _ in range(12):
                element = self._elements.get(current)
                if element is None:
                    break
                if (found := element.find(path)) is not None:
                    break
                base = element.find(_W + "basedOn")
                current = "" if base is None else base.get(_W + "val")
            self._known[identity, path] = found
        return self._known[identity, path]
