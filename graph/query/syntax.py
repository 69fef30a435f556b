"""What a SPARQL text says before it is run: its form, its keywords, its parameters, and where it is wrong.

The engine parses; this module only cuts a query into the tokens of the grammar (SPARQL 1.1 Query, 19.8), enough to
refuse what a read-only service must not run and to put the values of parameters in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from ..core.errors import QueryError

_TOKEN = re.compile(
    r"""
    (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<comment>\#[^\n\r]*)
  | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
              | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:\w(?:[\w.·-]*[\w·-])?)
  | (?P<name>(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?:(?:[\w:.·-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<mark>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_WHERE = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
# What the engine says beside lists of what its grammar would take next.
_TELLING = {
    "Prefix not found": "no such prefix",
    "IRI parsing failed": "not an absolute IRI",
    "variable that is unbound": "SELECT names a variable that has no value here",
}
_GAP = " " * 40
_LOOSE = frozenset("{}();")

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])


class Token(NamedTuple):
    """A token of a query: its kind, its text and its offset."""

    kind: str
    text: str
    start: int


class SparqlError(QueryError):
    """A SPARQL text that cannot be parsed: says line, column and the line itself.

    line and column count from 1, in code points; `source` is the line.
    """

    def __init__(self, reason: str, line: int, column: int, source: str, file: str) -> None:
        marked = f"{source[: column - 1]}⟪here⟫{source[column - 1 :]}"
        super().__init__(f"line {line}, column {column}: {reason}: {marked.strip()}", file=file)
        self.reason = reason
        self.line: int = line
        self.column = column
        self.source = source


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into its tokens, comments left out; escaped code points count as what they stand for (19.2)."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind and kind != "comment":
            yield Token(kind, match.group(), match.start())


def unescape(text: str) -> str:
    r"""Replace the code point escapes \\uXXXX and \\UXXXXXXXX, which SPARQL allows anywhere in a query (19.2)."""
    return _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text) if "\\" in text else text


def _after_prologue(listed: list[Token]) -> int:
    place = 0
    while place < len(listed) and listed[place].text.upper() in ("PREFIX", "BASE"):
        place += 3 if listed[place].text.upper() == "PREFIX" else 2
    return place


def query_form(text: str) -> str:
    """Tell a query's form: SELECT, ASK, CONSTRUCT or DESCRIBE; an update's keyword; or the empty string.

    >>> query_form("PREFIX a: <b> # ASK\\nselect * {}"), query_form("DROP ALL"), query_form("")
    ('SELECT', 'DROP', '')
    """
    listed = list(tokens(unescape(text)))
    place = _after_prologue(listed)
    word = listed[place].text.upper() if place < len(listed) else ""
    return word if word in FORMS or word in UPDATES else ""


def is_distinct(text: str) -> bool:
    """Tell whether a query asks for each row once, at its head and not in a part of it.

    >>> is_distinct("PREFIX a: <b> SELECT DISTINCT ?s { ?s ?p ?o }"), is_distinct("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")
    (True, False)
    """
    listed = list(tokens(unescape(text)))
    head = listed[_after_prologue(listed) :][:2]
    return [token.text.upper() for token in head] == ["SELECT", "DISTINCT"]


def keywords(text: str) -> frozenset[str]:
    """Give the bare words of a query in capitals: keywords and functions, never part of an IRI, name or string.

    >>> sorted(keywords("ASK { SERVICE <http://load/> { ?from ex:graph 'GRAPH' } }"))
    ['ASK', 'SERVICE']
    """
    return frozenset(token.text.upper() for token in tokens(unescape(text)) if token.kind == "word")


def variables(text: str) -> frozenset[str]:
    """Give the names of the variables that a query mentions."""
    return frozenset(token.text[1:] for token in tokens(text) if token.kind == "variable")


def bind(text: str, values: Mapping[str, str]) -> str:
    """Bind variables to terms by a VALUES block at the head of the query's WHERE clause.

    values give each variable's term as SPARQL writes it (``<iri>`` or a literal). Raises `QueryError` for a variable
    that the query does not mention and for a query without a WHERE clause to bind in.
    """
    if not values:
        return text
    known = variables(text)
    for name in values:
        if name not in known:
            others = ", ".join(sorted(known)) or "none"
            raise QueryError(f"--set {name}: the query has no variable ?{name}; its variables: {others}")
    block = " ".join(f"VALUES ?{name} {{ {term} }}" for name, term in values.items())
    listed = list(tokens(text))
    place = _after_prologue(listed)
    form = listed[place].text.upper() if place < len(listed) else ""
    opened = [token for token in listed[place:] if token.text == "{" and token.kind == "mark"]
    if form == "DESCRIBE" and not opened:
        return f"{text} WHERE {{ {block} }}"
    if form == "CONSTRUCT" and listed[place + 1].text != "{":
        raise QueryError("--set needs a CONSTRUCT with a template: CONSTRUCT { … } WHERE { … }")
    if form == "CONSTRUCT":
        opened = opened[_closing(listed[place:]) :]
    if not opened:
        return text
    at = opened[0].start + 1
    return f"{text[:at]}\n  {block}{text[at:]}" if text[at : at + 1] == "\n" else f"{text[:at]} {block} {text[at:]}"


def from_clauses(text: str, prefixes: Mapping[str, str], base: str) -> tuple[list[str], list[str]]:
    """Give the IRIs of a query's FROM and FROM NAMED clauses (SPARQL 1.1 Query, 13.2).

    >>> from_clauses("PREFIX g: <http://x/> ASK FROM g:a FROM NAMED <b> { ?s ?p 'FROM' }", {}, "http://y/")
    (['http://x/a'], ['http://y/b'])
    """
    listed = list(tokens(unescape(text)))
    known = dict(prefixes)
    default: list[str] = []
    named: list[str] = []
    for place, token in enumerate(listed):
        word = token.text.upper() if token.kind == "word" else ""
        after = listed[place + 1 : place + 3]
        if word == "BASE" and after:
            base = urljoin(base, after[0].text[1:-1])
        elif word == "PREFIX" and len(after) == 2:
            known[after[0].text[:-1]] = urljoin(base, after[1].text[1:-1])
        elif word == "FROM" and after:
            target = after[-1] if after[0].text.upper() == "NAMED" else after[0]
            prefix, _, local = target.text.partition(":")
            iri = (
                urljoin(base, target.text[1:-1])
                if target.kind == "iri"
                else known.get(prefix, "") + local.replace("\\", "")
            )
            (named if target is not after[0] else default).append(iri)
    return default, named


def _closing(listed: list[Token]) -> int:
    """Count the braces that the first block opens, itself included."""
    depth = opened = 0
    for token in listed:
        if token.kind == "mark" and token.text in "{}":
            depth += 1 if token.text == "{" else -1
            opened += token.text == "{"
            if depth == 0 and opened:
                break
    return opened


def _spread(text: str) -> tuple[str, list[tuple[int, Token]]]:
    """Lay the tokens of a query out on one line with wide gaps; give it and where each token then stands.

    The engine reports a keyword that it tried in vain behind as many characters as the keyword has: only with gaps
    wider than any keyword does its place tell the token at which it stopped.
    """
    parts: list[str] = []
    places: list[tuple[int, Token]] = []
    length = end = 0
    before = ""
    for token in tokens(text):
        if places and (token.start > end or token.text in _LOOSE or before in _LOOSE):
            parts.append(_GAP)
            length += len(_GAP)
        places.append((length, token))
        parts.append(token.text)
        length += len(token.text)
        end, before = token.start + len(token.text), token.text
    return "".join(parts) + _GAP, places


def _offset(text: str, line: int, column: int) -> int:
    """Turn a line and column, both from 1, into an offset."""
    return sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1


def explain(error: SyntaxError, text: str, parse: Callable[[str], object], file: str = "query") -> QueryError:
    """Turn the engine's syntax error about `text` into one that says what stands where it stopped.

    parse runs the engine's parser and raises its `SyntaxError`.
    """
    if not text.strip():
        return QueryError("the query is empty", file=file)
    spread, places = _spread(text)
    try:
        parse(spread)
    except SyntaxError as again:
        error = again
    match = _WHERE.match(str(error))
    if not match or not places:
        return QueryError(str(error), file=file)
    reached = _offset(spread, int(match[1]), int(match[2]))
    last, token = places[bisect_right(places, reached, key=lambda place: place[0]) - 1]
    telling = next((reason for words, reason in _TELLING.items() if words in match[3]), "")
    at = token.start
    if not telling and token is places[-1][1] and reached >= last + len(token.text):
        telling, at = "the query ends too early", token.start + len(token.text)
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return SparqlError(telling or f"unexpected {token.text[:40]}", line, column, text.split("\n")[line - 1], file)
