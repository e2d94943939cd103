"""Rooms in people's own calendars, read by a reader of calendars."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from causerie.rooms.calendar import Entry, of_many, of_one
from causerie.rooms.changes import Changes
from causerie.rooms.settings import RoomSettings
from causerie.rooms.state import Room
from tests.hall import live

# Ten past two in the night in which Paris puts its clocks forward: an hour that is not there.
NIGHT = int(datetime(2027, 3, 28, 1, 10, tzinfo=UTC).timestamp() * 1000)
NOW = NIGHT - 86_400_000
planned = replace(live, started_at=None, starts_at=NIGHT, title="Sparrows", settings=RoomSettings(length=90))


def entry(room: Room, sequence: int = 0) -> Entry:
    return Entry(room, Changes(sequence, NOW), "https://talk.example.org/r/sparrows")


def told(text: bytes) -> list[dict[str, object]]:
    """What a calendar takes of each entry."""
    return [
        {
            "uid": str(one["uid"]),
            "starts": one.decoded("dtstart"),
            "ends": one.decoded("dtend"),
            "sequence": one["sequence"],
            "status": str(one["status"]),
            "summary": str(one["summary"]),
        }
        for one in Calendar.from_ical(text).walk("VEVENT")
    ]


def test_an_entry_is_there_at_its_moment_in_every_zone():
    text = of_one(entry(planned), now=NOW)

    assert told(text) == [
        {
            "uid": f"{planned.id}@causerie",
            "starts": datetime(2027, 3, 28, 1, 10, tzinfo=UTC),
            "ends": datetime(2027, 3, 28, 2, 40, tzinfo=UTC),
            "sequence": 0,
            "status": "CONFIRMED",
            "summary": "Sparrows",
        }
    ]
    assert Calendar.from_ical(text)["method"] == "PUBLISH"
    (alarm,) = Calendar.from_ical(text).walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(minutes=-15)


def test_moved_it_is_the_same_entry_at_another_time_and_cancelled_it_goes():
    moved = of_one(entry(replace(planned, starts_at=NIGHT + 3_600_000), 1), now=NOW)
    gone = of_one(entry(replace(planned, cancelled_at=NOW), 2), now=NOW)

    (before,), (later,), (never,) = (told(text) for text in (of_one(entry(planned), now=NOW), moved, gone))
    assert later == before | {
        "sequence": 1,
        "starts": datetime(2027, 3, 28, 2, 10, tzinfo=UTC),
        "ends": datetime(2027, 3, 28, 3, 40, tzinfo=UTC),
    }
    assert never == before | {"sequence": 2, "status": "CANCELLED"}
    assert Calendar.from_ical(gone)["method"] == "CANCEL"


def test_a_title_adds_nothing_to_the_file():
    wicked = "Swifts\r\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Another; with, \\n marks\x85X\u2028Y"

    text = of_many("Ada\r\nBEGIN:VTODO", [entry(replace(planned, title=wicked, description=wicked))], now=NOW)

    calendar = Calendar.from_ical(text)
    assert [one.name for one in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    lines = text.decode().split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert len([line for line in lines if line.startswith(("BEGIN:", "END:"))]) == 4
