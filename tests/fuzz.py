"""Mutated copies of real documents: whatever a file has become, a build ends with 0 or 2, and what it wrote passes its own check.

`python -m tests.fuzz [--each N] [--seed S] [FOLDER]...` takes the documents of some folders (by default those of `tests/documents` and,
where it is at hand, the corpus of real ones), changes each by chance in N ways a format, and builds every copy in a process of its own.
A fault is a traceback, an exit code other than 0 or 2, a finding of the check, more than a GiB of memory, or more than twenty times the
processor time of the unchanged document (and more than five seconds of it). Each is printed with the seed that makes it again.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.places import ROOT
from yangfan.readers import apart

CORPUS = Path(os.environ.get("YANGFAN_CORPUS") or ROOT.parent / "shared" / "corpus")
SUFFIXES = (".md", ".html", ".txt", ".docx", ".pdf")
MEMORY = 1 << 30
"""How many bytes of memory one build may take."""
SLOWER, SECONDS = 20, 5.0
"""How many times the time of the unchanged document a build may take, and how many seconds it may take in any case."""
_HARD_STOP = 300
_HARD_MEMORY = 4 << 30
"""What no build may ask for at all, so that a fault of the program does not take the machine that looks for it."""
_TEXTS = (".md", ".html", ".txt", ".xml")
_NASTY = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"<" * 64, b"</td>", b"<table>" * 9, b"&#xD800;", b"&#0;", b"\r", b"\x1b[31m",
    "《".encode(), "》".encode(), "（".encode(), "”".encode(), "一、".encode(), "（一）".encode(), b"1.", "\u202e".encode(),
    "到2025年达到1".encode() * 40, ("9" * 400).encode(), "亿万".encode() * 30, "年".encode(), "\ufffd".encode(), b"colspan=99999",
    b" rowspan=\"9999999999\" ", b"---\n", b"1:59:61\n", b"0x" + b"f" * 64, b"|" * 200, b"#" * 40, b"- " * 90, b">" * 300,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One mutated copy: the document that it comes from and the number that, with the seed, makes it again."""

    document: Path
    number: int


@dataclass(frozen=True, slots=True)
class Result:
    """How a build ended: its exit code, what is wrong with that (empty for nothing), seconds of the processor, bytes of memory at most."""

    code: int
    fault: str
    seconds: float
    memory: int


def mutated(data: bytes, suffix: str, chance: random.Random) -> bytes:
    """Change a document by chance; of a Word file one of its parts, so that the archive stays one (but for one time in eight).

    Of characters that a change has cut the rest is left out (but for one time in eight): a text of broken UTF-8 is refused and tries nothing else.
    """
    spared = chance.random() > 1 / 8
    if suffix == ".docx" and spared:
        return _mutated_part(data, chance)
    whole = suffix in _TEXTS and spared and _is_utf8(data)
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        data = chance.choice(_MUTATIONS)(data, chance)
    return data.decode("utf-8", "ignore").encode() if whole else data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mutated_part(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    chosen = chance.choice([name for name, _ in parts if name.endswith((".xml", ".rels"))])
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, mutated(content, ".xml", chance) if name == chosen else content)
    return written.getvalue()


def _place(data: bytes, chance: random.Random) -> int:
    return chance.randrange(len(data) + 1)


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[at + chance.choice([1, 2, 3, 30, 300, 3000]) :]


def _end(data: bytes, chance: random.Random) -> bytes:
    return data[: _place(data, chance)]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    stretch = data[at : at + chance.choice([3, 30, 300, 3000])]
    return data[:at] + stretch * chance.choice([2, 3, 20]) + data[at:]


def _move(data: bytes, chance: random.Random) -> bytes:
    at, to = _place(data, chance), _place(data, chance)
    stretch = data[at : at + 300]
    rest = data[:at] + data[at + 300 :]
    return rest[:to] + stretch + rest[to:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.choice(_NASTY) + data[at:]


def _joined(data: bytes, chance: random.Random) -> bytes:
    return data.replace(b"\n", b"", chance.choice([1, 5, 100000]))


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip,
    _cut,
    _end,
    _repeat,
    _move,
    _insert,
    _insert,
    _joined,
)


def documents(folders: list[Path]) -> dict[str, list[Path]]:
    """Give the documents of some folders by the ending of their names; those of more than 600 kB are left out."""
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SUFFIXES and path.is_file() and path.stat().st_size < 600_000:
                found.setdefault(path.suffix, []).append(path)
    return found


