"""Addresses of streams of rooms that are not for everybody: each is one session's, for some hours.

A signed address says who it is, no more: whether they are signed in still and may hear is asked anew each time, so it
is dead at once when they sign out or are shut out.
"""

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urlencode

from causerie.clock import HOUR

GOOD_FOR = 8 * HOUR


def given_at(until: int) -> int:
    """When an address was given that is good until then."""
    return until - GOOD_FOR


@dataclass(frozen=True)
class StreamLinks:
    """Makes and knows them, with the key of this place. `session` is its hash, which opens nothing else."""

    key: bytes

    def query(self, room: str, session: str, *, now: int) -> str:
        """What stands behind an address."""
        return self.again(room, session, until=now + GOOD_FOR)

    def again(self, room: str, session: str, *, until: int) -> str:
        """The same as before, for what a list leads to."""
        return "?" + urlencode({"as": session, "until": str(until), "sign": self._sign(room, session, until)})

    def holds(self, room: str, session: str, sign: str, *, until: int, now: int) -> bool:
        wanted = self._sign(room, session, until)
        return now < until <= now + GOOD_FOR and hmac.compare_digest(sign.encode(), wanted.encode())

    def _sign(self, room: str, session: str, until: int) -> str:
        said = "\0".join(("stream", room, session, str(until)))
        return hmac.new(self.key, said.encode(), hashlib.sha256).hexdigest()[:32]
