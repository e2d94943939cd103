"""Who may do what in a room. The server always tells a person their effective rights; the page shows only those."""

from typing import Literal

from causerie.accounts.people import Person
from causerie.floor.live import LiveRoom

Role = Literal["host", "cohost", "speaker", "listener"]

LISTENER = ("question.ask", "question.vote", "hand.raise")
HOST = ("room.start", "room.end", "stage.invite", "stage.mute", "stage.move_down", "floor.pick", "floor.answer")


def role(live: LiveRoom, person: Person) -> Role:
    """Host whether on stage or not; otherwise the seat decides."""
    if may_lead(live, person):
        return "host"
    return "speaker" if person.id in live.stage.seats else "listener"


def rights(live: LiveRoom, person: Person) -> list[str]:
    """The verbs a person has now."""
    if live.room.phase == "ended":
        return []
    named = LISTENER if person.name else ()
    lead = HOST if may_lead(live, person) else ()
    seat = ("stage.speak",) if person.id in live.stage.seats else ()
    return [*named, *lead, *seat]


def may_lead(live: LiveRoom, person: Person) -> bool:
    return live.room.host == person.id
