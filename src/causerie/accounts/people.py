"""A person as the rest of causerie knows them, and what may be a name."""

import hashlib
import unicodedata
from dataclasses import dataclass

from causerie.accounts.errors import NameLength
from causerie.ids import PersonId

LONGEST_NAME = 60
# Letters and marks that nobody sees, though they count as such: fillers, joiners, empty patterns, variation selectors.
UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(n) for n in range(0xFE00, 0xFE10)}


@dataclass(frozen=True)
class Person:
    """Somebody with an id. A visitor has no name yet, and only listens. A `minor` is never recorded.

    `language`: the one in which they are spoken to, where it is known.
    """

    id: PersonId
    name: str | None = None
    guest: bool = True
    admin: bool = False
    may_open_rooms: bool = False
    bot: bool = False
    portrait: str | None = None
    minor: bool = False
    language: str | None = None


def cleaned(name: str) -> str:
    """A name as it will be shown: one line, without what cannot be seen (controls, direction marks, fillers)."""
    if len(name) > 20 * LONGEST_NAME:
        raise NameLength
    seen = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", name))
    plain = " ".join("".join(letter for letter in seen if _is_seen(letter)).split())
    if not 1 <= len(plain) <= LONGEST_NAME:
        raise NameLength
    return plain


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter)[0] != "C" and letter not in UNSEEN


def hashed(token: str) -> str:
    """What is kept of a secret: enough to know it again, nothing to open anything with."""
    return hashlib.sha256(token.encode()).hexdigest()
