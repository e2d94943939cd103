"""What everybody says of their own part in a recording, on coming up and later."""

from dataclasses import dataclass

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor import actions as floor
from causerie.recordings import moves
from causerie.recordings.errors import NotAsked, YesNeeded
from causerie.recordings.events import MinorCame
from causerie.recordings.live import RecordedRoom, after, may_answer
from causerie.recordings.store import store


@dataclass(frozen=True)
class Part:
    """What somebody wants with their part: kept or left out; and which words they were shown."""

    keep: bool
    words: int


async def answer(tx: Tx, live: RecordedRoom, person: Person, part: Part) -> RecordedRoom:
    """Keep my part, or leave me out; gives the room as it is then. On condition of a yes, a no leaves the stage."""
    if not may_answer(live, person.id):
        raise NotAsked
    said = moves.answer(live.recording, person, keep=part.keep, words=part.words, now=tx.now)
    await store(tx, live.room.id, said)
    if said and not part.keep:
        await _leaves_without(tx, live, person)
    return after(said, live)


async def withdraw(tx: Tx, live: RecordedRoom, person: Person) -> None:
    """Take one's yes back; on condition of it, one leaves the stage."""
    said = moves.withdraw(live.recording, person.id, now=tx.now)
    await store(tx, live.room.id, said)
    if said:
        await _leaves_without(tx, live, person)


async def _leaves_without(tx: Tx, live: RecordedRoom, person: Person) -> None:
    take = live.recording.now_on
    if take is not None and take.rule == "condition":
        await floor.step_down(tx, live, person)


async def accept(tx: Tx, live: RecordedRoom, person: Person, *, number: int, part: Part | None) -> None:
    """Turn the second key, and say what becomes of one's part."""
    live = await _said(tx, live, person, part)
    _may_speak(live, person)
    await floor.accept(tx, live, person, number=number)


async def say_ready(tx: Tx, live: RecordedRoom, person: Person, *, part: Part | None) -> None:
    """Say on deck that one is ready, which is an acceptance, too."""
    live = await _said(tx, live, person, part)
    _may_speak(live, person)
    await floor.answer_deck(tx, live, person, answer="ready")


async def _said(tx: Tx, live: RecordedRoom, person: Person, part: Part | None) -> RecordedRoom:
    """What was said of one's part counts while a take is on: one that ended meanwhile asks nothing."""
    if part is None or live.recording.now_on is None or not may_answer(live, person.id):
        return live
    return await answer(tx, live, person, part)


def _may_speak(live: RecordedRoom, person: Person) -> None:
    """Their yes is there, where the room asks for it; or `YesNeeded`."""
    take = live.recording.now_on
    if take is not None and take.rule == "condition":
        agrees = take.answers.get(person.id) == "kept" and not person.minor
        if not agrees:
            raise YesNeeded


async def note_minor(tx: Tx, live: RecordedRoom, person: Person) -> None:
    """Somebody is here who is never recorded, and never asked."""
    if person.minor and person.id not in live.recording.minors:
        tx.emit(MinorCame(person.id))
