"""Links to files. Each carries a sign of ours, and is over with what it was given for.

A lasting link goes with what everybody may see: it dies when that is shown to nobody any more. A passing one is for one
person and five minutes.
"""

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from causerie.clock import MINUTE
from causerie.copies.state import Copy
from causerie.ids import PersonId

PASSES_AFTER = 5 * MINUTE
NO_COPY = -1
"""Generations of copies begin at 0."""


@dataclass(frozen=True)
class Links:
    """Makes and knows links, with the key of this place."""

    key: bytes

    def lasting(self, copy: Copy, key: str) -> str:
        """For everybody, as long as the copy is shown."""
        return _address(key, sign=self._sign(key, copy.generation))

    def passing(self, copy: Copy, key: str, person: PersonId, *, now: int) -> str:
        """For one person, for five minutes."""
        until = now + PASSES_AFTER
        return _address(key, until=str(until), sign=self._sign(key, copy.generation, until, person))

    def within(self, key: str, person: PersonId, *, now: int) -> str:
        """To what is heard in a room that goes on: for one person, for five minutes."""
        until = now + PASSES_AFTER
        return _address(key, until=str(until), sign=self._sign(key, NO_COPY, until, person))

    def is_within(self, key: str, sign: str, *, until: int, person: PersonId, now: int) -> bool:
        wanted = self._sign(key, NO_COPY, until, person)
        return now < until <= now + PASSES_AFTER and hmac.compare_digest(sign.encode(), wanted.encode())

    def is_lasting(self, copy: Copy, key: str, sign: str) -> bool:
        return copy.seen and hmac.compare_digest(sign.encode(), self._sign(key, copy.generation).encode())

    def is_passing(self, copy: Copy, key: str, sign: str, *, until: int, person: PersonId | None, now: int) -> bool:
        wanted = self._sign(key, copy.generation, until, person or "")
        return now < until <= now + PASSES_AFTER and hmac.compare_digest(sign.encode(), wanted.encode())

    def _sign(self, key: str, generation: int, until: int = 0, person: str = "") -> str:
        said = "\0".join(("file", key, str(generation), str(until), person))
        return hmac.new(self.key, said.encode(), hashlib.sha256).hexdigest()[:32]


def _address(key: str, **said: str) -> str:
    return f"/files/{quote(key)}?{urlencode(said)}"
