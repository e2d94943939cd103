"""A room begins and ends."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from causerie.accounts.opening import Openers, with_rights
from causerie.accounts.people import Person
from causerie.accounts.queries import person_by_id
from causerie.accounts.suspending import suspension_of
from causerie.db import Tx
from causerie.errors import Refusal
from causerie.floor import moves as ordering
from causerie.floor import store as queue
from causerie.floor import topics
from causerie.floor.actions.grouped import as_the_charter_says, ask_among
from causerie.floor.actions.guards import allowed, may_be_seen, permitted
from causerie.floor.actions.seats import seat, taken
from causerie.floor.live import LiveRoom
from causerie.floor.rules import authority, may
from causerie.floor.tables import HOSTS
from causerie.groups.charter import may_be
from causerie.groups.opening import opens_in
from causerie.ids import NOBODY, PersonId
from causerie.questions import moves as asking
from causerie.questions import store as questions
from causerie.rooms import actions as rooms
from causerie.rooms import life, zones
from causerie.rooms.errors import HostAlone, HostMayNotOpen
from causerie.rooms.state import Room, Visibility
from causerie.rooms.store import store
from causerie.stage import moves as staging
from causerie.stage import store as stage


async def start_room(
    tx: Tx,
    live: LiveRoom,
    host: Person,
    *,
    number: int,
    here: Collection[PersonId] = frozenset(),
    openers: Openers = "everybody",
) -> None:
    """Go live; the host has a seat, muted until they open their microphone. Who came by a speaker link is invited.

    Who only runs this place starts it for its hosts, and has no seat by that. `openers`: who may open rooms here; that
    its host still may is asked again, for a room may be planned a year ahead.
    """
    allowed(live, host, "room.start")
    if not host.admin and (openers != "everybody" or live.room.group_handle is not None):
        await _host_may_still_open(tx, live.room, openers)
    before = live.room.phase
    if before != "live":
        await as_the_charter_says(tx, live, live.room.records)
    await rooms.start(tx, live.room)
    if authority(live, host.id) in HOSTS:
        await taken(tx, live, seat(live, host, number=number, now=tx.now, muted=True))
    if before != "live":
        await _invite_expected(tx, live, here)
    await tx.audit("room.start", actor=host.id, room=live.room.id)


async def _host_may_still_open(tx: Tx, room: Room, openers: Openers) -> None:
    """As the host stands in the books now; in a group its charter says so, as when the room was planned."""
    host = await person_by_id(tx.connection, room.host)
    if host is None or await suspension_of(tx.connection, host.id, now=tx.now) is not None:
        raise HostMayNotOpen
    host = await with_rights(tx.connection, host, openers)
    if room.group_handle is None and not host.may_open_rooms:
        raise HostMayNotOpen
    if room.group_handle is not None:
        try:
            await opens_in(tx, host, room.group_handle)
        except Refusal as refusal:
            raise HostMayNotOpen from refusal


async def _invite_expected(tx: Tx, live: LiveRoom, here: Collection[PersonId]) -> None:
    """Their link was the host's invitation; now it can be accepted."""
    for one in live.room.expected.values():
        if one.person in here and authority(live, one.person) not in ("host", "cohost", "screener"):
            await stage.store(tx, live.room.id, staging.invite(live.stage, one.person, one.name, now=tx.now))


async def end_room(tx: Tx, live: LiveRoom, host: Person) -> None:
    """End it for everyone; nobody speaks any more."""
    allowed(live, host, "room.end")
    await over(tx, live)
    await tx.audit("room.end", actor=host.id, room=live.room.id)


async def open_backstage(tx: Tx, live: LiveRoom, host: Person) -> None:
    """Let hosts and speakers meet before the room is live."""
    allowed(live, host, "room.open_backstage")
    await store(tx, live.room.id, life.open_backstage(live.room, now=tx.now))
    await tx.audit("room.open_backstage", actor=host.id, room=live.room.id)


async def cancel_room(tx: Tx, live: LiveRoom, host: Person) -> None:
    """It will not take place; nobody waits any more."""
    permitted(live, host, "room.cancel")
    await stage.store(tx, live.room.id, staging.clear(live.stage))
    await store(tx, live.room.id, life.cancel(live.room, now=tx.now))
    await tx.audit("room.cancel", actor=host.id, room=live.room.id)


async def cancel_with_group(tx: Tx, live: LiveRoom) -> None:
    """It was to be held in a group that is gone, and goes with it."""
    await _never(tx, live)
    await tx.audit("room.cancel_with_group", actor=NOBODY, room=live.room.id)


