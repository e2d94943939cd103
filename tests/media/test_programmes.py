"""When a room's audience hears the programme: by how many listen, with some patience on the way back."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from causerie.media import ELSEWHERE, Media, Peer
from tests.sound_on_paper import OFFER, PaperEngine

ABOVE = 6


@pytest.fixture
async def media() -> AsyncIterator[Media]:
    media = Media(PaperEngine(), mixed_above=ABOVE)
    media.start()
    yield media
    media.stop()


def engine(media: Media) -> PaperEngine:
    assert isinstance(media.engine, PaperEngine)
    return media.engine


async def comes(media: Media, *people: str, listens: bool = True) -> list[Peer]:
    """These people's connections, up."""
    peers = []
    for person in people:
        peer, _ = await media.offer("sparrows", person, 1, OFFER, lambda _: None, listens=listens)
        engine(media).becomes(peer.number, "up")
        peers.append(peer)
    await asyncio.sleep(0.01)
    return peers


def mixed(media: Media) -> bool:
    return bool(engine(media).mixed)


async def test_a_room_is_mixed_once_more_listen_and_until_far_fewer_do(media: Media):
    peers = await comes(media, *"abcdef")
    small = mixed(media)
    peers += await comes(media, "g")
    large = mixed(media)

    after = []
    while peers:
        media.leave(peers.pop())
        after.append((len(peers), mixed(media)))

    assert (small, large) == (False, True)
    assert after == [(6, True), (5, True), (4, False), (3, False), (2, False), (1, False), (0, False)]


async def test_files_that_speak_take_nobody_from_the_audience(media: Media):
    for person in "xyz":
        media.play("sparrows", person, 1, "a.opus", lambda _: None)
        media.open("sparrows", person)

    await comes(media, *"abcdef")
    small = mixed(media)
    await comes(media, "g")

    assert (small, mixed(media)) == (False, True)


async def test_who_speaks_is_no_listener_and_is_one_again_afterwards(media: Media):
    peers = await comes(media, *"abcdefg")
    media.take_microphone(peers[0])

    media.open("sparrows", "a")
    for peer in peers[5:]:
        media.leave(peer)
    on_stage = mixed(media)
    await comes(media, *"hi")
    still = mixed(media)
    await comes(media, "j")
    with_one_on_stage = mixed(media)
    media.leave(peers[4])
    media.leave(peers[3])
    back = mixed(media)
    media.shut("sparrows", "a")

    assert (on_stage, still, with_one_on_stage, back, mixed(media)) == (False, False, True, True, True)


async def test_an_encoder_listens_to_nothing(media: Media):
    await comes(media, *"abcdefgh", listens=False)

    assert not mixed(media)


async def test_a_room_that_opens_again_begins_small(media: Media):
    await comes(media, *"abcdefg")
    before = mixed(media)

    media.close_room("sparrows")
    await comes(media, "a")

    assert (before, mixed(media)) == (True, False)


def heard_late(media: Media) -> None:
    """The room is heard later than it is said, and Ada is on stage."""
    media.safety_delay("sparrows", 10)
    media.let_hear_at_once("sparrows", frozenset({"ada"}))


async def test_the_end_of_a_room_leaves_its_audience_what_it_has_not_heard(media: Media):
    heard_late(media)
    _, ben = await comes(media, "ada", "ben")
    media.play("sparrows", "a file", 1, "a.opus", lambda _: None)
    number = media.rooms["sparrows"]

    media.end_room("sparrows")
    left, held = set(media.peers.values()), engine(media).delays[number]
    runs, closed = media.runs_out("sparrows"), [*engine(media).rooms_closed]
    media.close_room("sparrows")

    assert (left, held, runs, closed) == ({ben}, 10, True, [])
    assert (media.peers, media.runs_out("sparrows"), engine(media).rooms_closed) == ({}, False, [number])


async def test_it_closes_by_itself_when_the_last_word_was_heard(media: Media, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.media.people.LAST_WORDS", -9.9)
    heard_late(media)
    await comes(media, "ada", "ben")

    media.end_room("sparrows")
    async with asyncio.timeout(15):
        while media.runs_out("sparrows"):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)

    assert (media.peers, len(engine(media).rooms_closed)) == ({}, 1)


async def test_a_room_that_is_heard_as_it_is_said_ends_at_once(media: Media):
    await comes(media, "ada", "ben")

    media.end_room("sparrows")

    assert (media.peers, media.runs_out("sparrows"), len(engine(media).rooms_closed)) == ({}, False, 1)


async def test_a_page_hears_the_programme_on_its_fourth_line_and_a_program_on_its_first(media: Media):
    page, _ = await media.offer("sparrows", "a", 1, OFFER, lambda _: None)
    program, _ = await media.offer("sparrows", "b", 2, OFFER, lambda _: None, programme=ELSEWHERE)
    voices, _ = await media.offer("sparrows", "c", 3, OFFER, lambda _: None, programme=None)

    lines = engine(media).on_programme_line
    assert [lines[peer.number] for peer in (page, program, voices)] == [3, 0, None]
