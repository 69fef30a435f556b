"""The commands and programs that the documents show, and a fresh clone in an empty environment to run them in."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.places import ROOT

READMES = ("README.md", "README.zh.md")
PAGES = (*READMES, *(str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("docs/*/*.md"))))
SUITE = "python3 -m pip install -q uv && uv run --extra dev pytest"
"""The command that runs the tests, this one among them; continuous integration runs it as it stands."""
INSTALLING = ("pip install .",)
"""What `tests/installed` runs in environments of its own, because it takes its time."""
_BLOCK = re.compile(r"^```(sh|console|python)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_FILE = re.compile(r"^```yaml\n# (\S+\.yaml)\n(.*?)^```", re.DOTALL | re.MULTILINE)
"""A file that a page shows, its name in the first line: it lies in the clone when the page's commands are run."""
_KEPT = re.compile(r"PIP_\w+|UV_\w+|SSL_\w+|HTTPS?_PROXY|https?_proxy|NO_PROXY|no_proxy|XDG_CONFIG_\w+|HOME|TMPDIR|SYSTEMROOT")


class Shown(NamedTuple):
    """A command of a page, or (`program`) the Python of the whole page."""

    page: str
    text: str
    program: bool = False


def shown(page: str) -> Iterator[Shown]:
    """Give what a page shows to be typed, in its order; the blocks of Python on one page are one program, at its end."""
    program = []
    for kind, block in _BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        if kind == "python":
            program.append(block)
            continue
        lines = block.replace("\\\n", " ").splitlines()
        typed = [line[2:] for line in lines if line.startswith("$ ")] if kind == "console" else lines
        yield from (Shown(page, line.strip()) for line in typed if line.strip() and not line.startswith("#"))
    if program:
        yield Shown(page, "".join(program), program=True)


class Clone:
    """A copy of what is under version control, and an environment in which there is Python and nothing of this project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "yangfan"
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
        )
        for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
            if (ROOT / name).exists():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.folder / name, follow_symlinks=False)
        for page in PAGES:
            for name, text in _FILE.findall((ROOT / page).read_text(encoding="utf-8")):
                (self.folder / name).write_text(text, encoding="utf-8")
        python = folder / "python"
        subprocess.run([sys.executable, "-m", "venv", str(python)], check=True, timeout=120)
        searched = [str(python / "bin"), *(part for part in os.defpath.split(os.pathsep) if part), "/usr/local/bin", "/usr/bin", "/bin"]
        self.environment = {name: value for name, value in os.environ.items() if _KEPT.fullmatch(name)} | {
            "PATH": os.pathsep.join(dict.fromkeys(searched)),
            "LC_ALL": "C.UTF-8",
            # `view` opens this browser; readings of documents are kept out of the user's cache.
            "BROWSER": "true",
            "YANGFAN_CACHE": str(folder / "readings"),
        }

    def call(self, command: str, *, stdin: str = "", timeout: float = 180) -> subprocess.CompletedProcess[str]:
        """Run one line in a shell, in the clone."""
        return subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self.environment, input=stdin,
            capture_output=True, text=True, encoding="utf-8", timeout=timeout, check=False,
        )  # fmt: skip

    def serve(self, command: str) -> str:
        """Run a line that starts a server, ask for its first page, and end it as Ctrl-C would; give what was served."""
        return served(["bash", "-c", f"exec {command}"], self.folder, self.environment)


def served(command: list[str], folder: Path, environment: dict[str, str], page: str = "") -> str:
    """Start a server, ask for a page of it when it says where it is, and end it as Ctrl-C would; give the page."""
    with subprocess.Popen(
        command, cwd=folder, env=environment, start_new_session=True,
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, encoding="utf-8",
    ) as server:  # fmt: skip
        try:
            assert server.stderr is not None
            said = []
            for line in server.stderr:
                said.append(line)
                if line.startswith("http://"):
                    with urllib.request.urlopen(f"{line.split()[0]}{page}", timeout=30) as answer:
                        return str(answer.read().decode("utf-8"))
            raise AssertionError(f"no address: {''.join(said)}")
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(timeout=30)
