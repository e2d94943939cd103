"""Makes an answer in no time: a file that says whose it is."""

import sys
from pathlib import Path

from causerie.copies.files import CATCH_UP
from causerie.copies.plan import read


def main(arguments: list[str]) -> int:
    plan, to = read(Path(arguments[0]).read_bytes()), Path(arguments[1]) / CATCH_UP
    to.parent.mkdir(parents=True)
    to.write_text(f"{plan.title} {', '.join(speaker.name for speaker in plan.speakers)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
