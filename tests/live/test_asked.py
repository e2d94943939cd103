"""Questions as each may see them, on paper: whole, counted, by page, and as a place in the queue."""

from dataclasses import replace
from typing import Any

import pytest

from causerie.clock import MINUTE
from causerie.floor.live import LiveRoom
from causerie.floor.state import Floor
from causerie.ids import PersonId, QuestionId
from causerie.live import asked as seeing
from causerie.live import protocol as wire
from causerie.live import views
from causerie.rooms.settings import RoomSettings
from causerie.stage.state import Hand, Seat, Stage
from tests.hall import ADA, BEN, CHO, DEE, NOW, asked, box, live, room

WHOLE = asked(
    "q",
    BEN,
    text="Why?",
    myself=False,
    state="dismissed",
    voters=frozenset({ADA, CHO, DEE}),
    guests=frozenset({DEE}),
    on_air_at=NOW + 1,
    answered_at=NOW + 2,
    called_at=NOW + 3,
    edited_at=NOW + 4,
    reason="unclear",
    merged_into=QuestionId("other"),
)


def ids(questions: list[Any]) -> list[str]:
    return [question.id for question in questions]


def test_a_question_is_shown_whole():
    assert seeing.for_room(room(WHOLE), WHOLE) == wire.Question(
        id="q",
        text="Why?",
        person=BEN,
        name="Ben",
        anonymous=False,
        myself=False,
        state="dismissed",
        votes=2,
        guest_votes=1,
        asked_at=NOW,
        on_air_at=NOW + 1,
        answered_at=NOW + 2,
        called_at=NOW + 3,
        edited=True,
        reason="unclear",
        into="other",
    )


@pytest.mark.parametrize(("counts", "votes", "apart"), [(False, 2, 1), (True, 3, 0)])
def test_guests_votes_count_or_stand_apart(counts: bool, votes: int, apart: int):
    evening = replace(room(WHOLE), room=replace(live, settings=RoomSettings(guests_vote_counts=counts)))

    shown = seeing.for_room(evening, WHOLE)

    assert (shown.votes, shown.guest_votes) == (votes, apart)


@pytest.mark.parametrize(
    ("state", "told"), [("open", True), ("on_air", True), ("pending", False), ("dismissed", False), ("merged", False)]
)
def test_the_tally_of_what_the_room_does_not_see_is_not_told(state: str, told: bool):
    one = asked("q", BEN, state=state, voters=frozenset({ADA, DEE}), guests=frozenset({DEE}))

    counted = seeing.counted(room(one), ["q"])

    assert counted == wire.VotesCounted(tallies={"q": 1} if told else {}, guests={"q": 1} if told else {})


def test_what_the_room_sees_first():
    many = [asked(f"w{n:02}", CHO, voters=frozenset({ADA}), asked_at=NOW + n) for n in range(seeing.SHOWN)]
    done = [asked(f"a{n:02}", CHO, state="answered", answered_at=NOW + n) for n in range(seeing.SHOWN + 1)]
    mine = [asked(state, BEN, state=state) for state in ("open", "pending", "dismissed", "withdrawn")]
    next_, on_air = asked("n", DEE, state="next"), asked("air", DEE, state="on_air")
    evening = room(*many, *done, *mine, next_, on_air)

    shown = ids(seeing.before_the_room(evening, BEN, NOW))

    assert sorted(shown) == sorted(["n", "air", *ids(many), "open", *ids(done)[1:]])
    assert sorted(ids(seeing.before_the_room(evening, DEE, NOW))) == sorted(["n", "air", *ids(many), *ids(done)[1:]])
    assert sorted(ids(seeing.before_the_room(evening, CHO, NOW))) == sorted(["n", "air", *ids(many), *ids(done)])


def test_tabs_come_by_fifty_in_their_order():
    new = [asked(f"{n:03}", CHO, asked_at=NOW + n) for n in range(seeing.SHOWN + 1)]
    evening = room(*new)

    first, more = seeing.page(evening, "new", None, NOW)
    last, none = seeing.page(evening, "new", first[-1].id, NOW)

    assert (ids(first), more) == ([f"{n:03}" for n in range(seeing.SHOWN, 0, -1)], True)
    assert (ids(last), none) == (["000"], False)
    assert seeing.page(room(*new[:-1]), "new", None, NOW)[1] is False


