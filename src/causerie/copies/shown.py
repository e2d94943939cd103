"""A copy with all that stands beside it, for whoever looks at it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.suspending import portraits_of
from causerie.copies.contents import Contents
from causerie.copies.errors import CopyEmpty
from causerie.copies.outline import Evening
from causerie.copies.planning import told
from causerie.copies.queries import answers_of, clips_of, edition_made, withdrawals_of
from causerie.copies.state import Answer, Clip, Copy, Withdrawal
from causerie.questions import store as questions
from causerie.questions.state import Questions
from causerie.rooms.audience import attendance
from causerie.rooms.state import Room

NOTHING = Contents(0)


@dataclass(frozen=True)
class Shown:
    """What is read of a copy at once; `held` is empty while nothing is made. `heard`: who listened a minute or more."""

    copy: Copy
    room: Room
    held: Contents
    chapters: tuple[Answer, ...]
    clips: tuple[Clip, ...]
    asked: Questions
    portraits: dict[str, str | None]
    heard: int = 0
    withdrawals: tuple[Withdrawal, ...] = ()
    left_out: tuple[str, ...] = ()
    evening: Evening | None = None


async def shown(connection: AsyncConnection, copy: Copy, room: Room, *, to_hosts: bool, now: int) -> Shown:
    """Read it; who was left out and who wants to be, for hosts alone."""
    edition = await edition_made(connection, copy)
    held = (edition.contents if edition else None) or NOTHING
    counted = await attendance.read(connection, copy.room)
    whole = Shown(
        copy=copy,
        room=room,
        held=held,
        chapters=tuple(await answers_of(connection, copy.id)),
        clips=tuple(await clips_of(connection, copy.id)),
        asked=await questions.read(connection, copy.room),
        portraits=await portraits_of(connection, (voice.person for voice in held.voices), now=now),
        heard=counted.heard if counted else 0,
    )
    return await _with_hosts_part(connection, whole) if to_hosts else whole


async def _with_hosts_part(connection: AsyncConnection, of: Shown) -> Shown:
    try:
        evening = await told(connection, of.copy.room)
    except CopyEmpty:
        return of
    waiting = tuple(one for one in await withdrawals_of(connection, of.copy.id) if one.state == "asked")
    extra = {"withdrawals": waiting, "left_out": evening.left_out, "evening": evening.evening}
    return Shown(**{**of.__dict__, **extra})
