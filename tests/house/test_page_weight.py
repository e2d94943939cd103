"""The first page stays light: what a browser must fetch of script before it shows a room."""

import gzip
import re
from pathlib import Path

WEB = Path(__file__).parents[2] / "src/causerie/_web"
MOST = 60_000
IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")


def needed_first() -> set[Path]:
    """The scripts of index.html and what they import in turn; what is loaded when used is not among them."""
    page = (WEB / "index.html").read_text(encoding="utf-8")
    waiting = {WEB / path for path in re.findall(r'(?:src|href)="/(assets/[\w.-]+\.js)"', page)}
    found: set[Path] = set()
    while waiting:
        script = waiting.pop()
        found.add(script)
        text = script.read_text(encoding="utf-8")
        waiting |= {script.with_name(name) for name in IMPORTED.findall(text)} - found
    return found


def test_the_first_page_loads_at_most_60_kb_of_script() -> None:
    scripts = needed_first()
    weight = sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts)
    assert scripts
    assert weight <= MOST, sorted(script.name for script in scripts)
