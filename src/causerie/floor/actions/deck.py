"""Being asked ahead, and coming on air in one press."""

from collections.abc import Collection

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor import deck, store
from causerie.floor import events as happened
from causerie.floor.actions.guards import can_come_up, may_speak
from causerie.floor.actions.invitations import followed, titled
from causerie.floor.live import LiveRoom
from causerie.floor.order import Answer
from causerie.ids import PersonId, QuestionId
from causerie.rooms import actions as rooms
from causerie.stage import moves as staging
from causerie.stage import store as stage


async def answer_deck(tx: Tx, live: LiveRoom, person: Person, *, answer: Answer) -> None:
    """Say that one is ready, which is one's acceptance ahead of time, or that one is not."""
    may_speak(live, person.id)
    can_come_up(live, person)
    await store.store(tx, live.room.id, deck.answer(live, person.id, answer, now=tx.now))


async def sweep_deck(tx: Tx, live: LiveRoom, *, here: Collection[PersonId], soon: Collection[PersonId] = ()) -> None:
    """Ask ahead who is next now; let go who is not, and is not back `soon`."""
    await store.store(tx, live.room.id, deck.due(live, here, tx.now, soon))


def deck_is_due(live: LiveRoom, here: Collection[PersonId], now: int, soon: Collection[PersonId] = ()) -> bool:
    """Whether somebody is to be asked ahead, or let go; asked each second, without a turn."""
    return bool(deck.due(live, here, now, soon))


def comes_at_once(live: LiveRoom, person: PersonId, now: int) -> bool:
    """Whether the host's press is all that is missing: this person is ready, and there is a seat."""
    return live.floor.ready(person, now) and not live.stage.full and not live.stage.waiting


async def come_on_air(
    tx: Tx, live: LiveRoom, *, person: PersonId, name: str, number: int, question: QuestionId | None
) -> None:
    """The first key, turned by a host where the second was turned before: 3, 2, 1, and the microphone opens."""
    may_speak(live, person)
    invited = staging.ready_to_come(live.stage, person, name, number=number, now=tx.now)
    if question is None:
        await followed(tx, live, invited)  # a question of theirs that was next comes with them
    else:
        await stage.store(tx, live.room.id, titled(live, invited))
    await rooms.remember_number(tx, live.room.id, person, number)
    opens = happened.CountedDown(person, question, tx.now + deck.COUNT_DOWN)
    await store.store(tx, live.room.id, [happened.DeckLeft(person), opens])
