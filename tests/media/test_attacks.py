"""Attacks on the real engine: whoever sends what, the others hear on and nothing goes out to anybody else."""

import asyncio
import contextlib
import random
import struct
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from causerie._engine import GATE_SHUT, GATE_STAGE
from tests.media.engine_people import FRAME, RATE, tone_file
from tests.media.raw_lines import OPUS, Evening, RawLine, evening, rtp, speak_together, tone_packets
from tests.media.strangers import CLASSES, Strangers, bad_handshakes, garbage

PLAYED, SPOKEN = 440, 1_100
STRANGE = ("127.0.0.2", "127.0.0.3", "127.0.0.77")


class Pulse:
    """How long this machine makes anybody wait who wants to do something every 20 ms."""

    longest = 0.0

    async def beat(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.02)
            self.longest = max(self.longest, time.monotonic() - before)


@contextlib.asynccontextmanager
async def with_canary(folder: Path, workers: int = 1) -> AsyncIterator[tuple[Evening, RawLine]]:
    """A room in which a file plays and somebody listens; at the end they have heard it without a hole."""
    async with evening(workers) as room:
        path = tone_file(folder / "tone.opus", PLAYED)
        room.talk.engine.play(peer=1, room=1, speaker=1, path=str(path), loop=True)
        room.talk.engine.gate(1, GATE_STAGE)
        canary = await room.enter(10, lines=3)
        await asyncio.sleep(0.5)
        canary.forget()
        pulse = Pulse()
        beating = asyncio.create_task(pulse.beat())
        yield room, canary
        await asyncio.sleep(0.3)
        beating.cancel()
        played = [packet for packet in canary.heard if packet.speaker == 1]
        numbers = [packet.seq for packet in played]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert canary.longest_wait() < 0.3 + pulse.longest
        assert canary.tones(PLAYED) == {PLAYED}
        assert (room.links(10)[-1], room.count("panics"), room.count("worker_panics")) == ("up", 0, 0)


async def test_a_handshake_under_fire_is_done_and_nobody_else_is_answered(tmp_path: Path):
    async with with_canary(tmp_path) as (room, _), asyncio.TaskGroup() as all_at_once:
        with Strangers(room.talk.engine.port, *STRANGE) as strangers:
            fire = all_at_once.create_task(strangers.send(bad_handshakes() * 60, a_second=200))
            ben = RawLine(speaks=True)
            room.lines.append(ben)
            offer = await ben.offer()
            await asyncio.sleep(0.3)
            await room.join(11, offer, ben)
            await room.talk.change(11, link="up")
            sent = await fire

            assert (room.links(11)[-1], strangers.answers()) == ("up", [])
            assert await room.talk.until(lambda: room.count("drop_unvalidated_source") == sent)


async def test_garbage_of_every_length_and_class_from_strangers(tmp_path: Path):
    async with with_canary(tmp_path, workers=3) as (room, _):
        chance = random.Random(7)
        every = [garbage(kind, length, body) for length in range(1501) for kind in CLASSES for body in (None, chance)]
        before = room.count("drop_unvalidated_source") + room.count("drop_unreadable") + room.count("drop_rate")

        with Strangers(room.talk.engine.port, *STRANGE) as strangers:
            sent = await strangers.send(every)
            await asyncio.sleep(0.3)
            assert strangers.answers() == []

        after = room.count("drop_unvalidated_source") + room.count("drop_unreadable") + room.count("drop_rate")
        assert after - before == sent


async def test_garbage_of_every_class_from_somebody_in_the_room(tmp_path: Path):
    async with with_canary(tmp_path) as (room, _):
        ben = await room.enter(11, speaks=True)
        chance = random.Random(8)

        for length in range(0, 1501, 3):
            for kind in CLASSES:
                ben.throw(garbage(kind, length, chance))
            await asyncio.sleep(0.005)

        assert room.links(11)[-1] == "up"


async def test_sound_with_a_false_tag_is_heard_by_nobody(tmp_path: Path):
    async with with_canary(tmp_path) as (room, canary):
        ben = await room.enter(11, speaks=True)
        room.talk.engine.gate(11, GATE_STAGE)
        packets = tone_packets(SPOKEN)
        forged = [
            rtp(ben.source, ben.seq + at, ben.stamp + FRAME * at, packets[at % 50]) + bytes(16) for at in range(900)
        ]

        with Strangers(room.talk.engine.port, *STRANGE) as strangers:
            await strangers.send(forged)
            answers = strangers.answers()
        for datagram in forged[:300]:
            ben.throw(datagram)
        await asyncio.sleep(0.3)
        before = canary.tones(SPOKEN)
        await speak_together({ben: packets}, 1)

        assert (before, canary.tones(SPOKEN), answers) == (set(), {SPOKEN}, [])


async def test_who_only_listens_is_not_heard_whatever_they_send(tmp_path: Path):
    async with with_canary(tmp_path) as (room, canary):
        packets = tone_packets(SPOKEN)
        may_not_publish = await room.enter(11, speaks=True, publishes=False)
        offered_no_microphone = await room.enter(12)
        not_on_stage = await room.enter(13, speaks=True)
        for peer in (11, 12):
            room.talk.engine.gate(peer, GATE_STAGE)

        await speak_together({may_not_publish: packets, offered_no_microphone: packets, not_on_stage: packets}, 1.5)

        assert canary.tones(SPOKEN) == set()
        assert {packet.speaker for packet in canary.heard} == {1}


