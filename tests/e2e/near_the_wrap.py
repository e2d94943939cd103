"""The program as it is, but its listeners' numbers begin twenty seconds before they wrap, and its demo room says tones.

TONES is the folder of their files, named as the demo's voices are.
"""

import os
from pathlib import Path
from typing import Any

import causerie.app
import causerie.demo
from causerie._engine import Engine
from causerie.cli import app

FIRST = 65_536 - 1000
TALKS = "demo"


def near(**how: Any) -> Engine:
    engine = Engine(**how)
    engine.number_from(FIRST)
    return engine


if __name__ == "__main__":
    causerie.app.Engine = near  # type: ignore[assignment, misc]  # a function for a class: the program only calls it
    causerie.demo.VOICES = Path(os.environ["TONES"])
    app()
