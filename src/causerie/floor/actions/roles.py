"""Who leads with the host, and who helps."""

from typing import get_args

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.errors import Refusal
from causerie.floor.actions.guards import allowed, going_on
from causerie.floor.live import LiveRoom
from causerie.floor.tables import DESK
from causerie.ids import PersonId
from causerie.rooms import actions as rooms
from causerie.rooms.errors import AccountNeeded, BannedHere, HostAlready, OnAirAlready
from causerie.rooms.roles import GUESTS_HELP, Given, Leader
from causerie.safety.comers import Comer
from causerie.stage import backstage
from causerie.stage import moves as staging
from causerie.stage import store as stage


async def give_role(
    tx: Tx, live: LiveRoom, by: Person, *, to: Leader, role: Given, here: bool, guest: bool = False
) -> None:
    """Give somebody a part of the host's authority. Only the host makes and unmakes co-hosts."""
    person = to.person
    _may_be_given(live, by, person, role, guest=guest, now=tx.now)
    await rooms.give_role(tx, live.room, to, role, here=here)
    await stage.store(tx, live.room.id, staging.call(live.stage, person, "cohost" if role == "cohost" else "speaker"))
    if role not in DESK:
        await _lets_go(tx, live, person)
    await tx.audit("role.give", actor=by.id, room=live.room.id, subject=person)


async def take_role(tx: Tx, live: LiveRoom, by: Person, *, person: PersonId) -> None:
    """Take it back. One's own can be laid down by anybody."""
    if person == by.id:
        going_on(live)
    else:
        _may_change(live, by, person, None)
    await rooms.take_role(tx, live.room, person)
    if person != live.room.host:
        await stage.store(tx, live.room.id, staging.call(live.stage, person, "speaker"))
        await _lets_go(tx, live, person)
    await tx.audit("role.take", actor=by.id, room=live.room.id, subject=person)


def givable(live: LiveRoom, by: Person, person: PersonId, *, guest: bool, now: int) -> list[Given]:
    """What this host can make of somebody just now, and what they are not already."""
    had = live.room.helpers.get(person)
    return [
        role
        for role in get_args(Given)
        if not (had and had.role == role) and _refused(live, by, person, role, guest=guest, now=now) is None
    ]


def _refused(live: LiveRoom, by: Person, person: PersonId, role: Given, *, guest: bool, now: int) -> Refusal | None:
    try:
        _may_be_given(live, by, person, role, guest=guest, now=now)
    except Refusal as refusal:
        return refusal
    return None


def _may_be_given(live: LiveRoom, by: Person, person: PersonId, role: Given, *, guest: bool, now: int) -> None:
    """No role lets somebody in past a ban: whoever gave it must undo it first."""
    _may_change(live, by, person, role)
    if live.safety.keeps_out(Comer(frozenset({person})), now):
        raise BannedHere
    if person == live.room.host:
        raise HostAlready
    if guest and role not in GUESTS_HELP:
        raise AccountNeeded
    if role == "screener" and person in live.stage.seats:
        raise OnAirAlready


async def _lets_go(tx: Tx, live: LiveRoom, person: PersonId) -> None:
    """Who has no part in the desk any more holds no *Hold to talk backstage*."""
    await stage.store(tx, live.room.id, backstage.talk(live.stage, person, on=False))


def _may_change(live: LiveRoom, by: Person, person: PersonId, role: Given | None) -> None:
    """A co-host may name screeners and captioners, and cannot touch co-hosts."""
    had = live.room.helpers.get(person)
    about_cohosts = role == "cohost" or (had is not None and had.role == "cohost")
    allowed(live, by, "role.cohost" if about_cohosts else "role.give")
