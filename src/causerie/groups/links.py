"""The address of a private group's calendar: each member's own, and good for as long as they are one."""

import hashlib
import hmac
from collections.abc import Mapping

from causerie.ids import PersonId


def calendar_key(key: bytes, group: str, person: PersonId, since: int) -> str:
    """What opens it for a calendar, which has no cookie. Who leaves and comes again has another one."""
    # The key signs visitors, files and letters as well; what it signs here begins with a word of its own.
    said = "\0".join(("calendar", group, person, str(since)))
    return f"{person}.{hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:32]}"


def opened_by(key: bytes, group: str, given: str, since: Mapping[PersonId, int]) -> bool:
    """Whether this opens the calendar of the group; `since`: since when whom it names is a member, where they are."""
    person = PersonId(given.partition(".")[0])
    wanted = calendar_key(key, group, person, since.get(person, 0))
    return person in since and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
