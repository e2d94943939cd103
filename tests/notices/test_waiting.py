"""What waited while somebody slept is told only if it is still so, and still for them; it stands in their inbox."""

import pytest

from causerie.accounts import blocking
from causerie.accounts.suspending import suspend
from causerie.clock import DAY, MINUTE
from causerie.notices import interest, wishes
from causerie.notices.deliveries import waiting_letters
from causerie.rooms import actions as rooms
from causerie.rooms.events import HostAsked, HostUnasked, RoleGiven, RoleTaken
from causerie.rooms.state import Room
from causerie.rooms.store import store
from causerie.rooms.zones import Start
from causerie.safety.bans import Ban
from causerie.safety.events import Banned
from causerie.safety.store import store as keep_ban
from tests.notices.conftest import Telling
from tests.notices.test_telling import cancel, move


async def becomes(story: Telling, room: Room, what: str) -> None:
    """Something happens between the notice and the message."""
    ada, ben = story.people["Ada"], story.people["Ben"]
    ban = Ban("ban", ben.id, "Ben", frozenset({ben.id}), None, "", ada.id, 1, None)
    deeds = {
        "banned": lambda tx, _: keep_ban(tx, room.id, [Banned(ban)]),
        "blocked": lambda tx, _: blocking.block(tx, ada.id, other=ben.id),
        "suspended": lambda tx, _: suspend(tx, ada, ben.id, reason="It was asked for.", days=1),
        "taken back": lambda tx, _: store(tx, room.id, [RoleTaken(ben.id)]),
        "unasked": lambda tx, _: store(tx, room.id, [HostUnasked(ben.id, "withdrawn")]),
        "begun": rooms.start,
        "cancelled": cancel,
        "forgotten": lambda tx, _: interest.forget(tx, ben.id, room.id),
        "another moment": lambda tx, _: interest.remind(tx, ben, room, times=("starts",)),
        "a moment more": lambda tx, _: interest.remind(tx, ben, room, times=("soon", "starts")),
        "reminders off": lambda tx, _: wishes.switch(tx, ben.id, "reminders", "push", on=False),
        "letters off": lambda tx, _: wishes.switch(tx, ben.id, "reminders", "mail", on=False),
        "invitations off": lambda tx, _: wishes.switch(tx, ben.id, "invited", "push", on=False),
        "moved": lambda tx, room: move(tx, room, Start(story.clock.now() + 3 * DAY)),
    }
    if what != "nothing":
        await story.does(deeds[what], room)


OUT = ("banned", "blocked", "suspended")


@pytest.mark.parametrize(
    ("kind", "what", "told"),
    [
        *(("room.invited", what, 0) for what in (*OUT, "taken back", "cancelled")),
        ("room.invited", "invitations off", 0),
        ("room.invited", "reminders off", 1),
        ("room.invited", "nothing", 1),
        ("room.invited", "begun", 1),
        *(("room.handed", what, 0) for what in (*OUT, "unasked", "cancelled")),
        ("room.handed", "nothing", 1),
        *(("room.soon", what, 0) for what in (*OUT, "begun", "cancelled", "moved")),
        *(("room.soon", what, 0) for what in ("forgotten", "another moment", "reminders off")),
        *(("room.soon", what, 1) for what in ("a moment more", "letters off", "invitations off")),
        ("room.soon", "nothing", 1),
    ],
)
async def test_what_waited_is_asked_again(story: Telling, kind: str, what: str, told: int):
    ben = await story.person("Ben", push=True)
    await story.person("Cho", push=True)
    room = await story.room(within=10 * MINUTE if kind == "room.soon" else DAY * 2)
    if kind == "room.soon":
        await story.remind(room, "Ben", times=("soon",))
    elif kind == "room.invited":
        await story.database.write(
            lambda tx: store(tx, room.id, [RoleGiven(ben.id, "Ben", "captioner", story.clock.now())])
        )
    else:
        await story.database.write(lambda tx: store(tx, room.id, [HostAsked(ben.id, "Ben", room.host, "Ada")]))
    await story.notices.sweep()
    inbox = await story.told("Ben")

    await becomes(story, room, what)
    await story.notices.deliver()

    assert inbox == {"Ben": [kind]}
    assert (len(story.service.sent), await story.states()) == (told, [("push", "sent" if told else "dropped")])


async def test_others_are_told_all_the_same(story: Telling):
    for name in ("Ben", "Cho"):
        await story.person(name, push=True)
    room = await story.room(within=10 * MINUTE)
    await story.remind(room, "Ben", "Cho", times=("soon",))
    await story.notices.sweep()

    await becomes(story, room, "banned")
    await story.notices.deliver()

    assert (len(story.service.sent), sorted(await story.states())) == (1, [("push", "dropped"), ("push", "sent")])


async def test_letters_that_are_handed_over_are_asked_again_too(story: Telling):
    ben = await story.person("Ben", mail=True)
    room = await story.room()
    given = RoleGiven(ben.id, "Ben", "captioner", story.clock.now())
    await story.database.write(lambda tx: store(tx, room.id, [given]))
    await story.notices.sweep()

    async def waiting() -> list[str]:
        async with story.database.read() as connection:
            found, _ = await waiting_letters(connection, now=story.clock.now(), after=0, most=9)
        return [one.kind for _, one in found]

    before = await waiting()
    await becomes(story, room, "taken back")

    assert (before, await waiting()) == (["room.invited"], [])
