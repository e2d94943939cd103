"""Who hears or speaks without a page."""

from collections.abc import Callable
from dataclasses import dataclass

from causerie.media import Media, Peer
from causerie.safety.comers import Comer


@dataclass
class Program:
    """A connection by another program than our page (WHEP, WHIP): whose it is, and whether it sounds there.

    Who listens by a stream has no peer; `end` lets them go.
    """

    comer: Comer
    peer: Peer | None
    since: int
    hears: bool = False
    end: Callable[[], None] = lambda: None

    def over(self, media: Media) -> None:
        """It ends against the will of who has it."""
        self.end()
        if self.peer is not None:
            media.end(self.peer)
