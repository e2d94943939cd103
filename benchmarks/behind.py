"""How long after it is said a word comes out of a player that plays a room's address: MP3, Opus, and HLS."""

import asyncio
import io
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import av
import httpx
import numpy as np
from aiortc import RTCPeerConnection, RTCSessionDescription

from benchmarks.host import Room, live_room
from benchmarks.report import spread, write
from tests.e2e.house import opened
from tests.media.engine_people import FRAME, RATE, Voice, sound_frame, strength, tone

PITCHES, LOUD = (500.0, 700.0, 900.0, 1100.0, 1300.0), 0.03
SECONDS, EACH, LASTS = 90.0, 4.0, 1.0
"""One pitch after the other, so that the same comes again only after twenty seconds."""
NAMED_BY = 4
"""So many pieces of sound tell which pitch it is."""
FULL = 14.0


class Bell(Voice):
    """A tone of one second every four; `rung` has when each pitch began, by the clock of the day."""

    def __init__(self) -> None:
        super().__init__(0)
        self.rung: dict[float, list[float]] = {pitch: [] for pitch in PITCHES}

    async def recv(self) -> av.AudioFrame:
        loop = asyncio.get_running_loop()
        self.began = self.began or loop.time()
        await asyncio.sleep(max(0.0, self.began + self.at / RATE - loop.time()))
        turn, since = divmod(self.at / RATE, EACH)
        pitch = PITCHES[int(turn) % len(PITCHES)]
        if since < FRAME / RATE:
            self.rung[pitch].append(time.time())
        sound = tone(pitch, self.at, FRAME) if since < LASTS else np.zeros(FRAME, np.int16)
        frame = sound_frame(sound, self.at)
        self.at += FRAME
        return frame


@dataclass
class Player:
    """Plays what it gets at once and never faster than time goes by; `heard` has each bell: when, and its pitch."""

    heard: list[tuple[float, float]] = field(default_factory=list)
    _until: float = 0.0
    _since: float = 0.0
    _ringing: list[np.ndarray] = field(default_factory=list)

    def plays(self, sound: np.ndarray) -> None:
        """A piece that is there now: its turn comes when what was before it has sounded."""
        begins = max(time.time(), self._until)
        self._until = begins + len(sound) / RATE
        if np.sqrt(np.mean((sound / 32768.0) ** 2)) < LOUD:
            self._ringing = []
            return
        self._since = self._since if self._ringing else begins
        self._ringing.append(sound)
        if len(self._ringing) == NAMED_BY:
            ringing = np.concatenate(self._ringing)
            self.heard.append((self._since, max(PITCHES, key=lambda pitch: strength(ringing, pitch))))


def pieces(source: str | io.BytesIO) -> Iterator[np.ndarray]:
    """What a stream sounds like, some 20 ms at a time."""
    resampler = av.AudioResampler("s16", "mono", RATE)
    with av.open(source, timeout=20) as stream:
        for frame in stream.decode(audio=0):
            for one in resampler.resample(frame):
                yield one.to_ndarray().reshape(-1)


def without_end(address: str, until: float) -> Player:
    """A player of one address."""
    player = Player()
    for sound in pieces(address):
        player.plays(sound)
        if time.time() > until:
            break
    return player


def by_lists(address: str, until: float) -> Player:
    """A player of HLS: it begins three segments before the end of the list, as RFC 8216 asks (6.3.3)."""
    player, played = Player(), set[str]()
    with httpx.Client(timeout=20) as client:
        client.get(address).raise_for_status()
        time.sleep(FULL)  # others have listened for a while, so there is a whole list to begin in
        while time.time() < until:
            text = client.get(address).raise_for_status().text
            listed = [line for line in text.splitlines() if line and not line.startswith("#")]
            played |= set() if played else set(listed[:-3])
            new = [name for name in listed if name not in played]
            for name in new:
                played.add(name)
                data = client.get(urljoin(address, name)).raise_for_status().content
                for sound in pieces(io.BytesIO(data)):
                    player.plays(sound)
            time.sleep(1 if new else 0.5)
    return player


async def talks(room: Room, bell: Bell) -> RTCPeerConnection:
    """The bell, on stage by WHIP."""
    [token] = await room.tokens(1)
    connection = RTCPeerConnection()
    connection.addTransceiver(bell, direction="sendonly")
    await connection.setLocalDescription(await connection.createOffer())
    async with httpx.AsyncClient() as door:
        headers = {"authorization": f"Bearer {token}", "content-type": "application/sdp"}
        answer = await door.post(room.whip, content=connection.localDescription.sdp, headers=headers)
    await connection.setRemoteDescription(RTCSessionDescription(answer.raise_for_status().text, "answer"))
    return connection


def delays(bell: Bell, player: Player) -> list[float]:
    """Milliseconds from each ring to when it was heard; the first that a player hears may have begun before it came."""
    rings = ((heard, [rung for rung in bell.rung[pitch] if rung < heard]) for heard, pitch in player.heard[1:])
    return [1000 * (heard - max(before)) for heard, before in rings if before]


async def measure() -> None:
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data") as house:
        room = await live_room(house, "Who hears it when?")
        bell = Bell()
        connection = await talks(room, bell)
        base, until = f"http://127.0.0.1:{house.web}/r/{room.name}/stream", time.time() + SECONDS
        ways = {"mp3": without_end, "opus": without_end, "aac": without_end, "m3u8": by_lists}

        def plays(name: str) -> None:
            found[name] = delays(bell, ways[name](f"{base}.{name}", until))

        await asyncio.gather(*(asyncio.to_thread(plays, name) for name in ways))
        await connection.close()
    write(
        "behind",
        "make bench ARGS=behind",
        [
            *(f"`stream.{name}`: **{spread(late)}**." for name, late in found.items()),
            "",
            "Must: ≤ 5 s for streams, ≤ 15 s for HLS. From the moment a bell is rung (a tone each four seconds, by",
            "WHIP) until it sounds at a player that begins to play with the first piece it gets, and never skips. By",
            "HLS it begins three segments before the end of the list, and looks again each second.",
        ],
    )
