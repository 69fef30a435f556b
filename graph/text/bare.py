"""A label and a text in the one form in which they are compared: what recognisers leave out or write another way does not count."""

from __future__ import annotations

import re
import unicodedata

_LEFT_OUT = re.compile(r"[\s《》〈〉<>“”‘’\"'「」『』*_`]+")
_WIDE = str.maketrans("(),:;?!", "（），：；？！")


def bare_label(text: str) -> str:
    """Leave out white space and marks that enclose or set off, and write brackets and stops in full width.

    >>> bare_label("人工智能(AI)产业\\n发展计划") == bare_label("《人工智能（AI）产业发展计划》")
    True
    """
    return _LEFT_OUT.sub("", unicodedata.normalize("NFC", text)).translate(_WIDE)
