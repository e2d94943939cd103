"""ARCHITECTURE.md and the page on sound name what is there; the storeys are those the import contract checks."""

import re
import tomllib

import pytest

from tests.house.papers import NAMED, ROOT, defines, found

CHECKED = ("ARCHITECTURE.md", "docs/building/protocol.md", "docs/building/sound.md")


def contract() -> list[str]:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers: list[str] = tool["contracts"][0]["layers"]
    return layers


@pytest.mark.parametrize("paper", CHECKED)
def test_every_file_and_function_a_paper_names_is_there(paper):
    missing = []
    for name, word in NAMED.findall((ROOT / paper).read_text(encoding="utf-8")):
        path = found(name)
        if path is None or (word and not defines(path, word)):
            missing.append(f"{name}:{word}" if word else name)

    assert missing == []


def test_the_storeys_are_those_of_the_contract():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = text.partition("## Storeys")[2].split("```")[1]

    assert [re.split(r" {2,}", line)[0] for line in block.strip().splitlines()] == contract()


def test_every_package_has_its_storey():
    house = ROOT / "src" / "causerie"
    there = {path.stem for path in house.glob("*.py")} | {path.parent.name for path in house.glob("*/__init__.py")}

    assert {name for storey in contract() for name in storey.split(" | ")} == there - {"__init__"}
