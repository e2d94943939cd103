"""Who is told what, when: found in the rows, once, whatever is killed in between."""

from functools import partial

import pytest

from causerie.accounts import blocking, following
from causerie.clock import DAY, HOUR, MINUTE
from causerie.copies import store as copies
from causerie.copies.state import Copy
from causerie.groups import actions as groups
from causerie.groups.queries import group_at
from causerie.notices import interest
from causerie.notices.errors import NothingToRemind
from causerie.notices.finding import due
from causerie.notices.inbox import inbox, read_all, read_these, unread
from causerie.notices.kinds import Said
from causerie.notices.telling import begin, begun, tell_some
from causerie.notices.words import worded
from causerie.rooms import actions as rooms
from causerie.rooms import life
from causerie.rooms.events import RoleGiven
from causerie.rooms.models import helpers
from causerie.rooms.queries import hosted
from causerie.rooms.state import Room
from causerie.rooms.store import store
from causerie.rooms.zones import Start
from causerie.safety.bans import Ban
from causerie.safety.events import Banned
from causerie.safety.store import store as keep_ban
from tests.notices.conftest import Telling


async def move(tx, room: Room, to: Start | None) -> None:
    await store(tx, room.id, life.move(room, to, now=tx.now))


async def cancel(tx, room: Room) -> None:
    await store(tx, room.id, life.cancel(room, now=tx.now))


async def test_who_wants_to_be_reminded_is_a_day_before_a_quarter_before_and_at_the_start(story: Telling):
    await story.person("Ben")
    await story.person("Cho")
    room = await story.room(within=2 * DAY)
    await story.remind(room, "Ben", "Ben")

    told = []
    for wait in (HOUR, 23 * HOUR, HOUR, DAY - HOUR - 15 * MINUTE, 15 * MINUTE, 11 * MINUTE):
        story.clock.turn(wait)
        await story.notices.sweep()
        told.append((await story.told("Ben"))["Ben"])

    assert told == [
        [],
        ["room.day"],
        ["room.day"],
        ["room.day", "room.soon"],
        ["room.day", "room.soon", "room.starts"],
        ["room.day", "room.soon", "room.starts"],
    ]
    assert await story.told("Ada", "Cho") == {"Ada": [], "Cho": []}


async def test_everybody_is_reminded_at_the_moments_they_chose(story: Telling):
    for name in ("Ben", "Cho", "Dee"):
        await story.person(name)
    room = await story.room(within=8 * DAY)
    await story.remind(room, "Ben", times=("week", "hour"))
    await story.remind(room, "Cho", times=("day",))
    await story.remind(room, "Dee", times=())

    for wait in (DAY, 6 * DAY, DAY - HOUR, 45 * MINUTE, 15 * MINUTE):
        story.clock.turn(wait)
        await story.notices.sweep()
    await story.does(rooms.start, room)
    await story.notices.sweep()

    assert await story.told("Ben", "Cho", "Dee") == {
        "Ben": ["room.week", "room.hour", "room.live"],
        "Cho": ["room.day", "room.live"],
        "Dee": ["room.live"],
    }


async def test_hosts_are_told_nothing_of_their_own_rooms(story: Telling):
    ben = await story.person("Ben")
    room = await story.room()
    await story.remind(room, "Ada", "Ben")
    await story.database.write(partial(following.put, kind="person", subject=ben.id, person=story.people["Ada"].id))

    story.clock.turn(DAY)
    await story.notices.sweep()
    await story.does(rooms.start, room)
    await story.notices.sweep()

    assert await story.told("Ada", "Ben") == {"Ada": [], "Ben": ["room.day", "room.live"]}


async def test_a_reminder_that_comes_hours_late_does_not_come(story: Telling):
    await story.person("Ben")
    room = await story.room(within=2 * DAY)
    await story.remind(room, "Ben")

    story.clock.turn(2 * DAY + HOUR)
    await story.notices.sweep()

    assert await story.told("Ben") == {"Ben": []}


