"""Who is quiet. What closes here has closed at the media before it is written."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.stage import silence
from causerie.stage import store as stage


async def mute(tx: Tx, live: LiveRoom, by: Person, *, person: PersonId, hold: bool = False) -> None:
    """Shut a microphone: one's own, or as host another's; with `hold` until a host lets go."""
    if person != by.id:
        allowed(live, by, "stage.mute", on=person)
        verb = "stage.mute_kept" if hold else "stage.mute"
        await tx.audit(verb, actor=by.id, room=live.room.id, subject=person)
    await stage.store(tx, live.room.id, silence.mute(live.stage, person, by=by.id, hold=hold and person != by.id))


async def begin_shut(tx: Tx, live: LiveRoom, person: Person) -> None:
    """The connection one spoke by is another now, or gone: one opens the microphone there oneself."""
    await stage.store(tx, live.room.id, silence.begin_shut(live.stage, person.id))


async def mute_all(tx: Tx, live: LiveRoom, by: Person) -> None:
    """Shut every microphone but the hosts'."""
    allowed(live, by, "stage.mute_all")
    await stage.store(tx, live.room.id, silence.mute_all(live.stage, by=by.id))
    await tx.audit("stage.mute_all", actor=by.id, room=live.room.id)


async def hush(tx: Tx, live: LiveRoom, by: Person, *, on: bool) -> None:
    """Nobody but hosts speaks, until it is lifted."""
    allowed(live, by, "stage.hush")
    await stage.store(tx, live.room.id, silence.hush(live.stage, by=by.id, on=on))
    await tx.audit("stage.hush" if on else "stage.hush_lifted", actor=by.id, room=live.room.id)


async def release(tx: Tx, live: LiveRoom, by: Person, *, person: PersonId) -> None:
    """Let go of a mute that was kept."""
    allowed(live, by, "stage.mute", on=person)
    await stage.store(tx, live.room.id, silence.release(live.stage, person))
    await tx.audit("stage.release", actor=by.id, room=live.room.id, subject=person)


async def wish_unmuted(tx: Tx, live: LiveRoom, by: Person, *, person: PersonId) -> None:
    """*Please unmute*."""
    allowed(live, by, "stage.ask_unmute")
    await stage.store(tx, live.room.id, silence.wish_unmuted(live.stage, person))
    await tx.audit("stage.ask_unmute", actor=by.id, room=live.room.id, subject=person)


async def ask_to_speak(tx: Tx, live: LiveRoom, person: Person) -> None:
    """Who is kept muted asks the hosts to let go."""
    await stage.store(tx, live.room.id, silence.ask_to_speak(live.stage, person.id, now=tx.now))


async def take_away(tx: Tx, live: LiveRoom, person: Person, *, away: bool) -> None:
    """A call took one's microphone, or it was unplugged; or it is there again."""
    await stage.store(tx, live.room.id, silence.take_away(live.stage, person.id, away=away))
