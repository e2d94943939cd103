"""What is read about copies."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.copies import contents, edits
from causerie.copies.models import answers, clips, copies, covers, editions, withdrawals
from causerie.copies.state import Answer, Clip, Copy, Edition, Withdrawal
from causerie.rooms.models import rooms

_COPY = select(copies).where(copies.c.deleted_at.is_(None))


async def copy_by_name(connection: AsyncConnection, name: str) -> Copy | None:
    """The copy at this address."""
    if "\0" in name:  # PostgreSQL cannot even be asked
        return None
    return await _copy(connection, _COPY.where(copies.c.name == name))


async def copy_by_id(connection: AsyncConnection, id: str) -> Copy | None:
    return await _copy(connection, _COPY.where(copies.c.id == id))


async def copy_of_room(connection: AsyncConnection, room: str) -> Copy | None:
    return await _copy(connection, _COPY.where(copies.c.room == room))


async def copies_of(connection: AsyncConnection, rooms: Iterable[str]) -> dict[str, Copy]:
    """The copy of each of these rooms that has one."""
    found = await connection.execute(_COPY.where(copies.c.room.in_(set(rooms))))
    return {row["room"]: copied(row) for row in found.mappings()}


async def copies_by_id(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Copy]:
    """Those of these copies that are there."""
    found = await connection.execute(_COPY.where(copies.c.id.in_(set(ids))))
    return {row["id"]: copied(row) for row in found.mappings()}


async def editions_made(connection: AsyncConnection, of: Iterable[str]) -> dict[str, Edition]:
    """The edition that people see of each of these copies that has one."""
    seen = (editions.c.copy == copies.c.id) & (editions.c.number == copies.c.made)
    wanted = select(editions).join(copies, seen).where(editions.c.copy.in_(set(of)))
    return {row["copy"]: _edition(row) for row in (await connection.execute(wanted)).mappings()}


async def copies_in_group(connection: AsyncConnection, group: str) -> int:
    """How many copies there are of the rooms of a group."""
    wanted = select(func.count()).select_from(copies).join(rooms, rooms.c.id == copies.c.room)
    many = await connection.scalar(wanted.where(rooms.c.group_id == group, copies.c.deleted_at.is_(None)))
    return int(many or 0)


async def edition_made(connection: AsyncConnection, copy: Copy) -> Edition | None:
    """The edition that people see, with its contents; none while the first is being made."""
    return await edition(connection, copy.id, copy.made) if copy.made else None


async def edition(connection: AsyncConnection, copy: str, number: int) -> Edition | None:
    """One edition of a copy."""
    wanted = select(editions).where(editions.c.copy == copy, editions.c.number == number)
    row = (await connection.execute(wanted)).mappings().first()
    return _edition(row) if row else None


async def answers_of(connection: AsyncConnection, copy: str) -> list[Answer]:
    """The chapters of a copy in their order, hidden ones among them."""
    wanted = select(answers).where(answers.c.copy == copy).order_by(answers.c.begins, answers.c.id)
    return [Answer(**row) for row in (await connection.execute(wanted)).mappings()]


async def answer_by_name(connection: AsyncConnection, name: str) -> Answer | None:
    """The answer at this address; whether it may be seen, its copy says."""
    row = await _first(connection, select(answers).where(answers.c.name == name), name)
    return Answer(**row) if row else None


async def clips_of(connection: AsyncConnection, copy: str) -> list[Clip]:
    """The clips of a copy in the order of their moments."""
    wanted = select(clips).where(clips.c.copy == copy, clips.c.state != "gone").order_by(clips.c.begins, clips.c.id)
    return [Clip(**row) for row in (await connection.execute(wanted)).mappings()]


async def clip_by_name(connection: AsyncConnection, name: str) -> Clip | None:
    """The clip at this address; whether it may be seen, its copy says."""
    row = await _first(connection, select(clips).where(clips.c.name == name, clips.c.state != "gone"), name)
    return Clip(**row) if row else None


async def clip_by_id(connection: AsyncConnection, id: str) -> Clip | None:
    row = (await connection.execute(select(clips).where(clips.c.id == id))).mappings().first()
    return Clip(**row) if row else None


async def clips_gone(connection: AsyncConnection) -> list[tuple[Clip, str]]:
    """Clips that were taken away, each with its copy's public name."""
    wanted = select(clips, copies.c.name.label("of")).join(copies, copies.c.id == clips.c.copy)
    rows = (await connection.execute(wanted.where(clips.c.state == "gone"))).mappings()
    return [(Clip(**{name: row[name] for name in Clip.__dataclass_fields__}), row["of"]) for row in rows]


async def cover_of(connection: AsyncConnection, copy: str) -> bytes | None:
    """The host's own cover, where there is one."""
    picture: bytes | None = await connection.scalar(select(covers.c.picture).where(covers.c.copy == copy))
    return picture


async def withdrawals_of(connection: AsyncConnection, copy: str) -> list[Withdrawal]:
    """Who wants, or wanted, to be left out of it."""
    wanted = select(withdrawals).where(withdrawals.c.copy == copy).order_by(withdrawals.c.id)
    return [Withdrawal(**row) for row in (await connection.execute(wanted)).mappings()]


async def _copy(connection: AsyncConnection, wanted: Select[Any]) -> Copy | None:
    row = (await connection.execute(wanted)).mappings().first()
    return copied(row) if row else None


def copied(row: Mapping[Any, Any]) -> Copy:
    """A copy from its row."""
    return Copy(**{**row, "edits": edits.read(row["edits"])})


def _edition(row: RowMapping) -> Edition:
    read = {"edits": edits.read(row["edits"]), "contents": row["contents"] and contents.read(row["contents"])}
    return Edition(**{**row, **read})


async def _first(connection: AsyncConnection, wanted: Select[Any], name: str) -> RowMapping | None:
    return None if "\0" in name else (await connection.execute(wanted)).mappings().first()
