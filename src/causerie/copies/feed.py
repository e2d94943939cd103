"""Copies of a host or a group as a podcast: RSS 2.0, and what directories (iTunes) and players (Podcasting 2.0) add."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from causerie.texts import writable

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
for prefix, space in (("atom", ATOM), ("itunes", ITUNES), ("podcast", PODCAST)):
    register_namespace(prefix, space)

FEEDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of `podcast:guid`: the same for everybody."""
CATEGORY = "Society & Culture"
MOST_TOLD = 4000
"""Characters that directories take of a description."""


@dataclass(frozen=True)
class Enclosure:
    """A file that is linked: for players, by its own type."""

    url: str
    type: str
    bytes: int = 0


@dataclass(frozen=True)
class Voice:
    """Somebody who is heard."""

    name: str
    host: bool = False


@dataclass(frozen=True)
class Episode:
    """One copy. `id` is its public name, which no edit changes; times and lengths are milliseconds."""

    id: str
    title: str
    url: str
    told: str
    published_at: int
    length: int
    sound: Enclosure
    cover: str | None = None
    chapters: Enclosure | None = None
    transcripts: tuple[Enclosure, ...] = ()
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True)
class Podcast:
    """All copies of one host or one group that are published; `by`: who that is. `page`: where they are at home."""

    url: str
    page: str
    by: str
    instance: str
    language: str
    cover: str | None
    episodes: tuple[Episode, ...] = ()


def feed(of: Podcast) -> bytes:
    """As podcast players read it; the same copies give the same bytes."""
    rss = Element("rss", version="2.0")
    rss.append(_channel(of))
    text: str = tostring(rss, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def podcast_guid(url: str) -> str:
    """What a feed is called wherever it moves (podcast:guid): of its address without scheme and last slash."""
    return str(uuid.uuid5(FEEDS, url.partition("://")[2].rstrip("/")))


def _channel(of: Podcast) -> Element:
    channel, title = Element("channel"), f"{of.by} · {of.instance}"
    _texts(channel, title=title, link=of.page, description=title, language=of.language, generator="causerie")
    SubElement(channel, f"{{{ATOM}}}link", href=of.url, rel="self", type="application/rss+xml")
    if of.episodes:
        _texts(channel, lastBuildDate=_when(max(one.published_at for one in of.episodes)))
    if of.cover:
        _texts(SubElement(channel, "image"), url=of.cover, title=title, link=of.page)
        SubElement(channel, f"{{{ITUNES}}}image", href=of.cover)
    SubElement(channel, f"{{{ITUNES}}}category", text=CATEGORY)
    _texts(channel, ITUNES, author=of.by, explicit="false", type="episodic")
    _texts(channel, PODCAST, guid=podcast_guid(of.url), medium="podcast")
    channel.extend(_item(one, of) for one in of.episodes)
    return channel


def _item(one: Episode, of: Podcast) -> Element:
    item, told = Element("item"), one.told[:MOST_TOLD]
    _texts(item, title=one.title, link=one.url, description=told, pubDate=_when(one.published_at))
    SubElement(item, "guid", isPermaLink="false").text = one.id
    SubElement(item, "enclosure", url=one.sound.url, length=str(one.sound.bytes), type=one.sound.type)
    seconds = str(round(one.length / 1000))
    _texts(item, ITUNES, title=one.title, author=of.by, duration=seconds, explicit="false", episodeType="full")
    if one.cover:
        SubElement(item, f"{{{ITUNES}}}image", href=one.cover)
    item.extend(_beside(one))
    return item


def _beside(one: Episode) -> Iterator[Element]:
    """What Podcasting 2.0 knows: chapters, transcripts, people."""
    if one.chapters:
        yield Element(f"{{{PODCAST}}}chapters", url=one.chapters.url, type=one.chapters.type)
    for text in one.transcripts:
        yield Element(f"{{{PODCAST}}}transcript", url=text.url, type=text.type)
    for voice in one.voices:
        person = Element(f"{{{PODCAST}}}person", role="host" if voice.host else "guest", group="cast")
        person.text = writable(voice.name)
        yield person


def _texts(into: Element, space: str = "", /, **said: str) -> None:
    for name, text in said.items():
        SubElement(into, f"{{{space}}}{name}" if space else name).text = writable(text)


def _when(at: int) -> str:
    """As RFC 2822 writes it."""
    return format_datetime(datetime.fromtimestamp(at // 1000, UTC))
