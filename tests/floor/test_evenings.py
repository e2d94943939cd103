"""Whole evenings of chance: whatever people do, the room is as a small model says it is."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from causerie.clock import HOUR, MINUTE, SECOND
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.questions.state import Question
from causerie.stage.state import Stage
from tests.floor.chance_in_the_queue import InTheQueue
from tests.floor.small_model import Model
from tests.hall import ADA, NOW, ada, ben, box, cho, dee, scheduled
from tests.paper import Story


class EveningOfChance(InTheQueue):
    """One live room, its people, and the model beside it."""

    @initialize()
    def the_host_starts(self) -> None:
        self.now = NOW
        self.live = LiveRoom(scheduled)
        self.model = Model(sounds={ADA: False})
        self.ids: list[str] = []
        assert self.does(actions.start_room, ada, number=1)

    # ---- time ----

    @rule(seconds=st.sampled_from([1, 29, 31, 61, 601]))
    def time_goes_by(self, seconds: int) -> None:
        if self.now + seconds * SECOND < NOW + 5 * HOUR:  # how long a room may be is told in tests/rooms/test_life.py
            self.now += seconds * SECOND

    @rule()
    def sweep(self) -> None:
        if ADA in self.live.room.away:  # who leads without her is told in tests/rooms/test_leading.py
            self.find_line(ada)
        expected = actions.time_is_up(self.live, self.now)
        self.does(actions.sweep)
        assert self.model_sweeps() == expected

    def model_sweeps(self) -> bool:
        """What time alone brings about; whether that was anything."""
        before = (len(self.model.invited), len(self.model.sounds), len(self.model.hands))
        for person in [p for p, (until, _) in self.model.invited.items() if until <= self.now]:
            self.model.invitation_ended(person)
        for person in [p for p, until in self.model.away.items() if until <= self.now]:
            self.model.leaves_stage(person)
            if person != ADA:  # whoever is back within ten minutes is first in line
                self.model.hands[person] = self.now
        fallen = {p for p, left in self.model.hands.items() if left is not None and left + 10 * MINUTE <= self.now}
        self.model.hands = {p: left for p, left in self.model.hands.items() if p not in fallen}
        return before != (len(self.model.invited), len(self.model.sounds), len(self.model.hands))

    # ---- what always holds ----

    @invariant()
    def the_room_is_as_the_model_says(self) -> None:
        stage, asked = self.live.stage, self.live.questions
        assert {person: seat.sounds for person, seat in stage.seats.items()} == self.model.sounds
        assert (set(stage.kept), stage.hushed) == (self.model.kept, self.model.hushed)
        assert {person: hand.left_at for person, hand in stage.hands.items()} == self.model.hands
        assert {p: (given.until, given.question) for p, given in stage.invitations.items()} == self.model.invited
        assert {id: question.state for id, question in asked.all.items()} == self.model.states
        assert {id: set(question.voters) for id, question in asked.all.items()} == self.model.votes

    @invariant()
    def nobody_sounds_who_must_be_quiet(self) -> None:
        stage = self.live.stage

        assert [seat for seat in stage.seats.values() if seat.sounds and self.model.must_be_quiet(seat.person)] == []

    @invariant()
    def the_shortlist_comes_first(self) -> None:
        queue = [entry for entry in self.live.queue({ADA}, self.now) if entry.on_deck is None]

        assert [entry.id for entry in queue if entry.shortlisted is not None] == [
            id for id in self.listed() if id in {entry.id for entry in queue}
        ]
        if not self.live.floor.deck:
            assert [entry.id for entry in queue[: len(self.listed())]] == self.listed()

    @invariant()
    def one_question_is_on_air_at_most(self) -> None:
        states = Counter(question.state for question in self.live.questions.all.values())

        assert (states["on_air"] <= 1, states["next"] <= 1) == (True, True)

    @invariant()
    def the_queue_holds_each_open_question_and_each_hand_once(self) -> None:
        queue = self.live.queue({ADA}, self.now)

        waiting = [("question", question.id) for question in self.live.questions.open]
        waiting += [("hand", person) for person in self.live.stage.hands]
        assert Counter((entry.kind, entry.id) for entry in queue) == Counter(waiting)


EveningOfChance.TestCase.settings = settings(max_examples=150, stateful_step_count=50, deadline=None, derandomize=True)
TestEvenings = EveningOfChance.TestCase


def evening() -> Story:
    story = Story(LiveRoom(scheduled))
    story.does(actions.start_room, ada, number=1)
    return story


@pytest.mark.parametrize("how", ["timed out", "declined"])
def test_a_question_whose_asker_does_not_come_up_is_open_again(how: str):
    story = evening()
    id = story.does(actions.ask, ben, text="Why?", myself=True)
    before = story.live
    story.does(actions.pick, ada, question=id, here=True)

    if how == "declined":
        story.does(actions.decline, ben)
    else:
        story.now += MINUTE
        story.does(actions.sweep)

    assert story.live == before


def test_a_whole_evening_ends_with_an_empty_stage():
    story = evening()
    id = story.does(actions.ask, ben, text="Why?", myself=True)
    story.does(actions.pick, ada, question=id, here=True)
    story.does(actions.accept, ben, number=2)
    story.does(actions.raise_hand, cho, note=None)
    story.does(actions.invite, ada, person=dee.id, name="Dee")

    story.does(actions.end_room, ada)

    assert story.live == LiveRoom(
        replace(scheduled, started_at=NOW, ended_at=NOW),
        Stage(spoken=frozenset({ada.id, ben.id})),
        box(Question(id, ben.id, "Ben", "Why?", True, NOW, "answered", on_air_at=NOW, answered_at=NOW)),
    )
