"""Build the documentation in both languages into docs/site/. Run: python docs/build.py [FOLDER]

It stops at the first broken link. What the pages need lies in the folder; nothing is fetched when they are read.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Build English into the folder and Chinese into its `zh/`; English first, because a build empties its folder."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "site").resolve()
    for config, target in (("mkdocs.yml", folder), ("mkdocs.zh.yml", folder / "zh")):
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(HERE / config), "-d", str(target)]
        if code := subprocess.run(command, check=False).returncode:
            sys.exit(code)


if __name__ == "__main__":
    main()
