"""Who hears or speaks without a page."""

from dataclasses import dataclass

from causerie.media import Peer
from causerie.safety.comers import Comer


@dataclass
class Program:
    """A connection by another program than our page (WHEP, WHIP): whose it is, and whether it sounds there."""

    comer: Comer
    peer: Peer
    since: int
    hears: bool = False
