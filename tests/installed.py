"""The package as people install it: a wheel, put by plain pip into an empty environment outside the checkout. Run: python -m tests.installed

Not one of the tests, because pip takes its time; continuous integration runs it beside them. It builds the distributions, installs
the wheel, and runs the command and the Python API there: one document, a folder with two processes, check, query, show, serve, a
notebook. It stops at the first thing that is not as it should be.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
import textwrap
import zipfile
from pathlib import Path

from tests.documented import INSTALLING, Clone
from tests.places import OVERLAY, ROOT, SEED

PLANS = ("sensing-zone-plan.md", "study-travel-opinions.md")
API = """
import yangfan as yf
g = yf.build("plan.md")
assert g.report["bases"]["curated"], "the overlay beside the document was not used"
assert len(g.targets) == 7 and g.targets["source"].notna().all()
nodes, edges = g.to_pandas()
assert len(nodes) == g.nx.number_of_nodes() and len(edges) == g.nx.number_of_edges()
assert "yangfan" in yf.__file__ and "site-packages" in yf.__file__
many = yf.load("many")
assert many.sparql("ASK { ?plan a yf:Plan }") is True
assert len(many.query("plans")) >= 2
assert g.show("智慧医疗").data["class"] == "Industry"
assert [path.name for path in g.save("saved", ["turtle", "html"])] == ["graph.ttl", "graph.html"]
print("the Python API works")
"""
NOTEBOOK = ("import yangfan as yf\ng = yf.load('one')\ng", "g.targets", "g.show('智慧医疗')", "g.query('plans')")
EXECUTE = """
import nbformat, sys
from nbclient import NotebookClient
notebook = nbformat.read("notebook.ipynb", as_version=4)
NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
for cell in notebook.cells:
    assert any("text/html" in output.get("data", {}) for output in cell.outputs), cell.source
print("the notebook shows", len(notebook.cells), "cells")
"""


def distributions(folder: Path) -> Path:
    """Build both distributions, look into them, and give the wheel."""
    subprocess.run(["uv", "build", "--quiet", "--out-dir", str(folder), str(ROOT)], check=True, timeout=300)
    (wheel,) = folder.glob("*.whl")
    (source,) = folder.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode("utf-8")
    with tarfile.open(source) as archive:
        shipped = {name.partition("/")[2] for name in archive.getnames()}
    modules = {path.relative_to(ROOT / "graph").as_posix() for path in (ROOT / "graph").rglob("*.py")}
    assert not (missing := {name for name in modules if f"yangfan/{name}" not in names}), missing
    assert not (missing := {name for name in modules if f"graph/{name}" not in shipped}), missing
    for name in ("yangfan/py.typed", "yangfan/ontology/yangfan.ttl", "yangfan/page/page.html"):
        assert name in names, name
    for name in ("licenses/LICENSE", "licenses/graph/page/LICENSE.vis-network"):
        assert any(found.endswith(name) for found in names), name
    for head in ("Classifier: Typing :: Typed", "Project-URL: ", "License-Expression: Apache-2.0", "Requires-Python: "):
        assert head in metadata, head
    return wheel


def main() -> None:
    """Build, install and try; print what works."""
    with tempfile.TemporaryDirectory(prefix="yangfan-installed-") as name:
        place = Clone(Path(name))
        wheel = distributions(Path(name) / "dist")

        def run(command: str, timeout: float = 120, stdin: str = "") -> str:
            done = place.call(command, timeout=timeout, stdin=stdin)
            if done.returncode:
                sys.exit(f"{command}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
            print(f"{command.splitlines()[0]}: {(done.stdout.strip() or 'done').splitlines()[-1][:100]}", flush=True)
            return done.stdout

        # What the README says to type in a clone, in an environment of its own; then the wheel, far from any checkout.
        for command in INSTALLING:
            run(command, timeout=300)
        run("yangfan --version && pip uninstall -q -y yangfan")
        run(f"pip install -q '{wheel}[pandas]' nbclient ipykernel", timeout=400)
        elsewhere = Path(name) / "elsewhere"
        (elsewhere / "plans").mkdir(parents=True)
        for source, target in ((SEED, "plan.md"), (OVERLAY, "plan.overlay.yaml")):
            (elsewhere / target).write_bytes(source.read_bytes())
        for plan in PLANS:
            (elsewhere / "plans" / plan).write_bytes((ROOT / "tests" / "documents" / plan).read_bytes())
        place.folder = elsewhere
        run("yangfan build plan.md --out one")
        run("yangfan build plans --workers 2 --out many")
        for file in ("graph.ttl", "evidence.ttl", "graph.trig"):
            assert (elsewhere / "one" / file).stat().st_size > 10_000, file
        run("yangfan check one && yangfan check many")
        run("yangfan query --name plans --data many")
        run("yangfan show 智慧医疗 --data one")
        assert "<html" in place.serve("yangfan serve many --port 0")
        print("yangfan serve: answers", flush=True)
        run("python -", stdin=textwrap.dedent(API))
        cells: list[dict[str, object]] = [
            {"cell_type": "code", "id": f"c{i}", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
            for i, source in enumerate(NOTEBOOK)
        ]
        notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (elsewhere / "notebook.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        run("python -", stdin=EXECUTE)


if __name__ == "__main__":
    main()
