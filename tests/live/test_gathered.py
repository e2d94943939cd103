"""What is measured and gathered for the desk, on paper: talking time, who hears nothing, votes from one network."""

from dataclasses import replace

import pytest

from causerie.accounts.people import Person
from causerie.clock import MINUTE, SECOND
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.networks import Networks
from causerie.live.silence import Silence
from causerie.live.stays import Stays
from causerie.live.talk import Talk
from causerie.rooms.settings import RoomSettings
from causerie.safety.comers import Comer
from causerie.stage.state import Seat, Stage
from tests.hall import ADA, BEN, CHO, NOW, asked, box, live

ADA_SITS = Seat(ADA, "Ada", 1, "host", muted=False, since=NOW)
BEN_SITS = Seat(BEN, "Ben", 2, "speaker", muted=False, since=NOW)


def on_stage(*seats: Seat, clock: int = 0, **talked: int) -> LiveRoom:
    stage = Stage({seat.person: seat for seat in seats}, talked={PersonId(id): n for id, n in talked.items()})
    return LiveRoom(replace(live, settings=RoomSettings(gentle_clock=clock)), stage)


def heard(room: LiveRoom, *ticks: tuple[int, list[int]]) -> Talk:
    """What was measured: at these seconds these speaker numbers had sounded since the tick before."""
    talk = Talk()
    for second, numbers in ticks:
        talk.hear(room, numbers, NOW + second * SECOND)
    return talk


# ---- talking time ----


def test_only_who_sounds_has_talked_and_no_tick_says_more_than_two_seconds():
    room = on_stage(ADA_SITS, replace(BEN_SITS, muted=True))

    talk = heard(room, (0, [1]), (1, [1, 2]), (2, []), (3, [1]), (60, [1]))

    assert talk.fresh == {ADA: 4 * SECOND}


def test_what_is_told_is_what_was_written_and_what_is_fresh_in_whole_seconds():
    talk = Talk(fresh={BEN: 1900})

    assert talk.told(on_stage(ADA_SITS, BEN_SITS, ben=10_200)) == wire.Talk(spoken={ADA: 0, BEN: 12_000}, long=[])


def test_it_is_told_at_most_once_in_five_seconds_and_only_what_is_new():
    room, talk = on_stage(BEN_SITS), Talk()

    silent = talk.news(room, NOW)
    talk.fresh[BEN] = SECOND
    first = talk.news(room, NOW)
    talk.fresh[BEN] = 2 * SECOND
    told = [talk.news(room, NOW + at) for at in (5 * SECOND - 1, 5 * SECOND, 10 * SECOND)]

    assert (silent, first) == (None, wire.Talk(spoken={BEN: SECOND}, long=[]))
    assert told == [None, wire.Talk(spoken={BEN: 2 * SECOND}, long=[]), None]


def test_it_is_written_each_ten_seconds_and_once():
    talk = Talk(fresh={BEN: SECOND})

    first = talk.taken(NOW)
    talk.fresh[BEN] = SECOND

    assert (first, talk.taken(NOW + 10 * SECOND - 1), talk.taken(NOW + 10 * SECOND)) == (
        {BEN: SECOND},
        {},
        {BEN: SECOND},
    )
    assert talk.taken(NOW + MINUTE) == {}


def test_what_could_not_be_written_counts_with_what_came_since():
    talk = Talk(fresh={BEN: SECOND})

    talk.given_back({BEN: 2 * SECOND, ADA: SECOND})

    assert talk.fresh == {BEN: 3 * SECOND, ADA: SECOND}


# ---- the gentle clock ----


@pytest.mark.parametrize(
    ("clock", "had", "long"),
    [(3, 3 * MINUTE - 1, []), (3, 3 * MINUTE, [BEN]), (5, 4 * MINUTE, []), (0, 60 * MINUTE, [])],
    ids=["not yet", "three minutes", "another clock", "no clock"],
)
def test_who_has_had_the_word_for_long(clock: int, had: int, long: list[PersonId]):
    assert Talk(runs={BEN: had}).told(on_stage(ADA_SITS, BEN_SITS, clock=clock)).long == long


def test_who_shuts_the_microphone_begins_anew():
    talk = Talk(runs={ADA: MINUTE, BEN: MINUTE})

    talk.hear(on_stage(ADA_SITS, replace(BEN_SITS, muted=True)), [1, 2], NOW)

    assert talk.runs == {ADA: MINUTE}


# ---- who hears nothing ----


def test_how_many_hear_nothing_is_told_at_most_once_in_five_seconds_and_only_when_it_is_another_number():
    silence, here = Silence(), {ADA, BEN, CHO}
    for person in (ADA, BEN):
        silence.says(person, silent=True)

    first = silence.news(here, NOW)
    silence.says(ADA, silent=False)
    told = [silence.news(here, NOW + at) for at in (5 * SECOND - 1, 5 * SECOND, 20 * SECOND)]

    assert (first, told) == (2, [None, 1, None])


def test_who_left_is_not_counted_among_them():
    silence = Silence({ADA, BEN})

    assert (silence.news({BEN}, NOW), silence.people) == (1, {BEN})


# ---- guests' votes from one network ----


def voted(flat: int, homes: int, state: str = "open") -> tuple[LiveRoom, Stays]:
    """A question with the votes of guests, so many from one flat, the others each from a home of their own."""
    guests, stays = [PersonId(f"g{n}") for n in range(flat + homes)], Stays()
    for n, guest in enumerate(guests):
        stays.came(Person(guest), Comer(frozenset({guest}), "flat" if n < flat else f"home {n}"), NOW)
    voters = frozenset(guests)
    return LiveRoom(live, questions=box(asked("q", BEN, voters=voters, guests=voters, state=state))), stays


def sign(networks: Networks) -> dict[str, tuple[int, int]]:
    return {id: (told.votes, told.from_one) for id, told in networks.told.items()}


@pytest.mark.parametrize(
    ("flat", "homes", "state", "told"),
    [
        (3, 0, "open", {"q": (3, 3)}),
        (3, 3, "next", {"q": (6, 3)}),
        (2, 0, "open", {}),
        (2, 1, "open", {}),
        (3, 4, "open", {}),
        (3, 0, "on_air", {}),
    ],
)
def test_at_least_three_and_at_least_half(flat: int, homes: int, state: str, told: dict[str, tuple[int, int]]):
    networks = Networks(stale=True)

    assert networks.news(*voted(flat, homes, state), NOW) == bool(told)
    assert sign(networks) == told


def test_they_are_counted_when_somebody_voted_and_at_most_once_in_two_seconds():
    networks, (room, stays) = Networks(stale=True), voted(3, 0)
    networks.news(room, stays, NOW)
    more = voted(4, 0)

    told = [networks.news(*more, NOW + MINUTE)]
    networks.stale = True
    told += [networks.news(*more, NOW + at) for at in (2 * SECOND - 1, 2 * SECOND)]

    assert (told, sign(networks)) == ([False, False, True], {"q": (4, 4)})


def test_who_left_long_ago_is_counted_where_they_came_from():
    networks, (room, stays) = Networks(stale=True), voted(3, 0)
    networks.news(room, stays, NOW)
    networks.stale = True

    networks.news(room, Stays(), NOW + MINUTE)

    assert sign(networks) == {"q": (3, 3)}
