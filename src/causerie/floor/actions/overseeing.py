"""What those who run this place do with a room that others lead: always with a reason, which its host reads."""

from typing import Literal

from causerie.accounts.decisions import About, Decision, Kind, decide, decision_of_id, reasoned, undo
from causerie.accounts.errors import DecisionUnknown
from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions import rooms as ending
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.rooms import life
from causerie.rooms.errors import RoomHidden
from causerie.rooms.events import VisibilityChanged
from causerie.rooms.state import Room
from causerie.rooms.store import store
from causerie.safety import moves as keeping_out
from causerie.safety import store as safety
from causerie.stage import moves as staging
from causerie.stage import store as stage


async def force_end(tx: Tx, live: LiveRoom, by: Person, *, reason: str) -> Decision:
    """End a room that is live, and cancel one that is still to come."""
    life.going_on(live.room)
    made = await _decided(tx, "room.end", live.room, by, reason)
    if live.room.phase == "live":
        await ending.over(tx, live)
    else:
        await stage.store(tx, live.room.id, staging.clear(live.stage))
        await store(tx, live.room.id, life.cancel(live.room, now=tx.now))
    verb: Literal["room.end", "room.cancel"] = "room.end" if live.room.phase == "live" else "room.cancel"
    await tx.audit(verb, actor=by.id, room=live.room.id, subject=live.room.host, reason=made.reason)
    return made


async def hide(tx: Tx, live: LiveRoom, by: Person, *, reason: str) -> Decision:
    """Have it stand in no list: who has its link comes in as before, and its host cannot change that."""
    if live.room.visibility != "public":
        raise RoomHidden
    made = await _decided(tx, "room.hide", live.room, by, reason)
    await store(tx, live.room.id, [VisibilityChanged("unlisted")])
    await tx.audit("room.hide", actor=by.id, room=live.room.id, subject=live.room.host, reason=made.reason)
    return made


async def show_again(tx: Tx, live: LiveRoom, by: PersonId, decision: str, *, reason: str) -> None:
    """It is found again, as its host wanted."""
    made = await decision_of_id(tx.connection, decision)
    if made.kind != "room.hide" or made.about != live.room.id:
        raise DecisionUnknown
    await undo(tx, made, by=by, reason=reason)
    if live.room.visibility == "unlisted":
        await store(tx, live.room.id, [VisibilityChanged("public")])
    await tx.audit("room.show", actor=by, room=live.room.id, subject=live.room.host, reason=reason)


async def let_in_again(tx: Tx, live: LiveRoom, by: Person, *, ban: str, reason: str) -> None:
    """Somebody whom its hosts banned may come again."""
    why = reasoned(reason)
    await safety.store(tx, live.room.id, keeping_out.lift(live.safety, ban, by=by.id, now=tx.now))
    subject = live.safety.bans[ban].person
    await tx.audit("room.unban", actor=by.id, room=live.room.id, subject=subject, reason=why)


async def _decided(tx: Tx, kind: Kind, room: Room, by: Person, reason: str) -> Decision:
    about = About(room.id, room.title, f"/r/{room.name}")
    return await decide(tx, kind, room.host, by=by.id, reason=reason, about=about)
