"""Exports change all at once: whoever stops a build at any point leaves the old ones or the new ones, and the next build clears away."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.documents import write_documents
from tests.places import OVERLAY, ROOT, SEED, Run
from yangfan.core import staging
from yangfan.core.errors import OutputError
from yangfan.core.staging import Staging
from yangfan.pipeline import build

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders change places, and processes are stopped, the POSIX way")
PLAN = """# 云溪市智慧医疗发展行动计划（2024—2026年）

## 一、重点任务

（一）建设远程会诊平台。应用人工智能技术，服务智慧医疗行业。（教育部、财政部负责）

（二）培育应用示范项目。到2026年，示范项目数量达到12个以上。（国家卫生健康委牵头）
"""
OURS = frozenset(["graph.ttl", "graph.gexf", "manifest.json", "texts"])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def write(folder: Path, word: str, *texts: str) -> None:
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for name in ("graph.ttl", "manifest.json", *(f"texts/{text}.txt" for text in texts)):
        (folder / name).write_text(word, encoding="utf-8")


@pytest.fixture(params=["exchange", "move"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of changing a folder: in one step, and file by file where the system cannot."""
    if request.param == "move":
        monkeypatch.setattr(staging, "exchange", lambda left, right: False)
    return str(request.param)


def test_a_folder_that_is_committed_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path, way: str) -> None:
    out = tmp_path / "exports"
    write(out, "old", "a", "b")
    (out / "graph.gexf").write_text("old", encoding="utf-8")
    place = Staging(out, OURS)
    with place as folder:
        write(folder, "new", "b", "c")
        place.commit()
    assert {name: text.decode() for name, text in contents(out).items()} == dict.fromkeys(
        ["graph.ttl", "manifest.json", "texts/b.txt", "texts/c.txt"], "new"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]
    assert out.stat().st_mode & 0o777 == 0o777 & ~staging._umask()


def test_what_somebody_else_keeps_in_the_folder_stays(tmp_path: Path, way: str) -> None:
    out = tmp_path / "exports"
    write(out, "old")
    (out / ".gitignore").write_text("graph.html\n", encoding="utf-8")
    (out / "notes").mkdir()
    (out / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    place = Staging(out, OURS)
    with place as folder:
        write(folder, "new")
        place.commit()
    found = contents(out)
    assert (found[".gitignore"], found["notes/mine.txt"], found["graph.ttl"]) == (b"graph.html\n", b"mine", b"new")


def test_a_folder_that_is_not_committed_leaves_no_trace(tmp_path: Path) -> None:
    with Staging(tmp_path / "exports", OURS) as folder:
        write(folder, "new")
    assert list(tmp_path.iterdir()) == []


def test_the_working_directory_keeps_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    place = Staging(Path(), OURS)
    with place as folder:
        write(folder, "new", "a")
        place.commit()
    assert tmp_path.stat().st_ino == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.ttl", "manifest.json", "texts"]


def test_a_folder_whose_parent_cannot_be_written_to_is_filled_from_within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "exports"
    write(out, "old", "a")
    real = tempfile.mkdtemp

    def refuse(dir: Path, prefix: str) -> str:
        if Path(dir) == tmp_path:
            raise PermissionError(13, "Permission denied")
        return real(dir=dir, prefix=prefix)

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    place = Staging(out, OURS)
    with place as folder:
        assert folder.parent == out
        write(folder, "new", "b")
        place.commit()
    assert set(contents(out).values()) == {b"new"}
    assert set(contents(out)) == {"graph.ttl", "manifest.json", "texts/b.txt"}


def test_what_a_dead_build_left_is_swept_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    out = tmp_path / "exports"
    write(out, "old")
    for dead in (tmp_path / ".exports.building-dead", out / ".building-dead"):
        dead.mkdir()
        (dead / "graph.ttl").write_text("half", encoding="utf-8")
    living = Staging(out, OURS)
    with living as one:
        other = Staging(out, OURS)
        with other as two:
            assert {path.name for path in tmp_path.iterdir()} == {"exports", one.name, two.name}
            assert not list(out.glob(".building-*"))
            write(two, "two")
            other.commit()
        write(one, "one")
        living.commit()
    assert set(contents(out).values()) == {b"one"}
    assert [path.name for path in tmp_path.iterdir()] == ["exports"]


def test_a_move_that_was_stopped_is_finished_by_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "exports"
    write(out, "old", "a")
    real = os.replace

    def stop(source: Any, target: Any) -> None:
        if Path(target).name == "graph.ttl":
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(staging, "exchange", lambda left, right: False)
    monkeypatch.setattr(os, "replace", stop)
    # As if the process were killed: what it would clear away stays.
    monkeypatch.setattr(staging.Staging, "__exit__", lambda self, *_: self._stack.close())
    place = Staging(out, OURS)
    write(place.__enter__(), "new", "b")
    with pytest.raises(KeyboardInterrupt):
        place.commit()
    place.__exit__()
    monkeypatch.undo()
    with Staging(out, OURS):
        assert set(contents(out).values()) == {b"new"}
        assert set(contents(out)) == {"graph.ttl", "manifest.json", "texts/b.txt"}


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write here"), Staging(tmp_path / "file" / "exports", OURS):
        pass


# a real build, stopped


def killed_at(point: int, work: Callable[[], object]) -> bool:
    """Run something in a process of its own that is killed at its n-th touch of the file system; tells whether it came so far."""
    process = os.fork()
    if not process:
        touched = 0

        def count(event: str, _: tuple[object, ...]) -> None:
            nonlocal touched
            if event in ("open", "ctypes.dlsym") or event.startswith(("os.", "shutil.")):
                touched += 1
                if touched == point:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count)
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(process, 0)
    return os.WIFSIGNALED(status)


