"""People for the media core's tests: an independent client (aiortc) that speaks in tones and tells what it hears."""

import asyncio
import contextlib
import fractions
import itertools
import math
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aioice.ice
import av
import numpy as np
from aiortc import MediaStreamTrack, RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import candidate_from_sdp

from causerie._engine import Change, Engine
from tests.media.tunnels import Tunnel


def loopback_only(**_: bool) -> list[str]:
    """The addresses a client may use."""
    return ["127.0.0.1"]


# aiortc looks at the machine's network cards only; here everybody lives on the loopback.
aioice.ice.get_host_addresses = loopback_only

RATE, FRAME = 48_000, 960
HEARD = 200.0
"""A tone is heard when this much of it (of 32,768) is in the sound; the tones of these tests have 8,000."""


def tone(hz: float, start: int, samples: int, peak: float = 8_000) -> np.ndarray:
    """Some samples of a sine, beginning `start` samples after its own beginning."""
    return (peak * np.sin(2 * math.pi * hz * np.arange(start, start + samples) / RATE)).astype(np.int16)


def tone_file(path: Path, hz: float, *, seconds: float = 2, frame_ms: int = 20) -> Path:
    """A sound file with one tone: Ogg Opus, frames of 20 ms unless wished otherwise."""
    with av.open(str(path), "w", format="ogg") as file:
        stream = file.add_stream("libopus", rate=RATE, options={"frame_duration": str(frame_ms)})
        stream.layout = "mono"
        for number in range(int(seconds * RATE / FRAME)):
            file.mux(stream.encode(sound_frame(tone(hz, number * FRAME, FRAME), number * FRAME)))
        file.mux(stream.encode(None))
    return path


def sound_frame(samples: np.ndarray, at: int) -> av.AudioFrame:
    """Samples as aiortc and PyAV want them."""
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = RATE, at, fractions.Fraction(1, RATE)
    return frame


def strength(sound: np.ndarray, hz: float) -> float:
    """How much of a tone is in some sound (Goertzel): its peak, 8,000 for the tones of these tests."""
    if not len(sound):
        return 0.0
    turn = np.exp(-2j * math.pi * hz * np.arange(len(sound)) / RATE)
    return float(2 * abs(np.dot(sound * np.hanning(len(sound)) * 2, turn)) / len(sound))


class Voice(MediaStreamTrack):
    """A microphone that hears one tone."""

    kind = "audio"

    def __init__(self, hz: float) -> None:
        super().__init__()
        self.hz, self.at, self.began = hz, 0, 0.0

    async def recv(self) -> av.AudioFrame:
        """The next 20 ms, at their time."""
        loop = asyncio.get_running_loop()
        self.began = self.began or loop.time()
        await asyncio.sleep(max(0.0, self.began + self.at / RATE - loop.time()))
        frame = sound_frame(tone(self.hz, self.at, FRAME), self.at)
        self.at += FRAME
        return frame


@dataclass
class Ear:
    """One audio line of a page, and everything that came out of it: (time, sample) in order."""

    track: MediaStreamTrack
    pieces: list[tuple[int, np.ndarray]] = field(default_factory=list)

    async def listen(self) -> None:
        """Keep all that is heard until the line ends."""
        with contextlib.suppress(Exception):
            while True:
                frame = await self.track.recv()
                sound = frame.to_ndarray().reshape(-1, len(frame.layout.channels))[:, 0]
                self.pieces.append((frame.pts, sound))

    def latest(self, seconds: float) -> np.ndarray:
        """The sound of the last so many seconds of what arrived."""
        sounds = [sound for _, sound in self.pieces[-math.ceil(seconds * RATE / FRAME) :]]
        return np.concatenate(sounds) if sounds else np.zeros(0, np.int16)

    def longest_gap(self) -> float:
        """The longest hole between two pieces, in seconds of the speaker's own time."""
        pairs = itertools.pairwise(self.pieces)
        holes = [after - before - len(sound) for (before, sound), (after, _) in pairs]
        return max(holes, default=0) / RATE


@dataclass
class Page:
    """Somebody's connection."""

    peer: int
    connection: RTCPeerConnection
    ears: list[Ear] = field(default_factory=list)

    def forget(self) -> None:
        """From now on only what comes from now on counts."""
        for ear in self.ears:
            ear.pieces.clear()

    def tones(self, *candidates: float, seconds: float = 0.5) -> set[float]:
        """Which of these tones are in what was heard last."""
        sounds = [ear.latest(seconds) for ear in self.ears]
        return {hz for hz in candidates if any(strength(sound, hz) > HEARD for sound in sounds)}


