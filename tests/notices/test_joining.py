"""A guest comes in by an account they had: their inbox, reminders and browsers go with them."""

from functools import partial

import pytest
from sqlalchemy import select

from causerie.accounts import actions as accounts
from causerie.accounts import following
from causerie.accounts.people import hashed
from causerie.clock import DAY
from causerie.notices import wishes
from causerie.notices.interest import reminded
from causerie.notices.joining import go_on, take_along
from causerie.notices.models import deliveries, devices
from causerie.notices.wishes import Wishes
from causerie.rooms import actions as rooms
from tests.notices.conftest import Telling


async def test_inbox_and_reminders_go_along_and_nothing_is_there_twice(story: Telling):
    eve, dee = await story.person("Eve", push=True), await story.person("Dee")
    both, hers = await story.room("Sparrows"), await story.room("Swifts")
    await story.remind(both, "Eve", "Dee", times=("day",))
    await story.remind(hers, "Eve", times=("week", "hour"))
    await story.follow("Eve", "Dee")
    await story.does(rooms.start, both)
    await story.notices.sweep()

    await story.database.write(partial(take_along, guest=eve.id, account=dee.id))
    await story.does(rooms.start, hers)
    await story.notices.sweep()

    assert await story.told("Eve", "Dee") == {"Eve": ["room.live"], "Dee": ["room.live", "room.live"]}
    async with story.database.read() as connection:
        left = [await reminded(connection, eve.id, room.id) for room in (both, hers)]
        moved = [await reminded(connection, dee.id, room.id) for room in (both, hers)]
        followers = await following.followers(connection, story.people["Ada"].id)
    assert (left, moved, followers) == ([None, None], [["day"], ["week", "hour"]], 1)


@pytest.mark.parametrize("said", [True, False])
async def test_who_has_said_how_they_are_told_is_told_so(story: Telling, said: bool):
    eve, dee = await story.person("Eve"), await story.person("Dee")
    quiet = Wishes("Europe/Paris", quiet=True)
    await story.database.write(partial(wishes.wish, person=eve.id, wanted=quiet))
    await story.database.write(partial(wishes.switch, person=eve.id, topic="live", channel="push", on=False))
    if said:
        await story.database.write(partial(wishes.wish, person=dee.id, wanted=Wishes()))

    await story.database.write(partial(take_along, guest=eve.id, account=dee.id))

    async with story.database.read() as connection:
        now = await wishes.wishes_of(connection, dee.id), await wishes.off(connection, dee.id)
    assert now == ((Wishes(), []) if said else (quiet, [("live", "push")]))


async def test_the_browser_is_told_on_in_its_new_session(story: Telling):
    eve, dee = await story.person("Eve", push=True), await story.person("Dee")
    await story.remind(await story.room(within=DAY), "Eve")
    await story.notices.sweep()
    async with story.database.read() as connection:
        before = (await connection.execute(select(devices.c.session))).scalar_one()

    async def come_in(tx) -> None:
        await take_along(tx, eve.id, dee.id)
        session = await accounts.open_session(tx, dee)
        await go_on(tx, before, hashed(session), dee.id)
        await tx.run(accounts.sessions.delete().where(accounts.sessions.c.hash == before))

    await story.database.write(come_in)
    await story.notices.deliver()

    async with story.database.read() as connection:
        whose = (await connection.execute(select(deliveries.c.person))).scalar_one()
    assert (whose, await story.states()) == (dee.id, [("push", "sent")])
