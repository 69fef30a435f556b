"""Other tools' extractions: what holds is let be, and every fault that is put in is seen."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.places import ROOT, Run
from yangfan.core.errors import ReadError
from yangfan.core.schema import load_schema
from yangfan.core.vocabulary import load_vocabulary
from yangfan.quality.audit.items import Item
from yangfan.quality.audit.judge import Judgement, Texts, judge
from yangfan.quality.audit.locate import Located
from yangfan.quality.audit.sources import read_items
from yangfan.readers.read import read_file
from yangfan.text.sentences import Sentences

DOCUMENTS = sorted(path for path in (ROOT / "tests" / "documents").glob("*.md"))
TEXT = "到2025年，建成示范区三个。工业和信息化部会同教育部推进智慧教育。培育企业20家。"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for path in DOCUMENTS:
        (folder / f"{path.stem}.txt").write_bytes(read_file(path).text.encode("utf-8"))
    (folder / "short.txt").write_bytes(TEXT.encode("utf-8"))
    return folder


@pytest.fixture(scope="module")
def clean(folder: Path) -> list[Item]:
    """A thousand items as a careful tool would write them: a sentence at its place, two of its words joined by a relation."""
    chance = random.Random(1)
    relations = sorted(load_schema().relations)
    items: list[Item] = []
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in sorted(folder.glob("*.txt"))}
    sentences = [(name, span) for name, text in texts.items() for span in Sentences(text) if span.end - span.start > 16]
    while len(items) < 1000:
        name, (start, end) = chance.choice(sentences)
        quote = texts[name][start:end]
        first, second = sorted(chance.sample(range(0, len(quote) - 4, 4), 2))
        subject, object_ = quote[first : first + 4], quote[second : second + 4]
        if subject.strip() and object_.strip() and subject != object_:
            items.append(Item(f"line {len(items)}", quote, name, start, end, "", subject, chance.choice(relations), object_))
    return items


def judged(items: list[Item], folder: Path) -> list[Judgement]:
    return list(judge(items, Texts.of_folder(folder), load_schema(), load_vocabulary()))


def test_no_alarm_on_a_thousand_clean_items(clean: list[Item], folder: Path) -> None:
    assert [one.faults for one in judged(clean, folder) if not one.holds] == []


def shifted(item: Item, chance: random.Random) -> Item:
    by = chance.choice([-3, -2, -1, 1, 2, 3])
    return replace(item, start=max(0, item.start + by) if item.start + by > 0 else item.start + 4, end=item.end + by)


def altered(item: Item, chance: random.Random) -> Item:
    at = chance.randrange(1, len(item.quote) - 1)
    change = chance.choice(["", "龘", item.quote[at] + "龘"])
    return replace(item, quote=item.quote[:at] + change + item.quote[at + 1 :])


def invented(item: Item, chance: random.Random) -> Item:
    return replace(item, quote="".join(chance.choice("龘靐齉爩鱻麤") for _ in item.quote))


def wrong_ends(item: Item, chance: random.Random) -> Item:
    return replace(item, subject="靐齉之物") if chance.random() < 0.5 else replace(item, object="靐齉之物")


def wrong_relation(item: Item, chance: random.Random) -> Item:
    return replace(item, relation=chance.choice(["", "promises", "hasTasks", "rdfs:label"]))


@pytest.mark.parametrize(
    ("fault", "verdicts"),
    [
        (shifted, {"elsewhere"}),
        (altered, {"altered"}),
        (invented, {"nowhere"}),
        (wrong_ends, {"verbatim"}),
        (wrong_relation, {"verbatim"}),
    ],
)
def test_every_fault_that_is_put_in_is_seen(
    fault: Callable[[Item, random.Random], Item], verdicts: set[str], clean: list[Item], folder: Path
) -> None:
    """Two hundred of each of five kinds: a thousand faults in all."""
    chance = random.Random(2)
    faulty = [fault(item, chance) for item in clean[:200]]
    found = judged(faulty, folder)
    assert [one.item for one in found if one.holds] == []
    assert {one.found.verdict for one in found} == verdicts


def test_an_altered_quote_is_shown_as_the_text_has_it() -> None:
    found = Located(TEXT).find("到2025年建成示范区五个")
    assert found.verdict == "altered"
    assert TEXT[found.span.start : found.span.end].startswith("到2025年，建成示范区")


def test_an_alias_of_a_body_names_it(folder: Path) -> None:
    quote = "工业和信息化部会同教育部推进智慧教育。"
    start = TEXT.index(quote)
    item = Item("line 1", quote, "short", start, start + len(quote), "", "工信部", "hasTask", "智慧教育", "Organization")
    (one,) = judged([item], folder)
    assert not any("name" in fault for fault in one.faults)


def test_a_relation_that_cannot_join_these_classes_is_a_fault(folder: Path) -> None:
    quote = "工业和信息化部会同教育部推进智慧教育。"
    item = Item("line 1", quote, "short", -1, -1, "", "智慧教育", "issuedBy", "教育部", "Industry", "Organization")
    (one,) = judged([item], folder)
    assert one.faults == ("issuedBy does not go from Industry to Organization",)


def test_langextract_lines_are_read_and_judged(folder: Path, tmp_path: Path) -> None:
    at = TEXT.index("智慧教育")
    line = {
        "document_id": "short",
        "extractions": [
            {"extraction_class": "Industry", "extraction_text": "智慧教育", "char_interval": {"start_pos": at, "end_pos": at + 4}},
            {"extraction_class": "Industry", "extraction_text": "智慧医疗", "char_interval": None},
            {"extraction_class": "Dragon", "extraction_text": "示范区", "char_interval": {"start_pos": 0, "end_pos": 3}},
        ],
    }
    path = tmp_path / "found.jsonl"
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    good, missing, moved = judged(read_items(path), folder)
    assert good.holds
    assert missing.found.verdict == "nowhere"
    assert moved.found.verdict == "elsewhere"
    assert "no class Dragon in the ontology" in moved.faults


def test_docling_graphs_anchors_are_read_within_their_chunk(folder: Path, tmp_path: Path) -> None:
    chunk = "建成示范区三个。工业和信息化部会同教育部"
    node = {"node_type": "Organization", "ids": {"name": "教育部"}}
    ledger = {
        "version": 1,
        "document": {"source": "/somewhere/short.pdf"},
        "chunks": {"0": {"chunk_id": 0, "text": chunk}},
        "nodes": {
            "right": {**node, "anchors": [{"chunk_id": 0, "kind": "verbatim", "span": [17, 20]}]},
            "moved": {**node, "anchors": [{"chunk_id": 0, "kind": "verbatim", "span": [0, 3]}]},
            "absent": {**node, "ids": {"name": "财政部"}, "anchors": [{"chunk_id": 0, "kind": "observed", "span": None}]},
        },
    }
    path = tmp_path / "provenance.json"
    path.write_text(json.dumps(ledger, ensure_ascii=False), encoding="utf-8")
    assert [(one.found.verdict, one.holds) for one in judged(read_items(path), folder)] == [
        ("verbatim", True),
        ("elsewhere", False),
        ("nowhere", False),
    ]


def test_graphrags_relationships_are_held_against_the_units_that_they_name(folder: Path, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    units = [{"id": "u1", "text": "工业和信息化部会同教育部推进智慧教育。"}, {"id": "u2", "text": "工业和信息化部会同财政部推进智慧教育。"}]
    edges = [
        {"source": "教育部", "target": "智慧教育", "text_unit_ids": ["u1"]},
        {"source": "财政部", "target": "智慧教育", "text_unit_ids": ["u2"]},
        {"source": "商务部", "target": "智慧教育", "text_unit_ids": ["u1"]},
    ]
    parquet.write_table(pyarrow.Table.from_pylist(units), tmp_path / "text_units.parquet")
    parquet.write_table(pyarrow.Table.from_pylist(edges), tmp_path / "relationships.parquet")
    first, second, third = judged(read_items(tmp_path / "relationships.parquet"), folder)
    assert (first.found.verdict, first.faults) == ("verbatim", ("has no relation",))
    assert second.found.verdict == "altered"
    assert "its quote does not name the subject 商务部" in third.faults


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jsonl", "{}\nnot json\n", "a.jsonl:2: no valid JSON"),
        ("a.jsonl", "[1]\n", "a.jsonl:1: no JSON object"),
        ("a.csv", "subject,object\n1,2\n", "a.csv:1: no column `quote`"),
        ("a.xyz", "", "no form that is known"),
        ("provenance.json", "[" * 100_000, "no valid JSON"),
        ("relationships.parquet", "PAR1", "text_units.parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(name: str, content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        read_items(path)
    assert message in str(caught.value)


def test_the_verb_lists_what_does_not_hold_and_exits_with_one(folder: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "relations.csv"
    path.write_text(
        "subject,relation,object,quote,document\n"
        "教育部,hasTask,智慧教育,工业和信息化部会同教育部推进智慧教育。,short\n"
        "教育部,hasTask,智慧医疗,工业和信息化部会同教育部推进智慧教育。,short\n",
        encoding="utf-8",
    )
    done = run("audit", path, "--text", folder)
    assert done.returncode == 1
    assert "line 3: its quote does not name the object 智慧医疗" in done.stdout
    assert "line 2" not in done.stdout
    assert "1 of 2 items hold; quotes: 2 verbatim" in done.stdout
    everything = json.loads(run("audit", path, "--text", folder, "--format", "json", "--all").stdout)
    assert [item["holds"] for item in everything["items"]] == ["true", "false"]
    missing = run("audit", tmp_path / "gone.csv", "--text", folder)
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.count("\n") == 1


def test_what_steers_a_terminal_is_spelt_out_and_an_item_is_one_line(folder: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "items.csv"
    rows = ("subject,relation,object,quote,document", '甲\x1b[2J,concerns,乙,"到2025年，\n\x1b]0;x\x07建成",short', "=1+1,concerns,乙,=1+1,short")
    path.write_text("\n".join(rows), encoding="utf-8")
    done = run("audit", path, "--text", folder)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
    assert [line.partition(":")[0] for line in done.stdout.splitlines()[:2]] == ["line 3", "line 4"]
    assert "甲\\x1b[2J" in done.stdout
    table = run("audit", path, "--text", folder, "--format", "csv").stdout
    assert ",=1+1" not in table
