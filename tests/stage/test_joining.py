"""A guest with a raised hand comes in by their account."""

from causerie.ids import PersonId
from causerie.stage.events import HandLeft, HandLowered, HandRaised
from causerie.stage.moves import join
from causerie.stage.state import Hand, Stage

EVE, DEE = PersonId("eve"), PersonId("dee")
EARLY, LATE, NOW = 1, 2, 3


def up(person: PersonId, at: int, left_at: int | None = None) -> Hand:
    return Hand(person, person.title(), f"{person}'s note", at, left_at)


def joined(*hands: Hand) -> list:
    return join(Stage(hands={hand.person: hand for hand in hands}), EVE, DEE, "Dee", now=NOW)


def test_the_hand_goes_with_them_and_waits_until_they_are_there():
    assert joined(up(EVE, EARLY)) == [
        HandLowered(EVE),
        HandRaised(DEE, "Dee", "eve's note", EARLY),
        HandLeft(DEE, NOW),
    ]


def test_of_two_the_older_stays():
    assert joined(up(EVE, EARLY), up(DEE, LATE)) == [HandLowered(EVE), HandRaised(DEE, "Dee", "eve's note", EARLY)]
    assert joined(up(EVE, LATE), up(DEE, EARLY)) == [HandLowered(EVE)]


def test_without_a_hand_nothing_changes():
    assert joined(up(DEE, EARLY)) == []
