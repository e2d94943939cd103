"""Who is quiet, and for how long. Hosts can shut microphones; only the person themselves opens one."""

from causerie.ids import PersonId
from causerie.stage import events as happened
from causerie.stage.backstage import set_muted
from causerie.stage.errors import MuteIsKept, NotOnStage, StageHushed
from causerie.stage.events import Event
from causerie.stage.moves import let_go
from causerie.stage.state import Stage


def mute(stage: Stage, person: PersonId, *, by: PersonId, hold: bool = False) -> list[Event]:
    """Shut a microphone; with `hold` until a host lets go. Who is muted, or has gone, is quiet already."""
    seat, lets_go = stage.seats.get(person), let_go(stage, person)
    if person in stage.backstage:
        return [*lets_go, *set_muted(stage, person, muted=True)]
    if seat is None and by == person and not lets_go:
        raise NotOnStage
    muted: list[Event] = [happened.SpeakerMuted(person, by)] if seat and not seat.muted else []
    kept: list[Event] = [happened.MuteKept(person)] if seat and hold and person not in stage.kept else []
    return [*lets_go, *muted, *kept]


def mute_all(stage: Stage, *, by: PersonId) -> list[Event]:
    """Shut every microphone but the hosts'."""
    return [
        happened.SpeakerMuted(seat.person, by)
        for seat in stage.seats.values()
        if not seat.hosts and not seat.muted and seat.person != by
    ]


def hush(stage: Stage, *, by: PersonId, on: bool) -> list[Event]:
    """Nobody but hosts speaks, until it is lifted; then each opens their own microphone again."""
    if stage.hushed == on:
        return []
    return [happened.Hushed(on), *(mute_all(stage, by=by) if on else [])]


def release(stage: Stage, person: PersonId) -> list[Event]:
    """Let go of a mute that was kept; the microphone stays shut until its person opens it."""
    return [happened.MuteReleased(person)] if person in stage.kept else []


def ask_to_speak(stage: Stage, person: PersonId, *, now: int) -> list[Event]:
    """Who is kept muted asks the hosts to let go. Asking twice is asking once."""
    if person not in stage.seats:
        raise NotOnStage
    if person not in stage.kept or stage.kept[person] is not None:
        return []
    return [happened.MicrophoneAsked(person, now)]


def wish_unmuted(stage: Stage, person: PersonId) -> list[Event]:
    """*Please unmute*: a wish and nothing more."""
    seat = stage.seats.get(person)
    if seat is None:
        raise NotOnStage
    return [happened.UnmuteWished(person)] if seat.muted and not seat.wished else []


def take_away(stage: Stage, person: PersonId, *, away: bool) -> list[Event]:
    """A call took the microphone, or it was unplugged; when it is there again, its person opens it."""
    lets_go = let_go(stage, person) if away else []
    if person in stage.backstage:
        return [*lets_go, *set_muted(stage, person, muted=True)] if away else []
    seat = stage.seats.get(person)
    if seat is None and not lets_go:
        raise NotOnStage
    return [*lets_go, *([happened.MicrophoneAway(person, away)] if seat is not None and seat.away != away else [])]


def begin_shut(stage: Stage, person: PersonId) -> list[Event]:
    """Somebody speaks by another connection from now on: its microphone is shut, and no button is held there."""
    lets_go = let_go(stage, person)
    if person in stage.backstage:
        return [*lets_go, *set_muted(stage, person, muted=True)]
    seat = stage.seats.get(person)
    return [*lets_go, *([happened.SpeakerMuted(person, person)] if seat is not None and not seat.muted else [])]


def unmute(stage: Stage, person: PersonId) -> list[Event]:
    """Open one's own microphone; there is no way to open another's."""
    if person in stage.backstage:
        return set_muted(stage, person, muted=False)
    seat = stage.seats.get(person)
    if seat is None:
        raise NotOnStage
    if person in stage.kept:
        raise MuteIsKept
    if stage.hushed and not seat.hosts:
        raise StageHushed
    back: list[Event] = [happened.SpeakerBack(person)] if seat.held_until is not None else []
    return [*back, happened.SpeakerUnmuted(person)] if seat.muted else back
