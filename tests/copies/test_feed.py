"""A host's feed: what a podcast player needs is there, in the form in which it needs it."""

import io
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from uuid import UUID
from xml.etree import ElementTree

import podcastparser
import pytest

from causerie.copies.feed import ATOM, ITUNES, PODCAST, Enclosure, Episode, Podcast, Voice, feed, podcast_guid

NOON = 1_795_000_000_000
SPACES = {"atom": ATOM, "itunes": ITUNES, "podcast": PODCAST}
EPISODE = Episode(
    id="kX2f0a9Qz81mB3nC4vD5sE",
    title="Can a river have rights?",
    url="https://talk.test/c/kX2f0a9Qz81mB3nC4vD5sE",
    told="0:00 Who speaks?\n15:35 The court",
    published_at=NOON,
    length=3_729_400,
    sound=Enclosure("https://talk.test/files/a/1/room.mp3?until=1&sign=x", "audio/mpeg", 44_752_800),
    cover="https://talk.test/files/a/1/cover.jpg?sign=x",
    chapters=Enclosure("https://talk.test/files/a/1/chapters.json?sign=x", "application/json+chapters"),
    transcripts=(Enclosure("https://talk.test/files/a/1/transcript.vtt?sign=x", "text/vtt"),),
    voices=(Voice("Aurélie Martin", host=True), Voice("Karim <b>Tafrout</b> & \u0007Sons")),
)
PODCAST_OF = Podcast(
    url="https://talk.test/h/01J/feed.xml",
    page="https://talk.test/",
    by="Aurélie Martin",
    instance="causerie",
    language="fr",
    cover="https://talk.test/h/01J/cover.jpg",
    episodes=(EPISODE,),
)


def channel(of: Podcast = PODCAST_OF) -> ElementTree.Element:
    """Read as a player reads it."""
    rss = ElementTree.fromstring(feed(of))
    assert (rss.tag, rss.attrib) == ("rss", {"version": "2.0"})
    (found,) = rss
    return found


def text(of: ElementTree.Element, name: str) -> str:
    (only,) = of.findall(name, SPACES)
    return only.text or ""


def checked(of: ElementTree.Element) -> None:
    """What directories ask of a feed (RSS 2.0; Apple's and Podcasting 2.0's required tags)."""
    for name in ("title", "link", "description", "language", "itunes:author", "itunes:explicit", "podcast:guid"):
        assert text(of, name), name
    assert text(of, "itunes:explicit") in {"true", "false"}
    assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2})?", text(of, "language"))
    assert [one.get("text") for one in of.findall("itunes:category", SPACES)] == ["Society & Culture"]
    UUID(text(of, "podcast:guid"))
    own = of.find("atom:link", SPACES)
    assert own is not None
    assert (own.get("rel"), own.get("type")) == ("self", "application/rss+xml")
    links = [*(link for link in of.iter() if link.get("url") or link.get("href"))]
    assert all(urlsplit(link.get("url") or link.get("href") or "").scheme == "https" for link in links)
    guids = [text(item, "guid") for item in of.findall("item")]
    assert len(guids) == len(set(guids))
    for item in of.findall("item"):
        checked_item(item)


def checked_item(item: ElementTree.Element) -> None:
    (enclosure,) = item.findall("enclosure")
    assert enclosure.attrib.keys() == {"url", "length", "type"}
    assert (int(enclosure.attrib["length"]) > 0, enclosure.attrib["type"]) == (True, "audio/mpeg")
    assert parsedate_to_datetime(text(item, "pubDate")).tzinfo is not None
    assert text(item, "itunes:duration").isdecimal()
    assert 0 < len(text(item, "description")) <= 4000
    assert item.find("guid") is not None
    assert item.find("guid").get("isPermaLink") == "false"  # type: ignore[union-attr] # looked at above
    for one in item.findall("podcast:chapters", SPACES):
        assert one.get("type") == "application/json+chapters"
    for one in item.findall("podcast:transcript", SPACES):
        assert one.get("type") in {"text/vtt", "application/x-subrip", "application/json"}
    for one in item.findall("podcast:person", SPACES):
        assert (one.get("role") in {"host", "guest"}, bool(one.text)) == (True, True)


def test_a_feed_holds_what_directories_ask_for():
    checked(channel())


def test_an_episode_is_told_whole():
    (item,) = channel().findall("item")

    plain = {one.tag: one.text for one in item if not one.attrib and "}" not in one.tag}
    assert plain == {
        "title": "Can a river have rights?",
        "link": "https://talk.test/c/kX2f0a9Qz81mB3nC4vD5sE",
        "description": "0:00 Who speaks?\n15:35 The court",
        "pubDate": "Wed, 18 Nov 2026 11:06:40 +0000",
    }
    assert text(item, "itunes:duration") == "3729"
    people = [(one.get("role"), one.text) for one in item.findall("podcast:person", SPACES)]
    assert people == [("host", "Aurélie Martin"), ("guest", "Karim <b>Tafrout</b> & Sons")]


def test_its_guid_outlives_every_edit():
    edited = replace(EPISODE, title="Rivers", sound=replace(EPISODE.sound, url="https://talk.test/files/a/2/room.mp3"))

    both = [channel(replace(PODCAST_OF, episodes=(one,))).findtext("item/guid") for one in (EPISODE, edited)]

    assert both == [EPISODE.id, EPISODE.id]


def test_nothing_published_is_a_feed_too():
    found = channel(replace(PODCAST_OF, episodes=()))

    checked(found)
    assert found.findall("item") == []
    assert found.find("lastBuildDate") is None


def test_the_same_copies_give_the_same_bytes():
    assert feed(PODCAST_OF) == feed(PODCAST_OF)


@pytest.mark.parametrize("bad", ["<script>", "]]>", "\x00\x0b\ufffe\ud800", "&amp;", "🦦" * 300])
def test_whatever_people_wrote_it_is_a_feed(bad: str):
    (item,) = channel(replace(PODCAST_OF, by=f"a{bad}", episodes=(replace(EPISODE, title=f"a{bad}"),))).findall("item")

    kept = "".join(letter for letter in f"a{bad}" if letter not in "\x00\x0b\ufffe\ud800")
    assert text(item, "title") == kept


def test_a_feed_that_moves_keeps_its_name_over_schemes():
    assert podcast_guid("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert podcast_guid("http://podnews.net/rss/") == podcast_guid("https://podnews.net/rss")


def test_a_player_of_somebody_elses_reads_what_was_meant():
    """podcastparser is what gPodder reads feeds with; it tells nothing of what it does not find."""
    read = podcastparser.parse(PODCAST_OF.url, io.BytesIO(feed(PODCAST_OF)))

    assert EPISODE.cover is not None
    assert read["episodes"] == [
        {
            "guid": EPISODE.id,
            "title": EPISODE.title,
            "link": EPISODE.url,
            "description": EPISODE.told,
            "published": NOON // 1000,
            "total_time": 3729,
            "enclosures": [{"url": EPISODE.sound.url, "mime_type": "audio/mpeg", "file_size": EPISODE.sound.bytes}],
            "episode_art_url": EPISODE.cover,
            "explicit": False,
            "itunes_author": "Aurélie Martin",
            "payment_url": None,
            "type": "full",
        }
    ]
    assert {name: read[name] for name in ("title", "link", "language", "cover_url", "type", "itunes_categories")} == {
        "title": "Aurélie Martin · causerie",
        "link": PODCAST_OF.page,
        "language": "fr",
        "cover_url": PODCAST_OF.cover,
        "type": "episodic",
        "itunes_categories": [["Society & Culture"]],
    }
