"""What each move of a question brings about, told as the questions that follow from it."""

from dataclasses import replace
from functools import reduce

import pytest

from causerie.clock import SECOND
from causerie.ids import QuestionId
from causerie.questions import moves
from causerie.questions.errors import (
    NotOnAir,
    NotOpen,
    NotYourName,
    NotYours,
    OwnQuestion,
    QuestionLength,
    QuestionUnknown,
    TooFast,
    TooManyOpen,
)
from causerie.questions.events import Event
from causerie.questions.state import Questions, fold
from causerie.rooms.settings import RoomSettings
from tests.hall import ADA, BEN, CHO, DEE, NOW, asked, box

WHY, HOW = QuestionId("why"), QuestionId("how")
EARLIER = NOW - 60 * SECOND


def after(before: Questions, events: list[Event]) -> Questions:
    return reduce(lambda so_far, event: fold(event, so_far), events, before)


def ask(before: Questions, text: str, now: int = NOW) -> list[Event]:
    return moves.ask(before, BEN, "Ben", id=WHY, text=text, myself=True, now=now)


# ---- asking ----


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Why?", "Why?"),
        ("  Why \n\t sparrows ?  ", "Why sparrows ?"),
        ("e\u0301t\u00e9?", "\u00e9t\u00e9?"),
        ("Wo", "Wo"),
        ("x" * 255, "x" * 255),
        ("لماذا؟", "لماذا؟"),
        ("a\u0000b\u0007c", "abc"),
    ],
)
def test_a_question_is_shown_on_one_line(written: str, shown: str):
    assert after(Questions(), ask(Questions(), written)) == box(asked("why", BEN, text=shown))


@pytest.mark.parametrize("text", ["", "?", "  ? ", "x" * 256, "x" * 10_000])
def test_a_question_has_two_to_255_characters(text: str):
    with pytest.raises(QuestionLength):
        ask(Questions(), text)


def test_three_open_questions_at_once():
    three = box(*(asked(id, BEN, asked_at=EARLIER) for id in "abc"))

    with pytest.raises(TooManyOpen):
        ask(three, "A fourth?")
    taken_back = after(three, moves.withdraw(three, BEN, QuestionId("a")))

    assert len(after(taken_back, ask(taken_back, "A fourth?")).open) == 3


def test_one_question_in_ten_seconds():
    before = box(asked("how", BEN))

    with pytest.raises(TooFast):
        ask(before, "And why?", NOW + 10 * SECOND - 1)

    assert len(after(before, ask(before, "And why?", NOW + 10 * SECOND)).open) == 2


def test_what_others_ask_counts_for_them_alone():
    before = box(*(asked(id, CHO) for id in "abc"))

    assert len(after(before, ask(before, "Why?")).open) == 4


# ---- votes ----


def test_votes_count_once_a_person():
    before = box(asked("why", BEN))

    for voter in (CHO, ADA, CHO):
        before = after(before, moves.vote(before, voter, WHY))

    assert before == box(asked("why", BEN, voters=frozenset({ADA, CHO})))
    assert before.all[WHY].votes == 2


def test_a_vote_is_taken_back():
    before = box(asked("why", BEN, voters=frozenset({ADA, CHO})))

    assert after(before, moves.unvote(before, CHO, WHY)) == box(asked("why", BEN, voters=frozenset({ADA})))
    assert moves.unvote(box(asked("why", BEN)), CHO, WHY) == []


def test_nobody_votes_for_their_own():
    with pytest.raises(OwnQuestion):
        moves.vote(box(asked("why", BEN)), BEN, WHY)


@pytest.mark.parametrize("state", ["on_air", "answered", "withdrawn"])
@pytest.mark.parametrize("move", [moves.vote, moves.unvote])
def test_only_open_questions_are_voted_on(move, state: str):
    with pytest.raises(NotOpen):
        move(box(asked("why", BEN, state=state, voters=frozenset({CHO}))), CHO, WHY)


# ---- taking back ----


def test_an_open_question_is_taken_back_by_who_asked_it():
    before = box(asked("why", BEN))

    withdrawn = after(before, moves.withdraw(before, BEN, WHY))

    assert withdrawn == box(asked("why", BEN, state="withdrawn"))
    assert moves.withdraw(withdrawn, BEN, WHY) == []


@pytest.mark.parametrize(
    ("state", "who", "refusal"),
    [("open", CHO, NotYours), ("on_air", BEN, NotOpen), ("answered", BEN, NotOpen), ("withdrawn", CHO, NotYours)],
)
def test_what_cannot_be_taken_back(state: str, who, refusal: type[Exception]):
    with pytest.raises(refusal):
        moves.withdraw(box(asked("why", BEN, state=state)), who, WHY)


# ---- the end ----


def test_what_the_room_ended_before_is_carried_over_with_its_votes():
    states = ["pending", "open", "next", "answered", "dismissed", "merged", "withdrawn"]
    before = box(*(asked(state, BEN, state=state, voters=frozenset({CHO})) for state in states))

    ended = after(before, moves.carry_over(before))

    assert {one.id: one.state for one in ended.all.values()} == {
        **{state: state for state in states},
        "open": "carried_over",
        "next": "carried_over",
    }
    assert [one.votes for one in ended.open] == [1, 1]


