"""Pinyin for search: the table reads characters as a dictionary does, and labels are found as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from yangfan.core.errors import VocabularyError
from yangfan.text.pinyin import load_readings, pinyin_forms, readings_of


def test_a_label_is_typed_in_full_or_by_initials() -> None:
    assert pinyin_forms("智慧医疗") == ("zhihuiyiliao", "zhyl")
    assert "5gyingyong" in pinyin_forms("5G 应用")


def test_polyphones_have_every_reading_but_forms_stay_few() -> None:
    assert {"hangye", "xingye", "hy", "xy"} <= set(pinyin_forms("行业"))
    assert len(pinyin_forms("重行长乐数还" * 5)) <= 16


def test_characters_without_a_reading_stand_as_they_are() -> None:
    assert pinyin_forms("α智") == ("αzhi", "αz")
    assert readings_of(["α"]) == {}


def test_the_table_covers_gb2312_and_agrees_with_a_dictionary() -> None:
    pypinyin = pytest.importorskip("pypinyin")
    readings = load_readings()
    assert len(readings) == 6763
    for character in list(readings)[::13]:
        given = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True)[0]
        known = {reading.replace("ü", "v") for reading in given}
        assert set(readings[character]) <= known


def test_a_broken_table_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "pinyin.tsv"
    path.write_text("syllable\tusual\talso\n智\tzhi\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"pinyin\.tsv:2"):
        load_readings(path)
    with pytest.raises(VocabularyError, match="cannot read"):
        load_readings(tmp_path / "missing.tsv")
