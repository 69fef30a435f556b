"""Bad input gets one clear line, exit code 2, and leaves the previous exports whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.places import SEED, Run

CASES = {
    "missing.md": None,
    "empty.md": b"",
    "blank.txt": b" \n\n\t\n",
    "binary.txt": bytes(range(256)) * 8,
    "unknown.md": b"\xff\xfa\x80\x81 abc \x9f",
    "front.md": "---\ntitle: [open\n---\n正文。\n".encode(),
    "plan.rtf": b"{\\rtf1 }",
}


def one_line(text: str) -> bool:
    return text.endswith("\n") and text.count("\n") == 1


@pytest.mark.parametrize("name", CASES)
def test_a_bad_source_is_one_line_and_exit_code_two(tmp_path: Path, run: Run, name: str) -> None:
    path, out = tmp_path / name, tmp_path / "out"
    if CASES[name] is not None:
        path.write_bytes(CASES[name] or b"")
    out.mkdir()
    (out / "graph.ttl").write_text("# previous\n", encoding="utf-8")
    done = run("build", path, "--out", out)
    assert done.returncode == 2
    assert done.stdout == ""
    assert one_line(done.stderr), done.stderr
    assert name in done.stderr
    assert [p.name for p in out.iterdir()] == ["graph.ttl"]
    assert (out / "graph.ttl").read_text(encoding="utf-8") == "# previous\n"


def test_broken_front_matter_is_told_with_its_line(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "front.md"
    path.write_text("---\ntitle: 甲\nauthor: 'open\n---\n正文。\n", encoding="utf-8")
    done = run("build", path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert f"{path}:" in done.stderr
    assert "broken front matter" in done.stderr


def test_a_folder_without_documents_is_told(tmp_path: Path, run: Run) -> None:
    done = run("build", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "no documents in this folder" in done.stderr
    assert one_line(done.stderr)


def test_a_bad_overlay_is_told_with_its_line(tmp_path: Path, run: Run) -> None:
    overlay = tmp_path / "bad.overlay.yaml"
    overlay.write_text("plan: 工信部联通信〔2021〕77号\nsources:\n  a: {title: x, url: nowhere, date: 2021-01-01, status: draft}\n")
    done = run("build", SEED, "--overlay", overlay, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert f"{overlay}:3: source a: no web address: nowhere" in done.stderr
    assert one_line(done.stderr)


@pytest.mark.skipif(os.name != "posix", reason="needs /dev/null as a file")
def test_an_output_folder_that_cannot_be_written_is_told(run: Run) -> None:
    done = run("build", SEED, "--out", "/dev/null/exports")
    assert done.returncode == 2
    assert "cannot write here" in done.stderr
    assert one_line(done.stderr)


def test_a_failing_check_keeps_the_previous_exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from yangfan import pipeline
    from yangfan.quality.findings import Finding

    pipeline.build([SEED], tmp_path)
    before = (tmp_path / "graph.ttl").read_bytes()
    monkeypatch.setattr(pipeline, "check_records", lambda *_: [Finding("quotes", "made up")])
    built = pipeline.build([SEED.parent / SEED.name], tmp_path, [SEED.with_suffix(".overlay.yaml")])
    assert built.findings
    assert (tmp_path / "graph.ttl").read_bytes() == before
    assert not list(tmp_path.parent.glob(".*.building-*"))


def test_a_document_with_nothing_to_extract_is_a_valid_graph_and_a_warning(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "poem.txt"
    path.write_text("床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n", encoding="utf-8")
    done = run("build", path, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "warning: poem.txt: no plan is named here" in done.stderr
    assert run("check", tmp_path / "out").returncode == 0


def test_one_bad_document_of_several_is_rejected_and_the_rest_built(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a.md").write_bytes(SEED.read_bytes())
    (folder / "b.txt").write_bytes(b"\x00\x01\x02")
    done = run("build", folder, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "rejected: b.txt" in done.stderr
    strict = run("build", folder, "--out", tmp_path / "strict", "--strict")
    assert strict.returncode == 1


def test_texts_of_documents_that_are_gone_go_too(tmp_path: Path, run: Run) -> None:
    poem, out = tmp_path / "poem.txt", tmp_path / "out"
    poem.write_text("床前明月光，疑是地上霜。\n", encoding="utf-8")
    run("build", poem, "--out", out)
    run("build", SEED, "--out", out)
    assert len(list((out / "texts").iterdir())) == 1
