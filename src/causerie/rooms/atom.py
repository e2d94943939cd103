"""Rooms as a feed for readers of news (Atom, RFC 4287): what is planned, moved, cancelled, on, and was."""

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from causerie.ids import made_at
from causerie.rooms.calendar import Entry, starts
from causerie.texts import one_line, writable

ATOM = "http://www.w3.org/2005/Atom"
register_namespace("atom", ATOM)
MOST = 50


def feed_of(name: str, entries: Iterable[Entry], *, url: str, page: str, now: int) -> bytes:
    """The rooms of a group, those changed last first; `url`: where the feed is, `page`: where the group is.

    A feed is called by its address, a room by its id, so that readers know again what they have seen.
    """
    shown = sorted(entries, key=lambda entry: (-_changed(entry, now), entry.room.id))[:MOST]
    feed = Element(f"{{{ATOM}}}feed")
    _texts(feed, id=url, title=one_line(name), updated=_when(_changed(shown[0], now) if shown else now))
    SubElement(feed, f"{{{ATOM}}}link", rel="self", href=url, type="application/atom+xml")
    SubElement(feed, f"{{{ATOM}}}link", rel="alternate", href=page, type="text/html")
    feed.extend(_entry(entry, now) for entry in shown)
    text: str = tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def _entry(of: Entry, now: int) -> Element:
    room, entry = of.room, Element(f"{{{ATOM}}}entry")
    _texts(entry, id=f"urn:causerie:room:{room.id}", title=one_line(room.title), updated=_when(_changed(of, now)))
    SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=of.url, type="text/html")
    _texts(SubElement(entry, f"{{{ATOM}}}author"), name=room.host_name)
    SubElement(entry, f"{{{ATOM}}}category", term="cancelled" if of.cancelled else room.phase)
    begins = starts(room)
    told = [*([_when(begins)] if begins is not None else []), *([room.description] if room.description else [])]
    _texts(entry, summary="\n".join(told))
    return entry


def _changed(of: Entry, now: int) -> int:
    """The last moment at which it became something else, none of them to come."""
    room = of.room
    moments = (made_at(room.id), of.changes.at, room.started_at, room.ended_at, room.cancelled_at, room.missed_at)
    return max((at for at in moments if at is not None and at <= now), default=now)


def _texts(into: Element, **said: str) -> None:
    for name, text in said.items():
        SubElement(into, f"{{{ATOM}}}{name}").text = writable(text)


def _when(at: int) -> str:
    """As RFC 3339 writes it."""
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
