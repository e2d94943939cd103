"""Stages for stories: who sits there, who waits, and what follows from events."""

from functools import reduce

from causerie.clock import MINUTE
from causerie.ids import PersonId
from causerie.stage import events as happened
from causerie.stage.state import Hand, Invitation, Seat, Stage, Waiting, fold
from tests.hall import ADA, BEN, CHO, DEE, NOW

HOST = Seat(ADA, "Ada", 1, "host", muted=False, since=NOW)
SPEAKER = Seat(BEN, "Ben", 2, "speaker", muted=False, since=NOW)
HAND = Hand(CHO, "Cho", None, NOW)
INVITED = Invitation(DEE, "Dee", NOW + MINUTE)


def stage(
    *things: Seat | Hand | Invitation | Waiting,
    spoken: frozenset[PersonId] = frozenset(),
    kept: dict[PersonId, int | None] | None = None,
    hushed: bool = False,
) -> Stage:
    """A stage with these on and before it."""
    return Stage(
        {thing.person: thing for thing in things if isinstance(thing, Seat)},
        {thing.person: thing for thing in things if isinstance(thing, Hand)},
        {thing.person: thing for thing in things if isinstance(thing, Invitation)},
        spoken,
        {thing.person: thing for thing in things if isinstance(thing, Waiting)},
        kept or {},
        hushed,
    )


def after(before: Stage, events: list[happened.Event]) -> Stage:
    return reduce(lambda so_far, event: fold(event, so_far), events, before)
