"""JSON laid out over lines as `json.dumps` with an indent of two lays it out, without what that leaves behind.

The library's encoder makes functions that know each other at each such call, which only the garbage collector takes away. A build runs
without it, and a report has a row for each document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

_encode = json.JSONEncoder(ensure_ascii=False).encode


def indented(value: object, margin: str = "\n") -> str:
    r"""Write plain values as JSON; margin is what begins the line that the value stands in.

    >>> value = {"a": [1, "二", []], "b": {"c": None}}
    >>> indented(value) == json.dumps(value, ensure_ascii=False, indent=2)
    True
    """
    step = f"{margin}  "
    if isinstance(value, Mapping) and value:
        return f"{{{step}{f',{step}'.join(f'{_encode(key)}: {indented(item, step)}' for key, item in value.items())}{margin}}}"
    if isinstance(value, (list, tuple)) and value:
        return f"[{step}{f',{step}'.join(indented(item, step) for item in value)}{margin}]"
    return _encode(value)
