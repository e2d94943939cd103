"""Asking people along while a room is planned; what they said yes to is theirs from then on."""

from sqlalchemy import insert

from causerie.accounts.people import Person, hashed
from causerie.db import Tx
from causerie.floor.actions.guards import allowed, going_on, may_speak, named
from causerie.floor.live import LiveRoom
from causerie.ids import secret
from causerie.rooms import actions as rooms
from causerie.rooms import asked_along
from causerie.rooms.asked_along import Asked, Opens, Part, Whom
from causerie.rooms.errors import AccountNeeded
from causerie.rooms.events import LinkGone, LinkTaken
from causerie.rooms.models import speaker_links
from causerie.rooms.roles import Leader
from causerie.rooms.store import store
from causerie.stage import moves as staging
from causerie.stage import store as stage

VERBS: dict[Part, str] = {"speaker": "stage.invite", "cohost": "role.cohost", "listener": "stage.invite"}


async def ask_along(
    tx: Tx, live: LiveRoom, host: Person, *, whom: Whom, role: Part, shown: bool, opens: Opens
) -> tuple[Asked, str]:
    """Ask somebody to speak, to listen or to lead along; co-hosts are the host's alone to ask."""
    allowed(live, host, VERBS[role])
    asked, token = await asked_along.ask(tx, live.room.id, whom, role=role, shown=shown, opens=opens)
    await tx.audit("asked.ask", actor=host.id, room=live.room.id, subject=asked.person or asked.id)
    return asked, token


async def answer_asked(tx: Tx, live: LiveRoom, person: Person, *, asked: Asked, yes: bool) -> None:
    """Say yes or no; who said yes can still say no. A guest can speak, and lead nothing."""
    going_on(live)
    name = named(person)
    if yes and asked.role == "cohost" and person.guest:
        raise AccountNeeded
    await asked_along.answer(tx, asked, person.id, yes=yes)
    if not yes:
        await _without(tx, live, asked)
    elif asked.role == "cohost" and person.id != live.room.host:
        await rooms.give_role(tx, live.room, Leader(person.id, name, person.portrait), "cohost", here=False)
    elif asked.role == "speaker":
        await _speaks(tx, live, person, name, asked)
    await tx.audit("asked.accept" if yes else "asked.decline", actor=person.id, room=live.room.id, subject=asked.id)


async def ask_no_more(tx: Tx, live: LiveRoom, host: Person, *, asked: Asked) -> None:
    """Take it back, and with it what it gave."""
    allowed(live, host, VERBS[asked.role])
    await asked_along.ask_no_more(tx, asked.id)
    await _without(tx, live, asked)
    await tx.audit("asked.take_back", actor=host.id, room=live.room.id, subject=asked.person or asked.id)


async def _speaks(tx: Tx, live: LiveRoom, person: Person, name: str, asked: Asked) -> None:
    """As by a speaker link of their own: they are invited when the room is live, or now where it is."""
    if asked.id not in live.room.links:
        row = {"id": asked.id, "hash": hashed(secret()), "room": live.room.id, "name": asked.name, "made_at": tx.now}
        await tx.run(insert(speaker_links).values(row))
        await store(tx, live.room.id, [LinkTaken(asked.id, person.id, name)])
    if live.room.phase == "live" and person.id not in live.stage.seats:
        may_speak(live, person.id)
        await stage.store(tx, live.room.id, staging.invite(live.stage, person.id, name, now=tx.now))


async def _without(tx: Tx, live: LiveRoom, asked: Asked) -> None:
    if asked.answer != "accepted" or asked.person is None:
        return
    if asked.role == "speaker":
        await store(tx, live.room.id, [LinkGone(asked.id)])
    elif asked.role == "cohost":
        await rooms.take_role(tx, live.room, asked.person)
