"""The command line speaks Chinese or English: every verb, option and message has both, and files do not hang on the language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.messages import dead, in_help, in_source, missing
from tests.places import SEED, Run
from yangfan.cli.columns import width
from yangfan.cli.main import verbs
from yangfan.core import language
from yangfan.core.language import language_of, messages, translated

CHINESE = {"LC_ALL": "zh_CN.UTF-8"}
WORD = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_spoken", "zh")


def test_every_verb_option_and_message_has_chinese() -> None:
    assert len(list(in_source())) > 100
    assert len(list(in_help())) > 60
    assert missing() == [], "give them a line in ontology/messages.tsv (python -m tests.messages lists them)"


def test_no_line_is_left_of_what_nothing_says_any_more() -> None:
    assert dead() == [], "take them out of ontology/messages.tsv"


def test_chinese_messages_are_not_the_english_ones() -> None:
    assert {message for message, chinese in messages().items() if message == chinese} == {"F1"}


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_MESSAGES": "zh_SG", "LANG": "de_DE"}, "zh"),
        ({"LANGUAGE": "zh:en", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"LANGUAGE": "zh", "LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_locale_decides_unless_told_otherwise(environment: dict[str, str], spoken: str) -> None:
    assert language_of(environment) == spoken


def test_the_option_beats_the_locale_and_may_stand_anywhere(run: Run) -> None:
    assert "Usage:" in run("--lang", "en", "show", "--help", **CHINESE).stdout
    assert "用法:" in run("show", "--help", "--lang=zh").stdout
    assert "用法:" in run("show", "--help", **CHINESE).stdout
    refused = run("--lang", "fr", "check")
    assert refused.returncode == 2
    assert "'zh', 'en'" in refused.stderr


@pytest.mark.parametrize("verb", ["", *verbs()])
def test_help_is_chinese_and_fits_a_terminal(verb: str, run: Run) -> None:
    done = run(*([verb] if verb else []), "--help", **CHINESE, COLUMNS="80")
    assert done.returncode == 0
    prose = [line for line in done.stdout.splitlines() if "yangfan" not in line and not line.lstrip().startswith("-")]
    for line in prose:
        assert width(line) <= 80, line
    # What is left of English are names: of formats, variables, columns, programs.
    words = {word for line in prose for word in WORD.findall(line)}
    assert not words & {"the", "and", "with", "that", "Show", "Options", "Examples", "default", "Language"}, words


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "missing.md"), "yangfan: missing.md: 没有这个文件或文件夹\n"),
        (("dance",), "错误：没有命令“dance”。\n"),
        (("querry",), "错误：没有命令“querry”。 是不是 'query'？\n"),
        (("export", "turtl"), "是不是 'turtle'？\n"),
        (("serve", "--port", "99999"), "错误：'--port' 的值有误："),
        (("show",), "错误：缺少参数 'NAME'"),
        (("query", "ASK {"), "yangfan: query: 第 1 行，第 6 列：查询没有写完：ASK {⟪here⟫\n"),
        (("query", "--name", "plan"), "yangfan: 查询库里没有 plan；最接近的："),
        (("show", "不存在的东西"), "yangfan: 没有名为 不存在的东西 的节点"),
    ],
)
def test_faults_are_told_in_chinese_with_their_place(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, **CHINESE)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.usefixtures("in_chinese")
def test_a_message_is_found_by_its_words_and_keeps_place_and_values() -> None:
    assert translated("plan.md:3: source press: bad date 2021-13 (write YYYY-MM-DD or YYYY-MM)") == (
        "plan.md:3: 来源 press：日期 2021-13 有误（应写作 YYYY-MM-DD 或 YYYY-MM）"
    )
    assert translated("out: cannot write here: Permission denied") == "out: 这里写不了：没有权限"
    assert translated("a sentence that nobody wrote") == "a sentence that nobody wrote"
    assert translated("甲: no text in this file") == "甲: 文件里没有文字"


def test_a_build_prints_its_summary_in_chinese_and_writes_the_same_files(run: Run, tmp_path: Path) -> None:
    plain = run("build", SEED, "--out", tmp_path / "en")
    done = run("build", SEED, "--out", tmp_path / "zh", **CHINESE)
    assert re.search(r"^\d+ 个节点，\d+ 条关系（\d+ 原文明示, ", done.stdout)
    assert "declared counts hold" in plain.stdout
    assert re.search(r"\d+ 个数量声明中有 \d+ 个相符", done.stdout)
    files = sorted(path.relative_to(tmp_path / "en") for path in (tmp_path / "en").rglob("*") if path.is_file())
    assert len(files) > 10
    for file in files:
        assert (tmp_path / "zh" / file).read_bytes() == (tmp_path / "en" / file).read_bytes(), file


def test_cards_paths_and_checks_are_told_in_chinese(run: Run, seed_exports: Path) -> None:
    card = run("show", "智慧医疗", "--data", seed_exports, **CHINESE).stdout
    assert card.startswith("智慧医疗 Smart healthcare    行业\n")
    assert "\n出 (2)\n" in card
    assert "所属领域 → 民生服务 Livelihood services  [领域]" in card
    assert "1. 2 条关系\n" in run("path", "智慧医疗", "智慧采矿", "--data", seed_exports, **CHINESE).stdout
    assert "目标值和数量均无误" in run("check", seed_exports, **CHINESE).stdout
    assert run("diff", seed_exports, seed_exports, **CHINESE).stdout.startswith("节点：共有 ")
