"""Where things are, and how tests call the command line."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "corpus" / "5g-yangfan-2021.md"
OVERLAY = ROOT / "corpus" / "5g-yangfan-2021.overlay.yaml"

Run = Callable[..., "subprocess.CompletedProcess[str]"]
