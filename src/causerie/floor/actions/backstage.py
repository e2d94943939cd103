"""What hosts and screeners do with who waits backstage."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, may_speak, on_air
from causerie.floor.actions.invitations import followed
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.stage import backstage
from causerie.stage import store as stage
from causerie.stage.errors import NoBackstage
from causerie.texts import one_line


async def put_on_air(tx: Tx, live: LiveRoom, host: Person, *, person: PersonId) -> None:
    """Bring somebody from backstage on air."""
    allowed(live, host, "stage.put_on_air")
    on_air(live)
    if person not in live.stage.seats:
        may_speak(live, person)
    await followed(tx, live, backstage.put_on_air(live.stage, person, now=tx.now))
    await tx.audit("stage.put_on_air", actor=host.id, room=live.room.id, subject=person)


async def talk_backstage(tx: Tx, live: LiveRoom, by: Person, *, on: bool) -> None:
    """Hold, or let go of, *Hold to talk backstage*: heard there and nowhere else."""
    if on:
        allowed(live, by, "backstage.talk")
        if not live.room.settings.backstage:
            raise NoBackstage
    changed = backstage.talk(live.stage, by.id, on=on)
    await stage.store(tx, live.room.id, changed)
    if changed:
        await tx.audit("backstage.talk" if on else "backstage.talk_ended", actor=by.id, room=live.room.id)


async def say_ready(tx: Tx, live: LiveRoom, person: Person, *, topic: str | None, ready: bool) -> None:
    """Say backstage what one wants to speak about, and whether one is ready."""
    about = one_line(topic or "") or None
    await stage.store(tx, live.room.id, backstage.say(live.stage, person.id, topic=about, ready=ready))


async def note_guest(
    tx: Tx, live: LiveRoom, by: Person, *, person: PersonId, topic: str | None, note: str | None, ready: bool
) -> None:
    """Pass on to the hosts what somebody backstage wants to say, and whether they are ready."""
    allowed(live, by, "backstage.note")
    said = {"topic": one_line(topic or "") or None, "text": one_line(note or "") or None}
    await stage.store(tx, live.room.id, backstage.note(live.stage, person, ready=ready, **said))
    await tx.audit("backstage.note", actor=by.id, room=live.room.id, subject=person)
