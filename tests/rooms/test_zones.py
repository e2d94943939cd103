"""What hosts mean by a time stays, in the nights in which clocks change too."""

from datetime import UTC, datetime

import pytest

from causerie.errors import Invalid
from causerie.rooms import zones
from causerie.rooms.errors import RoomZoneUnknown, StartUnreadable, TimeSkipped, TimeTwice
from causerie.rooms.zones import Start, by_clock, by_moment, nearest, start, weeks_later

PARIS = "Europe/Paris"


def utc(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type, misc]  year to minute


def test_the_same_hour_is_another_moment_in_summer():
    summer, winter = by_clock("2027-07-01T20:30", PARIS), by_clock("2027-12-01T20:30", PARIS)

    assert (summer.at, winter.at) == (utc(2027, 7, 1, 18, 30), utc(2027, 12, 1, 19, 30))
    assert [by_moment(one.at, PARIS) for one in (summer, winter)] == [summer, winter]


@pytest.mark.parametrize(
    ("local", "zone", "next_"),
    [
        ("2027-03-28T02:00", PARIS, "2027-03-28T03:00"),
        ("2027-03-28T02:59", PARIS, "2027-03-28T03:00"),
        ("2027-10-03T02:10", "Australia/Lord_Howe", "2027-10-03T02:30"),  # half an hour
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-31T00:00"),  # the day that Samoa left out
    ],
)
def test_a_time_that_clocks_leave_out_is_refused_and_the_next_is_named(local: str, zone: str, next_: str):
    with pytest.raises(TimeSkipped) as refused:
        by_clock(local, zone)

    assert refused.value.next == next_
    assert refused.value.text == (
        f"Clocks are put forward over {local.replace('T', ', ')}: there is no such time. "
        f"The next is {next_.replace('T', ', ')}."
    )
    assert by_clock(next_, zone).local == next_


def test_of_a_time_that_clocks_show_twice_it_is_asked_which():
    with pytest.raises(TimeTwice):
        by_clock("2027-10-31T02:30", PARIS)

    first, second = (by_clock("2027-10-31T02:30", PARIS, which) for which in ("first", "second"))
    assert first == Start(utc(2027, 10, 31, 0, 30), PARIS, "2027-10-31T02:30", again=False)
    assert second == Start(utc(2027, 10, 31, 1, 30), PARIS, "2027-10-31T02:30", again=True)
    assert [by_moment(one.at, PARIS) for one in (first, second)] == [first, second]


def test_which_of_two_means_nothing_where_there_is_one():
    assert by_clock("2027-07-01T20:30", PARIS, "second") == by_clock("2027-07-01T20:30", PARIS)


def test_a_start_is_a_moment_or_a_time_of_clocks():
    assert start(None) is None
    assert start(NOON := utc(2027, 7, 1, 10)) == Start(NOON)
    assert start(NOON, zone=PARIS) == start(None, zone=PARIS, local="2027-7-1T12:00") == by_moment(NOON, PARIS)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"at": 0, "local": "2027-07-01T20:30", "zone": PARIS}, StartUnreadable),
        ({"at": None, "local": "2027-07-01T20:30"}, StartUnreadable),
        ({"at": None, "local": "tomorrow", "zone": PARIS}, StartUnreadable),
        ({"at": None, "local": "2027-07-01T20:30Z", "zone": PARIS}, StartUnreadable),
        ({"at": None, "local": "9999-12-31T23:59", "zone": "America/Los_Angeles"}, StartUnreadable),
        ({"at": 10**18, "zone": PARIS}, StartUnreadable),
        ({"at": 0, "zone": "Europe/Atlantis"}, RoomZoneUnknown),
        ({"at": 0, "zone": "../../etc/localtime"}, RoomZoneUnknown),
        ({"at": 0, "zone": ""}, RoomZoneUnknown),
    ],
)
def test_what_cannot_be_meant_is_refused(said: dict[str, object], refusal: type[Invalid]):
    with pytest.raises(refusal):
        start(**said)  # type: ignore[arg-type]  # each case says other things


def test_next_week_it_is_the_same_time_over_a_change_of_clocks():
    before = by_clock("2027-03-24T20:30", PARIS)

    assert weeks_later(before, after=before.at) == by_clock("2027-03-31T20:30", PARIS)
    assert weeks_later(before, after=utc(2027, 4, 8)) == by_clock("2027-04-14T20:30", PARIS)
    assert weeks_later(Start(before.at), after=before.at) is None


def test_next_week_in_the_night_of_a_change_it_is_the_nearest_time():
    assert weeks_later(by_clock("2027-03-21T02:30", PARIS), after=0) == by_clock("2027-03-28T03:00", PARIS)
    twice = weeks_later(by_clock("2027-10-24T02:30", PARIS), after=0)
    assert twice == by_clock("2027-10-31T02:30", PARIS, "first")


def test_where_a_zone_leaves_out_the_hour_that_was_meant_its_end_is_meant():
    assert nearest("2027-03-28T02:30", PARIS).local == "2027-03-28T03:00"
    assert nearest("2027-10-31T02:30", PARIS, again=True) == by_clock("2027-10-31T02:30", PARIS, "second")


def test_zones_are_there_on_every_machine():
    assert {"UTC", PARIS, "Asia/Kathmandu"} <= zones.zones()
