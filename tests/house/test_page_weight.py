"""The first page stays light: what a browser must fetch of script before it shows home, or a room."""

import gzip
import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "src/causerie/_web"
MOST = 60_000
IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


def needed_first(page: str) -> set[Path]:
    """The scripts of index.html and of a page's part, and what they import in turn; what is loaded when used is not
    among them."""
    shell = (WEB / "index.html").read_text(encoding="utf-8")
    part = json.loads((WEB / "built.json").read_text(encoding="utf-8"))[page]["file"]
    waiting = {WEB / path for path in [*re.findall(r'(?:src|href)="/(assets/[\w.-]+\.js)"', shell), part]}
    found: set[Path] = set()
    while waiting:
        script = waiting.pop()
        found.add(script)
        text = script.read_text(encoding="utf-8")
        waiting |= {script.with_name(name) for name in IMPORTED.findall(text)} - found
    return found


@pytest.mark.parametrize("page", ["src/home/HomePage.svelte", "src/room/RoomPage.svelte"])
def test_the_first_page_loads_at_most_60_kb_of_script(page: str) -> None:
    scripts = needed_first(page)
    weight = sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts)
    assert len(scripts) == 3, "the shell's, the page's, and its door"
    assert weight <= MOST, sorted(script.name for script in scripts)
