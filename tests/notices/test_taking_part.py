"""Who has a part in a room hears what becomes of it, without having to ask for that."""

from functools import partial

import pytest
from sqlalchemy import select

from causerie.clock import DAY, HOUR, MINUTE
from causerie.rooms import actions as rooms
from causerie.rooms import asked_along, life
from causerie.rooms.asked_along import Whom
from causerie.rooms.events import LinkGone, LinkTaken, RoleGiven, RoleTaken
from causerie.rooms.models import speaker_links
from causerie.rooms.queries import room_by_id
from causerie.rooms.state import Room
from causerie.rooms.store import store
from causerie.rooms.zones import Start
from tests.notices.conftest import Telling

PEOPLE = ("Ben", "Cho", "Dee", "Eve")


async def with_parts(story: Telling) -> Room:
    """Ben leads along, Cho has said that she will speak, Dee was asked and has not answered; Eve has no part."""
    ben, cho, dee, _ = [await story.person(name) for name in PEOPLE]
    room, now = await story.room(), story.clock.now()

    async def parts(tx):
        for whom in (cho, dee):
            asked = Whom(whom.name, person=whom.id)
            made, _ = await asked_along.ask(tx, room.id, asked, role="speaker", shown=True, opens=lambda id, _: id)
            if whom is cho:
                await asked_along.answer(tx, made, cho.id, yes=True)
                await tx.run(
                    speaker_links.insert().values(id=made.id, hash=made.id, room=room.id, name="Cho", made_at=now)
                )
                await store(tx, room.id, [LinkTaken(made.id, cho.id, "Cho")])
        await store(tx, room.id, [RoleGiven(ben.id, "Ben", "cohost", now)])

    await story.database.write(parts)
    return room


@pytest.mark.parametrize("by", ["Ada", "Ben"])
async def test_who_takes_part_hears_that_it_is_moved_and_cancelled_but_who_did_that(story: Telling, by: str):
    room = await with_parts(story)
    start = Start(story.clock.now() + 3 * DAY)

    for what, verb in ((partial(life.move, start=start), "room.move"), (life.cancel, "room.cancel")):
        room = await done(story, room, what, verb, by)
        await story.notices.sweep()
        await story.started().sweep()
        story.clock.turn(MINUTE)

    both = ["room.moved", "room.cancelled"]
    told = {name: [] if name == by else both for name in ("Ada", "Ben")}
    hears = {"Ada": told["Ada"], "Ben": ["room.invited", *told["Ben"]], "Cho": both, "Dee": ["room.asked"]}
    assert await story.told("Ada", *PEOPLE) == hears | {"Eve": []}


async def done(story: Telling, room: Room, what, verb: str, by: str) -> Room:
    """One of those who lead it does this."""

    async def does(tx):
        await store(tx, room.id, what(room, now=tx.now))
        await tx.audit(verb, actor=story.people[by].id, room=room.id)

    await story.database.write(does)
    async with story.database.read() as connection:
        found = await room_by_id(connection, room.id)
    assert found is not None
    return found


async def test_who_takes_part_is_reminded_at_the_usual_moments_unless_they_chose_others(story: Telling):
    room = await with_parts(story)
    await story.remind(room, "Ben", times=("hour",))

    for wait in (DAY, DAY - HOUR, 45 * MINUTE, 15 * MINUTE):
        story.clock.turn(wait)
        await story.notices.sweep()

    told = await story.told("Ada", *PEOPLE)
    assert told == {
        "Ada": [],
        "Ben": ["room.hour"],
        "Cho": ["room.day", "room.soon", "room.starts"],
        "Dee": ["room.asked"],
        "Eve": [],
    }


async def test_who_has_no_part_any_more_hears_no_more(story: Telling):
    room = await with_parts(story)

    async def taken(tx):
        await store(tx, room.id, [RoleTaken(story.people["Ben"].id)])
        (link,) = (await tx.run(select(speaker_links.c.id).where(speaker_links.c.person.is_not(None)))).scalars()
        await store(tx, room.id, [LinkGone(link)])

    await story.database.write(taken)
    await story.does(rooms.start, room)
    await story.notices.sweep()

    assert await story.told("Ben", "Cho") == {"Ben": [], "Cho": []}


async def test_who_takes_part_hears_that_it_is_live(story: Telling):
    room = await with_parts(story)

    await story.does(rooms.start, room)
    await story.notices.sweep()

    assert await story.told("Ben", "Cho", "Eve") == {"Ben": ["room.live"], "Cho": ["room.live"], "Eve": []}
