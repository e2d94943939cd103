"""Nobody finds what they may not know of; in each of these stories it is there, with the words that are asked for."""

from functools import partial

import pytest
from sqlalchemy import insert, update

from causerie.accounts.suspending import suspend
from causerie.clock import DAY
from causerie.copies.models import answers, copies
from causerie.groups import actions as groups
from causerie.groups.models import group_bans, memberships
from causerie.questions.models import questions
from causerie.rooms.models import rooms
from causerie.rooms.state import Room
from causerie.safety.models import banned, bans
from tests.discovery.shelves import Shelves

NOBODY, BEN = None, "ben"


async def private_group(shelves: Shelves, host, **more) -> str:
    found = partial(groups.found, by=host, handle="loire", name="Les Amis", private=True, **more)
    return (await shelves.does(found)).id


async def test_drafts_and_unlisted_rooms_and_their_questions_are_found_by_nobody(shelves: Shelves):
    ada = await shelves.person("Ada")
    for title, more in (("Owls", {"draft": True}), ("Owls here", {"visibility": "unlisted"}), ("Owls all", {})):
        room = await shelves.room(ada, title, **more)
        await shelves.asked(room, f"{title}?", title)

    for by in (NOBODY, BEN, ada.id):
        assert await shelves.every("owls", by) == ["Owls all", "Owls all?"]


async def test_a_private_group_is_for_its_members_and_closed_to_those_it_shut_out(shelves: Shelves):
    ada, ben, cho, dee = [await shelves.person(name) for name in ("Ada", "Ben", "Cho", "Dee")]
    group = await private_group(shelves, ada)
    room = await shelves.room(ada, "Owls", group="loire")
    await shelves.asked(room, "Owls?", "1")
    for person in (ben, dee):
        row = {"group_id": group, "person": person.id, "role": "member", "rank": 3, "since": 1}
        await shelves.run(insert(memberships).values(row))
    await shelves.run(insert(group_bans).values(group_id=group, person=dee.id, reason="", by=ada.id, at=1))

    found = [await shelves.every("owls", by and by.id) for by in (None, cho, dee, ben, ada)]

    assert found == [[], [], [], ["Owls", "Owls?"], ["Owls", "Owls?"]]


async def test_of_a_public_group_those_it_shut_out_find_nothing(shelves: Shelves):
    ada, ben = [await shelves.person(name) for name in ("Ada", "Ben")]
    group = (await shelves.does(partial(groups.found, by=ada, handle="loire", name="Les Amis"))).id
    await shelves.room(ada, "Owls", group="loire")
    await shelves.run(insert(group_bans).values(group_id=group, person=ben.id, reason="", by=ada.id, at=1))

    assert [await shelves.every("owls", by) for by in (None, ada.id, ben.id)] == [["Owls"], ["Owls"], []]


async def test_who_is_banned_from_a_room_finds_nothing_of_it_until_that_is_over(shelves: Shelves):
    ada = await shelves.person("Ada")
    for n, over in enumerate(({}, {"lifted_at": 1}, {"until": shelves.now})):
        room = await shelves.room(ada, f"Owls {n}")
        await shelves.asked(room, f"Owls {n}?", str(n))
        await shelves.run(
            insert(bans).values(id=str(n), room=room.id, person="ben", reason="", by=ada.id, at=1, **over)
        )
        await shelves.run(insert(banned).values(ban=str(n), person="ben"))

    assert await shelves.every("owls", "ben") == ["Owls 2", "Owls 1", "Owls 2?", "Owls 1?"]
    assert await shelves.found("rooms", "owls") == ["Owls 2", "Owls 1", "Owls 0"]


async def test_questions_that_wait_fell_away_or_were_joined_are_found_by_nobody(shelves: Shelves):
    room = await shelves.room(await shelves.person("Ada"), "Birds")
    states = ("pending", "open", "next", "on_air", "answered", "carried_over", "dismissed", "merged", "withdrawn")
    for state in states:
        asked = await shelves.asked(room, f"Owls {state}?", state)
        await shelves.run(update(questions).where(questions.c.id == asked).values(state=state))

    found = await shelves.found("questions", "owls", "ben")

    assert sorted(found) == sorted(f"Owls {state}?" for state in states[1:6])


async def copied(shelves: Shelves, room: Room, **more) -> None:
    row = {"id": "copy", "name": "copy", "room": room.id, "state": "ready", "visibility": "published"}
    row |= {"generation": 1, "wanted": 1, "made": 1, "edits": "{}", "created_at": 1, **more}
    await shelves.run(insert(copies).values(row))


async def answered(shelves: Shelves, asked: str, name: str, **more) -> None:
    await shelves.run(update(questions).where(questions.c.id == asked).values(state="answered"))
    row = {"id": name, "name": name, "copy": "copy", "kind": "answer", "question": asked, "title": "Owls"}
    await shelves.run(insert(answers).values(row | {"begins": 1, "ends": 2, "at": 0, "hidden": False, **more}))


async def test_an_answered_question_leads_to_its_answer_and_one_whose_answer_is_hidden_is_not_found(shelves: Shelves):
    room = await shelves.room(await shelves.person("Ada"), "Birds")
    await copied(shelves, room)
    for name, more in (("heard", {}), ("hidden", {"hidden": True}), ("cut", {"at": None})):
        await answered(shelves, await shelves.asked(room, f"Owls {name}?", name), name, **more)

    found = (await shelves.page("questions", "owls")).found

    assert [(one.text, one.answer) for one in found] == [("Owls cut?", None), ("Owls heard?", "heard")]


@pytest.mark.parametrize(
    "taken", [{"visibility": "private"}, {"visibility": "unlisted"}, {"deleted_at": 1}, {"made": 0}]
)
async def test_no_question_leads_to_a_copy_that_is_shown_to_nobody_or_was_taken_away(shelves: Shelves, taken):
    room = await shelves.room(await shelves.person("Ada"), "Birds")
    await copied(shelves, room, **taken)
    await answered(shelves, await shelves.asked(room, "Owls?", "1"), "1")

    assert [one.answer for one in (await shelves.page("questions", "owls")).found] == [None]


async def test_a_room_that_is_made_unlisted_is_found_no_more_and_announced_it_is(shelves: Shelves):
    ada = await shelves.person("Ada")
    draft = await shelves.room(ada, "Owls", draft=True)

    before = await shelves.found("rooms", "owls")
    await shelves.run(update(rooms).where(rooms.c.id == draft.id).values(draft=False))
    between = await shelves.found("rooms", "owls")
    await shelves.run(update(rooms).where(rooms.c.id == draft.id).values(visibility="unlisted"))

    assert (before, between, await shelves.found("rooms", "owls")) == ([], ["Owls"], [])


async def test_who_is_suspended_is_found_again_when_that_is_over(shelves: Shelves):
    ada = await shelves.person("Ada", admin=True)
    ben = await shelves.person("Ben Owl")
    await shelves.does(partial(suspend, by=ada, person=ben.id, reason="Insults, twice.", days=1))

    before = await shelves.found("people", "owl")
    shelves.now += 2 * DAY

    assert (before, await shelves.found("people", "owl")) == ([], ["Ben Owl"])
