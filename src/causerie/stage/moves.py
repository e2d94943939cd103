"""Each move of the stage, decided on its present state: events, or a refusal. Nothing here does anything."""

from collections.abc import Iterator
from typing import Literal

from causerie.clock import MINUTE, SECOND
from causerie.ids import PersonId, QuestionId
from causerie.stage import events as happened
from causerie.stage.errors import AlreadyOnStage, NotInvited, StageFull
from causerie.stage.events import Event
from causerie.stage.state import SEATS, Seat, Stage

INVITATION = 60 * SECOND
HELD, HOST_HELD = 30 * SECOND, 10 * MINUTE
HAND_KEPT = 10 * MINUTE


def raise_hand(stage: Stage, person: PersonId, name: str, *, note: str | None, now: int) -> list[Event]:
    """Raising twice keeps the place; another note replaces the first."""
    if person in stage.seats:
        raise AlreadyOnStage
    up = stage.hands.get(person)
    if up is not None and up.note == note:
        return []
    first = up is not None and up.lost_seat
    return [happened.HandRaised(person, name, note, up.raised_at if up else now, first)]


def lower_hand(stage: Stage, person: PersonId) -> list[Event]:
    return [happened.HandLowered(person)] if person in stage.hands else []


def join(stage: Stage, guest: PersonId, account: PersonId, name: str, *, now: int) -> list[Event]:
    """A guest comes in by their account: of two hands the older stays, and waits for them as for whoever was away."""
    hand, other = stage.hands.get(guest), stage.hands.get(account)
    if hand is None:
        return []
    down: list[Event] = [happened.HandLowered(guest)]
    if account in stage.seats or (other is not None and other.raised_at <= hand.raised_at):
        return down
    left: list[Event] = [happened.HandLeft(account, now)] if other is None or other.left_at is not None else []
    return [*down, happened.HandRaised(account, name, hand.note, hand.raised_at, hand.lost_seat), *left]


def lower_all(stage: Stage) -> list[Event]:
    """A host has all hands down."""
    return [happened.HandLowered(person, by_host=True) for person in stage.hands]


def invite(stage: Stage, person: PersonId, name: str, *, now: int, question: QuestionId | None = None) -> list[Event]:
    """Hand somebody the first key. Who is invited already keeps the time they have."""
    if person in stage.seats:
        raise AlreadyOnStage
    if person in stage.invitations or person in stage.waiting or person in stage.backstage:
        return []
    return [happened.Invited(person, name, now + INVITATION, question)]


def more_time(stage: Stage, person: PersonId) -> list[Event]:
    """Another minute to make up one's mind."""
    given = stage.invitations.get(person)
    if given is None:
        raise NotInvited
    return [happened.Invited(person, given.name, given.until + INVITATION, given.question)]


def accept(stage: Stage, person: PersonId, *, number: int, now: int, backstage: bool = False) -> list[Event]:
    """Turn the second key: a seat with an open microphone. Where every seat is taken, it is waited for.

    In a room with a `backstage` one comes there first.
    """
    given = stage.invitations.get(person)
    if given is None or given.until <= now:
        raise NotInvited
    invited = given.question is None and person not in stage.hands
    comes: Event
    if backstage:
        comes = happened.BackstageCame(person, given.name, number, invited, now)
    elif stage.full or stage.waiting:
        comes = happened.SeatAwaited(person, given.name, number, invited, now)
    else:
        muted = must_be_quiet(stage, person)
        comes = happened.SpeakerCame(person, given.name, number, "speaker", muted, now, invited=invited)
    return [happened.InvitationClosed(person, "accepted", given.question), *lower_hand(stage, person), comes]


def ready_to_come(stage: Stage, person: PersonId, name: str, *, number: int, now: int) -> list[Event]:
    """A seat for somebody who said ahead of time that they are ready."""
    if person in stage.seats:
        raise AlreadyOnStage
    muted = must_be_quiet(stage, person)
    came = happened.SpeakerCame(person, name, number, "speaker", muted, now)
    return [*decided(stage, person), *lower_hand(stage, person), came]


