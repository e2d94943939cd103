"""What a browser should fetch with the page, before its script has asked: words, and this page's own part.

Not its letters: they would take the line from the script, and a page can be read in others until its own are here.
"""

import json
import re
from functools import lru_cache
from pathlib import Path

# By these pages people come in (`frontend/scripts/entered.ts`).
ENTERED = re.compile(r"/|/r/[^/]+")
# The part of the script that shows the pages of an address (`frontend/src/App.svelte`).
PARTS = (
    (re.compile(r"/@[^/]+"), "src/accounts/PersonPage.svelte"),
    (re.compile(r"/g/[^/]+"), "src/groups/GroupPage.svelte"),
    (re.compile(r"/c/[^/]+"), "src/copies/CopyPage.svelte"),
)


def preloads(built: Path, languages: str, path: str) -> str:
    """The links for a browser that prefers these languages, at this address."""
    files = _files(built)
    language = next((code for code in _preferred(languages) if f"../locales/{code}.po" in files), "")
    part = next((part for pattern, part in PARTS if pattern.fullmatch(path)), "")
    found = [files[name] for name in (part, *_words(language, path)) if name in files]
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
def _files(built: Path) -> dict[str, str]:
    """Which file became of which part of the page."""
    told = built / "built.json"
    parts = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    return {name: part["file"] for name, part in parts.items()}
