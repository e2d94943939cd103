"""Quiet hours by the clocks of where somebody is."""

from datetime import UTC, datetime

import pytest

from causerie.notices.quiet import Quiet


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


NIGHT = Quiet(22 * 60, 7 * 60, "Europe/Paris")


@pytest.mark.parametrize(
    ("quiet", "now", "over"),
    [
        (NIGHT, "2027-01-10T12:00", None),
        (NIGHT, "2027-01-10T20:59", None),
        (NIGHT, "2027-01-10T21:00", "2027-01-11T06:00"),
        (NIGHT, "2027-01-11T05:59", "2027-01-11T06:00"),
        (NIGHT, "2027-01-11T06:00", None),
        (NIGHT, "2027-03-27T22:00", "2027-03-28T05:00"),  # clocks go forward that night
        (NIGHT, "2027-10-30T21:00", "2027-10-31T06:00"),  # and back that one
        (Quiet(0, 150, "Europe/Paris"), "2027-03-27T23:30", "2027-03-28T01:30"),  # 02:30 is not there: 03:30
        (Quiet(0, 150, "Europe/Paris"), "2027-10-31T00:15", "2027-10-31T00:30"),  # 02:15, and 02:30 comes twice
        (Quiet(0, 150, "Europe/Paris"), "2027-10-31T01:15", "2027-10-31T01:30"),  # 02:15 once more
        (Quiet(13 * 60, 14 * 60, "Asia/Kolkata"), "2027-01-10T07:30", "2027-01-10T08:30"),
        (Quiet(60, 60, "UTC"), "2027-01-10T01:00", None),
        (Quiet(0, 60, "No/Such"), "2027-01-10T00:30", "2027-01-10T01:00"),
    ],
)
def test_when_somebody_may_be_told_again(quiet: Quiet, now: str, over: str | None):
    assert quiet.over_at(at(now)) == (at(over) if over else None)
