"""A whole room as it stands: its life, its stage, its questions; and the queue over them."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from causerie.floor import state as floor
from causerie.floor.estimate import Pace, pace
from causerie.floor.events import Listed
from causerie.floor.forgotten import PersonForgotten, forgotten
from causerie.floor.order import Entry, order
from causerie.floor.state import Floor, OnDeck
from causerie.ids import PersonId
from causerie.questions import state as questions
from causerie.questions.state import Question, Questions
from causerie.rooms import state as rooms
from causerie.rooms.audience import state as audience
from causerie.rooms.audience.state import Audience
from causerie.rooms.state import Room
from causerie.safety import state as safety
from causerie.safety.state import Safety
from causerie.stage import state as stage
from causerie.stage.state import Hand, Stage


@dataclass(frozen=True)
class LiveRoom:
    """Everything of a room that commands are decided on."""

    room: Room
    stage: Stage = field(default_factory=Stage)
    questions: Questions = field(default_factory=Questions)
    audience: Audience = field(default_factory=Audience)
    safety: Safety = field(default_factory=Safety)
    floor: Floor = field(default_factory=Floor)

    def queue(self, here: Collection[PersonId], now: int) -> list[Entry]:
        """The floor queue: open questions and raised hands in their order."""
        settings, live_since = self.room.settings, self.room.started_at
        waiting = self.waiting(here)
        return order(waiting, settings.policy, now, live_since=live_since, alternate=settings.alternate)

    def waiting(self, here: Collection[PersonId]) -> list[Entry]:
        """Every open question and every raised hand, in no order."""
        entries = [
            *(self._question(question, here) for question in self.questions.open),
            *(self._hand(hand, here) for hand in self.stage.hands.values()),
        ]
        if not self.floor.shortlist and not self.floor.deck and not self.floor.placed:
            return entries
        listed = {listed: n for n, listed in enumerate(self.floor.shortlist, 1)}
        placed = {listed: n for n, listed in enumerate(self.floor.placed, 1)}
        asked = {asked.entry: (n, asked) for n, asked in enumerate(self.floor.deck.values(), 1)}
        return [self._chosen(entry, listed, placed, asked) for entry in entries]

    def _chosen(
        self,
        entry: Entry,
        listed: dict[Listed, int],
        placed: dict[Listed, int],
        asked: dict[Listed, tuple[int, OnDeck]],
    ) -> Entry:
        """An entry with what makes it come sooner."""
        key = Listed(entry.key, entry.since)
        if key not in listed and key not in placed and key not in asked:
            return entry
        entry = replace(entry, shortlisted=listed.get(key), placed=placed.get(key))
        if key not in asked:
            return entry
        n, on_deck = asked[key]
        return replace(entry, on_deck=n, after=frozenset(on_deck.after), answer=on_deck.answer)

    def pace(self, now: int) -> Pace | None:
        """How long answers take this evening; None before there is anything to say."""
        answers = [
            (question.on_air_at, question.answered_at)
            for question in self.questions.answered
            if question.on_air_at is not None and question.answered_at is not None
        ]
        current = self.questions.on_air
        return pace(answers, current.on_air_at if current else None, now, self.room.planned_end(now))

    def votes(self, question: Question) -> int:
        """Votes that count in this room."""
        return question.votes + (question.guest_votes if self.room.settings.guests_vote_counts else 0)

    def votes_apart(self, question: Question) -> int:
        """Guests' votes that are shown beside those that count."""
        return 0 if self.room.settings.guests_vote_counts else question.guest_votes

    def _question(self, question: Question, here: Collection[PersonId]) -> Entry:
        return Entry(
            "question",
            question.id,
            question.person,
            question.name,
            question.asked_at,
            self.votes(question),
            question.person in here,
            *self._heard(question.person),
            question.myself,
        )

    def _hand(self, hand: Hand, here: Collection[PersonId]) -> Entry:
        return Entry(
            "hand",
            hand.person,
            hand.person,
            hand.name,
            hand.raised_at,
            0,
            hand.person in here,
            *self._heard(hand.person),
            lost_seat=hand.lost_seat,
        )

    def _heard(self, person: PersonId) -> tuple[bool, int]:
        """Whether somebody has not been on stage yet, and how long they have been heard there."""
        return person not in self.stage.spoken, self.stage.talked.get(person, 0)


def fold(event: object, live: LiveRoom) -> LiveRoom:
    """The room after an event, whichever part of it the event belongs to."""
    if isinstance(event, PersonForgotten):
        return forgotten(event, live)
    return replace(
        live,
        room=rooms.fold(event, live.room),
        stage=stage.fold(event, live.stage),
        questions=questions.fold(event, live.questions),
        audience=audience.fold(event, live.audience),
        safety=safety.fold(event, live.safety),
        floor=floor.fold(event, live.floor),
    )
