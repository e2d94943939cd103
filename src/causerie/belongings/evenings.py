"""What somebody who has gone leaves in rooms: found room by room, and taken out in each room's own turn."""

from collections.abc import Collection

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.people import Person
from causerie.belongings.emptying import empty, rooms_with
from causerie.belongings.inventory import IN_ROOMS
from causerie.belongings.written import unlist, unname_reports
from causerie.captions.models import captions
from causerie.copies import actions as copying
from causerie.copies import hosting
from causerie.copies.leaving import withdraw
from causerie.copies.models import answers, copies, editions, withdrawals
from causerie.copies.queries import copy_of_room, withdrawals_of
from causerie.db import Tx
from causerie.floor import actions as floor
from causerie.floor.forgotten import UNSEEN, PersonForgotten
from causerie.ids import PersonId, RoomId, new_id
from causerie.questions.models import questions
from causerie.recordings import actions as recordings
from causerie.recordings.live import RecordedRoom
from causerie.recordings.models import takes, tracks
from causerie.rooms.models import rooms
from causerie.stage.models import stays


async def rooms_of(connection: AsyncConnection, ids: Collection[PersonId]) -> list[RoomId]:
    """Rooms in which something is still to be taken out, or done because its host has gone."""
    found = await rooms_with(connection, ids)
    recorded = select(takes.c.room).where(takes.c.room == rooms.c.id, takes.c.state != "off").exists()
    copied = select(copies.c.id).where(copies.c.room == rooms.c.id, copies.c.deleted_at.is_(None)).exists()
    unended = rooms.c.ended_at.is_(None) & rooms.c.cancelled_at.is_(None)
    theirs = rooms.c.group_id.is_(None) & or_(recorded, copied)
    led = await connection.execute(select(rooms.c.id).where(rooms.c.host.in_(ids), or_(unended, theirs)))
    found |= {RoomId(id) for id in [*led.scalars(), *(await connection.execute(_recorded(ids))).scalars()]}
    return sorted(found)


def _recorded(ids: Collection[PersonId]) -> Select[tuple[str]]:
    """Rooms with a track of theirs that they have not taken back, and no host was asked or has said no."""
    asked = select(withdrawals.c.id).join(copies, copies.c.id == withdrawals.c.copy)
    open_ = withdrawals.c.person.in_(ids), withdrawals.c.state != "granted"
    asked = asked.where(copies.c.room == takes.c.room, *open_)
    kept = select(takes.c.room).join(tracks, tracks.c.take == takes.c.id)
    return kept.where(tracks.c.person.in_(ids), tracks.c.withdrawn.is_(False), ~asked.exists())


async def told_before(connection: AsyncConnection, person: PersonId) -> dict[str, int | bool]:
    """What would become of their own rooms: how many never take place, whether one is live, how many copies go."""
    never = rooms.c.started_at.is_(None) & rooms.c.ended_at.is_(None) & rooms.c.cancelled_at.is_(None)
    live = rooms.c.started_at.is_not(None) & rooms.c.ended_at.is_(None)
    counted = select(func.count().filter(never), func.count().filter(live)).where(rooms.c.host == person)
    to_come, on_air = (await connection.execute(counted)).one()
    theirs = select(func.count()).select_from(copies).join(rooms, rooms.c.id == copies.c.room)
    theirs = theirs.where(rooms.c.host == person, rooms.c.group_id.is_(None), copies.c.deleted_at.is_(None))
    copied = await connection.scalar(theirs)
    return {"rooms_to_come": to_come, "live": on_air > 0, "copies": copied or 0}


async def withdraw_part(tx: Tx, live: RecordedRoom, *, ids: Collection[PersonId], name: str) -> None:
    """Their part of what was recorded, by the rule under which they agreed to it; once."""
    copy = await copy_of_room(tx.connection, live.room.id)
    said = await withdrawals_of(tx.connection, copy.id) if copy else []
    asked = {one.person for one in said if one.state != "granted"}
    for id in ids:
        if id not in asked and any(take.answers.get(id) == "kept" for take in live.recording.takes.values()):
            await withdraw(tx, live, Person(id, name))


async def go_out(tx: Tx, live: RecordedRoom, *, ids: Collection[PersonId]) -> None:
    """No seat, hand, role or invitation is theirs. Their own room never takes place, or loses its copy.

    A room that is live goes on as when its host is lost; a copy that belongs to a group stays with it.
    """
    await floor.out(tx, live, ids)
    if live.room.host not in ids or live.room.phase == "live":
        return
    if not live.room.over and live.room.phase != "cancelled":
        await floor.cancel_with_host(tx, live)
    elif live.room.group_id is None:
        await _without_copy(tx, live)


async def _without_copy(tx: Tx, live: RecordedRoom) -> None:
    copy = await copy_of_room(tx.connection, live.room.id)
    if copy is not None:
        await hosting.delete(tx, live, copy, by=live.room.host)
    else:
        await recordings.drop(tx, live)


async def leave_nothing(tx: Tx, live: RecordedRoom, *, ids: Collection[PersonId], name: str) -> list[str]:
    """No row of the room names them; gives the keys of files that go with what they said later."""
    room = live.room.id
    await _uncaption(tx, room, ids, name)
    gone = await _later_answers(tx, room, ids)
    nobody = {id: PersonId(new_id()) for id in ids}
    asked = frozenset(one.id for id in ids for one in live.questions.of(id))
    await floor.leave_questions(tx, live, nobody)
    unseen = questions.c.id.in_(asked), questions.c.state.in_(UNSEEN)
    await tx.run(update(questions).where(*unseen).values(text=""))
    await unlist(tx, room, ids)
    await unname_reports(tx, room, {*ids, *asked}, name)
    unmade = select(copies.c.id).where(copies.c.room == room, copies.c.made == 0)
    await tx.run(update(editions).where(editions.c.copy.in_(unmade)).values(contents=None))
    if live.room.host in ids and live.room.phase != "live":
        await tx.run(update(rooms).where(rooms.c.id == room).values(description="", cover=None))
    await empty(tx, IN_ROOMS, ids, room=room, nobody=nobody)
    tx.emit(PersonForgotten(nobody, name, asked))
    return gone


async def _uncaption(tx: Tx, room: RoomId, ids: Collection[PersonId], name: str) -> None:
    """What was typed along of them, wherever they were on stage under this name."""
    was_there = (await tx.run(select(stays.c.person).where(stays.c.room == room, stays.c.person.in_(ids)))).first()
    spoke = select(tracks.c.name).join(takes, takes.c.id == tracks.c.take)
    spoke = spoke.where(takes.c.room == room, tracks.c.person.in_(ids), tracks.c.withdrawn.is_(True))
    names = {*(await tx.run(spoke)).scalars(), *([name] if was_there else [])} - {""}
    await tx.run(delete(captions).where(captions.c.room == room, captions.c.speaker.in_(names)))


async def _later_answers(tx: Tx, room: RoomId, ids: Collection[PersonId]) -> list[str]:
    """What they answered after the evening; the copy is made anew without it."""
    theirs = select(answers.c.id, answers.c.sound).join(copies, copies.c.id == answers.c.copy)
    given = (await tx.run(theirs.where(copies.c.room == room, answers.c.person.in_(ids)))).all()
    if not given:
        return []
    await tx.run(delete(answers).where(answers.c.id.in_([row.id for row in given])))
    await copying.again(tx, room)
    return [row.sound for row in given if row.sound is not None]
