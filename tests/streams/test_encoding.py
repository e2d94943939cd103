"""A tone goes in, and comes out of each format as it was, without a hole."""

import numpy as np
import pytest

from causerie.streams.child import Making
from causerie.streams.labels import Labels, opening
from causerie.streams.pieces import Format, Piece, Reading, Wanted, asked, understood, written
from causerie.streams.ticks import RATE, Tick, read
from tests.streams.ticking import datagram, decoded, pitch, ticks

HZ = 440.0
LABELS = Labels("Sparrows", "Ada")
MUXED = {"mp3": "mp3", "aac": "aac", "opus": "ogg"}


def made(format: Format, heard: list[Tick]) -> list[Piece]:
    making = Making(Wanted(1, (format,), serial=5))
    pieces = [piece for tick in heard for piece in making.hear(tick, 1_000_000 + 20 * tick.n)]
    return pieces + making.rest()


def of(pieces: list[Piece], kind: str) -> list[Piece]:
    return [piece for piece in pieces if piece.kind == kind]


@pytest.mark.parametrize("format", ["mp3", "aac", "opus"])
def test_a_tone_comes_out_as_it_went_in(format: Format):
    pieces = of(made(format, list(ticks(HZ, 200))), format)

    heard = decoded(opening(LABELS, format, serial=5) + b"".join(piece.data for piece in pieces), MUXED[format])

    assert (abs(pitch(heard) - HZ) < 1, abs(len(heard) / RATE - 4) < 0.1) == (True, True)
    assert np.abs(heard[RATE : 3 * RATE]).reshape(-1, 480).max(axis=1).min() > 6_000


@pytest.mark.parametrize("format", ["mp3", "aac", "opus"])
def test_who_comes_later_begins_with_a_whole_piece(format: Format):
    pieces = of(made(format, list(ticks(HZ, 200))), format)

    heard = decoded(opening(LABELS, format, serial=5) + b"".join(piece.data for piece in pieces[8:]), MUXED[format])

    assert abs(pitch(heard) - HZ) < 1
    assert 1.5 < len(heard) / RATE < 2.3


def test_segments_play_on_without_a_seam():
    segments = of(made("aac", list(ticks(HZ, 500))), "segment")

    heard = decoded(b"".join(segment.data for segment in segments), "aac")

    assert [segment.samples // 1024 for segment in segments] == [94] * 5
    assert [segment.at - segments[0].at for segment in segments] == [0, 2005, 4010, 6016, 8021]
    assert np.abs(heard[RATE : 9 * RATE]).reshape(-1, 480).max(axis=1).min() > 6_000
    assert abs(pitch(heard) - HZ) < 1


def test_a_segment_says_when_it_begins():
    _, second, *_ = of(made("aac", list(ticks(HZ, 300))), "segment")

    head, _, rest = second.data.partition(b"com.apple.streaming.transportStreamTimestamp\0")

    assert (head[:5], int.from_bytes(rest[:8]), rest[8:10]) == (b"ID3\4\0", 94 * 1024 * 90 // 48, b"\xff\xf1")


@pytest.mark.parametrize("format", ["mp3", "aac", "opus"])
def test_what_was_lost_is_silence_of_the_same_length(format: Format):
    every = list(ticks(HZ, 200))

    holed = of(made(format, every[:100] + every[150:]), format)
    heard = decoded(opening(LABELS, format, serial=5) + b"".join(piece.data for piece in holed), MUXED[format])

    assert abs(len(heard) / RATE - 4) < 0.1
    assert np.abs(heard[int(2.3 * RATE) : int(2.7 * RATE)]).max() < 200
    assert [piece.run for piece in holed if piece.run] == []


def test_more_than_ten_seconds_that_are_missing_are_another_stretch():
    every = list(ticks(HZ, 120))
    late = [Tick(1, tick.n + 10_000, tick.packet, tick.sound) for tick in every]

    pieces = of(made("mp3", every + late), "mp3")

    assert {piece.run for piece in pieces} == {0, 1}
    assert sum(piece.samples for piece in pieces) / RATE < 5


def test_what_comes_twice_or_too_late_is_heard_once():
    every = list(ticks(HZ, 100))

    once = made("opus", every)
    twice = made("opus", [tick for tick in every for _ in range(2)] + every[-3:])

    assert twice == once


def test_the_time_of_a_piece_is_when_it_was_said():
    first, second, *_ = of(made("opus", list(ticks(HZ, 50))), "opus")

    assert (first.at, first.ends, second.at) == (1_000_000 + 20 * 7 - 20, first.at + 240, first.at + 240)


def test_a_datagram_is_read_whole_or_not_at_all():
    (tick,) = ticks(HZ, 1)
    said = datagram(tick)

    assert read(said) == tick
    assert [read(said[:end]) for end in (0, 10, 20, len(said) - 1)] == [None] * 4
    assert read(said + b"!") is None


def test_pieces_are_the_same_on_the_other_side_however_they_arrive():
    pieces = made("mp3", list(ticks(HZ, 60)))
    said = b"".join(map(written, pieces))

    byte_by_byte, reading = list[Piece](), Reading()
    for at in range(len(said)):
        byte_by_byte += reading.taken(said[at : at + 1])

    assert byte_by_byte == Reading().taken(said) == pieces
    assert understood(asked(Wanted(3, ("mp3", "opus"), 9))) == Wanted(3, ("mp3", "opus"), 9)


def test_what_is_no_piece_ends_the_reading():
    with pytest.raises(ValueError, match="no piece"):
        Reading().taken(b"\xff" * 64)