async def test_followers_and_who_wanted_to_be_reminded_hear_that_a_room_is_live_once(story: Telling):
    for name in ("Ben", "Cho", "Dee"):
        await story.person(name)
    room = await story.room()
    await story.remind(room, "Ben")
    await story.follow("Ben", "Cho")

    await story.does(rooms.start, room)
    await story.notices.sweep()
    await story.started().sweep()

    live = ["room.live"]
    assert await story.told("Ada", "Ben", "Cho", "Dee") == {"Ada": [], "Ben": live, "Cho": live, "Dee": []}


async def test_of_an_unlisted_room_followers_hear_nothing(story: Telling):
    await story.person("Ben")
    await story.follow("Ben")
    unlisted = partial(rooms.open_room, host=story.people["Ada"], title="Among us", visibility="unlisted")
    room, _ = await story.database.write(unlisted)

    await story.does(rooms.start, room)
    await story.notices.sweep()

    assert await story.told("Ben") == {"Ben": []}


async def test_who_is_banned_from_a_room_hears_nothing_of_it(story: Telling):
    ben = await story.person("Ben")
    await story.person("Cho")
    room = await story.room()
    await story.remind(room, "Ben", "Cho")
    ban = Ban("ban", ben.id, "Ben", frozenset({ben.id}), None, "", story.people["Ada"].id, 1, None)
    await story.database.write(lambda tx: keep_ban(tx, room.id, [Banned(ban)]))

    await story.does(rooms.start, room)
    await story.notices.sweep()

    assert await story.told("Ben", "Cho") == {"Ben": [], "Cho": ["room.live"]}


@pytest.mark.parametrize("blocks", [("Ada", "Ben"), ("Ben", "Ada")], ids=["the host blocks", "the host is blocked"])
async def test_a_block_is_between_two_and_all_others_hear_of_the_room(story: Telling, blocks: tuple[str, str]):
    for name in ("Ben", "Cho", "Dee"):
        await story.person(name)
    one, other = (story.people[name].id for name in blocks)
    room = await story.room()
    await story.follow("Ben", "Cho")
    for person in (story.people["Ben"], story.people["Cho"]):
        given = RoleGiven(person.id, person.name, "captioner", story.clock.now())
        await story.database.write(lambda tx, given=given: store(tx, room.id, [given]))
    await story.database.write(partial(blocking.block, person=one, other=other))

    await story.notices.sweep()
    await story.does(rooms.start, room)
    await story.notices.sweep()

    told = {"Ben": [], "Cho": ["room.invited", "room.live"], "Dee": []}
    assert await story.told("Ben", "Cho", "Dee") == told


async def test_when_its_group_becomes_private_members_alone_hear_of_a_room(story: Telling):
    ada, ben = story.people["Ada"], await story.person("Ben")
    for name in ("Cho", "Dee"):
        await story.person(name)
    open_one = {"handle": "loire", "name": "Loire", "description": "", "joining": "open", "hidden_list": False}
    await story.database.write(partial(groups.found, by=ada, **open_one))
    await story.database.write(partial(groups.join, by=ben, handle="loire"))
    room, _ = await story.database.write(partial(rooms.open_room, host=ada, title="Locks", group="loire"))
    await story.remind(room, "Ben", "Cho")
    await story.follow("Dee")

    await story.database.write(partial(groups.edit, by=ada, private=True, **open_one))
    await story.does(rooms.start, room)
    await story.notices.sweep()

    assert await story.told("Ben", "Cho", "Dee") == {"Ben": ["room.live"], "Cho": [], "Dee": []}
    async with story.database.read() as connection:
        assert await hosted(connection, ada.id, now=story.clock.now()) == []


async def ben_in_a_group_of_ada(story: Telling, *, private: bool) -> None:
    """Cho is there, and in no group."""
    ada, ben = story.people["Ada"], await story.person("Ben")
    await story.person("Cho")
    group = {"handle": "loire", "name": "Loire", "description": "", "joining": "open", "hidden_list": False}
    await story.database.write(partial(groups.found, by=ada, **group))
    await story.database.write(partial(groups.join, by=ben, handle="loire"))
    await story.database.write(partial(groups.edit, by=ada, private=private, **group))


