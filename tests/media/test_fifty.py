"""Fifty people speak at once: every packet is counted, and who has three lines hears the three loudest."""

import asyncio

import pytest

from causerie._engine import GATE_STAGE
from tests.media.raw_lines import evening, speak_together, tone_packets

TALKERS = range(1, 51)
LOUDEST = {7, 23, 41}


def pitch(number: int) -> int:
    return 300 + 40 * number


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 3])
async def test_of_fifty_who_speak_the_three_loudest_are_heard_and_all_are_counted(workers: int):
    async with evening(workers) as room:
        listener = await room.enter(100, lines=3)
        talkers = {number: await room.enter(number, speaks=True) for number in TALKERS}
        for number in TALKERS:
            room.talk.engine.gate(number, GATE_STAGE)
        said = {
            talkers[number]: tone_packets(pitch(number), peak=9_000 if number in LOUDEST else 900) for number in TALKERS
        }

        # A tone has no pauses: a louder one takes a place after two seconds, not within a word. On a busy machine
        # they do not begin as one.
        await speak_together(said, 4)
        listener.forget()
        await speak_together(said, 1)
        await asyncio.sleep(0.3)

        heard = {number for number in TALKERS if listener.tones(pitch(number))}
        assert (heard, {packet.speaker for packet in listener.heard}) == (LOUDEST, LOUDEST)
        assert len({packet.source for packet in listener.heard}) == 3
        assert room.count("packets_in") == sum(talker.sent for talker in talkers.values()) == 50 * 250