def decided(stage: Stage, person: PersonId) -> list[Event]:
    """An invitation that is not needed any more counts as accepted."""
    given = stage.invitations.get(person)
    return [happened.InvitationClosed(person, "accepted", given.question)] if given else []


def must_be_quiet(stage: Stage, person: PersonId, role: str = "speaker") -> bool:
    """Whether this microphone stays shut for now, whoever opens it."""
    return person in stage.kept or (stage.hushed and role == "speaker")


def come_up(stage: Stage, now: int) -> list[Event]:
    """Free seats go to those who wait for one and are here; muted, since they may think of something else by now."""
    free = SEATS - len(stage.seats)
    ready = [waiting for waiting in stage.waiting.values() if waiting.left_at is None][: max(0, free)]
    events: list[Event] = []
    for who in ready:
        came = happened.SpeakerCame(who.person, who.name, who.number, "speaker", True, now, invited=who.invited)
        events += [happened.WaitOver(who.person), came]
    return events


def stop_waiting(stage: Stage, person: PersonId) -> list[Event]:
    """Somebody is in no line before the stage any more, nor backstage."""
    waited: list[Event] = [happened.WaitOver(person)] if person in stage.waiting else []
    stood: list[Event] = [happened.BackstageLeft(person)] if person in stage.backstage else []
    return [*waited, *stood]


def decline(stage: Stage, person: PersonId) -> list[Event]:
    """*Not now*. A hand that was up stays up."""
    given = stage.invitations.get(person)
    return [happened.InvitationClosed(person, "declined", given.question)] if given else []


def take_seat(seat: Seat, stage: Stage) -> list[Event]:
    """A seat that needs no invitation: the host's own, or a bot's. It begins as muted as `seat` says."""
    if seat.person in stage.seats:
        return []
    if stage.full:
        raise StageFull
    muted = seat.muted or must_be_quiet(stage, seat.person, seat.role)
    came = happened.SpeakerCame(
        seat.person, seat.name, seat.number, seat.role, muted, seat.since, seat.portrait, seat.bot, seat.invited
    )
    return [*decided(stage, seat.person), *lower_hand(stage, seat.person), *stop_waiting(stage, seat.person), came]


def step_down(stage: Stage, person: PersonId) -> list[Event]:
    """Leave the stage, or the line before it."""
    left: list[Event] = [happened.SpeakerLeft(person, "stepped_down")] if person in stage.seats else []
    return [*left, *stop_waiting(stage, person), *let_go(stage, person)]


def move_down(stage: Stage, person: PersonId) -> list[Event]:
    """A host moves a speaker to the audience, or out of the line before the stage."""
    left: list[Event] = [happened.SpeakerLeft(person, "moved_down")] if person in stage.seats else []
    return [*left, *stop_waiting(stage, person), *let_go(stage, person)]


def let_go(stage: Stage, person: PersonId) -> list[Event]:
    """Whose microphone is shut holds *Hold to talk backstage* no more."""
    return [happened.TalkedBackstage(person, False)] if person in stage.aside else []


def thank(stage: Stage, person: PersonId) -> list[Event]:
    """A speaker's question is answered: with thanks, back to the audience. Hosts stay."""
    seat = stage.seats.get(person)
    return [happened.SpeakerLeft(person, "thanked")] if seat is not None and not seat.hosts else []


def kept_for(seat: Seat, *, expected: bool = False) -> int:
    """How long a seat waits for a lost person: hosts and whom they invited or expected may be in a phone call."""
    return HOST_HELD if seat.hosts or seat.invited or expected else HELD


def remove(stage: Stage, person: PersonId) -> list[Event]:
    """Somebody is sent out: whatever they had here is gone."""
    given = stage.invitations.get(person)
    return [
        *([happened.SpeakerLeft(person, "removed")] if person in stage.seats else []),
        *([happened.InvitationClosed(person, "withdrawn", given.question)] if given else []),
        *lower_hand(stage, person),
        *stop_waiting(stage, person),
        *let_go(stage, person),
    ]


