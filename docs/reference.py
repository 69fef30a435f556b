"""A hook of MkDocs that writes the reference pages from what they are about: ontology, rules, questions, commands.

They are made anew with every build of the documentation and stand in no commit, so that they cannot be stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pyoxigraph as ox
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from yangfan.cli.main import cli, verbs
from yangfan.cli.speech import choose_language, speaking
from yangfan.core.labels import inverse_words
from yangfan.core.language import say, term
from yangfan.core.namespaces import ONTOLOGY, PREFIXES, YF
from yangfan.core.rules import Rule, all_rules
from yangfan.core.schema import load_schema
from yangfan.query.library import load_library

WORDS = {
    "ontology": ("类与关系", "Classes and relations"), "rules": ("规则", "Rules"), "questions": ("查询库", "Questions"),
    "commands": ("命令", "Commands"), "classes": ("类", "Classes"), "relations": ("关系", "Relations"), "attributes": ("属性", "Attributes"),
    "scope": ("IRI 的范围", "scope of its IRI"), "kind of": ("属于", "a kind of"), "backwards": ("反过来读", "read backwards"),
    "states": ("给出", "states"), "takes": ("认", "takes"), "leaves": ("不认", "leaves"), "parts": ("供其他规则使用", "used by other rules"),
    "parameters": ("参数", "parameters"),
}  # fmt: skip
INTRODUCTIONS = {
    "ontology": (
        "由 `ontology/yangfan.ttl` 生成。每条关系都有陈述为证；属性是节点自身的值。",
        "Made from `ontology/yangfan.ttl`. Every relation has statements that prove it; an attribute is a value of the node itself.",
    ),
    "rules": (
        "由 `ontology/rules/` 生成。名称就是陈述里 `yf:rule` 的值；每个例子都是一项测试：箭头后面是规则给出的结果，没有结果的是规则必须放过的。",
        "Made from `ontology/rules/`. A name is the value of `yf:rule` in statements. Every example is a test: behind the arrow stands what "
        "the rule gives; what gives nothing must be left alone.",
    ),
    "questions": (
        "由 `ontology/queries/` 生成。`yangfan query --name 名称` 运行一个查询，`g.query(\"名称\")` 在 Python 里运行。",
        'Made from `ontology/queries/`. `yangfan query --name NAME` runs a question, `g.query("NAME")` does in Python.',
    ),
    "commands": ("由程序自己的帮助生成。", "Made from the program's own help."),
}


def _definitions() -> dict[str, dict[str, str]]:
    """Give the definitions of the ontology's terms by local name and language."""
    found: dict[str, dict[str, str]] = {}
    for triple in ox.parse(path=str(ONTOLOGY / "yangfan.ttl"), format=ox.RdfFormat.TURTLE):
        said = triple.object
        if isinstance(triple.subject, ox.NamedNode) and triple.predicate.value == PREFIXES["skos"] + "definition" and isinstance(said, ox.Literal):
            found.setdefault(triple.subject.value.removeprefix(YF), {})[said.language or ""] = said.value
    return found


def _word(name: str, language: str) -> str:
    return term(*WORDS[name], language)


def ontology_page(language: str) -> Iterator[str]:
    """Write classes, relations and attributes with their labels, definitions and ends."""
    schema, definitions = load_schema(), _definitions()
    yield f"## {_word('classes', language)}\n"
    for cls in schema.classes.values():
        above = "、".join(f"`{name}`" for name in sorted(cls.ancestors))
        yield f"### `{cls.name}` {term(cls.zh, cls.en, language)}\n\n{definitions.get(cls.name, {}).get(language, '')}\n"
        yield f"{_word('scope', language)}: {cls.scope}" + (f"; {_word('kind of', language)} {above}" if above else "") + "\n"
    yield f"## {_word('relations', language)}\n"
    for relation in schema.relations.values():
        ends = (", ".join(f"`{name}`" for name in sorted(side)) or "…" for side in (relation.domain, relation.range))
        inverse = inverse_words().get(relation.name)
        yield f"### `{relation.name}` {term(relation.zh, relation.en, language)}\n\n{' → '.join(ends)}\n"
        yield definitions.get(relation.name, {}).get(language, "") + "\n"
        if inverse:
            yield f"{_word('backwards', language)}: {term(*inverse, language)}\n"
    yield f"## {_word('attributes', language)}\n"
    for iri in schema.datatypes:
        name = iri.removeprefix(YF)
        yield f"- `{name}`: {definitions.get(name, {}).get(language, '')}"
    yield ""


