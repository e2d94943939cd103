"""Locking a room, knocking, letting in, the raid button: decided on the present state, events or a refusal."""

from collections.abc import Iterable

from causerie.clock import MINUTE
from causerie.ids import PersonId
from causerie.rooms.audience import events as happened
from causerie.rooms.audience.errors import DoorOpen, KnockNote, KnockUnknown, RaidLength, TooManyKnocks
from causerie.rooms.audience.events import Event, Raider
from causerie.rooms.audience.state import Audience
from causerie.texts import one_line

LONGEST_NOTE = 120
MOST_KNOCKS = 200
KNOCK_KEPT = 10 * MINUTE
LONGEST_RAID = 60


def lock(audience: Audience, inside: frozenset[PersonId], *, by: PersonId, now: int) -> list[Event]:
    """Let nobody new in; who is inside, or was lately, may return."""
    return [happened.Locked(inside, now, by)] if not audience.locked else []


def unlock(audience: Audience) -> list[Event]:
    return [happened.Unlocked()] if audience.locked else []


def knock(
    audience: Audience, person: PersonId, ids: frozenset[PersonId], name: str, note: str | None, *, now: int
) -> list[Event]:
    """Ask to be let in. Knocking again keeps the place and changes what is said; who was turned away is not heard."""
    said = one_line(note or "") or None
    if said is not None and len(said) > LONGEST_NOTE:
        raise KnockNote
    if not audience.locked and audience.raider(ids) is None:
        raise DoorOpen
    before = audience.knocks.get(person)
    if before is None and len(audience.knocks) >= MOST_KNOCKS:
        raise TooManyKnocks
    if before is not None and (before.turned_away or (before.name, before.note) == (name, said)):
        return []
    return [happened.Knocked(person, name, said, before.at if before else now)]


def stop_knocking(audience: Audience, person: PersonId) -> list[Event]:
    """They went away; a host's answer stays, so that going away and coming again is no new knock."""
    before = audience.knocks.get(person)
    return [happened.KnockOver(person)] if before is not None and not before.turned_away else []


def answer(audience: Audience, person: PersonId, *, let_in: bool) -> list[Event]:
    """Let somebody in who knocks, or not; a no can still become a yes."""
    before = audience.knocks.get(person)
    if before is None:
        raise KnockUnknown
    if let_in:
        raider = audience.raider([person])
        ids = (raider.ids if raider else frozenset()) | {person}
        return [happened.LetIn(person, ids, knocked=True, raided=raider is not None)]
    return [happened.TurnedAway(person)] if not before.turned_away else []


def send_out(audience: Audience, ids: Iterable[PersonId]) -> list[Event]:
    """Removed from a locked room, they are not inside any more; who knocked does not."""
    out = frozenset(ids)
    gone = audience.inside & out
    knocked: list[Event] = [happened.KnockOver(person) for person in audience.knocks if person in out]
    return [*([happened.SentOut(gone)] if gone else []), *knocked]


def raid(
    audience: Audience, people: Iterable[Raider], inside: frozenset[PersonId], *, by: PersonId, now: int
) -> list[Event]:
    """Lock, and send all of these out."""
    out = tuple(people)
    ids = frozenset(id for one in out for id in one.ids)
    raided: list[Event] = [happened.Raided(out)] if out else []
    return [*lock(audience, inside - ids, by=by, now=now), *send_out(audience, ids), *raided]


def raid_minutes(minutes: int) -> int:
    """How far back the raid button reaches, in milliseconds; or `RaidLength`."""
    if not 1 <= minutes <= LONGEST_RAID:
        raise RaidLength
    return minutes * MINUTE


def undo_raid(audience: Audience, person: PersonId | None) -> list[Event]:
    """Let one of those sent out back in, or all."""
    back = audience.raided.values() if person is None else [audience.raided.get(person)]
    return [
        happened.LetIn(one.person, one.ids, knocked=one.person in audience.knocks, raided=True)
        for one in back
        if one is not None
    ]


def sweep(audience: Audience, now: int) -> list[Event]:
    """Knocks that nobody answered for long."""
    return [happened.KnockOver(knock.person) for knock in audience.knocks.values() if knock.at + KNOCK_KEPT <= now]
