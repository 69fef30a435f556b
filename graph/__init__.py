"""Read policy plans into a knowledge graph in which every edge shows the sentence that says so.

`build` and `load` give a `Graph`; they are imported when they are first asked for (PEP 562), so that ``import yangfan`` and the
command line cost nothing that they do not use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .core.version import __version__

if TYPE_CHECKING:
    from .api import Graph, NodeCard, build, load
    from .core.errors import YangfanError
    from .query.answer import Table

__all__ = ["Graph", "NodeCard", "Table", "YangfanError", "__version__", "build", "load"]

_HOMES = {
    "Graph": "api", "NodeCard": "api", "build": "api", "load": "api", "Table": "query.answer", "YangfanError": "core.errors",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted({*globals(), *__all__})
