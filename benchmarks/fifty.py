"""Fifty people on stage at once, each with a pitch of their own: every packet is counted, the three loudest heard."""

import asyncio
import os
import re
import socket
import tempfile
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.host import Room, live_room
from benchmarks.load import CLIENT_CORE, pinned
from benchmarks.report import write
from tests.e2e.house import free_port, opened
from tests.media.raw_lines import RawLine, speak_together, tone_packets

TALKERS, SECONDS, SETTLED = 50, 6.0, 2.0
PITCHES = [300 + 40 * number for number in range(TALKERS)]
LOUD, QUIET = 9_000, 900
LOUDEST = [(4, 21, 43), (0, 25, 49), (12, 13, 14)]


@dataclass
class Fifty:
    """Talkers and one listener with three lines, all through the doors."""

    room: Room
    metrics: int
    talkers: list[RawLine] = field(default_factory=list)
    listener: RawLine = field(default_factory=lambda: RawLine(lines=3))

    async def come(self) -> None:
        """One after another, as people do."""
        async with httpx.AsyncClient(timeout=20) as door:
            for token in await self.room.tokens(TALKERS):
                talker = RawLine(speaks=True)
                await _through(door, self.room.whip, talker, token)
                self.talkers.append(talker)
            await _through(door, self.room.voices, self.listener)

    async def speak(self, loud: Collection[int]) -> set[int]:
        """Everybody speaks, some of them loudly; gives who is heard once that has settled."""
        said = {
            talker: tone_packets(PITCHES[number], peak=LOUD if number in loud else QUIET)
            for number, talker in enumerate(self.talkers)
        }
        await speak_together(said, SETTLED)
        self.listener.forget()
        await speak_together(said, SECONDS - SETTLED)
        heard = self.listener.tones(*PITCHES)
        return {PITCHES.index(int(hz)) for hz in heard}

    async def counted(self) -> int:
        """Packets of sound that the server says it received."""
        async with httpx.AsyncClient() as client:
            page = (await client.get(f"http://127.0.0.1:{self.metrics}/metrics")).text
        found = re.search(r'^causerie_sound_total\{what="packets_in"\} (\S+)', page, re.MULTILINE)
        assert found, page
        return int(float(found.group(1)))

    async def leave(self) -> None:
        for line in (*self.talkers, self.listener):
            await line.close()


async def _through(door: httpx.AsyncClient, address: str, line: RawLine, token: str = "") -> None:
    headers = {"content-type": "application/sdp"} | ({"authorization": f"Bearer {token}"} if token else {})
    answer = await door.post(address, content=await line.offer(), headers=headers)
    assert answer.status_code == 201, answer.text
    await line.answered(answer.text)


def names(numbers: Collection[int]) -> str:
    return ", ".join(f"{PITCHES[number]} Hz" for number in sorted(numbers))


async def one_evening(folder: Path, workers: int) -> list[str]:
    metrics = free_port(socket.SOCK_STREAM)
    with opened(folder, workers=workers, settings={"CAUSERIE_METRICS_PORT": str(metrics)}) as house:
        fifty = Fifty(await live_room(house, "All speak at once"), metrics)
        pinned(house)
        await fifty.come()
        try:
            heard = [await fifty.speak(loud) for loud in LOUDEST]
            await asyncio.sleep(1)
            sent, counted = sum(talker.sent for talker in fifty.talkers), await fifty.counted()
        finally:
            await fifty.leave()
    told = [
        f"| {workers} | {names(loud)} | {names(found)} | {'yes' if set(loud) == found else '**no**'} |"
        for loud, found in zip(LOUDEST, heard, strict=True)
    ]
    return [
        *told,
        f"| {workers} | *{sent:,} packets sent* | *{counted:,} counted* | {'yes' if sent == counted else '**no**'} |",
    ]


async def measure() -> None:
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    lines = []
    for workers in (1, 3):
        with tempfile.TemporaryDirectory() as folder:
            lines += await one_evening(Path(folder) / "data", workers)
    write(
        "fifty",
        "make bench ARGS=fifty",
        [
            f"{TALKERS} people come by WHIP and speak a tone each, all at once; one listener has three lines (WHEP).",
            f"Three at a time are twenty decibels louder, for {SECONDS:.0f} s; the last {SECONDS - SETTLED:.0f} s",
            "of them are looked at, by pitch, in the decoded sound. Nobody claims a level: the server measures.",
            "",
            "| workers | the three loudest | heard | as it must be |",
            "|---|---|---|---|",
            *lines,
            "",
            "Must: exactly the three loudest are heard, and every packet sent is counted.",
        ],
    )
