"""The command line in the language of its user: click's own words, the help of verbs and options, and how Chinese is laid out."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module

import click

from ..core.language import LANGUAGES, language_of, say, speak, spoken
from .columns import pad, width, wrap

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")
_INDENT, _GAP, _FIRST = 2, 2, 30


def choose_language(arguments: Sequence[str]) -> None:
    """Choose the language before anything is said: by `--lang` wherever it stands, else by the locale."""
    language = language_of(os.environ)
    for place, word in enumerate(arguments):
        if word == "--":
            break
        given = arguments[place + 1] if word == "--lang" and place + 1 < len(arguments) else word.removeprefix("--lang=")
        if word.startswith("--lang") and given in LANGUAGES:
            language = given
    speak(language)
    if language == "zh":
        _teach_click()


def _teach_click() -> None:
    """Let click take its words from our table: it asks gettext, whose catalogues are compiled files found by the locale."""

    def plural(one: str, many: str, count: int) -> str:
        return say(one if count == 1 else many)

    teach: dict[str, Callable[..., str]] = {"_": say, "ngettext": plural}
    for name in _MODULES:
        module = import_module(f"click.{name}")
        for word, answer in teach.items():
            if hasattr(module, word):
                setattr(module, word, answer)


def language_option() -> click.Option:
    """Give the option `--lang`; what it says has been heeded before the command line is parsed."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help="Language of help, messages and tables (the locale's unless given)."
    )


def _paragraph(text: str) -> str:
    if not text.startswith("\b"):
        return say(" ".join(text.split()))
    head, *rest = text.split("\n")[1:]
    return "\n".join(["\b", say(head.strip()), *rest])


def translated_help(text: str) -> str:
    """Give a command's help in the language of this process, paragraph by paragraph; examples stay as they are typed."""
    return "\n\n".join(_paragraph(part) for part in inspect.cleandoc(text).split("\n\n"))


def speaking(command: click.Command) -> click.Command:
    """Give a command the option `--lang`, and its help in the language of this process."""
    if any(parameter.name == "lang" for parameter in command.params):
        return command
    command.context_class = Context
    command.params.append(language_option())
    command.context_settings.setdefault("help_option_names", ["-h", "--help"])
    if spoken() == "zh":
        command.help = translated_help(command.help or "")
        command.epilog = say(" ".join(command.epilog.split())) if command.epilog else None
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                parameter.help = say(parameter.help)
    return command


class Formatter(click.HelpFormatter):
    """Lays out help whose words may be Chinese: lines break by columns and not by spaces."""

    def write_text(self, text: str) -> None:
        """Write paragraphs; one that begins with a backspace is written as it stands, as click does."""
        for number, part in enumerate(text.split("\n\n")):
            if number:
                self.write("\n")
            lines = part.split("\n")[1:] if part.startswith("\b") else wrap(part, self.width - self.current_indent)
            for line in lines:
                self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_paragraph(self) -> None:
        """Leave a line between paragraphs."""
        if self.buffer:
            self.write("\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _FIRST, col_spacing: int = _GAP) -> None:
        """Write a list of words and what they mean, in two columns."""
        rows = list(rows)
        first = min(max((width(word) for word, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for word, meaning in rows:
            lines = wrap(meaning, max(self.width - first - self.current_indent, 10)) or [""]
            if width(word) > first - col_spacing:
                self.write(f"{indent}{word}\n")
            else:
                self.write(f"{indent}{pad(word, first)}{lines.pop(0)}\n")
            for line in lines:
                self.write(f"{indent}{'':>{first}}{line}\n")


class Context(click.Context):
    """A context whose help is laid out for the language of this process."""

    def make_formatter(self) -> click.HelpFormatter:
        """Give click's formatter for English, ours for Chinese."""
        if spoken() != "zh":
            return super().make_formatter()
        return Formatter(width=self.terminal_width, max_width=self.max_content_width)

