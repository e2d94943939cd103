"""What those who lead do with questions, told as the questions that follow from it."""

from dataclasses import replace
from functools import reduce
from typing import Any

import pytest

from causerie.clock import HOUR, SECOND
from causerie.ids import PersonId, QuestionId
from causerie.questions import moderation, moves
from causerie.questions.errors import (
    GuestsDoNotAsk,
    MergedIntoItself,
    NoDownVotes,
    NotAnonymous,
    NotAnswered,
    NotDismissed,
    NotOpen,
    NotPending,
    QuestionLength,
    QuestionUnknown,
    SlowMode,
    TooManyOpen,
)
from causerie.questions.events import Event, QuestionMerged
from causerie.questions.state import Question, Questions, fold
from causerie.rooms.settings import RoomSettings
from tests.hall import ADA, BEN, CHO, DEE, NOW, asked, box

WHY, HOW = QuestionId("why"), QuestionId("how")
EVERYBODY = frozenset({ADA, CHO, DEE})


def after(before: Questions, events: list[Event]) -> Questions:
    return reduce(lambda so_far, event: fold(event, so_far), events, before)


def ask(settings: RoomSettings, *, text: str = "Why?", before: Questions | None = None, **more: bool) -> Question:
    """What becomes of a question of Ben's in a room that is set so."""
    so_far = before or Questions()
    asking = moves.ask(so_far, BEN, "Ben", id=WHY, text=text, myself=True, now=NOW, settings=settings, **more)
    return after(so_far, asking).all[WHY]


# ---- read first ----


@pytest.mark.parametrize(
    ("settings", "text", "guest", "state", "held"),
    [
        (RoomSettings(), "Why?", False, "open", None),
        (RoomSettings(read_first=True), "Why?", False, "pending", "room"),
        (RoomSettings(), "Why?", True, "pending", "guest"),
        (RoomSettings(guests_ask="open"), "Why?", True, "open", None),
        (RoomSettings(guests_ask="open", read_first=True), "Why?", True, "pending", "room"),
        (RoomSettings(anonymous="always"), "Why?", False, "pending", "room"),
        (RoomSettings(anonymous="allowed"), "Why?", False, "open", None),
        (RoomSettings(words=("casino",)), "Which casino?", False, "pending", "words"),
        (RoomSettings(words=("casino",), guests_ask="open"), "Which casino?", True, "pending", "words"),
    ],
)
def test_who_is_read_first(settings: RoomSettings, text: str, guest: bool, state: str, held: str | None):
    question = ask(settings, text=text, guest=guest)

    assert (question.state, question.held) == (state, held)


def test_where_guests_do_not_ask_they_are_told():
    with pytest.raises(GuestsDoNotAsk):
        ask(RoomSettings(guests_ask="no"), guest=True)

    assert ask(RoomSettings(guests_ask="no")).state == "open"


def test_reading_first_touches_new_questions_only():
    before = box(asked("how", CHO))

    assert ask(RoomSettings(read_first=True), before=before).state == "pending"
    assert before.all[HOW].state == "open"


def test_pending_questions_count_among_those_at_once():
    three = box(*(asked(id, BEN, state="pending", asked_at=NOW - 60 * SECOND) for id in "abc"))

    with pytest.raises(TooManyOpen):
        ask(RoomSettings(), before=three)

    assert ask(RoomSettings(questions_per_person=4), before=three).state == "open"


@pytest.mark.parametrize("slow", [30, 60])
def test_slow_mode_sets_questions_of_one_person_apart(slow: int):
    def earlier(seconds: int) -> Questions:
        return box(asked("how", BEN, asked_at=NOW - seconds * SECOND), asked("other", CHO))

    with pytest.raises(SlowMode):
        ask(RoomSettings(slow=slow), before=earlier(slow - 1))

    with pytest.raises(SlowMode):
        ask(
            RoomSettings(slow=slow),
            before=box(asked("first", BEN, asked_at=NOW - HOUR), *earlier(slow - 1).all.values()),
        )

    assert ask(RoomSettings(slow=slow), before=earlier(slow)).state == "open"
    assert ask(RoomSettings(), before=earlier(slow - 1)).state == "open"


# ---- without a name ----


@pytest.mark.parametrize(
    ("room", "wanted", "hidden", "myself"),
    [
        ("never", False, "nobody", True),
        ("allowed", False, "nobody", True),
        ("allowed", True, "audience", True),
        ("always", False, "everybody", False),
        ("always", True, "everybody", False),
    ],
)
def test_from_whom_a_name_is_hidden(room, wanted: bool, hidden: str, myself: bool):
    question = ask(RoomSettings(anonymous=room), anonymous=wanted)

    assert (question.hidden_from, question.myself) == (hidden, myself)


