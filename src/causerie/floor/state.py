"""What hosts have made of the queue, and how each event changes it."""

from dataclasses import dataclass, replace
from functools import singledispatch

from causerie.floor import events as happened
from causerie.floor.events import Listed


@dataclass(frozen=True)
class Floor:
    """The queue as far as it does not follow from questions and hands."""

    shortlist: tuple[Listed, ...] = ()


@singledispatch
def fold(_event: object, floor: Floor) -> Floor:
    """The floor after an event; events of others leave it as it is."""
    return floor


@fold.register
def _(event: happened.ShortlistSet, floor: Floor) -> Floor:
    return replace(floor, shortlist=event.listed)
