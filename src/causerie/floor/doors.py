"""Who may come in: one decision, whichever door they come to."""

from causerie.floor.live import LiveRoom
from causerie.floor.rules import leads
from causerie.rooms.errors import RoomUnknown
from causerie.safety.comers import Comer


def admit(live: LiveRoom, comer: Comer, now: int) -> None:
    """They may come in; or a refusal. To who is banned there is no such room."""
    if leads(live, comer):
        return
    if live.safety.keeps_out(comer, now):
        raise RoomUnknown
