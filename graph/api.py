"""Yangfan in Python: `build` and `load` give a `Graph`, which answers in tables, cards, SPARQL and networkx.

The graph lies in a folder of exports as a build writes it, and is read from there when it is asked: what Python sees is what the
command line, the page and the server see. A graph that was built without a folder of its own lives in a temporary one, which goes
away with it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .core.errors import CheckError, QueryError
from .core.files import EXPORTS

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox
    from pandas import DataFrame

    from .query.answer import Table
    from .query.cards import Card
    from .query.nodes import Nodes

Place = str | Path
_HEIGHT = 720
_PAGE_MOST = 16_000_000
"""Up to how many bytes of page a notebook is shown; a larger one would make every save of the notebook slow."""


def build(
    sources: Place | Iterable[Place],
    *,
    out: Place | None = None,
    overlays: Iterable[Place] = (),
    proposed: Iterable[Place] = (),
    workers: int = 1,
    strict: bool = False,
) -> Graph:
    """Read documents (.pdf .docx .doc .ofd .md .html .txt), folders of them, or what stands behind web addresses, into a graph, and check it.

    Overlays (``*.overlay.yaml``) beside the sources are used too; of the files `proposed`, in which other tools say what they extracted,
    what holds is shown apart as proposed. `out` is where the exports are written; without it they live as
    long as the graph. Of several documents, those that cannot be read are told in ``report["rejected"]``, unless `strict`; more
    than one worker starts processes, which a script must guard with ``if __name__ == "__main__"`` as `multiprocessing` says.

    Raises `ReadError` for a document that cannot be read, `OverlayError` for a faulty overlay, `OutputError` for a folder that
    cannot be written to, and `CheckError` when what was built is not sound.
    """
    from .assembly.overlay import find_overlays
    from .pipeline import build as run
    from .readers.read import at_hand, find_sources

    named = [sources] if isinstance(sources, str | Path) else list(sources)
    with at_hand(named) as roots:
        found = find_sources(roots)
        # An overlay that is named and lies beside its source is one overlay.
        beside = list({path.resolve(): path for path in (*find_overlays(roots), *map(Path, overlays))}.values())
        folder = Path(tempfile.mkdtemp(prefix="yangfan-")) if out is None else Path(out)
        graph = Graph(folder)
        if out is None:
            weakref.finalize(graph, shutil.rmtree, folder, ignore_errors=True)
        built = run(found, folder, beside, proposed=list(map(Path, proposed)), strict=strict, workers=workers)
    if built.findings:
        first = built.findings[0]
        raise CheckError(f"{len(built.findings)} checks failed; the first: {first.check}: {first.message}")
    return graph


def load(folder: Place = EXPORTS) -> Graph:
    """Open a folder of exports that a build has written.

    Raises `QueryError` for a folder without exports.
    """
    if not (Path(folder) / "graph.ttl").is_file():
        raise QueryError("no graph.ttl in this folder: build the exports first (yangfan)", file=folder)
    return Graph(Path(folder))


class Graph:
    """A policy graph in a folder of exports.

    >>> g = load("exports")
    >>> g.query("about-industry", industry="智慧医疗").column("direction")[0]
    'in'
    >>> g.sparql("ASK { ?plan a yf:Plan }")
    True
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        """Say how large the graph is and where it lies."""
        report = self.report
        return f"<Graph: {report['nodes']} nodes, {report['edges']} edges in {self.folder}>"

    @cached_property
    def report(self) -> dict[str, Any]:
        """The report of the build: counts by class, relation and basis, declared counts, warnings, rejected documents."""
        report: dict[str, Any] = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        return report

    @cached_property
    def store(self) -> ox.Store:
        """The triples: nodes, edges, statements, passages and the provenance of the build in the default graph."""
        from .query.store import load_store

        return load_store(self.folder, named=False)

    @cached_property
    def nx(self) -> nx.MultiDiGraph[str]:
        """The graph in networkx (its form: `yangfan.assembly.builder`), a copy to compute with."""
        from .formats.load import load_graph

        return load_graph(self.folder)

    @cached_property
    def _nodes(self) -> Nodes:
        from .query.nodes import Nodes

        return Nodes(self.store)

    # what analysts ask for first

    @property
    def targets(self) -> DataFrame:
        """Every target: plan, indicator, comparator, value, unit, year, and its sentence or its source. Needs pandas."""
        from .query.facts import targets_of

        return targets_of(self._nodes).to_pandas()

    @property
    def duties(self) -> DataFrame:
        """Who is responsible for what: plan, task, role, body, and the sentence that says so. Needs pandas."""
        from .query.facts import duties_of

        return duties_of(self._nodes).to_pandas()

    def to_pandas(self) -> tuple[DataFrame, DataFrame]:
        """Give nodes and edges as two `pandas.DataFrame`, with the columns of ``nodes.csv`` and ``edges.csv``."""
        from .formats.frames import read_table
        from .query.answer import data_frame

        nodes, edges = (data_frame(*read_table(self.folder / name)) for name in ("nodes.csv", "edges.csv"))
        return nodes, edges

    @property
    def coverage(self) -> DataFrame:
        """Every sentence of the documents with what became of it: evidence, context for a named reason, or not understood. Needs pandas."""
        from .formats.frames import read_table
        from .query.answer import data_frame

        return data_frame(*read_table(self.folder / "ledger.csv"))

    # questions

    def sparql(self, text: str, **parameters: object) -> Table | bool:
        """Ask in SPARQL 1.1; prefixes are declared. Rows, and the triples of a CONSTRUCT, come as a `Table`, an ASK as its truth.

        `parameters` bind variables: to a node by label, alias or IRI, or to a value. Raises `QueryError` with the place of a
        syntax error, `NameNotFound` and `AmbiguousName` for the name of a node.
        """
        return self._ask(text, {name: str(value) for name, value in parameters.items()}, {}, "query")

    def query(self, name: str, **parameters: object) -> Table | bool:
        """Run a question of the library (`yangfan query --list`) with its parameters.

        Raises `QueryError` for a name that the library does not have and for a parameter that the question does not have.
        """
        from .query.library import named_query

        asked = named_query(name)
        kinds = {parameter.name: parameter.type for parameter in asked.parameters}
        unknown = next((given for given in parameters if given not in kinds), None)
        if unknown:
            raise QueryError(f"{unknown}: no parameter of {name}; its parameters: {', '.join(kinds) or 'it has none'}")
        given = {parameter.name: parameter.default for parameter in asked.parameters if parameter.default}
        return self._ask(asked.text, given | {key: str(value) for key, value in parameters.items()}, kinds, f"{name}.rq")

    def _ask(self, text: str, values: dict[str, str], kinds: dict[str, str], file: str) -> Table | bool:
        from .query.answer import table_of
        from .query.run import names_of, run, term_of
        from .query.store import load_store
        from .query.syntax import keywords

        store = load_store(self.folder) if keywords(text) & {"GRAPH", "FROM"} else self.store
        names = names_of(self._nodes) if values else None
        terms = {key: term_of(value, self._nodes, names, kinds.get(key, "")) for key, value in values.items()} if names else {}
        return table_of(run(store, text, values=terms, base=self._nodes.base, file=file), self._nodes)

    def show(self, name: str) -> NodeCard:
        """Give one node with its attributes and its edges in and out, each with its quote.

        Raises `NameNotFound` with the nearest names, `AmbiguousName` with the candidates.
        """
        from .query.cards import card_of
        from .query.run import names_of

        return NodeCard(card_of(self._nodes, names_of(self._nodes).resolve(name)), self._nodes)

    # files

    def save(self, folder: Place, formats: Iterable[str] | None = None) -> list[Path]:
        """Write formats by name (`yangfan export --help` lists them), or everything that a build writes, into a folder.

        Raises `QueryError` for a format that there is not, `OutputError` for a folder that cannot be written to.
        """
        from .formats.registry import FOLDERS, FORMATS, export_folder

        several: list[str] = []
        # A build leaves formats out of a large graph.
        names = [f.file for f in FORMATS.values() if not f.small or (self.folder / f.file).is_file()] if formats is None else []
        for name in formats or ():
            if name in FOLDERS:
                several.append(name)
            elif name in FORMATS:
                names.append(FORMATS[name][0])
            else:
                raise QueryError(f"no format {name}; the formats are {', '.join((*FORMATS, *FOLDERS))}")
        if formats is None:
            names += ["report.json", "report.md", "manifest.json", *(f"texts/{path.name}" for path in sorted(self.folder.glob("texts/*.txt")))]
        written = [self._write(name, Path(folder)) for name in names]
        for name in several:
            place = Path(folder) / FOLDERS[name].folder
            export_folder(self.nx, name, place)
            written += sorted(place.glob(FOLDERS[name].files))
        return written

    def _write(self, name: str, folder: Path) -> Path:
        from .core.errors import OutputError
        from .core.files import write_whole

        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot write here: {error.strerror}", file=folder) from error
        write_whole(target, self._content(name))
        return target

    def _content(self, name: str) -> bytes:
        """Give one export; a format without its file is written from the graph: one that was left out, the page, which is not committed."""
        from .formats.registry import FORMATS, export

        form = next((form for form, told in FORMATS.items() if told.file == name), "")
        if form and not (self.folder / name).is_file():
            return export(self.nx, form)
        return (self.folder / name).read_bytes()

    def _repr_html_(self) -> str:
        """Show the network page in a notebook, in a frame that can reach nothing of the notebook."""
        page = self._content("graph.html")
        if len(page) > _PAGE_MOST:
            return f"<p>{escape(repr(self))}: too large for a notebook; g.save(folder, ['html']) writes the page.</p>"
        source = escape(page.decode("utf-8"), quote=True)
        frame = f'style="width:100%;height:{_HEIGHT}px;border:1px solid #ccc" sandbox="allow-scripts allow-downloads allow-popups"'
        return f'<iframe title="Yangfan" {frame} srcdoc="{source}"></iframe>'


@dataclass(frozen=True, slots=True)
class NodeCard:
    """One node with all that is known of it; a notebook draws it, `print` writes it, `data` gives it as plain values."""

    card: Card
    nodes: Nodes

    @property
    def iri(self) -> str:
        """The node's IRI."""
        return self.card.node.iri

    @property
    def data(self) -> dict[str, Any]:
        """The node as `yangfan show --format json` writes it."""
        from .query.cards import card_data

        return card_data(self.card, self.nodes)

    def __repr__(self) -> str:
        """Name the node."""
        return f"<NodeCard: {self.card.node.label}, {self.card.node.cls}>"

    def __str__(self) -> str:
        """Write the card as `yangfan show` does."""
        from .query.cards import card_lines

        return "\n".join(text for _, text in card_lines(self.card, self.nodes))

    def _repr_html_(self) -> str:
        """Draw the card for a notebook."""
        from .query.cards import card_lines

        marks = {"title": "<h4>{}</h4>", "head": "<h5>{}</h5>", "quote": '<div style="opacity:.7;white-space:pre-wrap">{}</div>'}
        plain = '<div style="white-space:pre-wrap">{}</div>'
        return "".join(marks.get(style, plain).format(escape(text)) for style, text in card_lines(self.card, self.nodes))
