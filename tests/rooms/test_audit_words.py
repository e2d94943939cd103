"""Everything that is written into the audit log can be said in words, in every language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from causerie.copies.state import Visibility
from causerie.groups.state import Role
from causerie.i18n import GAP, LANGUAGES, t
from causerie.rooms.audit_words import OTHERWISE, SAID, said
from causerie.rooms.audited import Line, told
from causerie.rooms.events import WhyHost

SOURCES = Path(__file__).parents[2] / "src" / "causerie"
VERB = re.compile(r"[a-z_]+\.[a-z_]+")
# What stands at the end of a verb that is put together, by how it begins.
ENDS = {
    "host.": get_args(WhyHost),
    "copy.": get_args(Visibility),
    "copy.out_": ("granted", "refused"),
    "group.make_": tuple(role for role in get_args(Role) if role != "owner"),
}


def verbs_in(tree: ast.Module) -> Iterator[str]:
    """Every verb that a module writes, straight or through a function or name of its own."""
    said_here = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_audit(node)]
    for call in said_here:
        verb = call.args[0]
        if isinstance(verb, ast.JoinedStr):
            begins = "".join(part.value for part in verb.values if isinstance(part, ast.Constant))
            yield from (begins + end for end in ENDS[begins])
        elif isinstance(verb, ast.Name):  # what it may be stands elsewhere in the module
            yield from (text for text in _texts(tree) if VERB.fullmatch(text) and text.split(".")[0] in OWN)
        else:
            yield from _texts(verb)


OWN = {verb.split(".")[0] for verb in SAID}


def _is_audit(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "audit" and bool(call.args)


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def written() -> set[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES.rglob("*.py"))
    return {verb for tree in trees for verb in verbs_in(tree)}


NO_VERBS = {"question.moderate"}
"""A right, in a module that is given its verbs by name."""


def test_every_verb_that_is_written_has_its_words_and_no_other_has():
    assert written() - NO_VERBS == set(SAID)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_said_in_every_language_with_the_same_gaps(language: str):
    for sentence in (*SAID.values(), OTHERWISE):
        there = t(language, sentence)
        assert sorted(GAP.findall(there)) == sorted(GAP.findall(sentence)), (language, sentence)
        assert language == "en" or sentence == OTHERWISE or there != sentence, (language, sentence)


def test_it_is_told_with_the_names_people_and_rooms_have_now():
    line = Line("1", 0, "room.ban", "01A", "Ada", "sparrows", "Sparrows", None, "01B", "Ben", None)

    assert told(line, "en") == "Ada banned Ben from “Sparrows”"
    assert told(line, "fr") == "Ada a banni Ben de “Sparrows”"


def test_who_has_gone_and_verbs_of_old_are_told_too():
    line = Line("1", 0, "room.sing", "01A", None, None, None, None, None, None, None)

    assert told(line, "en") == "Somebody who has gone: room.sing"
    assert said("room.sing") == OTHERWISE
