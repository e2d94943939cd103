"""The audience's side of a room: what is written of it is what comes back."""

import pytest

from causerie.clock import HandClock
from causerie.db import Database
from causerie.ids import PersonId, RoomId
from causerie.rooms.audience import doors, moves
from causerie.rooms.audience import store as audience
from causerie.rooms.audience.errors import TooManyKnocks
from causerie.rooms.audience.events import Event, Raider
from causerie.rooms.audience.state import Audience, Pin, fold
from tests.hall import ADA, BEN, CHO, DEE, NOW
from tests.stored import called, with_people_and

SPARROWS = RoomId("sparrows")


async def written(database: Database, before: Audience, events: list[Event]) -> Audience:
    """These events written, and folded."""
    await database.write(lambda tx: audience.store(tx, SPARROWS, events))
    after = before
    for event in events:
        after = fold(event, after)
    return after


async def read_back(database: Database) -> Audience:
    async with database.read() as connection:
        return await audience.read(connection, SPARROWS)


async def test_the_line_that_is_pinned_comes_back(database: Database, clock: HandClock):
    await with_people_and(database, called("sparrows"), called("swifts"))
    state = Audience()

    for text, link in [("The map", "https://example.org/map"), ("Until nine", None)]:
        clock.turn(1000)
        state = await written(database, state, moves.pin(state, text, link, by=ADA, now=clock.now()))
    pinned = await read_back(database)
    down = await written(database, state, moves.unpin(state, now=clock.now()))

    assert pinned == state == Audience(Pin("Until nine", None, clock.now()))
    assert await read_back(database) == down == Audience()


async def test_the_door_comes_back_as_it_was(database: Database):
    await with_people_and(database, called("sparrows"), called("swifts"))
    state, crowd = Audience(), frozenset(PersonId(f"p{n:04}") for n in range(1200))
    raiders = [
        Raider(id, name, frozenset({id, PersonId(f"{id}-tab")}), NOW) for id, name in ((BEN, "Ben"), (CHO, None))
    ]
    steps = [
        lambda now: doors.lock(now, crowd | {BEN, DEE}, by=ADA, now=NOW),
        lambda now: doors.knock(now, PersonId("eve"), frozenset({PersonId("eve")}), "Eve", "Please", now=NOW),
        lambda now: doors.knock(now, PersonId("fay"), frozenset({PersonId("fay")}), "Fay", None, now=NOW + 1),
        lambda now: doors.knock(now, PersonId("gil"), frozenset({PersonId("gil")}), "Gil", None, now=NOW + 2),
        lambda now: doors.answer(now, PersonId("eve"), let_in=True),
        lambda now: doors.answer(now, PersonId("fay"), let_in=False),
        lambda now: doors.send_out(now, [DEE, *sorted(crowd)[:600]]),
        lambda now: doors.raid(now, raiders, frozenset(), by=ADA, now=NOW),
        lambda now: doors.undo_raid(now, CHO),
        lambda now: doors.unlock(now),
        lambda now: doors.undo_raid(now, None),
    ]

    for step in steps:
        state = await written(database, state, step(state))

        assert await read_back(database) == state
    assert state == Audience()


def test_a_raid_in_a_locked_room_keeps_who_was_let_in():
    state = fold(doors.lock(Audience(), frozenset({BEN, CHO}), by=ADA, now=NOW)[0], Audience())

    for event in doors.raid(state, [Raider(CHO, "Cho", frozenset({CHO}), NOW)], frozenset(), by=ADA, now=NOW):
        state = fold(event, state)

    assert (state.inside, [state.shuts_out({id}) for id in (BEN, CHO, DEE)]) == ({BEN}, [False, True, True])


def test_only_so_many_knock_at_once():
    state = fold(doors.lock(Audience(), frozenset(), by=ADA, now=NOW)[0], Audience())
    for n in range(doors.MOST_KNOCKS):
        id = PersonId(f"p{n}")
        state = fold(doors.knock(state, id, frozenset({id}), "P", None, now=NOW)[0], state)

    with pytest.raises(TooManyKnocks):
        doors.knock(state, BEN, frozenset({BEN}), "Ben", None, now=NOW)
