"""The audience's side of a room as it stands, and how each event changes it."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import singledispatch
from typing import TypeVar

from causerie.ids import PersonId
from causerie.rooms.audience import events as happened
from causerie.rooms.audience.events import Raider

T = TypeVar("T")


@dataclass(frozen=True)
class Pin:
    """The one line that hosts hold up to everybody, with a link where there is one."""

    text: str
    link: str | None
    at: int


@dataclass(frozen=True)
class Knock:
    """Somebody outside who asks to be let in; `turned_away`: a host said no, and may think again."""

    person: PersonId
    name: str
    note: str | None
    at: int
    turned_away: bool = False


@dataclass(frozen=True)
class Audience:
    """What is there for those who listen. `inside`: who may come in while it is locked."""

    pinned: Pin | None = None
    locked: bool = False
    inside: frozenset[PersonId] = frozenset()
    knocks: dict[PersonId, Knock] = field(default_factory=dict)
    raided: dict[PersonId, Raider] = field(default_factory=dict)

    def raider(self, ids: Collection[PersonId]) -> Raider | None:
        """Who of those sent out by the raid button has one of these ids."""
        return next((one for one in self.raided.values() if not one.ids.isdisjoint(ids)), None)

    def shuts_out(self, ids: Collection[PersonId]) -> bool:
        """Whether somebody with these ids has to knock."""
        return self.raider(ids) is not None or (self.locked and self.inside.isdisjoint(ids))


@singledispatch
def fold(_event: object, audience: Audience) -> Audience:
    """The audience's side after an event; events of others leave it as it is."""
    return audience


@fold.register
def _(event: happened.Pinned, audience: Audience) -> Audience:
    return replace(audience, pinned=Pin(event.text, event.link, event.at))


@fold.register
def _(_: happened.Unpinned, audience: Audience) -> Audience:
    return replace(audience, pinned=None)


@fold.register
def _(event: happened.Locked, audience: Audience) -> Audience:
    return replace(audience, locked=True, inside=event.inside)


@fold.register
def _(_: happened.Unlocked, audience: Audience) -> Audience:
    return replace(audience, locked=False, inside=frozenset(), knocks={})


@fold.register
def _(event: happened.Knocked, audience: Audience) -> Audience:
    knock = Knock(event.person, event.name, event.note, event.at)
    return replace(audience, knocks={**audience.knocks, event.person: knock})


@fold.register
def _(event: happened.TurnedAway, audience: Audience) -> Audience:
    knock = replace(audience.knocks[event.person], turned_away=True)
    return replace(audience, knocks={**audience.knocks, event.person: knock})


@fold.register
def _(event: happened.KnockOver, audience: Audience) -> Audience:
    return replace(audience, knocks=_without(audience.knocks, event.person))


@fold.register
def _(event: happened.LetIn, audience: Audience) -> Audience:
    inside = audience.inside | event.ids if audience.locked else audience.inside
    raider = audience.raider(event.ids)
    raided = _without(audience.raided, raider.person) if raider else audience.raided
    return replace(audience, inside=inside, knocks=_without(audience.knocks, event.person), raided=raided)


@fold.register
def _(event: happened.SentOut, audience: Audience) -> Audience:
    return replace(audience, inside=audience.inside - event.ids)


@fold.register
def _(event: happened.Raided, audience: Audience) -> Audience:
    return replace(audience, raided={**audience.raided, **{one.person: one for one in event.people}})


def _without(people: dict[PersonId, T], person: PersonId) -> dict[PersonId, T]:
    return {id: one for id, one in people.items() if id != person}
