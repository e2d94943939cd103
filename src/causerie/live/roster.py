"""Who is here, as far as they have a name; the others are a number."""

from causerie.accounts.people import Person
from causerie.floor.live import LiveRoom
from causerie.floor.rules import can, desk_of
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.hub import Hub

A_PAGE = 100


def roster(hub: Hub, live: LiveRoom, viewer: Person, *, id: str, skip: int) -> wire.AudienceList:
    """A hundred of those here by name, in the order of the alphabet."""
    here = {page.person.id: page.person for page in hub.pages}
    forward = _forward(live, hosts=can(live, viewer, "audience.see"), names=desk_of(live, viewer) == "hosts")
    named = sorted((one for one in here.values() if one.name), key=lambda one: ((one.name or "").casefold(), one.id))
    players = hub.programs.besides(hub.here)
    return wire.AudienceList(
        id=id,
        people=[
            wire.Present(person=one.id, name=one.name or "", guest=one.guest, stepped_forward=one.id in forward)
            for one in named[skip : skip + A_PAGE]
        ],
        named=len(named),
        nameless=len(here) - len(named) + players,
    )


def _forward(live: LiveRoom, *, hosts: bool, names: bool) -> frozenset[PersonId]:
    """Who is seen to have stepped forward: a hand is for hosts alone, a hidden name for whom it is not hidden from."""
    hidden = ("everybody",) if names else ("audience", "everybody")
    asked = [question.person for question in live.questions.open if question.hidden_from not in hidden]
    return frozenset((*live.stage.seats, *asked, *(live.stage.hands if hosts else ())))
