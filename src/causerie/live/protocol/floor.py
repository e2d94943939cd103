"""The queue over questions and hands."""

from typing import Literal

from pydantic import Field

from causerie.live.protocol.ground import Command, Id, Message, Millis


class Reason(Message):
    """Why an entry stands where it stands; `n` where it is counted: votes, or the place on the shortlist."""

    why: Literal["on_deck", "shortlisted", "votes", "in_turn", "first_time", "waiting"]
    n: int | None = None


class Entry(Message):
    """One place of the floor queue and why it stands there."""

    kind: Literal["question", "hand"]
    id: Id
    person: Id | None
    name: str | None
    here: bool
    reasons: list[Reason]
    waiting_since: Millis
    votes: int = 0


class Place(Message):
    """One's own place in the queue, from 1, and an honest estimate in minutes where there is one."""

    n: int
    minutes: int | None = None


class Fell(Message):
    """Why one's place is further back: `n` others got more votes, were shortlisted, came back, or took their turn.

    `rule`: the hosts changed the rule of the queue.
    """

    why: Literal["rule", "shortlisted", "came_back", "votes", "turns"]
    n: int


class FloorPick(Command):
    """Put a question on air; its asker is invited to the stage where they want to ask it themselves."""

    do: Literal["floor.pick"] = "floor.pick"
    question: Id


class FloorAnswered(Command):
    """Mark the question on air as answered."""

    do: Literal["floor.answered"] = "floor.answered"
    question: Id


class FloorPutBack(Command):
    """Put the question on air back among the open ones."""

    do: Literal["floor.put_back"] = "floor.put_back"
    question: Id


class Which(Message):
    """An entry of the queue: a question by its id, a hand by its person's."""

    kind: Literal["question", "hand"]
    id: Id


class FloorShortlist(Command):
    """Put an entry at the end of the shortlist, or take it off."""

    do: Literal["floor.shortlist"] = "floor.shortlist"
    entry: Which
    on: bool = True


class FloorMove(Command):
    """Put an entry on the shortlist before another of it; at its end where there is none."""

    do: Literal["floor.move"] = "floor.move"
    entry: Which
    before: Which | None = None


class FloorOrdered(Message):
    """The floor queue in its new order."""

    is_: Literal["floor.ordered"] = Field("floor.ordered", alias="is")
    entries: list[Entry]


class MePlaced(Message):
    """One's place in the floor queue, or none; where it is further back than one was last told, why it `fell`."""

    is_: Literal["me.placed"] = Field("me.placed", alias="is")
    place: Place | None
    fell: Fell | None = None


FloorCommands = FloorPick | FloorAnswered | FloorPutBack | FloorShortlist | FloorMove
FloorEvents = FloorOrdered | MePlaced
