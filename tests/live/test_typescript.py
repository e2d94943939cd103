"""The browser's types are those of the live protocol."""

from pathlib import Path

from causerie.live.typescript import document

GENERATED = Path(__file__).parents[2] / "frontend" / "src" / "live" / "protocol.ts"


def test_the_browsers_types_are_current():
    assert GENERATED.read_text(encoding="utf-8") == document(), "make types"
