"""Who may do what in a room. The server always tells a person their effective rights; the page shows only those."""

from typing import Literal

from causerie.accounts.people import Person
from causerie.floor.live import LiveRoom
from causerie.floor.tables import (
    BY_CHAIR,
    BY_GROUP,
    BY_MODERATOR,
    BY_NAME,
    BY_ROLE,
    BY_SEAT,
    BY_SITE,
    DESK,
    HOSTS,
    KEPT,
    SENDS_OUT,
    WHEN_MISSED,
)
from causerie.ids import PersonId
from causerie.rooms.roles import Authority
from causerie.safety.comers import Comer

Role = Literal["host", "cohost", "screener", "captioner", "speaker", "listener"]
Desk = Literal["hosts", "group", "site"]


def authority(live: LiveRoom, person: PersonId) -> Authority | None:
    """Host, helper, or neither; a seat is another matter."""
    if live.room.host == person:
        return "host"
    given = live.room.helpers.get(person)
    return given.role if given and given.role != "may_lead" else None


def leads(live: LiveRoom, comer: Comer) -> bool:
    """Whether somebody at a door has any authority in the room or its group: no ban and no lock keeps them out."""
    return any(authority(live, id) is not None or keeps(live, id) or stands_in(live, id) for id in comer.ids)


def role(live: LiveRoom, person: Person) -> Role:
    """What one is called in the room: by authority, whether on stage or not; otherwise the seat decides."""
    return authority(live, person.id) or ("speaker" if person.id in live.stage.seats else "listener")


def may(live: LiveRoom, person: PersonId, verb: str, *, on: PersonId | None = None) -> bool:
    """Whether a person's authority allows this; against another host only the host has any."""
    mine = authority(live, person)
    if mine is None or mine not in BY_ROLE[verb] or (mine == "cohost" and kept(live, verb)):
        return False
    return on is None or mine == "host" or authority(live, on) not in HOSTS


def kept(live: LiveRoom, verb: str) -> bool:
    """Whether the host keeps this from co-hosts."""
    return any(verb in KEPT[right] for right in live.room.settings.cohosts_without)


def can(live: LiveRoom, person: Person, verb: str, *, on: PersonId | None = None) -> bool:
    """Whether a person may do this: by their authority in the room, for its group, or because they run this place."""
    if on is not None and verb in SENDS_OUT and on in live.room.admins and not (keeps(live, person.id) or person.admin):
        return False
    return may(live, person.id, verb, on=on) or may_for_group(live, person.id, verb, on=on) or _by_site(person, verb)


def may_for_group(live: LiveRoom, person: PersonId, verb: str, *, on: PersonId | None = None) -> bool:
    """Whether looking after the room's group allows this: to moderators while nobody leads, and not against hosts."""
    if keeps(live, person):
        return verb in BY_GROUP
    if not stands_in(live, person) or verb not in BY_MODERATOR or kept(live, verb):
        return False
    return on is None or (authority(live, on) not in HOSTS and on not in live.room.admins)


def keeps(live: LiveRoom, person: PersonId) -> bool:
    """Whether somebody owns the room's group or is an admin of it."""
    return person in live.room.admins


def stands_in(live: LiveRoom, person: PersonId) -> bool:
    """Whether a moderator of the room's group is all it has: nobody leads."""
    return live.room.keepers.get(person) == "moderator" and live.room.chair_empty_since is not None


def _by_site(person: Person, verb: str) -> bool:
    return person.admin and verb in BY_SITE


def desk_of(live: LiveRoom, person: Person) -> Desk | None:
    """Which desk somebody sits at: that of the hosts, or the same without what is told to those alone they trust.

    Moderators who stand in for hosts sit at theirs.
    """
    if may(live, person.id, "floor.see") or stands_in(live, person.id):
        return "hosts"
    if keeps(live, person.id):
        return "group"
    return "site" if can(live, person, "floor.see") else None


def rights(live: LiveRoom, person: Person) -> list[str]:
    """The verbs a person has now."""
    kept_open = live.room.phase == "ended" and live.room.settings.box_after_end
    if live.room.over and not kept_open:
        return []
    if live.room.phase == "missed":
        return [verb for verb in WHEN_MISSED if can(live, person, verb)]
    named = [verb for verb in BY_NAME if person.name and _takes(live, person, verb)]
    lead = [verb for verb in BY_ROLE if can(live, person, verb) and (verb != "room.record" or _recordable(live))]
    seat = BY_SEAT if person.id in live.stage.seats else ()
    chair = BY_CHAIR if may_take_chair(live, person) else ()
    have = [*named, *lead, *seat, *chair]
    return have if live.room.phase != "ended" else [verb for verb in have if verb.startswith("question.")]


def _recordable(live: LiveRoom) -> bool:
    """Whether the charter of its group has it recorded at all."""
    return live.room.records != "never"


def may_take_chair(live: LiveRoom, person: Person) -> bool:
    """While nobody leads: speakers who are marked so, who looks after the room's group, and site admins."""
    marked = live.room.helpers.get(person.id)
    may_lead = marked is not None and marked.role == "may_lead" and person.id in live.stage.seats
    trusted = may_lead or person.admin or person.id in live.room.keepers
    return live.room.chair_empty_since is not None and not person.guest and trusted


def may_come_up(live: LiveRoom, person: Person) -> bool:
    """Whether somebody can come on stage: guests where the room lets them, or by a speaker link of their own."""
    return not person.guest or live.room.settings.guests_speak or person.id in live.room.expected


def _takes(live: LiveRoom, person: Person, verb: str) -> bool:
    """Whether the room takes this from them: guests may be kept from asking and the stage, strangers from asking."""
    if verb == "hand.raise":
        return may_come_up(live, person)
    if verb != "question.ask":
        return True
    return may_ask(live, person) and (not person.guest or live.room.settings.guests_ask != "no")


def may_ask(live: LiveRoom, person: Person) -> bool:
    """Whether somebody is among those who ask: where members alone do, they, the hosts, and who is on stage."""
    askers = live.room.askers
    if askers is None or person.id in askers:
        return True
    return authority(live, person.id) in HOSTS or person.id in live.stage.seats


def rights_by_settings(live: LiveRoom) -> tuple[bool, bool, bool, bool]:
    """What of a room's settings decides on rights: where it changes, everybody is told theirs."""
    settings = live.room.settings
    return settings.guests_ask != "no", settings.guests_speak, settings.box_after_end, live.room.askers is None


def hears_at_once(live: LiveRoom) -> frozenset[PersonId]:
    """Who hears what is said on stage as it is said, however much later the audience does."""
    hosts = (person for person in (live.room.host, *live.room.helpers) if authority(live, person) in HOSTS)
    return frozenset((*live.stage.seats, *hosts)) | hears_backstage(live)


def hears_backstage(live: LiveRoom) -> frozenset[PersonId]:
    """Who hears what is said backstage: those who wait there, and those who may speak with them."""
    if not live.room.settings.backstage:
        return frozenset()
    desk = (person for person in (live.room.host, *live.room.helpers) if authority(live, person) in DESK)
    return frozenset((*live.stage.backstage, *desk))
