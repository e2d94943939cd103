"""Tokens by which a person speaks in a room through an encoder of their own (WHIP, RFC 9725 section 4.3)."""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.people import hashed
from causerie.clock import HOUR
from causerie.db import Tx
from causerie.ids import PersonId, RoomId, secret
from causerie.stage.models import encoders

LASTS = 24 * HOUR


async def encoder_token(tx: Tx, room: RoomId, person: PersonId) -> str:
    """A token for one person in one room; kept only as a hash, good for a day."""
    token = secret()
    row = {"hash": hashed(token), "room": room, "person": person, "expires_at": tx.now + LASTS}
    await tx.run(insert(encoders).values(row))
    return token


async def take_tokens_back(tx: Tx, room: RoomId, *people: PersonId) -> None:
    """Encoders come back by themselves: who was moved down needs a new token to speak through one."""
    await tx.run(delete(encoders).where(encoders.c.room == room, encoders.c.person.in_(people)))


async def take_all_tokens_back(tx: Tx, person: PersonId) -> None:
    """Nobody speaks for them through an encoder, in any room."""
    await tx.run(delete(encoders).where(encoders.c.person == person))


async def encoder_of(connection: AsyncConnection, token: str, *, now: int) -> tuple[RoomId, PersonId] | None:
    """Which person of which room a token speaks for, while it is good."""
    wanted = select(encoders.c.room, encoders.c.person).where(
        encoders.c.hash == hashed(token), encoders.c.expires_at > now
    )
    row = (await connection.execute(wanted)).first()
    return (RoomId(row[0]), PersonId(row[1])) if row else None
