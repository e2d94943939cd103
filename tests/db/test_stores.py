"""What is stored is what comes back: each domain's state, written by its events and read again."""

import random
from dataclasses import replace

from causerie.clock import HandClock
from causerie.db import Database
from causerie.errors import Refusal
from causerie.floor import store as floor
from causerie.floor.live import LiveRoom, fold
from causerie.groups import actions as groups
from causerie.groups.charter import Charter
from causerie.ids import QuestionId
from causerie.questions import store as questions
from causerie.questions.events import QuestionAsked, QuestionMerged
from causerie.rooms import actions as rooms
from causerie.rooms import life, queries
from causerie.rooms.state import Room
from causerie.rooms.state import fold as fold_room
from causerie.rooms.store import store
from causerie.rooms.zones import by_clock
from causerie.stage import store as stage
from causerie.stage.moves import take_seat
from causerie.stage.state import Seat
from tests.chance import turn_of_chance
from tests.hall import ADA, BEN, NOW, ada
from tests.stored import after_restart, asked_again, called, with_people_and


async def evening(database: Database, room: LiveRoom, seed: int, *, turns: int) -> LiveRoom:
    """Some turns of chance, written and folded; those that are refused leave nothing."""
    chance = random.Random(seed)
    for number in range(turns):
        turn, before = turn_of_chance(chance, number), room
        try:
            _, events = await database.write(lambda tx, turn=turn, before=before: turn(tx, before))
        except Refusal:
            continue
        for event in events:
            room = fold(event, room)
    return room


async def read_back(database: Database, room: LiveRoom, now: int) -> LiveRoom:
    async with database.read() as connection:
        plan = await queries.room_by_id(connection, room.room.id)
        assert plan is not None
        stood = await stage.read(connection, plan.id, now=now)
        asked, queue = await questions.read(connection, plan.id), await floor.read(connection, plan.id)
        return LiveRoom(plan, stood, asked, floor=queue)


async def test_a_room_is_read_back_as_it_was_folded(database: Database):
    plans = [called("sparrows"), called("swifts")]
    await with_people_and(database, *plans)
    now = NOW + 10_000_000

    evenings = [await evening(database, LiveRoom(plan), seed, turns=500) for seed, plan in enumerate(plans, 4)]

    assert all(len(told.questions.all) > 10 and told.stage.spoken and told.floor.shortlist for told in evenings)
    found = [await read_back(database, told, now) for told in evenings]
    assert found == [
        replace(
            told,
            room=replace(told.room, away={}),
            stage=after_restart(told.stage, now),
            floor=asked_again(told.floor),
        )
        for told in evenings
    ]


async def test_a_bot_sits_there_as_before(database: Database):
    plan = called("sparrows")
    await with_people_and(database, plan)
    bot = Seat(BEN, "Ben", 2, "speaker", muted=False, since=NOW, portrait="ben.webp", bot=True)
    room = LiveRoom(plan)

    _, events = await database.write(lambda tx: stage.store(tx, plan.id, take_seat(bot, room.stage)))
    for event in events:
        room = fold(event, room)

    assert room.stage.seats == {BEN: bot}
    assert await read_back(database, room, NOW) == room


async def test_a_room_comes_back_in_each_phase(database: Database, clock: HandClock):
    await with_people_and(database)

    made, _ = await database.write(
        lambda tx: rooms.open_room(tx, ada, title="  On\u0000 swifts ", description="High\nup", cover="c.webp")
    )
    _, began = await database.write(lambda tx: rooms.start(tx, made))
    clock.turn(1)
    _, over = await database.write(lambda tx: rooms.end(tx, replace(made, started_at=NOW)))

    folded = LiveRoom(made)
    for event in [*began, *over]:
        folded = fold(event, folded)
    assert (made.title, made.name, made.host, folded.room.phase) == ("On swifts", "on-swifts", ADA, "ended")
    assert await read_back(database, folded, NOW) == folded


async def test_public_names_are_free_ones_and_unlisted_names_cannot_be_guessed(database: Database):
    await with_people_and(database)

    async def opened(title: str, **more: object) -> str:
        return (await database.write(lambda tx: rooms.open_room(tx, ada, title=title, **more)))[0].name

    names = [await opened("On swifts"), await opened("On swifts!"), await opened("On swifts"), await opened("on")]
    unlisted, arabic = await opened("On swifts", visibility="unlisted"), await opened("عن الطيور")

    assert names == ["on-swifts", "on-swifts-2", "on-swifts-3", "on"]
    assert [len(unlisted), len(arabic)] == [22, 22]