def test_where_nothing_is_open_nothing_is_carried_over():
    assert moves.carry_over(box(asked("why", BEN, state="answered"))) == []


def test_what_is_carried_over_is_voted_on_and_taken_back_as_before():
    before = box(asked("why", BEN, state="carried_over", voters=frozenset({DEE})))

    voted = after(before, moves.vote(before, CHO, WHY))
    unvoted = after(voted, moves.unvote(voted, DEE, WHY))
    withdrawn = after(unvoted, moves.withdraw(unvoted, BEN, WHY))

    assert withdrawn == box(asked("why", BEN, state="withdrawn", voters=frozenset({CHO})))


# ---- without a name ----


@pytest.mark.parametrize(
    "state", ["pending", "open", "next", "on_air", "answered", "carried_over", "dismissed", "merged", "withdrawn"]
)
def test_the_name_can_be_taken_off_later_whatever_has_become_of_it(state: str):
    before = box(asked("why", BEN, state=state))

    nameless = after(before, moves.hide_name(before, BEN, WHY))

    assert nameless == box(asked("why", BEN, state=state, hidden_from="audience"))
    assert moves.hide_name(nameless, BEN, WHY) == []


@pytest.mark.parametrize(
    ("changed", "then"),
    [
        ({"state": "answered"}, ("everybody", False)),
        ({"state": "open", "myself": False}, ("everybody", False)),
        ({"state": "open", "myself": True}, ("audience", True)),
    ],
)
def test_where_nobody_is_to_know_hosts_still_know_who_wants_to_come_up(
    changed: dict[str, object], then: tuple[str, bool]
):
    before = box(asked("why", BEN, **changed))

    nameless = after(before, moves.hide_name(before, BEN, WHY, settings=RoomSettings(anonymous="always")))

    assert (nameless.all[WHY].hidden_from, nameless.all[WHY].myself) == then


@pytest.mark.parametrize(
    ("state", "refusal"), [("open", NotYourName), ("answered", NotYourName), ("pending", QuestionUnknown)]
)
def test_nobody_takes_the_name_of_another_off(state: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        moves.hide_name(box(asked("why", BEN, state=state)), CHO, WHY)


# ---- on air ----


def test_the_next_on_air_answers_the_one_before():
    before = box(asked("how", CHO, state="on_air", on_air_at=EARLIER), asked("why", BEN))

    picked = after(before, moves.put_on_air(before, WHY, now=NOW))

    assert picked == box(
        asked("how", CHO, state="answered", on_air_at=EARLIER, answered_at=NOW),
        asked("why", BEN, state="on_air", on_air_at=NOW),
    )
    assert picked.on_air == picked.all[WHY]


def test_what_was_next_is_not_called_any_more_once_it_is_on_air():
    before = box(asked("why", BEN, state="next", called_at=EARLIER))

    assert after(before, moves.put_on_air(before, WHY, now=NOW)) == box(
        asked("why", BEN, state="on_air", on_air_at=NOW)
    )


def test_putting_on_air_what_is_on_air_changes_nothing():
    assert moves.put_on_air(box(asked("why", BEN, state="on_air")), WHY, now=NOW) == []


@pytest.mark.parametrize("state", ["answered", "withdrawn"])
def test_only_open_questions_come_on_air(state: str):
    with pytest.raises(NotOpen):
        moves.put_on_air(box(asked("why", BEN, state=state)), WHY, now=NOW)


def test_the_question_on_air_is_answered_once():
    before = box(asked("why", BEN, state="on_air", on_air_at=EARLIER))

    done = after(before, moves.answer(before, WHY, now=NOW))

    assert done == box(asked("why", BEN, state="answered", on_air_at=EARLIER, answered_at=NOW))
    assert (done.on_air, moves.answer(done, WHY, now=NOW + 1)) == (None, [])


def test_put_back_it_has_all_its_votes():
    voted = asked("why", BEN, voters=frozenset({ADA, CHO}))
    before = box(replace(voted, state="on_air", on_air_at=NOW))

    assert after(before, moves.put_back(before, WHY)) == box(voted)
    assert moves.put_back(box(voted), WHY) == []


@pytest.mark.parametrize("state", ["open", "withdrawn"])
def test_only_what_is_on_air_is_answered(state: str):
    with pytest.raises(NotOnAir):
        moves.answer(box(asked("why", BEN, state=state)), WHY, now=NOW)


@pytest.mark.parametrize("state", ["answered", "withdrawn"])
def test_only_what_is_on_air_is_put_back(state: str):
    with pytest.raises(NotOnAir):
        moves.put_back(box(asked("why", BEN, state=state)), WHY)


@pytest.mark.parametrize(
    "move",
    [
        lambda b: moves.vote(b, CHO, WHY),
        lambda b: moves.unvote(b, CHO, WHY),
        lambda b: moves.withdraw(b, BEN, WHY),
        lambda b: moves.put_on_air(b, WHY, now=NOW),
        lambda b: moves.answer(b, WHY, now=NOW),
        lambda b: moves.put_back(b, WHY),
    ],
)
def test_what_is_not_here_cannot_be_moved(move):
    with pytest.raises(QuestionUnknown):
        move(box(asked("how", BEN)))


def test_events_of_others_leave_the_questions_as_they_are():
    before = box(asked("why", BEN))

    assert fold("somebody came on stage", before) is before
