"""Each check of stage, floor and recordings stands on the page once, with tests that are there (`papers.py`)."""

import re

import pytest

from tests.house.papers import ROOT

PAGE = (ROOT / "docs" / "building" / "checks.md").read_text(encoding="utf-8")
STAGE_AND_FLOOR = [
    "S05",
    "S07",
    "S08",
    "S11",
    "S13",
    "S14",
    "S15",
    "A01",
    "A02",
    "A03",
    "A06",
    "A07",
    "A08",
    "A15",
    "W09",
    "W10",
    "O06",
    "O19",
]
RECORDING = ["R01", "R02", "R03", "R04", "R05", "R07", "R09", "R10", "R11", "R14", "R15", "R16", "O10"]


@pytest.mark.parametrize(("title", "checks"), [("Stage and floor", STAGE_AND_FLOOR), ("Recording", RECORDING)])
def test_every_check_is_shown_by_a_test_or_named_as_missing(title: str, checks: list[str]):
    part = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    shown = re.findall(r"^\| ([A-Z]\d\d) \|.*\| .*`tests/[\w/]+\.py:\w+`.* \|$", part, re.MULTILINE)
    missing = set(re.findall(r"\b([A-Z]\d\d)\b", part.split("Not done yet")[1]))

    assert len(shown) == len(set(shown))
    assert set(shown) | missing == set(checks)
