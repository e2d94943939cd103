"""What one person is told: they have a part in a room, are next, or what they asked was answered."""

import pytest

from causerie.clock import DAY, MINUTE
from causerie.ids import QuestionId, new_id
from causerie.questions import events as asked
from causerie.questions.store import store as keep_question
from causerie.rooms import actions as rooms
from causerie.rooms.events import HostAsked, RoleGiven
from causerie.rooms.store import store
from causerie.safety.bans import Ban
from causerie.safety.events import Banned
from causerie.safety.store import store as keep_ban
from tests.notices.conftest import Telling


async def ask(story: Telling, room, name: str) -> QuestionId:
    id = QuestionId(new_id())
    by = story.people[name]
    said = asked.QuestionAsked(id, by.id, name, f"Why, asks {name}?", False, story.clock.now())
    await story.database.write(lambda tx: keep_question(tx, room.id, [said]))
    return id


async def happens(story: Telling, room, *events) -> None:
    await story.database.write(lambda tx: keep_question(tx, room.id, events))


@pytest.mark.parametrize("within", [DAY, None])
async def test_who_is_given_a_part_in_a_room_that_comes_hears_of_it_once(story: Telling, within: int | None):
    ben, cho, dee = [await story.person(name) for name in ("Ben", "Cho", "Dee")]
    room, live = await story.room(within=within), await story.room("Swifts")
    await story.does(rooms.start, live)
    await story.notices.sweep()  # that it is live is told at once, to those who have a part in it by then
    now = story.clock.now()
    for at, person, role in ((room, ben, "cohost"), (room, cho, "captioner"), (live, dee, "cohost")):
        given = RoleGiven(person.id, person.name, role, now)
        await story.database.write(lambda tx, at=at, given=given: store(tx, at.id, [given]))

    await story.notices.sweep()
    await story.started().sweep()

    assert await story.told("Ada", "Ben", "Cho", "Dee") == {
        "Ada": [],
        "Ben": ["room.invited"],
        "Cho": ["room.invited"],
        "Dee": [],
    }


@pytest.mark.parametrize("within", [DAY, None])
async def test_who_is_asked_to_lead_hears_of_it(story: Telling, within: int | None):
    ben, ada = await story.person("Ben"), story.people["Ada"]
    room = await story.room(within=within)
    await story.database.write(lambda tx: store(tx, room.id, [HostAsked(ben.id, "Ben", ada.id, "Ada")]))

    await story.notices.sweep()

    assert await story.told("Ada", "Ben") == {"Ada": [], "Ben": ["room.handed"]}


async def test_whose_question_is_next_or_on_air_hears_of_it_once(story: Telling):
    for name in ("Ben", "Cho"):
        await story.person(name)
    room = await story.room()
    await story.does(rooms.start, room)
    bens, chos = [await ask(story, room, name) for name in ("Ben", "Cho")]
    now = story.clock.now()

    await happens(story, room, asked.QuestionNext(bens, now))
    await story.notices.sweep()
    await happens(story, room, asked.QuestionOnAir(bens, now + 1))
    await story.notices.sweep()
    story.clock.turn(3 * MINUTE)
    await happens(story, room, asked.QuestionNext(chos, now))  # three minutes ago: nobody is next any more
    await story.notices.sweep()

    assert await story.told("Ben", "Cho") == {"Ben": ["question.next"], "Cho": []}


async def test_whose_question_was_answered_hears_of_it_and_so_does_who_asked_the_same(story: Telling):
    for name in ("Ben", "Cho", "Dee"):
        await story.person(name)
    room = await story.room()
    await story.does(rooms.start, room)
    bens, chos, _ = [await ask(story, room, name) for name in ("Ben", "Cho", "Dee")]
    adas = await ask(story, room, "Ada")
    now = story.clock.now() - DAY // 2

    merged = asked.QuestionMerged(chos, bens, frozenset())
    await happens(story, room, merged, asked.QuestionAnswered(bens, now), asked.QuestionAnswered(adas, now))
    await story.notices.sweep()
    await story.started().sweep()

    answered = ["question.answered"]
    assert await story.told("Ada", "Ben", "Cho", "Dee") == {"Ada": [], "Ben": answered, "Cho": answered, "Dee": []}


@pytest.mark.parametrize("banned", [True, False])
async def test_who_is_shut_out_hears_nothing_of_what_they_asked(story: Telling, banned: bool):
    ben = await story.person("Ben")
    room = await story.room()
    await story.does(rooms.start, room)
    question = await ask(story, room, "Ben")
    await happens(story, room, asked.QuestionAnswered(question, story.clock.now()))
    if banned:
        ban = Ban("ban", ben.id, "Ben", frozenset({ben.id}), None, "", story.people["Ada"].id, 1, None)
        await story.database.write(lambda tx: keep_ban(tx, room.id, [Banned(ban)]))

    await story.notices.sweep()

    assert await story.told("Ben") == {"Ben": [] if banned else ["question.answered"]}
