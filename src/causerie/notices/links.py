"""Links by which somebody leaves a kind of letter: signed, so that nothing is kept of them."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass

from causerie.notices.errors import LetterLinkUnknown
from causerie.notices.kinds import TOPICS, Topic


@dataclass(frozen=True)
class Leaving:
    """This person wants no letters of this topic."""

    person: str
    topic: Topic


@dataclass(frozen=True)
class LetterLinks:
    """Makes and reads them, for the place at this address. They never run out: a letter of years ago can be left."""

    key: bytes
    base: str

    def leave(self, person: str, topic: Topic) -> str:
        plain = json.dumps([person, topic], separators=(",", ":")).encode()
        said = base64.urlsafe_b64encode(plain).decode().rstrip("=")
        return f"{self.base}/u/{said}.{self._signed(said)}"

    def read(self, token: str) -> Leaving:
        """What a link says; or `LetterLinkUnknown`."""
        said, _, signature = token.partition(".")
        if not hmac.compare_digest(signature.encode("utf-8", "replace"), self._signed(said).encode()):
            raise LetterLinkUnknown
        match json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))):
            case [str(person), topic] if topic in TOPICS:
                return Leaving(person, topic)
        raise LetterLinkUnknown

    def _signed(self, said: str) -> str:
        # The key signs visitors and files as well; what it signs here begins with a word of its own.
        return hmac.new(self.key, b"letter " + said.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
