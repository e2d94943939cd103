"""The programme through the real core: one mixed sound for the audience, voices for who speaks."""

import asyncio
import socket
import struct
from pathlib import Path

import numpy as np
import pytest

from causerie._engine import GATE_BACKSTAGE, GATE_SHUT, GATE_STAGE
from tests.media.engine_people import RATE, Page, Talk, strength, talk, tone_file

LOW, MIDDLE, HIGH = 440.0, 700.0, 1_100.0
ALL = (LOW, MIDDLE, HIGH)
LINES, PROGRAMME = 5, 3


def plays(room: Talk, folder: Path, peer: int, hz: float) -> None:
    """A file that speaks on stage."""
    room.engine.play(peer=peer, room=1, speaker=peer, path=str(tone_file(folder / f"{peer}.opus", hz)), loop=True)
    room.engine.gate(peer, GATE_STAGE)


def lines(page: Page, *candidates: float) -> list[set[float]]:
    """Which tones each line of a page carries."""
    return [{hz for hz in candidates if strength(ear.latest(0.5), hz) > 200} for ear in page.ears]


async def carries(room: Talk, page: Page, expected: list[set[float]]) -> list[set[float]]:
    """What a page's lines carry, once it is as expected (8 s at most) and 0.7 s have passed since.

    A busy machine may let somebody of ours fall silent for a moment: then it is looked at again.
    """
    for _ in range(4):
        await room.until(lambda: lines(page, *ALL) == expected, within=8)
        page.forget()
        await asyncio.sleep(0.7)
        if (carried := lines(page, *ALL)) == expected:
            break
    return carried


@pytest.mark.parametrize("workers", [1, 3])
async def test_the_audience_hears_everybody_on_one_line(tmp_path: Path, workers: int):
    async with talk(workers) as room:
        plays(room, tmp_path, 1, LOW)
        plays(room, tmp_path, 2, HIGH)
        room.engine.programme(1, True)

        listener = await room.enter(10, lines=LINES, programme=PROGRAMME)

        mixed = [set(), set(), set(), {LOW, HIGH}, set()]
        assert await carries(room, listener, mixed) == mixed


async def test_who_wants_the_lowest_delay_hears_voices_and_can_go_back(tmp_path: Path):
    async with talk() as room:
        plays(room, tmp_path, 1, LOW)
        room.engine.programme(1, True)
        listener = await room.enter(10, lines=LINES, programme=PROGRAMME)
        mixed, voices = [set(), set(), set(), {LOW}, set()], [{LOW}, set(), set(), set(), set()]
        before = await carries(room, listener, mixed)

        room.engine.lowest_delay(10, True)
        direct = await carries(room, listener, voices)
        room.engine.lowest_delay(10, False)

        assert (before, direct, await carries(room, listener, mixed)) == (mixed, voices, mixed)


async def test_who_speaks_or_is_backstage_never_hears_the_programme(tmp_path: Path):
    async with talk() as room:
        plays(room, tmp_path, 1, LOW)
        room.engine.programme(1, True)
        ada = await room.enter(10, hz=HIGH, lines=LINES, programme=PROGRAMME)
        ben = await room.enter(11, lines=LINES, programme=PROGRAMME)

        room.engine.gate(10, GATE_STAGE)
        on_stage = await carries(room, ada, [{LOW}, set(), set(), set(), set()])
        heard = await carries(room, ben, [set(), set(), set(), {LOW, HIGH}, set()])
        room.engine.hear_backstage(10, True)
        room.engine.gate(10, GATE_BACKSTAGE)
        backstage = await carries(room, ada, [{LOW}, set(), set(), set(), set()])
        room.engine.hear_backstage(10, False)
        room.engine.gate(10, GATE_SHUT)

        assert on_stage == backstage == [{LOW}, set(), set(), set(), set()]
        assert heard == [set(), set(), set(), {LOW, HIGH}, set()]
        again = [set(), set(), set(), {LOW}, set()]
        assert await carries(room, ada, again) == again


async def test_who_is_muted_is_gone_from_the_programme_too(tmp_path: Path):
    async with talk() as room:
        plays(room, tmp_path, 1, LOW)
        plays(room, tmp_path, 2, HIGH)
        room.engine.programme(1, True)
        listener = await room.enter(10, lines=1, programme=0)
        both = await carries(room, listener, [{LOW, HIGH}])

        room.engine.gate(2, GATE_SHUT)
        await asyncio.sleep(0.5)
        listener.forget()
        await asyncio.sleep(1)

        assert (both, lines(listener, *ALL)) == ([{LOW, HIGH}], [{LOW}])


async def test_another_program_hears_the_programme_on_its_one_line_in_a_small_room_too(tmp_path: Path):
    async with talk() as room:
        plays(room, tmp_path, 1, LOW)
        plays(room, tmp_path, 2, MIDDLE)

        listener = await room.enter(10, lines=1, programme=0)

        assert await carries(room, listener, [{LOW, MIDDLE}]) == [{LOW, MIDDLE}]


async def test_nothing_is_mixed_while_nobody_wants_it(tmp_path: Path):
    async with talk() as room:
        plays(room, tmp_path, 1, LOW)
        await room.enter(10, lines=LINES, programme=PROGRAMME)
        ticks = room.engine.statistics()["programme_ticks"]

        await asyncio.sleep(0.5)

        assert ticks == room.engine.statistics()["programme_ticks"] == 0


async def test_a_room_that_is_streamed_comes_out_of_the_tap_tick_by_tick(tmp_path: Path):
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    theirs.setblocking(False)
    async with talk() as room:
        plays(room, tmp_path, 1, LOW)
        room.engine.lead_streams(ours.fileno())
        room.engine.stream(1, True)

        ticks, sound = [], []
        for _ in range(300):
            await asyncio.sleep(0.01)
            while (datagram := _datagram(theirs)) is not None:
                number, tick, _, _, opus = struct.unpack_from("<QQBBH", datagram)
                assert (number, len(datagram)) == (1, 20 + opus + 1920)
                ticks.append(tick)
                sound.append(np.frombuffer(datagram[20 + opus :], np.int16))
        room.engine.stream(1, False)
        ours.close()
        theirs.close()

    assert len(ticks) > 100
    assert ticks == list(range(ticks[0], ticks[0] + len(ticks))) or sorted(set(ticks)) == ticks
    assert strength(np.concatenate(sound[-RATE // 960 :]), LOW) > 1000


def _datagram(socket_: socket.socket) -> bytes | None:
    try:
        return socket_.recv(8192)
    except BlockingIOError:
        return None