async def test_held_in_a_private_group_from_now_on_members_alone_are_told_and_who_was_told_stays_told(story: Telling):
    await ben_in_a_group_of_ada(story, private=True)
    room = await story.room(within=DAY)
    await story.remind(room, "Ben", "Cho")
    await story.notices.sweep()

    async with story.database.read() as connection:
        held, _ = await group_at(connection, "loire", story.people["Ada"].id)
    room = await story.does(lambda tx, room: store(tx, room.id, life.hold_in(room, held, {})), room)
    await story.does(rooms.start, room)
    await story.notices.sweep()

    assert await story.told("Ben", "Cho") == {"Ben": ["room.day", "room.live"], "Cho": ["room.day"]}


@pytest.mark.parametrize(
    ("visibility", "private", "hears"),
    [("public", False, ["room.live"]), ("unlisted", False, []), ("public", True, ["room.live"])],
)
async def test_members_of_its_group_hear_that_a_room_is_live(
    story: Telling, visibility: str, private: bool, hears: list[str]
):
    await ben_in_a_group_of_ada(story, private=private)
    held = partial(rooms.open_room, host=story.people["Ada"], title="Locks", group="loire", visibility=visibility)
    room, _ = await story.database.write(held)

    await story.does(rooms.start, room)
    await story.notices.sweep()

    assert await story.told("Ada", "Ben", "Cho") == {"Ada": [], "Ben": hears, "Cho": []}


async def test_a_room_that_is_moved_is_told_and_reminded_of_anew(story: Telling):
    await story.person("Ben")
    room = await story.room(within=DAY - MINUTE)
    await story.remind(room, "Ben")
    await story.notices.sweep()

    room = await story.does(move, room, to=Start(story.clock.now() + 3 * DAY))
    await story.notices.sweep()
    story.clock.turn(2 * DAY)
    await story.notices.sweep()

    assert await story.told("Ben") == {"Ben": ["room.day", "room.moved", "room.day"]}


async def test_when_its_time_is_taken_off_that_is_told_and_nobody_is_reminded_of_it(story: Telling):
    await story.person("Ben")
    room = await story.room(within=DAY + HOUR)
    await story.remind(room, "Ben")

    room = await story.does(move, room, to=None)
    await story.notices.sweep()
    async with story.database.read() as connection:
        (said,) = await inbox(connection, story.people["Ben"].id)
    for wait in (HOUR, DAY - 15 * MINUTE, 15 * MINUTE):
        story.clock.turn(wait)
        await story.notices.sweep()

    words = worded(said.kind, said.said)
    assert (words.title, words.text) == (
        "No time any more: Sparrows",
        "It begins when Ada is ready, at no time that is set. You hear when it does.",
    )
    assert await story.told("Ben") == {"Ben": ["room.moved"]}
    await story.does(rooms.start, room)
    await story.notices.sweep()
    assert await story.told("Ben") == {"Ben": ["room.moved", "room.live"]}


async def test_each_move_is_told_also_back_to_a_time_it_had(story: Telling):
    await story.person("Ben")
    room = await story.room()
    await story.remind(room, "Ben")
    at = story.clock.now() + 3 * DAY

    for to in (Start(at), None, Start(at), None):
        story.clock.turn(MINUTE)
        room = await story.does(move, room, to=to)
        await story.notices.sweep()
        await story.started().sweep()

    async with story.database.read() as connection:
        said = await inbox(connection, story.people["Ben"].id)
    assert [one.said.at for one in reversed(said)] == [at, None, at, None]


@pytest.mark.parametrize("to", [None, Start(9 * DAY)])
async def test_a_reminder_that_was_begun_stops_where_its_time_is_no_more(story: Telling, to: Start | None):
    names = [f"Listener {n}" for n in range(5)]
    for name in names:
        await story.person(name)
    room = await story.room(within=DAY)
    await story.remind(room, *names)
    async with story.database.read() as connection:
        (telling,) = await due(connection, now=story.clock.now())
    await story.database.write(partial(begin, telling=telling))
    await story.database.write(partial(tell_some, telling=telling, mail=True, most=2))

    # Killed between two slices; while nothing ran, the plan changed.
    to = to and Start(story.clock.now() + to.at)
    await story.does(move, room, to=to)
    await story.started().sweep()

    told = await story.told(*names)
    assert sorted(told.values()) == [["room.day", "room.moved"]] * 2 + [["room.moved"]] * 3
    async with story.database.read() as connection:
        assert await begun(connection) == []


