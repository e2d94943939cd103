"""Full is said after some bad seconds and taken back after more good ones; a gust of load is neither."""

from random import Random

import pytest

from causerie.media.headroom import Headroom, refused

GOOD, BETWEEN, BAD = 2_000, 70_000, 120_000


def looked(*lags: int, headroom: Headroom | None = None) -> list[bool]:
    """Whether it is full after each second in which the worst of two workers was so far behind."""
    headroom = headroom or Headroom()
    told = []
    for lag in lags:
        headroom.look({"loop_lag_us_0": 300, "loop_lag_us_1": lag, "packets_out": 0})
        told.append(headroom.full)
    return told


def test_a_machine_that_is_behind_for_three_seconds_is_full():
    assert looked(GOOD, BAD, BAD, BAD) == [False, False, False, True]


def test_a_gust_is_no_reason():
    assert not any(looked(BAD, BAD, GOOD, BAD, BAD, BETWEEN, BAD, BAD))


def test_it_is_free_again_after_five_good_seconds_in_a_row():
    headroom = Headroom(full=True)

    told = looked(GOOD, GOOD, GOOD, GOOD, BETWEEN, *[GOOD] * 5, headroom=headroom)

    assert told == [True] * 9 + [False]


def test_a_worker_without_rest_is_full_though_nothing_is_late_yet():
    headroom = Headroom()

    told = []
    for busy in (990, 990, 960, 990, 990, 990, 800, 800, 800, 800, 800):
        headroom.look({"loop_lag_us_0": GOOD, "loop_busy_permille_0": 100, "loop_busy_permille_1": busy})
        told.append(headroom.full)

    assert told == [False] * 5 + [True] * 5 + [False]


def test_what_lies_between_changes_nothing():
    assert not any(looked(*[BETWEEN] * 20))
    assert all(looked(*[BETWEEN] * 20, headroom=Headroom(full=True)))


def test_only_a_change_is_told():
    headroom = Headroom()

    told = [headroom.look({"loop_lag_us_0": lag}) for lag in [BAD] * 5 + [GOOD] * 7]

    assert [second for second, changed in enumerate(told) if changed] == [2, 9]


@pytest.mark.parametrize(
    ("sent", "dropped", "full"),
    [(50_000, 600, True), (50_000, 400, False), (500, 400, False), (0, 0, False)],
    ids=["one in a hundred", "fewer", "a line that was cut", "nobody here"],
)
def test_what_the_kernel_has_no_room_for_counts_by_its_share(sent: int, dropped: int, full: bool):
    headroom = Headroom()

    for second in range(1, 5):
        headroom.look({"loop_lag_us_0": GOOD, "packets_out": second * sent, "drop_send": second * dropped})

    assert headroom.full is full


def test_of_a_core_that_counts_nothing_nothing_is_thought():
    headroom = Headroom()

    assert [headroom.look({}) for _ in range(5)] == [False] * 5


def test_who_is_refused_comes_back_at_a_moment_of_their_own():
    waits = {refused(Random(number)).wait for number in range(200)}

    assert waits == set(range(10, 30))
