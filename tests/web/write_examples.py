"""Writes the examples of the API's description anew: `python -m tests.web.write_examples`."""

import asyncio
import hashlib
import json
import re
import tempfile
from pathlib import Path

from causerie.web.described import EXAMPLES
from tests.web.example_stories import told_now

ID = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{26}\b")
SECRET = re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{22,64}(?![\w-])")


def steady(text: str) -> str:
    """The same in every run: whatever is drawn by lot is numbered in the order in which it comes."""
    seen = dict[str, str]()

    def other(found: re.Match[str]) -> str:
        drawn = hashlib.sha512(str(len(seen)).encode()).hexdigest()
        return seen.setdefault(found[0], (drawn.upper() if found.re is ID else drawn)[: len(found[0])])

    return SECRET.sub(other, ID.sub(other, text))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        told = asyncio.run(told_now(Path(folder)))
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).replace(folder, "/var/lib/causerie")
    EXAMPLES.write_text(steady(text) + "\n", encoding="utf-8")
