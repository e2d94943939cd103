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


def test_when_its_time_is_taken_off_the_entry_goes_and_one_that_never_had_a_time_is_none():
    off = Entry(replace(planned, starts_at=None), Changes(1, NOW, NOW), "https://talk.example.org/r/sparrows")

    (event,) = Calendar.from_ical(text := of_one(off, now=NOW)).walk("VEVENT")

    assert Calendar.from_ical(text)["method"] == "CANCEL"
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (f"{planned.id}@causerie", 1, "CANCELLED")
    assert {"DTSTART", "DTEND"}.isdisjoint(event)
    assert [entry(replace(planned, starts_at=None)).untimed, entry(planned).untimed, off.untimed] == [
        False,
        False,
        True,
    ]


def test_a_title_adds_nothing_to_the_file():
    wicked = "Swifts\r\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Another; with, \\n marks\x85X\u2028Y"

    text = of_many("Ada\r\nBEGIN:VTODO", [entry(replace(planned, title=wicked, description=wicked))], now=NOW)

    calendar = Calendar.from_ical(text)
    assert [one.name for one in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    lines = text.decode().split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert len([line for line in lines if line.startswith(("BEGIN:", "END:"))]) == 4


paris = replace(planned, zone="Europe/Paris", local_start="2027-07-01T20:30", starts_at=1_814_466_600_000)


def test_by_the_clocks_of_a_zone_an_entry_stays_at_the_hour_its_host_means():
    text = of_one(entry(paris), now=NOW)

    (event,) = Calendar.from_ical(text).walk("VEVENT")
    (zone,) = Calendar.from_ical(text).walk("VTIMEZONE")
    assert event["dtstart"].params["TZID"] == str(zone["tzid"]) == "Europe/Paris"
    assert b"DTSTART;TZID=Europe/Paris:20270701T203000" in text
    assert event.decoded("dtstart") == datetime(2027, 7, 1, 18, 30, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2027, 7, 1, 20, tzinfo=UTC)


def test_the_second_of_two_equal_hours_is_a_moment():
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    room = replace(paris, local_start="2027-10-31T02:30", local_again=True, starts_at=int(second.timestamp() * 1000))

    text = of_one(entry(room), now=NOW)

    assert b"DTSTART:20271031T013000Z" in text
    assert Calendar.from_ical(text).walk("VTIMEZONE") == []


def test_an_end_in_an_hour_that_comes_twice_is_that_end():
    begins = datetime(2027, 10, 30, 23, 30, tzinfo=UTC)
    room = replace(paris, local_start="2027-10-31T01:30", starts_at=int(begins.timestamp() * 1000))

    (event,) = Calendar.from_ical(of_one(entry(room), now=NOW)).walk("VEVENT")

    assert event.decoded("dtend") == datetime(2027, 10, 31, 1, tzinfo=UTC)
