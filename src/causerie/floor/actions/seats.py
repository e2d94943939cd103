"""Taking a seat, and what it is called."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.invitations import followed
from causerie.floor.live import LiveRoom
from causerie.floor.rules import authority
from causerie.rooms import actions as rooms
from causerie.stage import moves as staging
from causerie.stage.state import Seat


def seat(
    live: LiveRoom,
    person: Person,
    *,
    number: int,
    now: int,
    muted: bool = False,
) -> Seat:
    """A seat for somebody, called by their authority in the room; unmuted, unless it is said otherwise."""
    mine = authority(live, person.id)
    return Seat(
        person.id,
        person.name or "",
        number,
        mine if mine in ("host", "cohost") else "speaker",
        muted,
        since=now,
        portrait=person.portrait,
        bot=person.bot,
    )


async def taken(tx: Tx, live: LiveRoom, seat: Seat) -> None:
    """Somebody has a seat without an invitation; their speaker number stays theirs."""
    await followed(tx, live, staging.take_seat(seat, live.stage))
    await rooms.remember_number(tx, live.room.id, seat.person, seat.number)
