"""A live room of the hall whose recording is told step by step, without a database."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.recordings import actions, coming
from causerie.recordings.coming import Part
from causerie.recordings.following import follow
from causerie.recordings.live import RecordedRoom, fold
from causerie.recordings.words import WORDS
from causerie.rooms.settings import RecordingRule, RoomSettings
from causerie.stage.state import Invitation, Seat, Stage
from tests.hall import NOW, ada, ben, cho, dee, live
from tests.paper import PaperTx, done

Does = Callable[[Tx, RecordedRoom], Awaitable[Any]]
NUMBERS = {person.id: number for number, person in enumerate([ada, ben, cho, dee], 1)}


def seat(person: Person, **more: Any) -> Seat:
    role = "host" if person is ada else "speaker"
    return Seat(person.id, person.name or "", NUMBERS.get(person.id, 9), role, False, NOW, **more)


def on_stage(*people: Person, rule: RecordingRule = "each", **settings: Any) -> RecordedRoom:
    """Live, these people on stage, by this rule."""
    plan = replace(live, settings=RoomSettings(recording=rule, **settings))
    return RecordedRoom(plan, Stage(seats={person.id: seat(person) for person in people}))


def invited(room: RecordedRoom, person: Person) -> RecordedRoom:
    given = Invitation(person.id, person.name or "", NOW + 60_000)
    return replace(room, stage=replace(room.stage, invitations={person.id: given}))


def told_before(room: RecordedRoom, words: int) -> RecordedRoom:
    """As if its take had begun when these words were shown."""
    takes = {id: replace(take, words=words) for id, take in room.recording.takes.items()}
    return replace(room, recording=replace(room.recording, takes=takes))


@dataclass
class Evening:
    """Turns are taken as `Rooms.act` takes them: the action, and what follows from it."""

    room: RecordedRoom
    now: int = NOW

    def does(self, action: Does) -> list[object]:
        tx = PaperTx(self.now)

        async def turn() -> None:
            await action(tx, self.room)  # type: ignore[arg-type]  # a Tx as far as actions need one
            await follow(tx, self.room)  # type: ignore[arg-type]  # the same

        done(turn())
        for event in tx.events:
            self.room = fold(event, self.room)
        return tx.events

    def start(self) -> None:
        self.does(lambda tx, live: actions.start(tx, live, ada))

    def closes(self) -> None:
        """Every log of the last take is on the disk."""
        take = self.room.recording.take
        assert take is not None
        self.does(lambda tx, live: actions.close(tx, live, take=take.id))

    def says(self, person: Person, *, keep: bool = True) -> None:
        self.does(lambda tx, live: coming.answer(tx, live, person, Part(keep, WORDS)))

    def withdraws(self, person: Person) -> None:
        self.does(lambda tx, live: coming.withdraw(tx, live, person))

    def accepts(self, person: Person, *, keep: bool | None) -> None:
        part = Part(keep, WORDS) if keep is not None else None
        self.does(lambda tx, live: coming.accept(tx, live, person, number=NUMBERS[person.id], part=part))

    def emits(self, *events: object) -> None:
        """Something of the room comes about, and the recording hears it."""

        async def turn(tx: Tx, _: RecordedRoom) -> None:
            tx.emit(*events)

        self.does(turn)

    @property
    def state(self) -> str:
        take = self.room.recording.take
        return take.state if take is not None else "off"

    @property
    def recorded(self) -> set[str]:
        return set(self.room.recorded)
