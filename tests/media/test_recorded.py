"""Who is recorded, by person: on whichever connection they speak."""

from causerie.media import Media, Peer
from tests.sound_on_paper import PaperEngine

ROOM, ADA = "sparrows", "ada"


def media() -> tuple[Media, PaperEngine]:
    engine = PaperEngine()
    return Media(engine), engine


def peer_of(media: Media, person: str = ADA) -> Peer:
    return media.play(ROOM, person, 1, "tone.opus", lambda _: None)


def test_a_track_goes_with_its_person_to_another_connection():
    media_, engine = media()
    first = peer_of(media_)
    media_.record(ROOM, ADA, 7)
    second = peer_of(media_)

    assert engine.recorded == {second.number: 7}
    assert first.number != second.number


def test_who_agreed_before_they_came_is_recorded_when_they_come():
    media_, engine = media()
    media_.record(ROOM, ADA, 7)
    before = dict(engine.recorded)
    peer = peer_of(media_)

    assert (before, engine.recorded) == ({}, {peer.number: 7})


def test_no_more_is_no_more_on_any_connection_to_come():
    media_, engine = media()
    media_.record(ROOM, ADA, 7)
    peer_of(media_)
    media_.record(ROOM, ADA, None)
    peer_of(media_)

    assert engine.recorded == {}
