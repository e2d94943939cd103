"""Rows for stories that need a database: the host, and rooms of hers."""

from collections.abc import Collection
from dataclasses import asdict, replace

from sqlalchemy import insert

from causerie.accounts.models import people
from causerie.db import Database, Tx
from causerie.floor.events import Listed
from causerie.floor.live import LiveRoom
from causerie.floor.order import Key
from causerie.floor.state import Floor, OnDeck
from causerie.ids import PersonId, QuestionId, RoomId
from causerie.questions.state import Question
from causerie.recordings.state import Recording
from causerie.rooms.actions import keep
from causerie.rooms.state import Room
from causerie.stage.moves import HELD, HOST_HELD, INVITATION
from causerie.stage.state import Seat, Stage
from tests.hall import NOW, ada, ben, cho, dee, live


def called(name: str) -> Room:
    """The live room of the hall under another name."""
    return replace(live, id=RoomId(name), name=name)


async def with_people_and(database: Database, *plans: Room) -> None:
    """Write the people of the hall, and these rooms."""

    async def written(tx: Tx) -> None:
        for person in (ada, ben, cho, dee):
            await tx.run(insert(people).values(**asdict(person), created_at=NOW))
        for plan in plans:
            await keep(tx, plan)

    await database.write(written)


def after_restart(stage: Stage, now: int, expected: Collection[PersonId] = ()) -> Stage:
    """A stage as its people find it again: lines lost and microphones shut, with a full span to come back."""

    def held(seat: Seat) -> Seat:
        long = seat.role in ("host", "cohost") or seat.invited or seat.person in expected
        return replace(seat, muted=True, held_until=now + (HOST_HELD if long else HELD))

    return Stage(
        {id: seat if seat.bot else held(seat) for id, seat in stage.seats.items()},
        {id: replace(hand, left_at=hand.left_at or now) for id, hand in stage.hands.items()},
        {id: replace(given, until=now + INVITATION) for id, given in stage.invitations.items()},
        stage.spoken,
        {id: replace(waiting, left_at=waiting.left_at or now) for id, waiting in stage.waiting.items()},
        stage.kept,
        stage.hushed,
        stage.talked,
        {id: replace(guest, muted=True, left_at=guest.left_at or now) for id, guest in stage.backstage.items()},
    )


def taken_again(recording: Recording) -> Recording:
    """The takes after a restart: what ran waits to go on."""
    return Recording({id: replace(take, interrupted=take.state == "recording") for id, take in recording.takes.items()})


def told(room: LiveRoom) -> tuple[Stage, dict[str, Question], Floor]:
    """A room with its questions by what they say: their ids are chance, and differ from evening to evening."""
    texts = {id: QuestionId(question.text) for id, question in room.questions.all.items()}
    invited = {
        person: replace(given, question=texts[given.question] if given.question else None)
        for person, given in room.stage.invitations.items()
    }
    asked = {
        texts[id]: replace(
            question, id=texts[id], merged_into=texts[question.merged_into] if question.merged_into else None
        )
        for id, question in room.questions.all.items()
    }
    return replace(room.stage, invitations=invited), asked, _floor_told(room.floor, texts)


def asked_again(floor: Floor) -> Floor:
    """The queue after a restart: nobody's *Ready* is good any more."""
    deck = {person: OnDeck(person, one.entry, one.after, one.at) for person, one in floor.deck.items()}
    return Floor(floor.shortlist, floor.placed, deck, topic=floor.topic, spoken_of=floor.spoken_of)


def _floor_told(floor: Floor, texts: dict[QuestionId, QuestionId]) -> Floor:
    """The queue as it is found again: whoever was ready is asked once more."""

    def key(said: Key) -> Key:
        return (said[0], str(texts.get(QuestionId(said[1]), said[1])))

    def entry(listed: Listed) -> Listed:
        return replace(listed, key=key(listed.key))

    topic = replace(floor.topic, id="") if floor.topic else None
    deck = {
        person: OnDeck(person, entry(asked.entry), tuple(map(key, asked.after)), asked.at)
        for person, asked in floor.deck.items()
    }
    lists = tuple(map(entry, floor.shortlist)), tuple(map(entry, floor.placed))
    return Floor(*lists, deck, topic=topic, spoken_of=floor.spoken_of)
