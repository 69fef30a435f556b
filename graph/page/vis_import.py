"""Import pyvis without what it drags in: IPython costs 0.2 s at every start and serves one notebook helper.

While pyvis is being imported, a stand-in answers for `IPython.display`; it is removed at once, and its `IFrame` imports the
real one when a notebook asks for it. `jsonpickle`, which pyvis needs only for options that are no dict, is imported when first used
(`importlib.util.LazyLoader`).
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any


def _frame(*arguments: Any, **options: Any) -> Any:
    """Show a page in a notebook, as pyvis would with IPython imported from the start."""
    return importlib.import_module("IPython.display").IFrame(*arguments, **options)


def _later(name: str) -> ModuleType | None:
    """Give a module that is loaded at its first use."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return None
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@cache
def pyvis_network() -> tuple[ModuleType, str]:
    """Give the module `pyvis.network` and the text of the vis-network that pyvis bundles."""
    if "pyvis.network" not in sys.modules:
        if "jsonpickle" not in sys.modules:
            _later("jsonpickle")
        held = {name: sys.modules.get(name) for name in ("IPython", "IPython.display")}
        if held["IPython.display"] is None:
            package, display = ModuleType("IPython"), ModuleType("IPython.display")
            display.IFrame = _frame  # type: ignore[attr-defined]
            sys.modules.update({"IPython": held["IPython"] or package, "IPython.display": display})
        try:
            importlib.import_module("pyvis.network")
        finally:
            for name, module in held.items():
                if module is None:
                    sys.modules.pop(name, None)
    module = sys.modules["pyvis.network"]
    bundled = Path(str(module.__file__)).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    # The browser reads CR LF as LF, and the policy names the script by the hash of what the browser reads.
    return module, bundled.read_text(encoding="utf-8").replace("\r\n", "\n")
