"""How often a plan was changed: what calendars go by to know the later of two (RFC 5545, SEQUENCE)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import BigInteger, String, exists, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.rooms.models import changes


@dataclass(frozen=True)
class Changes:
    """How often, and when last; and when it was last given another time, or none any more."""

    sequence: int = 0
    at: int | None = None
    moved_at: int | None = None


async def changed_plan(tx: Tx, room: str, *, moved: bool = False) -> None:
    """Count one more change of a plan, in the turn that changes it."""
    first = select(literal(room, String(26)), literal(0), literal(tx.now, BigInteger()))
    none = ~exists().where(changes.c.room == room)
    await tx.run(insert(changes).from_select(["room", "sequence", "at"], first.where(none)))
    later = {"sequence": changes.c.sequence + 1, "at": tx.now} | ({"moved_at": tx.now} if moved else {})
    await tx.run(update(changes).where(changes.c.room == room).values(later))


async def changes_of(connection: AsyncConnection, rooms: Iterable[str]) -> dict[str, Changes]:
    """Of each of these rooms that was ever changed."""
    shown = [changes.c[name] for name in ("room", "sequence", "at", "moved_at")]
    wanted = select(*shown).where(changes.c.room.in_(list(rooms)))
    return {room: Changes(*changed) for room, *changed in await connection.execute(wanted)}
