"""How much later a listener of the programme is handed what was said, with a thousand others beside them.

The talker and the one listener are clients of our own: they note when packets go and, by the kernel, when they come.
"""

import asyncio
import itertools
import os
import random
import socket
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import httpx
import numpy as np

from benchmarks.hall import Ear
from benchmarks.host import Room, live_room
from benchmarks.load import CLIENT_CORE, loadclient, pinned, tool
from benchmarks.report import percentile, write
from tests.e2e.house import free_port, opened
from tests.media.engine_people import FRAME, RATE, sound_frame
from tests.media.raw_lines import RawLine, tone_packets

LISTENERS, WORDS = 1_000, int(os.environ.get("DELAY_WORDS", "120"))
SAYS, RESTS = 10, 15
"""Packets of each word, and of the quiet behind it."""
LOUD = 500


def quiet() -> bytes:
    """20 ms without a sound, encoded."""
    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "s16"
    said = [encoder.encode(sound_frame(np.zeros(FRAME, np.int16), n * FRAME)) for n in range(10)]
    return bytes(said[-1][0])


@dataclass
class Talk:
    """Words of a fifth of a second, each beginning at another moment of the mixer's tick; `said` has when."""

    line: RawLine
    said: list[float] = field(default_factory=list)

    async def talk(self) -> None:
        word, rest, loop = itertools.cycle(tone_packets(700)), quiet(), asyncio.get_running_loop()
        due = loop.time()
        for _ in range(WORDS):
            moved = random.randrange(20)
            due += moved / 1000
            self.line.stamp += moved * RATE // 1000
            for n in range(SAYS + RESTS):
                await asyncio.sleep(max(0.0, due - loop.time()))
                if n == 0:
                    self.said.append(time.time())
                self.line.speak(next(word) if n < SAYS else rest)
                due += 0.02


def words(line: RawLine, ear: Ear) -> list[float]:
    """When each packet came in which a word begins."""
    decoder = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout, decoder.format = RATE, "mono", "s16"
    begins, loud_before = [], True
    for packet, (_, at, _) in zip(line.heard, ear.heard, strict=False):
        sound = np.concatenate([frame.to_ndarray().reshape(-1) for frame in decoder.decode(av.Packet(packet.payload))])
        loud = bool(np.abs(sound).max() > LOUD)
        if loud and not loud_before:
            begins.append(at)
        loud_before = loud
    return begins


async def connected(line: RawLine, address: str, token: str | None = None) -> RawLine:
    headers = {"content-type": "application/sdp"} | ({"authorization": f"Bearer {token}"} if token else {})
    async with httpx.AsyncClient() as door:
        answer = await door.post(address, content=await line.offer(), headers=headers)
    await line.answered(answer.raise_for_status().text)
    return line


async def waited(metrics: int) -> tuple[float, float]:
    """(milliseconds in the jitter buffer, ticks) so far."""
    async with httpx.AsyncClient() as door:
        lines = (await door.get(f"http://127.0.0.1:{metrics}/metrics")).raise_for_status().text.splitlines()
    counts = {line.split('"')[1]: float(line.split()[-1]) for line in lines if line.startswith("causerie_sound_total{")}
    return counts["programme_waited_ms"], counts["programme_sounded"]


def crowd(room: Room, seconds: float) -> dict[str, Any]:
    """The thousand others."""
    assert room.house.process is not None
    return loadclient(
        *("--adapter", "whep", "--url", room.whep, "--stamp=false", "--talkers", "0", "--slots", "1"),
        *("--listeners", str(LISTENERS), "--opus", tool("OPUS"), "--join-rate", "200", "--parallel", "64"),
        *("--seconds", str(int(seconds)), "--warmup", "3", "--server-pid", str(room.house.process.pid)),
    )


async def heard() -> tuple[list[float], float, dict[str, Any]]:
    """(milliseconds to each word, mean milliseconds of them in the jitter buffer, what the thousand say)."""
    metrics = free_port(socket.SOCK_STREAM)
    settings = {"CAUSERIE_METRICS_PORT": str(metrics)}
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "data", settings=settings) as house:
        room = await live_room(house, "How long is it under way?")
        [token] = await room.tokens(1)
        pinned(house)
        talker = await connected(RawLine(speaks=True), room.whip, token)
        listener = await connected(RawLine(), room.whep)
        seconds = WORDS * ((SAYS + RESTS) * 0.02 + 0.01)
        others = asyncio.create_task(asyncio.to_thread(crowd, room, seconds + 10))
        await asyncio.sleep(LISTENERS / 200 + 6)
        ear, talk, before = Ear(listener), Talk(talker), await waited(metrics)
        listener.heard.clear()
        await talk.talk()
        await asyncio.sleep(0.5)
        after = await waited(metrics)
        begins = words(listener, ear)
        await asyncio.gather(talker.close(), listener.close())
        run = await others
    late = [1000 * min(at - said for said in talk.said if at > said) for at in begins]
    return late, (after[0] - before[0]) / (after[1] - before[1]), run


async def measure() -> None:
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    late, buffered, run = await heard()
    beyond = [one - buffered for one in late]
    write(
        "delay",
        "make bench ARGS=delay",
        [
            f"{len(late)} of {WORDS} words reached the listener of the programme, beside {run['joined']:,} others:",
            f"p50 {percentile(late, 0.5):.1f} ms, p99 {percentile(late, 0.99):.1f} ms after the word's first packet",
            f"was sent. In the jitter buffer the loudest had waited {buffered:.1f} ms (mean); beyond it p50",
            f"{percentile(beyond, 0.5):.1f} ms, **p99 {percentile(beyond, 0.99):.1f} ms**."
            + (f" ⚠ {'; '.join(map(str, run['warnings']))}" if run.get("warnings") else ""),
            "",
            "Must: p99 ≤ 45 ms beyond the jitter buffer. In it: the wait for the mixer's next tick (0 to 20 ms), what",
            "the encoder looks ahead, and the burst to a thousand. The talker shares a core with the thousand, so the",
            "jitter of its packets, and with it the buffer, is larger than that of a page.",
        ],
    )
