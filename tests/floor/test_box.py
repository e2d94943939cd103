"""Boxes of chance: whatever is done with questions, each vote counts once, joined votes are one, nothing is lost."""

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from causerie.accounts.people import Person
from causerie.clock import SECOND
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.ids import QuestionId
from tests.hall import NOW, ada, ben, cho, dee, gus, live
from tests.paper import OnPaper

people = st.sampled_from([ada, ben, cho, dee, gus])
askers = st.sampled_from([ben, cho, gus])
leaders = st.sampled_from([ada, ada, ada, ben])
which = st.integers(0, 5)


class Box(OnPaper, RuleBasedStateMachine):
    """The questions of a live room, and beside them what each person wants of each."""

    @initialize()
    def the_room_is_open(self) -> None:
        self.now = NOW
        self.live = LiveRoom(live)
        self.set_room(down_votes=True, questions_per_person=20)
        self.states: dict[str, str] = {}
        self.wants: dict[str, dict[str, int]] = {}
        self.nameless: set[str] = set()

    # ---- the room ----

    @rule(on=st.booleans())
    def read_first(self, on: bool) -> None:
        self.set_room(read_first=on)

    @rule(words=st.sampled_from([[], ["casino"]]), guests=st.sampled_from(["read_first", "open"]))
    def otherwise(self, words: list[str], guests: str) -> None:
        self.set_room(words=words, guests_ask=guests)

    @rule(on=st.booleans())
    def guests_count(self, on: bool) -> None:
        self.set_room(guests_vote_counts=on)

    # ---- asking and voting ----

    @rule(person=askers, about=st.sampled_from(["casino", "sparrows"]))
    def ask(self, person: Person, about: str) -> None:
        self.now += 10 * SECOND
        now_set = self.live.room.settings
        pending = (
            (about == "casino" and "casino" in now_set.words)
            or now_set.read_first
            or (person.guest and now_set.guests_ask == "read_first")
        )
        mine = [one for one in self.live.questions.of(person.id) if self.states[one.id] in ("pending", "open")]
        if self.does(actions.ask, person, text=f"On {about}, {self.now}?", myself=False, refused=len(mine) >= 20):
            id = next(reversed(self.live.questions.all))
            self.states[id], self.wants[id] = "pending" if pending else "open", {}

    @rule(person=people, n=which, value=st.sampled_from([1, 1, -1]))
    def vote(self, person: Person, n: int, value: int) -> None:
        if (id := self.nth(n)) is not None:
            refused = self.states[id] != "open" or self.asker(id) == person.id
            if self.does(actions.vote, person, question=id, value=value, refused=refused):
                self.wants[id][person.id] = value

    @rule(person=people, n=which)
    def unvote(self, person: Person, n: int) -> None:
        if (id := self.nth(n)) is not None and self.does(
            actions.unvote, person, question=id, refused=self.states[id] != "open"
        ):
            self.wants[id].pop(person.id, None)

    @rule(person=askers, n=which)
    def withdraw(self, person: Person, n: int) -> None:
        merged = self.live.questions.merged_into(QuestionId(self.nth(n) or ""))
        if self.moves(actions.withdraw, person, n, "withdrawn", {"pending", "open"}, also=self.is_of(person, n)):
            for heir in sorted(merged, key=lambda one: one.held is not None)[:1]:
                votes, self.wants[self.nth(n) or ""] = self.wants[self.nth(n) or ""], {}
                self.states[heir.id] = "pending" if heir.held else "open"
                self.wants[heir.id] = {voter: value for voter, value in votes.items() if voter != heir.person}

    @rule(person=askers, n=which)
    def hide_name(self, person: Person, n: int) -> None:
        if (id := self.nth(n)) is not None and self.does(
            actions.hide_name, person, question=id, refused=self.asker(id) != person.id
        ):
            self.nameless.add(id)

    # ---- those who lead ----

    @rule(by=leaders, n=which)
    def approve(self, by: Person, n: int) -> None:
        self.moves(actions.approve, by, n, "open", {"pending"}, also=by == ada)

    @rule(by=leaders, n=which)
    def dismiss(self, by: Person, n: int) -> None:
        self.moves(actions.dismiss, by, n, "dismissed", {"pending", "open"}, also=by == ada, reason="unclear")

    @rule(by=leaders, n=which)
    def restore(self, by: Person, n: int) -> None:
        self.moves(actions.restore, by, n, "open", {"dismissed"}, also=by == ada)

    @rule(by=leaders, n=which)
    def pick(self, by: Person, n: int) -> None:
        on_air = self.live.questions.on_air
        if self.moves(actions.pick, by, n, "on_air", {"open"}, also=by == ada, here=False) and on_air is not None:
            self.states[on_air.id] = "on_air" if self.nth(n) == on_air.id else "answered"

    @rule(by=leaders, n=which)
    def answered(self, by: Person, n: int) -> None:
        self.moves(actions.answered, by, n, "answered", {"on_air"}, also=by == ada)

    @rule(by=leaders, n=which)
    def reopen(self, by: Person, n: int) -> None:
        self.moves(actions.reopen, by, n, "open", {"answered"}, also=by == ada)

    @rule(by=leaders, n=which, m=which)
    def merge(self, by: Person, n: int, m: int) -> None:
        id, into = self.nth(n), self.nth(m)
        if id is None or into is None:
            return
        again = self.states[id] == "merged" and self.live.questions.all[QuestionId(id)].merged_into == into
        able = self.states[id] in ("pending", "open") and self.states[into] in ("open", "on_air")
        refused = by != ada or id == into or not (able or again)
        if self.does(actions.merge, by, question=id, into=into, refused=refused) and not again:
            united = self.wants[id] | self.wants[into]
            self.wants[into] = {person: value for person, value in united.items() if person != self.asker(into)}
            self.states[id], self.wants[id] = "merged", {}

    # ---- what always holds ----

    @invariant()
    def the_box_is_as_the_model_says(self) -> None:
        there = self.live.questions.all
        given = {id: {vote.person: vote.value for vote in one.given} for id, one in there.items()}
        assert {id: one.state for id, one in there.items()} == self.states
        assert given == self.wants
        assert {id for id, one in there.items() if one.hidden_from != "nobody"} == self.nameless

    @invariant()
    def a_tally_is_each_vote_once(self) -> None:
        counts = self.live.room.settings.guests_vote_counts
        for id, one in self.live.questions.all.items():
            of_guests = self.wants[id].get(gus.id, 0)
            assert self.live.votes(one) + self.live.votes_apart(one) == sum(self.wants[id].values())
            assert self.live.votes_apart(one) == (0 if counts else of_guests)

    @invariant()
    def what_is_joined_is_one_with_a_question_that_is_there(self) -> None:
        there = self.live.questions.all
        into = [one.merged_into for one in there.values() if one.state == "merged"]
        assert all(stays is not None and there[stays].state not in ("merged", "withdrawn") for stays in into)

    @invariant()
    def only_open_questions_stand_in_the_queue(self) -> None:
        queue = {entry.id for entry in self.live.queue(set(), self.now)}
        assert queue == {id for id, state in self.states.items() if state == "open"}

    # ---- inside ----

    def set_room(self, **changed: Any) -> None:
        self.does(actions.set_room, ada, **changed)

    def moves(self, action: Any, by: Person, n: int, to: str, allowed: set[str], *, also: bool, **more: Any) -> bool:
        """From one state to another, by who may; there already, it is done and changes nothing."""
        if (id := self.nth(n)) is None:
            return False
        refused = not also or self.states[id] not in allowed | {to}
        if not self.does(action, by, question=id, refused=refused, **more):
            return False
        self.states[id] = to
        return True

    def does(self, action: Any, *given: Any, refused: bool = False, **more: Any) -> bool:
        return self.turn_unless(refused, action, *given, **more)

    def nth(self, n: int) -> str | None:
        ids = list(self.states)
        return ids[-1 - n % len(ids)] if ids else None

    def asker(self, id: str) -> str:
        return self.live.questions.all[QuestionId(id)].person

    def is_of(self, person: Person, n: int) -> bool:
        return (id := self.nth(n)) is not None and self.asker(id) == person.id


Box.TestCase.settings = settings(max_examples=100, stateful_step_count=50, deadline=None, derandomize=True)
TestBox = Box.TestCase


def test_a_switch_to_reading_first_leaves_what_is_open():
    box = Box()
    box.the_room_is_open()
    box.ask(ben, "sparrows")

    box.read_first(True)
    box.ask(cho, "sparrows")

    assert list(box.states.values()) == ["open", "pending"]
    assert replace(box.live.room, settings=live.settings) == live