async def test_a_plan_comes_back_with_its_tags_and_its_clocks(database: Database):
    await with_people_and(database)

    made, _ = await database.write(
        lambda tx: rooms.open_room(
            tx,
            ada,
            title="On swifts",
            tags=["Swifts", "#birds", "birds"],
            zone="Europe/Paris",
            local_start="2027-10-31T02:30",
            which="second",
        )
    )
    _, moved = await database.write(
        lambda tx: store(tx, made.id, life.move(made, by_clock("2027-07-01T20:30", "Asia/Tokyo"), now=tx.now))
    )

    async with database.read() as connection:
        found = await queries.room_by_id(connection, made.id)
    assert made.tags == ("birds", "swifts")
    assert made.start == by_clock("2027-10-31T02:30", "Europe/Paris", "second")
    assert found == fold_room(moved[0], made)
    assert found is not None
    assert (found.start, found.tags) == (by_clock("2027-07-01T20:30", "Asia/Tokyo"), made.tags)


async def test_a_plan_whose_time_is_taken_off_comes_back_without_one(database: Database):
    await with_people_and(database)
    at = {"zone": "Europe/Paris", "local_start": "2027-10-31T02:30", "which": "second"}
    made, _ = await database.write(lambda tx: rooms.open_room(tx, ada, title="On swifts", **at))

    _, (off,) = await database.write(lambda tx: store(tx, made.id, life.move(made, None, now=tx.now)))

    async with database.read() as connection:
        found = await queries.room_by_id(connection, made.id)
    assert (
        found == fold_room(off, made) == replace(made, starts_at=None, zone=None, local_start=None, local_again=False)
    )


async def test_the_group_a_plan_is_held_in_comes_back_with_who_looks_after_it(database: Database):
    await with_people_and(database)
    charter = Charter("members", "each", records="must")
    group, _ = await database.write(lambda tx: groups.found(tx, ada, handle="loire", name="Loire"))
    await database.write(lambda tx: groups.set_charter(tx, ada, "loire", charter=charter))
    made, _ = await database.write(lambda tx: rooms.open_room(tx, ada, title="On swifts"))
    group = replace(group, charter=charter)

    _, (held,) = await database.write(lambda tx: store(tx, made.id, life.hold_in(made, group, {ADA: "owner"})))
    inside = fold_room(held, made)
    found_inside = await _found(database, made.id)
    _, (left,) = await database.write(lambda tx: store(tx, made.id, life.hold_in(inside, None, {})))

    assert (inside.group_handle, inside.records, inside.keepers) == ("loire", "must", {ADA: "owner"})
    assert found_inside == inside
    assert await _found(database, made.id) == fold_room(left, inside) == made


async def _found(database: Database, id: str) -> Room:
    async with database.read() as connection:
        room = await queries.room_by_id(connection, id)
        assert room is not None
        return await queries.with_helpers(connection, room)


async def test_speaker_numbers_are_kept(database: Database):
    plan = called("sparrows")
    await with_people_and(database, plan, called("swifts"))

    for person, number in [(ADA, 1), (BEN, 2), (ADA, 1)]:
        await database.write(lambda tx, p=person, n=number: rooms.remember_number(tx, plan.id, p, n))
    async with database.read() as connection:
        found = [await queries.speaker_numbers(connection, name) for name in ("sparrows", "swifts")]

    assert found == [{ADA: 1, BEN: 2}, {}]


async def test_what_was_joined_before_comes_back_joined_with_the_last(database: Database):
    plan = called("sparrows")
    await with_people_and(database, plan)
    ids = [QuestionId(id) for id in ("first", "second", "third")]
    asked = [QuestionAsked(id, BEN, "Ben", f"What of {id}?", False, NOW) for id in ids]
    joined = [QuestionMerged(ids[0], ids[1]), QuestionMerged(ids[1], ids[2])]
    room = LiveRoom(plan)

    _, events = await database.write(lambda tx: questions.store(tx, plan.id, [*asked, *joined]))
    for event in events:
        room = fold(event, room)

    assert [question.merged_into for question in room.questions.all.values()] == [ids[2], ids[2], None]
    async with database.read() as connection:
        found = await questions.read(connection, plan.id)
    assert found == room.questions
