"""What is refused about the queue."""

from causerie.errors import Conflict, Invalid, Missing, TooMany


class NotWaiting(Missing):
    code, text = "floor.not_waiting", "This does not wait in the queue any more."


class ShortlistFull(TooMany):
    code, text = "floor.shortlist_full", "A shortlist has at most 50 entries."


class OrderTooLong(TooMany):
    code, text = "floor.order_too_long", "At most 200 places can be put in order by hand."


class NotByHand(Conflict):
    code, text = "floor.not_by_hand", "The queue of this room goes by another rule."


class TopicLength(Invalid):
    code, text = "topic.length", "A topic has 1 to 100 characters."


class NotOnDeck(Conflict):
    code, text = "deck.not_asked", "It is not your turn yet."
