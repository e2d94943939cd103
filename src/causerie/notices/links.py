"""Links in letters, to leave a kind of them or to be reminded of a room: signed, so that nothing is kept of them."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from causerie.notices.errors import LetterLinkUnknown
from causerie.notices.kinds import TOPICS, Time, Topic, bits, chosen


@dataclass(frozen=True)
class Leaving:
    """This person wants no letters of this topic."""

    person: str
    topic: Topic


@dataclass(frozen=True)
class Reminding:
    """Whoever reads this address wants to be reminded of this room, at these moments, until the link is too old."""

    room: str
    address: str
    language: str
    zone: str
    times: tuple[Time, ...]
    until: int


@dataclass(frozen=True)
class LetterLinks:
    """Makes and reads them, for the place at this address. They never run out: a letter of years ago can be left."""

    key: bytes
    base: str

    def leave(self, person: str, topic: Topic) -> str:
        return f"{self.base}/u/{self._token([person, topic])}"

    def remind(self, asked: Reminding) -> str:
        """A link that confirms it."""
        said = ["remind", asked.room, asked.address, asked.language, asked.zone, bits(asked.times), asked.until]
        return f"{self.base}/remind/{self._token(said)}"

    def asked(self, invitation: str, at: int) -> str:
        """What opens an invitation that was made then: nobody can make it up, and it need not be kept."""
        made = hmac.new(self.key, f"asked {invitation} {at}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made[:16]).decode().rstrip("=")

    def read(self, token: str) -> Leaving:
        """What a link says; or `LetterLinkUnknown`."""
        match self._said(token):
            case [str(person), topic] if topic in TOPICS:
                return Leaving(person, topic)
        raise LetterLinkUnknown

    def reminding(self, token: str, *, now: int) -> Reminding:
        """What a link confirms; or `LetterLinkUnknown`, also when it is too old."""
        match self._said(token):
            case ["remind", str(room), str(address), str(language), str(zone), int(times), int(until)] if until > now:
                return Reminding(room, address, language, zone, tuple(chosen(times)), until)
        raise LetterLinkUnknown

    def _token(self, plain: list[Any]) -> str:
        said = base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")
        return f"{said}.{self._signed(said)}"

    def _said(self, token: str) -> Any:
        said, _, signature = token.partition(".")
        if not hmac.compare_digest(signature.encode("utf-8", "replace"), self._signed(said).encode()):
            raise LetterLinkUnknown
        return json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))

    def _signed(self, said: str) -> str:
        # The key signs visitors and files as well; what it signs here begins with a word of its own.
        return hmac.new(self.key, b"letter " + said.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
