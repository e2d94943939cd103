"""Whoever does something with a room is not told of it; and what is so no more, nobody is told."""

from functools import partial

import pytest

from causerie.clock import DAY, MINUTE
from causerie.notices.finding import due
from causerie.notices.telling import begin, tell_some
from causerie.rooms import actions as rooms
from causerie.rooms.events import RoomEnded, RoomMissed, RoomReopened
from causerie.rooms.models import helpers
from causerie.rooms.state import Room
from causerie.rooms.store import store
from causerie.rooms.zones import Start
from tests.notices.conftest import Telling
from tests.notices.test_telling import cancel, move


@pytest.mark.parametrize("verb", ["room.move", "room.cancel"])
async def test_who_moves_or_cancels_a_room_is_not_told_so(story: Telling, verb: str):
    """Ben and Cho lead along; Ben does it."""
    ben, cho = await story.person("Ben"), await story.person("Cho")
    room = await story.room()
    await story.remind(room, "Ben")
    for person in (ben, cho):
        given = {"name": person.name, "role": "cohost", "since": 1, "portrait": None}
        await story.database.write(
            lambda tx, id=person.id, given=given: tx.put(helpers, room=room.id, person=id, **given)
        )
    later = Start(story.clock.now() + 3 * DAY)

    async def done(tx, room: Room) -> None:
        await (cancel(tx, room) if verb == "room.cancel" else move(tx, room, later))
        await tx.audit(verb, actor=ben.id, room=room.id)

    await story.does(done, room)
    await story.notices.sweep()

    told = ["room.cancelled" if verb == "room.cancel" else "room.moved"]
    assert await story.told("Ada", "Ben", "Cho") == {"Ada": told, "Ben": [], "Cho": told}


async def test_of_a_room_that_is_over_nobody_is_told_that_it_is_live(story: Telling):
    names = [f"Listener {n}" for n in range(3)]
    for name in names:
        await story.person(name, push=True)
    room = await story.room()
    await story.remind(room, *names)
    room = await story.does(rooms.start, room)
    async with story.database.read() as connection:
        (telling,) = await due(connection, now=story.clock.now())
    await story.database.write(partial(begin, telling=telling))
    await story.database.write(partial(tell_some, telling=telling, mail=True, most=2))

    # Killed between two slices, before anything was sent; when it is back, the room is over.
    await story.does(lambda tx, room: store(tx, room.id, [RoomEnded(tx.now)]), room)
    again = story.started()
    await again.sweep()
    await again.deliver()

    assert sorted((await story.told(*names)).values()) == [[], ["room.live"], ["room.live"]]
    assert (story.service.sent, await story.states()) == ([], [("push", "dropped")] * 2)


async def test_a_room_that_was_reopened_did_take_place(story: Telling):
    await story.person("Ben", push=True)
    room = await story.room(within=MINUTE)
    await story.remind(room, "Ben", times=())
    room = await story.does(lambda tx, room: store(tx, room.id, [RoomMissed(tx.now)]), room)
    await story.notices.sweep()

    await story.does(lambda tx, room: store(tx, room.id, [RoomReopened(tx.now)]), room)
    await story.notices.deliver()

    assert (await story.told("Ben"), story.service.sent) == ({"Ben": ["room.missed"]}, [])
