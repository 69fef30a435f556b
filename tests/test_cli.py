"""The command line explains itself, starts quickly because it imports late, and keeps its exit codes."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.places import ROOT, Run
from yangfan.cli.main import cli, verbs


def command_of(verb: str) -> click.Command:
    command = cli.get_command(click.Context(cli), verb)
    assert command is not None
    return command


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    command = command_of(verb)
    assert command.help
    assert f"yangfan {verb}" in command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{verb} {parameter.name} has no help"


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_in_a_document(verb: str) -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CHANGELOG.md")]
    assert any(re.search(rf"\b{verb}\b", text) for text in texts)


def test_help_lists_every_verb(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    for verb in verbs():
        assert f"  {verb} " in done.stdout


def test_help_imports_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys; sys.argv = ['build.py', '--help']\n"
        "from yangfan.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'networkx', 'rdflib', 'pyvis', 'pyoxigraph', 'yaml', 'rich', 'starlette', 'jinja2'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, timeout=60)


def test_a_build_does_not_import_the_notebook_library_behind_pyvis() -> None:
    code = (
        "import sys, tempfile; from pathlib import Path\n"
        "from yangfan.pipeline import build\n"
        "build([Path('corpus/5g-yangfan-2021.md')], Path(tempfile.mkdtemp()))\n"
        "assert 'pyvis' in sys.modules\n"
        "assert 'IPython' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, timeout=60)


def test_an_unknown_verb_or_option_is_wrong_usage(run: Run) -> None:
    for arguments in (("dance",), ("build", "--loud"), ("export", "mp3")):
        done = run(*arguments)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


def test_an_export_to_standard_output_is_the_file(run: Run, seed_exports: Path) -> None:
    done = run("export", "turtle", "--data", seed_exports)
    assert done.returncode == 0
    assert done.stdout == (seed_exports / "graph.ttl").read_text(encoding="utf-8")


def test_an_export_says_what_it_wrote(run: Run, seed_exports: Path, tmp_path: Path) -> None:
    for form, name, told in (("graphml", "plan.graphml", ""), ("nquads", "quads", ": part-00000.nq.gz")):
        result = run("export", form, str(tmp_path / name), "--data", str(seed_exports))
        assert result.stderr == f"{tmp_path / name} written{told}\n"
        assert result.stdout == ""


@pytest.mark.parametrize("form", ["evidence", "trig", "jsonld", "graphml", "gexf", "nodes", "edges"])
def test_every_format_comes_back_from_the_exports_as_it_was_built(
    run: Run, seed_exports: Path, tmp_path: Path, form: str
) -> None:
    from yangfan.formats.registry import FORMATS

    target = tmp_path / "written"
    assert run("export", form, target, "--data", seed_exports).returncode == 0
    assert target.read_bytes() == (seed_exports / FORMATS[form][0]).read_bytes()


def examples(verb: str) -> list[str]:
    text = command_of(verb).help or ""
    return [line.strip() for line in text.splitlines() if line.strip().startswith("yangfan ")]


def test_examples_parse() -> None:
    for verb in verbs():
        for example in examples(verb):
            words = shlex.split(example.split(" > ")[0].split(" | ")[0])
            assert words[:2] == ["yangfan", verb]
            command = command_of(verb)
            command.make_context(verb, words[2:], resilient_parsing=False).close()


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["querry"], "No such verb 'querry'. Did you mean 'query'?"),
        (["corpus/5g-yangfan-2021.md"], "Did you mean 'build corpus/5g-yangfan-2021.md'?"),
        (["export", "turtl"], "Did you mean 'turtle'?"),
        (["query", "ASK {}", "--format", "jsn"], "Did you mean 'json' or 'jsonld'?"),
        (["query", "--name", "indicator-and-targets"], "nearest: indicators-and-targets"),
        (["show", "智慧医疗", "--formt", "json"], "Did you mean '--format'?"),
    ],
)
def test_a_mistyped_word_is_answered_with_what_it_looks_like(run: Run, arguments: list[str], meant: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert meant in done.stderr
    assert done.stdout == ""


def test_a_word_that_looks_like_no_verb_gets_no_guess(run: Run) -> None:
    done = run("xyzzy")
    assert done.returncode == 2
    assert done.stderr.rstrip().endswith("No such verb 'xyzzy'.")
