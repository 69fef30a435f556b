"""Statements and passages are filled into forms, which gives what the writers lay out of each, and what is kept of a plan is copied as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from yangfan.assembly.assemble import assemble
from yangfan.assembly.records import GraphRecords, said_by
from yangfan.core.errors import OutputError
from yangfan.core.model import Passage, Premise, Source, Span, Statement
from yangfan.core.namespaces import BASE
from yangfan.corpus.spool import Rows, Spool
from yangfan.formats import forms as forms_module
from yangfan.formats import turtle
from yangfan.formats.nquads import part_quads
from yangfan.formats.ntriples import quad_lines
from yangfan.formats.rdf import Block, passage_blocks, statement_block
from yangfan.formats.turtle import Shortener, folder_forms, folder_prefixes, format_blocks
from yangfan.pipeline import build, read_sources

SEED = Path("corpus/5g-yangfan-2021.md")
_KEY = "海州-渔港-0123456789abcdef0123456789abcdef"


def passage(start: int, exact: str, prefix: str = "", confidence: float | None = None) -> Passage:
    iri, document = f"{BASE}passage/{_KEY}/{start}-{start + len(exact)}", f"{BASE}document/{_KEY}"
    return Passage(iri, document, _KEY, Span(start, start + len(exact)), exact, prefix, "。", confidence)


def statement(number: int, **told: object) -> Statement:
    plan = f"{BASE}plan/海州政发-2024-7"
    said = Statement(f"{BASE}statement/{number:032x}", plan, "hasTask", f"{plan}/task/建好+渔港", "stated", "tasks.headed")
    return said._replace(**told)  # type: ignore[arg-type]


ODD = [
    passage(3, '修"港"\\扩\n容 100%s {0} %(a)s'),
    passage(90, "<渔港>", prefix="\ue000 \ue001 \t"),
    passage(120, "认出的一行", confidence=0.5),
]
SAID = [
    statement(1, passages=(ODD[0],)),
    statement(2, passages=(ODD[0], ODD[1])),
    statement(3, passages=(ODD[1], ODD[2]), rule="tasks.listed"),
    statement(8, passages=(ODD[0],), wording='会"同%s'),
    statement(4, basis="inferred", rule="infer.domain_named_in_action", premises=(Premise(f"{BASE}statement/{1:032x}"),)),
    statement(5, basis="curated", rule="overlay.a", source=Source("通知", "https://example.org/a b", "2024-03", "draft"), note="100%"),
    statement(6, relation="dcterms:issued", object="", value="2024-03-05", basis="curated", source=Source("通知", "urn:x", "2024", "")),
    statement(7, object="https://example.org/别处/%s", passages=(ODD[0],)),
]


def test_what_a_form_gives_is_what_the_writer_lays_out() -> None:
    records = GraphRecords(assemble(read_sources([SEED]))[0])
    laid, filled = (Shortener(folder_prefixes(BASE)) for _ in range(2))
    forms = folder_forms(BASE, filled)
    graph = f"{BASE}graph/a%b"

    def quads(item: Statement | Passage) -> str:
        return b"".join(part_quads(graph, [item])).decode()

    def quads_of(blocks: tuple[Block, ...]) -> str:
        return "".join(quad_lines(blocks, graph))

    listed = [*SAID, *said_by(records)]
    for said in listed:
        assert forms.statement(said) == format_blocks((statement_block(said),), laid)
        assert quads(said) == quads_of((statement_block(said),))
    for quoted in (*ODD, *records.passages()):
        assert forms.passage(quoted) == format_blocks(passage_blocks(quoted), laid)
        assert quads(quoted) == quads_of(passage_blocks(quoted))
    assert filled.used == laid.used
    assert len(forms.laid) < len(listed) / 5


def test_names_are_short_under_the_longest_prefix_whatever_stands_before_them() -> None:
    names = Shortener({"a": "http://e.org/", "b": "http://e.org/x/", "c": "http://e.org/x#"})
    wanted = {
        "http://e.org/x/y": "b:y", "http://e.org/x/y/z+1": "b:y\\/z\\+1", "http://e.org/x/-y": "a:x\\/-y", "http://e.org/x#y": "c:y",
        "http://e.org/x/y/": "b:y\\/", "http://e.org/x/": "a:x\\/", "http://e.org/x/y.": "<http://e.org/x/y.>", "urn:x": "<urn:x>",
        "http://e.org/q#y": "<http://e.org/q#y>", "http://e.org/a b": "<http://e.org/a%20b>", "http://e.org/": "<http://e.org/>",
        "http://e.org/-q/y": "<http://e.org/-q/y>", "http://e.org/x/y/.z": "b:y\\/.z",
    }  # fmt: skip
    for _ in range(2):
        assert {iri: names[iri] for iri in wanted} == wanted


def test_shapes_find_what_is_wrong_with_every_statement_of_a_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_rule(said: Statement) -> Block:
        block = statement_block(said)
        return Block(block.subject, tuple(one for one in block.properties if not one[0].endswith("#rule")))

    (tmp_path / "other.md").write_text("# 海州市渔港建设行动计划\n\n（一）建设渔港\n由市农业农村局牵头。\n", encoding="utf-8")
    monkeypatch.setattr(forms_module, "statement_block", without_rule)
    turtle._form.cache_clear()
    found = build([SEED, tmp_path / "other.md"], tmp_path / "out").findings
    assert found
    assert {one.check for one in found} == {"shapes"}
    turtle._form.cache_clear()


def test_what_is_long_stands_in_a_file_and_is_found_by_its_place(tmp_path: Path) -> None:
    one, other = Spool(tmp_path), Spool(tmp_path)
    rows: Rows = {"text": [("a", 1, b"short"), ("b", 2, b"long" * 1000)], "told": [(b"",), (b"x" * 5000,)]}
    placed = [one.spooled(rows), other.spooled(rows), one.spooled(rows)]
    assert len(list(tmp_path.iterdir())) == 2
    for found in placed:
        assert found["text"][0] == rows["text"][0]
        assert all(not isinstance(cell, bytes) or len(cell) < 500 for table in found.values() for row in table for cell in row)
        for table, listed in rows.items():
            assert [other.read(row[-1]) for row in found[table]] == [row[-1] for row in listed]  # type: ignore[arg-type]
    one.close()
    other.close()
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(OutputError):
        Spool(tmp_path).read(placed[0]["text"][1][-1])  # type: ignore[arg-type]
