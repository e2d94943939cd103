"""Who hears whom, told by pitch: an independent client speaks tones through the real core and listens."""

import asyncio
import random
import socket
from pathlib import Path

import pytest

from causerie._engine import GATE_SHUT, GATE_STAGE, EngineError
from tests.media.engine_people import HEARD, Talk, strength, talk, tone_file

LOW, MIDDLE, HIGH, HIGHEST = 440.0, 700.0, 1_100.0, 1_700.0
ALL = (LOW, MIDDLE, HIGH, HIGHEST)


@pytest.mark.parametrize("workers", [1, 3])
async def test_everybody_hears_a_file_played_in_the_room(tmp_path: Path, workers: int):
    async with talk(workers) as room:
        room.engine.play(peer=1, room=1, speaker=1, path=str(tone_file(tmp_path / "tone.opus", LOW)), loop=True)
        room.engine.gate(1, GATE_STAGE)

        for peer in (10, 11, 12):
            await room.enter(peer)

        all_hear = {10: {LOW}, 11: {LOW}, 12: {LOW}}
        assert await room.hear(all_hear, *ALL) == all_hear
        assert await room.until(lambda: room.speaking() == {1})


async def test_a_file_played_once_ends_and_says_so(tmp_path: Path):
    async with talk() as room:
        room.engine.play(peer=1, room=1, speaker=1, path=str(tone_file(tmp_path / "t.opus", LOW, seconds=0.2)))

        ended = await room.change(1, link="gone")

        assert (ended.room, ended.reason) == (1, "ended")


@pytest.mark.parametrize("workers", [1, 3])
async def test_each_hears_the_other_and_nobody_hears_themselves(workers: int):
    async with talk(workers) as room:
        await room.enter(1, hz=LOW, lines=3)
        await room.enter(2, hz=HIGH, lines=3)
        await room.enter(3, lines=3)

        room.engine.gate(1, GATE_STAGE)
        room.engine.gate(2, GATE_STAGE)

        each_hears = {1: {HIGH}, 2: {LOW}, 3: {LOW, HIGH}}
        assert await room.hear(each_hears, *ALL) == each_hears
        assert await room.until(lambda: room.speaking() == {1, 2})


async def test_a_shut_microphone_is_silent_from_the_first_moment_and_again_at_once():
    async with talk() as room:
        await room.enter(1, hz=LOW)
        ben = await room.enter(2)
        await asyncio.sleep(1)
        before = ben.tones(*ALL)

        room.engine.gate(1, GATE_STAGE)
        opened = await room.until(lambda: ben.tones(*ALL) == {LOW})
        room.engine.gate(1, GATE_SHUT)
        await asyncio.sleep(0.3)
        ben.forget()
        await asyncio.sleep(1)

        assert (before, opened, ben.tones(*ALL)) == (set(), True, set())
        assert room.engine.speaking(1) == []


async def test_rooms_do_not_hear_each_other(tmp_path: Path):
    async with talk() as house:
        for number, hz in ((1, LOW), (2, HIGH)):
            path = tone_file(tmp_path / f"{number}.opus", hz)
            house.engine.play(peer=number, room=number, speaker=1, path=str(path), loop=True)
            house.engine.gate(number, GATE_STAGE)

        await house.enter(11, room=1)
        await house.enter(12, room=2)

        each_hears = {11: {LOW}, 12: {HIGH}}
        assert await house.hear(each_hears, *ALL) == each_hears


async def test_who_leaves_is_gone_and_a_closed_room_is_empty():
    async with talk() as room:
        await room.enter(1)
        await room.enter(2)
        await room.enter(3)

        room.engine.leave(1)
        left = await room.change(1, link="gone")
        room.engine.close_room(1)
        closed = [await room.change(peer, link="gone") for peer in (2, 3)]

        assert [change.reason for change in (left, *closed)] == ["left", "closed", "closed"]
        assert room.engine.peer_statistics(1) is None


async def test_with_three_workers_people_live_on_different_ones_and_still_hear():
    async with talk(workers=3) as room:
        await room.enter(1, hz=LOW)
        room.engine.gate(1, GATE_STAGE)
        for peer in range(10, 20):
            await room.enter(peer)

        all_hear = {peer: {LOW} for peer in range(10, 20)}
        assert await room.hear(all_hear, *ALL) == all_hear
        peers = [room.engine.statistics()[f"peers_{worker}"] for worker in range(3)]
        assert sum(peers) == 11
        assert sum(count > 0 for count in peers) >= 2, peers


async def test_garbage_at_the_port_is_not_heard_by_anybody(tmp_path: Path):
    async with talk() as room:
        room.engine.play(peer=1, room=1, speaker=1, path=str(tone_file(tmp_path / "tone.opus", LOW)), loop=True)
        room.engine.gate(1, GATE_STAGE)
        ada = await room.enter(10)
        assert await room.hear({10: {LOW}}, *ALL) == {10: {LOW}}

        await throw_garbage(room)
        await asyncio.sleep(0.5)

        assert ada.ears[0].longest_gap() <= 0.04
        counts = room.engine.statistics()
        assert counts["drop_unvalidated_source"] + counts["drop_unreadable"] == 1_501
        assert strength(ada.ears[0].latest(0.5), LOW) > HEARD


async def throw_garbage(room: Talk) -> None:
    """Datagrams of every length, each as one kind (STUN, DTLS, ChannelData, RTP, RTCP, nothing) after another."""
    chance = random.Random(7)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for length in range(1501):
            first = (0, 20, 64, 128, 128, 255)[length % 6]
            body = bytes([first, 200 if length % 6 == 4 else 111]) + chance.randbytes(length)
            stranger.sendto(body[:length], ("127.0.0.1", room.engine.port))
            if length % 25 == 0:
                await asyncio.sleep(0.02)


async def test_what_cannot_be_played_is_refused_with_a_sentence(tmp_path: Path):
    async with talk() as room:
        (tmp_path / "no.opus").write_bytes(b"this is no sound")
        long = tone_file(tmp_path / "long.opus", LOW, frame_ms=60)

        for path, sentence in (
            (tmp_path / "no.opus", "The file is not a whole Ogg file."),
            (tmp_path / "nowhere.opus", "The file cannot be opened."),
            (long, "The file's packets are not 20 ms long: make it with a frame length of 20 ms."),
        ):
            with pytest.raises(EngineError) as refused:
                room.engine.play(peer=1, room=1, speaker=1, path=str(path))
            assert (refused.value.code, str(refused.value)) == ("player.unreadable", sentence)


async def test_a_taken_port_is_said_so():
    async with talk() as room:
        with pytest.raises(EngineError) as refused:
            type(room.engine)(bind="127.0.0.1", port=room.engine.port, advertise=[])

        assert refused.value.code == "media.port_taken"


async def test_an_offer_that_is_none_is_refused_and_others_hear_on(tmp_path: Path):
    async with talk() as room:
        room.engine.play(peer=1, room=1, speaker=1, path=str(tone_file(tmp_path / "tone.opus", LOW)), loop=True)
        room.engine.gate(1, GATE_STAGE)
        await room.enter(10)

        room.engine.join(peer=11, room=1, speaker=11, offer="v=0\r\nthis is no offer\r\n")
        refused = await room.answer(11)

        assert refused.refusal is not None
        assert refused.refusal[0].startswith("sdp.")
        assert await room.hear({10: {LOW}}, *ALL) == {10: {LOW}}