def lose_line(stage: Stage, person: PersonId, *, now: int, expected: bool = False) -> list[Event]:
    """A person's last connection is gone: the seat is held, a hand and a place before the stage wait."""
    seat, hand, waiting = stage.seats.get(person), stage.hands.get(person), stage.waiting.get(person)
    events: list[Event] = []
    if seat is not None and seat.held_until is None and not seat.bot:
        events.append(happened.SpeakerHeld(person, now + kept_for(seat, expected=expected)))
    if hand is not None and hand.left_at is None:
        events.append(happened.HandLeft(person, now))
    if waiting is not None and waiting.left_at is None:
        events.append(happened.WaiterLeft(person, now))
    return [*events, *_from_backstage(stage, person, now)]


def _from_backstage(stage: Stage, person: PersonId, left_at: int | None) -> list[Event]:
    """Somebody backstage is away, or here again with the microphone shut; who is away holds no button."""
    guest = stage.backstage.get(person)
    lets_go = let_go(stage, person)
    if guest is None or (guest.left_at is None) == (left_at is None):
        return lets_go
    return [*lets_go, happened.BackstageChanged(person, True, left_at)]


def find_line(stage: Stage, person: PersonId) -> list[Event]:
    """A person is here again: the seat is theirs, muted; the hand is as it was."""
    seat, hand, waiting = stage.seats.get(person), stage.hands.get(person), stage.waiting.get(person)
    events: list[Event] = []
    if seat is not None and seat.held_until is not None:
        events.append(happened.SpeakerBack(person))
    if hand is not None and hand.left_at is not None:
        events.append(happened.HandLeft(person, None))
    if waiting is not None and waiting.left_at is not None:
        events.append(happened.WaiterLeft(person, None))
    return [*events, *(_from_backstage(stage, person, None) if person in stage.backstage else [])]


def sweep(stage: Stage, now: int) -> list[Event]:
    """What time alone brings about: invitations, seats and places of the absent run out, who waits comes up."""
    timed_out: list[Event] = [
        happened.InvitationClosed(invitation.person, "timed_out", invitation.question)
        for invitation in stage.invitations.values()
        if invitation.until <= now
    ]
    lost = [
        event
        for seat in stage.seats.values()
        if seat.held_until is not None and seat.held_until <= now
        for event in _lose_seat(seat, now)
    ]
    fallen: list[Event] = [
        happened.HandLowered(hand.person)
        for hand in stage.hands.values()
        if hand.left_at is not None and hand.left_at + HAND_KEPT <= now
    ]
    forgotten: list[Event] = [
        happened.WaitOver(waiting.person)
        for waiting in stage.waiting.values()
        if waiting.left_at is not None and waiting.left_at + HAND_KEPT <= now
    ]
    gone: list[Event] = [
        happened.BackstageLeft(guest.person)
        for guest in stage.backstage.values()
        if guest.left_at is not None and guest.left_at + HAND_KEPT <= now
    ]
    return [*timed_out, *lost, *fallen, *forgotten, *gone, *come_up(stage, now)]


def _lose_seat(seat: Seat, now: int) -> Iterator[Event]:
    """A line was gone too long. Who comes back within ten minutes is first in line; hosts sit down by themselves."""
    yield happened.SpeakerLeft(seat.person, "lost")
    if not seat.hosts:
        yield happened.HandRaised(seat.person, seat.name, None, now, lost_seat=True)
        yield happened.HandLeft(seat.person, now)


def call(stage: Stage, person: PersonId, role: Literal["host", "cohost", "speaker"]) -> list[Event]:
    """A seat is called by what its person is in the room now."""
    seat = stage.seats.get(person)
    return [happened.SpeakerCalled(person, role)] if seat is not None and seat.role != role else []


def clear(stage: Stage) -> list[Event]:
    """The room has ended: nobody speaks, nobody waits."""
    return [
        *(happened.SpeakerLeft(person, "ended") for person in stage.seats),
        *(happened.InvitationClosed(i.person, "withdrawn", i.question) for i in stage.invitations.values()),
        *(happened.HandLowered(person) for person in stage.hands),
        *(happened.WaitOver(person) for person in stage.waiting),
        *(happened.BackstageLeft(person) for person in stage.backstage),
        *(happened.TalkedBackstage(person, False) for person in stage.aside),
        *(happened.MuteReleased(person) for person in stage.kept),
        *([happened.Hushed(False)] if stage.hushed else []),
    ]
