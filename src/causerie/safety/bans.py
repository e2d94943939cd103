"""One ban: who may not come to a room, and how they are known again."""

from dataclasses import dataclass

from causerie.ids import PersonId
from causerie.safety.comers import Comer


@dataclass(frozen=True)
class Ban:
    """One person who may not come in: by every id they were here with and, where hosts said so, their network."""

    id: str
    person: PersonId
    name: str | None
    ids: frozenset[PersonId]
    network: str | None
    reason: str
    by: PersonId
    at: int
    until: int | None

    def hits(self, comer: Comer, now: int) -> bool:
        """Whether this is somebody it keeps out, by who they are or where they come from."""
        return self.lasts(now) and (bool(self.ids & comer.ids) or self.hits_network(comer))

    def hits_network(self, comer: Comer) -> bool:
        return self.network is not None and self.network == comer.network

    def lasts(self, now: int) -> bool:
        return self.until is None or self.until > now
