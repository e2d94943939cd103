"""What follows for a question when its asker comes up, or does not; and what a seat is called."""

from dataclasses import replace

from causerie.db import Tx
from causerie.floor.actions.topics import asked_on_air
from causerie.floor.live import LiveRoom
from causerie.floor.rules import authority
from causerie.questions import moves as asking
from causerie.questions.events import Event
from causerie.stage import events as happened
from causerie.stage import store as stage

# Another step of the same way.
COMES = (happened.BackstageCame, happened.SeatAwaited)


async def followed(tx: Tx, live: LiveRoom, events: list[happened.Event]) -> None:
    """Write what happened on the stage; the next question is on air with its asker, or open again without."""
    await stage.store(tx, live.room.id, titled(live, events))
    await asked_on_air(tx, live, _follows(live, events, tx.now))


def titled(live: LiveRoom, events: list[happened.Event]) -> list[happened.Event]:
    """Whoever comes on stage is called by their authority in the room, however they came."""

    def by_authority(event: happened.Event) -> happened.Event:
        if not isinstance(event, happened.SpeakerCame):
            return event
        mine = authority(live, event.person)
        return replace(event, role=mine) if mine in ("host", "cohost") else event

    return [by_authority(event) for event in events]


def _follows(live: LiveRoom, events: list[happened.Event], now: int) -> list[Event]:
    called = live.questions.next
    if called is None:
        return []
    theirs = [event for event in events if getattr(event, "person", None) == called.person]
    if any(isinstance(event, happened.SpeakerCame) for event in theirs):
        return asking.put_on_air(live.questions, called.id, now=now)
    if any(map(_turns_back, theirs)) and not any(isinstance(event, COMES) for event in theirs):
        return asking.put_back(live.questions, called.id)
    return []


def _turns_back(event: happened.Event) -> bool:
    """Somebody who was on the way to the stage is not any more: they said *Not now* or nothing, or went back."""
    match event:
        case happened.InvitationClosed(why=why):
            return why in ("declined", "timed_out")
        case happened.BackstageLeft() | happened.WaitOver():
            return True
    return False
