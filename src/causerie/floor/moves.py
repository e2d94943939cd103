"""Each move of the queue, decided on how it stands: events, or a refusal."""

from collections.abc import Collection, Sequence

from causerie.floor import events as happened
from causerie.floor.errors import NotWaiting, OrderTooLong, ShortlistFull
from causerie.floor.events import Event, Listed
from causerie.floor.order import Entry, Key
from causerie.floor.state import Floor

LONGEST_LIST = 50
MOST_PLACED = 200


def shortlist(floor: Floor, waiting: Sequence[Entry], key: Key, *, on: bool) -> list[Event]:
    """Put something at the end of the shortlist, or take it off; doing so twice is doing it once."""
    wanted = _listed(waiting, key) if on else None
    still = _still(floor, waiting)
    if on == any(listed.key == key for listed in still):
        return []
    return _set(floor, [*still, wanted] if wanted else [listed for listed in still if listed.key != key])


def move(floor: Floor, waiting: Sequence[Entry], key: Key, *, before: Key | None) -> list[Event]:
    """Put something on the shortlist before another of it, or at its end; the host's own order."""
    if key == before:
        return []
    moved = _listed(waiting, key)
    rest = [listed for listed in _still(floor, waiting) if listed.key != key]
    keys = [listed.key for listed in rest]
    if before is not None and before not in keys:
        raise NotWaiting
    place = keys.index(before) if before is not None else len(rest)
    return _set(floor, [*rest[:place], moved, *rest[place:]])


def place(floor: Floor, queue: Sequence[Entry], key: Key, *, before: Key | None) -> list[Event]:
    """Put something before another of the line, or at its end; it is off the shortlist by this."""
    if key == before:
        return []
    moved, off = _listed(queue, key), shortlist(floor, queue, key, on=False)
    line = [Listed(entry.key, entry.since) for entry in queue if entry.shortlisted is None and entry.key != key]
    keys = [listed.key for listed in line]
    if before is not None and before not in keys:
        raise NotWaiting
    to = keys.index(before) if before is not None else len(line)
    line.insert(to, moved)
    known = max((n for n, listed in enumerate(line) if listed in floor.placed), default=0)
    return [*off, *_ordered(floor, line[: max(to, known) + 1])]


def as_it_stands(floor: Floor, queue: Sequence[Entry]) -> list[Event]:
    """Where hosts begin to order the line by hand, it is as it was before."""
    line = [Listed(entry.key, entry.since) for entry in queue if entry.shortlisted is None]
    return _ordered(floor, line[:MOST_PLACED])


def _ordered(floor: Floor, line: Sequence[Listed]) -> list[Event]:
    if len(line) > MOST_PLACED:
        raise OrderTooLong
    return [happened.OrderedByHand(tuple(line))] if tuple(line) != floor.placed else []


def _set(floor: Floor, listed: Collection[Listed]) -> list[Event]:
    if len(listed) > LONGEST_LIST:
        raise ShortlistFull
    return [happened.ShortlistSet(tuple(listed))] if tuple(listed) != floor.shortlist else []


def _listed(waiting: Sequence[Entry], key: Key) -> Listed:
    found = next((entry for entry in waiting if entry.key == key), None)
    if found is None:
        raise NotWaiting
    return Listed(key, found.since)


def _still(floor: Floor, waiting: Sequence[Entry]) -> list[Listed]:
    """What is on the shortlist and still waits."""
    there = {Listed(entry.key, entry.since) for entry in waiting}
    return [listed for listed in floor.shortlist if listed in there]
