"""A channel numbers what it says and remembers the last of it."""

from causerie.live import protocol as wire
from causerie.live.channel import KEPT_BYTES, KEPT_MS, Channel


def named(name: str) -> wire.MeNamed:
    return wire.MeNamed(name=name)


def test_who_comes_back_gets_the_frames_after_their_number():
    channel = Channel("me")
    frames = [channel.say([named("a")], 0), channel.say([named("b"), named("c")], 1), channel.say([named("d")], 2)]

    assert [channel.since(n) for n in (0, 1, 3, 4)] == [frames, frames[1:], frames[2:], []]


def test_a_number_within_a_frame_or_never_said_or_forgotten_wants_a_snapshot():
    channel = Channel("me")
    channel.say([named("a"), named("b")], 0)
    inside, never = channel.since(1), channel.since(9)
    late = channel.say([named("c")], KEPT_MS + 1)

    assert (inside, never, channel.since(0), channel.since(2)) == (None, None, None, [late])


def test_a_frame_larger_than_the_ring_goes_out_and_is_not_kept():
    channel = Channel("room")
    channel.say([named("a")], 0)

    large = channel.say([named("x" * KEPT_BYTES)], 1)
    after = channel.say([named("b")], 2)

    assert len(large) > KEPT_BYTES
    assert (channel.since(0), channel.since(1), channel.since(2)) == (None, None, [after])
