"""What holds of every document: generated ones of the genre, with marks, brackets and numbers wherever they may come."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from yangfan.assembly.assemble import assemble
from yangfan.assembly.records import GraphRecords
from yangfan.core.errors import YangfanError
from yangfan.core.model import Reading
from yangfan.core.vocabulary import load_vocabulary
from yangfan.extract import extract
from yangfan.formats.load import load_graph
from yangfan.formats.registry import export
from yangfan.quality.check import check_records
from yangfan.readers.read import read_bytes

_THINGS = ["智慧渔港", "深海装备", "海洋医药", "人工智能(AI)", "“数字海洋”", "海水淡化", "潮汐能", "5G", "海洋牧场(一期)"]
_BODIES = ["市海洋局", "市财政局", "工业和信息化部", "教育部", "各县（区）人民政府"]
_WORKS = ["《海洋条例》", "《渔港(试行)办法》", "《海洋，准备好了吗？》", "《海洋\n条例》", "《海洋条例"]
_things, _bodies, _works = st.sampled_from(_THINGS), st.sampled_from(_BODIES), st.sampled_from(_WORKS)
_number = st.one_of(st.integers(0, 10**9).map(str), st.decimals(0, 1000, places=1).map(str), st.just("1" * 40), st.just("十二"))
_year = st.integers(2024, 2036).map(str)
_sentence = st.one_of(
    st.builds("重点发展{}、{}等产业。".format, _things, _things),
    st.builds("到{}年，{}产值达到{}亿元，{}达到{}%以上。".format, _year, _things, _number, _things, _number),
    st.builds("依据{}，建设{}示范工程。（{}、{}负责）".format, _works, _things, _bodies, _bodies),
    st.builds("由{}牵头，{}参与，推动{}发展。".format, _bodies, _bodies, _things),
    st.builds("实施{}大专项行动。".format, st.integers(1, 12)),
    st.builds("{}年，{}达到{}个，同比增长{}%。".format, _year, _things, _number, _number),
    st.text(alphabet="海洋（）()《》“”、，。：；0123456789年达到的%\t |#*", max_size=40),
)
_heading = st.builds("{}{}".format, st.sampled_from(["## 一、", "## 二、", "### （一）", "### （二）", "1. ", ""]), _things)
_paragraphs = st.lists(st.one_of(_sentence, _heading, st.lists(_sentence, min_size=2, max_size=4).map("".join)), min_size=1, max_size=12)
_documents = st.builds("# 云洲市{}发展规划（2026—2030年）\n\n云政发〔2026〕4号\n\n{}\n".format, _things, _paragraphs.map("\n\n".join))
_settings = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def reading_of(text: str) -> Reading:
    """Read and extract a text; one that the reader refuses in its own words does not count as an example."""
    try:
        return extract(read_bytes(text.encode(), "plan.md", ".md"), load_vocabulary())
    except YangfanError:
        reject()


@_settings
@given(_documents)
def test_every_span_lies_inside_its_text_and_every_label_in_its_passage(text: str) -> None:
    reading = reading_of(text)
    length = len(reading.document.text)
    assert all(0 <= start < end <= length for claim in reading.claims for start, end in claim.spans)
    assert all(0 <= account.span.start < account.span.end <= length for account in reading.ledger)
    graph, _ = assemble([reading])
    assert check_records(GraphRecords(graph)) == []


@_settings
@given(_documents)
def test_rdf_read_back_and_written_again_is_the_same(text: str) -> None:
    reading = reading_of(text)
    graph, _ = assemble([reading])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "texts").mkdir()
        (folder / "texts" / f"{reading.document.key}.txt").write_bytes(reading.document.text.encode())
        for form, file in (("turtle", "graph.ttl"), ("evidence", "evidence.ttl"), ("ledger", "ledger.csv")):
            (folder / file).write_bytes(export(graph, form))
        back = load_graph(folder)
    assert list(back.nodes) == list(graph.nodes)
    for form in ("turtle", "evidence", "jsonld", "nodes", "edges", "graphml", "ledger"):
        assert export(back, form) == export(graph, form)
