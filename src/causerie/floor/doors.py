"""Who may come in: one decision, whichever door they come to."""

from causerie.floor.live import LiveRoom
from causerie.floor.rules import leads
from causerie.groups.rules import Circle, lets_in
from causerie.ids import PersonId
from causerie.rooms.audience.errors import RoomFull, RoomLocked
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.withheld import is_withheld
from causerie.safety.comers import Comer


def admit(
    live: LiveRoom,
    comer: Comer,
    now: int,
    *,
    lately: bool,
    back: bool,
    listeners: int,
    circle: Circle | None = None,
    blocked: frozenset[PersonId] = frozenset(),
    withheld_until: int = 0,
) -> None:
    """They may come in; or a refusal. To who is banned there is no such room, and a draft is none yet.

    `lately`: not away for more than ten minutes; `back`: so short a time that they count as here; `listeners`: how
    many there are; `circle`: whom the room's group lets in; `blocked`: whom its host has blocked; `withheld_until`:
    how long that host is suspended. Hosts come in always, and so does who has a seat on stage where the group does
    not keep them out.
    """
    if leads(live, comer):
        return
    kept_out = live.safety.keeps_out(comer, now) or not comer.ids.isdisjoint(blocked)
    kept_out = kept_out or is_withheld(live.room, withheld_until, now)
    let_in = lets_in(circle, comer.ids) or speaks_here(live, comer, circle)
    if live.room.phase == "draft" or kept_out or not let_in:
        raise RoomUnknown
    raided = live.audience.raider(comer.ids) is not None
    if not raided and not comer.ids.isdisjoint(live.stage.seats):
        return
    if live.audience.shuts_out(comer.ids) or (live.audience.locked and not lately):
        raise RoomLocked
    if full(live, listeners) and not back:
        raise RoomFull


def speaks_here(live: LiveRoom, comer: Comer, circle: Circle | None) -> bool:
    """Whether they hold a speaker link of a room that is for invited people, be it for a moment only."""
    holds = live.room.visibility == "invited" and not comer.ids.isdisjoint(live.room.expected)
    return holds and not live.room.group_private and (circle is None or circle.banned.isdisjoint(comer.ids))


def full(live: LiveRoom, listeners: int) -> bool:
    """Whether as many listen as hosts let in."""
    most = live.room.settings.most_listeners
    return most > 0 and listeners >= most