def test_where_questions_are_asked_by_name_nobody_hides():
    with pytest.raises(NotAnonymous):
        ask(RoomSettings(), anonymous=True)


# ---- approved, dismissed, restored ----


def test_a_pending_question_is_approved_once():
    before = box(asked("why", BEN, state="pending", held="guest"))

    open_now = after(before, moderation.approve(before, WHY))

    assert open_now == box(asked("why", BEN, held="guest"))
    assert moderation.approve(open_now, WHY) == []


@pytest.mark.parametrize("state", ["pending", "open"])
def test_dismissed_and_restored_a_question_has_all_its_votes(state: str):
    before = box(asked("why", BEN, state=state, voters=frozenset({CHO})))

    dismissed = after(before, moderation.dismiss(before, WHY, "unclear"))
    restored = after(dismissed, moderation.restore(dismissed, WHY))

    assert dismissed == box(replace(before.all[WHY], state="dismissed", reason="unclear"))
    assert restored == box(asked("why", BEN, voters=frozenset({CHO})))
    assert (moderation.dismiss(dismissed, WHY, "unclear"), moderation.restore(restored, WHY)) == ([], [])


@pytest.mark.parametrize("state", ["next", "on_air", "answered", "merged", "withdrawn"])
def test_what_is_not_read_any_more(state: str):
    there = box(asked("why", BEN, state=state))

    for move, refusal in [
        (lambda: moderation.approve(there, WHY), NotPending),
        (lambda: moderation.dismiss(there, WHY, "unclear"), NotOpen),
        (lambda: moderation.restore(there, WHY), NotDismissed),
    ]:
        with pytest.raises(refusal):
            move()


def test_what_the_room_has_not_seen_is_not_there_for_others():
    for state in ("pending", "dismissed"):
        hidden = box(asked("why", BEN, state=state))
        for move in (moves.vote, moves.unvote, moves.withdraw):
            with pytest.raises(QuestionUnknown):
                move(hidden, CHO, WHY)


def test_a_pending_question_is_taken_back_by_who_asked_it():
    before = box(asked("why", BEN, state="pending"))

    [taken_back] = moves.withdraw(before, BEN, WHY)

    assert (taken_back.unread, after(before, [taken_back]).all[WHY].state) == (True, "withdrawn")


# ---- votes ----


def test_a_vote_against_takes_the_place_of_one_for_it():
    before = box(asked("why", BEN, voters=frozenset({ADA, CHO})))
    settings = RoomSettings(down_votes=True)

    down = after(before, moves.vote(before, CHO, WHY, value=-1, settings=settings))

    assert down == box(asked("why", BEN, voters=frozenset({ADA}), against=frozenset({CHO})))
    assert down.all[WHY].votes == 0
    assert moves.vote(down, CHO, WHY, value=-1, settings=settings) == []
    assert after(down, moves.unvote(down, CHO, WHY)) == box(asked("why", BEN, voters=frozenset({ADA})))


def test_where_nobody_votes_against_a_vote_against_is_refused():
    with pytest.raises(NoDownVotes):
        moves.vote(box(asked("why", BEN)), CHO, WHY, value=-1)


def test_votes_of_guests_stand_apart():
    before = box(asked("why", BEN))

    for voter, guest in [(ADA, False), (CHO, True), (DEE, True)]:
        before = after(before, moves.vote(before, voter, WHY, guest=guest))

    assert (before.all[WHY].votes, before.all[WHY].guest_votes) == (1, 2)
    gone = after(before, moves.unvote(before, DEE, WHY))
    assert gone == box(asked("why", BEN, voters=frozenset({ADA, CHO}), guests=frozenset({CHO})))


def test_votes_against_count_among_their_own():
    question = asked(
        "why", BEN, voters=frozenset({ADA, CHO}), against=frozenset({BEN, DEE}), guests=frozenset({CHO, DEE, BEN})
    )

    assert (question.votes, question.guest_votes) == (1, -1)


# ---- joined ----


