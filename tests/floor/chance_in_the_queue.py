"""What people do by chance with questions, and hosts with the queue."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from causerie.accounts.people import Person
from causerie.clock import MINUTE, SECOND
from causerie.floor import actions
from causerie.ids import PersonId, QuestionId
from tests.floor.chance_on_stage import OnStage
from tests.floor.room_of_chance import NUMBERS, guests, leaders, people, which
from tests.hall import ada


class InTheQueue(OnStage):
    """Questions, the shortlist, and who is called."""

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
                self.model.comes_up(person.id)
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
