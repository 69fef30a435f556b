"""The network page is safe and honest: nothing in a graph runs, nothing leaves, the same graph gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.page_browser import CHINESE, Watched, find, launch, rest, saved, watch, write_page
from tests.page_sample import Sample, labels_of, sample_graph
from yangfan import __version__
from yangfan.core.iris import digest
from yangfan.core.model import Attributes, Claim, Described, Mention
from yangfan.page import render_page

if TYPE_CHECKING:
    import networkx as nx

pytestmark = pytest.mark.browser
browser = pytest.fixture(scope="module")(launch)

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "<a href='javascript:alert(4)'>href</a>",
    "`${alert(5)}`",
    "{{ 7*7 }}{% raw %}",
    "行一\u2028行二\u2029行三",
    "\u202e倒过来\u202c",
    "]]><!--<script>alert(6)//-->",
    "' onmouseover='alert(7)",
)


def hostile_graph() -> nx.MultiDiGraph[str]:
    """Give the sample with every dangerous text as a label, an alias, an attribute and a title."""
    sample = Sample()
    plan = Mention("Plan", HOSTILE[0])
    sample.plan = plan
    sample.fill()
    quote = sample.sentence("坚持陆海")
    for text in HOSTILE:
        principle = Mention("Principle", text)
        sample.claims.append(Claim(plan, "hasPrinciple", principle, (quote,), text))
        attrs: Attributes = {"yf:note": text, "dcterms:source": "javascript:alert(8)"}
        sample.described.append(Described(principle, attrs, alt=(f"{text}又名",)))
    graph: nx.MultiDiGraph[str] = sample.finish()
    for number, node in enumerate(labels_of(graph, "Industry")):
        graph.nodes[node]["en"] = HOSTILE[number % len(HOSTILE)]
    return graph


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_page(hostile_graph(), tmp_path_factory.mktemp("page"))


def test_hostile_texts_are_shown_as_text_and_nothing_runs(browser: Browser, hostile: Path) -> None:
    window = watch(browser, hostile)
    page = window.go()
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE[0])
    for text in HOSTILE[:6] + HOSTILE[8:]:
        find(page, f"{text}又名")
        page.keyboard.press("Enter")
        expect(page.get_by_role("tabpanel").get_by_role("heading", level=2)).to_have_text(text)
        expect(page.get_by_role("tabpanel")).to_contain_text(f"{text}又名")
        expect(page.get_by_role("tabpanel").get_by_role("blockquote").first).to_be_visible()
        assert page.get_by_role("tabpanel").get_by_role("link", name="javascript").count() == 0
    for fragment in ("#v=table", "#v=glance", "#l=en", "#p=source", "#y=tree", "#y=force"):
        window.go(fragment)
        rest(page)
    svg = saved(page, "SVG 矢量图").read_text("utf-8")
    assert "<script" not in svg
    assert "<img" not in svg
    assert window.faults == []


def test_nothing_is_requested_and_the_policy_has_nothing_to_report(browser: Browser, hostile: Path) -> None:
    window = watch(browser, hostile)
    page = window.page
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    page.add_init_script(
        "window.reported = []; addEventListener('securitypolicyviolation', (e) => reported.push(e.violatedDirective + ' ' + e.blockedURI))"
    )
    window.go()
    for key in ("t", "2", "3", "1", "l", "d", "?"):
        page.keyboard.press(key)
        rest(page)
    page.keyboard.press("Escape")
    assert [url for url in window.requests if not url.startswith("blob:")] == [hostile.as_uri()]
    assert page.evaluate("reported") == []
    assert window.faults == []


def test_the_policy_refuses_what_is_not_the_pages_own(browser: Browser, hostile: Path) -> None:
    page = watch(browser, hostile).go()
    refused = page.evaluate("""async () => {
      const reports = [];
      addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective));
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      const image = new Image();
      image.src = 'https://example.org/x.png';
      await fetch('https://example.org/').catch(() => 0);
      await new Promise((done) => setTimeout(done, 200));
      return [window.ran, ...reports];
    }""")
    assert refused[0] is None
    assert {"script-src-elem", "img-src", "connect-src"} <= set(refused[1:])


def test_the_footer_names_source_number_licence_version_and_hash(browser: Browser, tmp_path: Path) -> None:
    graph = sample_graph()
    path = write_page(graph, tmp_path)
    window = Watched(browser.new_context(locale=CHINESE).new_page(), path.as_uri())
    foot = window.go().get_by_role("contentinfo")
    text = next(iter(graph.graph["documents"].values())).text
    for words in ("解读", "滨海发〔2024〕8号", "Apache-2.0", f"Yangfan {__version__}", digest(text, 64)):
        expect(foot).to_contain_text(words)


def test_an_old_browser_is_told_so(browser: Browser, hostile: Path) -> None:
    window = watch(browser, hostile)
    window.page.add_init_script("delete window.DecompressionStream")
    window.page.goto(window.address)
    expect(window.page.get_by_text("此浏览器过旧")).to_be_visible()


def test_an_empty_graph_opens_without_a_fault(browser: Browser, tmp_path: Path) -> None:
    import networkx as nx

    path = write_page(nx.MultiDiGraph(), tmp_path)
    window = watch(browser, path)
    for fragment in ("", "#v=table", "#v=glance", "#p=source", "#y=force"):
        window.go(fragment)
    assert window.faults == []


def test_the_page_says_what_it_is_to_machines() -> None:
    html = render_page(sample_graph())
    assert html.startswith("<!doctype html>\n<html lang=")
    assert '<meta charset="utf-8">' in html
    assert "default-src 'none'" in html.split("</head>")[0].replace("&#39;", "'")
    assert "unsafe-inline" not in html.split("</head>")[0]


@pytest.mark.parametrize(("seed", "locale"), [("0", "C"), ("1", "C.UTF-8"), ("2", "POSIX")])
def test_the_same_graph_gives_the_same_bytes_anywhere(tmp_path: Path, seed: str, locale: str) -> None:
    root = Path(__file__).resolve().parent.parent
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.page_sample import sample_graph\nfrom yangfan.page import render_page\nimport hashlib\n"
        "print(hashlib.sha256(render_page(sample_graph()).encode('utf-8')).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)],
        capture_output=True, text=True, check=True, cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert done.stdout.strip() == digest(render_page(sample_graph()), 64)


def test_rendering_leaves_the_graph_and_the_process_as_they_were() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.page_sample import sample_graph\nfrom yangfan.page import render_page\n"
        "graph = sample_graph()\nbefore = repr([(n, d) for n, d in graph.nodes(data=True)]) + repr(list(graph.edges(keys=True, data=True)))\n"
        "render_page(graph)\nafter = repr([(n, d) for n, d in graph.nodes(data=True)]) + repr(list(graph.edges(keys=True, data=True)))\n"
        "assert before == after\nassert 'IPython' not in sys.modules and 'IPython.display' not in sys.modules\n"
        "import jsonpickle, pyvis.network\nassert jsonpickle.encode({'a': 1}) == '{\"a\": 1}'\n"
        "network = pyvis.network.Network()\nnetwork.add_node(1)\nassert 'physics' in network.options.to_json()\n"
        "import IPython.display\nassert pyvis.network.IFrame('x', 1, 1).__class__ is IPython.display.IFrame\n"
    )
    root = Path(__file__).resolve().parent.parent
    subprocess.run([sys.executable, "-c", code, str(root)], check=True)