def build_one(path: Path, out: Path) -> tuple[int, str]:
    """Build a document in this process and give the exit code that the command line would end with, and what is wrong with it."""
    from yangfan.core.errors import YangfanError
    from yangfan.pipeline import build

    try:
        built = build([path], out)
    except YangfanError as error:
        return 2, "" if "\n" not in str(error) else f"more than one line: {error}"
    if built.findings:
        return 1, f"its own check complains: {built.findings[0].check}: {built.findings[0].message}"
    return 0, ""


def _child(path: Path, out: Path, channel: multiprocessing.connection.Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_HARD_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    try:
        code, fault = build_one(path, out)
    except BaseException:
        code, fault = 70, traceback.format_exc()
    # The process apart that reads PDF, Word and OFD files counts too, once it has been waited for.
    apart._reader.close()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds, memory = sum(one.ru_utime + one.ru_stime for one in used), max(one.ru_maxrss for one in used) * 1024
    channel.send(Result(code, fault, seconds, memory))


def run(path: Path, limit: float) -> Result:
    """Build a document in a process of its own and judge how that ended; `limit` is how many seconds it may take."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        process = context.Process(target=_child, args=(path, Path(folder) / "out", there))
        process.start()
        there.close()
        try:
            result: Result = (
                here.recv() if here.poll(_HARD_STOP) else Result(70, f"not done after {_HARD_STOP} s", _HARD_STOP, 0)
            )
        except EOFError:
            process.join()
            result = Result(70, f"ended by itself with exit code {process.exitcode}", 0.0, 0)
        if process.is_alive():
            process.kill()
        process.join()
    if not result.fault and result.memory > MEMORY:
        return Result(result.code, f"took {result.memory >> 20} MiB", result.seconds, result.memory)
    if not result.fault and result.seconds > limit:
        return Result(result.code, f"took {result.seconds:.1f} s, {limit:.1f} allowed", result.seconds, result.memory)
    return result


def warm(path: Path) -> None:
    """Build a document in this process, so that no case pays for imports and for compiled patterns again.

    The processes of the cases are forked from this one; nothing that a build uses leaves a thread behind.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        build_one(path, Path(folder) / "out")
    apart._reader.close()


def cases(paths: list[Path], each: int) -> Iterator[Case]:
    """Give so many cases, the documents in turn."""
    for number in range(each):
        yield Case(paths[number % len(paths)], number)


def fuzz(paths: list[Path], each: int, seed: int, tell: Callable[[Case, Result], None]) -> list[Result]:
    """Run some cases of one format; `tell` hears of each. Whoever interrupts it gets what was done until then."""
    usual: dict[Path, float] = {}
    results: list[Result] = []
    with contextlib.suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for case in cases(paths, each):
            suffix = case.document.suffix
            if case.document not in usual:
                usual[case.document] = run(case.document, _HARD_STOP).seconds
            path = Path(folder) / f"case{suffix}"
            path.write_bytes(
                mutated(case.document.read_bytes(), suffix, random.Random(f"{seed}:{case.document.name}:{case.number}"))
            )
            result = run(path, max(SECONDS, SLOWER * usual[case.document]))
            if result.fault:
                shutil.copy(path, Path(tempfile.gettempdir()) / f"fuzz-{seed}-{case.number}{suffix}")
            tell(case, result)
            results.append(result)
    return results


def main() -> None:
    """Fuzz each format and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "tests" / "documents", CORPUS])
    parser.add_argument("--each", type=int, default=1000, help="cases a format")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=[suffix[1:] for suffix in SUFFIXES], help="one format alone")
    options = parser.parse_args()
    # A shell lets what runs in its background ignore this.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    def tell(case: Case, result: Result) -> None:
        if result.fault:
            print(f"{case.document.name}, case {case.number}: {result.fault.strip()}", flush=True)

    faults = 0
    for suffix, paths in documents([folder for folder in options.folders if folder.is_dir()]).items():
        if options.format and suffix != f".{options.format}":
            continue
        warm(paths[0])
        results = fuzz(paths, options.each, options.seed, tell)
        if not results:
            continue
        bad = sum(1 for result in results if result.fault)
        codes = Counter(result.code for result in results)
        memory, seconds = max(result.memory for result in results), max(result.seconds for result in results)
        print(
            f"{suffix}: {len(results)} cases, exit codes {dict(sorted(codes.items()))}, {bad} faults, {memory >> 20} MiB, {seconds:.1f} s at most"
        )
        faults += bad
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
