"""Lines that are lost and found, and what time alone brings about."""

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

from causerie.db import Tx
from causerie.floor.actions.chair import chair_is_due, end_is_here, find_leader, lose_leader, sweep_chair
from causerie.floor.actions.invitations import followed
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.rooms.audience import doors
from causerie.rooms.audience import store as audience
from causerie.safety import moves as keeping_out
from causerie.safety import store as safety
from causerie.stage import events as happened
from causerie.stage import moves as staging
from causerie.stage import store as stage
from causerie.stage.state import fold


async def lose_line(tx: Tx, live: LiveRoom, person: PersonId) -> None:
    """A person's last connection is gone."""
    lost = staging.lose_line(live.stage, person, now=tx.now, expected=person in live.room.expected)
    await stage.store(tx, live.room.id, lost)
    await lose_leader(tx, live, person)


async def find_line(tx: Tx, live: LiveRoom, person: PersonId) -> None:
    """A person is here again."""
    await stage.store(tx, live.room.id, staging.find_line(live.stage, person))
    await find_leader(tx, live, person)


async def sweep(tx: Tx, live: LiveRoom) -> None:
    """What time alone brings about."""
    if not await end_is_here(tx, live):
        swept = staging.sweep(live.stage, tx.now)
        await followed(tx, live, swept)
        stood = reduce(lambda so_far, event: fold(event, so_far), swept, live.stage)
        await sweep_chair(tx, replace(live, stage=stood))
    await audience.store(tx, live.room.id, doors.sweep(live.audience, tx.now))
    await safety.store(tx, live.room.id, keeping_out.sweep(live.safety, tx.now))


def time_is_up(live: LiveRoom, now: int) -> bool:
    """Whether a sweep would change anything; asked each second, without a turn."""
    return bool(
        staging.sweep(live.stage, now) or doors.sweep(live.audience, now) or keeping_out.sweep(live.safety, now)
    ) or chair_is_due(live, now)


async def note_talk(tx: Tx, live: LiveRoom, fresh: Mapping[PersonId, int]) -> None:
    """People spoke for so many milliseconds more."""
    talked = live.stage.talked
    totals = tuple((person, talked.get(person, 0) + milliseconds) for person, milliseconds in fresh.items())
    await stage.store(tx, live.room.id, [happened.Talked(totals)])
