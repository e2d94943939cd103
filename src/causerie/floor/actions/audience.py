"""What is done before the stage: reactions, and the one line that is pinned."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, named, on_air
from causerie.floor.live import LiveRoom
from causerie.rooms.audience import moves as before_the_stage
from causerie.rooms.audience import store as audience
from causerie.rooms.audience.errors import ReactionsOff


def may_react(live: LiveRoom, person: Person) -> None:
    """Reactions are for people with a name, while the room is live and takes them; nothing is written of them."""
    on_air(live)
    named(person)
    if not live.room.settings.reactions:
        raise ReactionsOff


def may_see_audience(live: LiveRoom, person: Person) -> None:
    """Hosts see who is here; everybody does where the room has a visible list, which its door says."""
    if not live.room.settings.visible_list:
        allowed(live, person, "audience.see")


async def note_look(tx: Tx, live: LiveRoom, by: Person) -> None:
    """Who runs this place and leads nothing here has looked who is here: that is written down."""
    may_see_audience(live, by)
    await tx.audit("audience.see", actor=by.id, room=live.room.id)


async def pin(tx: Tx, live: LiveRoom, by: Person, *, text: str, link: str | None) -> None:
    """Hold one line up to everybody."""
    allowed(live, by, "room.pin")
    events = before_the_stage.pin(live.audience, text, link, by=by.id, now=tx.now)
    await audience.store(tx, live.room.id, events)
    await tx.audit("room.pin", actor=by.id, room=live.room.id)


async def unpin(tx: Tx, live: LiveRoom, by: Person) -> None:
    """Take the pinned line down."""
    allowed(live, by, "room.pin")
    await audience.store(tx, live.room.id, before_the_stage.unpin(live.audience, now=tx.now))
    await tx.audit("room.unpin", actor=by.id, room=live.room.id)
