"""How each event of a room's life is written."""

from functools import singledispatch

from sqlalchemy import delete, insert, update

from causerie.db import Tx
from causerie.ids import RoomId
from causerie.rooms import events as happened
from causerie.rooms.changes import changed_plan
from causerie.rooms.models import dumped, helpers, room_terms, rooms, speaker_links
from causerie.rooms.settings import written
from causerie.rooms.state import set_for
from causerie.rooms.tags import keep_tags
from causerie.terms import kept


async def store(tx: Tx, room: RoomId, events: list[happened.Event]) -> None:
    """Write what happened, and announce it."""
    for event in events:
        await _write(event, tx, room)
    tx.emit(*events)


@singledispatch
async def _write(event: object, _tx: Tx, _room: RoomId) -> None:
    raise TypeError(f"{type(event).__name__} is no event of a room")


@_write.register
async def _(event: happened.RoomStarted, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, started_at=event.at)


@_write.register
async def _(event: happened.RoomEnded, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, ended_at=event.at)


@_write.register
async def _(event: happened.RoomSet, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, settings=written(event.settings))
    await tx.put(room_terms, room=room, agenda=kept(*event.settings.agenda))
    await changed_plan(tx, room)


@_write.register
async def _(event: happened.MomentDumped, tx: Tx, room: RoomId) -> None:
    await tx.run(insert(dumped).values(room=room, begins=event.begins, ends=event.ends))


@_write.register
async def _(event: happened.RoleGiven, tx: Tx, room: RoomId) -> None:
    given = {"name": event.name, "role": event.role, "since": event.at, "portrait": event.portrait}
    await tx.put(helpers, room=room, person=event.person, **given)


@_write.register
async def _(event: happened.RoleTaken, tx: Tx, room: RoomId) -> None:
    await tx.run(delete(helpers).where(helpers.c.room == room, helpers.c.person == event.person))


@_write.register
async def _(event: happened.HostAsked, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, heir=event.person, heir_by=event.by)


@_write.register
async def _(_event: happened.HostUnasked, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, heir=None, heir_by=None)


@_write.register
async def _(event: happened.HostChanged, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, host=event.to.person, lost_host=event.lost.person if event.lost else None)


@_write.register
async def _(event: happened.BackstageOpened, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, backstage_at=event.at)


@_write.register
async def _(event: happened.RoomCancelled, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, cancelled_at=event.at)
    await changed_plan(tx, room)


@_write.register
async def _(event: happened.RoomMissed, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, missed_at=event.at)
    await changed_plan(tx, room)


@_write.register
async def _(event: happened.RoomReopened, tx: Tx, room: RoomId) -> None:
    unplanned = {"local_start": None, "local_again": False}
    await _changed(tx, room, starts_at=event.at, missed_at=None, backstage_at=None, **unplanned)
    await changed_plan(tx, room, moved=True)


@_write.register
async def _(event: happened.RoomMoved, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, **set_for(event.start))
    await changed_plan(tx, room, moved=True)


@_write.register
async def _(_event: happened.RoomAnnounced, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, draft=False)


@_write.register
async def _(event: happened.RoomReworded, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, title=event.title, description=event.description, language=event.language)
    await tx.put(room_terms, room=room, title=kept(event.title), description=kept(event.description))
    await changed_plan(tx, room)


@_write.register
async def _(event: happened.VisibilityChanged, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, visibility=event.visibility)


@_write.register
async def _(event: happened.RoomHeld, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, group_id=event.group.id if event.group is not None else None)


@_write.register
async def _(event: happened.RoomTagged, tx: Tx, room: RoomId) -> None:
    await keep_tags(tx, room, event.tags)


@_write.register
async def _(event: happened.RoomCovered, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, cover=event.cover)


@_write.register
async def _(event: happened.RoomExtended, tx: Tx, room: RoomId) -> None:
    await _changed(tx, room, extended_to=event.to)


@_write.register
async def _(event: happened.LinkTaken, tx: Tx, _room: RoomId) -> None:
    await tx.run(update(speaker_links).where(speaker_links.c.id == event.link).values(person=event.person))


@_write.register
async def _(event: happened.LinkGone, tx: Tx, room: RoomId) -> None:
    await tx.run(delete(speaker_links).where(speaker_links.c.room == room, speaker_links.c.id == event.link))


# Who is here, and what follows from it, begins anew with the program: everybody has their full span to come back.
@_write.register(happened.LeaderLeft)
@_write.register(happened.LeaderCame)
@_write.register(happened.ChairEmpty)
@_write.register(happened.ChairFilled)
@_write.register(happened.EndNear)
@_write.register(happened.EndLifted)
@_write.register(happened.HostLate)
@_write.register(happened.HostArrived)
@_write.register(happened.LinkTried)
async def _(_event: object, _tx: Tx, _room: RoomId) -> None: ...


async def _changed(tx: Tx, room: RoomId, **values: object) -> None:
    await tx.run(update(rooms).where(rooms.c.id == room).values(values))
