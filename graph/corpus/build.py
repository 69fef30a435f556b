"""The build of a corpus: read all, group by plan, take the groups apart, put together what is shared, write each export."""

from __future__ import annotations

import pickle
from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from ..assembly.overlay import Overlay
from ..core.errors import OutputError
from ..core.namespaces import BASE
from ..formats.registry import prefixes_for
from ..quality.check import Finding
from .fragments import Setting, Workshop
from .groups import Group, grouped, names_of, plans_of
from .merge import WRITERS, Plot, write_file
from .overview import overview_graph
from .pool import Crew
from .read import Corpus, Told, batches
from .report import corpus_report, write_report
from .shared import fold
from .store import Store
from .tally import Taken, Tally
from .writers import Scribe, Used, gather

_WHOLE = 10_000
"""Up to how many nodes the page shows the whole graph; beyond, an overview."""


@lru_cache(maxsize=1)
def _workshop(setting: Path) -> Workshop:
    """Give this process' workshop; the setting travels as a file, once a process and not with every job."""
    found = pickle.loads(setting.read_bytes())
    assert isinstance(found, Setting)
    return Workshop(found)


def _take(setting: Path, groups: list[Group]) -> Taken:
    return _workshop(setting).take(groups)


def _write(plot: Plot, setting: Path, groups: list[Group], name: str) -> str:
    """Write one export; the page of a small corpus shows all of it, that of a large one an overview."""
    if name != "graph.html":
        write_file(name, plot)
        return name
    from ..page import render_page

    if groups:
        from ..assembly.assemble import assemble

        readings = [reading for group in groups for reading in _workshop(setting).readings(group)]
        page = render_page(assemble(readings, [Overlay(path) for group in groups for path in group.overlays])[0])
    else:
        with closing(Store(plot.store)) as store:
            page = render_page(overview_graph(store, plot.staging / "texts", plot.base))
    (plot.staging / name).write_bytes(page.encode("utf-8"))
    return name


def write_corpus(
    corpus: Corpus, overlays: list[Overlay], cache: Path, staging: Path, crew: Crew, *, told: Told | None = None, base: str = BASE
) -> tuple[dict[str, Any], list[Finding]]:
    """Write all exports of a corpus into a staging folder; gives the report and what the checks found.

    Raises the errors of assembling, and `OutputError` when a file cannot be written.
    """
    plans = plans_of(corpus.entries)
    names = names_of(corpus.entries, plans, base)
    groups, unused = grouped(corpus.entries, overlays, names, base)
    own = frozenset(group.plan for group in groups)
    prefixes = prefixes_for(base, sorted(names), [entry.key for entry in corpus.entries])
    work = staging / ".work"
    setting = work / "setting.pickle"
    tally, used, findings = Tally(), Used(), []
    try:
        work.mkdir()
        (staging / "texts").mkdir()
        setting.write_bytes(pickle.dumps(Setting(plans, own, prefixes, cache, staging, base)))
        with closing(Store(work / "store.sqlite", fresh=True)) as store:
            done = 0
            for taken in crew.run(partial(_take, setting), batches(groups)):
                store.add(taken.pieces, taken.nodes, taken.said, taken.links)
                tally.add(taken.tally)
                gather(used, taken.used)
                findings += taken.findings
                done += taken.documents
                if told:
                    told("assembling and checking", done, len(corpus.entries))
            if findings:
                return {}, findings
            store.index()
            scribe = Scribe(prefixes)
            tally.add(fold(store, scribe))
            gather(used, scribe.used())
            plot = Plot(staging, store.path, tally, used, prefixes, base)
            small = groups if tally.classes.total() <= _WHOLE else []
            files = ["graph.html", *WRITERS]
            for number, _ in enumerate(crew.run(partial(_write, plot, setting, small), files), start=1):
                if told:
                    told("writing", number, len(files))
            report = corpus_report(store, tally, len(corpus.entries), corpus.warnings(unused), corpus.rejected)
            write_report(report, store, staging)
    except OSError as error:
        raise OutputError(f"cannot write here: {error.strerror}", file=staging.parent) from error
    return report, []