def test_what_was_answered_last_and_what_was_dismissed_last_comes_first():
    answered = [asked(f"a{n}", CHO, state="answered", answered_at=NOW - n) for n in range(3)]
    dismissed = [asked(f"d{n}", CHO, state="dismissed") for n in range(2)]
    evening = room(*answered, *dismissed, asked("p", BEN, state="pending"))

    tabs = [ids(seeing.page(evening, tab, None, NOW)[0]) for tab in ("answered", "dismissed", "pending")]

    assert tabs == [["a0", "a1", "a2"], ["d1", "d0"], ["p"]]


def test_the_desk_has_the_oldest_that_wait_to_be_read_and_the_last_of_the_rest():
    many = range(seeing.SHOWN_AT_DESK + 1)
    pending = [asked(f"p{n:03}", CHO, state="pending") for n in many]
    dismissed = [asked(f"d{n:03}", CHO, state="dismissed") for n in many]

    assert ids(seeing.at_desk(room(*pending, *dismissed))) == [*ids(pending)[:-1], *ids(dismissed)[1:]]


def test_who_stepped_forward_asked_by_name_waits_and_is_not_on_stage():
    evening = room(
        asked("a", ADA),
        asked("b", BEN, state="next"),
        asked("c", CHO, hidden_from="audience"),
        asked("d", DEE, state="answered"),
        asked("e", ADA),
    )
    seated = Stage({ADA: Seat(ADA, "Ada", 1, "host", muted=True, since=NOW)})

    assert [seeing.stepped_forward(one) for one in (evening, replace(evening, stage=seated))] == [2, 1]


def test_only_open_questions_are_shown_to_who_asks_the_same():
    text = "Why do sparrows bathe in dust?"
    states = ("open", "next", "answered", "carried_over", "pending", "dismissed", "merged", "withdrawn")

    assert ids(seeing.like(room(*(asked(state, BEN, text=text, state=state) for state in states)), text)) == [
        "open",
        "carried_over",
    ]


# ---- a place in the queue ----


def evening_of(*up: PersonId, ends_in: int = 20) -> LiveRoom:
    """Two answers of four minutes have been given, and these hands are up."""
    done = [
        asked(id, ADA, state="answered", on_air_at=NOW, answered_at=NOW + 4 * MINUTE, asked_at=NOW) for id in ("x", "y")
    ]
    hands = {person: Hand(person, person.title(), None, NOW + n) for n, person in enumerate(up)}
    begun = replace(live, extended_to=NOW + ends_in * MINUTE)
    return LiveRoom(begun, Stage(hands=hands), box(*done))


def test_each_has_their_first_place_and_who_is_away_is_passed_over():
    evening = evening_of(BEN, CHO, DEE)
    evening = replace(evening, questions=box(*evening.questions.all.values(), asked("late", BEN, asked_at=NOW + 9)))
    fair = replace(evening, room=replace(evening.room, settings=RoomSettings(policy="in_turn")))

    places = views.places(fair, {BEN, DEE}, NOW)

    assert places == {BEN: wire.Place(n=1, minutes=0), DEE: wire.Place(n=2, minutes=4)}


def test_who_comes_after_the_planned_end_is_told_so():
    evening = evening_of(BEN, CHO, DEE, ends_in=6)

    places = views.places(evening, {BEN, CHO, DEE}, NOW)

    end = NOW + 6 * MINUTE
    assert [(one.minutes, one.after_end) for one in places.values()] == [(0, None), (4, None), (8, end)]


def test_the_desk_sees_which_lines_of_the_plan_were_on_air():
    planned = replace(live, settings=RoomSettings(agenda=("Dust", "Song")))

    shown = views.agenda(LiveRoom(planned, floor=Floor(spoken_of=frozenset({"Song"}))))

    assert shown == [wire.AgendaLine(text="Dust", spoken_of=False), wire.AgendaLine(text="Song", spoken_of=True)]
