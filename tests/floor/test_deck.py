"""On deck: the first two who want to speak are asked ahead; nothing new comes before them; two keys still hold."""

from dataclasses import replace
from typing import Any

import pytest

from causerie.clock import MINUTE, SECOND
from causerie.floor import actions
from causerie.floor.errors import NotOnDeck
from causerie.floor.events import CountedDown
from causerie.ids import PersonId
from causerie.rooms.roles import Helper
from causerie.stage.state import SEATS, Hand, Seat, Waiting
from tests.hall import ADA, BEN, CHO, DEE, NOW, ada, asked, ben, cho, room
from tests.paper import Story

HERE = {ADA, BEN, CHO, DEE}


class Line(Story):
    """A live room, looked at from its queue."""

    def sweeps(self, here: set[PersonId] = HERE) -> dict[str, str]:
        """A second later; who is on deck, and what they say."""
        self.does(actions.sweep_deck, here=here)
        return {person: one.answer for person, one in self.live.floor.deck.items()}

    def order(self) -> list[str]:
        return [entry.id for entry in self.live.queue(HERE, self.now)]


def hands(*people: PersonId) -> dict[PersonId, Hand]:
    return {person: Hand(person, person.title(), None, NOW + n) for n, person in enumerate(people)}


def waiting(*questions: Any, up: tuple[PersonId, ...] = ()) -> Line:
    live = room(*questions)
    return Line(replace(live, stage=replace(live.stage, hands=hands(*up))))


def test_the_first_two_who_want_to_speak_are_asked_and_no_more():
    story = waiting(asked("read", ADA, myself=False), asked("q", BEN), up=(BEN, CHO, DEE))

    assert story.sweeps() == {BEN: "asked", CHO: "asked"}
    assert not actions.deck_is_due(story.live, HERE, story.now)


def test_nobody_is_asked_before_the_room_is_live_or_after_it():
    story = waiting(up=(BEN,))
    story.live = replace(story.live, room=replace(story.live.room, ended_at=NOW))

    assert story.sweeps() == {}


def test_who_is_not_ready_keeps_the_place_and_another_is_asked():
    story = waiting(up=(BEN, CHO, DEE))
    story.sweeps()

    story.does(actions.answer_deck, ben, answer="not_ready")

    assert story.sweeps() == {BEN: "not_ready", CHO: "asked", DEE: "asked"}
    assert story.order() == [BEN, CHO, DEE]


def test_a_ready_is_good_for_five_minutes_and_then_asked_again():
    story = waiting(up=(BEN,))
    story.sweeps()
    story.does(actions.answer_deck, ben, answer="ready")

    story.now += 5 * MINUTE - 1
    assert story.sweeps() == {BEN: "ready"}
    story.now += 1
    assert not story.live.floor.ready(BEN, story.now)
    assert story.sweeps() == {BEN: "asked"}


def test_nothing_new_comes_before_who_was_asked():
    story = waiting(up=(BEN, CHO))
    story.sweeps()

    story.live = replace(story.live, questions=room(asked("new", DEE, voters=frozenset({ADA, BEN}))).questions)

    assert story.order() == [BEN, CHO, "new"]


@pytest.mark.parametrize("how", ["hand down", "left the room", "invited"])
def test_who_is_not_next_any_more_is_let_go(how: str):
    story = waiting(up=(BEN,))
    story.sweeps()

    if how == "hand down":
        story.does(actions.lower_hand, ben)
    elif how == "invited":
        story.does(actions.invite, ada, person=BEN, name="Ben")

    assert story.sweeps(HERE - {BEN} if how == "left the room" else HERE) == {}


def test_who_was_not_asked_cannot_be_ready():
    story = waiting(up=(BEN,))

    with pytest.raises(NotOnDeck):
        story.does(actions.answer_deck, cho, answer="ready")


