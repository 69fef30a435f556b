"""Search in the source texts: words of any length, folded as names are, with their places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangfan.query.search import Texts, indexed, phrase, texts_at

ONE = "一、加快工业互联网建设，推进5G应用。\n\n到2025年，水产养殖 ５Ｇ 覆盖率达到80%。"
TWO = "发展农业機械化\n【互联】网络"


@pytest.fixture(scope="module")
def texts() -> Texts:
    found = Texts()
    found.fill([("one", ONE), ("two", TWO)])
    return found


def places(texts: Texts, words: str) -> set[tuple[str, int, int]]:
    return {(line.key, line.start, line.end) for line in texts.search(words)[0]}


FIRST, SECOND = ("one", 0, ONE.index("\n")), ("one", ONE.index("到"), len(ONE))
THIRD, FOURTH = ("two", 0, TWO.index("\n")), ("two", TWO.index("【"), len(TWO))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("互联", {FIRST, FOURTH}),
        ("联网", {FIRST}),
        ("工业互联网", {FIRST}),
        ("工业 5G", {FIRST}),
        ("5g", {FIRST, SECOND}),
        ("5G应用", {FIRST}),
        ("推进5G", {FIRST}),
        ("水", {SECOND}),
        ("网", {FIRST, FOURTH}),
        ("农业机械化", {THIRD}),
        ("農業机械", {THIRD}),
        ("80%", {SECOND}),
        ("网互", set()),
        ("建设，推进", {FIRST}),
        ("建设推进", set()),
        ("工业农业", set()),
        ("互联 农业", set()),
        ("", set()),
        ("，", set()),
        ('"', set()),
        ("工业\" OR \"农业", set()),
        ("NEAR(a b)", set()),
        ("\ud800", set()),
    ],
)
def test_words_are_found_where_they_stand_side_by_side(texts: Texts, words: str, found: set[tuple[str, int, int]]) -> None:
    assert places(texts, words) == found


def test_the_words_are_marked_in_the_line_as_it_is_written(texts: Texts) -> None:
    (line,), total = texts.search("農業机械")
    assert total == 1
    assert [part for part, sought in line.stretches if sought] == ["农业機械"]
    assert "".join(part for part, _ in line.stretches) == "发展农业機械化"
    (wide,) = (line for line in texts.search("5g")[0] if line.start)
    assert [part for part, sought in wide.stretches if sought] == ["５Ｇ"]


def test_what_is_far_from_the_words_is_left_out() -> None:
    texts = Texts()
    texts.fill([("long", "前" * 300 + "水产" + "后" * 300)])
    (line,), _ = texts.search("水产")
    shown = "".join(part for part, _ in line.stretches)
    assert len(shown) < 100
    assert shown[0] == shown[-1] == "…"


def test_an_index_in_a_file_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "texts"
    assert texts_at(path, [("one", ONE)]).search("互联")[1] == 1
    assert texts_at(path, [("two", TWO)]).search("互联")[1] == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["texts"]


@given(st.text(alphabet="工业互联网aB5,， Ⅳ㎡", min_size=1, max_size=30))
def test_every_two_characters_that_stand_side_by_side_are_found(text: str) -> None:
    texts = Texts()
    texts.fill([("t", text)])
    for pair in (text[place : place + 2] for place in range(len(text) - 1)):
        if all(character in "工业互联网" for character in pair):
            assert texts.search(pair)[1] == 1
            assert all(sought for part, sought in texts.search(text.strip())[0][0].stretches if pair in part)


@given(st.text(max_size=40))
def test_any_text_can_be_sought(text: str) -> None:
    texts = Texts()
    texts.fill([("t", ONE)])
    lines, total = texts.search(text)
    assert len(lines) == total
    assert bool(indexed(text)) == bool(phrase(text))
