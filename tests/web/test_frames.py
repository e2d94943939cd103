"""Where a frame ends: compared with another reader of the same protocol, on every length that matters."""

import pytest
from websockets.frames import Frame, Opcode

from causerie.web.frames import Whole, bounds


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
@pytest.mark.parametrize("masked", [True, False])
def test_a_frame_ends_where_it_ends(size: int, masked: bool):
    data = Frame(Opcode.TEXT, b"x" * size).serialize(mask=masked)

    assert bounds(b"before" + data + b"behind", 6) == (6 + len(data) - size, 6 + len(data))


def test_a_head_that_is_not_all_there_says_nothing():
    data = Frame(Opcode.TEXT, b"x" * 70_000).serialize(mask=True)

    assert [bounds(data[:n], 0) for n in range(10)] == [None] * 10
    assert bounds(data[:10], 0) == (14, 70_014)


@pytest.mark.parametrize("said", ["", "{}", "é" * 1_000, "x" * 65_536])
def test_a_plain_text_is_read_as_it_was_written(said: str):
    data = Frame(Opcode.TEXT, said.encode()).serialize(mask=True)
    found = bounds(data, 0)
    assert found is not None

    frame = Whole(data, found[0])

    assert (frame.plain, frame.begins, frame.last, frame.between_programs) == (True, True, True, False)
    assert frame.text() == said.encode()


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        (Frame(Opcode.TEXT, b"x", fin=False), (False, True, False, False)),
        (Frame(Opcode.CONT, b"x"), (False, False, True, False)),
        (Frame(Opcode.BINARY, b"x"), (False, True, True, False)),
        (Frame(Opcode.PING, b"x"), (False, False, True, True)),
        (Frame(Opcode.PONG, b"x"), (False, False, True, True)),
        (Frame(Opcode.CLOSE, b""), (False, False, True, False)),
    ],
    ids=lambda given: given.opcode.name if isinstance(given, Frame) else "",
)
def test_whatever_else_comes_is_read_by_the_library(frame: Frame, kind: tuple[bool, bool, bool, bool]):
    whole = Whole(frame.serialize(mask=True), 6)

    assert (whole.plain, whole.begins, whole.last, whole.between_programs) == kind


def test_what_claims_to_be_packed_and_what_is_not_masked_is_read_by_the_library():
    assert not Whole(b"\xc1\x85\0\0\0\0hello", 6).plain
    assert not Whole(Frame(Opcode.TEXT, b"x").serialize(mask=False), 2).plain
