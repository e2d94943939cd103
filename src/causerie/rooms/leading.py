"""Who leads a room, and who does when its host is away. A listener is never promoted by a timer."""

from dataclasses import replace

from causerie.clock import MINUTE, SECOND
from causerie.ids import PersonId
from causerie.rooms import events as happened
from causerie.rooms.errors import ChairTaken, HostAlready, NotAsked
from causerie.rooms.events import Event
from causerie.rooms.roles import Leader
from causerie.rooms.state import Room

GRACE = 120 * SECOND
WITHOUT_CHAIR = 10 * MINUTE
WARNED = 2 * MINUTE


def ask(room: Room, person: PersonId, name: str, *, by: Leader) -> list[Event]:
    """Ask somebody to be host; they must accept. Asking another takes the first asking back."""
    if person == room.host:
        raise HostAlready
    if person == room.heir:
        return []
    return [*unask(room), happened.HostAsked(person, name, by.person, by.name)]


def unask(room: Room) -> list[Event]:
    return [happened.HostUnasked(room.heir, "withdrawn")] if room.heir is not None else []


def accept(room: Room, to: Leader, *, now: int) -> list[Event]:
    """Who was asked leads the room from now on; the host before is co-host."""
    if room.heir != to.person:
        raise NotAsked
    return [
        happened.HostUnasked(to.person, "accepted"),
        *_filled(room),
        *_led_by(room, to, "handed", lost=room.lost, now=now),
    ]


def decline(room: Room, person: PersonId) -> list[Event]:
    return [happened.HostUnasked(person, "declined")] if room.heir == person else []


def lose(room: Room, person: PersonId, *, now: int) -> list[Event]:
    """A leader's last connection is gone; their time runs."""
    return [happened.LeaderLeft(person, now)] if person in room.leaders and person not in room.away else []


def find(room: Room, person: PersonId, *, now: int) -> list[Event]:
    """A leader is here again; whose chair it is has it back."""
    if room.over or person not in room.leaders:
        return []
    came: list[Event] = [happened.LeaderCame(person)] if person in room.away else []
    if room.late_since is not None:
        came.append(happened.HostArrived())
    if person == room.host:
        return [*came, *_filled(room)]
    if room.lost is not None and person == room.lost_host:
        return [*came, *unask(room), *_filled(room), *_led_by(room, room.lost, "returned", lost=None, now=now)]
    return came


def take_chair(room: Room, to: Leader, *, now: int) -> list[Event]:
    """Somebody who may lead does so, while nobody is in charge."""
    if room.chair_empty_since is None:
        raise ChairTaken
    return [*unask(room), *_filled(room), *_led_by(room, to, "chair", lost=room.lost or room.leader, now=now)]


def away(room: Room, now: int) -> Room:
    """The room as it is brought to life: nobody is here yet, and everybody has their full span to come."""
    return replace(room, away=dict.fromkeys(room.leaders, now))


def due(room: Room, now: int) -> list[Event]:
    """What a host's absence brings about by time alone: the longest-serving co-host leads, or the chair is empty."""
    left = room.away.get(room.host)
    if room.phase != "live" or left is None or now < left + GRACE:
        return []
    if (next_ := _next(room)) is not None:
        lost = room.lost or room.leader
        return [*unask(room), *_filled(room), *_led_by(room, next_, "lost", lost=lost, now=now)]
    if room.chair_empty_since is None:
        return [happened.ChairEmpty(now)]
    ends_at = room.chair_empty_since + WITHOUT_CHAIR
    if room.ending is None and now >= ends_at - WARNED:
        return [happened.EndNear(ends_at, "no_chair")]
    return []


def over(room: Room, now: int) -> bool:
    """Whether nobody has led the room for so long that it ends."""
    return room.chair_empty_since is not None and now >= room.chair_empty_since + WITHOUT_CHAIR


def _next(room: Room) -> Leader | None:
    """The longest-serving co-host who is here."""
    here = [one for one in room.helpers.values() if one.role == "cohost" and one.person not in room.away]
    longest = min(here, key=lambda helper: (helper.since, helper.person), default=None)
    return Leader(longest.person, longest.name, longest.portrait) if longest else None


def _filled(room: Room) -> list[Event]:
    """The chair is empty no more, and the room does not end for it."""
    if room.chair_empty_since is None:
        return []
    lifted: list[Event] = [happened.EndLifted()] if room.ending and room.ending.why == "no_chair" else []
    return [happened.ChairFilled(), *lifted]


def _led_by(room: Room, to: Leader, why: happened.WhyHost, *, lost: Leader | None, now: int) -> list[Event]:
    """Another host; the one before is co-host, unless the chair is kept for them."""
    taken: list[Event] = [happened.RoleTaken(to.person)] if to.person in room.helpers else []
    before = room.leader
    given: list[Event] = [happened.RoleGiven(before.person, before.name, "cohost", now, before.portrait)]
    kept = lost is not None and lost.person == before.person
    return [*taken, happened.HostChanged(to, why, lost), *([] if kept else given)]