def test_a_build_killed_at_any_of_fifty_points_leaves_the_old_exports_or_the_new_ones(tmp_path: Path) -> None:
    out, before, after = tmp_path / "exports", tmp_path / "before.md", tmp_path / "after.md"
    before.write_text(PLAN, encoding="utf-8")
    after.write_text(PLAN.replace("12个", "15个"), encoding="utf-8")
    # A second document makes the build one of a folder, which touches more files than one document does.
    other = tmp_path / "other.md"
    other.write_text(PLAN.replace("云溪市智慧医疗", "云溪市智慧教育"), encoding="utf-8")
    build([after, other], out)
    new = contents(out)
    shutil.rmtree(out)

    def again() -> None:
        build([after, other], out)

    def reset() -> dict[str, bytes]:
        if contents(out) != old:
            build([before, other], out)
        return old

    build([before, other], out)
    old = contents(out)
    assert old != new
    high = 1
    while killed_at(high, again):
        high *= 2
        reset()
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if killed_at(middle, again) else (low, middle)
        reset()
    # Forty points over the whole build, and each of the last, where the folders change places: what the build before left is swept
    # first, which takes some touches more.
    points = sorted({max(1, low * step // 40) for step in range(40)} | set(range(max(1, low - 29), low + 60)))
    kills, seen = 0, set()
    for point in points:
        reset()
        killed = killed_at(point, again)
        kills += killed
        found = contents(out)
        assert found in (old, new), f"killed at touch {point}"
        seen.add(found == new)
        if not killed and point > low:
            break
    assert kills >= 50
    assert seen == {False, True}
    build([before, other], out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["after.md", "before.md", "exports", "other.md"]
    assert contents(out) == old


def test_two_builds_at_once_leave_the_exports_of_one_of_them(tmp_path: Path, seed_exports: Path) -> None:
    out = tmp_path / "exports"
    build([SEED], tmp_path / "alone")
    whole = [contents(tmp_path / "alone"), contents(seed_exports)]
    shutil.rmtree(tmp_path / "alone")
    for _ in range(3):
        processes = []
        for overlays in ([], [OVERLAY]):
            process = os.fork()
            if not process:
                try:
                    build([SEED], out, list(overlays))
                finally:
                    os._exit(0)
            processes.append(process)
        for process in processes:
            assert os.waitpid(process, 0)[1] == 0
        assert contents(out) in whole
        assert [path.name for path in tmp_path.iterdir()] == ["exports"]


def workers_of(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        found += [int(child) for child in task.read_text(encoding="ascii").split()]
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks at /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_a_stopped_build_ends_with_its_workers_and_leaves_the_exports(
    tmp_path: Path, seed_exports: Path, run: Run, number: signal.Signals, code: int
) -> None:
    out = tmp_path / "exports"
    shutil.copytree(seed_exports, out)
    write_documents(tmp_path / "in", 40)
    command = [sys.executable, str(ROOT / "build.py"), "build", str(tmp_path / "in"), "--out", str(out), "--workers", "2", "--no-cache"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT)
    while process.poll() is None and not list(tmp_path.glob(".exports.building-*/.work/store.sqlite")):
        time.sleep(0.02)
    workers = workers_of(process.pid)
    assert len(workers) >= 2
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert b"Traceback" not in errors
    if number != signal.SIGKILL:
        assert errors.decode().endswith("yangfan: stopped; the previous exports stand, or the new ones whole\n")
        assert [path.name for path in tmp_path.iterdir()] in (["exports", "in"], ["in", "exports"])
    deadline = time.monotonic() + 60
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, workers))
    assert contents(out) == contents(seed_exports)
    assert run("build", SEED, "--overlay", OVERLAY, "--out", out, "-q").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exports", "in"]


# the manifest


def test_the_manifest_holds_the_hash_of_every_file(seed_exports: Path) -> None:
    manifest = json.loads((seed_exports / "manifest.json").read_text(encoding="utf-8"))
    files = {name: hashlib.sha256(data).hexdigest() for name, data in contents(seed_exports).items() if name != "manifest.json"}
    assert manifest["files"] == files
