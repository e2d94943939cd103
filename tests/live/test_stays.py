"""Who is here and who was lately, on paper."""

import pytest

from causerie.accounts.people import Person
from causerie.clock import MINUTE, SECOND
from causerie.live.stays import REMEMBERED, Stay, Stays
from causerie.safety.comers import Comer
from tests.hall import BEN, CHO, DEE, NOW, ben, cho

CAFE = Comer(frozenset({DEE}), "café")
LONG = NOW + 10 * MINUTE


def here(*people: Person) -> Stays:
    stays = Stays()
    for person in people:
        stays.came(person, Comer(frozenset({person.id}), "home"), NOW)
    return stays


def test_who_comes_by_a_second_page_is_one_person_and_was_here_all_the_time():
    stays = here(ben)

    stays.came(ben, CAFE, NOW + MINUTE)

    assert stays.all == {BEN: Stay(ben, Comer(frozenset({BEN, DEE}), "café"), NOW)}
    assert (stays.network(BEN), stays.network(CHO)) == ("café", None)


def test_who_left_is_remembered_for_ten_minutes():
    stays = here(ben, cho)
    stays.left(BEN, NOW)

    stays.forget(LONG - 1)
    before = (set(stays.all), [stay.person.id for stay in stays.lately(LONG - 1)])
    lately = [stay.person.id for stay in stays.lately(LONG)]
    stays.forget(LONG)

    assert REMEMBERED == 10 * MINUTE
    assert (before, lately, set(stays.all)) == (({BEN, CHO}, [BEN, CHO]), [CHO], {CHO})


def test_who_is_inside_a_locked_room_is_not_forgotten():
    stays = here(ben, cho)
    for person in (BEN, CHO):
        stays.left(person, NOW)

    stays.forget(LONG, unless=lambda person: person == BEN)

    assert set(stays.all) == {BEN}


def test_of_those_who_were_here_lately_who_was_sent_out_is_none():
    stays = here(ben, cho)

    stays.left(BEN, NOW, sent_out=True)

    assert [stay.person.id for stay in stays.lately(NOW)] == [CHO]
    assert (stays.expected(BEN, NOW, within=MINUTE), stays.expected(CHO, NOW, within=MINUTE)) == (False, True)


def test_their_time_runs_from_when_they_left_first():
    stays = here(ben)

    stays.left(BEN, NOW)
    stays.left(BEN, NOW + MINUTE, sent_out=True)

    assert stays.all[BEN] == Stay(ben, Comer(frozenset({BEN}), "home"), NOW, NOW)


@pytest.mark.parametrize(
    ("ids", "away"),
    [({BEN}, True), ({CHO}, False), ({BEN, CHO}, False), ({DEE}, False)],
    ids=["away", "here", "one of two browsers here", "never here"],
)
def test_who_has_been_away_for_long(ids, away: bool):
    stays = here(ben, cho)
    stays.left(BEN, NOW)

    assert (stays.away(ids, LONG - 1, longer_than=REMEMBERED), stays.away(ids, LONG, longer_than=REMEMBERED)) == (
        False,
        away,
    )


def test_who_is_let_in_has_the_whole_time_to_come():
    stays = here(ben)
    stays.left(BEN, NOW)

    stays.let_in(BEN, NOW + 9 * MINUTE)

    assert not stays.away({BEN}, LONG + MINUTE, longer_than=REMEMBERED)


def test_after_a_restart_whoever_comes_in_two_minutes_was_here_before():
    stays = Stays()
    stays.back([BEN], NOW)

    for person, at in [(ben, MINUTE), (cho, 2 * MINUTE - 1), (Person(DEE), 2 * MINUTE)]:
        stays.came(person, Comer(), NOW + at)

    assert {id: stay.since for id, stay in stays.all.items()} == {BEN: 0, CHO: 0, DEE: NOW + 2 * MINUTE}


def test_after_a_restart_everybody_is_expected_for_a_while():
    stays = Stays()
    stays.back([], NOW)

    assert [stays.expected(CHO, NOW + at, within=30 * SECOND) for at in (0, 30 * SECOND - 1, 30 * SECOND)] == [
        True,
        True,
        False,
    ]