def test_joined_questions_have_each_vote_once():
    same = asked("why", BEN, voters=frozenset({ADA, CHO, DEE}))
    stays = asked("how", CHO, voters=frozenset({ADA}), against=frozenset({DEE}))
    before = box(same, stays)

    joined = after(before, moderation.merge(before, WHY, into=HOW))

    # Cho asked the one that stays; Dee voted there otherwise, and that stands.
    assert joined == box(replace(same, state="merged", merged_into=HOW, voters=frozenset()), stays)
    assert moderation.merge(joined, WHY, into=HOW) == []


def test_votes_go_along_as_they_were_given():
    before = box(
        asked("why", BEN, voters=frozenset({ADA}), against=frozenset({DEE}), guests=frozenset({ADA, DEE})),
        asked("how", CHO),
    )

    [merged] = moderation.merge(before, WHY, into=HOW)
    joined = after(before, [merged])

    assert merged.voters == (ADA, DEE)
    stays = asked("how", CHO, voters=frozenset({ADA}), against=frozenset({DEE}), guests=frozenset({ADA, DEE}))
    assert joined.all[HOW] == stays


def test_what_was_joined_before_goes_along():
    before = box(asked("a", ADA, state="merged", merged_into=WHY), asked("why", BEN), asked("how", CHO))

    joined = after(before, moderation.merge(before, WHY, into=HOW))

    assert [question.merged_into for question in joined.all.values()] == [HOW, HOW, None]


A, B = QuestionId("a"), QuestionId("b")


def merged(id: str, person: PersonId, **more: Any) -> Question:
    return asked(id, person, state="merged", merged_into=WHY, **more)


def test_what_was_joined_with_a_question_that_is_taken_back_goes_on_with_its_votes():
    before = box(merged("a", ADA, held="words"), merged("b", CHO), asked("why", BEN, voters=EVERYBODY))

    events = moves.withdraw(before, BEN, WHY)
    gone = after(before, events)

    assert [event.voters for event in events if isinstance(event, QuestionMerged)] == [tuple(sorted(EVERYBODY))]
    assert gone == box(
        replace(before.all[A], merged_into=B),
        asked("b", CHO, voters=frozenset({ADA, DEE})),  # Cho asked it
        asked("why", BEN, state="withdrawn"),
    )


def test_where_only_such_are_left_as_were_to_be_read_first_it_is_read_first_again():
    before = box(merged("a", ADA, held="guest"), asked("why", BEN, voters=EVERYBODY))

    gone = after(before, moves.withdraw(before, BEN, WHY))

    heir = asked("a", ADA, state="pending", held="guest", voters=frozenset({CHO, DEE}))
    assert gone == box(heir, asked("why", BEN, state="withdrawn"))


@pytest.mark.parametrize(
    ("state", "into"), [("on_air", "open"), ("answered", "open"), ("open", "pending"), ("open", "answered")]
)
def test_what_is_not_joined(state: str, into: str):
    with pytest.raises(NotOpen):
        moderation.merge(box(asked("why", BEN, state=state), asked("how", CHO, state=into)), WHY, into=HOW)


def test_a_question_is_not_joined_with_itself():
    with pytest.raises(MergedIntoItself):
        moderation.merge(box(asked("why", BEN)), WHY, into=WHY)


# ---- worded otherwise, opened again ----


def test_worded_otherwise_everybody_sees_it():
    before = box(asked("why", BEN, voters=EVERYBODY))

    edited = after(before, moderation.edit(before, WHY, "  Why\nsparrows? ", now=NOW + 1))

    assert edited == box(asked("why", BEN, voters=EVERYBODY, text="Why sparrows?", edited_at=NOW + 1))
    assert moderation.edit(edited, WHY, "Why sparrows?", now=NOW + 2) == []


@pytest.mark.parametrize(
    ("state", "text", "refusal"), [("answered", "Why so?", NotOpen), ("open", " ? ", QuestionLength)]
)
def test_what_is_not_worded_otherwise(state: str, text: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        moderation.edit(box(asked("why", BEN, state=state)), WHY, text, now=NOW)


def test_an_answered_question_is_opened_again():
    before = box(asked("why", BEN, state="answered", on_air_at=NOW, answered_at=NOW + 1, voters=EVERYBODY))

    reopened = after(before, moderation.reopen(before, WHY))

    assert reopened == box(asked("why", BEN, voters=EVERYBODY))
    assert moderation.reopen(reopened, WHY) == []


@pytest.mark.parametrize("state", ["pending", "dismissed", "on_air", "withdrawn", "merged"])
def test_only_what_was_answered_is_opened_again(state: str):
    with pytest.raises(NotAnswered):
        moderation.reopen(box(asked("why", BEN, state=state)), WHY)
