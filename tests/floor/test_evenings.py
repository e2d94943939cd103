"""Whole evenings of chance: whatever people do, the room is as a small model says it is."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from causerie.accounts.people import Person
from causerie.clock import HOUR, MINUTE, SECOND
from causerie.errors import Refusal
from causerie.floor import actions
from causerie.floor.live import LiveRoom, fold
from causerie.ids import PersonId, QuestionId
from causerie.questions.state import Question
from causerie.stage.state import Stage
from tests.hall import ADA, NOW, ada, ben, box, cho, dee, scheduled
from tests.paper import PaperTx, done

people = st.sampled_from([ada, ben, cho, dee])
guests = st.sampled_from([ben, cho, dee])
leaders = st.sampled_from([ada, ada, ada, ben])
which = st.integers(0, 3)
NUMBERS = {person.id: number for number, person in enumerate([ada, ben, cho, dee], 1)}


@dataclass
class Model:
    """What matters to people, and nothing else."""

    sounds: dict[str, bool] = field(default_factory=dict)
    away: dict[str, int] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    hushed: bool = False
    invited_by_host: set[str] = field(default_factory=set)
    hands: dict[str, int | None] = field(default_factory=dict)
    invited: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    askers: dict[str, str] = field(default_factory=dict)
    votes: dict[str, set[str]] = field(default_factory=dict)
    shortlist: list[str] = field(default_factory=list)

    @property
    def on_air(self) -> str | None:
        return next((id for id, state in self.states.items() if state == "on_air"), None)

    @property
    def next(self) -> str | None:
        return next((id for id, state in self.states.items() if state == "next"), None)

    def invitation_ended(self, person: str) -> None:
        """Nobody comes up with it: a question that was next for it is open again."""
        self.invited.pop(person)
        if (called := self.next) is not None and self.askers[called] == person:
            self.states[called] = "open"

    def comes_with_question(self, person: str) -> None:
        if (called := self.next) is not None and self.askers[called] == person:
            self.states[called] = "on_air"

    def makes_way(self, question: str) -> None:
        """What is on air is answered, and another that was next is open again, its asker not called any more."""
        if (before := self.on_air) is not None and before != question:
            self.states[before] = "answered"
        if (called := self.next) is not None and called != question:
            self.states[called] = "open"
            self.invited = {p: given for p, given in self.invited.items() if given[1] != called}

    def must_be_quiet(self, person: str) -> bool:
        return person in self.kept or (self.hushed and person != ADA)

    def leaves_stage(self, person: str) -> None:
        self.invited_by_host.discard(person)
        self.sounds.pop(person, None)
        self.away.pop(person, None)


class Evening(RuleBasedStateMachine):
    """One live room, its people, and the model beside it."""

    @initialize()
    def the_host_starts(self) -> None:
        self.now = NOW
        self.live = LiveRoom(scheduled)
        self.model = Model(sounds={ADA: False})
        self.ids: list[str] = []
        assert self.does(actions.start_room, ada, number=1)

    # ---- hands ----

    @rule(person=people, note=st.sampled_from([None, "", "about sparrows"]))
    def raise_hand(self, person: Person, note: str | None) -> None:
        before = self.live.stage.hands.get(person.id)
        if self.does(actions.raise_hand, person, note=note, refused=person.id in self.model.sounds):
            # A new hand is that of somebody who is here; the same again stays as it is.
            same = before is not None and before.note == (note or None)
            self.model.hands[person.id] = self.model.hands[person.id] if same else None

    @rule(person=people)
    def lower_hand(self, person: Person) -> None:
        self.does(actions.lower_hand, person)
        self.model.hands.pop(person.id, None)

    # ---- the stage ----

    @rule(by=leaders, person=people)
    def invite(self, by: Person, person: Person) -> None:
        refused = by != ada or person.id in self.model.sounds
        if self.does(actions.invite, by, person=person.id, name=person.name, refused=refused):
            self.model.invited.setdefault(person.id, (self.now + MINUTE, None))

    @rule(person=people)
    def accept(self, person: Person) -> None:
        until, _ = self.model.invited.get(person.id, (0, None))
        refused = until <= self.now
        if self.does(actions.accept, person, number=NUMBERS[person.id], refused=refused):
            self.model.sounds[person.id] = not self.model.must_be_quiet(person.id)
            if self.model.invited.pop(person.id)[1] is None and person.id not in self.model.hands:
                self.model.invited_by_host.add(person.id)
            self.model.hands.pop(person.id, None)
            self.model.comes_with_question(person.id)

    @rule(person=people)
    def decline(self, person: Person) -> None:
        self.does(actions.decline, person)
        if person.id in self.model.invited:
            self.model.invitation_ended(person.id)

    @rule(person=people)
    def more_time(self, person: Person) -> None:
        if self.does(actions.more_time, person, refused=person.id not in self.model.invited):
            until, question = self.model.invited[person.id]
            self.model.invited[person.id] = (until + MINUTE, question)

    @rule(by=leaders, person=people, hold=st.booleans())
    def mute(self, by: Person, person: Person, hold: bool) -> None:
        refused = by != ada if by != person else person.id not in self.model.sounds
        done = self.does(actions.mute, by, person=person.id, hold=hold, refused=refused)
        if done and person.id in self.model.sounds:
            self.model.sounds[person.id] = False
            self.model.kept |= {person.id} if hold and by != person else set()

    @rule(by=leaders, person=people)
    def release(self, by: Person, person: Person) -> None:
        if self.does(actions.release, by, person=person.id, refused=by != ada):
            self.model.kept.discard(person.id)

    @rule(by=leaders, on=st.sampled_from([False, False, True]))
    def hush(self, by: Person, on: bool) -> None:
        if self.does(actions.hush, by, on=on, refused=by != ada):
            if on and not self.model.hushed:
                self.everybody_else_is_quiet()
            self.model.hushed = on

    @rule(by=leaders)
    def mute_all(self, by: Person) -> None:
        if self.does(actions.mute_all, by, refused=by != ada):
            self.everybody_else_is_quiet()

    def everybody_else_is_quiet(self) -> None:
        self.model.sounds = {p: sounds and p == ADA for p, sounds in self.model.sounds.items()}

    @rule(person=people, on=st.booleans())
    def microphone_away(self, person: Person, on: bool) -> None:
        refused = person.id not in self.model.sounds
        was = not refused and self.live.stage.seats[person.id].away
        if self.does(actions.take_away, person, away=on, refused=refused) and was != on:
            self.model.sounds[person.id] = False

    @rule(person=people)
    def unmute(self, person: Person) -> None:
        # Who leads the room needs no invitation: opening the microphone is their way back on stage.
        quiet = self.model.must_be_quiet(person.id)
        refused = quiet if person.id in self.model.sounds else person != ada
        if self.does(actions.unmute, person, number=NUMBERS[person.id], refused=refused):
            self.model.sounds[person.id] = not quiet
            self.model.away.pop(person.id, None)

    @rule(person=people)
    def step_down(self, person: Person) -> None:
        self.does(actions.step_down, person)
        self.model.leaves_stage(person.id)

    @rule(by=leaders, person=people)
    def move_down(self, by: Person, person: Person) -> None:
        if self.does(actions.move_down, by, person=person.id, refused=by != ada):
            self.model.leaves_stage(person.id)

    # ---- questions ----

    @rule(person=guests, myself=st.booleans())
    def ask(self, person: Person, myself: bool) -> None:
        self.now += 10 * SECOND
        mine = [id for id, asker in self.model.askers.items() if asker == person.id]
        refused = sum(self.model.states[id] in ("open", "next") for id in mine) >= 3
        if self.does(actions.ask, person, text=f"Why at {self.now}?", myself=myself, refused=refused):
            id = next(reversed(self.live.questions.all))
            self.ids.append(id)
            self.model.states[id], self.model.askers[id], self.model.votes[id] = "open", person.id, set()

    @rule(person=people, n=which)
    def vote(self, person: Person, n: int) -> None:
        if (id := self.nth(n)) is not None:
            refused = self.model.states[id] != "open" or self.model.askers[id] == person.id
            if self.does(actions.vote, person, question=id, refused=refused):
                self.model.votes[id].add(person.id)

    @rule(person=people, n=which)
    def unvote(self, person: Person, n: int) -> None:
        if (id := self.nth(n)) is not None and self.does(
            actions.unvote, person, question=id, refused=self.model.states[id] != "open"
        ):
            self.model.votes[id].discard(person.id)

    @rule(person=people, n=which)
    def withdraw(self, person: Person, n: int) -> None:
        if (id := self.nth(n)) is not None:
            refused = self.model.askers[id] != person.id or self.model.states[id] not in ("open", "withdrawn")
            if self.does(actions.withdraw, person, question=id, refused=refused):
                self.model.states[id] = "withdrawn"

    # ---- the floor ----

    @rule(by=leaders, n=which, here=st.booleans())
    def pick(self, by: Person, n: int, here: bool) -> None:
        if (id := self.nth(n)) is None:
            return
        state, asker = self.model.states[id], self.model.askers[id]
        ready = self.live.floor.ready(PersonId(asker), self.now)
        refused = by != ada or state in ("answered", "withdrawn")
        if not self.does(actions.pick, by, question=id, here=here, number=NUMBERS[asker], refused=refused):
            return
        if state == "open":
            self.model.makes_way(id)
            comes = here and self.live.questions.all[QuestionId(id)].myself and asker not in self.model.sounds
            self.model.states[id] = "next" if comes and not ready else "on_air"
            if comes and ready:
                self.comes_at_once(asker)
            elif comes:
                self.model.invited.setdefault(asker, (self.now + MINUTE, id))

    @rule(by=leaders, n=which)
    def read_out(self, by: Person, n: int) -> None:
        if (id := self.nth(n)) is None:
            return
        refused = by != ada or self.model.states[id] not in ("open", "next", "on_air")
        if self.does(actions.read_out, by, question=id, refused=refused):
            self.model.makes_way(id)
            self.model.states[id] = "on_air"
            self.model.invited = {p: given for p, given in self.model.invited.items() if given[1] != id}

    @rule(by=leaders, person=guests)
    def pick_hand(self, by: Person, person: Person) -> None:
        ready = self.live.floor.ready(person.id, self.now)
        refused = by != ada or person.id not in self.model.hands
        if self.does(actions.pick_hand, by, person=person.id, number=NUMBERS[person.id], refused=refused):
            if ready:
                self.comes_at_once(person.id)
                self.model.comes_with_question(person.id)
            else:
                self.model.invited.setdefault(person.id, (self.now + MINUTE, None))

    def comes_at_once(self, person: str) -> None:
        """Both keys were turned."""
        self.model.sounds[person] = not self.model.must_be_quiet(person)
        self.model.invited.pop(person, None)
        self.model.hands.pop(person, None)

    @rule(person=guests)
    def ready_and_picked(self, person: Person) -> None:
        self.raise_hand(person, None)
        self.sweep_deck({person.id})
        self.answer_deck(person, "ready")
        self.pick_hand(ada, person)

    @rule(person=guests)
    def ask_and_be_picked_at_once(self, person: Person) -> None:
        self.ask(person, myself=True)
        self.pick(ada, 0, here=True)

    @rule(by=leaders, n=which)
    def answered(self, by: Person, n: int) -> None:
        if (id := self.nth(n)) is not None:
            refused = by != ada or self.model.states[id] not in ("on_air", "answered")
            if self.does(actions.answered, by, question=id, refused=refused):
                self.model.states[id] = "answered"

    @rule(by=leaders, n=which)
    def put_back(self, by: Person, n: int) -> None:
        if (id := self.nth(n)) is not None:
            refused = by != ada or self.model.states[id] not in ("on_air", "next", "open")
            if self.does(actions.put_back, by, question=id, refused=refused):
                self.model.states[id] = "open"
                self.model.invited = {p: given for p, given in self.model.invited.items() if given[1] != id}

    @rule(by=leaders, n=which, on=st.booleans())
    def shortlist(self, by: Person, n: int, on: bool) -> None:
        if (id := self.nth(n)) is not None:
            refused = by != ada or (on and self.model.states[id] != "open")
            if self.does(actions.shortlist, by, entry=("question", id), on=on, refused=refused):
                rest = [listed for listed in self.model.shortlist if listed != id or on]
                self.model.shortlist = rest if id in rest or not on else [*rest, id]

    @rule(by=leaders, n=which, other=which)
    def move(self, by: Person, n: int, other: int) -> None:
        id, before = self.nth(n), self.nth(other)
        if id is None or before is None:
            return
        there = self.listed()
        refused = by != ada or (id != before and (self.model.states[id] != "open" or before not in there))
        if self.does(actions.move, by, entry=("question", id), before=("question", before), refused=refused):
            if id == before:
                return
            rest = [listed for listed in there if listed != id]
            self.model.shortlist = [*rest[: rest.index(before)], id, *rest[rest.index(before) :]]

    @rule(by=leaders)
    def lower_all(self, by: Person) -> None:
        if self.does(actions.lower_all, by, refused=by != ada):
            self.model.hands = {}

    @rule(here=st.sets(people.map(lambda person: person.id)))
    def sweep_deck(self, here: set[PersonId]) -> None:
        before = [entry.key for entry in self.live.queue(here, self.now) if entry.on_deck is not None]
        self.does(actions.sweep_deck, here=here)

        assert not actions.deck_is_due(self.live, here, self.now)
        after = [entry.key for entry in self.live.queue(here, self.now) if entry.on_deck is not None]
        assert [key for key in after if key in before] == [key for key in before if key in after]

    @rule(person=people, answer=st.sampled_from(["ready", "not_ready"]))
    def answer_deck(self, person: Person, answer: Any) -> None:
        refused = person.id not in self.live.floor.deck or self.live.room.chair_empty_since is not None
        self.does(actions.answer_deck, person, answer=answer, refused=refused)

    def listed(self) -> list[str]:
        """What is on the shortlist and still waits."""
        return [id for id in self.model.shortlist if self.model.states[id] == "open"]

    # ---- lines and time ----

    @rule(person=people)
    def lose_line(self, person: Person) -> None:
        self.does(actions.lose_line, person.id)
        if person.id in self.model.sounds:
            self.model.sounds[person.id] = False
            long = person == ada or person.id in self.model.invited_by_host
            self.model.away.setdefault(person.id, self.now + (10 * MINUTE if long else 30 * SECOND))
        if person.id in self.model.hands and self.model.hands[person.id] is None:
            self.model.hands[person.id] = self.now

    @rule(person=people)
    def find_line(self, person: Person) -> None:
        self.does(actions.find_line, person.id)
        self.model.away.pop(person.id, None)
        if person.id in self.model.hands:
            self.model.hands[person.id] = None

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

    # ---- inside ----

    def does(self, action: Any, *given: Any, refused: bool = False, **more: Any) -> bool:
        """Have it done in a turn; whether it was done is as expected, and what is refused changes nothing."""
        tx = PaperTx(self.now)
        if refused:
            with pytest.raises(Refusal):
                done(action(tx, self.live, *given, **more))
            return False
        done(action(tx, self.live, *given, **more))
        for event in tx.events:
            self.live = fold(event, self.live)
        return True

    def nth(self, n: int) -> str | None:
        """One of the questions so far."""
        return self.ids[-1 - n % len(self.ids)] if self.ids else None


Evening.TestCase.settings = settings(max_examples=150, stateful_step_count=50, deadline=None, derandomize=True)
TestEvenings = Evening.TestCase


class Story:
    """One room on paper, whose turns are told one after another."""

    def __init__(self) -> None:
        self.now = NOW
        self.live = LiveRoom(scheduled)
        self.does(actions.start_room, ada, number=1)

    def does(self, action: Any, *given: Any, **more: Any) -> Any:
        tx = PaperTx(self.now)
        result = done(action(tx, self.live, *given, **more))
        for event in tx.events:
            self.live = fold(event, self.live)
        return result


@pytest.mark.parametrize("how", ["timed out", "declined"])
def test_a_question_whose_asker_does_not_come_up_is_open_again(how: str):
    story = Story()
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
    story = Story()
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
