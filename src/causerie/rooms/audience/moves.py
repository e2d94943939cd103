"""Each move before the stage, decided on the present state: events, or a refusal."""

from urllib.parse import urlsplit

from causerie.ids import PersonId, new_id
from causerie.rooms.audience import events as happened
from causerie.rooms.audience.errors import PinLength, PinLink
from causerie.rooms.audience.events import Event
from causerie.rooms.audience.state import Audience
from causerie.texts import one_line

LONGEST_PIN, LONGEST_LINK = 200, 500


def pin(audience: Audience, text: str, link: str | None, *, by: PersonId, now: int) -> list[Event]:
    """Hold one line up to everybody. The same line again changes nothing."""
    text, link = one_line(text), (link or "").strip() or None
    if not 1 <= len(text) <= LONGEST_PIN:
        raise PinLength
    if link is not None and not leads_out(link):
        raise PinLink
    before = audience.pinned
    if before is not None and (before.text, before.link) == (text, link):
        return []
    return [happened.Pinned(new_id(), text, link, now, by)]


def unpin(audience: Audience, *, now: int) -> list[Event]:
    """Take the pinned line down."""
    return [happened.Unpinned(now)] if audience.pinned is not None else []


def leads_out(link: str) -> bool:
    """Whether this is an address of the web, and nothing else that a browser would follow."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    plain = all(letter.isprintable() and not letter.isspace() for letter in link)
    return plain and len(link) <= LONGEST_LINK and parts.scheme in ("https", "http") and bool(parts.hostname)