async def test_a_room_that_is_cancelled_is_told_and_not_reminded_of(story: Telling):
    await story.person("Ben")
    room = await story.room()
    await story.remind(room, "Ben")

    await story.does(cancel, room)
    await story.notices.sweep()
    story.clock.turn(DAY)
    await story.notices.sweep()

    assert await story.told("Ben") == {"Ben": ["room.cancelled"]}


@pytest.mark.parametrize(
    ("state", "told"), [("ready", ["copy.ready"]), ("failed", ["copy.failed"]), ("processing", [])]
)
async def test_who_leads_a_room_hears_once_what_became_of_its_copy(story: Telling, state: str, told: list[str]):
    ben, cho = await story.person("Ben"), await story.person("Cho")
    room = await story.room()
    await story.remind(room, "Cho")
    here = {"name": "Ben", "since": 1, "portrait": None}
    await story.database.write(lambda tx: tx.put(helpers, room=room.id, person=ben.id, role="cohost", **here))
    await story.database.write(lambda tx: tx.put(helpers, room=room.id, person=cho.id, role="screener", **here))
    copy = Copy("copy", "cccccccccccccccccccccc", room.id, "processing", "private", 0, 0, 0, story.clock.now())
    await story.database.write(partial(copies.add, copy=copy))
    await story.database.write(partial(copies.change, copy=copy.id, state=state))

    await story.notices.sweep()
    # It is tried again, and cannot be made again.
    await story.database.write(partial(copies.change, copy=copy.id, state=state))
    await story.started().sweep()

    assert await story.told("Ada", "Ben", "Cho") == {"Ada": told, "Ben": told, "Cho": []}


async def test_of_a_room_that_began_or_is_cancelled_nobody_can_be_reminded(story: Telling):
    ben = await story.person("Ben")
    live = await story.does(rooms.start, await story.room())
    cancelled = await story.does(cancel, await story.room("Swifts"))

    for room in (live, cancelled):
        with pytest.raises(NothingToRemind):
            await story.database.write(partial(interest.remind, person=ben, room=room))

    async with story.database.read() as connection:
        assert await interest.interested(connection, live.id) == 0


async def test_a_telling_that_is_killed_between_two_slices_goes_on_where_it_was(story: Telling):
    names = [f"Listener {n}" for n in range(7)]
    for name in names:
        await story.person(name)
    room = await story.room()
    await story.remind(room, *names)
    await story.does(rooms.start, room)
    async with story.database.read() as connection:
        (telling,) = await due(connection, now=story.clock.now())
    await story.database.write(partial(begin, telling=telling))
    await story.database.write(partial(tell_some, telling=telling, mail=True, most=3))
    # As if the slice had been told and the mark of it lost: it is told again.
    await story.database.write(partial(tell_some, telling=telling, mail=True, most=3))

    await story.started().sweep()

    assert await story.told(*names) == {name: ["room.live"] for name in names}
    async with story.database.read() as connection:
        assert await begun(connection) == []


async def test_an_inbox_is_its_owners_and_is_read_once(story: Telling):
    ben, cho = await story.person("Ben"), await story.person("Cho")
    for title in ("Sparrows", "Swifts", "Storks"):
        room = await story.room(title)
        await story.remind(room, "Ben", "Cho")
        await story.does(rooms.start, room)
        await story.notices.sweep()

    async with story.database.read() as connection:
        last, middle, first = await inbox(connection, ben.id)
    await story.database.write(partial(read_these, person=cho.id, ids=[first.id]))
    await story.database.write(partial(read_these, person=ben.id, ids=[first.id]))
    async with story.database.read() as connection:
        after_one = [await unread(connection, person.id) for person in (ben, cho)]
    await story.database.write(partial(read_all, person=ben.id, up_to=middle.id))
    async with story.database.read() as connection:
        after_all = [await unread(connection, person.id) for person in (ben, cho)]
        older = await inbox(connection, ben.id, before=last.id)

    assert last.said == Said("Storks", "Ada", "/r/storks", story.clock.now())
    assert (after_one, after_all) == ([2, 3], [1, 3])
    assert [notice.said.title for notice in older] == ["Swifts", "Sparrows"]
