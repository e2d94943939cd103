"""Connections whose packets are made and read by hand: an honest handshake (aiortc's), and then anything at all."""

import asyncio
import contextlib
import itertools
import random
import struct
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import av
import numpy as np
from aiortc import RTCPeerConnection, RTCSessionDescription

from tests.media.engine_people import FRAME, RATE, Talk, add_candidates, sound_frame, strength, talk, tone

OPUS = 96
"""aiortc's number for Opus in its offers."""
TONE_HEARD = 100.0


class Packet(NamedTuple):
    """A packet as it arrived, decrypted: when (seconds), from which source, with which number, from which speaker."""

    at: float
    source: int
    seq: int
    time: int
    speaker: int
    payload: bytes


def read(at: float, data: bytes) -> Packet:
    """An RTP packet of the server's: always one contributing source, the speaker's number."""
    seq, stamp, source = struct.unpack_from("!HII", data, 2)
    begin = 12 + 4 * (data[0] & 15)
    (speaker,) = struct.unpack_from("!I", data, 12) if data[0] & 15 else (0,)
    if data[0] & 16:
        begin += 4 + 4 * struct.unpack_from("!H", data, begin + 2)[0]
    return Packet(at, source, seq, stamp, speaker, data[begin:])


def rtp(source: int, seq: int, stamp: int, payload: bytes, *, kind: int = OPUS, extension: bytes = b"") -> bytes:
    """A packet of sound; `extension` is everything behind the fixed header, the profile's word first."""
    first = 0x90 if extension else 0x80
    header = struct.pack("!BBHII", first, kind, seq & 0xFFFF, stamp & 0xFFFFFFFF, source)
    return header + extension + payload


def tone_packets(hz: int, *, peak: float = 8_000, bit_rate: int = 32_000) -> list[bytes]:
    """A second of a tone, encoded: for a whole number of hertz it can be said again and again."""
    encoder: Any = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = RATE, "mono", "s16", bit_rate
    encoder.options = {"frame_duration": "20", "application": "audio"}
    # Half a second of run-up, so that the encoder has found its feet where the second begins.
    said = [encoder.encode(sound_frame(tone(hz, at * FRAME, FRAME, peak), at * FRAME)) for at in range(-25, 50)]
    return [bytes(packet) for packets in said[25:] for packet in packets]


def decoded(packets: Iterable[Packet]) -> np.ndarray:
    """What a listener's loudspeaker would play of these packets, one after another."""
    decoder: Any = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout, decoder.format = RATE, "mono", "s16"
    frames = [frame for one in packets for frame in decoder.decode(av.Packet(one.payload))]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]) if frames else np.zeros(0, np.int16)


