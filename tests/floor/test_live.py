"""The queue of a room as it stands: what each entry knows of its person."""

from dataclasses import replace

from causerie.floor import actions
from causerie.floor.events import Listed
from causerie.floor.live import LiveRoom
from causerie.floor.order import Entry
from causerie.floor.state import Floor, OnDeck
from causerie.rooms.settings import RoomSettings
from causerie.stage.state import Hand, Stage
from tests.hall import ADA, BEN, CHO, DEE, NOW, ada, asked, box, live
from tests.paper import Story

HAND = Listed(("hand", CHO), NOW)
EVENING = LiveRoom(
    replace(live, settings=RoomSettings(policy="in_turn")),
    Stage(hands={CHO: Hand(CHO, "Cho", None, NOW)}, spoken=frozenset({BEN}), talked={BEN: 7000}),
    box(asked("q", BEN, myself=False, asked_at=NOW + 1, voters=frozenset({ADA, DEE}), guests=frozenset({DEE}))),
)
QUESTION = Entry("question", "q", BEN, "Ben", NOW + 1, 1, True, first_time=False, spoke=7000, myself=False)


def test_an_entry_knows_who_is_here_who_has_spoken_and_for_how_long():
    assert EVENING.queue({BEN}, NOW) == [Entry("hand", CHO, CHO, "Cho", NOW, here=False), QUESTION]
    assert [entry.here for entry in EVENING.queue({CHO}, NOW)] == [True, False]


def test_guests_votes_order_the_queue_where_the_room_says_so():
    counted = replace(EVENING, room=replace(live, settings=RoomSettings(guests_vote_counts=True)))

    assert [[entry.votes for entry in room.queue({BEN}, NOW)] for room in (EVENING, counted)] == [[0, 1], [2, 0]]


def test_an_entry_knows_what_hosts_made_of_it():
    deck = {CHO: OnDeck(CHO, HAND, (("question", "q"),), NOW, "ready")}
    made = [Floor(shortlist=(HAND,)), Floor(placed=(HAND,)), Floor(deck=deck)]

    chosen = [next(one for one in replace(EVENING, floor=floor).waiting({CHO}) if one.id == CHO) for floor in made]

    plain = Entry("hand", CHO, CHO, "Cho", NOW)
    asked_ahead = replace(plain, on_deck=1, after=frozenset({("question", "q")}), answer="ready")
    assert chosen == [replace(plain, shortlisted=1), replace(plain, placed=1), asked_ahead]


def test_the_order_that_hosts_gave_is_not_fixed_anew_by_saying_so_twice():
    story = Story(replace(EVENING, room=live))

    story.does(actions.set_room, ada, policy="by_hand")
    begun = story.live.floor.placed
    story.live = replace(story.live, questions=box(*story.live.questions.all.values(), asked("new", DEE)))
    story.does(actions.set_room, ada, policy="by_hand")

    assert (len(begun), story.live.floor.placed) == (2, begun)


def test_turns_are_taken_as_the_host_set_it():
    hands_first = replace(live, settings=RoomSettings(alternate="hands_first"))

    rooms = [replace(EVENING, room=room) for room in (live, hands_first)]

    assert [[entry.kind for entry in room.queue((), NOW)] for room in rooms] == [
        ["question", "hand"],
        ["hand", "question"],
    ]
