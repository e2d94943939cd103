"""What people do by chance with hands, seats and microphones."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from causerie.accounts.people import Person
from causerie.clock import MINUTE, SECOND
from causerie.floor import actions
from tests.floor.room_of_chance import NUMBERS, RoomOfChance, leaders, people
from tests.hall import ADA, ada


class OnStage(RoomOfChance):
    """Hands, the stage, and the lines of those who are on it."""

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
            if self.model.invited[person.id][1] is None and person.id not in self.model.hands:
                self.model.invited_by_host.add(person.id)
            self.model.comes_up(person.id)

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
            if person.id not in self.model.sounds:
                self.model.comes_up(person.id)
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

    # ---- lines ----

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
