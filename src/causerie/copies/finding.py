"""Which rooms wait for a copy, and which copies wait to be made. Found in rows, whatever was heard of them."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.copies.errors import CopyNotMade
from causerie.copies.models import clips, copies
from causerie.groups.models import groups
from causerie.ids import RoomId
from causerie.recordings.models import takes
from causerie.rooms.models import rooms

RUNS = ("requested", "recording", "paused", "stopping")


@dataclass(frozen=True)
class ToMake:
    """An edition of a copy, or a clip of one, that is wanted and not made."""

    copy: str
    number: int

    @property
    def id(self) -> str:
        """What its work is called, wherever it is gone on with."""
        return f"{self.copy}-{self.number}"


async def rooms_without(connection: AsyncConnection, *, most: int = 20) -> list[RoomId]:
    """Rooms that are over, with a take that is whole on the disk, and no copy."""
    wanted = (
        select(rooms.c.id)
        .where(
            rooms.c.ended_at.is_not(None),
            exists().where(takes.c.room == rooms.c.id, takes.c.state == "processing"),
            ~exists().where(copies.c.room == rooms.c.id),
        )
        .order_by(rooms.c.ended_at)
        .limit(most)
    )
    return [RoomId(room) for room in (await connection.execute(wanted)).scalars()]


async def to_make(connection: AsyncConnection, *, most: int = 50) -> list[ToMake]:
    """Editions that can be made now: no log of their room is written any more."""
    wanted = (
        select(copies.c.id, copies.c.wanted)
        .where(
            copies.c.state == "processing",
            copies.c.deleted_at.is_(None),
            ~exists().where(takes.c.room == copies.c.room, takes.c.state.in_(RUNS)),
        )
        .order_by(copies.c.id)
        .limit(most)
    )
    return [ToMake(copy, number) for copy, number in await connection.execute(wanted)]


async def given_up(connection: AsyncConnection) -> list[str]:
    """Copies that could not be made, though nobody knows why."""
    wanted = select(copies.c.id).where(copies.c.state == "failed", copies.c.failed_code == CopyNotMade.code)
    return list((await connection.execute(wanted.where(copies.c.deleted_at.is_(None)))).scalars())


async def clips_to_make(connection: AsyncConnection, *, most: int = 50) -> list[ToMake]:
    """Clips of copies that are whole just now."""
    whole = copies.c.state == "ready", copies.c.made == copies.c.wanted, copies.c.deleted_at.is_(None)
    wanted = select(clips.c.id, copies.c.made).join(copies, copies.c.id == clips.c.copy)
    rows = await connection.execute(
        wanted.where(clips.c.state == "processing", *whole).order_by(clips.c.id).limit(most)
    )
    return [ToMake(clip, number) for clip, number in rows]


async def outlived(connection: AsyncConnection, *, before: int, most: int = 20) -> list[RoomId]:
    """Rooms whose copy is older than copies are kept here."""
    wanted = (
        select(copies.c.room)
        .join(rooms, rooms.c.id == copies.c.room)
        .where(copies.c.deleted_at.is_(None), rooms.c.ended_at < before)
        .limit(most)
    )
    return [RoomId(room) for room in (await connection.execute(wanted)).scalars()]


async def going_with_their_group(connection: AsyncConnection, *, most: int = 20) -> list[RoomId]:
    """Rooms with a copy, of groups that are gone with all their rooms."""
    wanted = (
        select(copies.c.room)
        .join(rooms, rooms.c.id == copies.c.room)
        .join(groups, groups.c.id == rooms.c.group_id)
        .where(copies.c.deleted_at.is_(None), groups.c.gone_at.is_not(None), groups.c.goes_with_rooms.is_(True))
        .limit(most)
    )
    return [RoomId(room) for room in (await connection.execute(wanted)).scalars()]


@dataclass(frozen=True)
class There:
    """What may lie anywhere of a copy: the edition that people see, and the one that is made."""

    copy: str
    editions: tuple[int, ...]
    making: int | None


async def there(connection: AsyncConnection) -> dict[str, There]:
    """Every copy that is not deleted, by its public name."""
    columns = (copies.c[name] for name in ("name", "id", "made", "wanted", "state"))
    rows = await connection.execute(select(*columns).where(copies.c.deleted_at.is_(None)))
    return {
        name: There(id, (made, wanted), wanted if state == "processing" else None)
        for name, id, made, wanted, state in rows
    }
