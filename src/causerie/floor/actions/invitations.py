"""What follows when an invitation is over."""

from causerie.db import Tx
from causerie.floor.live import LiveRoom
from causerie.questions import moves as asking
from causerie.questions import store as questions
from causerie.stage import events as happened
from causerie.stage import store as stage


async def closed(tx: Tx, live: LiveRoom, events: list[happened.Event]) -> None:
    """Write what ended; a question whose asker did not come up is open again."""
    await stage.store(tx, live.room.id, events)
    on_air = live.questions.on_air
    for event in events:
        if not isinstance(event, happened.InvitationClosed) or on_air is None:
            continue
        if event.why in ("declined", "timed_out") and event.question == on_air.id:
            await questions.store(tx, live.room.id, asking.put_back(live.questions, on_air.id))
