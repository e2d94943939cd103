"""Rooms as entries of people's calendars (RFC 5545).

One that is planned by the clocks of a zone says so, with the rules of that zone, so that it stays at the hour its host
means whatever becomes of them. One that is not, or that begins in an hour that comes twice, is a moment in UTC: of two
equal hours RFC 5545 knows the first alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vText

from causerie.clock import MINUTE
from causerie.rooms import zones
from causerie.rooms.changes import Changes
from causerie.rooms.state import Room
from causerie.texts import one_line, seen, writable

Method = Literal["PUBLISH", "CANCEL"]
PROGRAM = "-//causerie//causerie//EN"
ASKED_AGAIN = "PT1H"
WARNED = timedelta(minutes=15)


@dataclass(frozen=True)
class Entry:
    """One room in a calendar, as often as it was changed, and where it is."""

    room: Room
    changes: Changes
    url: str

    @property
    def cancelled(self) -> bool:
        return self.room.phase in ("cancelled", "missed")

    @property
    def untimed(self) -> bool:
        """Whether it has no time any more: it was planned for one, which was taken off."""
        return starts(self.room) is None and self.changes.moved_at is not None


def starts(room: Room) -> int | None:
    """When a room begins, or began where nothing was planned."""
    return room.starts_at if room.starts_at is not None else room.started_at


def of_one(entry: Entry, *, now: int) -> bytes:
    """The file of one room. One that does not take place, or has no time any more, takes its entry away again."""
    method: Method = "CANCEL" if entry.cancelled or entry.untimed else "PUBLISH"
    return _written(None, method, [_event(entry, now, warned=method == "PUBLISH")])


def of_many(name: str, entries: Iterable[Entry], *, now: int) -> bytes:
    """A calendar to subscribe to; rooms that do not take place stay in it, crossed out."""
    return _written(name, "PUBLISH", [_event(entry, now) for entry in entries])


def _written(name: str | None, method: Method, events: list[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PROGRAM)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name is not None:
        calendar.add("x-wr-calname", vText(one_line(writable(name))))
        calendar.add("x-published-ttl", ASKED_AGAIN)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: int, *, warned: bool = False) -> Event:
    room, begins = entry.room, starts(entry.room)
    event = Event()
    event.add("uid", f"{room.id}@causerie")
    event.add("dtstamp", _moment(entry.changes.at or now))
    event.add("sequence", entry.changes.sequence)
    if begins is not None:  # without a time there is only what takes an entry away, which needs none (RFC 5546, 3.2.5)
        event.add("dtstart", _by_clock(room, begins))
        event.add("dtend", _by_clock(room, begins + room.settings.length * MINUTE))
    event.add("status", "CANCELLED" if entry.cancelled or entry.untimed else "CONFIRMED")
    event.add("summary", _plain(room.title))
    event.add("description", _plain(f"{room.description}\n\n{entry.url}".strip()))
    event.add("url", entry.url)
    if warned:
        event.add_component(_alarm(room))
    return event


def _alarm(room: Room) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _plain(room.title))
    alarm.add("trigger", -WARNED)
    return alarm


def _moment(milliseconds: int) -> datetime:
    """In whole seconds: an entry has nothing finer."""
    return datetime.fromtimestamp(milliseconds // 1000, UTC)


def _by_clock(room: Room, at: int) -> datetime:
    """As the clocks of its zone show it, where that says enough."""
    shown = zones.by_moment(at, room.zone) if room.local_start is not None and not room.local_again else None
    if shown is None or shown.local is None or shown.zone is None or shown.again:
        return _moment(at)
    return datetime.fromisoformat(shown.local).replace(tzinfo=ZoneInfo(shown.zone))


def _plain(text: str) -> str:
    """What people wrote, with lines parted in one way: nothing of it can begin a line of the file."""
    return "\n".join(seen(writable(text)).splitlines())