async def add_candidates(connection: RTCPeerConnection, answer: str) -> None:
    """Give aiortc the candidates of a bundle's first section; it keeps those of the last one only."""
    for line in re.findall(r"^a=candidate:(.*)\r$", answer, re.MULTILINE):
        candidate = candidate_from_sdp(line)
        candidate.sdpMid = connection.getTransceivers()[0].mid
        await connection.addIceCandidate(candidate)


class Talk:
    """An engine with people in its rooms; reads the engine's changes as causerie itself does."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.changes: list[Change] = []
        self.came = asyncio.Event()
        self.pages: list[Page] = []
        self.listening: list[asyncio.Task[None]] = []
        asyncio.get_running_loop().add_reader(engine.fileno(), self._read)

    def _read(self) -> None:
        self.changes += self.engine.changes()
        self.came.set()

    async def change(self, peer: int, **wanted: object) -> Change:
        """The first change of a peer that is as wanted; 10 s at most."""
        async with asyncio.timeout(10):
            while True:
                for change in self.changes:
                    if change.peer == peer and all(getattr(change, name) == value for name, value in wanted.items()):
                        return change
                self.came.clear()
                await self.came.wait()

    async def answer(self, peer: int) -> Change:
        """The change that answers or refuses a peer's offer."""
        async with asyncio.timeout(10):
            while True:
                for change in self.changes:
                    if change.peer == peer and (change.answer or change.refusal):
                        return change
                self.came.clear()
                await self.came.wait()

    async def enter(
        self,
        peer: int,
        *,
        room: int = 1,
        speaker: int = 0,
        hz: float | None = None,
        lines: int = 1,
        programme: int | None = None,
        tunnel: Tunnel | None = None,
    ) -> Page:
        """Come into a room: with a tone to say, or only to listen; the programme comes on a line of its own.

        Where no UDP gets through one comes through a tunnel.
        """
        page = Page(peer, RTCPeerConnection())
        self.pages.append(page)
        page.connection.on("track", lambda track: self._lend_ear(page, track))
        if hz is not None:
            page.connection.addTransceiver(Voice(hz), direction="sendrecv")
        for _ in range(lines - len(page.connection.getTransceivers())):
            page.connection.addTransceiver("audio", direction="recvonly")
        await page.connection.setLocalDescription(await page.connection.createOffer())
        offer = page.connection.localDescription.sdp
        self.engine.join(peer=peer, room=room, speaker=speaker or peer, offer=offer, programme=programme)
        change = await self.answer(peer)
        assert change.answer, change.refusal
        answer = tunnel.instead(change.answer) if tunnel else change.answer
        await page.connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        await add_candidates(page.connection, answer)
        await self.change(peer, link="up")
        return page

    def _lend_ear(self, page: Page, track: MediaStreamTrack) -> None:
        ear = Ear(track)
        page.ears.append(ear)
        self.listening.append(asyncio.ensure_future(ear.listen()))

    def speaking(self, room: int = 1) -> set[int]:
        """Who is heard now. On a busy machine a talker of ours may fall silent for a moment: ask `until`."""
        return {speaker for speaker, _ in self.engine.speaking(room)}

    async def until(self, said: object, within: float = 5) -> bool:
        """Wait until `said()` is true; false when it does not become so."""
        assert callable(said)
        for _ in range(int(within / 0.05)):
            if said():
                return True
            await asyncio.sleep(0.05)
        return bool(said())

    async def hear(self, expected: dict[int, set[float]], *candidates: float) -> dict[int, set[float]]:
        """Which tones each page hears, once they are as expected (5 s at most) and half a second has passed since."""
        pages = {page.peer: page for page in self.pages if page.peer in expected}
        await self.until(lambda: {peer: page.tones(*candidates) for peer, page in pages.items()} == expected)
        for page in pages.values():
            page.forget()
        await asyncio.sleep(0.6)
        return {peer: page.tones(*candidates) for peer, page in pages.items()}

    async def close(self) -> None:
        """Everybody leaves."""
        asyncio.get_running_loop().remove_reader(self.engine.fileno())
        for page in self.pages:
            await page.connection.close()
        for task in self.listening:
            task.cancel()
        await asyncio.gather(*self.listening, return_exceptions=True)


@contextlib.asynccontextmanager
async def talk(workers: int = 1) -> AsyncIterator[Talk]:
    """An engine on a port of its own, for the length of a test."""
    engine = Engine(bind="127.0.0.1", port=0, advertise=["127.0.0.1"], workers=workers)
    people = Talk(engine)
    try:
        yield people
    finally:
        await people.close()
        engine.stop()
