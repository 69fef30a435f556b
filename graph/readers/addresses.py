"""What a person gives as a source may be a file or an address of the web."""

from __future__ import annotations


def is_address(source: object) -> bool:
    """Tell whether a source is an address of the web.

    >>> from pathlib import Path
    >>> is_address("https://a.example/plan.html"), is_address("plan.html"), is_address(Path("https:/a.example"))
    (True, False, False)
    """
    return isinstance(source, str) and source.lower().startswith(("http://", "https://"))
