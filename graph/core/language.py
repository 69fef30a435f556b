"""The language that people are spoken to in: Chinese or English, with English as the key of every message.

The words stand in ``ontology/messages.tsv``, a line a message: English, tab, Chinese, with ``{names}`` for what is filled in. What is
written to files does not hang on the language: a build gives the same bytes everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from .errors import VocabularyError
from .namespaces import ONTOLOGY

LANGUAGES = ("zh", "en")
MESSAGES = ONTOLOGY / "messages.tsv"
_FIELD = re.compile(r"\{\w*\}")
_spoken = "en"


def language_of(environment: Mapping[str, str]) -> str:
    """Tell the language from the environment, as gettext does: LANGUAGE, LC_ALL, LC_MESSAGES, LANG, the first that is set.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}), language_of({})
    ('zh', 'en', 'en')
    """
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    if said.partition(".")[0] in ("", "C", "POSIX"):
        # The plain locale wants no translation, whatever LANGUAGE says (gettext manual, 2.3.3).
        return "en"
    first = environment.get("LANGUAGE", "").partition(":")[0] or said
    return "zh" if first.lower().startswith("zh") else "en"


def speak(language: str) -> None:
    """Choose the language of this process."""
    global _spoken
    _spoken = language


def spoken() -> str:
    """Give the language of this process; English until another is chosen."""
    return _spoken


@cache
def messages() -> dict[str, str]:
    """Read the table: English → Chinese.

    Raises `VocabularyError` for a table that is missing or has a line without both, or one whose fields differ.
    """
    found: dict[str, str] = {}
    try:
        lines = MESSAGES.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"cannot read the messages: {error}", file=MESSAGES.name) from error
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("#"):
            continue
        english, _, chinese = line.partition("\t")
        if not english or not chinese or not set(_FIELD.findall(chinese)) <= set(_FIELD.findall(english)) or english in found:
            raise VocabularyError("a message is English, tab, Chinese with the same fields, and stands here once", file=MESSAGES.name, line=number)
        found[english] = chinese
    return found


def say(message: str, /, **values: object) -> str:
    """Give a message in the language of this process, its fields filled in.

    >>> say("{count} of {total}", count=1, total=2)
    '1 of 2'
    """
    found = messages().get(message, message) if _spoken == "zh" else message
    return found.format(**values) if values else found


def both(message: str, /, **values: object) -> str:
    """Give a message in both languages, Chinese first, for what is written to files and must not hang on a language.

    >>> both("nodes")
    '节点 · nodes'
    """
    zh, en = (text.format(**values) if values else text for text in (messages().get(message, message), message))
    return f"{zh} · {en}" if zh != en else en


def term(zh: str, en: str, language: str = "") -> str:
    """Give a label of the ontology in a language, or in both where none is given; what has no label in it goes by the other.

    >>> term("行业", "Industry"), term("行业", "Industry", "en"), term("行业", "", "en")
    ('行业 Industry', 'Industry', '行业')
    """
    if language:
        return (zh or en) if language == "zh" else (en or zh)
    return f"{zh} {en}" if zh and en and zh != en else zh or en


class _Pattern(NamedTuple):
    english: str
    chinese: str
    literal: str


@cache
def _patterns() -> list[_Pattern]:
    """Give the messages with fields, those with most words of their own first."""
    found = [_Pattern(en, zh, max(_FIELD.split(en), key=len)) for en, zh in messages().items() if _FIELD.search(en)]
    return sorted(found, key=lambda one: -sum(map(len, _FIELD.split(one.english))))


@cache
def _compiled(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    texts = (re.escape(part) if place % 2 == 0 else f"(?P<{part}>.*?)" for place, part in enumerate(parts))
    return re.compile("".join(texts), re.DOTALL)


def _whole(message: str) -> str | None:
    if message in messages():
        return messages()[message]
    for english, said, literal in _patterns():
        if len(literal) > 2 and literal in message and (match := _compiled(english).fullmatch(message)):
            return said.format(**{name: chinese(value) for name, value in match.groupdict().items()})
    return None


def translated(message: str) -> str:
    """Give a message that was made in English, a fault or a warning, in the language of this process.

    Lower rooms say what is wrong where they find it, in English; this finds the message's line by its words, fills the fields with
    what stood there, and leaves the place before it (``file:line:``) as it is. What has no line stays as it is.
    """
    return chinese(message) if _spoken == "zh" else message


def chinese(message: str) -> str:
    """Give a message that was made in English in Chinese, as `translated` does where Chinese is spoken."""
    start = 0
    while True:
        found = _whole(message[start:])
        if found is not None:
            return message[:start] + found
        cut = message.find(": ", start)
        if cut < 0:
            return message
        start = cut + 2
