"""Personal speaker links: hosts make them, and whoever has one comes before air by it."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, going_on, may_speak, named
from causerie.floor.live import LiveRoom
from causerie.rooms import links
from causerie.rooms.errors import LinkNotThere
from causerie.rooms.events import LinkGone, LinkTaken, LinkTried
from causerie.rooms.links import SpeakerLink
from causerie.rooms.store import store
from causerie.stage import moves as staging
from causerie.stage import store as stage


async def make_link(tx: Tx, live: LiveRoom, host: Person, *, name: str) -> tuple[SpeakerLink, str]:
    """A link for one speaker, to be handed over."""
    allowed(live, host, "stage.invite")
    link, token = await links.make_link(tx, live.room.id, name)
    await tx.audit("speaker_link.make", actor=host.id, room=live.room.id, subject=link.id)
    return link, token


async def take_link_back(tx: Tx, live: LiveRoom, host: Person, *, link: str) -> None:
    """Nobody comes by it any more; or `LinkNotThere`."""
    allowed(live, host, "stage.invite")
    if link not in {one.id for one in await links.links_of(tx.connection, live.room.id)}:
        raise LinkNotThere
    await store(tx, live.room.id, [LinkGone(link)])
    await tx.audit("speaker_link.take_back", actor=host.id, room=live.room.id, subject=link)


async def use_link(tx: Tx, live: LiveRoom, person: Person, *, token: str) -> None:
    """The link is theirs; while the room is live it is an invitation, that they still have to accept."""
    going_on(live)
    name = named(person)
    link = await links.usable(tx, token, person.id)
    if link.person is None:
        await store(tx, live.room.id, [LinkTaken(link.id, person.id, name)])
    if live.room.phase == "live" and person.id not in live.stage.seats:
        may_speak(live, person.id)
        await stage.store(tx, live.room.id, staging.invite(live.stage, person.id, name, now=tx.now))


async def tell_of_try(tx: Tx, live: LiveRoom, person: Person, *, link: SpeakerLink) -> None:
    """Hosts hear that somebody tried a link that another uses."""
    await store(tx, live.room.id, [LinkTried(link.name, person.name)])
