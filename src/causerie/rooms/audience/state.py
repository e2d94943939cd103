"""The audience's side of a room as it stands, and how each event changes it."""

from dataclasses import dataclass, replace
from functools import singledispatch

from causerie.rooms.audience import events as happened


@dataclass(frozen=True)
class Pin:
    """The one line that hosts hold up to everybody, with a link where there is one."""

    text: str
    link: str | None
    at: int


@dataclass(frozen=True)
class Audience:
    """What is there for those who listen."""

    pinned: Pin | None = None


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
