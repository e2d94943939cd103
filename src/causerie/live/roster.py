"""Who is here, as far as they have a name; the others are a number."""

from causerie.floor.live import LiveRoom
from causerie.live import protocol as wire
from causerie.live.hub import Hub

A_PAGE = 100


def roster(hub: Hub, live: LiveRoom, *, id: str, skip: int) -> wire.AudienceList:
    """A hundred of those here by name, in the order of the alphabet."""
    here = {page.person.id: page.person for page in hub.pages}
    forward = live.stage.seats.keys() | live.stage.hands.keys() | {asked.person for asked in live.questions.open}
    named = sorted((one for one in here.values() if one.name), key=lambda one: ((one.name or "").casefold(), one.id))
    players = sum(program.hears for program in hub.programs.values())
    return wire.AudienceList(
        id=id,
        people=[
            wire.Present(person=one.id, name=one.name or "", guest=one.guest, stepped_forward=one.id in forward)
            for one in named[skip : skip + A_PAGE]
        ],
        named=len(named),
        nameless=len(here) - len(named) + players,
    )
