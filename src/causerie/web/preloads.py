"""What a browser should fetch with the page, before its script has asked: words, and this page's own part.

Not its letters: they would take the line from the script, and a page can be read in others until its own are here.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

# By these pages people come in (`frontend/scripts/entered.ts`).
ENTERED = re.compile(r"/|/r/[^/]+")
# The part of the script that shows the pages of an address (`frontend/src/App.svelte`).
PARTS = (
    (re.compile(r"/"), "src/home/HomePage.svelte"),
    (re.compile(r"/r/[^/]+"), "src/room/RoomPage.svelte"),
    (re.compile(r"/@[^/]+"), "src/accounts/PersonPage.svelte"),
    (re.compile(r"/g/[^/]+"), "src/groups/GroupPage.svelte"),
    (re.compile(r"/c/[^/]+"), "src/copies/CopyPage.svelte"),
)


def preloads(built: Path, languages: str, path: str) -> str:
    """The links for a browser that prefers these languages, at this address."""
    files = _files(built)
    language = next((code for code in _preferred(languages) if f"../locales/{code}.po" in files), "")
    part = next((part for pattern, part in PARTS if pattern.fullmatch(path)), "")
    found = [file for name in (part, *_words(language, path)) for file in files.get(name, ())]
    return "".join(f'<link rel="modulepreload" crossorigin href="/{file}">' for file in found)


def _words(language: str, path: str) -> list[str]:
    """The parts of a language that a page waits for: home and a room have theirs apart, and the rest comes later."""
    if language in ("", "en"):  # what the page is written in: it has no words to fetch
        return []
    first = f"../locales/{language}.po"
    return [first] if ENTERED.fullmatch(path) else [first, f"{first}?rest"]


def _preferred(header: str) -> list[str]:
    """The languages of an Accept-Language header, the dearest first; what they weigh is nearly always their order."""
    return [tag.strip()[:3].split("-")[0].split(";")[0].lower() for tag in header[:200].split(",")]


@lru_cache
def _files(built: Path) -> dict[str, tuple[str, ...]]:
    """Which files became of which part of the page: those it begins with that the shell does not name itself."""
    told, shell = built / "built.json", (built / "index.html").read_text(encoding="utf-8")
    parts = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    files = {name: [parts[one]["file"] for one in _reached(parts, name)] for name in parts}
    return {name: tuple(file for file in these if file not in shell) for name, these in files.items()}


def _reached(parts: dict[str, Any], name: str) -> dict[str, None]:
    """A part, and all that it imports before it runs, in this order."""
    seen: dict[str, None] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop(0)
        if one in parts and one not in seen:
            seen[one] = None
            waiting += parts[one].get("imports", [])
    return seen
