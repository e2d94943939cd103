"""Reminders without an account: an address for one room."""

from functools import partial

import pytest
from sqlalchemy import func, select

from causerie.accounts.models import people
from causerie.clock import DAY, HOUR
from causerie.notices import strangers
from causerie.notices.errors import LetterLinkUnknown, NothingToRemind
from causerie.notices.interest import interested
from causerie.notices.links import Reminding
from causerie.notices.models import deliveries, interests, notices, wishes
from causerie.notices.models import strangers as kept
from causerie.rooms import actions as rooms
from tests.notices.conftest import Telling


def asked(room, address: str = "zoe@example.org", **more) -> Reminding:
    return Reminding(room.id, address, "fr", "Europe/Paris", more.get("times", ("day", "starts")), 10**15)


async def confirmed(story: Telling, room, address: str = "zoe@example.org") -> None:
    await story.database.write(partial(strangers.confirm, asked=asked(room, address), room=room))


async def rows(story: Telling) -> list[int]:
    """How much is kept of strangers, and how many people there are."""
    tables = (kept, interests, wishes, notices, deliveries, people)
    async with story.database.read() as connection:
        return [(await connection.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]


async def test_an_address_is_reminded_of_its_room_and_of_no_other_and_then_forgotten(story: Telling):
    room, other = await story.room(within=2 * DAY), await story.room("Swifts", within=2 * DAY)
    await confirmed(story, room)
    await confirmed(story, room)
    async with story.database.read() as connection:
        count = await interested(connection, room.id)

    for wait in (DAY, DAY):
        story.clock.turn(wait)
        await story.notices.sweep()
        await story.notices.deliver()
    await story.does(rooms.start, room)
    await story.does(rooms.start, other)
    await story.notices.sweep()
    await story.notices.deliver()
    while_live = await rows(story)
    story.clock.turn(HOUR + 1)
    await story.notices.sweep()

    assert count == 1
    told = [(letter["To"], letter["Subject"]) for letter in story.box.letters]
    assert told == [
        ("zoe@example.org", "Demain : Sparrows"),
        ("zoe@example.org", "Maintenant : Sparrows"),
        ("zoe@example.org", "En direct : Sparrows"),
    ]
    assert (while_live, await rows(story)) == ([1, 1, 1, 3, 3, 2], [0, 0, 0, 0, 0, 1])


async def test_of_a_room_that_began_no_address_is_kept(story: Telling):
    live = await story.does(rooms.start, await story.room())

    with pytest.raises(NothingToRemind):
        await confirmed(story, live)

    assert await rows(story) == [0, 0, 0, 0, 0, 1]


async def test_what_still_waits_is_sent_before_the_address_is_forgotten(story: Telling):
    room = await story.room()
    await confirmed(story, room)
    await story.does(rooms.start, room)
    story.box.answers = ["451 come again"]
    await story.notices.sweep()
    await story.notices.deliver()

    story.clock.turn(HOUR + 1)
    await story.notices.sweep()
    waiting = await rows(story)
    await story.notices.deliver()  # it is not worth it any more
    await story.notices.sweep()

    assert (waiting, await rows(story)) == ([1, 1, 1, 1, 1, 2], [0, 0, 0, 0, 0, 1])


async def test_a_link_says_what_it_was_made_for_until_it_is_too_old(story: Telling):
    links = story.notices.delivering.links
    wanted = Reminding("r" * 26, "zoe@example.org", "fr", "Europe/Paris", ("week", "starts"), 1000)
    token = links.remind(wanted).rpartition("/")[2]
    leave = links.leave("p" * 26, "live").rpartition("/")[2]

    assert links.reminding(token, now=999) == wanted
    for other, now in ((token, 1000), (f"{token}x", 0), (leave, 0)):
        with pytest.raises(LetterLinkUnknown):
            links.reminding(other, now=now)
    with pytest.raises(LetterLinkUnknown):
        links.read(token)
