"""Who speaks, and who may."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, can_come_up, may_speak, named, on_air
from causerie.floor.actions.invitations import followed
from causerie.floor.actions.seats import seat, taken
from causerie.floor.live import LiveRoom
from causerie.floor.rules import authority
from causerie.ids import PersonId
from causerie.rooms import actions as rooms
from causerie.stage import moves as staging
from causerie.stage import silence
from causerie.stage import store as stage
from causerie.stage.encoders import take_tokens_back


async def invite(tx: Tx, live: LiveRoom, host: Person, *, person: PersonId, name: str) -> None:
    """Hand somebody the first of the two keys."""
    allowed(live, host, "stage.invite")
    may_speak(live, person)
    await stage.store(tx, live.room.id, staging.invite(live.stage, person, name, now=tx.now))
    await tx.audit("stage.invite", actor=host.id, room=live.room.id, subject=person)


async def invite_somebody(tx: Tx, live: LiveRoom, host: Person, somebody: Person) -> None:
    """Invite who is here by name; a guest only where the room lets guests on its stage."""
    allowed(live, host, "stage.invite")
    can_come_up(live, somebody)
    await invite(tx, live, host, person=somebody.id, name=named(somebody))


async def more_time(tx: Tx, live: LiveRoom, person: Person) -> None:
    await stage.store(tx, live.room.id, staging.more_time(live.stage, person.id))


async def accept(tx: Tx, live: LiveRoom, person: Person, *, number: int) -> None:
    """Turn the second key, by oneself and nobody else."""
    on_air(live)
    may_speak(live, person.id)
    can_come_up(live, person)
    screened = live.room.settings.backstage
    accepted = staging.accept(live.stage, person.id, number=number, now=tx.now, backstage=screened)
    await followed(tx, live, accepted)
    await rooms.remember_number(tx, live.room.id, person.id, number)


async def decline(tx: Tx, live: LiveRoom, person: Person) -> None:
    """*Not now*: a question that was picked for this goes back to the open ones."""
    await followed(tx, live, staging.decline(live.stage, person.id))


async def step_down(tx: Tx, live: LiveRoom, person: Person) -> None:
    """Leave the stage, or the way to it; who was called for a question leaves it open."""
    await followed(tx, live, staging.step_down(live.stage, person.id))


async def move_down(tx: Tx, live: LiveRoom, host: Person, *, person: PersonId) -> None:
    """Move a speaker to the audience."""
    allowed(live, host, "stage.move_down", on=person)
    await followed(tx, live, staging.move_down(live.stage, person))
    await take_tokens_back(tx, live.room.id, person)
    await tx.audit("stage.move_down", actor=host.id, room=live.room.id, subject=person)


async def unmute(tx: Tx, live: LiveRoom, person: Person, *, number: int) -> None:
    """Open one's own microphone. A host who has no place yet takes a seat by this; backstage it is open there."""
    on_air(live)
    waits = person.id in live.stage.backstage
    if authority(live, person.id) in ("host", "cohost") and person.id not in live.stage.seats and not waits:
        await taken(tx, live, seat(live, person, number=number, now=tx.now))
        return
    await stage.store(tx, live.room.id, silence.unmute(live.stage, person.id))


async def seat_bot(tx: Tx, live: LiveRoom, bot: Person, *, number: int) -> None:
    """A voice from a file takes its seat; bots are accounts, and always marked as bots."""
    await taken(tx, live, seat(live, bot, number=number, now=tx.now))


async def seat_encoder(tx: Tx, live: LiveRoom, person: Person, *, number: int) -> None:
    """Somebody speaks through an encoder (WHIP): its token was the invitation, its first packet the acceptance."""
    on_air(live)
    may_speak(live, person.id)
    await taken(tx, live, seat(live, person, number=number, now=tx.now))
