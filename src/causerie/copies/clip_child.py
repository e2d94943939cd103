"""The process in which a clip is made: `python -m causerie.copies.clip_child PLAN.json FOLDER`.

It speaks like the one that makes a copy (`copies/child.py`); the plan is a clip's (`copies/clip_plan.py`).
"""

import sys
from pathlib import Path

from causerie.copies.child import answered
from causerie.copies.clip_making import made
from causerie.copies.clip_plan import read


def main(arguments: list[str]) -> int:
    """Make the clip that a plan describes."""
    plan, folder = map(Path, arguments)
    return answered(lambda told: made(read(plan.read_bytes()), folder.absolute(), told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
