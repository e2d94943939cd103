"""How many heard a room and for how long, counted without knowing afterwards who."""

from causerie.clock import MINUTE, SECOND
from causerie.rooms.audience.attendance import BACK, Attendance, Counted


def test_the_most_at_once_is_kept():
    heard = Attendance()

    for now, listeners in enumerate([2, 40, 7]):
        heard.hear({"ada"}, now, listeners=listeners)

    assert heard.counted(3).peak == 40


def test_stays_are_counted_in_minutes_and_those_who_looked_in_heard_nothing():
    heard = Attendance()

    heard.hear({"ada", "ben", "cho"}, 0, listeners=3)
    heard.hear({"ada", "ben"}, 40 * SECOND, listeners=2)
    heard.hear({"ada"}, 10 * MINUTE, listeners=1)
    counted = heard.counted(30 * MINUTE)

    assert counted == Counted(3, gone={0: 1, 10: 1}, here={30: 1})
    assert (counted.heard, counted.median) == (2, 30)


def test_who_comes_back_goes_on_with_their_stay():
    heard = Attendance()

    heard.hear({"ada"}, 0, listeners=1)
    heard.hear(set(), 5 * MINUTE, listeners=0)
    heard.hear({"ada"}, 25 * MINUTE, listeners=1)
    heard.hear(set(), 32 * MINUTE, listeners=0)

    assert heard.counted(40 * MINUTE) == Counted(1, gone={12: 1})


def test_after_a_restart_stays_go_on_and_nobody_is_counted_twice():
    before = Counted(50, gone={3: 2}, here={10: 1, 20: 1, 30: 1})
    heard = Attendance(before, now=0)

    heard.hear({"ada"}, 5 * SECOND, listeners=1)
    heard.hear({"ada", "ben"}, 10 * SECOND, listeners=2)
    at_once = heard.counted(10 * SECOND)
    heard.hear({"ada", "ben", "late"}, BACK, listeners=3)
    later = heard.counted(5 * SECOND + 5 * MINUTE)

    assert at_once == Counted(50, gone={3: 2}, here={10: 1, 20: 1, 30: 1})
    assert later == Counted(50, gone={3: 2, 10: 1}, here={35: 1, 24: 1, 3: 1})


def test_half_of_those_who_heard_stayed_so_long():
    stays = [{}, {0: 9}, {0: 9, 4: 1}, {1: 1, 2: 1, 3: 1}, {5: 1, 60: 1}, {1: 10, 90: 9}]

    assert [Counted(gone=one).median for one in stays] == [0, 0, 4, 2, 60, 1]