@dataclass(eq=False)
class RawLine:
    """One connection: `say` sends under its keys, `throw` without; `heard` is every packet that came."""

    speaks: bool = False
    lines: int = 1

    def __post_init__(self) -> None:
        self.connection = RTCPeerConnection()
        self.heard: list[Packet] = []
        chance = random.Random()
        self.seq, self.stamp, self.sent = chance.randrange(1 << 14), chance.randrange(1 << 31), 0
        for number in range(self.lines):
            sends = self.speaks and number == 0
            self.connection.addTransceiver("audio", direction="sendrecv" if sends else "recvonly")

    async def offer(self) -> str:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        return str(self.connection.localDescription.sdp)

    async def answered(self, answer: str) -> None:
        """Shake hands; returns when packets can go."""
        await self.connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        self.dtls._handle_rtp_data = self._hear
        await add_candidates(self.connection, answer)
        shaken = asyncio.Event()
        self.dtls.on("statechange", shaken.set)
        async with asyncio.timeout(20):
            while self.dtls.state != "connected":
                await shaken.wait()
                shaken.clear()

    async def _hear(self, data: bytes, arrival_time_ms: int) -> None:  # noqa: ARG002  aiortc's own signature
        self.heard.append(read(time.monotonic(), data))

    @property
    def dtls(self) -> Any:
        return self.connection.getTransceivers()[0].sender.transport

    @property
    def source(self) -> int:
        """The SSRC that its offer names."""
        return int(self.connection.getTransceivers()[0].sender._ssrc)

    # ---- sending ----

    def speak(self, payload: bytes) -> None:
        """The next 20 ms of sound, as an honest client sends them."""
        self.say(rtp(self.source, self.seq, self.stamp, payload))
        self.seq, self.stamp, self.sent = self.seq + 1, self.stamp + FRAME, self.sent + 1

    def say(self, plain: bytes) -> None:
        """Any RTP packet, under good keys."""
        self.throw(self.dtls._tx_srtp.protect(plain))

    def report(self, plain: bytes) -> None:
        """Any RTCP packets, under good keys."""
        self.throw(self.dtls._tx_srtp.protect_rtcp(plain))

    def throw(self, datagram: bytes) -> None:
        """Any bytes, from the address whose checks were answered."""
        pair = self.dtls.transport._connection._nominated[1]
        pair.protocol.transport.sendto(datagram, pair.remote_addr)

    # ---- hearing ----

    def tones(self, *candidates: float) -> set[float]:
        """Which of these tones are in what came since the last `forget`, on any line."""
        by_line: dict[int, list[Packet]] = {}
        for packet in self.heard:
            by_line.setdefault(packet.source, []).append(packet)
        sounds = [decoded(packets) for packets in by_line.values()]
        return {hz for hz in candidates if any(strength(sound, hz) > TONE_HEARD for sound in sounds)}

    def longest_gap(self) -> float:
        """The longest hole in the sound since the last `forget`: missing numbers, in seconds."""
        numbers = sorted({packet.seq for packet in self.heard})
        holes = [after - before - 1 for before, after in itertools.pairwise(numbers)]
        return max(holes, default=0) * 0.02

    def longest_wait(self) -> float:
        """The longest time without a packet until now, by this program's own clock: a server that stands still."""
        times = [*(packet.at for packet in self.heard), time.monotonic()]
        return max((after - before for before, after in itertools.pairwise(times)), default=0.0)

    def forget(self) -> None:
        self.heard.clear()

    async def close(self) -> None:
        await self.connection.close()


async def speak_together(talkers: dict[RawLine, list[bytes]], seconds: float) -> None:
    """Everybody says their packets over and over, one each 20 ms, for so long."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number in range(round(seconds * RATE / FRAME)):
        await asyncio.sleep(max(0.0, began + number * 0.02 - loop.time()))
        for talker, packets in talkers.items():
            talker.speak(packets[number % len(packets)])


@dataclass
class Evening:
    """An engine with raw connections in its room 1, closed at the end."""

    talk: Talk
    lines: list[RawLine]

    async def enter(
        self, peer: int, *, speaks: bool = False, lines: int = 1, listens: bool = True, publishes: bool = True
    ) -> RawLine:
        """Somebody comes, all the way until their connection is up."""
        line = RawLine(speaks, lines)
        self.lines.append(line)
        await self.join(peer, await line.offer(), line, listens=listens, publishes=publishes)
        await self.talk.change(peer, link="up")
        return line

    async def join(self, peer: int, offer: str, line: RawLine, *, listens: bool = True, publishes: bool = True) -> None:
        """Hand an offer in, and shake hands on its answer."""
        self.talk.engine.join(peer=peer, room=1, speaker=peer, offer=offer, listens=listens, publishes=publishes)
        change = await self.talk.answer(peer)
        assert change.answer, change.refusal
        await line.answered(change.answer)

    def links(self, peer: int) -> list[str]:
        """How somebody's connection went so far."""
        return [change.link for change in self.talk.changes if change.peer == peer]

    def count(self, name: str) -> int:
        return self.talk.engine.statistics()[name]


@contextlib.asynccontextmanager
async def evening(workers: int = 1) -> AsyncIterator[Evening]:
    """An engine of its own, for raw connections."""
    async with talk(workers) as people:
        room = Evening(people, [])
        try:
            yield room
        finally:
            for line in room.lines:
                await line.close()
