"""What follows for a question when its asker comes up, or does not."""

from causerie.db import Tx
from causerie.floor.live import LiveRoom
from causerie.questions import moves as asking
from causerie.questions import store as questions
from causerie.questions.events import Event
from causerie.stage import events as happened
from causerie.stage import store as stage


async def followed(tx: Tx, live: LiveRoom, events: list[happened.Event]) -> None:
    """Write what happened on the stage; the next question is on air with its asker, or open again without."""
    await stage.store(tx, live.room.id, events)
    await questions.store(tx, live.room.id, [after for event in events for after in _follows(live, event, tx.now)])


def _follows(live: LiveRoom, event: happened.Event, now: int) -> list[Event]:
    called = live.questions.next
    match event:
        case happened.SpeakerCame(person=person) if called is not None and person == called.person:
            return asking.put_on_air(live.questions, called.id, now=now)
        case happened.InvitationClosed(person=person, why="declined" | "timed_out"):
            return asking.put_back(live.questions, called.id) if called is not None and person == called.person else []
    return []
