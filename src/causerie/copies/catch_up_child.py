"""Where an answer is made for who came later: `python -m causerie.copies.catch_up_child PLAN.json FOLDER`.

The process speaks like the one that makes a copy (`copies/child.py`), and its plan is one of those: the evening from
where the question came on air to where it was answered.
"""

import sys
from pathlib import Path

from causerie.copies.catch_up_making import made
from causerie.copies.child import answered
from causerie.copies.plan import read


def main(arguments: list[str]) -> int:
    """Make the answer that a plan describes."""
    plan, folder = map(Path, arguments)
    return answered(lambda told: made(read(plan.read_bytes()), folder.absolute(), told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
