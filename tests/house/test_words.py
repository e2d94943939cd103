"""What the house calls things: no drawers, no dead links, no command that is not there, one code for one refusal."""

import ast
import re
import shlex
import statistics
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from causerie.cli import app
from causerie.demo.talk import AUDIENCE, STAGE
from tests.house.papers import LINK, ROOT, papers

DRAWERS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "tools"}
# Longer than a glance, each for a reason: a table written as a function.
GLANCE = 50
CODE = re.compile(r"`([^`\n]+)`|^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def kept() -> list[Path]:
    """Every file of the repository."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).exists()]


def commands_told() -> Iterator[str]:
    """What the papers tell people to type, a line each."""
    for paper in papers():
        for span, block in CODE.findall(paper.read_text(encoding="utf-8")):
            yield from (line.strip() for line in (span or block).splitlines())


def test_nothing_is_a_drawer():
    names = {part.lower() for path in kept() for part in (*path.relative_to(ROOT).parent.parts, path.stem)}

    assert names & DRAWERS == set()


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_leads_somewhere(paper):
    dead = []
    for target in LINK.findall(paper.read_text(encoding="utf-8")):
        place, _, anchor = target.partition("#")
        if "://" in target:
            continue
        path = (paper.parent / place).resolve() if place else paper
        if not path.exists() or (anchor and anchor not in anchors(path)):
            dead.append(target)

    assert dead == []


def anchors(page: Path) -> set[str]:
    """The headings of a page, as links name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_recipe_that_is_told_is_there():
    recipes = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = {word for line in commands_told() for word in re.findall(r"(?:^|&& |: )make ([a-z]+)", line)}

    assert told >= {"run", "test", "check", "install"}
    assert told - recipes == set()


def test_every_command_that_is_told_is_there():
    root = typer.main.get_command(app)
    told = [words for line in commands_told() for words in re.findall(r"(?:^|bin/)causerie ([a-z].*)", line)]
    missing = [words for words in told if not _there(root, shlex.split(words, comments=True))]

    assert len(told) > 8
    assert missing == []


def _there(group: Any, words: list[str]) -> bool:
    """Whether a line begins with a command of ours, and its options are that command's."""
    commands = getattr(group, "commands", None)
    if commands is not None:
        return bool(words) and words[0] in commands and _there(commands[words[0]], words[1:])
    options = {option for parameter in group.params for option in (*parameter.opts, *parameter.secondary_opts)}
    return all(word in options for word in words if word.startswith("--"))


def test_nobody_of_the_demo_room_stands_in_for_a_new_account():
    bots = {name for name, _, _ in STAGE} | set(AUDIENCE)
    told = {name for line in commands_told() for name in re.findall(r'user (?:add|link|let) "([^"]+)"', line)}

    assert told
    assert told & bots == set()


def test_what_people_are_told_to_press_stands_on_the_screen():
    screens = (path for kind in ("svelte", "ts") for path in (ROOT / "frontend" / "src").rglob(f"*.{kind}"))
    shown = {
        word for screen in screens for word in re.findall(r'\bt\(\s*"([^"]+)"', screen.read_text(encoding="utf-8"))
    }
    pages = (page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "using").glob("*.md"))
    # What is bold and ends a sentence leads into a paragraph; everything else bold is a button.
    told = {word for page in pages for word in re.findall(r"\*\*([^*]+)\*\*", page) if word[-1] not in ".?"}

    assert told
    assert told - shown == set()


# ---- functions ----


def functions() -> Iterator[tuple[str, int]]:
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield f"{path.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def test_functions_fit_into_a_glance():
    lengths = dict(functions())
    long = {name: lines for name, lines in lengths.items() if lines > GLANCE}

    assert statistics.median(lengths.values()) < 10
    assert long == {}


# ---- refusals ----

NAMED = re.compile(r"""code, text = ["']([\w.]+)["'], ["'](.+?)["']$|code = ["']([\w.]+)["']$""", re.MULTILINE)
SAID = re.compile(r"""(?:code=|["']code["']: |\): \()["']([\w.]+)["']""")

SENTENCE = re.compile(r"""["']([a-z]+(?:\.[a-z_]+)?)["'],(?: "text":| text=)? ?["']([A-Z][^"']*[.?])["']""")


def codes() -> list[str]:
    """Every code that a class of ours is refused by."""
    sources = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py"))]
    return [first or second for source in sources for first, _, second in NAMED.findall(source)]


def test_one_code_is_one_refusal():
    assert [code for code, times in Counter(codes()).items() if times > 1] == []


def test_one_code_says_one_sentence():
    sources = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py"))]
    page = (ROOT / "docs/building/protocol.md").read_text(encoding="utf-8").partition("## Refusals")[2]
    said = {pair for source in sources for pair in SENTENCE.findall(source)}
    told = set(re.findall(r"^\| `([\w.]+)` \| ([^*]+?) \|$", page, re.MULTILINE))
    core = (ROOT / "crates/sfu/src/change.rs").read_text(encoding="utf-8")
    codes = dict(re.findall(r'Self::(\w+) => "([a-z]+\.[a-z_]+)"', core))
    said |= {(codes[name], text) for name, text in re.findall(r'Self::(\w+) => "([A-Z].+)",', core)}

    assert len(codes) > 5
    assert [code for code, times in Counter(code for code, _ in said | told).items() if times > 1] == []


def test_the_protocol_tells_every_code():
    page = (ROOT / "docs/building/protocol.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([\w.]+)` \|", page.partition("## Refusals")[2], re.MULTILINE))
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    core = (ROOT / "crates/sfu/src/change.rs").read_text(encoding="utf-8")
    used = {*codes(), *(code for source in sources for code in SAID.findall(source))}
    used |= set(re.findall(r'=> "([a-z]+\.[a-z_]+)"', core))

    assert told - used == set()
    assert used - told == {"refused"}  # the root of all refusals, which nobody raises
