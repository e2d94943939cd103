"""What is on air: one question, or one topic."""

from collections.abc import Sequence

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor import store, topics
from causerie.floor.actions.guards import allowed, on_air
from causerie.floor.live import LiveRoom
from causerie.questions import events as asked
from causerie.questions import moves as asking
from causerie.questions import store as questions


async def put_topic(tx: Tx, live: LiveRoom, host: Person, *, text: str) -> None:
    """Speak of this now, without a question; the question on air until now is answered."""
    allowed(live, host, "floor.topic")
    on_air(live)
    put = topics.put_on_air(live.floor, text, now=tx.now)
    current = live.questions.on_air
    if current is not None and put:
        await questions.store(tx, live.room.id, asking.answer(live.questions, current.id, now=tx.now))
    await store.store(tx, live.room.id, put)
    await tx.audit("floor.topic", actor=host.id, room=live.room.id)


async def take_topic_down(tx: Tx, live: LiveRoom, host: Person) -> None:
    """Nothing is on air but those who speak."""
    allowed(live, host, "floor.topic")
    await store.store(tx, live.room.id, topics.over(live.floor, now=tx.now))
    await tx.audit("floor.topic_over", actor=host.id, room=live.room.id)


async def asked_on_air(tx: Tx, live: LiveRoom, events: Sequence[asked.Event]) -> None:
    """Write what became of questions; the topic makes way for one that is on air now."""
    if any(isinstance(event, asked.QuestionOnAir) for event in events):
        await store.store(tx, live.room.id, topics.over(live.floor, now=tx.now))
    await questions.store(tx, live.room.id, list(events))