def _rule(rule: Rule, language: str) -> Iterator[str]:
    yield f"### `{rule.name}`\n\n{term(rule.zh, rule.en, language)}\n"
    states = ", ".join(f"`{name}`" for name in rule.states)
    yield f"{_word('states', language)}: {states}\n" if states else f"*{_word('parts', language)}*\n"
    for example in rule.examples:
        text = example.text.replace("`", "'")
        yield f"- {_word('takes', language)}: `{text}` → `{example.gives}`" if example.gives else f"- {_word('leaves', language)}: `{text}`"
    yield ""


def rules_page(language: str) -> Iterator[str]:
    """Write every rule with what it is, what it states, and the examples that it takes and leaves."""
    subject = ""
    for rule in all_rules():
        if rule.name.partition(".")[0] != subject:
            subject = rule.name.partition(".")[0]
            yield f"## {subject}\n"
        yield from _rule(rule, language)


def questions_page(language: str) -> Iterator[str]:
    """Write every question of the library with its title, description, parameters and text."""
    for query in load_library().values():
        yield f"## `{query.name}`\n\n**{term(query.title_zh, query.title_en, language)}**\n"
        yield term(query.description_zh, query.description_en, language) + "\n"
        for given in query.parameters:
            yield f"- {_word('parameters', language)}: `{given.name}` {term(given.zh, given.en, language)} ({given.type})" + (
                f" = `{given.default}`" if given.default else ""
            )
        body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#")).strip()
        yield f"\n```sparql\n{body}\n```\n"


def commands_page(language: str) -> Iterator[str]:
    """Write the help of the program and of every verb."""
    choose_language(["--lang", language])
    context = click.Context(speaking(cli), info_name="yangfan", max_content_width=100, terminal_width=100)
    for verb in ("", *verbs()):
        command = cli.get_command(context, verb) if verb else cli
        assert command is not None
        inner = command.context_class(command, info_name=verb, parent=context, max_content_width=100) if verb else context
        yield f"## `yangfan{' ' if verb else ''}{verb}`\n"
        if verb:
            yield say(verbs()[verb]) + "\n"
        yield f"```text\n{command.get_help(inner)}\n```\n"


PAGES: dict[str, Callable[[str], Iterator[str]]] = {
    "ontology": ontology_page, "rules": rules_page, "questions": questions_page, "commands": commands_page,
}  # fmt: skip


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, and the picture that the READMEs show as well."""
    language = str(config.theme.locale)[:2]
    for name, page in PAGES.items():
        head = f"# {_word(name, language)}\n\n{term(*INTRODUCTIONS[name], language)}\n"
        files.append(File.generated(config, f"{name}.md", content="\n".join([head, *page(language)])))
    files.append(File.generated(config, "page.png", abs_src_path=str(Path(__file__).parent / "page.png")))
    return files


def on_page_markdown(markdown: str, page: object, config: MkDocsConfig, files: Files) -> str:
    """Lead from each page to the same page in the other language."""
    url = getattr(page, "file").dest_uri  # noqa: B009
    chinese = str(config.theme.locale).startswith("zh")
    target, label = (f"../{url}", "English") if chinese else (f"zh/{url}", "中文")
    return f'<p style="text-align:right"><a href="{target}">{label}</a></p>\n\n{markdown}'
