"""The bans of a room as they stand, and how each event changes them."""

from dataclasses import dataclass, field
from functools import singledispatch

from causerie.safety import events as happened
from causerie.safety.bans import Ban
from causerie.safety.comers import Comer


@dataclass(frozen=True)
class Safety:
    """Every ban that lasts, by its id."""

    bans: dict[str, Ban] = field(default_factory=dict)

    def keeps_out(self, comer: Comer, now: int) -> bool:
        """Whether any ban hits them."""
        return any(ban.hits(comer, now) for ban in self.bans.values())


@singledispatch
def fold(_event: object, safety: Safety) -> Safety:
    """The bans after an event; events of others leave them as they are."""
    return safety


@fold.register
def _(event: happened.Banned, safety: Safety) -> Safety:
    return Safety({**safety.bans, event.ban.id: event.ban})


@fold.register
def _(event: happened.BanLifted, safety: Safety) -> Safety:
    return Safety({id: ban for id, ban in safety.bans.items() if id != event.ban})
