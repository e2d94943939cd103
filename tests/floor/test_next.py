"""Next: a question whose asker is called. It is on air with them, read out without them, or open again."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from causerie.clock import MINUTE, SECOND
from causerie.floor import actions
from causerie.rooms.roles import Leader
from causerie.stage.state import Seat
from tests.floor.test_deck import Story, waiting
from tests.hall import ADA, BEN, CHO, ada, asked, ben

SEAT = Seat(ADA, "somebody", 9, "speaker", muted=True, since=0)


def called(*, backstage: bool = False) -> Story:
    """Ada's question was on air; Ben is called to ask his."""
    story = waiting(asked("before", ADA, state="on_air", on_air_at=1), asked("q", BEN), asked("other", CHO))
    story.does(actions.set_room, ada, backstage=backstage)
    story.does(actions.pick, ada, question="q", here=True, number=2)
    return story


def states(story: Story) -> list[str]:
    return [question.state for question in story.live.questions.all.values()]


def test_while_its_asker_is_called_a_question_is_next_and_what_was_on_air_is_answered():
    story = called()

    assert states(story) == ["answered", "next", "open"]
    assert list(story.live.stage.invitations) == [BEN]
    assert story.order() == ["other"]


def test_with_its_asker_it_is_on_air():
    story = called()
    story.now += 5 * SECOND

    story.does(actions.accept, ben, number=2)

    assert states(story) == ["answered", "on_air", "open"]
    assert story.live.questions.all["q"].on_air_at == story.now


def test_who_waits_backstage_is_not_on_air_and_neither_is_the_question():
    story = called(backstage=True)

    story.does(actions.accept, ben, number=2)
    there = states(story)
    story.does(actions.put_on_air, ada, person=BEN)

    assert (there[1], states(story)[1]) == ("next", "on_air")


def is_late(story: Story) -> None:
    story.now += 2 * MINUTE
    story.does(actions.sweep)


@pytest.mark.parametrize(
    ("happens", "then"),
    [
        (lambda story: story.does(actions.decline, ben), "open"),
        (is_late, "open"),
        (lambda story: story.does(actions.put_back, ada, question="q"), "open"),
        (lambda story: story.does(actions.remove, ada, person=BEN, ids=frozenset({BEN})), "open"),
        (lambda story: story.does(actions.read_out, ada, question="q"), "on_air"),
        (lambda story: story.does(actions.pick, ada, question="q", here=True), "next"),
    ],
)
def test_what_becomes_of_it_without_its_asker(happens: Callable[[Story], None], then: str):
    story = called()

    happens(story)

    assert states(story)[1:] == [then, "open"]
    assert list(story.live.stage.invitations) == ([BEN] if then == "next" else [])


def test_who_was_next_when_the_room_ended_is_carried_over_like_all_that_was_open():
    story = called()

    story.does(actions.end_room, ada)

    assert states(story)[1:] == ["carried_over", "carried_over"]
    assert story.live.stage.invitations == {}


def is_long_gone(story: Story) -> None:
    story.does(actions.lose_line, BEN)
    story.now += 11 * MINUTE
    story.does(actions.sweep)


@pytest.mark.parametrize(
    "goes",
    [
        lambda story: story.does(actions.step_down, ben),
        lambda story: story.does(actions.move_down, ada, person=BEN),
        is_long_gone,
    ],
)
@pytest.mark.parametrize("waits", ["backstage", "for a seat"])
def test_who_goes_back_to_the_audience_leaves_the_question_open(goes: Callable[[Story], None], waits: str):
    story = called(backstage=waits == "backstage")
    taken = {f"s{n}": replace(SEAT, person=f"s{n}") for n in range(50)}
    story.live = replace(story.live, stage=replace(story.live.stage, seats=taken))
    story.does(actions.accept, ben, number=2)
    before = states(story)

    goes(story)

    assert (before, states(story)) == (["answered", "next", "open"], ["answered", "open", "open"])


def test_who_comes_on_stage_otherwise_comes_with_the_question():
    story = called()
    story.does(actions.give_role, ada, to=Leader(BEN, "Ben"), role="cohost", here=True)

    story.does(actions.unmute, ben, number=2)

    assert (states(story), story.live.stage.invitations) == (["answered", "on_air", "open"], {})


def test_since_when_it_is_next_is_known_and_begins_anew_with_each_call():
    story = called()
    at = story.now
    first = story.live.questions.all["q"].called_at

    story.does(actions.put_back, ada, question="q")
    story.now += MINUTE
    between = story.live.questions.all["q"].called_at
    story.does(actions.pick, ada, question="q", here=True, number=2)

    assert (first, between, story.live.questions.all["q"].called_at) == (at, None, at + MINUTE)


def test_to_call_the_next_is_not_to_lose_this_one():
    story = called()

    story.does(actions.pick, ada, question="other", here=True, number=3)

    assert states(story) == ["answered", "open", "next"]
    assert list(story.live.stage.invitations) == [CHO]


def test_who_is_called_for_another_question_of_theirs_is_invited_with_that_one():
    story = waiting(asked("q", BEN), asked("other", BEN))
    story.does(actions.pick, ada, question="q", here=True, number=2)

    story.does(actions.pick, ada, question="other", here=True, number=2)

    assert (states(story), story.live.stage.invitations[BEN].question) == (["open", "next"], "other")


def test_who_accepts_while_the_stage_is_full_comes_with_their_question_when_a_seat_is_free():
    story = called()
    full = {f"s{n}": replace(SEAT, person=f"s{n}") for n in range(50)}
    story.live = replace(story.live, stage=replace(story.live.stage, seats=full))

    story.does(actions.accept, ben, number=2)
    waits = states(story)[1]
    story.live = replace(story.live, stage=replace(story.live.stage, seats={}))
    story.does(actions.sweep)

    assert (waits, states(story)[1], list(story.live.stage.seats)) == ("next", "on_air", [BEN])


def test_a_question_can_be_read_out_though_its_asker_is_here():
    story = waiting(asked("q", CHO))

    story.does(actions.read_out, ada, question="q")

    assert (states(story), story.live.stage.invitations) == (["on_air"], {})
