"""No sentence that the server says to people is outside the PO files, and no translation is in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.papers import ROOT
from tests.house.test_locales import entries

SOURCES = ROOT / "src" / "causerie"
FOR_OPERATORS = (
    *("cli", "config.py", "figures.py", "demo", "live/reference.py", "live/typescript.py", "__main__.py"),
    "media/reach.py",
)
"""What is read at a terminal or in the log by who runs this place, and what bots of the demo room say, is English."""
NOT_SAID = {"log", "logger", "console", "warnings", "typer", "_example"}
FAULTS = {
    "ValueError",
    "TypeError",
    "RuntimeError",
    "AssertionError",
    "KeyError",
    "OSError",
    "SystemExit",
    "LookupError",
}
"""Raised for programmers: nobody is shown what they say."""

DESCRIBES = {"description", "help", "summary", "class_", "examples", "json_schema_extra"}
"""What says in the API's description, or at a terminal, what something is."""
PROSE = re.compile(r"^(?:(?:[A-Z][a-z’']+|[AI])[ ,:]+[\w’'{}().,:?!-]{2,}|\{\w+\},? [a-z’']{2,}\b)(?:.*)$", re.DOTALL)
"""Begins like a sentence, and has more than one word."""
NAMES = {
    *("Samsung Internet", "Mac OS X"),  # what others call what they made
    "Cover (front)",  # what players call a picture in a sound file
}
CLOSING = {"You were removed from this room.", "You cannot come back to this room."}
"""Why a WebSocket is closed, for whoever looks into it; the page goes by the number and has its own words."""
LATIN_OR_ARABIC = re.compile(r"\w{2}[àâçéèêëîïôùûœ]|[àâçéèêëîïôùûœ]\w{2}|[\u0621-\u064a]{2}", re.IGNORECASE)


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string that reads as if somebody were to hear it."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]  # where a string stands says whether it is said
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and not _is_beside(node):
            parts = (part.value if isinstance(part, ast.Constant) else "{gap}" for part in node.values)
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and not _is_beside(node):
            yield node.lineno, node.value


def _is_beside(node: ast.expr) -> bool:
    """A docstring, a part of a pattern or of markup, an example, something for the log or for programmers."""
    above = getattr(node, "parent", None)
    if isinstance(above, ast.Expr | ast.JoinedStr):
        return True
    while above is not None and not isinstance(above, ast.stmt):
        if isinstance(above, ast.Call) and _name(above.func).split(".")[0] in NOT_SAID | FAULTS | {"re"}:
            return True
        if isinstance(above, ast.keyword) and above.arg in DESCRIBES:
            return True
        above = getattr(above, "parent", None)
    return isinstance(above, ast.Assert)


def _name(function: ast.expr) -> str:
    return ast.unparse(function)


def outside(source: str, said: set[str]) -> list[tuple[int, str]]:
    """What reads as a sentence and stands in no PO file."""
    return [
        (line, one)
        for line, one in sentences(ast.parse(source))
        if PROSE.match(one) and one not in said | NAMES | CLOSING
    ]


def translated(source: str) -> list[tuple[int, str]]:
    return [(line, one) for line, one in sentences(ast.parse(source)) if LATIN_OR_ARABIC.search(one)]


def files() -> list[Path]:
    return [
        path for path in sorted(SOURCES.rglob("*.py")) if not str(path.relative_to(SOURCES)).startswith(FOR_OPERATORS)
    ]


def english() -> set[str]:
    said = entries("en")
    return set(said) | {str(message.id[1]) for message in said.values() if not isinstance(message.id, str)}


def test_what_the_server_says_stands_in_the_po_files():
    said = english()
    found = {str(path.relative_to(SOURCES)): outside(path.read_text(encoding="utf-8"), said) for path in files()}

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_translation_is_in_the_code():
    found = {str(path.relative_to(SOURCES)): translated(path.read_text(encoding="utf-8")) for path in files()}

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        'class Full(Conflict):\n    code, text = "room.full", "This room is quite full."',
        'class Full(Conflict):\n    text = (\n        "This room is "\n        "quite full."\n    )',
        'raise Refusal("This room is quite full.")',
        'Letter(to, "Come to {place}", text)',
        'notice = ("Live: {title}", host)',
        'answer = f"With {host}"',
        'answer = f"{host} is late."',
        'page = {"text": "Something else is wrong."}',
    ],
)
def test_a_sentence_outside_is_found(source: str):
    assert outside(source, set())


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring says what it means."""',
        'log.warning("Mail was not sent.")',
        'raise ValueError("A programmer reads this.")',
        'query = "SELECT id FROM rooms WHERE name = 1"',
        'header = "Content-Type"',
        'assert found, "This cannot be."',
    ],
)
def test_what_nobody_is_told_is_left_alone(source: str):
    assert [one for _, one in outside(source, set()) if not one.startswith("SELECT")] == []