async def cancel_with_host(tx: Tx, live: LiveRoom) -> None:
    """Its host has gone for good; who wanted to come is told as always."""
    await _never(tx, live)
    await tx.audit("room.cancel", actor=live.room.host, room=live.room.id)


async def _never(tx: Tx, live: LiveRoom) -> None:
    await stage.store(tx, live.room.id, staging.clear(live.stage))
    await store(tx, live.room.id, life.cancel(live.room, now=tx.now))


async def move_room(
    tx: Tx,
    live: LiveRoom,
    host: Person,
    *,
    starts_at: int | None,
    zone: str | None = None,
) -> None:
    """Have it start at another time, by the clocks of a zone: those it is planned by where none are said.

    Without a time it begins when its host is ready.
    """
    allowed(live, host, "room.move")
    start = zones.by_moment(starts_at, zone or live.room.zone) if starts_at is not None else None
    await store(tx, live.room.id, life.move(live.room, start, now=tx.now))
    await tx.audit("room.move" if start else "room.unset_time", actor=host.id, room=live.room.id)


async def announce_room(tx: Tx, live: LiveRoom, host: Person) -> None:
    """A draft is there for everybody."""
    allowed(live, host, "room.plan")
    await store(tx, live.room.id, life.announce(live.room, now=tx.now))
    await tx.audit("room.announce", actor=host.id, room=live.room.id)


async def reword_room(
    tx: Tx,
    live: LiveRoom,
    host: Person,
    *,
    title: str,
    description: str,
    language: str,
    visibility: Visibility | None = None,
    agenda: Iterable[str] | None = None,
) -> None:
    """Call it or describe it otherwise, have it found otherwise, mean to speak of something else; before it begins."""
    allowed(live, host, "room.plan")
    await rooms.reword(tx, live.room, title=title, description=description, language=language)
    if visibility is not None:
        await may_be_seen(tx, live, visibility)
        await store(tx, live.room.id, life.show_to(live.room, visibility))
    if agenda is not None:
        await rooms.set_agenda(tx, live.room, agenda)
    await tx.audit("room.reword", actor=host.id, room=live.room.id)


async def reopen_room(tx: Tx, live: LiveRoom, host: Person) -> None:
    """Begin after all, when it did not take place."""
    permitted(live, host, "room.reopen")
    await store(tx, live.room.id, life.reopen(live.room, now=tx.now))
    await tx.audit("room.reopen", actor=host.id, room=live.room.id)


async def extend_room(tx: Tx, live: LiveRoom, host: Person, *, minutes: int) -> None:
    """Give a live room more time."""
    allowed(live, host, "room.extend")
    await store(tx, live.room.id, life.extend(live.room, minutes, now=tx.now))
    await tx.audit("room.extend", actor=host.id, room=live.room.id)


async def over(tx: Tx, live: LiveRoom) -> None:
    """Nobody speaks and nobody waits any more; what was on air counts as answered, what is open is carried over."""
    now_on_air = live.questions.on_air
    if now_on_air is not None:
        await questions.store(tx, live.room.id, asking.answer(live.questions, now_on_air.id, now=tx.now))
    await questions.store(tx, live.room.id, asking.carry_over(live.questions))
    await queue.store(tx, live.room.id, topics.over(live.floor, now=tx.now))
    await stage.store(tx, live.room.id, staging.clear(live.stage))
    await rooms.end(tx, live.room)


async def set_room(tx: Tx, live: LiveRoom, by: Person, **changed: Any) -> None:
    """Set the room otherwise: any of its settings, each as it shall be.

    What co-hosts may is for the host to say; what is to be spoken of, for whoever puts topics on air.
    """
    allowed(live, by, "room.set")
    if "cohosts_without" in changed and not may(live, by.id, "role.limit"):
        raise HostAlone
    if "agenda" in changed:
        allowed(live, by, "floor.topic")
    if not {"recording", "record_from_start"}.isdisjoint(changed):
        stands = replace(live.room.settings, **changed)
        may_be(live.room.records, stands.recording, from_start=stands.record_from_start)
    if "who_asks" in changed:
        await ask_among(tx, live, changed["who_asks"], group=live.room.group_id)
    if changed.get("policy") == "by_hand" and live.room.settings.policy != "by_hand":
        await queue.store(tx, live.room.id, ordering.as_it_stands(live.floor, live.queue((), tx.now)))
    await rooms.set_otherwise(tx, live.room, **changed)
    await tx.audit("room.set", actor=by.id, room=live.room.id)
