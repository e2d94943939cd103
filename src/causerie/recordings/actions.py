"""What people do about a recording: those who lead start and stop it, everybody says what becomes of their own part."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor import actions as floor
from causerie.floor.actions.guards import allowed, on_air
from causerie.floor.actions.invitations import followed
from causerie.ids import new_id
from causerie.recordings import moves
from causerie.recordings.errors import NotAsked, YesNeeded
from causerie.recordings.events import MinorCame
from causerie.recordings.following import without_yes
from causerie.recordings.live import RecordedRoom, after, may_answer
from causerie.recordings.store import store
from causerie.stage import moves as staging
from causerie.stage.encoders import take_tokens_back

RIGHT = "room.record"


async def start(tx: Tx, live: RecordedRoom, host: Person) -> None:
    """Want a take: everybody on stage is asked, and it begins with the first yes."""
    allowed(live, host, RIGHT)
    on_air(live)
    rule = live.room.settings.recording
    await store(tx, live.room.id, moves.request(live.recording, take=new_id(), rule=rule, now=tx.now))
    await tx.audit("recording.start", actor=host.id, room=live.room.id)


async def pause(tx: Tx, live: RecordedRoom, host: Person) -> None:
    """Leave a gap of silence."""
    allowed(live, host, RIGHT)
    await store(tx, live.room.id, moves.pause(live.recording, now=tx.now))
    await tx.audit("recording.pause", actor=host.id, room=live.room.id)


async def resume(tx: Tx, live: RecordedRoom, host: Person) -> None:
    """Go on after a pause."""
    allowed(live, host, RIGHT)
    on_air(live)
    await store(tx, live.room.id, moves.resume(live.recording, now=tx.now))
    await tx.audit("recording.resume", actor=host.id, room=live.room.id)


async def stop(tx: Tx, live: RecordedRoom, host: Person) -> None:
    """End the take."""
    allowed(live, host, RIGHT)
    await store(tx, live.room.id, moves.stop(live.recording, now=tx.now))
    await tx.audit("recording.stop", actor=host.id, room=live.room.id)


async def answer(tx: Tx, live: RecordedRoom, person: Person, *, keep: bool, words: int) -> RecordedRoom:
    """Keep my part, or leave me out; gives the room as it is then. On condition of a yes, a no leaves the stage."""
    if not may_answer(live, person.id):
        raise NotAsked
    said = moves.answer(live.recording, person, keep=keep, words=words, now=tx.now)
    await store(tx, live.room.id, said)
    if said and not keep:
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


async def accept(tx: Tx, live: RecordedRoom, person: Person, *, number: int, part: tuple[bool, int] | None) -> None:
    """Turn the second key, and say what becomes of one's part (`part`: keep it, and the words one was shown)."""
    live = await _said(tx, live, person, part)
    _may_speak(live, person)
    await floor.accept(tx, live, person, number=number)


async def say_ready(tx: Tx, live: RecordedRoom, person: Person, *, part: tuple[bool, int] | None) -> None:
    """Say on deck that one is ready, which is an acceptance, too."""
    live = await _said(tx, live, person, part)
    _may_speak(live, person)
    await floor.answer_deck(tx, live, person, answer="ready")


async def _said(tx: Tx, live: RecordedRoom, person: Person, part: tuple[bool, int] | None) -> RecordedRoom:
    """What was said of one's part counts while a take is on: one that ended meanwhile asks nothing."""
    if part is None or live.recording.now_on is None:
        return live
    keep, words = part
    return await answer(tx, live, person, keep=keep, words=words)


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


# ---- by time alone ----


async def go_on(tx: Tx, live: RecordedRoom) -> None:
    """The program is back, and so is the recording."""
    await store(tx, live.room.id, moves.go_on(live.recording, now=tx.now))


async def sweep(tx: Tx, live: RecordedRoom) -> None:
    """Whoever is on stage on condition of a yes and has not said it has had their time."""
    for person in without_yes(live, tx.now):
        await followed(tx, live, staging.move_down(live.stage, person))
        await take_tokens_back(tx, live.room.id, person)


async def close(tx: Tx, live: RecordedRoom) -> None:
    """What was said in a take that was stopped is on the disk."""
    await store(tx, live.room.id, moves.close(live.recording, now=tx.now))


async def erase(tx: Tx, live: RecordedRoom, *, track: str) -> None:
    """The log of somebody who took back their yes is gone."""
    await store(tx, live.room.id, moves.erase(live.recording, track, now=tx.now))


async def copied(tx: Tx, live: RecordedRoom, *, take: str, failed: bool = False) -> None:
    """The copy of a take is made, or could not be."""
    await store(tx, live.room.id, moves.copied(live.recording, take, failed=failed, now=tx.now))