@pytest.mark.parametrize("kind", ["question", "hand"])
def test_a_press_puts_who_is_ready_on_air(kind: str):
    story = waiting(asked("q", BEN)) if kind == "question" else waiting(up=(BEN,))
    story.sweeps()
    story.does(actions.answer_deck, ben, answer="ready")

    if kind == "question":
        story.does(actions.pick, ada, question="q", here=True, number=2)
    else:
        story.does(actions.pick_hand, ada, person=BEN, number=2)

    stage, floor = story.live.stage, story.live.floor
    assert (stage.seats[BEN].sounds, stage.seats[BEN].number) == (True, 2)
    assert (stage.hands, stage.invitations, floor.deck) == ({}, {}, {})
    assert floor.opens == CountedDown(BEN, "q" if kind == "question" else None, NOW + 3 * SECOND)


@pytest.mark.parametrize("answer", ["asked", "not_ready", "too late"])
def test_without_their_own_key_a_press_only_invites(answer: str):
    story = waiting(asked("q", BEN))
    story.sweeps()
    if answer != "asked":
        story.does(actions.answer_deck, ben, answer="not_ready" if answer == "not_ready" else "ready")
    story.now += 5 * MINUTE if answer == "too late" else 0

    story.does(actions.pick, ada, question="q", here=True, number=2)

    assert (list(story.live.stage.seats), list(story.live.stage.invitations)) == ([], [BEN])
    assert story.live.floor.opens is None


def test_in_a_hushed_room_who_was_ready_comes_up_muted():
    story = waiting(up=(BEN,))
    story.sweeps()
    story.does(actions.answer_deck, ben, answer="ready")
    story.does(actions.hush, ada, on=True)

    story.does(actions.pick_hand, ada, person=BEN, number=2)

    assert not story.live.stage.seats[BEN].sounds


@pytest.mark.parametrize("why", ["every seat is taken", "somebody waits for a seat"])
def test_where_there_is_no_seat_a_press_only_invites_who_is_ready(why: str):
    story = waiting(up=(BEN,))
    story.sweeps()
    story.does(actions.answer_deck, ben, answer="ready")
    full = {f"s{n}": Seat(f"s{n}", "S", n, "speaker", muted=True, since=NOW) for n in range(SEATS)}
    before = {"seats": full} if why == "every seat is taken" else {"waiting": {DEE: Waiting(DEE, "Dee", 4, False, NOW)}}
    story.live = replace(story.live, stage=replace(story.live.stage, **before))

    story.does(actions.pick_hand, ada, person=BEN, number=2)

    assert (BEN in story.live.stage.seats, list(story.live.stage.invitations)) == (False, [BEN])


def test_whose_line_is_lost_keeps_the_place_on_deck_and_is_asked_again():
    story = waiting(up=(BEN,))
    story.sweeps()
    story.does(actions.answer_deck, ben, answer="ready")

    story.does(actions.sweep_deck, here=HERE - {BEN}, soon={BEN})

    assert {person: one.answer for person, one in story.live.floor.deck.items()} == {BEN: "asked"}


@pytest.mark.parametrize("why", ["a screener", "nobody leads"])
def test_who_cannot_come_on_stage_is_not_asked(why: str):
    story = waiting(up=(BEN,))
    screener = {"helpers": {BEN: Helper(BEN, "Ben", "screener", NOW)}}
    changed = screener if why == "a screener" else {"chair_empty_since": NOW}
    story.live = replace(story.live, room=replace(story.live.room, **changed))

    assert story.sweeps() == {}


@pytest.mark.parametrize(("before", "told"), [(9, {BEN: "asked"}), (10, {})])
def test_who_stands_eleventh_is_not_next_though_all_before_are_read_out(before: int, told: dict[str, str]):
    read_out = [asked(f"r{n:02}", ADA, myself=False, asked_at=NOW - 1) for n in range(before)]
    story = waiting(*read_out, asked("q", BEN))

    assert story.sweeps() == told
