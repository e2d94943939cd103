"""When a plan begins by the clocks of its zone: what hosts mean stays, whatever becomes of the clocks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from causerie.rooms.errors import RoomZoneUnknown, StartUnreadable, TimeSkipped, TimeTwice

Which = Literal["first", "second"]
WALL = "%Y-%m-%dT%H:%M"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Start:
    """A moment, and how the clocks of its zone show it. `again`: the second of two such times."""

    at: int
    zone: str | None = None
    local: str | None = None
    again: bool = False


def start(
    at: int | None, *, zone: str | None = None, local: str | None = None, which: Which | None = None
) -> Start | None:
    """When a room begins: a moment or a time of a zone's clocks, not both; None where nothing is set.

    Or `RoomZoneUnknown`, `StartUnreadable`, `TimeSkipped`, `TimeTwice`.
    """
    if local is not None:
        if at is not None or zone is None:
            raise StartUnreadable
        return by_clock(local, zone, which)
    return by_moment(at, zone) if at is not None else None


def by_moment(at: int, zone: str | None) -> Start:
    """This moment, as the clocks of the zone show it."""
    if zone is None:
        return Start(at)
    try:
        shown = datetime.fromtimestamp(at / 1000, _clocks(zone))
    except (ValueError, OverflowError, OSError):
        raise StartUnreadable from None
    return Start(at, zone, shown.strftime(WALL), bool(shown.fold))


def by_clock(local: str, zone: str, which: Which | None = None) -> Start:
    """The moment at which the clocks of this zone show it, where that is one; or a refusal that says what to do."""
    clocks, wall = _clocks(zone), _read(local)
    shown = [wall.replace(tzinfo=clocks, fold=fold) for fold in (0, 1)]
    there = [one for one in shown if _wall(one.astimezone(UTC), clocks) == wall]
    if not there:
        raise TimeSkipped(local, _after_gap(wall, clocks).strftime(WALL))
    twice = there[0].utcoffset() != there[-1].utcoffset()
    if twice and which is None:
        raise TimeTwice(local)
    again = twice and which == "second"
    return Start(int(there[-1 if again else 0].timestamp() * 1000), zone, wall.strftime(WALL), again)


def nearest(local: str, zone: str, *, again: bool = False) -> Start:
    """By the clock where it can be; in an hour that is left out, at its end; of two, the first or the one that was."""
    try:
        return by_clock(local, zone, "second" if again else "first")
    except TimeSkipped as skipped:
        return by_clock(skipped.next, zone)


def otherwise(start: Start) -> bool:
    """Whether clocks there go otherwise by now than when it was planned; where none are known any more, nothing is."""
    if start.zone not in zones() or start.zone is None or start.local is None:
        return False
    return nearest(start.local, start.zone, again=start.again).at != start.at


def weeks_later(of: Start, *, after: int) -> Start | None:
    """The same weekday and the same time by its clocks, a week later or as many as it takes to be `after`."""
    if of.zone is None or of.local is None:
        return None
    wall, weeks = _read(of.local), 1 + max(0, after - of.at) // (7 * 24 * 3_600_000)
    later = (nearest((wall + timedelta(weeks=n)).strftime(WALL), of.zone) for n in (weeks, weeks + 1))
    return next(start for start in later if start.at > after)


@cache
def zones() -> frozenset[str]:
    """Every zone there are clocks of."""
    return frozenset(available_timezones())


def _clocks(zone: str) -> ZoneInfo:
    if zone not in zones():
        raise RoomZoneUnknown
    return ZoneInfo(zone)


def _read(local: str) -> datetime:
    try:
        wall = datetime.strptime(local, WALL)
    except ValueError:
        raise StartUnreadable from None
    if not 1970 < wall.year < 9999:  # no calendar goes on beyond that, in any zone
        raise StartUnreadable
    return wall


def _wall(at: datetime, clocks: ZoneInfo) -> datetime:
    return at.astimezone(clocks).replace(tzinfo=None, fold=0)


def _after_gap(wall: datetime, clocks: ZoneInfo) -> datetime:
    """What clocks show first once they were put forward over this time; Samoa once left out a day."""
    at = wall.replace(tzinfo=clocks, fold=1).astimezone(UTC)
    while (shown := _wall(at, clocks)) < wall:
        at += MINUTE
    return shown
