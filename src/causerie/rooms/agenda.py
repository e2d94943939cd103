"""What hosts mean to speak of: the lines of a plan. Each can be put on air as a topic."""

from collections.abc import Iterable

from causerie.rooms.errors import AgendaLines
from causerie.texts import one_line, seen

LINES = 20
LONGEST = 100


def agenda(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines as they are kept, in their order and none twice; or `AgendaLines`."""
    said = list(lines)
    kept = tuple(dict.fromkeys(map(one_line, said)))
    if len(kept) > LINES or any(seen(line) != line for line in said):
        raise AgendaLines
    if not all(1 <= len(line) <= LONGEST for line in kept):
        raise AgendaLines
    return kept