async def test_who_was_muted_and_sends_on_in_every_way_is_not_heard(tmp_path: Path):
    async with with_canary(tmp_path) as (room, canary):
        packets = tone_packets(SPOKEN)
        ben = await room.enter(11, speaks=True)
        room.talk.engine.gate(11, GATE_STAGE)
        kept_back = [packet async for packet in speaks_with_holes(ben, packets)]
        heard = canary.tones(SPOKEN)

        room.talk.engine.gate(11, GATE_SHUT)
        await asyncio.sleep(0.3)
        until_now = len([packet for packet in canary.heard if packet.speaker == 11])
        for packet in kept_back:
            ben.say(packet)
        for at in range(100):
            for datagram in everything_a_muted_client_tries(ben, packets[at % 50], at):
                ben.say(datagram)
            ben.speak(packets[at % 50])
            await asyncio.sleep(0.01)

        assert heard == {SPOKEN}
        assert len([packet for packet in canary.heard if packet.speaker == 11]) == until_now


async def speaks_with_holes(ben: RawLine, packets: list[bytes]) -> AsyncIterator[bytes]:
    """A second of sound in which every fifth packet is kept back, to be sent when asked for again."""
    for at, payload in enumerate(packets):
        await asyncio.sleep(0.02)
        if at % 5 != 4:
            ben.speak(payload)
            continue
        yield rtp(ben.source, ben.seq, ben.stamp, payload)
        ben.seq, ben.stamp = ben.seq + 1, ben.stamp + FRAME


def everything_a_muted_client_tries(ben: RawLine, payload: bytes, at: int) -> Iterator[bytes]:
    """A time long past, another source, a redundant copy (RFC 2198)."""
    yield rtp(ben.source, ben.seq, ben.stamp - RATE, payload)
    yield rtp(ben.source + 1 + at % 5, at, FRAME * at, payload)
    copy = struct.pack("!BHB", 0x80 | OPUS, (FRAME << 2) | len(payload) >> 8, len(payload) & 255) + bytes([OPUS])
    yield rtp(ben.source, ben.seq + 1, ben.stamp, copy + payload + payload, kind=63)
    ben.seq += 2


async def test_addresses_in_an_offer_are_never_written_to(tmp_path: Path):
    async with with_canary(tmp_path) as (room, _):
        with Strangers(room.talk.engine.port, *STRANGE) as strangers:
            places = [one.getsockname() for one in strangers.sockets]
            named = [*places, ("169.254.169.254", 80), ("::ffff:127.0.0.2", places[0][1]), ("abc.local", 9)] * 50
            lines = [f"a=candidate:{at} 1 udp 1 {ip} {port} typ host\r\n" for at, (ip, port) in enumerate(named)]
            ben = RawLine(speaks=True)
            room.lines.append(ben)
            offer = await ben.offer()

            await room.join(11, offer + "".join(lines), ben)
            await room.talk.change(11, link="up")
            await asyncio.sleep(1)

            assert strangers.answers() == []


async def test_a_flood_of_reports_and_a_goodbye_in_anothers_name_disturb_nobody(tmp_path: Path):
    async with with_canary(tmp_path) as (room, canary):
        ben = await room.enter(11, speaks=True)
        room.talk.engine.gate(11, GATE_STAGE)
        eve = await room.enter(12, lines=3)
        talking = asyncio.create_task(speak_together({ben: tone_packets(SPOKEN)}, 2.5))
        await asyncio.sleep(0.5)

        for at in range(4_000):
            for report in bad_reports(eve.heard[-1].source, ben.source, at):
                eve.report(report)
            if at % 20 == 0:
                await asyncio.sleep(0.008)
        await talking

        assert room.count("drop_rate") > 3_000
        assert room.links(11)[-1] == room.links(12)[-1] == "up"
        assert canary.tones(SPOKEN) == {SPOKEN}


def bad_reports(ours: int, theirs: int, at: int) -> Iterator[bytes]:
    """Asking for everything again, goodbye for somebody else's sources, 31 blocks, a rate for everybody."""
    receiver = struct.pack("!BBHI", 0x80, 201, 1, 7)
    yield receiver + struct.pack("!BBHIIHH", 0x81, 205, 3, 7, ours, at & 0xFFFF, 0xFFFF)
    if at % 100 == 0:
        yield receiver + struct.pack("!BBHII", 0x82, 203, 2, theirs, ours)
        yield struct.pack("!BBHI", 0x9F, 201, 1 + 31 * 6, 7) + bytes(31 * 24)
        yield receiver + struct.pack("!BBHII4sBBH", 0x8F, 206, 5, 7, 0, b"REMB", 255, 0, 0) + struct.pack("!I", theirs)


async def test_offers_that_are_none_are_refused_in_words(tmp_path: Path):
    async with with_canary(tmp_path) as (room, _):
        good = await RawLine(speaks=True).offer()
        bad = {
            20: "v=0\r\n" * 300_000,
            21: good + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\n" * 10_000,
            22: "\r\n".join(line for line in good.splitlines() if "fingerprint" not in line) + "\r\n",
            23: good.replace("m=audio", "m=application"),
            24: good.replace("opus/48000/2", "opus\ud800/48000/2".encode("utf-8", "replace").decode()),
            25: "\0" * 1_000,
        }

        for peer, offer in bad.items():
            room.talk.engine.join(peer=peer, room=1, speaker=peer, offer=offer)
        refusals = {peer: (await room.talk.answer(peer)).refusal for peer in bad}

        assert {peer: refusal[0] for peer, refusal in refusals.items() if refusal} == {
            20: "sdp.too_large",
            21: "sdp.too_large",
            22: "sdp.fingerprint",
            23: "sdp.no_audio",
            24: "sdp.no_audio",
            25: "sdp.unreadable",
        }
